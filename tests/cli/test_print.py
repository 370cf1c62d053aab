"""print: the papers of a plan anew, with other names, and never of other data."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from models import School
from optimizer.files import write_plan, write_school
from tests.builders import revised, tiny_plan, tiny_school, with_course, with_student
from tests.cli.conftest import Run

FILES = {"plan.xlsx", "timetable.png"}


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Write the school with other names than those of its plan's making."""
    school = tiny_school()
    plan = revised(tiny_plan(school), books_digest=school.digests.books)
    write_plan(plan, tmp_path / "plan.json")
    renamed = with_course(with_student(school, "s31", name="New Name"), "chess", name="New Chess")
    write_school(renamed, tmp_path / "school.json")
    return tmp_path / "school.json", tmp_path / "plan.json"


def words(path: Path) -> set[str]:
    book = load_workbook(path)
    cells = {str(cell.value) for sheet in book.worksheets for row in sheet for cell in row}
    return cells | set(book.sheetnames)


def test_the_papers_have_the_new_names(zouban: Run, files: tuple[Path, Path]) -> None:
    folder = files[0].with_name("papers")
    plan = files[1].read_bytes()
    ran = zouban("print", *files, "-o", folder, "--lang", "en")
    assert ran.code == 0
    assert "since the plan was made" in ran.err
    assert {path.name for path in folder.iterdir()} == FILES
    assert {"New Name", "New Chess"} <= words(folder / "plan.xlsx")
    assert files[1].read_bytes() == plan
    again = zouban("print", *files, "-o", folder, "--json")
    assert again.code == 2
    forced = zouban("print", *files, "-o", folder, "--force", "--json")
    assert forced.code == 0
    assert forced.json["books_changed"]
    assert {Path(path).name for path in forced.json["paths"]} == FILES


def test_nothing_is_said_of_names_that_are_the_same(zouban: Run, files: tuple[Path, Path]) -> None:
    write_school(tiny_school(), files[0], force=True)
    ran = zouban("print", *files, "-o", files[0].with_name("papers"), "--lang", "en")
    assert ran.code == 0
    assert "since the plan was made" not in ran.err


def test_a_plan_of_other_data_is_not_printed(zouban: Run, files: tuple[Path, Path]) -> None:
    changed: School = with_course(tiny_school(), "chess", max_size=9)
    write_school(changed, files[0], force=True)
    ran = zouban("print", *files, "-o", files[0].with_name("papers"), "--lang", "en")
    assert ran.code == 5
    assert "what the plan rests on has changed" in ran.err
    assert not files[0].with_name("papers").exists()
