"""A secondary school in which each student takes many courses, chosen from many wishes.

No base care and no budget: a lesson is somewhere or nowhere. Each student wishes for some thirty
courses and takes eight to ten of them; sections meet once a week, and seats are a little scarce.
"""

from datetime import date
from itertools import islice
from random import Random

from models import (
    Course,
    HomeClass,
    Room,
    School,
    Settings,
    Slot,
    Student,
    Teacher,
    Term,
    Weights,
    Wish,
)
from models.settings import Aim

GRADES = (10, 11, 12)
DAYS, PERIODS = 5, 7
CLASS_SIZE, LEAST, MOST = 28, 5, 18
WISHES, CLUBS = (27, 34), (8, 9, 10)
SEATS_SHARE = 0.95
"""Seats of the menu for each club that is wanted."""


def secondary(students: int = 410, seed: int = 0) -> School:
    """Make such a school.

    Parameters
    ----------
    students
        Number of students, of three grades.
    """
    random = Random(f"secondary:{students}:{seed}")
    children = [_student(n, students, random) for n in range(students)]
    wanted = sum(child.max_clubs for child in children)
    count = max(WISHES[1], round(SEATS_SHARE * wanted / MOST / 2.5))
    staff = round(wanted / MOST / 5) + 2
    courses = [_course(n, staff, random) for n in range(count)]
    return School(
        settings=Settings(
            id=f"secondary-{students}-{seed}",
            name="选课中学",
            weights=Weights(aim=Aim.MOST_POINTS, rank_points=(1,), first_seat=0, second_seat=0),
        ),
        term=Term(first_date=date(2026, 3, 2), last_date=date(2026, 3, 13)),
        slots=_slots(),
        rooms=tuple(Room(id=f"R{n:02}", name=f"R{n:02}", seats=20) for n in range(staff)),
        classes=tuple(
            HomeClass(id=name, name=name, grade=int(name.split("-")[0]))
            for name in dict.fromkeys(child.home_class for child in children)
        ),
        teachers=tuple(
            Teacher(id=f"T{n:02}", name=f"T{n:02}", max_periods_week=25, max_periods_day=6)
            for n in range(staff)
        ),
        courses=tuple(courses),
        students=tuple(children),
        wishes=tuple(w for child in children for w in _wishes(child, count, random)),
    )


def _slots() -> tuple[Slot, ...]:
    return tuple(
        Slot(
            id=f"d{day}p{period}",
            weekday=day,
            start_minute=8 * 60 + 55 * period,
            end_minute=8 * 60 + 55 * period + 45,
        )
        for day in range(1, DAYS + 1)
        for period in range(1, PERIODS + 1)
    )


def _student(number: int, students: int, random: Random) -> Student:
    grade = GRADES[number * len(GRADES) // students]
    return Student(
        id=f"S{number:04}",
        name=f"S{number:04}",
        home_class=f"{grade}-{number // CLASS_SIZE}",
        club_slots=tuple(slot.id for slot in _slots()),
        max_clubs=random.choice(CLUBS),
    )


def _course(number: int, staff: int, random: Random) -> Course:
    return Course(
        id=f"C{number:03}",
        name=f"C{number:03}",
        grades=GRADES,
        min_size=LEAST,
        max_size=MOST,
        max_sections=random.choice((2, 2, 3, 3)),
        leaders=tuple(f"T{n:02}" for n in sorted(random.sample(range(staff), min(3, staff)))),
    )


def _wishes(child: Student, courses: int, random: Random) -> list[Wish]:
    """Wish for some courses, popular ones (the first) more often."""
    liked = dict.fromkeys(int(courses * random.random() ** 1.5) for _ in range(20 * courses))
    some = islice(liked, random.randint(*WISHES))
    return [
        Wish(student=child.id, course=f"C{course:03}", rank=rank)
        for rank, course in enumerate(some, 1)
    ]
