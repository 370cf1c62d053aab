"""Neighbourhoods of the whole model: free is what is said, and only what is better stays."""

from random import Random

import pytest

from models import School
from optimizer.engine import Limits
from optimizer.engine.limits import Clock
from optimizer.engine.lns.improve import Improver
from optimizer.engine.lns.neighbourhoods import Neighbourhoods
from optimizer.engine.objective import value
from optimizer.engine.solver import Crew, Run, Status
from optimizer.rules import Model, build
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


def chosen(model: Model, free: set[int]) -> set[str]:
    return {model.offers[index].course for index in free}


def test_each_kind_frees_all_offers_of_what_it_chooses(improver: Improver) -> None:
    model = improver.model
    hoods = Neighbourhoods(model, Random(3))
    seen = set()
    for _ in range(80):
        kind, free = hoods.choose()
        kind.size = hoods.random.choice([1.0, 2.0, 2.9])
        kind, free = hoods.choose()
        seen.add(kind.name)
        if kind.name == "slots":
            slots = {slot for index in free for slot in model.offers[index].slots}
            assert len(slots) <= int(kind.size)
            inside = {o.index for o in model.offers if slots.issuperset(o.slots)}
            assert free == inside
        else:
            courses = chosen(model, free)
            assert 1 <= len(courses) <= min(kind.most, int(kind.size))
            assert free == {o.index for o in model.offers if o.course in courses}
    assert seen == {"courses", "related", "slots"}


def test_what_is_not_free_stands_as_it_is(improver: Improver) -> None:
    """Sections, rooms and leaders of other offers are fixed; seats and base care are free."""
    model, solution = improver.model, improver.solution
    [course] = [c.id for c in model.school.courses][:1]
    free = {offer.index for offer in model.offers if offer.course == course}
    frozen = improver.frozen(free).proto.variables
    plain = model.cp.proto.variables
    fixed = {
        var.index
        for offer, var in zip(model.offers, model.opened, strict=True)
        if offer.index not in free
    }
    for kind in (model.room, model.lead):
        fixed |= {var.index for (offer, _), var in kind.items() if offer not in free}
    assert fixed
    for index, variable in enumerate(frozen):
        if index in fixed:
            assert list(variable.domain) == [solution[index]] * 2
        else:
            assert list(variable.domain) == list(plain[index].domain)


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
