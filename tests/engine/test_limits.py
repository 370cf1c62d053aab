"""Limits that make no sense get one clear message; one that was too short, what would be enough."""

from math import inf, nan
from typing import Any

import pytest

from instances import generate
from optimizer.cli import common, solve
from optimizer.engine import Limits
from optimizer.engine.limits import MOST_SECONDS, MOST_SEED, MOST_WORKERS, enough_seconds
from optimizer.errors import LimitsError, ZoubanError
from tests.checks.saying import names
from tests.tiny import tiny_school

WRONG = {
    "seconds": (0, -1, nan, inf, -inf, MOST_SECONDS + 1, "60", None, True),
    "workers": (0, -1, MOST_WORKERS + 1, 10**6, 1.5, nan, "2", True),
    "seed": (-1, 3_000_000_000, MOST_SEED + 1, 1.0, "1", None),
    "engine": ("", "small", "LARGE", 1),
}


@pytest.mark.parametrize(
    ("field", "value"), [(field, value) for field, some in WRONG.items() for value in some]
)
def test_what_makes_no_sense_is_named_with_what_is_expected(field: str, value: Any) -> None:
    with pytest.raises(LimitsError) as caught:
        Limits(**{field: value})
    names(caught.value.text, repr(value), field, zh="应为", en="must be")
    assert caught.value.exit_code == 2
    assert isinstance(caught.value, ZoubanError)


def test_everything_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(LimitsError) as caught:
        Limits(0, -1, 0, "x" * 1000)
    assert len(caught.value.messages) == 4
    assert len(caught.value.text.en) < 600


@pytest.mark.parametrize("limits", [(0.01, 0, 1, None), (MOST_SECONDS, MOST_SEED, MOST_WORKERS)])
def test_the_last_ones_that_make_sense_are_taken(limits: tuple[Any, ...]) -> None:
    assert Limits(*limits).seconds == limits[0]


def test_what_would_be_enough_grows_with_the_school_and_with_what_was_tried() -> None:
    small, larger = tiny_school(), generate("clubhour", 300, 24, 0).school
    assert enough_seconds(small) < enough_seconds(larger) < 30
    assert enough_seconds(small, tried=100.0) == 200


def test_the_command_takes_what_the_library_takes() -> None:
    assert (solve.MOST_SECONDS, solve.MOST_WORKERS) == (MOST_SECONDS, MOST_WORKERS)
    assert common.MOST_SEED == MOST_SEED
