from datetime import date
from typing import Any

import pytest

from models import (
    Account,
    Budget,
    Cost,
    DocumentClause,
    FeeBasis,
    Income,
    PayUnit,
    PlannedCost,
    Policy,
    PolicyItem,
    Regulation,
    School,
    StaffKind,
    StudentGroup,
    UnmetReason,
)
from optimizer.ledger import budget_limits
from tests.builders import (
    revised,
    with_budget,
    with_clause,
    with_course,
    with_locks,
    with_new,
    with_settings,
    with_student,
    with_teacher,
)
from tests.rules.small import (
    SEAT,
    ball,
    in_care_only,
    opened,
    sizes,
    small_school,
    student,
    teacher,
)
from tests.rules.solving import conflict, optimal

PAID = (teacher("t1", pay_fen=5000), teacher("t2", pay_fen=8000))
"""The term is one week, so that a period a week is paid once."""
CARE = in_care_only(teachers=PAID[:1])
CLUB = small_school(teachers=PAID, courses=(ball(slots=("mon2",)),))


def test_base_care_costs_what_it_costs() -> None:
    plan = optimal(with_budget(CARE, sum_fen=5000))
    assert plan.pay_fen == 5000
    assert conflict(with_budget(CARE, sum_fen=4999)) == {"attendance", "staffing", "budget"}
    assert optimal(with_budget(CARE)).pay_fen == 5000


def test_a_club_that_the_purse_just_pays() -> None:
    """Care costs 50 yuan at least and ball 80."""
    plan = optimal(with_budget(CLUB, sum_fen=13_000))
    assert (plan.value, plan.pay_fen) == (4 * SEAT, 13_000)
    short = with_budget(CLUB, sum_fen=12_999)
    plan = optimal(short)
    assert plan.value == 0
    assert {u.reason for u in plan.unmet} == {UnmetReason.BUDGET}
    assert conflict(with_locks(short, opened(1))) == {
        "attendance",
        "pattern",
        "staffing",
        "budget",
        "locks",
    }


def test_no_money_at_all() -> None:
    unpaid = with_teacher(CARE, "t1", pay_fen=0)
    assert optimal(with_budget(unpaid, sum_fen=0)).pay_fen == 0
    assert "budget" in conflict(with_budget(CARE, sum_fen=0))


def test_the_cheaper_leader_makes_room_in_the_purse() -> None:
    both = with_course(CLUB, "ball", leaders=("t1", "t2"))
    plan = optimal(with_budget(both, sum_fen=10_000))
    assert plan.sections[0].staff == ("t1",)
    assert plan.pay_fen == 10_000
    assert optimal(with_budget(both, sum_fen=9_999)).value == 0


@pytest.mark.parametrize(("unit", "pay"), [(PayUnit.PERIOD, 16_000), (PayUnit.SESSION, 8_000)])
def test_pay_for_periods_or_for_sessions(unit: PayUnit, pay: int) -> None:
    double = with_course(CLUB, "ball", slots=("mon1", "mon2"), periods_per_session=2)
    double = with_teacher(double, "t2", pay_unit=unit)
    plan = optimal(with_budget(double, sum_fen=pay))
    assert (plan.value, plan.pay_fen) == (4 * SEAT, pay)
    assert optimal(with_budget(double, sum_fen=pay - 1)).value == 0


def both_periods(**fields: Any) -> School:
    """All stay for both periods of Monday, when only t2 is there for them."""
    stays = {"stay_slots": ("mon1", "mon2"), "club_slots": ()}
    return in_care_only(
        teachers=(teacher("t1", may_supervise=False), teacher("t2", pay_fen=8000, **fields)),
        students=tuple(student(name, **stays) for name in "abcd"),
    )


@pytest.mark.parametrize("kind", [StaffKind.OWN, StaffKind.EXTERNAL])
def test_a_session_is_one_a_day_in_base_care_too(kind: StaffKind) -> None:
    """Two periods of base care on one date are one session, whatever the person has then."""
    school = both_periods(kind=kind, pay_unit=PayUnit.SESSION)
    assert optimal(with_budget(school, sum_fen=8000)).pay_fen == 8000
    assert "budget" in conflict(with_budget(school, sum_fen=7999))
    periods = both_periods(kind=kind)
    assert optimal(with_budget(periods, sum_fen=16_000)).pay_fen == 16_000
    assert "budget" in conflict(with_budget(periods, sum_fen=15_999))


def test_a_section_and_base_care_on_one_day_are_one_session() -> None:
    """Whoever has come for ball already costs nothing more in base care."""
    school = small_school(
        teachers=(
            teacher("t1", pay_fen=5000),
            teacher("t2", pay_fen=8000, pay_unit=PayUnit.SESSION),
        ),
        courses=(ball(slots=("mon2",)),),
    )
    plan = optimal(with_budget(school, sum_fen=8000))
    assert (plan.value, plan.pay_fen) == (4 * SEAT, 8000)
    assert {t for group in plan.care_groups for t in group.staff} == {"t2"}
    assert optimal(with_budget(school, sum_fen=7999)).value == 0


def test_a_session_across_the_clock_is_priced_by_what_is_done_of_it() -> None:
    """16:00-16:40 is normal work and 16:50-17:30 overtime: half of 80 and half of 100 yuan.

    By itself the first would cost 80 and the second 100.
    """
    school = both_periods(pay_unit=PayUnit.SESSION, overtime_pay_fen=10_000)
    school = with_clause(school, PolicyItem.OVERTIME_FROM, 16 * 60 + 45)
    assert optimal(with_budget(school, sum_fen=9000)).pay_fen == 9000
    assert "budget" in conflict(with_budget(school, sum_fen=8999))


def test_a_session_is_paid_no_more_than_the_cap_a_period_allows() -> None:
    """90 yuan where a period may be 50: both periods of Monday cost 90, one of them alone 50."""
    school = both_periods(pay_unit=PayUnit.SESSION)
    school = with_clause(school, PolicyItem.PAY_MAX, 5000)
    both = with_teacher(school, "t2", pay_fen=9000)
    assert optimal(with_budget(both, sum_fen=9000)).pay_fen == 9000
    assert "budget" in conflict(with_budget(both, sum_fen=8999))
    helped = with_teacher(both, "t1", may_supervise=True, available_slots=("mon2",), pay_fen=3000)
    assert optimal(with_budget(helped, sum_fen=8000)).pay_fen == 8000
    assert "budget" in conflict(with_budget(helped, sum_fen=7999))


def test_a_club_that_saves_the_care_group() -> None:
    """With all in ball at the first period no care is needed, which the purse could not pay."""
    school = small_school(teachers=PAID, courses=(ball(slots=("mon1",)),))
    school = with_teacher(school, "t2", pay_fen=4000)
    plan = optimal(with_budget(school, sum_fen=4000))
    assert (sizes(plan), plan.care_groups, plan.pay_fen) == ([4], (), 4000)
    three = with_course(with_budget(school, sum_fen=4000), "ball", max_size=3)
    assert optimal(three).value == 0
    assert optimal(three).pay_fen == 4000


def from_income(**fields: Any) -> School:
    """Ball costs 130 yuan with care; four students pay."""
    income: dict[str, Any] = {"from_income": True, "fee_basis": FeeBasis.TERM}
    return with_settings(CLUB, budget=Budget(**(income | fields)))


def test_what_the_fees_bring_in() -> None:
    exact = from_income(fee_fen=3250)
    assert [limit.limit_fen for limit in budget_limits(exact)] == [13_000]
    assert optimal(exact).value == 4 * SEAT
    assert optimal(from_income(fee_fen=3249)).value == 0


def test_fees_and_subsidy_together() -> None:
    exact = from_income(fee_fen=3000, subsidy_fen_per_student=250)
    assert optimal(exact).value == 4 * SEAT
    assert optimal(from_income(fee_fen=3000, subsidy_fen_per_student=249)).value == 0


@pytest.mark.parametrize("reimbursed", [True, False])
def test_relief_that_is_reimbursed_or_not(reimbursed: bool) -> None:
    school = from_income(fee_fen=3250)
    group = StudentGroup(id="relief", name="", relief_percent=50, reimbursed=reimbursed)
    school = with_student(revised(school, groups=(group,)), "a", groups=("relief",))
    assert optimal(school).value == (4 * SEAT if reimbursed else 0)


def test_who_may_have_no_club_is_not_counted_on() -> None:
    """A fifth student who comes for the club only pays, too, but perhaps stays at home."""
    guest = student("e", stay_slots=(), club_slots=("mon2",))
    school = with_new(from_income(fee_fen=3250), "students", guest)
    assert [limit.limit_fen for limit in budget_limits(school)] == [13_000]
    assert optimal(school).value == 4 * SEAT
    assert optimal(with_budget_fee(school, 3249)).value == 0


def with_budget_fee(school: School, fee_fen: int) -> School:
    budget = revised(school.settings.budget, fee_fen=fee_fen)
    return with_settings(school, budget=budget)


def test_other_costs_come_out_of_the_same_account() -> None:
    cost = PlannedCost(id="c1", kind=Cost.UTILITIES, amount_fen=100, day=date(2026, 3, 2))
    school = revised(from_income(fee_fen=3275), costs=(cost,))
    assert optimal(school).value == 4 * SEAT
    dearer = revised(school, costs=(revised(cost, amount_fen=101),))
    assert optimal(dearer).value == 0


FUND = Account(id="fund", income=(Income.SPECIAL,), uses=(Cost.PAY_OVERTIME,), source="7")
FEES = Account(id="fees", income=(Income.FEES,), uses=(Cost.PAY_NORMAL,), source="7")
LATE = DocumentClause(item=PolicyItem.OVERTIME_FROM, value=17 * 60 + 10, source="3")


def by_accounts(**fields: Any) -> School:
    """Ball is 16:50-17:30, half of it overtime: 40 yuan and 60; care costs 50."""
    regulation = Regulation(id="r", name="", clauses=(LATE,), accounts=(FUND, FEES))
    school = with_teacher(CLUB, "t2", overtime_pay_fen=12_000)
    return with_budget(revised(school, policy=Policy(regulation=regulation)), **fields)


def test_overtime_out_of_a_special_fund() -> None:
    plan = optimal(by_accounts(special_fund_fen=6000))
    assert (plan.value, plan.pay_fen) == (4 * SEAT, 15_000)
    short = by_accounts(special_fund_fen=5999)
    plan = optimal(short)
    assert (plan.value, plan.pay_fen) == (0, 5000)
    assert "budget" in conflict(with_locks(short, opened(1)))


def test_each_account_pays_its_own() -> None:
    """Fees are there for 50 + 40 yuan, the fund for 60: more in one does not help the other."""
    fees: dict[str, Any] = {"from_income": True, "fee_basis": FeeBasis.TERM}
    assert optimal(by_accounts(special_fund_fen=6000, fee_fen=2250, **fees)).value == 4 * SEAT
    assert optimal(by_accounts(special_fund_fen=9999, fee_fen=2249, **fees)).value == 0
    assert optimal(by_accounts(special_fund_fen=5999, fee_fen=9999, **fees)).value == 0


def test_a_sum_over_all_accounts_besides() -> None:
    assert optimal(by_accounts(special_fund_fen=6000, sum_fen=15_000)).value == 4 * SEAT
    assert optimal(by_accounts(special_fund_fen=6000, sum_fen=14_999)).value == 0


def test_income_below_base_care() -> None:
    school = with_settings(
        CARE, budget=Budget(from_income=True, fee_basis=FeeBasis.TERM, fee_fen=1249)
    )
    assert conflict(school) == {"attendance", "staffing", "budget"}
