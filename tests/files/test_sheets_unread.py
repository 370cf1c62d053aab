# ruff: noqa: E501 (one case a line)
"""Sheets under other names, hidden sheets and hidden rows."""

import pytest

from optimizer.files import inspect_school
from optimizer.files.example import example_school
from tests.files.books import Book

EXAMPLE = example_school("en")


def stops(book: Book) -> list[str]:
    found = inspect_school(book.save())
    assert found.errors == ()
    return [text.en.removeprefix(f"{book.path}: ") for text in found.stops]


@pytest.mark.parametrize(
    ("sheet", "name"),
    [
        *[("Wishes", n) for n in ("志愿汇总", "志愿（作废）", "Wishes (2)", "Sheet1", "报名表", "Whishes", "选课结果")],
        *[("Groups", n) for n in ("Gruops", "困难学生", "Sheet2")],
        *[("Locks", n) for n in ("Lock", "固定安排", "Pins")],
        *[("Costs", n) for n in ("开支明细", "Other expenses")],
        ("Policy", "政策2026"),
        ("Providers", "第三方机构"),
    ],
)  # fmt: skip
def test_a_sheet_that_may_be_a_missing_table_stops(book: Book, sheet: str, name: str) -> None:
    if sheet == "Groups":
        for row in range(2, 30):
            book.put("Students", row, "Groups", None)
    if sheet == "Providers":
        book.put("Teachers", 6, "Provider", None)
        for row in range(2, 9):
            book.put("Courses", row, "Provider", None)
    book.sheet(sheet).title = name
    (stop,) = stops(book)
    assert stop.startswith(f"unknown table '{name}', not read; it may be the table '{sheet}' ")
    assert "which is missing: rename it" in stop


def test_a_table_without_rows_is_no_better_than_none(book: Book) -> None:
    """The template's empty sheet stands there, and the wishes beside it."""
    book.workbook.copy_worksheet(book.sheet("Wishes")).title = "志愿汇总"
    book.sheet("Wishes").delete_rows(2, 100)
    (stop,) = stops(book)
    assert "'志愿汇总'" in stop
    assert "which is empty" in stop


def test_a_sheet_that_goes_on_with_a_table_stops(book: Book) -> None:
    copy = book.workbook.copy_worksheet(book.sheet("Wishes"))
    copy.title = "Wishes 4-6"
    # Everything in it stands in the table, too: nothing is lost.
    assert stops(book) == []
    book.sheet("Wishes").delete_rows(20, 100)
    (stop,) = stops(book)
    assert "has the columns of 'Wishes' (in Chinese 志愿) and rows that are not there" in stop


def test_other_sheets_are_only_told(book: Book) -> None:
    for name, rows in (
        ("Telephones", [("Student id", "Name", "Telephone"), ("S0301", "a", "1")]),
        ("统计", [("班级", "人数"), ("3A", 12)]),
        ("志愿（旧）", [("学号", "课程编号", "志愿序号"), ("S0301", "chess", 1)]),
        ("Sheet9", [("x",), ("y",)]),
    ):
        sheet = book.workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    assert stops(book) == []
    assert len(book.warnings()) == 4


def test_a_required_table_under_another_name_is_one_message(book: Book) -> None:
    book.sheet("Students").title = "学生名单"
    found = inspect_school(book.save())
    assert [text.en.split(": ", 1)[1] for text in found.errors] == [
        "the required table 'Students' (in Chinese 学生) is missing; it may be '学生名单': rename it."
    ]
    assert found.warnings == ()


def test_the_same_table_on_a_hidden_sheet_is_named_so(book: Book) -> None:
    book.workbook.copy_worksheet(book.sheet("Wishes")).title = "志愿"
    book.sheet("志愿").sheet_state = "hidden"
    (error,) = book.errors()
    assert "'志愿 (a hidden sheet)' is the same table as 'Wishes'" in error


def test_a_hidden_sheet_that_is_read_is_told(book: Book) -> None:
    book.sheet("Locks").sheet_state = "veryHidden"
    (warning,) = book.warnings()
    assert warning.startswith('sheet "Locks": this sheet is hidden, but it was read')
    assert stops(book) == []


def test_hidden_and_filtered_rows_are_counted(book: Book) -> None:
    sheet = book.sheet("Students")
    sheet.auto_filter.ref = "A1:E9"
    for row in (3, 4, 5, 9, 200):
        sheet.row_dimensions[row].hidden = True
    assert book.warnings() == [
        'sheet "Students": hidden or filtered out, but read: rows 3-5, 9 (4 in all). Delete what '
        "is of no use."
    ]
    assert inspect_school(book.path).school == EXAMPLE
