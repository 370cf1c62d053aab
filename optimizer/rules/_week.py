"""What the policy wants of the school's slots (family ``hours``), whatever the plan.

Statement, for every grade that ``eligible`` admits, evening study apart. The grade's slots are
those that admit it; its days are the weekdays with any, and a working day is one from Monday to
Friday. On each working day: ``earliest_end``: the last slot ends no earlier;
``min_minutes_day``: its slots cover at least so many minutes on the clock, where minutes in two
slots count once; ``minutes_day``: just so many; ``periods_day``: there are just so many slots;
``homework_start`` and ``homework_end``, where the grade has both: homework slots leave no
minute uncovered from the earliest such start to the latest such end. A homework slot is one for
base care only (use ``care_only``) that is spent on homework; for a grade that any
``content_start`` or ``content_end`` concerns, every slot of use ``any`` does as well.
``period_minutes``: every slot, on whatever day, is just so long. ``min_weekdays``: there are at
least so many working days. ``weekend_days``: just so many of its days are a Saturday or Sunday.
"""

from collections.abc import Iterable

from models import CareContent, PolicyItem, School, Slot, SlotUse
from optimizer.rules._homework import time_for_homework

_LAST_WORKING_DAY = 5
_DAY_ITEMS = (
    PolicyItem.EARLIEST_END,
    PolicyItem.MIN_MINUTES_DAY,
    PolicyItem.MINUTES_DAY,
    PolicyItem.PERIODS_DAY,
)


def week_fits(school: School) -> bool:
    """Tell whether the school's slots are as the policy wants them."""
    served = [
        grade
        for grade in school.grades
        if not school.in_force(PolicyItem.ELIGIBLE) or school.clauses(PolicyItem.ELIGIBLE, grade)
    ]
    return all(_fits(school, grade) for grade in served)


def _fits(school: School, grade: int) -> bool:
    slots = [s for s in school.slots if s.admits_grade(grade) and not s.evening_study]
    days = {s.weekday for s in slots}
    working = [d for d in days if d <= _LAST_WORKING_DAY]
    return (
        all(
            s.minutes == length
            for length in _values(school, PolicyItem.PERIOD_MINUTES, grade)
            for s in slots
        )
        and len(working) >= max(_values(school, PolicyItem.MIN_WEEKDAYS, grade), default=0)
        and all(
            len(days) - len(working) == wanted
            for wanted in _values(school, PolicyItem.WEEKEND_DAYS, grade)
        )
        and all(_day_fits(school, grade, [s for s in slots if s.weekday == d]) for d in working)
    )


def _values(school: School, item: PolicyItem, grade: int) -> list[int]:
    return [c.value for c in school.clauses(item, grade) if c.value is not None]


def _day_fits(school: School, grade: int, slots: list[Slot]) -> bool:
    minutes = sum(end - start for start, end in _stretches(slots))
    last = max(s.end_minute for s in slots)
    latest_due, least, exact, periods = (_values(school, item, grade) for item in _DAY_ITEMS)
    return (
        last >= max(latest_due, default=0)
        and minutes >= max(least, default=0)
        and all(minutes == value for value in exact)
        and all(len(slots) == value for value in periods)
        and _homework_fits(school, grade, slots)
        and time_for_homework(school, grade, slots)
    )


def _homework_fits(school: School, grade: int, slots: list[Slot]) -> bool:
    starts = _values(school, PolicyItem.HOMEWORK_START, grade)
    ends = _values(school, PolicyItem.HOMEWORK_END, grade)
    if not starts or not ends or min(starts) >= max(ends):
        return True
    windows = (PolicyItem.CONTENT_START, PolicyItem.CONTENT_END)
    clubs_too = any(school.clauses(item, grade) for item in windows)
    suiting = [
        s
        for s in slots
        if (s.use is SlotUse.CARE_ONLY and s.care_content is CareContent.HOMEWORK)
        or (clubs_too and s.use is SlotUse.ANY)
    ]
    return any(start <= min(starts) and max(ends) <= end for start, end in _stretches(suiting))


def _stretches(slots: Iterable[Slot]) -> list[tuple[int, int]]:
    """Give the stretches of the clock, in order, that slots of one day cover without a gap."""
    found: list[tuple[int, int]] = []
    for slot in sorted(slots, key=lambda s: s.start_minute):
        if found and slot.start_minute <= found[-1][1]:
            start, end = found.pop()
            found.append((start, max(end, slot.end_minute)))
        else:
            found.append((slot.start_minute, slot.end_minute))
    return found
