"""The hidden timetable: every group with its slots, its room and who leads it."""

from dataclasses import dataclass, field
from random import Random

from instances.generator.all_day.menu import Outline
from instances.generator.all_day.week import Shape, Way, mask, ways
from models import Slot

LED = 3
"""Most courses that one person leads."""
TEACHING = (0.5, 0.8)
"""Share of the week's slots in which a person can teach."""
UNEVEN = 0.5
"""How far chance outweighs an even week."""


@dataclass
class Group:
    """One group of the hidden timetable."""

    course: int
    way: Way
    room: int
    leader: int
    seats: int
    students: list[int] = field(default_factory=list)


@dataclass
class Person:
    """Somebody who teaches."""

    subject: int
    most: int
    """Periods a week."""
    busy: int = 0
    """Slots as bits."""
    courses: dict[int, None] = field(default_factory=dict)

    def can_lead(self, course: int, bits: int) -> bool:
        """Tell whether there is time left for a group at these slots."""
        return (
            not self.busy & bits
            and (self.busy | bits).bit_count() <= self.most
            and (course in self.courses or len(self.courses) < LED)
        )


class Timetable:
    """Places group after group, the longest first, evenly over the week.

    Rooms and people are taken on only where none of those there has time: so there are few of both.
    """

    def __init__(self, random: Random, week: tuple[Slot, ...], menu: list[Outline]) -> None:
        self._random, self._menu, self._week = random, menu, week
        self.people: list[Person] = []
        self._of_subject: dict[int, list[int]] = {}
        self.rooms: list[str] = []
        """The feature of each."""
        self._booked: list[int] = []
        self.groups: list[Group] = []
        self._load = {o.grade: [0] * len(week) for o in menu}
        self._rooms_at = {o.feature: [0] * len(week) for o in menu}
        self._of_course: list[list[int]] = [[0] * len(week) for _ in menu]
        self._ways: dict[Shape, list[Way]] = {o.shape: ways(week, o.shape) for o in menu}
        waiting = [c for c, o in enumerate(menu) for _ in range(o.groups)]
        random.shuffle(waiting)
        for course in sorted(waiting, key=lambda c: -menu[c].shape.slots):
            self._place(course)

    def _place(self, course: int) -> None:
        outline = self._menu[course]
        ordered = sorted(self._ways[outline.shape], key=lambda way: self._crowd(course, way))
        leader, way = self._leader(course, ordered)
        bits = mask(way)
        self.people[leader].busy |= bits
        self.people[leader].courses[course] = None
        for s in way:
            self._load[outline.grade][s] += outline.size
            self._rooms_at[outline.feature][s] += 1
            self._of_course[course][s] += 1
        self.groups.append(
            Group(course, way, self._room(outline.feature, bits), leader, outline.size)
        )

    def _crowd(self, course: int, way: Way) -> float:
        """Tell how full the slots are: of the grade's seats, of rooms, and of the course itself."""
        outline, total = self._menu[course], 0.0
        for s in way:
            total += self._load[outline.grade][s] / outline.size
            total += self._rooms_at[outline.feature][s] + 2 * self._of_course[course][s]
        return total / len(way) + UNEVEN * self._random.random()

    def _leader(self, course: int, ordered: list[Way]) -> tuple[int, Way]:
        subject = self._menu[course].subject
        there = self._of_subject.setdefault(subject, [])
        for way in ordered[: max(8, len(ordered) // 4)]:
            bits = mask(way)
            for person in there:
                if self.people[person].can_lead(course, bits):
                    return person, way
        low, high = TEACHING
        most = int(len(self._week) * (low + (high - low) * self._random.random()))
        self.people.append(Person(subject, max(2, most)))
        there.append(len(self.people) - 1)
        return there[-1], ordered[0]

    def _room(self, feature: str, bits: int) -> int:
        for room, kind in enumerate(self.rooms):
            if kind == feature and not self._booked[room] & bits:
                self._booked[room] |= bits
                return room
        self.rooms.append(feature)
        self._booked.append(bits)
        return len(self.rooms) - 1
