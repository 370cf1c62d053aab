"""Whatever the school, solve gives a plan that the check accepts, or proves that there is none."""

from collections import Counter
from random import Random

import pytest

from models import Plan, School, Worth, plan_worth
from optimizer.checks import verify
from optimizer.engine import Limits, solve
from optimizer.errors import InfeasibleError
from optimizer.rules import build
from tests.engine.schools import random_all_day
from tests.rules.random_plans import random_plan
from tests.rules.random_schools import random_school
from tests.rules.solving import optimal_in_one_run, solved

BLOCKS = 6
NOTHING = Worth()


def random(number: int) -> School:
    return random_school(Random(f"any {number}"))


@pytest.mark.parametrize("block", range(BLOCKS))
def test_a_plan_or_a_proof(block: int) -> None:
    """In one run of the model, then care dealt, seats filled, the lottery drawn, reasons given."""
    seen: Counter[str] = Counter()
    for number in range(block, 40 * BLOCKS, BLOCKS):
        school = random(number)
        if solved(build(school)) is None:
            seen["none"] += 1
        else:
            optimal_in_one_run(school)
            seen["plan"] += 1
    assert min(seen["none"], seen["plan"]) >= 8, seen


def test_a_plan_or_a_proof_where_each_takes_many_courses() -> None:
    seen: Counter[str] = Counter()
    for number in range(60):
        school = random_all_day(f"any {number}")
        if solved(build(school)) is None:
            seen["none"] += 1
            continue
        plan = optimal_in_one_run(school)
        seen["plan"] += 1
        seen["several"] += len(plan.sections) > 1
    assert min(seen["none"] * 4, seen["plan"], seen["several"] * 2) >= 12, seen


@pytest.mark.parametrize("number", range(16))
def test_the_search_from_any_start(number: int) -> None:
    """A plan that fits is never lost; one that does not is no harm."""
    school = random(number)
    start = random_plan(Random(number), build(school))
    limits = Limits(seconds=1, workers=2)
    if start is None:
        with pytest.raises(InfeasibleError):
            solve(school, limits)
        return
    checked(school, solve(school, limits, start))
    best = optimal_in_one_run(school)
    checked(school, solve(school, limits, best), plan_worth(school, best))
    other = random(number + 100)
    elsewhere = random_plan(Random(number), build(other))
    if elsewhere is not None:
        checked(school, solve(school, limits, elsewhere))


def checked(school: School, plan: Plan, least: Worth = NOTHING) -> None:
    assert verify(school, plan) == ()
    assert plan.bound is not None
    assert least <= plan_worth(school, plan)
    assert plan.value <= plan.bound
