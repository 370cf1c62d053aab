"""Base care in whole groups: what the rows say, and that the bound follows the purse."""

from itertools import product
from random import Random

import pytest

from models import Aim, School
from optimizer.engine.lp.highs import solve_here
from optimizer.engine.objective import objective
from optimizer.engine.secondary import least_pay
from optimizer.rules import build, relax
from optimizer.rules._whole_groups import least_groups, rounding_cuts
from tests.builders import aiming, with_budget
from tests.rules.random_schools import random_school
from tests.rules.solving import run


@pytest.mark.parametrize(("staying", "places"), [*product(range(1, 14), range(1, 7))])
def test_the_rounding_row_holds_for_all_whole_groups_and_cuts_off_fractions(
    staying: int, places: int
) -> None:
    [cut] = rounding_cuts({1: staying}, {(1,): places})
    needed = -(-staying // places)
    for seats in range(staying + 1):
        groups = -(-(staying - seats) // places)
        assert seats + cut.step * groups >= cut.least
    last = staying - places * (needed - 1)  # seats that save the first group
    assert (cut.step, cut.least) == (last, last * needed)
    for seats in range(last):
        assert seats + cut.step * (needed - 1) < cut.least  # one group fewer takes all of them


def test_grades_that_share_groups_have_rows_together_and_others_only_their_own() -> None:
    shared = rounding_cuts({1: 5, 2: 5}, {(1, 2): 4})
    assert [(cut.grades, cut.step, cut.least) for cut in shared] == [
        ((1,), 1, 2),
        ((1, 2), 2, 6),  # 10 students: three groups, two seats save one
        ((2,), 1, 2),
    ]
    own = rounding_cuts({1: 5, 2: 5}, {(1,): 4, (2,): 4}, apart=True)
    assert [cut.grades for cut in own] == [(1,), (2,)]
    assert [cut.least for cut in least_groups({1: 5, 2: 5}, {(1, 2): 4})] == [2, 3, 2]


def paid_schools(count: int) -> list[tuple[School, int, int]]:
    """Give random schools in which pay matters, the least pay of a plan, and pay without limit."""
    found: list[tuple[School, int, int]] = []
    for number in range(1000):
        school = aiming(random_school(Random(f"purse {number}")), Aim.MOST_POINTS)
        free = with_budget(school, sum_fen=10**9)
        model = build(free)
        pay = least_pay(model)
        model.cp.minimize(pay)
        solution, least = run(model.cp)
        model.cp.maximize(objective(model).points)
        rich = run(model.cp)[1] if solution is not None else 0
        model.cp.add(pay <= least)
        poor = run(model.cp)[1] if solution is not None else 0
        if least and poor < rich:
            found.append((free, least, rich))
        if len(found) == count:
            break
    return found


def bound_of(school: School) -> int | None:
    lp = relax(school).lp
    solution = solve_here(lp, 20.0)
    return None if solution is None else lp.bound(solution.duals)


def test_the_bound_follows_the_purse() -> None:
    """More money never lowers it, no plan is above it, and where points are lost it often falls."""
    fallen = 0
    for school, least, rich in paid_schools(12):
        bounds = []
        for part in range(4):
            given = with_budget(school, sum_fen=least + part * least // 4)
            model = build(given)
            model.cp.maximize(objective(model).points)
            best, bound = run(model.cp)[1], bound_of(given)
            assert bound is not None
            assert best <= bound
            bounds.append(bound)
        assert bounds == sorted(bounds)
        fallen += bounds[0] < rich
    assert fallen >= 9
