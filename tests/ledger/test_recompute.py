"""The ledger, planned and settled, equals to the fen what is worked out a second time."""

import time
from collections import Counter
from random import Random

import pytest

from instances import generate
from models import (
    REGIMES,
    Budget,
    Clause,
    GroupKind,
    Plan,
    Policy,
    PolicyItem,
    School,
)
from models.attendance import Attendance
from optimizer.ledger import Ledger, audit, plan_pay_fen, planned_ledger, settled_ledger
from tests.builders import revised
from tests.ledger.case_files import CaseFile, case_paths, read_case
from tests.ledger.case_rows import Expected, expected_accounts, expected_lines
from tests.ledger.random_records import records
from tests.ledger.random_terms import random_term
from tests.ledger.recompute import Account, Result, recompute

SEEDS = range(60)
CASES = {path.stem: read_case(path) for path in case_paths()}


def totals(ledger: Ledger) -> Result:
    """Add a ledger's lines up by who, month and kind of line; leave out what is nothing."""
    amounts: Counter[tuple[str, str, str]] = Counter()
    for line in ledger.lines:
        amounts[line.who, line.month, line.entry.value] += line.amount_fen
    accounts = {a.id: Account(a.in_fen, a.out_fen) for a in ledger.accounts}
    return Result(
        {key: fen for key, fen in amounts.items() if fen},
        {name: account for name, account in accounts.items() if any(account)},
    )


def assert_equal(ledger: Ledger, again: Result) -> None:
    found = totals(ledger)
    differ = {key for key, _ in found.amounts.items() ^ again.amounts.items()}
    assert not differ, [
        (key, found.amounts.get(key), again.amounts.get(key)) for key in sorted(differ)[:10]
    ]
    assert found.accounts == again.accounts
    assert audit(ledger) == ()


def both(school: School, plan: Plan, attendance: Attendance) -> tuple[Result, Result]:
    """Compare the planned and the settled ledger; give what they come to."""
    planned = recompute(school, plan)
    assert_equal(planned_ledger(school, plan), planned)
    assert audit(planned_ledger(school, plan), school) == ()
    settled = recompute(school, plan, attendance)
    ledger = settled_ledger(school, plan, attendance)
    assert_equal(ledger, settled)
    assert audit(ledger, school) == ()
    return planned, settled


@pytest.mark.parametrize("regime", REGIMES)
def test_random_terms_come_to_the_same(regime: str) -> None:
    seen: Counter[str] = Counter()
    for seed in SEEDS:
        school, plan, attendance = random_term(Random(f"{regime} {seed}"), regime)
        planned, settled = both(school, plan, attendance)
        pay = sum(fen for (_, _, kind), fen in planned.amounts.items() if kind.startswith("pay_"))
        assert plan_pay_fen(school, plan) == -pay
        seen.update(kind for _, _, kind in settled.amounts)
        seen["changed"] += len(dict(planned.amounts.items() ^ settled.amounts.items()))
    assert min(seen[kind] for kind in _kinds(regime)) >= 10, seen


def _kinds(regime: str) -> set[str]:
    """Give the kinds of line that must have been met under a regime."""
    kinds = {"pay_normal", "pay_overtime", "pay_external", "changed", "running"}
    if regime not in {"putuo-2021", "free-rota"}:
        kinds |= {"fee", "relief", "reimbursement"}
    if regime in {"zhanggong-2021", "one-plus-x", "hebi"}:
        kinds.add("day_cap")
    more = {"zhanggong-2021": "remittance", "putuo-2021": "special", "per-head-subsidy": "subsidy"}
    return kinds | {more[regime]} if regime in more else kinds


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_hand_worked_cases_come_to_the_same(case: CaseFile) -> None:
    """The second computation is checked by hand, too."""
    if case.expect.refused:
        return
    school = case.school()
    plan = case.plan(school)
    for said, attendance in (
        (case.expect.planned, None),
        (case.expect.settled, case.records()),
    ):
        if said is not None:
            assert recompute(school, plan, attendance) == by_hand(said)


def by_hand(said: Expected) -> Result:
    amounts: Counter[tuple[str, str, str]] = Counter()
    for line in expected_lines(said):
        amounts["" if line.who == "-" else line.who, line.month, line.entry] += line.amount_fen
    accounts = {name: Account(a, b) for name, (a, b, _) in expected_accounts(said).items()}
    # What one account makes up for another comes to nothing between them.
    amounts = Counter({key: fen for key, fen in amounts.items() if fen})
    return Result(dict(amounts), {name: a for name, a in accounts.items() if any(a)})


def _charging(school: School) -> School:
    """Put a generated school under a regime that charges by the period, with relief."""
    groups = tuple(
        revised(group, kind=GroupKind.HARDSHIP, relief_percent=30) if n else group
        for n, group in enumerate(school.groups)
    )
    cap = Clause(item=PolicyItem.FEE_DAY_MAX, value=700, source="school")
    policy = Policy(id="zhanggong-2021", clauses=(cap,))
    settings = revised(school.settings, budget=Budget())
    slots = tuple(revised(slot, evening_study=False) for slot in school.slots)
    return school.replaced(policy=policy, groups=groups, settings=settings, slots=slots)


@pytest.mark.slow
def test_5000_students_and_100000_records_come_to_the_same() -> None:
    made = generate("mixed", 5000, 200, 0)
    school = _charging(made.school)
    plan = revised(made.witness, school_digest=school.digest)
    random = Random(5)
    attendance = records(random, school, plan, 0.25, absences=95_000)
    lines = sum(len(rows) for rows in attendance)
    assert 100_000 <= lines <= 120_000, {f: len(r) for f, r in attendance._asdict().items()}
    begun = time.perf_counter()
    planned, settled = recompute(school, plan), recompute(school, plan, attendance)
    assert time.perf_counter() - begun < 60
    assert_equal(planned_ledger(school, plan), planned)
    assert audit(planned_ledger(school, plan), school) == ()
    assert_equal(settled_ledger(school, plan, attendance), settled)
    assert len(planned.amounts) > 20_000
    assert planned != settled
