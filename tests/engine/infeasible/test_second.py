"""A solver that lies about infeasibility is not believed: a second, different proof must agree."""

from typing import Any

import pytest
from ortools.sat.python import cp_model

from models import FAMILIES
from optimizer.engine import Limits, monolithic, solve
from optimizer.engine.infeasible.counts import contradiction
from optimizer.engine.infeasible.second import confirmed
from optimizer.engine.session import Session
from optimizer.engine.solver import Crew, Effort, Run, Status
from optimizer.errors import NoPlanError
from tests.checks.saying import names
from tests.engine.schools import small_school, whatever_found

EFFORT = Effort(seconds=5, seed=2**31 - 1)
LIMITS = Limits(seconds=5, workers=1, engine="whole")
FALSE = Run(Status.INFEASIBLE)


def model(least: int) -> cp_model.CpModel:
    cp = cp_model.CpModel()
    cp.add(cp.new_int_var(0, 3, "x") >= least)
    return cp


def test_what_is_infeasible_is_confirmed() -> None:
    assert confirmed(Crew(), model(4), EFFORT, FALSE).status is Status.INFEASIBLE


def test_a_solution_refutes_a_false_proof() -> None:
    found = confirmed(Crew(), model(2), EFFORT, FALSE)
    assert found.solution is not None
    assert found.solution[0] >= 2


def test_the_second_proof_is_of_another_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Effort] = []

    def run(_self: Crew, _cp: Any, effort: Effort) -> Run:
        asked.append(effort)
        return Run(Status.UNKNOWN)

    monkeypatch.setattr(Crew, "run", run)
    assert confirmed(Crew(), model(4), EFFORT, FALSE).status is Status.UNKNOWN
    assert not asked[0].presolve
    assert asked[0].seed != EFFORT.seed
    assert asked[0].linearization != EFFORT.linearization


def lying(monkeypatch: pytest.MonkeyPatch, second: Status | None = None) -> None:
    """Let every run with presolve say that there is nothing; others tell the truth, or this."""
    honest = Crew.solve

    def solve(self: Crew, cp: Any, effort: Effort, *rest: Any) -> Run:
        if effort.presolve:
            return FALSE
        return honest(self, cp, effort, *rest) if second is None else Run(second)

    monkeypatch.setattr(Crew, "solve", solve)


def test_a_school_with_a_plan_is_not_called_infeasible(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("optimizer.engine.strategy.construct", lambda _way: None)
    lying(monkeypatch)
    assert whatever_found(small_school(), LIMITS).value >= 0


def test_nor_is_one_whose_students_are_only_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    lying(monkeypatch)
    assert contradiction(small_school(), Crew(), EFFORT, lambda: True) is None
    lying(monkeypatch, Status.INFEASIBLE)
    assert contradiction(small_school(), Crew(), EFFORT, lambda: False) is not None


def test_what_is_not_confirmed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("optimizer.engine.strategy.construct", lambda _way: None)
    lying(monkeypatch, Status.UNKNOWN)
    with pytest.raises(NoPlanError) as caught:
        solve(small_school(), LIMITS)
    names(caught.value.text, "--time-limit", zh="未能在时限内确认", en="did not confirm")


def test_rules_are_in_conflict_only_where_both_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = monolithic._Monolithic(Session(small_school(), LIMITS))
    lying(monkeypatch)
    assert not engine.prove(FAMILIES)
    lying(monkeypatch, Status.INFEASIBLE)
    assert engine.prove(FAMILIES)
