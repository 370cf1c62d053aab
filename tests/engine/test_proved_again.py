"""That nothing better exists is believed of exact search only where a second one agrees."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from models import Aim, BoundProof, Plan, PlanStatus, School, plan_worth
from optimizer.checks import verify
from optimizer.engine import Limits, monolithic, strategy
from optimizer.engine.lns.improve import Improver
from optimizer.engine.solver import Crew, Effort, Run, Status
from tests.builders import aiming
from tests.engine.schools import whatever_found
from tests.rules.random_schools import random_school
from tests.rules.solving import optimal_in_one_run

LIMITS = Limits(seconds=20, workers=1, seed=1, engine="whole")
AIMS = pytest.mark.parametrize("aim", list(Aim))
SEED = 14
"""Of a school whose best plan neither prices nor counting prove to be so."""


def school_of(aim: Aim) -> School:
    return aiming(random_school(Random(SEED)), aim)


def exact_search_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing but exact search settle a school, and nothing but it find plans."""
    monkeypatch.setattr(monolithic, "linear_bounds", lambda *_: ())
    monkeypatch.setattr(strategy, "construct", lambda _way: None)


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    exact_search_alone(monkeypatch)


def with_second(
    monkeypatch: pytest.MonkeyPatch, answer: Callable[[], Run] | None = None
) -> list[Effort]:
    """Note the efforts of second searches; they may be given an answer."""
    asked: list[Effort] = []
    honest = Crew.run

    def run(self: Crew, cp: Any, effort: Effort) -> Run:
        if effort.presolve:
            return honest(self, cp, effort)
        asked.append(effort)
        return honest(self, cp, effort) if answer is None else answer()

    monkeypatch.setattr(Crew, "run", run)
    return asked


def lying(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the first search call the first plan the best there is."""

    def improve(self: Improver, _seconds: float, watch: Callable[[int, int], None]) -> None:
        self.bound, self.bound_is_searched = self.value, True
        watch(self.value, self.bound)

    monkeypatch.setattr(Improver, "improve", improve)


def planned(school: School) -> Plan:
    plan = whatever_found(school, LIMITS)
    assert verify(school, plan) == ()
    return plan


@AIMS
def test_a_true_proof_is_confirmed(monkeypatch: pytest.MonkeyPatch, aim: Aim) -> None:
    school, asked = school_of(aim), with_second(monkeypatch)
    plan = planned(school)
    assert plan.status is PlanStatus.OPTIMAL
    assert plan.bound_proof is BoundProof.EXACT_SEARCH
    assert (len(asked), plan.provenance.confirmed) == (1, True)
    assert plan_worth(school, plan) == plan_worth(school, optimal_in_one_run(school))


@AIMS
def test_a_false_one_is_refuted(monkeypatch: pytest.MonkeyPatch, aim: Aim) -> None:
    school = school_of(aim)
    with_second(monkeypatch, lambda: Run(Status.UNKNOWN))
    lying(monkeypatch)
    believed = planned(school)
    monkeypatch.undo()
    exact_search_alone(monkeypatch)
    asked = with_second(monkeypatch)
    lying(monkeypatch)
    plan = planned(school)
    assert asked
    assert plan_worth(school, plan) > plan_worth(school, believed)
    assert plan.status is PlanStatus.FEASIBLE
    assert not plan.provenance.confirmed
    assert plan.bound_proof is not BoundProof.EXACT_SEARCH
    assert plan.bound is not None
    assert plan.bound >= optimal_in_one_run(school).value


def test_where_no_second_proof_ends_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = with_second(monkeypatch, lambda: Run(Status.UNKNOWN))
    plan = planned(school_of(Aim.MOST_POINTS))
    assert plan.status is PlanStatus.OPTIMAL
    assert (len(asked), plan.provenance.confirmed) == (1, False)
    assert not asked[0].presolve
    assert asked[0].deterministic is not None


def test_none_is_asked_for_where_counting_proves_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = with_second(monkeypatch)
    school = next(s for s in map(random_school, map(Random, range(50))) if not s.wishes)
    planned(school)
    assert not asked
