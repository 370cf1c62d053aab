"""What a price list proves: no plan has more, whatever the prices; the engine's prove its bound."""

from collections import Counter
from random import Random

import numpy as np
import pytest

from models import Aim, Prices
from optimizer.checks import proved_bound
from optimizer.engine.lp.highs import solve_here
from optimizer.rules import build, relax
from optimizer.rules.relaxation import price_list
from tests.builders import aiming
from tests.rules.random_prices import random_prices, random_proof
from tests.rules.random_schools import random_school
from tests.rules.solving import optimal_in_one_run, solved

BLOCKS = 5
SCHOOLS = 200
DRAWS = 4
FAMILIES = tuple(Prices.model_fields)


@pytest.mark.parametrize("block", range(BLOCKS))
def test_no_plan_has_more_than_any_prices_prove(block: int) -> None:
    tried = tight = 0
    used: Counter[str] = Counter()
    for number in range(block, SCHOOLS, BLOCKS):
        random = Random(f"prices {number}")
        school = aiming(random_school(random), Aim.MOST_POINTS)
        if solved(build(school)) is None:
            continue
        best = optimal_in_one_run(school).value
        free = proved_bound(school, Prices()).bound
        assert free >= best, number
        program = relax(school, timed=number % 2 == 0)
        solution = solve_here(program.lp, 20.0)
        if solution is None:
            continue
        tried += 1
        duals = solution.duals
        engines = price_list(program, duals)
        proved = proved_bound(school, engines).bound
        assert best <= proved <= program.lp.bound(duals), number
        tight += proved < free
        for _ in range(DRAWS):
            near = price_list(program, duals + np.array([random.gauss(0, 9) for _ in duals]))
            drawn = random_prices(random, school)
            for prices in (near, drawn, random_proof(random, school)):
                assert proved_bound(school, prices).bound >= best, (number, prices)
            used.update(name for name in FAMILIES if getattr(drawn, name))
    assert tried >= 8
    assert tight, "prices are of no use"
    assert all(used[name] for name in FAMILIES if name != "locks"), used


def test_the_relaxation_has_prices_of_every_family() -> None:
    """Else a family of rows that is left out of the list would not be missed."""
    found: Counter[str] = Counter()
    for number in range(260):
        program = relax(random_school(Random(f"bound {number}")))
        random = np.random.default_rng(number)
        prices = price_list(program, random.normal(0, 20, len(program.lp.low)))
        found.update(name for name in FAMILIES if getattr(prices, name))
    assert set(found) == set(FAMILIES)
