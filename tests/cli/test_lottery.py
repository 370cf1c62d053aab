"""lottery: the draw, and who is next in line for a seat."""

from pathlib import Path

import pytest

from models import School, lottery_number
from optimizer.files import write_plan, write_school
from tests.builders import restated, tiny_plan, tiny_school, with_course, with_wishes
from tests.cli.conftest import Run


@pytest.fixture
def school() -> School:
    """Art is full, s53 and s54 wish for it first, s52 second."""
    school = with_course(tiny_school(), "art", max_size=3)
    school = with_wishes(school, "s54", "art", "chess")
    return with_wishes(school, "s52", "chess", "art")


@pytest.fixture
def files(school: School, tmp_path: Path) -> tuple[Path, Path]:
    write_school(school, tmp_path / "school.json")
    write_plan(restated(school, tiny_plan(school)), tmp_path / "plan.json")
    return tmp_path / "school.json", tmp_path / "plan.json"


def test_everybody_in_the_order_of_the_numbers(
    zouban: Run, files: tuple[Path, Path], school: School
) -> None:
    found = zouban("lottery", files[0], "--json").json
    ordered = sorted(school.student, key=lambda s: lottery_number(1, s))
    assert [row["student"] for row in found["draw"]] == ordered
    assert [row["place"] for row in found["draw"]] == list(range(1, 13))
    assert found["draw"][0]["number"] == str(lottery_number(1, ordered[0]))
    assert (found["seed"], found["waiting"]) == (1, {})


def test_who_is_next_in_line(zouban: Run, files: tuple[Path, Path]) -> None:
    """s53 holds nothing and ranks it first, s52 second; s54 has a seat in chess already."""
    assert zouban("lottery", *files, "--json").json["waiting"]["art"] == ["s53", "s52", "s54"]


@pytest.mark.parametrize(
    ("lang", "draw", "line"),
    [("en", "The draw (seed 1)", "next in line"), ("zh", "抽签次序", "候补")],
)
def test_in_both_languages(
    zouban: Run, files: tuple[Path, Path], lang: str, draw: str, line: str
) -> None:
    ran = zouban("lottery", *files, "--lang", lang)
    assert ran.code == 0
    assert draw in ran.out
    assert line in ran.out
