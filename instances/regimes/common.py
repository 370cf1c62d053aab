"""What the nine schools share: weeks, the term, places, courses."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from instances.generator.names import numeral
from models import (
    BillingMonth,
    CareContent,
    Clause,
    Course,
    CourseKind,
    HomeClass,
    MakeUpDay,
    Notice,
    PolicyItem,
    Room,
    Slot,
    SlotUse,
    Term,
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
