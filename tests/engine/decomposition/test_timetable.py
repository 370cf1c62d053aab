"""Annealing a timetable: as hot as the school's own points have it."""

from typing import Any

import numpy as np
import pytest

from instances import generate
from models import School
from optimizer.engine.decomposition.arrays import make_arrays
from optimizer.engine.decomposition.timetable import Annealer, Market, no_prices
from optimizer.engine.params import DEFAULTS, AnnealingParams
from optimizer.rules import relax

PARAMS = DEFAULTS.annealing.model_copy(update={"moves_a_section": 100})


@pytest.fixture(scope="module")
def school() -> School:
    return generate("clubhour", 90, 9, 2).school


def worth_times(school: School, times: int) -> School:
    """Give the school with all its points so many times as high."""
    weights = school.settings.weights
    points = {
        "rank_points": tuple(times * points for points in weights.rank_points),
        "first_seat": times * weights.first_seat,
        "second_seat": times * weights.second_seat,
    }
    own = weights.model_copy(update=points)
    return school.replaced(settings=school.settings.model_copy(update={"weights": own}))


def annealed(school: School, params: AnnealingParams = PARAMS) -> Annealer:
    guide = relax(school)
    arrays = make_arrays(guide)
    assert arrays is not None
    annealer = Annealer(Market(guide, arrays, no_prices(guide, arrays)), 1, params)
    annealer.cycle()
    annealer.cycle()
    return annealer


def test_a_school_with_other_points_is_annealed_alike(school: School) -> None:
    """Only what is worth how much more than something else counts."""
    one, eight = annealed(school), annealed(worth_times(school, 8))
    assert one.points is not None
    assert one.points > 0
    assert eight.points == 8 * one.points
    assert eight.worth == 8 * one.worth
    assert np.array_equal(one.state.way, eight.state.way)


def test_the_scale_is_what_moves_cost(school: School) -> None:
    annealer = annealed(school)
    few, many = annealer.scale(64, 0.1), annealer.scale(64, 0.9)
    assert 0 < few < many
    assert annealer.scale(64, 0.1) == few  # and nothing has moved meanwhile


def test_hotter_is_another_timetable_and_less_worth(school: School) -> None:
    cool = annealed(school)
    hot = annealed(school, PARAMS.model_copy(update={"hot": 1e3, "cold": 1e3}))
    assert hot.worth < cool.worth


def test_every_annealing_begins_as_hot(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that begins cooler hardly leaves its timetable, which was seated already."""
    heats: list[tuple[float, float]] = []
    run = Annealer.run

    def noted(self: Annealer, moves: int, hot: float, cold: float, *rest: Any) -> None:
        if moves > 1:
            heats.append((hot, cold))
        run(self, moves, hot, cold, *rest)

    monkeypatch.setattr(Annealer, "run", noted)
    points = annealed(school).points
    assert points is not None
    settling, *cycles = heats
    assert settling[0] == settling[1] < cycles[0][1]
    assert cycles == [(PARAMS.hot * points, PARAMS.cold * points)] * 2
