"""What the policy wants of the school's slots (family ``hours``), whatever the plan.

Statement, for every grade that ``eligible`` admits, evening study apart. The grade's slots are
those that admit it; its days are the weekdays with any, and a working day is one from Monday to
Friday. A slot is *for all* unless it is for clubs only. Of slots that overlap on the clock a child
can have one; what a set of slots *gives* is the most that one child can have of it. On each working
day: ``earliest_end``: the last slot for all ends no earlier; ``min_minutes_day``: the slots for all
give at least so many minutes; ``minutes_day``: all slots give just so many, and those for all do;
``periods_day``: the same of numbers of slots; ``homework_start`` and ``homework_end``, where the
grade has both: homework slots give all minutes from the earliest such start to the latest such
end. A homework slot is one for base care only (use ``care_only``) that is spent on homework; for a
grade that any ``content_start`` or ``content_end`` concerns, every slot of use ``any`` does as
well. ``period_minutes``: every slot, on whatever day and evening study too, is just so long.
``min_weekdays``: working days with a slot for all are at least so many. ``weekend_days``: just so
many of its days are a Saturday or Sunday. What these mean for the dates is in ``_dates``.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator

from models import CareContent, PolicyItem, School, Slot, SlotUse
from optimizer.rules._dates import dates_fit
from optimizer.rules._homework import time_for_homework

_LAST_WORKING_DAY = 5


def week_fits(school: School) -> bool:
    """Tell whether the school's slots and dates are as the policy wants them."""
    served = [
        grade
        for grade in school.grades
        if not school.in_force(PolicyItem.ELIGIBLE) or school.clauses(PolicyItem.ELIGIBLE, grade)
    ]
    return all(_fits(school, grade) and dates_fit(school, grade) for grade in served)


def _fits(school: School, grade: int) -> bool:
    every = [s for s in school.slots if s.admits_grade(grade)]
    slots = [s for s in every if not s.evening_study]
    days = {s.weekday for s in slots}
    working = [d for d in days if d <= _LAST_WORKING_DAY]
    open_days = {s.weekday for s in _for_all(slots)}
    return (
        all(
            s.minutes == length
            for length in _values(school, PolicyItem.PERIOD_MINUTES, grade)
            for s in every
        )
        and len(open_days.intersection(working))
        >= max(_values(school, PolicyItem.MIN_WEEKDAYS, grade), default=0)
        and all(
            len(days) - len(working) == wanted
            for wanted in _values(school, PolicyItem.WEEKEND_DAYS, grade)
        )
        and all(_day_fits(school, grade, [s for s in slots if s.weekday == d]) for d in working)
    )


def _for_all(slots: Iterable[Slot]) -> list[Slot]:
    return [s for s in slots if s.use is not SlotUse.CLUBS_ONLY]


def _values(school: School, item: PolicyItem, grade: int) -> list[int]:
    return [c.value for c in school.clauses(item, grade) if c.value is not None]


def _day_fits(school: School, grade: int, slots: list[Slot]) -> bool:
    staying = _for_all(slots)
    last = max((s.end_minute for s in staying), default=0)
    return (
        last >= max(_values(school, PolicyItem.EARLIEST_END, grade), default=0)
        and all(
            given(staying, lambda s: s.minutes) >= least
            for least in _values(school, PolicyItem.MIN_MINUTES_DAY, grade)
        )
        and all(
            {given(some, lambda s: s.minutes) for some in (slots, staying)} == {exact}
            for exact in _values(school, PolicyItem.MINUTES_DAY, grade)
        )
        and all(
            {given(some, lambda _: 1) for some in (slots, staying)} == {exact}
            for exact in _values(school, PolicyItem.PERIODS_DAY, grade)
        )
        and _homework_fits(school, grade, slots)
        and time_for_homework(school, grade, slots)
    )


def given(slots: Iterable[Slot], worth: Callable[[Slot], int]) -> int:
    """Give the most that slots of one day that do not overlap are worth together.

    In the order of their ends: the best up to a slot's end is the best so far, or the slot and the
    best of those that end by its start.
    """
    ends, best = [0], [0]
    for slot in sorted(slots, key=lambda s: s.end_minute):
        with_it = best[bisect_right(ends, slot.start_minute) - 1] + worth(slot)
        ends.append(slot.end_minute)
        best.append(max(best[-1], with_it))
    return best[-1]


def _homework_fits(school: School, grade: int, slots: list[Slot]) -> bool:
    starts = _values(school, PolicyItem.HOMEWORK_START, grade)
    ends = _values(school, PolicyItem.HOMEWORK_END, grade)
    if not starts or not ends or min(starts) >= max(ends):
        return True
    start, end = min(starts), max(ends)

    def within(slot: Slot) -> int:
        return max(0, min(end, slot.end_minute) - max(start, slot.start_minute))

    return given(_homework_slots(school, grade, slots), within) == end - start


def _homework_slots(school: School, grade: int, slots: Iterable[Slot]) -> Iterator[Slot]:
    windows = (PolicyItem.CONTENT_START, PolicyItem.CONTENT_END)
    clubs_too = any(school.clauses(item, grade) for item in windows)
    for slot in slots:
        homework = slot.care_content is CareContent.HOMEWORK
        if (slot.use is SlotUse.CARE_ONLY and homework) or (clubs_too and slot.use is SlotUse.ANY):
            yield slot
