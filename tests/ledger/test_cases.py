"""Ledgers of hand-worked cases, line by line; where they differ, the hand or the program errs."""

from collections import Counter
from pathlib import Path

import pytest

from models import REGIMES, SchoolError
from models.validation import find_problems
from optimizer.checks import verify
from optimizer.ledger import Ledger, audit, planned_ledger, settled_ledger
from tests.ledger.case_files import CaseFile, case_paths, read_case
from tests.ledger.case_rows import (
    Expected,
    expected_accounts,
    expected_lines,
    told,
    told_account,
)

PATHS = case_paths()
CASES = {path.stem: read_case(path) for path in PATHS}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_the_ledger_is_as_worked_out_by_hand(path: Path) -> None:
    case = CASES[path.stem]
    if case.expect.refused:
        with pytest.raises(SchoolError) as caught:
            case.school()
        assert sorted(p.code for p in caught.value.problems) == sorted(case.expect.refused)
        return
    school = case.school()
    stops = (problem for problem in find_problems(school) if problem.severity == "stop")
    assert sorted(problem.code for problem in stops) == sorted(case.expect.stopped)
    plan = case.plan(school)
    assert [finding.text.en for finding in verify(school, plan)] == []
    if case.expect.planned is not None:
        planned = planned_ledger(school, plan)
        assert_as_expected(planned, case.expect.planned)
        assert audit(planned, school, plan) == ()
    if case.expect.settled is not None:
        settled = settled_ledger(school, plan, case.records())
        assert_as_expected(settled, case.expect.settled)
        assert audit(settled, school, plan, case.records()) == ()


def assert_as_expected(ledger: Ledger, said: Expected) -> None:
    """Compare every line and account; lines and accounts of nothing at all count as none."""
    lines = sorted(told(line) for line in ledger.lines if line.amount_fen)
    assert lines == sorted(expected_lines(said))
    accounts = {account.id: told_account(account) for account in ledger.accounts}
    assert {name: total for name, total in accounts.items() if any(total)} == {
        name: total for name, total in expected_accounts(said).items() if any(total)
    }
    assert audit(ledger) == ()
    for word in said.notes:
        assert any(word in note.zh and word in note.en for note in ledger.notes), word


def test_every_regime_has_at_least_four_cases() -> None:
    counts = Counter(case.regime for case in CASES.values())
    assert set(counts) == set(REGIMES)
    assert min(counts.values()) >= 4, counts
    assert all(name.startswith(case.regime) for name, case in CASES.items())


KINDS = (
    "evening-hours",
    "session-pay",
    "month-called-off",
    "month-without-weekday",
    "group-without-kind",
    "public-money-and-gifts",
)


def test_every_regime_has_a_case_of_each_kind() -> None:
    wanted = {f"{regime}-{kind}" for regime in REGIMES for kind in KINDS}
    assert wanted <= CASES.keys(), sorted(wanted - CASES.keys())


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_case_can_be_checked_by_hand(case: CaseFile) -> None:
    assert case.steps.strip()
    outcomes = [case.expect.planned, case.expect.settled]
    assert any(outcomes) or case.expect.refused or case.expect.stopped
    assert bool(case.expect.settled) == bool(case.attendance)
    for said in filter(None, outcomes):
        lines, accounts = expected_lines(said), expected_accounts(said)
        assert lines
        assert accounts
        # What the clerk added up himself: the same total by line and by account.
        assert sum(line.amount_fen for line in lines) == sum(b for _, _, b in accounts.values())
        assert all(came - went == left for came, went, left in accounts.values())


def test_the_cases_together_show_every_kind_of_line() -> None:
    shown = {
        line.entry
        for case in CASES.values()
        for said in (case.expect.planned, case.expect.settled)
        if said is not None
        for line in expected_lines(said)
    }
    wanted = {"fee", "day_cap", "relief", "reimbursement", "subsidy", "special", "remittance"}
    assert shown >= wanted | {"pay_normal", "pay_overtime", "pay_external", "running", "utilities"}
