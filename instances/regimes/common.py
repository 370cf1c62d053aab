"""What the nine schools share: weeks, places, people and wishes, drawn but always the same."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from random import Random
from typing import Any, Final, NamedTuple

from instances.generator.names import numeral, person, teacher
from models import (
    BillingMonth,
    CareContent,
    Clause,
    Course,
    CourseKind,
    GroupKind,
    HomeClass,
    MakeUpDay,
    Notice,
    PolicyItem,
    Room,
    Slot,
    SlotUse,
    Student,
    StudentGroup,
    Teacher,
    Term,
    Wish,
    weekday_text,
)

WORKDAYS: Final = (1, 2, 3, 4, 5)
DESKS: Final = "课桌"
SCHOOL_RULES: Final = "本校课后服务方案"
MAKE_UP_DAYS: Final = (
    MakeUpDay(date=date(2026, 9, 20), follows=2),
    MakeUpDay(date=date(2026, 10, 10), follows=3),
)
"""The Sunday and the Saturday worked for the National Day of 2026."""
GROUPS: Final = {
    "残疾": ("残疾儿童", GroupKind.DISABLED),
    "留守": ("留守儿童", GroupKind.LEFT_BEHIND),
    "随迁": ("进城务工人员随迁子女", GroupKind.MIGRANT),
    "困难": ("家庭经济困难学生", GroupKind.HARDSHIP),
    "建档": ("建档立卡贫困户子女", GroupKind.REGISTERED_POOR),
    "低保": ("低保家庭子女", GroupKind.MINIMUM_INCOME),
    "特困": ("特困职工家庭子女", GroupKind.HARDSHIP_WORKER),
    "寄宿": ("寄宿学生", GroupKind.BOARDER),
    "校车": ("乘坐校车的学生", GroupKind.BUS),
}
Stay = tuple[Sequence[str], Sequence[str]]
"""Slots at which a child stays whatever happens, and those at which only for a club."""


class Period(NamedTuple):
    """A period on some days of the week; clock times as people write them."""

    mark: str
    """End of the slots' ids, after the weekday."""
    start: str
    end: str
    days: tuple[int, ...] = WORKDAYS
    use: SlotUse = SlotUse.ANY
    content: CareContent = CareContent.READING
    evening: bool = False
    grades: tuple[int, ...] = ()


class Item(NamedTuple):
    """A course: who it is for, who can lead it, and how much children like it."""

    name: str
    grades: tuple[int, int]
    leaders: str
    feature: str = DESKS
    sizes: tuple[int, int] = (6, 16)
    sections: int = 1
    pattern: tuple[int, int, int] = (1, 1, 1)
    """Sessions a week, periods a session, days between sessions."""
    liking: int = 5
    learning: bool = False
    content: tuple[str, ...] = ()
    provider: str | None = None
    slots: str = ""
    """When it can be held; empty: at any slot for clubs."""


def slot_id(day: int, mark: str) -> str:
    """Name a slot, e.g. ``周二1``."""
    return f"{weekday_text(day).zh}{mark}"


def minute(text: str) -> int:
    """Read a clock time, e.g. ``16:30``, as minutes after midnight."""
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def week(*periods: Period) -> tuple[Slot, ...]:
    """Make the slots of a week, day by day."""
    return tuple(
        Slot(
            id=slot_id(day, period.mark),
            weekday=day,
            start_minute=minute(period.start),
            end_minute=minute(period.end),
            use=period.use,
            care_content=period.content,
            evening_study=period.evening,
            grades=period.grades,
        )
        for day in range(1, 8)
        for period in periods
        if day in period.days
    )


def autumn(**changes: Any) -> Term:  # noqa: ANN401, RUF100
    """Make the autumn term of 2026 with the school's own list of holidays, billed by the month."""
    ends = {9: 30, 10: 31, 11: 30, 12: 31}
    fields: dict[str, Any] = {
        "first_date": date(2026, 9, 7),
        "last_date": date(2026, 12, 31),
        "holidays": (date(2026, 9, 25), *(date(2026, 10, day) for day in range(1, 8))),
        "billing_months": tuple(
            BillingMonth(
                id=f"{month}月", first_date=date(2026, month, 1), last_date=date(2026, month, last)
            )
            for month, last in ends.items()
        ),
    }
    return Term(**(fields | changes))


def own_rule(item: PolicyItem, value: int | None = None, **scope: Any) -> Clause:  # noqa: ANN401, RUF100
    """Make a row of the school's own."""
    return Clause(item=item, value=value, **({"source": SCHOOL_RULES} | scope))


def groups(relief: Mapping[str, int | None]) -> tuple[StudentGroup, ...]:
    """Make student groups: id -> percent of the fee that is waived; None where nothing is said."""
    return tuple(
        StudentGroup(id=name, name=GROUPS[name][0], kind=GROUPS[name][1], relief_percent=percent)
        for name, percent in relief.items()
    )


def notice(method: str, number: int) -> Notice:
    """Make what the school says on its public notice; the telephone numbers are invented."""
    return Notice(
        method=method,
        safety="值班教师清点交接，门卫登记，家长到校门口接送",
        complaints=f"学校办公室 000-0000{number:04d}",
    )


def class_id(grade: int) -> str:
    """Name the one class of a grade."""
    return f"{grade}01"


def home_classes(grades: Iterable[int], first_teacher: int = 1) -> tuple[HomeClass, ...]:
    """Make one class a grade; their homeroom teachers are the first of the staff, in order."""
    return tuple(
        HomeClass(
            id=class_id(grade),
            name=f"{numeral(grade)}（1）班",
            grade=grade,
            home_room=f"教室{class_id(grade)}",
            homeroom_teacher=f"T{number:02d}",
        )
        for number, grade in enumerate(grades, first_teacher)
    )


def rooms(grades: Iterable[int], special: Mapping[str, str], seats: int = 40) -> tuple[Room, ...]:
    """Make a home room for each grade, and special rooms: name -> features."""
    return (
        *(
            Room(
                id=f"教室{class_id(grade)}",
                name=f"{numeral(grade)}（1）班教室",
                seats=seats,
                features=(DESKS,),
            )
            for grade in grades
        ),
        *(
            Room(id=name, name=name, seats=seats, features=tuple(features.split()))
            for name, features in special.items()
        ),
    )


def own_staff(random: Random, subjects: str, **fields: Any) -> tuple[Teacher, ...]:  # noqa: ANN401, RUF100
    """Make the school's own staff, one for each subject named, with ids from T01 on."""
    shared: dict[str, Any] = {"max_periods_week": 8, "max_periods_day": 3} | fields
    return tuple(
        Teacher(id=f"T{number:02d}", name=f"{teacher(random)}（{subject}）", **shared)
        for number, subject in enumerate(subjects.split(), 1)
    )


def course(item: Item) -> Course:
    """Make a course of an item of the menu."""
    sessions, periods, gap = item.pattern
    low, high = item.grades
    return Course(
        id=item.name,
        name=item.name,
        grades=tuple(range(low, high + 1)),
        min_size=item.sizes[0],
        max_size=item.sizes[1],
        max_sections=item.sections,
        sessions_per_week=sessions,
        periods_per_session=periods,
        min_gap_days=gap,
        slots=tuple(item.slots.split()) or None,
        leaders=tuple(item.leaders.split()),
        room_features=(item.feature,),
        kind=CourseKind.LEARNING if item.learning else CourseKind.ACTIVITY,
        content=item.content,
        provider=item.provider,
    )


def children(
    random: Random,
    sizes: Mapping[int, int],
    stay: Callable[[Random, int], Stay],
    groups: Mapping[str, float],
) -> tuple[Student, ...]:
    """Draw the children of each grade.

    Parameters
    ----------
    random
        Where chance comes from.
    sizes
        Children by grade.
    stay
        Draws when a child of a grade stays.
    groups
        Share of the children that belong to each student group.
    """
    made = []
    for grade, size in sizes.items():
        for number in range(1, size + 1):
            stays, offers = stay(random, grade)
            chance = random.random()
            own = []
            for group, share in groups.items():
                if 0 <= chance < share:
                    own.append(group)
                chance -= share
            child = Student(
                id=f"S{grade}{number:02d}",
                name=person(random),
                home_class=class_id(grade),
                groups=tuple(own),
                stay_slots=tuple(stays),
                club_slots=tuple(offers),
                max_clubs=random.choice((1, 2)) if stays or offers else 0,
            )
            made.append(child)
    return tuple(made)


def wishes(
    random: Random,
    students: Iterable[Student],
    menu: Collection[Item],
    counts: Sequence[int] = (2, 3),
    named: float = 0.0,
) -> tuple[Wish, ...]:
    """Draw each child's wishes, dearest first.

    Parameters
    ----------
    random
        Where chance comes from.
    students
        Who wishes; nobody who wants no club does.
    menu
        What there is to wish for.
    counts
        How many wishes a child may have.
    named
        Chance that a child wants a course with one of its teachers only.
    """
    found = []
    for child in students:
        grade = int(child.home_class[:-2])
        likings = {i: i.liking for i in menu if i.grades[0] <= grade <= i.grades[1]}
        wanted = min(random.choice(counts), len(likings)) if child.max_clubs else 0
        for rank in range(1, wanted + 1):
            (item,) = random.choices(list(likings), list(likings.values()))
            del likings[item]
            only = random.choice(item.leaders.split()) if random.random() < named else None
            found.append(Wish(student=child.id, course=item.name, rank=rank, teacher=only))
    return tuple(found)


def staying(
    random: Random, days: Mapping[int, Sequence[str]], chances: Sequence[float], offer: float
) -> Stay:
    """Draw a child's week: how long he stays each day, period after period.

    Parameters
    ----------
    random
        Where chance comes from.
    days
        The slots of each weekday, in order.
    chances
        Chance of staying at the first, second, ... slot of a day, given that he stayed so far.
    offer
        Chance of offering, for a club only, the first slot of a day at which he does not stay.
    """
    stays: list[str] = []
    offers: list[str] = []
    for slots in days.values():
        for slot, chance in zip(slots, chances, strict=False):
            if random.random() >= chance:
                if random.random() < offer:
                    offers.append(slot)
                break
            stays.append(slot)
    return stays, offers


def with_child(students: Iterable[Student], child: str, **fields: Any) -> tuple[Student, ...]:  # noqa: ANN401, RUF100
    """Change what one child's row says, e.g. the day he joins."""
    return tuple(s.model_copy(update=fields) if s.id == child else s for s in students)


def by_day(slots: Iterable[Slot]) -> dict[int, list[str]]:
    """Give the ids of slots by weekday, in order."""
    found: dict[int, list[str]] = {}
    for slot in slots:
        found.setdefault(slot.weekday, []).append(slot.id)
    return found
