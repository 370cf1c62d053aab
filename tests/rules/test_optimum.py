"""On very small schools the model's best is the best of all plans, and infeasible means none.

Every plan of the school is looked at by the check, without the model (``every_plan``). What holds
for the model in one run must hold for the engine's search: that is asked of some of the schools.
"""

from collections import Counter
from functools import cache
from random import Random

import pytest

from models import Aim, Plan, PlanStatus, School
from optimizer.engine import Limits, solve
from optimizer.errors import InfeasibleError
from optimizer.rules import build
from tests.builders import aiming
from tests.rules.every_plan import Best, best_of_all, ways_to_open
from tests.rules.random_schools import random_school
from tests.rules.solving import optimal_in_one_run, solved

NUMBERS = range(120)
MOST_WAYS = 1000
BLOCKS = 6


@cache
def case(number: int) -> tuple[School, Best | None] | None:
    """Give a very small school and the best there is in it; None if it has too many plans."""
    school = random_school(Random(number), small=True)
    return None if ways_to_open(school) > MOST_WAYS else (school, best_of_all(school))


def of_first_clubs_and_points(plan: Plan) -> tuple[int | None, int | None, int]:
    return plan.first_clubs, plan.first_points, plan.value


@pytest.mark.parametrize("block", range(BLOCKS))
def test_the_best_of_all_plans(block: int) -> None:
    seen: Counter[str] = Counter()
    for number in NUMBERS[block::BLOCKS]:
        school, best = case(number) or (None, None)
        if school is None:
            continue
        if best is None:
            assert solved(build(school)) is None, number
            seen["infeasible"] += 1
        else:
            assert optimal_in_one_run(aiming(school, Aim.MOST_POINTS)).value == best.points, number
            plan = optimal_in_one_run(aiming(school, Aim.FIRST_CLUBS))
            assert of_first_clubs_and_points(plan) == best.in_order, number
            seen["with seats" if best.points else "nobody seated"] += 1
    assert seen["infeasible"] >= 3, seen
    assert seen["with seats"] >= 2, seen


@pytest.mark.parametrize("aim", Aim)
@pytest.mark.parametrize("number", range(10))
def test_the_search_finds_the_best_of_all_plans(number: int, aim: Aim) -> None:
    few_enough = (found for other in NUMBERS[12 * number :] if (found := case(other)))
    school, best = next(few_enough)
    school = aiming(school, aim)
    limits = Limits(seconds=3, workers=2 if number else 1)
    if best is None:
        with pytest.raises(InfeasibleError):
            solve(school, limits)
        return
    plan = solve(school, limits)
    assert plan.status is PlanStatus.OPTIMAL
    if aim is Aim.MOST_POINTS:
        assert (plan.value, plan.bound) == (best.points, best.points)
    else:
        assert of_first_clubs_and_points(plan) == best.in_order
        bounds = plan.first_clubs_bound, plan.first_points_bound, plan.bound
        assert bounds == best.in_order
