"""Every row of the linear program is needed: with it a bound is the optimum, without it is not.

As in ``test_family_matrix`` the statements that add rows are found by running the program. The
schools are ones whose bound is their optimum, or which the program shows to have no plan; so
whoever leaves out or loosens a row breaks ``test_the_bound_is_the_optimum``.
"""

from functools import cache
from random import Random
from typing import NamedTuple

import pytest

from models import FAMILIES, Aim, Family, School
from optimizer.engine.infeasible.counts import _falls_short
from optimizer.engine.lp.highs import solve_here
from optimizer.engine.objective import objective
from optimizer.rules import build, registry, relax
from optimizer.rules.registry import RULES
from optimizer.rules.relaxation import program
from tests.builders import aiming
from tests.dropping import Site, dropped
from tests.rules import test_timed
from tests.rules.matrix_schools import HAND_MADE
from tests.rules.random_schools import random_school
from tests.rules.solving import run

RANDOM = (6, 16, 19, 56, 76, 79, 95, 101, 138, 260, 269)
"""Random schools that show what those made by hand do not."""
TIMED = (
    test_timed.two_at_once,
    test_timed.one_section_for_two_days,
    test_timed.one_seat_on_monday,
    test_timed.two_children_apart,
    test_timed.either_of_two,
)
IMPLIED = {
    "Model._add_offer": "of the whole model: copies of an offer open in order",
    "_groups": "a group of just these grades has students of each: only whole numbers tell",
    "_relaxed_care": "where students are counted, a group of nobody: only whole numbers tell",
    "_relaxed_care_staff": "who supervises has a group",
    "_pinned_rooms": "a section in a room that a lock names is open, as the lock's row has it",
    "_bonuses": "the second seat's bonus after the first's: bonuses that rise are rare",
}
"""Functions one of whose rows never decides a bound, and why."""
NO_PLAN = {"plain": None, "timed": None, "by number": False}
EXACT = {"plain": 31, "timed": 37, "by number": 16}
"""Programs whose bound is the optimum, or which show that there is no plan."""


class Case(NamedTuple):
    """A program whose answer is exact."""

    school: School
    kind: str
    answer: int | bool | None


def answer(school: School, kind: str) -> int | bool | None:
    """Give the bound, None if nothing fits; of students by number, whether anything may fit."""
    if kind == "by number":
        return not _falls_short(school, FAMILIES, 20.0)
    lp = relax(school, timed=kind == "timed").lp
    solution = solve_here(lp, 20.0)
    return None if solution is None else lp.bound(solution.duals)


@cache
def cases() -> tuple[Case, ...]:
    """Give the programs of all schools whose answer is exact."""
    made = [
        *(make() for make in (*TIMED, *HAND_MADE)),
        *(random_school(Random(f"bound {n}")) for n in RANDOM),
    ]
    found = []
    for school in (aiming(school, Aim.MOST_POINTS) for school in made):
        model = build(school)
        model.cp.maximize(objective(model).points)
        solution, points = run(model.cp)
        right = {"plain": points, "timed": points} if solution else NO_PLAN
        found += [Case(school, k, best) for k, best in right.items() if answer(school, k) == best]
    return tuple(found)


def test_the_bound_is_the_optimum() -> None:
    for kind, least in EXACT.items():
        assert sum(case.kind == kind for case in cases()) >= least, kind


def test_every_row_is_needed() -> None:
    needed: set[Site] = set()
    met: set[Site] = set()
    for school, kind, right in cases():
        with dropped() as here:
            relax(school, timed=kind == "timed", by_number=kind == "by number")
        met |= here
        for site in here - needed:
            with dropped(site):
                if answer(school, kind) != right:
                    needed.add(site)
    idle = [qualname for _, qualname, _ in sorted(met - needed)]
    assert {*idle} == {*IMPLIED}
    assert len(idle) == len(IMPLIED), idle


@pytest.mark.parametrize("family", [rule.family for rule in RULES if rule.relax is not None])
def test_every_familys_part_of_the_program_is_needed(
    family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it some answer is not exact any more, or there is no program at all."""
    rules = [r._replace(relax=None) if r.family == family else r for r in RULES]
    exact = cases()
    for module in (registry, program):
        monkeypatch.setattr(module, "RULES", rules, raising=False)

    def changed(case: Case) -> bool:
        try:
            return answer(case.school, case.kind) != case.answer
        except KeyError:
            return True

    assert any(changed(case) for case in exact)
