from itertools import combinations, pairwise

import pytest

from models import Course, School, SectionLock, SlotUse
from optimizer.rules.pattern import patterns
from tests.builders import with_course, with_locks, with_settings, with_slot
from tests.rules.small import (
    SEAT,
    ball,
    granted,
    opened,
    sizes,
    slot,
    small_school,
    student,
    wish,
)
from tests.rules.solving import conflict, optimal

DAYS = ((1, "mon"), (2, "tue"), (3, "wed"), (5, "fri"))


def week(**course: object) -> School:
    """Two periods, ten minutes apart, on four days; everybody is there for clubs at all of them."""
    slots = tuple(
        slot(f"{name}{period}", day, start, start + 40)
        for day, name in DAYS
        for period, start in ((1, 960), (2, 1010))
    )
    return small_school(
        slots=slots,
        courses=(ball(**course),),
        students=tuple(
            student(n, stay_slots=(), club_slots=tuple(s.id for s in slots)) for n in "abcd"
        ),
        wishes=tuple(wish(n) for n in "abcd"),
    )


def must_open(school: School) -> School:
    return with_locks(school, opened(1))


def meeting(school: School) -> tuple[str, ...]:
    plan = optimal(must_open(school))
    assert plan.value == 4 * SEAT
    return plan.sections[0].slots


def test_only_the_courses_own_slots() -> None:
    assert meeting(week(slots=("wed2",))) == ("wed2",)
    pinned = SectionLock(course="ball", slots=("wed1",))
    assert optimal(with_locks(week(slots=("wed1", "wed2")), pinned)).sections[0].slots == ("wed1",)
    assert conflict(with_locks(week(slots=("wed2",)), pinned)) == {"pattern", "locks"}


def test_never_at_a_slot_for_base_care_only() -> None:
    school = week(slots=("wed1", "wed2"))
    school = with_slot(school, "wed1", use=SlotUse.CARE_ONLY)
    assert meeting(school) == ("wed2",)
    none_left = with_slot(school, "wed2", use=SlotUse.CARE_ONLY)
    assert conflict(must_open(none_left)) == {"pattern", "locks"}
    assert optimal(none_left).value == 0


def test_a_slot_for_clubs_only_will_do() -> None:
    school = with_slot(week(slots=("wed1",)), "wed1", use=SlotUse.CLUBS_ONLY)
    assert meeting(school) == ("wed1",)


@pytest.mark.parametrize(
    ("gap", "fits", "does_not"),
    [
        (0, ("mon1", "mon2"), None),
        (1, ("mon1", "tue1"), ("mon1", "mon2")),
        (2, ("mon1", "wed1"), ("mon1", "tue1")),
        (3, ("tue1", "fri1"), ("wed1", "fri1")),
        (4, ("mon1", "fri1"), ("tue1", "fri1")),
    ],
)
def test_sessions_are_days_apart(
    gap: int, fits: tuple[str, ...], does_not: tuple[str, ...] | None
) -> None:
    def at(slots: tuple[str, ...]) -> School:
        return week(sessions_per_week=2, min_gap_days=gap, slots=slots)

    assert meeting(at(fits)) == fits
    if does_not is not None:
        assert conflict(must_open(at(does_not))) == {"pattern", "locks"}


def test_the_week_does_not_wrap_round() -> None:
    """Monday and Sunday are six days apart, not one."""
    school = week(sessions_per_week=2, min_gap_days=6)
    assert patterns(school, school.courses[0]) == []
    assert optimal(school).value == 0
    assert conflict(must_open(school)) == {"pattern", "locks"}


def test_three_sessions_with_a_gap() -> None:
    """Monday, Wednesday and Friday are the only three days with one between them."""
    school = week(sessions_per_week=3, min_gap_days=2)
    assert sorted({s[:3] for s in meeting(school)}) == ["fri", "mon", "wed"]
    assert conflict(must_open(with_course(school, "ball", slots=MON_TO_WED))) == {
        "pattern",
        "locks",
    }


MON_TO_WED = ("mon1", "mon2", "tue1", "tue2", "wed1", "wed2")


def test_periods_of_a_session_are_back_to_back() -> None:
    double = week(periods_per_session=2, slots=("mon1", "mon2"))
    assert meeting(double) == ("mon1", "mon2")
    assert meeting(with_settings(double, session_break_minutes=10)) == ("mon1", "mon2")
    long_break = with_settings(double, session_break_minutes=9)
    assert conflict(must_open(long_break)) == {"pattern", "locks"}


def test_periods_of_a_session_do_not_overlap() -> None:
    double = week(periods_per_session=2, slots=("mon1", "mon2"))
    touching = with_slot(double, "mon2", start_minute=1000)
    assert meeting(touching) == ("mon1", "mon2")
    overlapping = with_slot(double, "mon2", start_minute=999)
    assert "pattern" in conflict(must_open(overlapping))


def test_a_session_is_within_one_day() -> None:
    double = week(periods_per_session=2, slots=("mon2", "tue1"))
    assert conflict(must_open(double)) == {"pattern", "locks"}


def test_two_double_sessions() -> None:
    school = week(periods_per_session=2, sessions_per_week=2, min_gap_days=4)
    assert meeting(school) == ("mon1", "mon2", "fri1", "fri2")
    pinned = with_locks(school, SectionLock(course="ball", slots=("mon1", "fri2")))
    assert optimal(pinned).sections
    wrong = with_locks(school, SectionLock(course="ball", slots=("mon1", "wed1")))
    assert conflict(wrong) == {"pattern", "locks"}


def test_two_sessions_on_one_day_without_a_gap() -> None:
    school = week(sessions_per_week=2, min_gap_days=0, slots=("mon1", "mon2"))
    overlapping = with_slot(school, "mon2", start_minute=999)
    assert meeting(with_slot(school, "mon2", start_minute=1000)) == ("mon1", "mon2")
    assert "pattern" in conflict(must_open(overlapping))


def test_every_pattern_once_in_the_order_of_the_week() -> None:
    school = week(sessions_per_week=2, periods_per_session=2, min_gap_days=2)
    found = patterns(school, school.courses[0])
    days = [tuple(dict.fromkeys(s[:3] for s in meets)) for meets in found]
    assert days == [("mon", "wed"), ("mon", "fri"), ("tue", "fri"), ("wed", "fri")]


def naive(school: School, course: Course) -> set[frozenset[str]]:
    """Apply the statement to every set of slots."""
    return {
        frozenset(s.id for s in chosen)
        for chosen in combinations(school.slots, course.periods_per_week)
        if _keeps(school, course, [(s.weekday, s.start_minute, s.end_minute) for s in chosen])
    }


def _keeps(school: School, course: Course, times: list[tuple[int, int, int]]) -> bool:
    days = {day: sorted((a, b) for d, a, b in times if d == day) for day, _, _ in times}
    longest, periods = school.settings.session_break_minutes, course.periods_per_session
    for day in days.values():
        gaps = [b[0] - a[1] for a, b in pairwise(day)]
        within = [gap for n, gap in enumerate(gaps, 1) if n % periods]
        if len(day) != periods or min(gaps, default=0) < 0 or max(within, default=0) > longest:
            return False
    order = sorted(days)
    return all(b - a >= course.min_gap_days for a, b in pairwise(order))


@pytest.mark.parametrize("sessions", [1, 2, 3])
@pytest.mark.parametrize("periods", [1, 2])
@pytest.mark.parametrize("gap", [1, 2])
def test_patterns_are_just_what_the_statement_says(sessions: int, periods: int, gap: int) -> None:
    school = week(sessions_per_week=sessions, periods_per_session=periods, min_gap_days=gap)
    found = patterns(school, school.courses[0])
    assert {frozenset(meets) for meets in found} == naive(school, school.courses[0])
    assert len(set(found)) == len(found)


def test_a_pinned_seat_needs_the_whole_pattern() -> None:
    """He is there at the first period only, and the sessions are double ones."""
    school = with_locks(week(periods_per_session=2, min_size=1), granted("a"))
    assert sizes(optimal(school)) == [4]
    early = small_school(
        slots=school.slots,
        courses=school.courses,
        students=(student("a", stay_slots=(), club_slots=("mon1", "tue1")),),
        wishes=(wish("a"),),
        locks=school.locks,
    )
    assert conflict(early) == {"attendance", "pattern", "locks"}
