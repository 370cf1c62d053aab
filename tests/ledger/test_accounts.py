"""Which account takes an income and bears a cost, what is paid over, and what is short."""

from datetime import date

import pytest

from models import Cost, FeeBasis, Income, PlannedCost, PolicyItem, School, Text
from optimizer.ledger import Entry, LineUnit, Party, account_name, budget_limits
from optimizer.ledger.tariffs import accounts
from tests.builders import revised
from tests.ledger.making import (
    CIRCULAR,
    SCHOOL,
    account,
    amounts,
    by_weeks,
    charging,
    planned,
    regulated,
    relieved,
    settled,
    total,
)

PAY = 90_000
"""What the small school's plan pays over its two weeks."""
FEES = account("fees", (Income.FEES, Income.REIMBURSEMENT), (Cost.PAY_NORMAL, Cost.UTILITIES))
FUND = account("fund", (Income.SPECIAL, Income.FEES), (Cost.PAY_OVERTIME, Cost.UTILITIES))
TREASURY = account("treasury", (Income.FEES,), (Cost.REMITTANCE,))


def spending(school: School, *costs: tuple[str, Cost, int, date]) -> School:
    rows = tuple(PlannedCost(id=i, kind=k, amount_fen=fen, day=day) for i, k, fen, day in costs)
    return revised(school, costs=rows)


def balances(school: School) -> dict[str, tuple[int, int, int]]:
    return {a.id: (a.in_fen, a.out_fen, a.balance_fen) for a in planned(school).accounts}


@pytest.mark.parametrize("school", [SCHOOL, regulated(SCHOOL, (PolicyItem.VOLUNTARY, None))])
def test_without_accounts_there_is_one_for_all(school: School) -> None:
    school = spending(
        charging(school, fee_basis=FeeBasis.TERM, fee_fen=10_000),
        ("c1", Cost.UTILITIES, 700, date(2026, 3, 2)),
        ("c2", Cost.OTHER, 50, date(2026, 3, 2)),
    )
    assert balances(school) == {"service": (120_000, PAY + 750, 29_250)}


def test_the_first_account_that_lists_it_has_it() -> None:
    """Fees and utilities stand in both; the special fund in the second alone."""
    school = regulated(SCHOOL, accounts=(FEES, FUND))
    school = charging(
        school, fee_basis=FeeBasis.TERM, fee_fen=10_000, special_fund_fen=5000, sum_fen=10**6
    )
    school = spending(school, ("c1", Cost.UTILITIES, 700, date(2026, 3, 2)))
    assert balances(school) == {
        "fees": (120_000, PAY + 700, 29_300),
        "fund": (5000, 0, 5000),
    }
    books = accounts(school)
    assert {cost: a.id for cost, a in books.of_cost.items() if a.id != "school"} == {
        Cost.PAY_NORMAL: "fees",
        Cost.UTILITIES: "fees",
        Cost.PAY_OVERTIME: "fund",
    }
    assert {kind: a.id for kind, a in books.of_income.items()} == {
        Income.FEES: "fees",
        Income.REIMBURSEMENT: "fees",
        Income.SPECIAL: "fund",
        Income.SUBSIDY: "unassigned",
        Income.YEARLY_BUDGET: "unassigned",
        Income.DONATION: "unassigned",
        Income.COLLECTION: "unassigned",
        Income.SCHOOL: "school",
    }


def test_what_no_account_takes_or_may_pay_is_named() -> None:
    """The school bears costs; income stands apart. The notes say how much that is."""
    school = regulated(SCHOOL, accounts=(FUND,))
    school = charging(school, special_fund_fen=5000, subsidy_fen_per_student=1000)
    school = spending(school, ("c1", Cost.CONSUMABLES, 700, date(2026, 3, 2)))
    found = balances(school)
    assert found == {
        "fund": (5000, 0, 5000),
        "unassigned": (12_000, 0, 12_000),
        "school": (0, PAY + 700, -90_700),
    }
    apart, note = planned(school).notes
    assert "120.00 元（生均补助）没有账户列明接收" in apart.zh
    assert "120.00 yuan (subsidy) is taken by no account" in apart.en
    assert "907.00" in note.zh
    assert "907.00" in note.en
    assert "自有经费" in note.zh


def test_what_the_school_adds_is_its_own() -> None:
    """An account of its own means is the school's, and not apart."""
    own = account("school", (Income.SCHOOL,), (Cost.PAY_NORMAL,))
    books = accounts(regulated(SCHOOL, accounts=(FUND, own)))
    assert books.of_income[Income.SCHOOL].id == "school"


@pytest.mark.parametrize(
    ("subsidy", "fee", "made_up"),
    [(70_000, 3000, 20_000), (70_000, 1000, 12_000), (90_000, 3000, 0), (0, 10_000, 90_000)],
)
def test_what_a_later_account_may_bear_it_makes_up_for(
    subsidy: int, fee: int, made_up: int
) -> None:
    """Pay is 900 yuan, 450 in each week; the fund gives 700 and fees, in two weeks, the rest."""
    grant = account("grant", (Income.SPECIAL,), (Cost.PAY_NORMAL,))
    fees = account("fees", (Income.FEES,), (Cost.PAY_NORMAL, Cost.UTILITIES))
    school = by_weeks(regulated(SCHOOL, accounts=(grant, fees)))
    budget = {"fee_basis": FeeBasis.TERM, "fee_fen": fee, "special_fund_fen": subsidy}
    school = charging(school, **budget)
    taken = fee * 12
    assert balances(school) == {
        "grant": (subsidy + made_up, PAY, subsidy + made_up - PAY),
        "fees": (taken - made_up, 0, taken - made_up),
    }
    lines = [line for line in planned(school).lines if line.entry is Entry.MADE_UP]
    assert sum(line.amount_fen for line in lines) == 0
    assert -sum(min(0, line.amount_fen) for line in lines) == made_up
    limit = budget_limits(charging(school, from_income=True, **budget))
    assert [(x.account, x.limit_fen) for x in limit] == [("grant", subsidy + taken)]
    other = spending(school, ("c1", Cost.UTILITIES, taken, date(2026, 3, 2)))
    assert not [line for line in planned(other).lines if line.entry is Entry.MADE_UP]


def test_an_account_of_grants_is_there_where_one_is_said() -> None:
    yearly = account("yearly", (Income.YEARLY_BUDGET,), (Cost.PAY_NORMAL,))
    fees = account("fees", (Income.FEES,), (Cost.UTILITIES,))
    school = regulated(SCHOOL, accounts=(yearly, fees))
    assert [a.id for a in accounts(school).listed] == ["fees"]
    given = charging(school, yearly_budget_fen=80_000)
    assert balances(given)["yearly"] == (80_000, PAY, -10_000)
    assert [(x.account, x.limit_fen) for x in budget_limits(given)] == [("yearly", 80_000)]


def test_an_account_that_is_short() -> None:
    school = charging(SCHOOL, fee_basis=FeeBasis.TERM, fee_fen=7000)
    (note,) = planned(school).notes
    for fact in ("840.00", "900.00", "60.00"):
        assert fact in note.zh
        assert fact in note.en
    assert planned(charging(SCHOOL, fee_basis=FeeBasis.TERM, fee_fen=7500)).notes == ()


def test_what_a_budget_meets_is_not_short() -> None:
    """Nothing comes in, and the school has set a sum: as the public notice says, that pays."""
    (note,) = planned(charging(SCHOOL, sum_fen=PAY)).notes
    assert "met by the school's budget (900.00 yuan" in note.en
    assert "由学校预算支付（全学期酬劳最多 900.00 元）" in note.zh
    (without,) = planned(charging(SCHOOL)).notes
    assert "900.00 yuan too much" in without.en
    more = spending(charging(SCHOOL, sum_fen=PAY), ("c1", Cost.UTILITIES, 100, date(2026, 3, 2)))
    (beyond,) = planned(more).notes
    assert "901.00 yuan too much" in beyond.en


def test_all_that_was_taken_in_is_paid_over_each_month() -> None:
    """Less relief; a month without income has no line. Pay is the school's own."""
    school = charging(relieved(relief_percent=50), fee_basis=FeeBasis.MONTH, fee_fen=101)
    school = by_weeks(revised(school, policy=regulated(SCHOOL, accounts=(TREASURY,)).policy))
    ledger = planned(school)
    lines = [line for line in ledger.lines if line.entry is Entry.REMITTANCE]
    week = 11 * 101 + 51
    assert [(x.month, x.amount_fen, x.party, x.who, x.unit) for x in lines] == [
        ("w1", -week, Party.AUTHORITY, "", LineUnit.SUM),
        ("w2", -week, Party.AUTHORITY, "", LineUnit.SUM),
    ]
    assert {line.source for line in lines} == {f"{CIRCULAR} treasury"}
    assert balances(school) == {"treasury": (2 * week, 2 * week, 0), "school": (0, PAY, -PAY)}
    term = charging(school, fee_basis=FeeBasis.TERM, fee_fen=101)
    assert [x.month for x in planned(term).lines if x.entry is Entry.REMITTANCE] == ["w1"]


def test_an_account_with_other_uses_pays_nothing_over() -> None:
    both = account("treasury", (Income.FEES,), (Cost.REMITTANCE, Cost.PAY_NORMAL))
    school = charging(regulated(SCHOOL, accounts=(both,)), fee_basis=FeeBasis.TERM, fee_fen=101)
    assert total(planned(school), Entry.REMITTANCE) == 0


def test_costs_are_booked_in_the_month_of_their_day() -> None:
    """Also in one without service, and as they are in the settled ledger."""
    costs = (
        ("c1", Cost.UTILITIES, 700, date(2026, 3, 31)),
        ("c2", Cost.UPKEEP, 0, date(2026, 5, 1)),
        ("c3", Cost.RUNNING, 20, date(2026, 2, 27)),
    )
    ledger = planned(spending(SCHOOL, *costs))
    lines = [line for line in ledger.lines if line.party is Party.SCHOOL]
    assert [(x.month, x.entry, x.amount_fen, x.source) for x in lines] == [
        ("2026-03", Entry.UTILITIES, -700, "costs:c1"),
        ("2026-05", Entry.UPKEEP, 0, "costs:c2"),
        ("2026-02", Entry.RUNNING, -20, "costs:c3"),
    ]
    assert ledger.months == ("2026-02", "2026-03", "2026-05")
    assert settled(spending(SCHOOL, *costs)).lines == ledger.lines
    weeks = spending(by_weeks(), ("c1", Cost.UTILITIES, 700, date(2026, 3, 8)))
    assert [x.month for x in planned(weeks).lines if x.party is Party.SCHOOL] == ["w1"]


def test_the_special_fund_and_the_subsidy() -> None:
    """Once a term, in its first month; 2.50 yuan and a fifth more for each of twelve."""
    school = by_weeks(
        charging(SCHOOL, special_fund_fen=77, subsidy_fen_per_student=250, uplift_percent=20)
    )
    ledger = planned(school)
    assert amounts(ledger, "", Entry.SPECIAL, Entry.SUBSIDY) == [
        ("w1", Entry.SUBSIDY, 3600),
        ("w1", Entry.SPECIAL, 77),
    ]
    (subsidy,) = [line for line in ledger.lines if line.entry is Entry.SUBSIDY]
    assert (subsidy.quantity, subsidy.unit, subsidy.rate_fen) == (12, LineUnit.STUDENT, 300)


@pytest.mark.parametrize(("fen", "percent", "rate"), [(5, 10, 6), (4, 10, 4), (50_000, 20, 60_000)])
def test_the_uplift_is_rounded_half_up(fen: int, percent: int, rate: int) -> None:
    """5.5 and 4.4 fen."""
    school = charging(SCHOOL, subsidy_fen_per_student=fen, uplift_percent=percent)
    assert total(planned(school), Entry.SUBSIDY) == 12 * rate


def test_names_of_accounts() -> None:
    school = regulated(SCHOOL, accounts=(FEES, FUND))
    assert account_name(school, "fees") == Text("fees zh", "fees en")
    assert account_name(school, "") == Text("全部账户", "all accounts")
    assert account_name(school, "school").en == "the school's own means"
    assert account_name(SCHOOL, "service").en == "the service's fund"
