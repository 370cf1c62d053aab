"""A limit that was too short for the school is told, with what would be enough."""

import pytest

from optimizer.cli.solve import MOST_LATE, Chosen, too_short
from tests.cli.conftest import FakeEngine, Run
from tests.tiny import tiny_school

LIMIT = 10.0


def chosen(seconds: float) -> Chosen:
    return Chosen(0.0, seconds, 1, None, None, None)


@pytest.mark.parametrize("ended", [1.0, LIMIT, LIMIT + MOST_LATE])
def test_nothing_is_said_of_a_limit_that_was_kept(ended: float) -> None:
    assert too_short(tiny_school(), chosen(LIMIT), ended) is None


@pytest.mark.parametrize("ended", [12.1, 19.6, 300.0])
def test_what_would_have_been_enough_is_more_than_the_limit_and_the_end(ended: float) -> None:
    text = too_short(tiny_school(), chosen(LIMIT), ended)
    assert text is not None
    enough = int(text.en.rsplit(" ", 2)[1])
    assert enough >= max(2 * LIMIT, round(ended))
    assert "10 s" in text.en
    assert f"until {ended:.0f} s" in text.en
    assert str(enough) in text.zh


def test_a_plan_that_is_late_is_given_out_with_a_warning(
    zouban: Run,
    engine: FakeEngine,
    school_file: object,
    tmp_path: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("optimizer.cli.solve.MOST_LATE", -3600.0)
    ran = zouban("solve", school_file, "-o", f"{tmp_path}/out", "--lang", "en")
    assert ran.code == 0, ran.err
    assert "too short for a school of this size" in ran.err
