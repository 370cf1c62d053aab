"""What a search that was cut off left out is opened when the plan is finished."""

from models import Plan, School, SeatLock, SectionCountLock
from optimizer.checks import verify
from optimizer.engine import finish_plan
from tests.builders import with_budget, with_course, with_locks, with_teacher
from tests.rules.small import SEAT, sizes, small_school
from tests.rules.solving import ONE_RUN, optimal

CLUBS = small_school()


def cut_off(school: School) -> Plan:
    """Finish a plan of base care alone."""
    shut = SectionCountLock(course="ball", count=0)
    care = optimal(with_locks(CLUBS, shut)).care_groups
    plan = finish_plan(school, (), care, ONE_RUN)
    assert verify(school, plan) == ()
    return plan


def test_a_course_that_can_be_held_is_opened() -> None:
    plan = cut_off(CLUBS)
    assert plan.value == 4 * SEAT
    assert sizes(plan) == [4]
    assert plan.unmet == ()


def test_nothing_is_opened_that_the_school_or_its_means_forbid() -> None:
    assert sizes(cut_off(with_course(CLUBS, "ball", max_sections=0))) == []
    assert sizes(cut_off(with_locks(CLUBS, SectionCountLock(course="ball", count=0)))) == []
    assert sizes(cut_off(with_teacher(CLUBS, "t2", max_periods_week=0))) == []
    paid = with_teacher(CLUBS, "t2", pay_fen=100)
    assert sizes(cut_off(with_budget(paid, sum_fen=99))) == []
    assert sizes(cut_off(with_budget(paid, sum_fen=100))) == [4]
    denied = (SeatLock(student=s, course="ball", granted=False) for s in "abc")
    assert sizes(cut_off(with_locks(CLUBS, *denied))) == []


def test_a_second_section_where_it_may_have_one() -> None:
    pairs = with_course(CLUBS, "ball", max_size=2)
    assert sizes(cut_off(pairs)) == [2]
    assert sizes(cut_off(with_course(pairs, "ball", max_sections=2))) == [2, 2]
