"""Answers written into the school's own workbook: nothing else in it changes."""

import csv
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from models import School
from optimizer.errors import InputError
from optimizer.files import Wanted, import_answers, read_school, write_imported, write_school
from tests.tiny import tiny_school

HEADER = ("学号", "姓名", "班级", "第一志愿", "第二志愿", "留校", "几个社团")


@pytest.fixture(scope="module")
def school() -> School:
    return tiny_school()


@pytest.fixture
def workbook(school: School, tmp_path: Path) -> Path:
    """The school's workbook with a sheet, a column, a colour and a formula of its own."""
    path = tmp_path / "school.xlsx"
    write_school(school, path)
    book = load_workbook(path)
    students = sheet_of(book, "学生")
    students.cell(1, 15).value = "电话"
    students.cell(3, 15).value = "0591-1234"
    students.cell(3, 2).fill = PatternFill("solid", fgColor="FFFF00")
    own = book.create_sheet("通讯录")
    own.append(["家长", "=COUNTA(志愿!A2:A100)"])
    book.save(path)
    return path


def sheet_of(book: Workbook, name: str) -> Worksheet:
    sheet = book[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def answers(tmp_path: Path, *rows: Sequence[Any]) -> Path:
    path = tmp_path / "answers.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])
    return path


def written(workbook: Path, export: Path, target: Path, **how: Any) -> School:
    found = import_answers(export, workbook, Wanted(**how))
    assert found.errors == ()
    assert write_imported(found, workbook, target, force=True) == ()
    made = read_school(target, accept_warnings=True)
    assert made == found.school
    return made


def test_only_wishes_and_changed_students_change(
    school: School, workbook: Path, tmp_path: Path
) -> None:
    export = answers(
        tmp_path,
        ("s31", "Pupil 31", "3(1)", "合唱", "国际象棋", "周二", "1"),
        ("n1", "新同学", "4(1)", "美术", "", "周一", "2"),
    )
    made = written(workbook, export, tmp_path / "new.xlsx", add_students=True)
    assert [wish.course for wish in made.wishes_of["s31"]] == ["choir", "chess"]
    assert made.student["s31"].stay_slots == ("tue1", "tue2")
    assert made.student["n1"].max_clubs == 2
    book = load_workbook(tmp_path / "new.xlsx")
    students = sheet_of(book, "学生")
    assert students.cell(3, 15).value == "0591-1234"
    assert students.cell(3, 2).fill.fgColor.rgb == "00FFFF00"
    assert sheet_of(book, "通讯录")["B1"].value == "=COUNTA(志愿!A2:A100)"
    assert students.freeze_panes == "B2"
    # All that is no sheet of wishes or students is the same to the byte.
    with zipfile.ZipFile(workbook) as old, zipfile.ZipFile(tmp_path / "new.xlsx") as new:
        assert set(old.namelist()) == set(new.namelist())
        differ = {name for name in old.namelist() if old.read(name) != new.read(name)}
    assert len(differ - {"xl/workbook.xml"}) == 2
    assert (tmp_path / "new.xlsx").stat().st_size < 2 * workbook.stat().st_size


def test_twice_gives_the_same(workbook: Path, tmp_path: Path) -> None:
    export = answers(
        tmp_path, ("s31", "", "", "合唱", "", "周二", "3"), ("s41", "", "", "无", "", "", "")
    )
    once = written(workbook, export, workbook)
    before = workbook.read_bytes()
    assert written(workbook, export, workbook) == once
    assert workbook.read_bytes() == before


def test_fewer_wishes_than_before(school: School, workbook: Path, tmp_path: Path) -> None:
    rows = [(s.id, "", "", "无", "", "", "") for s in school.students]
    made = written(workbook, answers(tmp_path, *rows), tmp_path / "new.xlsx")
    assert made.wishes == ()
    assert sheet_of(load_workbook(tmp_path / "new.xlsx"), "志愿").max_row == 1


def test_a_school_without_a_sheet_of_wishes(school: School, workbook: Path, tmp_path: Path) -> None:
    book = load_workbook(workbook)
    del book["志愿"]
    del book["通讯录"]
    book.save(workbook)
    export = answers(tmp_path, ("s31", "", "", "合唱", "", "", ""))
    made = written(workbook, export, tmp_path / "new.xlsx")
    assert [wish.student for wish in made.wishes] == ["s31"]


def test_a_column_that_the_sheet_has_not(workbook: Path, tmp_path: Path) -> None:
    book = load_workbook(workbook)
    students = sheet_of(book, "学生")
    heads = [cell.value for cell in students[1]]
    students.delete_cols(heads.index("社团数") + 1)
    book.save(workbook)
    export = answers(tmp_path, ("s31", "", "", "合唱", "", "", "3"))
    made = written(workbook, export, tmp_path / "new.xlsx")
    assert made.student["s31"].max_clubs == 3
    assert made.student["s32"].max_clubs == 1


def test_answers_in_the_workbook_itself_are_not_overwritten(workbook: Path, tmp_path: Path) -> None:
    book = load_workbook(workbook)
    sheet = sheet_of(book, "志愿")
    sheet.delete_rows(1, sheet.max_row)
    for row in (HEADER, ("s31", "", "", "合唱", "", "", "")):
        sheet.append([cell or None for cell in row])
    book.save(workbook)
    found = import_answers(workbook, workbook, Wanted())
    with pytest.raises(InputError, match="-o"):
        write_imported(found, workbook, workbook, force=True)
    assert write_imported(found, workbook, tmp_path / "new.xlsx") == ()
    assert read_school(tmp_path / "new.xlsx", accept_warnings=True) == found.school


def test_a_workbook_that_cannot_be_changed_in_place(workbook: Path, tmp_path: Path) -> None:
    """Written by something that leaves out the cells' places."""
    odd = tmp_path / "odd.xlsx"
    with zipfile.ZipFile(workbook) as old, zipfile.ZipFile(odd, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = re.sub(rb"(<row)\b[^>]*>", rb"\1>", data)
            new.writestr(name, data)
    export = answers(tmp_path, ("s31", "", "", "合唱", "", "", ""))
    found = import_answers(export, odd, Wanted())
    (told,) = write_imported(found, odd, tmp_path / "new.xlsx")
    assert "written anew" in told.en
    assert read_school(tmp_path / "new.xlsx") == found.school
