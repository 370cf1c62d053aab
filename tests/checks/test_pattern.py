from itertools import chain, combinations

import pytest

from models import School, Slot, SlotUse
from optimizer.checks import CHECKS
from optimizer.checks._patterns import weekly_patterns
from tests.builders import (
    edit_section,
    tiny_plan,
    tiny_school,
    with_course,
    with_new,
    with_settings,
    with_slot,
)
from tests.checks.saying import broken, names, only, said

SCHOOL = tiny_school()
PLAN = tiny_plan(SCHOOL)


def test_slots_that_the_course_may_use() -> None:
    assert broken(with_course(SCHOOL, "chess", slots=("mon2", "tue1")), PLAN) == []
    text = only(with_course(SCHOOL, "chess", slots=("tue2", "tue1")), PLAN, "pattern")
    names(text, "chess-1", "16:50-17:30", zh="周二 16:00-16:40、周二", en="Tue 16:00-16:40, Tue")


def test_a_slot_for_base_care_only() -> None:
    text = only(with_slot(SCHOOL, "mon2", use=SlotUse.CARE_ONLY), PLAN, "pattern")
    names(text, "chess-1", "16:50-17:30", zh="只用于托管", en="base care only")


def test_a_slot_too_many_and_too_few() -> None:
    many = only(with_course(SCHOOL, "choir", sessions_per_week=1), PLAN, "pattern")
    names(many, "choir-1", zh="有 2 个时段，应为 1 个", en="has 2 slots a week, not 1")
    few = only(with_course(SCHOOL, "choir", sessions_per_week=3), PLAN, "pattern")
    names(few, "choir-1", zh="有 2 个时段，应为 3 个", en="has 2 slots a week, not 3")


def test_own_slots_that_overlap() -> None:
    plan = edit_section(PLAN, "choir-1", slots=("mon1", "mon1"))
    (finding,) = CHECKS["pattern"](SCHOOL, plan)
    names(finding.text, "choir-1", "16:00-16:40", zh="重叠", en="overlap")


def test_periods_on_one_day() -> None:
    text = only(
        with_course(SCHOOL, "art", sessions_per_week=2, periods_per_session=1), PLAN, "pattern"
    )
    names(text, "art-1", "2", "1", zh="周二", en="Tue")
    whole = with_course(SCHOOL, "art", sessions_per_week=2, periods_per_session=1, min_gap_days=0)
    assert broken(whole, PLAN) == []


@pytest.mark.parametrize("gap", [0, 1])
def test_a_session_torn_apart(gap: int) -> None:
    school = with_course(
        SCHOOL, "choir", sessions_per_week=1, periods_per_session=2, min_gap_days=gap
    )
    texts = said(school, PLAN, "pattern")
    assert len(texts) == 2
    names(texts[0], "choir-1", zh="周一有 1 节，每次应为 2 节", en="has 1 periods on Mon")


def test_days_apart() -> None:
    assert broken(with_course(SCHOOL, "choir", min_gap_days=1), PLAN) == []
    school = with_course(SCHOOL, "choir", min_gap_days=2)
    text = only(school, PLAN, "pattern")
    names(text, "choir-1", zh="周一和周二活动，只隔 1 天，至少应隔 2 天", en="Mon and Tue, 1 days")
    assert "at least 2" in text.en
    for slot in ("tue1", "tue2"):
        school = with_slot(school, slot, weekday=3)
    assert broken(school, PLAN) == []


def test_back_to_back() -> None:
    assert broken(with_settings(SCHOOL, session_break_minutes=10), PLAN) == []
    text = only(with_settings(SCHOOL, session_break_minutes=9), PLAN, "pattern")
    names(
        text, "art-1", "16:00-16:40", "16:50-17:30", zh="隔了 10 分钟，最多 9 分钟", en="10 minutes"
    )
    assert "at most 9" in text.en


def a_longer_week() -> School:
    """Four periods on Monday, the last after a long break; two on Thursday overlap."""
    extra = [
        Slot(id="mon3", weekday=1, start_minute=17 * 60 + 40, end_minute=18 * 60 + 20),
        Slot(id="mon4", weekday=1, start_minute=19 * 60, end_minute=19 * 60 + 40),
        Slot(id="thu1", weekday=4, start_minute=16 * 60, end_minute=16 * 60 + 40),
        Slot(id="thu1x", weekday=4, start_minute=16 * 60 + 20, end_minute=17 * 60),
        Slot(id="thu2", weekday=4, start_minute=17 * 60, end_minute=17 * 60 + 40),
        Slot(id="fri", weekday=5, start_minute=960, end_minute=1000, use=SlotUse.CARE_ONLY),
    ]
    return with_new(SCHOOL, "slots", *extra)


@pytest.mark.parametrize("sessions", [1, 2, 3])
@pytest.mark.parametrize("periods", [1, 2, 3])
@pytest.mark.parametrize("gap", [0, 1, 2, 3, 4])
def test_every_way_to_hold_a_course_is_known(sessions: int, periods: int, gap: int) -> None:
    school = with_course(
        a_longer_week(),
        "choir",
        sessions_per_week=sessions,
        periods_per_session=periods,
        min_gap_days=gap,
        slots=None if periods < 3 else tuple(s.id for s in a_longer_week().slots if s.id != "tue2"),
    )
    sizes = range(1, len(school.slots) + 1)
    sets = chain.from_iterable(combinations(school.slot, size) for size in sizes)
    kept = {
        frozenset(slots)
        for slots in sets
        if len(slots) == sessions * periods
        and not any(
            "choir" in finding.text.en
            for finding in CHECKS["pattern"](school, edit_section(PLAN, "choir-1", slots=slots))
        )
    }
    assert weekly_patterns(school, school.course["choir"]) == kept
