"""The week of an upper school: its slots, and the ways in which a course can lie in it."""

from itertools import combinations, pairwise, product
from random import Random
from typing import NamedTuple

from models import Slot, SlotUse, weekday_text

WEEKS = ((4, 3), (5, 3), (4, 4), (5, 4), (5, 5), (5, 6), (5, 7), (5, 8))
"""Days and periods a day that a school may have: 12 to 40 slots."""
FIRST_START, LESSON, EVERY = 8 * 60, 40, 50
MORNING, LUNCH = 4, 60
"""Periods before the long break, and how much longer that one is."""


class Shape(NamedTuple):
    """How a group meets."""

    sessions: int
    periods: int

    @property
    def slots(self) -> int:
        """Slots that a group takes a week."""
        return self.sessions * self.periods


ONCE, DOUBLE, TWICE = Shape(1, 1), Shape(1, 2), Shape(2, 1)
Way = tuple[int, ...]
"""The numbers of the slots that a group takes."""


def slots(random: Random) -> tuple[Slot, ...]:
    """Draw a week: few slots as blocks of a timetable have them, or single lessons up to 40."""
    days, periods = WEEKS[int(random.random() * len(WEEKS))]
    return tuple(
        Slot(
            id=f"{weekday_text(day).zh}{period + 1}",
            weekday=day,
            start_minute=(start := FIRST_START + EVERY * period + LUNCH * (period >= MORNING)),
            end_minute=start + LESSON,
            use=SlotUse.CLUBS_ONLY,
        )
        for day in range(1, days + 1)
        for period in range(periods)
    )


def shapes(random: Random, slot_count: int, courses: int) -> list[Shape]:
    """Draw how each course meets: the more slots there are, the more of them a course takes."""
    if slot_count <= 16:
        return [ONCE] * courses
    once = 0.5 if slot_count <= 25 else 0.2
    drawn = []
    for _ in range(courses):
        chance = random.random()
        drawn.append(ONCE if chance < once else DOUBLE if chance < (1 + once) / 2 else TWICE)
    return drawn


def ways(week: tuple[Slot, ...], shape: Shape) -> list[Way]:
    """List the ways in which a group of this shape can lie in the week."""
    by_day: dict[int, list[Way]] = {}
    for first in range(len(week) - shape.periods + 1):
        run = tuple(range(first, first + shape.periods))
        if all(_follow(week[a], week[b]) for a, b in pairwise(run)):
            by_day.setdefault(week[first].weekday, []).append(run)
    return [
        tuple(s for session in chosen for s in session)
        for days in combinations(by_day, shape.sessions)
        for chosen in product(*(by_day[day] for day in days))
    ]


def _follow(one: Slot, other: Slot) -> bool:
    return one.weekday == other.weekday and other.start_minute - one.end_minute <= EVERY - LESSON


def mask(way: Way) -> int:
    """Give slots as bits."""
    return sum(1 << s for s in way)
