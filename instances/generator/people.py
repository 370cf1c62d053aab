"""Classes and students: where they belong, when they stay, what they wish for."""

from bisect import bisect
from itertools import accumulate
from random import Random

from instances.generator.names import numeral, person
from instances.generator.styles import Style
from models import Course, GroupKind, HomeClass, Slot, Student, StudentGroup, Wish

CLASS_SIZE = 43
"""Mean size at most; with the unevenness below no class outgrows one care group."""
PRIORITY_SHARE = 0.10
WANTS = (0.30, 0.75)
"""Chance of wanting 1 club, and of wanting at most 2; else 3."""
MIN_WISHES, MAX_WISHES = 3, 6
GROUPS = (
    StudentGroup(id="留守", name="留守儿童", kind=GroupKind.LEFT_BEHIND, priority=True),
    StudentGroup(
        id="困难",
        name="家庭经济困难学生",
        kind=GroupKind.HARDSHIP,
        priority=True,
        relief_percent=100,
    ),
)


def class_sizes(random: Random, students: int, grades: int) -> list[int]:
    """Split the students over classes: about 42 each, at least one class a grade."""
    classes = max(grades, -(-students // CLASS_SIZE))
    sizes = [students // classes + (i < students % classes) for i in range(classes)]
    for i in range(0, classes - 1, 2):
        shift = int(random.random() * 5) - 2
        if sizes[i] > 20:
            sizes[i] += shift
            sizes[i + 1] -= shift
    return sizes


def home_classes(sizes: list[int], grades: tuple[int, ...]) -> list[HomeClass]:
    """Make the classes, spread evenly over the grades, in the order of their sizes."""
    counts = [
        len(sizes) // len(grades) + (i < len(sizes) % len(grades)) for i in range(len(grades))
    ]
    return [
        HomeClass(
            id=f"{grade}-{number}",
            name=f"{numeral(grade)}（{number}）班",
            grade=grade,
            home_room=f"教室{grade}-{number}",
        )
        for grade, count in zip(grades, counts, strict=True)
        for number in range(1, count + 1)
    ]


def _stays(
    random: Random, style: Style, slots: tuple[Slot, ...], grade: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Draw the slots at which a student stays, and those he offers for a club only."""
    stays: list[str] = []
    offers: list[str] = []
    by_place = iter(slots)
    for day in sorted({slot.weekday for slot in slots}):
        there = True
        for period in (p for p in style.periods if day in p.weekdays):
            slot = next(by_place)
            there = there and grade in period.stay_grades and random.random() < period.stay_chance
            if there:
                stays.append(slot.id)
            elif grade in period.offer_grades and random.random() < period.offer_chance:
                offers.append(slot.id)
    return tuple(stays), tuple(offers)


def students(
    random: Random,
    style: Style,
    slots: tuple[Slot, ...],
    classes: list[HomeClass],
    sizes: list[int],
) -> list[Student]:
    """Draw the students, class by class."""
    made: list[Student] = []
    for home, size in zip(classes, sizes, strict=True):
        for _ in range(size):
            name = person(random)
            chance = random.random() / PRIORITY_SHARE
            groups = (GROUPS[0 if chance < 0.6 else 1].id,) if chance < 1 else ()
            wants = 1 + bisect(WANTS, random.random())
            stays, offers = _stays(random, style, slots, home.grade)
            made.append(
                Student(
                    id=f"S{len(made) + 1:05d}",
                    name=name,
                    home_class=home.id,
                    groups=groups,
                    stay_slots=stays,
                    club_slots=offers,
                    max_clubs=wants if stays or offers else 0,
                )
            )
    return made


def wishes(
    random: Random,
    made: list[Student],
    classes: list[HomeClass],
    courses: list[Course],
    popularity: list[float],
) -> list[Wish]:
    """Draw each student's ranked wishes among the courses for his grade, by their popularity."""
    grade_of = {home.id: home.grade for home in classes}
    found: list[Wish] = []
    menus = {}
    for grade in sorted(set(grade_of.values())):
        menu = [i for i, course in enumerate(courses) if grade in course.grades]
        menus[grade] = menu, list(accumulate(popularity[i] for i in menu))
    for student in made:
        menu, heights = menus[grade_of[student.home_class]]
        if not student.max_clubs or not menu:
            continue
        wanted = MIN_WISHES + int(random.random() * (MAX_WISHES - MIN_WISHES + 1))
        chosen: dict[int, None] = {}
        while len(chosen) < min(wanted, len(menu)):
            chosen.setdefault(menu[bisect(heights, random.random() * heights[-1])])
        found += [
            Wish(student=student.id, course=courses[i].id, rank=rank)
            for rank, i in enumerate(chosen, 1)
        ]
    return found
