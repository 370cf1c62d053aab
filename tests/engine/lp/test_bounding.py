"""Bounds by linear programs: the small program first, then the one in which seats have a time."""

from time import sleep

import pytest

from optimizer.checks import proved_bound
from optimizer.engine.limits import Clock, Limits
from optimizer.engine.lns.improve import Improver
from optimizer.engine.lp.bounding import linear_bounds
from optimizer.engine.objective import objective, objective_at
from optimizer.engine.solver import Crew, Effort
from optimizer.rules import build
from tests.rules.solving import optimal_in_one_run
from tests.rules.test_timed import one_section_for_two_days

ENOUGH = Effort(20.0, 1)


def test_the_second_bound_is_that_of_seats_with_a_time() -> None:
    school = one_section_for_two_days()
    lists = linear_bounds(school, ENOUGH, ENOUGH, Crew(), 4)
    first, second = (proved_bound(school, prices).bound for prices in lists)
    assert second == optimal_in_one_run(school).value < first


def test_with_too_many_seats_there_is_one_bound() -> None:
    assert len(list(linear_bounds(one_section_for_two_days(), ENOUGH, ENOUGH, Crew(), 3))) == 1


def _in_vain(*_: object) -> float:
    sleep(0.01)
    return 0.0


@pytest.mark.parametrize("workers", [1, 2])
def test_a_search_takes_linear_bounds_and_says_that_they_are_not_its_own(
    workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It asks for them where it settles nothing itself: here it cannot."""
    monkeypatch.setattr(Improver, "_whole", lambda *_: None)
    monkeypatch.setattr(Improver, "_round", _in_vain)
    model = build(one_section_for_two_days())
    points = objective(model).points
    nothing = Crew().run(model.cp, Effort(20.0, 1)).solution
    assert nothing is not None
    value = objective_at(points, nothing)
    model.cp.maximize(points)
    limits = Limits(20.0, 1, workers)
    improver = Improver(model, limits, Clock(20.0, 0.0), Crew(), nothing, value, 10**6)
    improver.linear_bounds = lambda: [value + 1, value]
    improver.improve(1.0, lambda *_: None)
    assert improver.done
    assert (improver.bound, improver.bound_is_searched) == (value, False)
