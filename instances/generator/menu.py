"""Courses, who leads them, and the rooms they need."""

from math import ceil, fsum
from random import Random
from typing import NamedTuple

from instances.generator.names import CLASSROOM, SPECIAL_ROOMS, activities
from instances.generator.styles import Pattern, Style
from models import Course, HomeClass, Room

MIN_SIZE = 8
MAX_SIZES = (20, 36)
MAX_SECTIONS = 4
GRADE_WIDTHS = (2, 6)
SEATS_WANTED = 1.95
"""Mean number of clubs that a student wants."""
SKEW = 0.7
"""The k-th most popular course is wished for in proportion to k ** -SKEW."""
HOME_SEATS = 48
SECTIONS_OPEN = 0.8
"""Share of the sections allowed that rooms are meant for."""
ROOM_USE = 0.8
"""Share of its slots that a special room can hope to be used in."""


class Outline(NamedTuple):
    """A course but for its leaders."""

    name: str
    feature: str
    grades: tuple[int, ...]
    max_size: int
    max_sections: int
    pattern: Pattern
    popularity: float

    @property
    def periods_per_week(self) -> int:
        """Slots one section takes a week."""
        return self.pattern.sessions_per_week * self.pattern.periods_per_session


def _between(random: Random, low: int, high: int) -> int:
    return low + int(random.random() * (high - low + 1))


def _grade_bands(random: Random, grades: tuple[int, ...], count: int) -> list[tuple[int, ...]]:
    """Draw the grades of each course; none is left without courses while one can be widened."""
    low, high = GRADE_WIDTHS
    bands: list[tuple[int, int]] = []
    for i in range(count):
        width = _between(random, low, high)
        centre = (i % len(grades)) + random.random() - width / 2
        first = min(max(round(centre), 0), len(grades) - width)
        bands.append((first, first + width))
    random.shuffle(bands)
    while True:
        cover = [sum(a <= g < b for a, b in bands) for g in range(len(grades))]
        poor = min(range(len(grades)), key=lambda g: cover[g])
        near = [
            i for i, (a, b) in enumerate(bands) if b - a < high and (a == poor + 1 or b == poor)
        ]
        if cover[poor] >= 3 or not near:
            return [grades[a:b] for a, b in bands]
        a, b = bands[near[0]]
        bands[near[0]] = (min(a, poor), max(b, poor + 1))


def _patterns(random: Random, style: Style, count: int) -> list[Pattern]:
    """Give each course its weekly pattern, in the style's shares as nearly as they divide."""
    drawn: list[Pattern] = []
    share = 0.0
    for pattern in style.patterns:
        share += pattern.share
        drawn += [pattern] * (round(share * count) - len(drawn))
    random.shuffle(drawn)
    return drawn


def outlines(random: Random, style: Style, students: int, count: int) -> list[Outline]:
    """Draw the menu. The more seats a course is asked for, the more sections it may open."""
    named = activities(random, count)
    bands = _grade_bands(random, style.grades, count)
    patterns = _patterns(random, style, count)
    popularity = [(k + 1) ** -SKEW for k in range(count)]
    random.shuffle(popularity)
    reach = [p * len(band) for p, band in zip(popularity, bands, strict=True)]
    per_reach = students * SEATS_WANTED / fsum(reach)
    menu = []
    for i, (name, feature) in enumerate(named):
        size = _between(random, *MAX_SIZES)
        sections = round(reach[i] * per_reach / size * (0.8 + 0.4 * random.random()))
        menu.append(
            Outline(
                name=name,
                feature=feature,
                grades=bands[i],
                max_size=size,
                max_sections=min(max(sections, 1), MAX_SECTIONS),
                pattern=patterns[i],
                popularity=popularity[i],
            )
        )
    return menu


def courses(menu: list[Outline], leaders: list[list[str]]) -> list[Course]:
    """Make the courses with the people who can lead them."""
    return [
        Course(
            id=f"C{i:03d}",
            name=outline.name,
            grades=outline.grades,
            min_size=MIN_SIZE,
            max_size=outline.max_size,
            max_sections=outline.max_sections,
            sessions_per_week=outline.pattern.sessions_per_week,
            periods_per_session=outline.pattern.periods_per_session,
            min_gap_days=outline.pattern.min_gap_days,
            leaders=tuple(sorted(ids)),
            room_features=(outline.feature,),
        )
        for i, (outline, ids) in enumerate(zip(menu, leaders, strict=True), 1)
    ]


def rooms(classes: list[HomeClass], menu: list[Outline], club_slots: int) -> list[Room]:
    """Make the home rooms, and special rooms for most of the sections that ask for them."""
    made = [
        Room(
            id=f"教室{home.id}",
            name=f"{home.name}教室",
            seats=HOME_SEATS,
            features=(CLASSROOM,),
        )
        for home in classes
    ]
    for kind in SPECIAL_ROOMS:
        periods = sum(
            o.max_sections * o.periods_per_week for o in menu if o.feature == kind.feature
        )
        count = ceil(periods * SECTIONS_OPEN / (club_slots * ROOM_USE))
        made += [
            Room(
                id=f"{kind.feature}{number}",
                name=f"{kind.feature}{number}号",
                seats=kind.seats,
                features=(kind.feature,),
            )
            for number in range(1, count + 1)
        ]
    return made
