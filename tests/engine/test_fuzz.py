"""Random schools by each strategy alone: checked plans, and no two answers that contradict."""

from collections import Counter
from random import Random

import pytest

from models import Plan, School
from optimizer.checks import verify
from optimizer.engine import Limits
from optimizer.errors import InfeasibleError, NoPlanError
from tests.engine.schools import whatever_found
from tests.rules.random_schools import random_school

BLOCKS, EACH = 3, 14
STRATEGIES = ("whole", "large")


def answer(school: School, strategy: str) -> Plan | str:
    """Give the plan, or what is said instead; a refused plan or any other fault fails the test."""
    try:
        return whatever_found(school, Limits(seconds=1.5, workers=1, engine=strategy))
    except InfeasibleError:
        return "infeasible"
    except NoPlanError:
        return "nothing"


def no_fewer(other: Plan, plan: Plan) -> bool:
    """Tell whether a plan's bound speaks of another: it may have no less in first clubs."""
    firsts = plan.first_clubs or 0, plan.first_points or 0
    return (other.first_clubs or 0, other.first_points or 0) >= firsts


@pytest.mark.parametrize("block", range(BLOCKS))
def test_each_strategy_alone(block: int) -> None:
    seen: Counter[str] = Counter()
    for number in range(block, BLOCKS * EACH, BLOCKS):
        school = random_school(Random(f"fuzz {number}"))
        answers = [answer(school, strategy) for strategy in STRATEGIES]
        plans = [found for found in answers if isinstance(found, Plan)]
        assert not (plans and "infeasible" in answers), number
        for plan in plans:
            assert verify(school, plan) == (), number
            assert plan.bound is not None
            assert all(other.value <= plan.bound for other in plans if no_fewer(other, plan)), (
                number
            )
        seen["plans"] += len(plans)
        seen["infeasible"] += answers.count("infeasible")
    assert seen["plans"] >= 3, seen
    assert seen["infeasible"] >= 2, seen
