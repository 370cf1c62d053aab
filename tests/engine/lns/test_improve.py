"""Rounds on the whole model: free is what is said, and only what is better stays."""

import pytest

from models import School, Worth
from optimizer.engine import Limits
from optimizer.engine.limits import Clock
from optimizer.engine.lns.choice import Kind
from optimizer.engine.lns.improve import Improver
from optimizer.engine.lns.neighbourhoods import Neighbourhood, Neighbourhoods
from optimizer.engine.lns.repair import Standing
from optimizer.engine.objective import value
from optimizer.engine.solution import Solution
from optimizer.engine.solver import Crew, Run, Status
from optimizer.rules import build
from tests.builders import tiny_school
from tests.rules.solving import run


@pytest.fixture(scope="module")
def school() -> School:
    return tiny_school()


@pytest.fixture
def improver(school: School) -> Improver:
    model = build(school)
    model.cp.maximize(value(model))
    solution, points = run(model.cp)
    assert solution is not None
    limits = Limits(seconds=20, workers=1)
    return Improver(model, limits, Clock(20.0), Crew(), solution, points, points + 1000)


@pytest.mark.parametrize("most", [0, 10**6])
def test_what_is_not_free_stands_as_it_is(improver: Improver, most: int) -> None:
    """Sections, rooms and leaders of other courses are fixed, and with many seats other students'.

    Base care is free, and everything has the solution as its hint.
    """
    model, solution = improver.model, improver.solution
    course, student = model.school.courses[0].id, model.school.students[0].id
    copy = Standing(model, most).around(({course}, {student}), solution).proto
    others = {offer.index for offer in model.offers if offer.course != course}
    fixed = {model.opened[index].index for index in others}
    for kind in (model.room, model.lead):
        fixed |= {var.index for (offer, _), var in kind.items() if offer in others}
    if len(model.seat) > most:
        fixed |= {var.index for (who, _), var in model.seat.items() if who != student}
    assert fixed
    for index, variable in enumerate(copy.variables):
        if index in fixed:
            assert list(variable.domain) == [solution[index]] * 2
        else:
            assert list(variable.domain) == list(model.cp.proto.variables[index].domain)
    assert list(copy.solution_hint.values) == list(solution)


def test_rounds_begin_with_the_best_plan(
    improver: Improver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is free is chosen in the best solution there is, and a better one is taken."""
    best, seen = improver.solution, []

    def free(self: Neighbourhoods, kind: Kind, plan: Solution) -> Neighbourhood:
        seen.append(plan.worth)
        return Neighbourhood({c.id for c in self.school.courses}, set())

    monkeypatch.setattr(Neighbourhoods, "free", free)
    worth = Solution(improver.model.school).after(improver.model, best).worth
    nothing = improver.model.cp.clone()
    nothing.clear_objective()  # type: ignore[no-untyped-call]
    for opened in improver.model.opened:
        nothing.add(opened == 0)
    empty, _ = run(nothing)
    assert empty is not None
    improver.solution, improver.value = empty, 0
    hoods = improver._hoods[0]
    improver._round(hoods, 20.0, 5.0)
    assert improver.value > 0
    improver._round(hoods, 20.0, 5.0)
    assert seen == [Worth(), improver_worth(improver)]
    assert improver_worth(improver) == worth
    assert [hoods.choice.failures, hoods.choice.patience] == [1, 1.0]


def improver_worth(improver: Improver) -> Worth:
    return Solution(improver.model.school).after(improver.model, improver.solution).worth


def test_only_what_is_better_is_taken(improver: Improver) -> None:
    best, kept = improver.value, improver.solution
    other = tuple(reversed(kept))
    for objective, taken in ((best - 1, False), (best, False), (best + 5, True), (best + 2, False)):
        found = Run(Status.FEASIBLE, other, objective, None, 0.0)
        assert improver._take(found) == taken
        best = max(best, objective)
        assert improver.value == best
    assert improver.solution == other
    assert not improver._take(Run(Status.UNKNOWN, None, None, None, 0.0))


def test_bounds_only_fall_and_say_whose_they_are(improver: Improver) -> None:
    bound = improver.bound
    improver._take_bound(bound + 7)
    assert (improver.bound, improver.bound_is_searched) == (bound, False)
    improver._take_bound(bound - 7)
    assert (improver.bound, improver.bound_is_searched) == (bound - 7, True)
    improver.linear_bounds = lambda: iter((bound, bound - 30))
    improver.take_linear_bounds()
    assert improver.bound == bound - 30
    assert not improver.done
    improver._take_bound(improver.value)
    assert improver.done
