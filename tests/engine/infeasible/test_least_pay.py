"""What pay is needed at the least: never more than the cheapest plan costs, and said in words."""

from random import Random

from models import Aim, School
from optimizer.engine.infeasible.conflict import infeasible
from optimizer.engine.infeasible.least_pay import least_pay_fen
from optimizer.engine.limits import Limits
from optimizer.engine.secondary import least_pay
from optimizer.engine.solve import _no_plan
from optimizer.rules import build
from tests.builders import aiming, with_budget
from tests.rules.random_schools import random_school
from tests.rules.solving import run


def cheapest(school: School) -> int | None:
    model = build(with_budget(school, sum_fen=10**9))
    model.cp.minimize(least_pay(model))
    solution, least = run(model.cp)
    return None if solution is None else least


def test_it_is_never_above_the_cheapest_plan_and_sometimes_just_that() -> None:
    shown = exact = 0
    for number in range(40):
        school = aiming(random_school(Random(f"over {number}")), Aim.MOST_POINTS)
        least = cheapest(school)
        if least is None:
            continue
        for limit in (1, max(0, least - 1), 2 * least):  # the budget itself changes nothing
            proved = least_pay_fen(with_budget(school, sum_fen=limit), 10.0) or 0
            assert proved <= least
        shown += proved > 0
        exact += 0 < least <= proved + 1
    assert shown >= 4
    assert exact >= 1, exact


def poor() -> School:
    """Give a school that pays people, with a budget of 1 fen."""
    for number in range(40):
        school = aiming(random_school(Random(f"over {number}")), Aim.MOST_POINTS)
        if (least_pay_fen(with_budget(school, sum_fen=1), 10.0) or 0) > 1:
            return with_budget(school, sum_fen=1)
    raise AssertionError


def test_where_no_plan_is_found_it_says_how_much_is_needed() -> None:
    text = _no_plan(poor(), Limits(), doubted=False)
    assert "yuan are needed" in text.en
    assert "课酬都不少于" in text.zh
    without = _no_plan(
        poor().replaced(
            settings=poor().settings.model_copy(
                update={"budget": poor().settings.budget.model_copy(update={"sum_fen": None})}
            )
        ),
        Limits(),
        doubted=False,
    )
    assert "yuan" not in without.en


def test_where_it_is_infeasible_for_money_it_says_so_too() -> None:
    said = infeasible(poor(), ("attendance", "budget")).because
    assert said
    assert any("yuan" in text.en for text in said)
    other = infeasible(with_budget(poor(), sum_fen=10**9), ("rooms",)).because
    assert not any("are needed for pay" in text.en for text in other)
