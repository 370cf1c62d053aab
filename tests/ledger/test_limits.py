"""What pay may come to, and what of the income is certain before there is a plan."""

from datetime import date
from typing import Any

import pytest

from models import (
    PAY,
    Cost,
    FeeBasis,
    Income,
    PlannedCost,
    PolicyItem,
    School,
    StudentGroup,
)
from optimizer.ledger import Limit, budget_limits, pay_limit_fen
from optimizer.ledger.tariffs import certain_income
from tests.builders import revised, with_clause, with_student
from tests.ledger.making import SCHOOL, account, charging, regulated, relieved

TERM: dict[str, Any] = {"fee_basis": FeeBasis.TERM, "fee_fen": 100}
PERIOD: dict[str, Any] = {"fee_basis": FeeBasis.PERIOD, "fee_fen": 100}
NORMAL = frozenset({Cost.PAY_NORMAL})
OVERTIME = frozenset({Cost.PAY_OVERTIME})
EXTERNAL = frozenset({Cost.PAY_EXTERNAL})
FEES = account("fees", (Income.FEES,), (Cost.PAY_NORMAL, Cost.PAY_EXTERNAL, Cost.UTILITIES))
FUND = account("fund", (Income.SPECIAL,), (Cost.PAY_OVERTIME,))
MIXED = account("fund", (Income.SPECIAL, Income.SUBSIDY), (Cost.PAY_OVERTIME,))
OWN = account("own", (Income.SCHOOL,), (Cost.PAY_OVERTIME,))


def from_income(school: School = SCHOOL, **fields: Any) -> School:
    return charging(school, from_income=True, **fields)


def the_limit(school: School) -> int:
    (limit,) = budget_limits(school)
    assert (limit.account, limit.costs) == ("service", PAY)
    return limit.limit_fen


def test_no_limit() -> None:
    assert budget_limits(SCHOOL) == ()
    assert budget_limits(charging(SCHOOL, special_fund_fen=100, **TERM)) == ()
    assert pay_limit_fen(SCHOOL) is None


@pytest.mark.parametrize("fen", [0, 777])
def test_a_given_sum_is_for_all_pay(fen: int) -> None:
    school = charging(SCHOOL, sum_fen=fen)
    assert budget_limits(school) == (Limit("", PAY, fen),)
    assert pay_limit_fen(school) == fen


def test_a_sum_and_the_income() -> None:
    school = from_income(sum_fen=777, **TERM)
    assert budget_limits(school) == (Limit("", PAY, 777), Limit("service", PAY, 1200))
    assert pay_limit_fen(school) == 777
    assert pay_limit_fen(from_income(sum_fen=7777, **TERM)) == 1200


def test_what_fees_grants_and_costs_leave() -> None:
    assert the_limit(from_income(**TERM)) == 1200
    assert the_limit(from_income(fee_fen=100)) == 0
    assert the_limit(from_income(subsidy_fen_per_student=30, **TERM)) == 1560
    assert the_limit(from_income(special_fund_fen=5, **TERM)) == 1205
    costs = (
        PlannedCost(id="c1", kind=Cost.UTILITIES, amount_fen=300, day=date(2026, 3, 2)),
        PlannedCost(id="c2", kind=Cost.OTHER, amount_fen=50, day=date(2026, 3, 2)),
    )
    assert the_limit(revised(from_income(**TERM), costs=costs)) == 850
    dear = revised(costs[0], amount_fen=1201)
    assert the_limit(revised(from_income(**TERM), costs=(dear,))) == 0


def test_relief_counts_less_unless_somebody_pays_it() -> None:
    assert the_limit(from_income(relieved(relief_percent=30), **TERM)) == 1170
    assert the_limit(from_income(relieved(relief_percent=30, reimbursed=True), **TERM)) == 1200


def test_only_stays_are_certain() -> None:
    """Who comes only for a club may have none, and then is not there at all."""
    absent = with_student(SCHOOL, "s52", stay_slots=(), club_slots=())
    assert the_limit(from_income(absent, **TERM)) == 1100
    club_only = with_student(SCHOOL, "s52", stay_slots=(), club_slots=("mon2",))
    fields = TERM | {"subsidy_fen_per_student": 5}
    assert the_limit(from_income(club_only, **fields)) == 11 * 105
    excluding = with_clause(SCHOOL, PolicyItem.EXCLUDED_GROUP, subject="hardship")
    assert the_limit(from_income(excluding, **TERM)) == 1100


def test_periods_that_are_certain() -> None:
    """Ten students stay four periods a week and two two; s54's club is not counted on."""
    assert the_limit(from_income(**PERIOD)) == 100 * 2 * (10 * 4 + 2 * 2)
    capped = with_clause(SCHOOL, PolicyItem.CHARGED_PERIODS_DAY_MAX, 1)
    assert the_limit(from_income(capped, **PERIOD)) == 100 * 2 * 12 * 2
    capped = with_clause(SCHOOL, PolicyItem.FEE_DAY_MAX, 150)
    assert the_limit(from_income(capped, **PERIOD)) == 2 * 2 * (10 * 150 + 2 * 100)
    late = with_student(SCHOOL, "s31", joins=date(2026, 3, 10))
    assert the_limit(from_income(late, **PERIOD)) == 100 * (2 * 44 - 6)


def test_each_kind_of_income() -> None:
    school = charging(
        relieved(relief_percent=50, reimbursed=True),
        special_fund_fen=7,
        subsidy_fen_per_student=10,
        uplift_percent=10,
        **TERM,
    )
    assert certain_income(school) == {
        Income.FEES: 1150,
        Income.REIMBURSEMENT: 50,
        Income.SUBSIDY: 12 * 11,
        Income.SPECIAL: 7,
    }


def test_each_account_limits_its_own_pay() -> None:
    school = from_income(regulated(SCHOOL, accounts=(FEES, FUND)), special_fund_fen=55, **TERM)
    assert budget_limits(school) == (
        Limit("fees", NORMAL | EXTERNAL, 1200),
        Limit("fund", OVERTIME, 55),
    )
    assert pay_limit_fen(school) == 1255


def test_a_special_fund_limits_the_pay_out_of_it_always() -> None:
    """If the sum is known and nothing else goes into the account."""
    school = regulated(SCHOOL, accounts=(FEES, FUND))
    known = charging(school, special_fund_fen=55, **TERM)
    assert budget_limits(known) == (Limit("fund", OVERTIME, 55),)
    assert pay_limit_fen(known) is None
    assert budget_limits(charging(school, **TERM)) == ()
    mixed = regulated(SCHOOL, accounts=(FEES, MIXED))
    assert budget_limits(charging(mixed, special_fund_fen=55)) == ()


def test_income_of_an_account_that_pays_nobody() -> None:
    """Fees are paid over to the treasury: what the school pays out of its own has no limit."""
    treasury = account("treasury", (Income.FEES,), (Cost.REMITTANCE,))
    assert budget_limits(from_income(regulated(SCHOOL, accounts=(treasury,)), **TERM)) == ()


def test_what_the_school_adds_of_its_own_has_no_limit() -> None:
    school = from_income(regulated(SCHOOL, accounts=(FEES, OWN)), **TERM)
    assert [limit.account for limit in budget_limits(school)] == ["fees"]


def test_costs_of_one_account_do_not_lessen_another() -> None:
    accounts = (FEES, account("fund", (Income.SPECIAL,), (Cost.PAY_OVERTIME, Cost.UPKEEP)))
    school = from_income(regulated(SCHOOL, accounts=accounts), special_fund_fen=100, **TERM)
    cost = PlannedCost(id="c1", kind=Cost.UPKEEP, amount_fen=30, day=date(2026, 3, 2))
    assert [x.limit_fen for x in budget_limits(revised(school, costs=(cost,)))] == [1200, 70]


def test_largest_relief_of_groups_that_pay_differently() -> None:
    groups = (
        StudentGroup(id="hardship", name="", relief_percent=30, reimbursed=True),
        StudentGroup(id="orphan", name="", relief_percent=70),
    )
    school = with_student(revised(SCHOOL, groups=groups), "s33", groups=("orphan", "hardship"))
    assert the_limit(from_income(school, **TERM)) == 1130
