"""Whatever the rules say of a model is needed: without it, plans come of it that the check refuses.

Every statement that adds constraints is found by running the program (``tests.dropping``) and left
out by itself, on schools in which the plans of the whole model are right. So whoever breaks one
breaks ``test_the_plans_of_the_model_are_right``, and a new one needs a school in which it decides.
"""

from functools import cache
from itertools import combinations
from random import Random
from typing import Any

import pytest
from ortools.sat.python import cp_model

from models import Course, Family, School, plan_worth
from optimizer.engine.objective import objective, weighed
from optimizer.rules import (
    Model,
    build,
    content,
    cross_grade,
    hours,
    pattern,
    registry,
    rooms,
    staffing,
    total,
)
from tests.dropping import Site, dropped
from tests.rules.matrix_schools import HAND_MADE
from tests.rules.random_plans import made_of
from tests.rules.random_schools import random_school
from tests.rules.solving import broken_families

RANDOM = (44, 2, 4, 5, 12, 16, 34, 41, 59, 60, 72, 82, 99, 127)
"""Random schools that show what those made by hand do not."""
AIMS = range(3)
"""What is made as much of as can be: points; and twice anything at random."""
IMPLIED = {
    "Model._add_offer": "copies of an offer open in order: plans that differ in names only",
    "_somebody_needs_a_group": "for the linear relaxation, implied by whole groups",
    "_Day._any": "says of a session that it is there; that nobody has one for nothing pays itself",
    "attendance.add": "one seat at a slot, with clash",
    "content.add": "nobody of a barred provider has takers, and a section needs some",
    "_care_staff": "who supervises has a group",
    "_link": "no seats without a section, with group_size",
}
"""Functions one of whose statements changes no plan as long as all families are kept, and why."""


@cache
def schools() -> tuple[School, ...]:
    found = [random_school(Random(f"family {n}")) for n in RANDOM]
    return (*(make() for make in HAND_MADE), *found)


def modelled(school: School, aim: int) -> Model:
    model = build(school)
    aims = objective(model)
    if aim:
        random, offered = Random(aim), [*model.opened, *model.seat.values()]
        offered += [*model.room.values(), *model.lead.values()]
        offered += [*model.care_room.values(), *model.supervise.values()]
        model.cp.maximize(total(random.randint(-2, 4) * var for var in offered))
    else:
        model.cp.maximize(aims.weighted)
    return model


def wrong(model: Model, aim: int) -> set[str]:
    """Say what is wrong with the plan of a model; nothing where none was found."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = 0.5
    solver.solve(model.cp)
    solution = tuple(solver.response_proto.solution)
    if not solution:
        return set()
    try:
        plan = made_of(model, solution)
    except (IndexError, KeyError, ValueError):
        return {"not even a plan"}
    found: set[str] = set(broken_families(model.school, plan))
    worth = weighed(model.school, plan_worth(model.school, plan))
    if not aim and not found and worth != round(solver.objective_value):
        found.add("value")
    return found


def test_the_plans_of_the_model_are_right() -> None:
    for school in schools():
        for aim in AIMS:
            assert wrong(modelled(school, aim), aim) == set()


def test_every_statement_of_the_model_is_needed() -> None:
    needed: set[Site] = set()
    met: set[Site] = set()
    for school in schools():
        for aim in AIMS:
            with dropped() as here:
                modelled(school, aim)
            met |= here
            for site in here - needed:
                with dropped(site):
                    model = modelled(school, aim)
                if wrong(model, aim):
                    needed.add(site)
    idle = [named(site) for site in sorted(met - needed)]
    assert {name for name in idle if name not in IMPLIED} == set()
    assert len(idle) == len(IMPLIED), idle
    adding = {
        rule.family for rule in registry.RULES if rule.family not in {"pattern", "cross_grade"}
    }
    assert {module.rsplit(".", 1)[-1] for module, *_ in needed} >= adding


def named(site: Site) -> str:
    """Give a site's function; of those called ``add`` with the family."""
    module, function, _ = site
    return f"{module.rsplit('.', 1)[-1]}.add" if function == "add" else function


SAYING: dict[Any, Any] = {
    cross_grade.section_bands: lambda school, _course: [frozenset(school.grades)],
    cross_grade.care_bands: lambda school: [school.grades],
    rooms.suits_course: lambda *_: True,
    rooms.suits_care: lambda *_: True,
    staffing.available: lambda *_: True,
    staffing.rota_grades: lambda *_: frozenset(),
    hours.slot_barred: lambda *_: False,
    hours.seat_barred: lambda *_: False,
    content.provider_barred: lambda *_: False,
    content.grade_barred: lambda *_: False,
    content.time_barred: lambda *_: False,
    content.care_barred: lambda *_: False,
}

"""What is asked about courses, rooms, people and slots before there is a model, and the answer that
forbids nothing."""


def decides(patch: pytest.MonkeyPatch) -> bool:
    """Tell whether some plan is wrong with what was changed, and put that back."""
    models = [modelled(school, aim) for school in schools() for aim in AIMS]
    patch.undo()
    return any(wrong(model, n % len(AIMS)) for n, model in enumerate(models))


@pytest.mark.parametrize("asked", SAYING, ids=lambda f: f.__qualname__)
def test_every_question_is_needed(asked: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked, "__code__", SAYING[asked].__code__)
    assert decides(monkeypatch)


def test_patterns_are_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    def anyhow(school: School, course: Course) -> list[tuple[str, ...]]:
        return [*combinations((s.id for s in school.slots), course.periods_per_week)]

    monkeypatch.setattr(pattern, "patterns", anyhow)
    assert decides(monkeypatch)


FORBIDDING = [rule.family for rule in registry.RULES if rule.forbids_seat is not None]


@pytest.mark.parametrize("family", FORBIDDING)
def test_every_seat_that_is_forbidden_is_to_be(
    family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = [
        rule._replace(forbids_seat=None) if rule.family == family else rule
        for rule in registry.RULES
    ]
    monkeypatch.setattr(registry, "RULES", rules)
    assert decides(monkeypatch)
