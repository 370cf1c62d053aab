"""On very small schools the solver's best is the best of all plans, and infeasible means none."""

from collections import Counter
from functools import cache
from random import Random

import pytest

from models import PlanStatus, School
from optimizer.checks import verify
from optimizer.engine import solve
from optimizer.errors import InfeasibleError
from tests.rules.every_plan import best_value, ways_to_open
from tests.rules.random_schools import random_school
from tests.rules.solving import LIMITS

NUMBERS = range(100)
MOST_WAYS = 1000


@cache
def case(number: int) -> tuple[School, int | None] | None:
    """Give a very small school and the value of its best plan; None if it has too many plans."""
    school = random_school(Random(number), small=True)
    return None if ways_to_open(school) > MOST_WAYS else (school, best_value(school))


@pytest.mark.parametrize("block", range(5))
def test_the_best_of_all_plans(block: int) -> None:
    seen: Counter[str] = Counter()
    for number in NUMBERS[block::5]:
        found = case(number)
        if found is None:
            continue
        school, best = found
        if best is None:
            with pytest.raises(InfeasibleError):
                solve(school, LIMITS)
            seen["infeasible"] += 1
            continue
        plan = solve(school, LIMITS)
        assert (plan.value, plan.bound, plan.status) == (best, best, PlanStatus.OPTIMAL), number
        assert verify(school, plan) == (), number
        seen["with seats" if best else "nobody seated"] += 1
    assert seen["infeasible"] >= 5, seen
    assert seen["with seats"] >= 2, seen
