"""Random schools by each strategy alone: checked plans, and no two answers that contradict."""

from collections import Counter
from random import Random

import pytest

from models import Plan, School
from optimizer.checks import verify
from optimizer.engine import Limits
from optimizer.engine.params import DEFAULTS
from optimizer.engine.sectioning.suits import suits
from optimizer.errors import InfeasibleError, NoPlanError
from tests.engine.schools import random_all_day, whatever_found
from tests.rules.random_schools import random_school

BLOCKS, EACH = 3, 14
STRATEGIES = ("whole", "large")
ANY_COURSES = DEFAULTS.model_copy(
    update={"strategy": DEFAULTS.strategy.model_copy(update={"many_courses": 1})}
)
"""So that schools of a few courses are for the search of many, too."""
ALL_DAY = 18


def answer(school: School, strategy: str) -> Plan | str:
    """Give the plan, or what is said instead; a refused plan or any other fault fails the test."""
    try:
        return whatever_found(school, Limits(1.5, 1, 1, strategy, ANY_COURSES))
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
        seen.update(agreed(school, STRATEGIES, number))
    assert seen["plans"] >= 3, seen
    assert seen["infeasible"] >= 2, seen


def agreed(school: School, strategies: tuple[str, ...], number: int) -> Counter[str]:
    """Ask each strategy; their plans are right, and no answer contradicts another."""
    answers = [answer(school, strategy) for strategy in strategies]
    plans = [found for found in answers if isinstance(found, Plan)]
    assert not (plans and "infeasible" in answers), number
    for plan in plans:
        assert verify(school, plan) == (), number
        assert plan.bound is not None
        assert all(other.value <= plan.bound for other in plans if no_fewer(other, plan)), number
    return Counter(plans=len(plans), infeasible=answers.count("infeasible"))


def test_each_strategy_alone_where_each_takes_many_courses(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Nothing breaks down on the way either, where another stage would go on."""
    seen: Counter[str] = Counter()
    for number in range(ALL_DAY):
        school = random_all_day(f"fuzz {number}")
        seen["suits"] += suits(school, 1)
        seen.update(agreed(school, ("sectioning", *STRATEGIES), number))
    assert not [record for record in caplog.records if record.levelname == "ERROR"]
    assert min(seen["plans"], seen["suits"]) >= 12, seen
    assert seen["infeasible"] >= 3, seen
