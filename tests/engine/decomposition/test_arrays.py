"""The guide counts first clubs more often, as the search does; the bound counts points alone."""

import pytest

from models import Aim, School
from optimizer.engine.decomposition.arrays import make_arrays
from optimizer.engine.lp.highs import solve_here
from optimizer.engine.objective import first_weight, objective
from optimizer.rules import build, relax
from tests.engine.test_first_clubs import asks_for_two, one_leader, third_or_first
from tests.rules.solving import run

SCHOOLS = [asks_for_two(Aim.FIRST_CLUBS), one_leader(Aim.FIRST_CLUBS)]
SCHOOLS += [third_or_first(Aim.FIRST_CLUBS)]


@pytest.mark.parametrize("school", SCHOOLS)
def test_the_guide_is_worth_little_more_than_the_best_weighted_plan(school: School) -> None:
    model = build(school)
    model.cp.maximize(objective(model).weighted)
    best = run(model.cp)[1]
    solution = solve_here(relax(school, first_weight=first_weight(school)).lp, 20.0)
    assert solution is not None
    assert best <= solution.objective + 1e-6 <= 1.01 * best  # it does not see every clash


def test_first_clubs_in_the_arrays() -> None:
    school = asks_for_two(Aim.FIRST_CLUBS)
    tables = make_arrays(relax(school, first_weight=(3, 5)), (3, 5))
    # by student and rank: 10 or 8 and 12 for a first seat, doubled, and 5; three times
    assert tables.wish_first.tolist() == [3 * 49, 3 * 45, 3 * 49, 3 * 45]
    plain = make_arrays(relax(school))
    assert plain.wish_first.tolist() == [0, 0, 0, 0]
