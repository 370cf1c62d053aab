"""The picture of the week is drawn for any shape of week, in both languages."""

import struct
import subprocess
import sys
from pathlib import Path

import pytest

from models import Lang, Plan, School
from optimizer.errors import InputError
from optimizer.report import plot_timetable
from optimizer.report.grid import Grid
from optimizer.report.picture import DPI, fitted, font_path
from tests.report.example import Shape, make_plan, make_school


def size(path: Path) -> tuple[int, int]:
    content = path.read_bytes()
    assert content.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", content[16:24])
    return width, height


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "shape",
    [
        Shape(),
        Shape(periods=2, sections=4),
        Shape(sections=8, students=300),
        Shape(days=2, sections=12, students=60),
        Shape(days=1, sections=30, students=120),
        Shape(days=1, sections=60, students=200),
        Shape(days=4, sections=1, students=4),
    ],
    ids=str,
)
def test_any_week_is_drawn(shape: Shape, lang: Lang, tmp_path: Path) -> None:
    school = make_school(shape)
    plan = make_plan(school, shape)
    path = tmp_path / "week.png"
    plot_timetable(school, plan, path, lang)
    grid = Grid(school, plan)
    width, height = size(path)
    assert abs(width - grid.width * DPI) <= 1
    assert abs(height - grid.height * DPI) <= 1
    drawn = [s for day in grid.days for band in grid.bands for s in grid.boxes(day, band)]
    assert {s.id for s in drawn} == {s.id for s in plan.sections}


def test_strange_names_and_an_empty_week(school: School, plan: Plan, tmp_path: Path) -> None:
    # No character of the font, and what matplotlib would read as a formula.
    names = ("$x^2$ 🦄", "a" * 200, "$broken")
    courses = tuple(
        c.model_copy(update={"name": names[n % 3]}) for n, c in enumerate(school.courses)
    )
    odd = school.replaced(courses=courses)
    odd.__dict__.pop("course", None)
    plot_timetable(odd, plan, tmp_path / "odd.png")
    empty = plan.model_copy(update={"sections": (), "care_groups": ()})
    plot_timetable(school, empty, tmp_path / "empty.png", "en")


def test_an_existing_picture_is_kept(school: School, plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "week.png"
    path.write_bytes(b"old")
    with pytest.raises(InputError):
        plot_timetable(school, plan, path)
    assert path.read_bytes() == b"old"
    plot_timetable(school, plan, path, force=True)
    assert path.read_bytes() != b"old"


def test_long_names_are_shortened() -> None:
    assert fitted("篮球", 9, 2) == "篮球"
    short = fitted("篮球" * 40, 9, 2)
    assert short.endswith("…")
    assert len(short) < 20
    assert fitted("篮球", 9, 0) == "…"


def test_the_font_must_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert font_path().is_file()
    monkeypatch.setattr("optimizer.report.picture.find_spec", lambda _: None)
    with pytest.raises(ModuleNotFoundError, match="zhplot"):
        font_path()


def test_loading_the_reports_loads_no_matplotlib() -> None:
    script = "import sys, optimizer.report; print('matplotlib' in sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert ran.stdout.strip() == "False"
