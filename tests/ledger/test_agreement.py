"""The solver's pay, the plan's, and the ledger's are the same to the fen, under every regime."""

from collections import Counter
from functools import cache
from itertools import count
from random import Random

import pytest

from benchmarks.attendance import Share, make_attendance
from models import (
    PAY,
    REGIMES,
    Budget,
    CareGroup,
    Cost,
    Family,
    Income,
    PayUnit,
    Plan,
    PlannedCost,
    School,
    Section,
    StaffKind,
)
from models.attendance import Attendance
from optimizer.checks import budget as budget_check
from optimizer.engine.pin import pin
from optimizer.ledger import (
    COST,
    INCOME,
    Entry,
    Ledger,
    Line,
    Party,
    audit,
    budget_limits,
    plan_pay_fen,
    planned_ledger,
    planned_pay_lines,
    settled_ledger,
)
from optimizer.ledger.tariffs import accounts
from optimizer.rules import build
from optimizer.rules.budget import pay
from optimizer.rules.context import total
from tests.builders import with_settings
from tests.ledger.regime_schools import FIRST, regime_school
from tests.rules.random_plans import Mutation, random_plan
from tests.rules.solving import run, without

CASES = 10
"""Of each regime."""
LOOSE: tuple[Family, ...] = ("hours", "content", "budget", "wishes", "locks")
KEPT = without(*LOOSE)
EVERY_CASE = [(name, number) for name in REGIMES for number in range(CASES)]


@cache
def case(regime: str, number: int) -> tuple[School, Plan]:
    """Give a school and a plan that keeps its rules but for hours, content and money."""
    for attempt in count():
        random = Random(f"{regime}.{number}.{attempt}")
        school = regime_school(random, regime)
        plan = random_plan(random, build(school, KEPT))
        if plan is not None and (plan.sections or plan.care_groups):
            return school, plan
    raise AssertionError


def paid(lines: tuple[Line, ...]) -> int:
    return -sum(line.amount_fen for line in lines if COST.get(line.entry) in PAY)


def extremes(school: School, plan: Plan) -> set[int]:
    """Give the least and the most that the solver thinks the pinned plan may pay."""
    found = set()
    for sign in (1, -1):
        model = build(school, KEPT)
        assert pin(model, plan)
        model.cp.minimize(total([sign * pay(model)]))
        solution, value = run(model.cp)
        assert solution is not None
        found.add(sign * value)
    return found


@pytest.mark.parametrize("regime", REGIMES)
def test_the_solvers_pay_is_the_plans_and_the_ledgers(regime: str) -> None:
    seen: Counter[Entry] = Counter()
    for number in range(CASES):
        school, plan = case(regime, number)
        ledger = planned_ledger(school, plan)
        assert audit(ledger) == ()
        fen = plan_pay_fen(school, plan)
        assert extremes(school, plan) == {fen}
        assert paid(ledger.lines) == fen
        assert paid(planned_pay_lines(school, plan)) == fen
        seen.update(line.entry for line in ledger.lines if line.party is Party.STAFF)
    assert sum(seen.values()) > CASES, seen


def test_the_cases_are_what_they_should_be() -> None:
    """Under all regimes together every sort of line, and every sort of person, is met often."""
    seen: Counter[object] = Counter()
    for regime, number in EVERY_CASE:
        school, plan = case(regime, number)
        seen.update({line.entry for line in planned_ledger(school, plan).lines})
        groups: list[Section | CareGroup] = [*plan.sections, *plan.care_groups]
        staff = [school.teacher[t] for group in groups for t in group.staff]
        seen["unpaid"] += any(t.pay_fen is None for t in staff)
        seen["volunteer"] += any(t.kind is StaffKind.VOLUNTEER for t in staff)
        seen["by session"] += any(t.pay_unit is PayUnit.SESSION for t in staff)
        seen["from income"] += school.settings.budget.from_income
        present = {s for group in groups for s in group.students}
        seen["joins"] += any(school.student[s].joins for s in present)
        seen["leaves"] += any(school.student[s].leaves for s in present)
        seen["own months"] += bool(school.term.billing_months)
        seen["make-up days"] += bool(school.term.make_up_days)
    wanted = {entry for entry in Entry if entry in INCOME or COST[entry] in PAY}
    kinds = {"unpaid", "volunteer", "by session", "from income", "joins", "leaves"}
    for kind in (*wanted, Entry.REMITTANCE, *kinds, "own months", "make-up days"):
        assert seen[kind] >= 5, (kind, seen)


@pytest.mark.parametrize("regime", REGIMES)
def test_plans_that_keep_no_rule_are_paid_alike(regime: str) -> None:
    """With other staff, more or fewer groups, at any slots."""
    for number in range(CASES):
        school, plan = case(regime, number)
        random = Random(f"{regime}.{number}")
        for _ in range(3):
            plan = Mutation(random, school).of(plan)
        ledger = planned_ledger(school, plan)
        assert audit(ledger) == ()
        assert paid(ledger.lines) == plan_pay_fen(school, plan)


def with_cost(school: School, kind: Cost, fen: int) -> School:
    cost = PlannedCost(id="drawn", kind=kind, amount_fen=fen, day=FIRST)
    return school.replaced(costs=(*school.costs, cost))


def tightened(school: School, plan: Plan, step: int) -> School:
    """Draw the limits to what the plan pays, or to a fen less than that.

    A limit on an account is drawn by its special fund, or else by what it bears beside pay.
    """
    lines = planned_pay_lines(school, plan)
    books = accounts(school)
    for limit in budget_limits(school):
        spent = -sum(line.amount_fen for line in lines if COST[line.entry] in limit.costs)
        account = next((a for a in books.listed if a.id == limit.account), None)
        if account is None:
            continue
        room = limit.limit_fen - (spent - step)
        budget: Budget = school.settings.budget
        if account.income[:1] == (Income.SPECIAL,) and budget.special_fund_fen is not None:
            fund = max(0, budget.special_fund_fen - room)
            budget = budget.model_copy(update={"special_fund_fen": fund})
            school = with_settings(school, budget=budget)
        elif room > 0 and Cost.UTILITIES in account.uses:
            school = with_cost(school, Cost.UTILITIES, room)
    if not budget_limits(school):
        budget = school.settings.budget
        fen = max(0, paid(lines) - step)
        school = with_settings(school, budget=budget.model_copy(update={"sum_fen": fen}))
    return school


@pytest.mark.parametrize("regime", REGIMES)
def test_model_and_check_agree_on_the_limits(regime: str) -> None:
    seen: Counter[bool] = Counter()
    for number in range(CASES):
        base, plan = case(regime, number)
        for step in (0, 1):
            school = tightened(base, plan, step)
            limits = budget_limits(school)
            assert limits
            lines = planned_pay_lines(school, plan)
            spent = [
                -sum(line.amount_fen for line in lines if COST[line.entry] in limit.costs)
                for limit in limits
            ]
            within = all(fen <= limit.limit_fen for fen, limit in zip(spent, limits, strict=True))
            assert within == (not list(budget_check.check(school, plan)))
            model = build(school, without(*(f for f in LOOSE if f != "budget")))
            assert pin(model, plan)
            assert (run(model.cp)[0] is not None) == within
            seen[within] += 1
    assert min(seen[True], seen[False]) >= 3, seen


def test_what_is_certain_comes_in() -> None:
    """An account whose pay keeps within what is certain is never short in the plan's ledger.

    Unless what it bears beside pay is more than that by itself, which no plan can help.
    """
    within = 0
    for regime, number in EVERY_CASE:
        school, plan = case(regime, number)
        limits = {limit.account for limit in budget_limits(school) if limit.limit_fen}
        short = {a.id for a in planned_ledger(school, plan).accounts if a.balance_fen < 0}
        if limits and not list(budget_check.check(school, plan)):
            assert not short & limits
            within += bool(limits)
    assert within >= 5


def by_key(ledger: Ledger) -> dict[tuple[object, ...], int]:
    return {
        (line.month, line.party, line.who, line.entry, line.rate_fen): line.amount_fen
        for line in ledger.lines
        if line.entry not in {Entry.REIMBURSEMENT, Entry.SUBSIDY, Entry.REMITTANCE}
    }


@pytest.mark.parametrize("regime", REGIMES)
def test_settled_ledgers_add_up(regime: str) -> None:
    """Without records as planned, but for what only those bring who really come."""
    changed = 0
    for number in range(CASES):
        school, plan = case(regime, number)
        planned = planned_ledger(school, plan)
        same = settled_ledger(school, plan, Attendance())
        assert audit(same) == ()
        assert by_key(same) == by_key(planned)
        records = make_attendance(Random(number), school, plan, 30, Share(10, 10, 15, 20))
        settled = settled_ledger(school, plan, records)
        assert audit(settled) == ()
        changed += settled.lines != same.lines
    assert changed > CASES / 2
