"""A school as small as can be, to draw one limit tight at a time.

Class c3 of grade 3 (home room r3, homeroom teacher t1) has the students a, b, c and d. All stay on
Monday, period 1, come to Monday, period 2, and to Tuesday for a club only, and wish for ball, which
t2 leads in the hall for 2 to 4 students. Each seat is worth 44 points: 10 for the first rank and 12
for a first seat, doubled.
"""

from collections import Counter
from datetime import date
from typing import Any

from models import (
    BaseCare,
    Course,
    HomeClass,
    Plan,
    Room,
    School,
    SeatLock,
    SectionCountLock,
    Settings,
    Slot,
    Student,
    Teacher,
    Term,
    Wish,
)

SEAT = 44


def slot(name: str, weekday: int, start: int, end: int, **fields: Any) -> Slot:
    return Slot(id=name, weekday=weekday, start_minute=start, end_minute=end, **fields)


MON1 = slot("mon1", 1, 16 * 60, 16 * 60 + 40)
MON2 = slot("mon2", 1, 16 * 60 + 50, 17 * 60 + 30)
TUE1 = slot("tue1", 2, 16 * 60, 16 * 60 + 40)


def ball(**fields: Any) -> Course:
    own: dict[str, Any] = {"min_size": 2, "max_size": 4, "leaders": ("t2",), "rooms": ("hall",)}
    return Course(**({"id": "ball", "name": "球类", "grades": (3,)} | own | fields))


def student(name: str, **fields: Any) -> Student:
    own: dict[str, Any] = {
        "home_class": "c3",
        "stay_slots": ("mon1",),
        "club_slots": ("mon2", "tue1"),
    }
    return Student(**({"id": name, "name": name.upper()} | own | fields))


def teacher(name: str, **fields: Any) -> Teacher:
    return Teacher(**({"id": name, "name": name.upper()} | fields))


def wish(who: str, course: str = "ball", rank: int = 1, **fields: Any) -> Wish:
    return Wish(student=who, course=course, rank=rank, **fields)


def small_school(**changes: Any) -> School:
    """Make the school; ``changes`` replace whole fields."""
    fields: dict[str, Any] = {
        "settings": Settings(id="small", name="", base_care=BaseCare(max_size=4)),
        "term": Term(first_date=date(2026, 3, 2), last_date=date(2026, 3, 6)),
        "slots": (MON1, MON2, TUE1),
        "rooms": (Room(id="r3", name="", seats=6), Room(id="hall", name="", seats=6)),
        "classes": (HomeClass(id="c3", name="", grade=3, home_room="r3", homeroom_teacher="t1"),),
        "teachers": (teacher("t1"), teacher("t2")),
        "courses": (ball(),),
        "students": tuple(student(name) for name in "abcd"),
        "wishes": tuple(wish(name) for name in "abcd"),
    }
    return School(**(fields | changes))


def in_care_only(**changes: Any) -> School:
    """Make the school without courses: base care on Monday, period 1, is all there is."""
    return small_school(**({"courses": (), "wishes": ()} | changes))


def granted(who: str, course: str = "ball") -> SeatLock:
    return SeatLock(student=who, course=course)


def opened(count: int, course: str = "ball") -> SectionCountLock:
    return SectionCountLock(course=course, count=count)


def sizes(plan: Plan) -> list[int]:
    return sorted(len(section.students) for section in plan.sections)


def care_sizes(plan: Plan) -> list[int]:
    return sorted(len(group.students) for group in plan.care_groups)


def placed(plan: Plan) -> list[str]:
    """List whoever is in a section or a care group, once for each."""
    seated = [s for section in plan.sections for s in section.students]
    return sorted([*seated, *(s for group in plan.care_groups for s in group.students)])


def loads(plan: Plan) -> Counter[str]:
    """Count everyone's periods a week."""
    work = Counter(t for s in plan.sections for t in s.staff for _ in s.slots)
    return work + Counter(t for g in plan.care_groups for t in g.staff)
