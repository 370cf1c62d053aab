# ruff: noqa: E501 (one case a line)
"""Headers as people write them: brackets, titles, two lines, running numbers, unknown columns."""

from pathlib import Path

import pytest

from models import PayUnit, School
from optimizer.files import inspect_school, write_school
from optimizer.files.brackets import header_of, unknown_bracket
from optimizer.files.example import example_school
from optimizer.files.tables import BY_NAME
from tests.files.books import Book

EXAMPLE = example_school("en")


def stops(book: Book) -> list[str]:
    """Give what has to be accepted, provided that there are no errors."""
    found = inspect_school(book.save())
    assert found.errors == ()
    return [text.en.removeprefix(f"{book.path}, ") for text in found.stops]


def read(book: Book) -> School | None:
    return inspect_school(book.save()).school


@pytest.mark.parametrize(
    ("table", "field", "header"),
    [
        *[("teachers", "pay_fen", h) for h in ("酬劳（元）", "酬劳【元】", "Pay (CNY)", "课时费(元/课时)")],
        *[("teachers", "pay_fen", h) for h in ("酬劳（元/次）", "pay [yuan per session]", "酬劳(必填)")],
        *[("students", "id", h) for h in ("学号（必填）", "Student id（学号）", "学号(文本格式)")],
        *[("courses", "max_size", h) for h in ("最多人数（人）", "Max size (students)", "最多人数（如 24）")],
        *[("groups", "relief_percent", h) for h in ("减免比例（%）", "减免（百分比）")],
        *[("students", "joins", h) for h in ("加入日期（年-月-日）", "Joins (yyyy-mm-dd)")],
        *[("teachers", "cleared", h) for h in ("已审查（是/否）", "Cleared (yes/no)")],
        ("teachers", "kind", "类别（本校/外聘/志愿者）"),
        ("courses", "grades", "年级（1-6）"),
        ("settings", "session_break_minutes", "连上最长间隔（分钟）"),
        ("settings", "budget.fee_fen", "收费标准（元/生·月）"),
        ("settings", "budget.sum_fen", "预算总额（单位：元）"),
        ("costs", "amount_fen", "金额 (yuan)"),
    ],
)  # fmt: skip
def test_brackets_that_a_column_may_carry(table: str, field: str, header: str) -> None:
    column = BY_NAME[table].column[field]
    assert header_of(header).base in column.names
    assert unknown_bracket(column, header_of(header)) is None


@pytest.mark.parametrize(
    ("table", "field", "header", "bracket"),
    [
        *[("teachers", "pay_fen", f"酬劳（{b}）", b) for b in ("分", "角", "万元", "千元", "美元", "元/年", "元/人")],
        *[("costs", "amount_fen", f"金额（{b}）", b) for b in ("万元", "分", "元/月", "税前")],
        *[("settings", "budget.sum_fen", f"预算总额（{b}）", b) for b in ("万元", "元/月")],
        ("students", "name", "姓名（家长）", "家长"),
        ("students", "max_clubs", "社团数（去年）", "去年"),
        ("courses", "max_size", "Max size (rooms)", "rooms"),
        ("settings", "session_break_minutes", "连上最长间隔（小时）", "小时"),
        ("teachers", "cleared", "已审查（作废）", "作废"),
    ],
)  # fmt: skip
def test_brackets_that_say_something_else(
    table: str, field: str, header: str, bracket: str
) -> None:
    column = BY_NAME[table].column[field]
    assert unknown_bracket(column, header_of(header)) == bracket


def test_pay_in_fen_is_not_read_as_yuan(book: Book) -> None:
    (error,) = book.rename("Teachers", "Pay (yuan)", "Pay (fen)").errors()
    assert error == (
        'sheet "Teachers", row 1, column "Pay (fen)": \'fen\' in brackets is no unit or remark that '
        "is known for this column, so it was not read as 'Pay (yuan)'; known: yuan. Change header "
        "and content to it, or drop the bracket."
    )


def test_a_required_column_with_another_bracket_is_one_message(book: Book) -> None:
    (error,) = book.rename("Students", "Class", "Class (last year)").errors()
    assert "'last year' in brackets" in error


def test_another_bracket_beside_the_column_itself_is_only_told(book: Book) -> None:
    sheet = book.sheet("Students")
    sheet.cell(1, sheet.max_column + 1).value = "Name (father)"
    sheet.cell(2, sheet.max_column).value = "Li"
    (warning,) = book.warnings()
    assert "'father' in brackets" in warning
    assert stops(book) == []
    assert read(book) == EXAMPLE


def test_a_fee_by_the_term_is_not_charged_by_the_month(book: Book) -> None:
    book.set("Fee basis", "month").set("Fee (yuan)", 600)
    row = next(r for r in book.sheet("Settings").iter_rows() if r[0].value == "Fee (yuan)")
    row[0].value = "Fee (yuan/term)"
    (error,) = book.errors()
    assert error.startswith(f'sheet "Settings", row {row[0].row}')
    assert "the header says 'yuan/term', but 'Fee basis' is 'month'" in error
    assert book.set("Fee basis", "term").warnings() == []
    (error,) = book.set("Fee basis", None).errors()
    assert "'blank'" in error


def test_pay_by_the_session_is_no_pay_by_the_period(book: Book) -> None:
    book.rename("Teachers", "Pay (yuan)", "Pay (yuan per session)")
    (error,) = book.errors()
    assert "'yuan per session', but 'Pay unit' is 'period'" in error
    for row in range(2, book.sheet("Teachers").max_row + 1):
        book.put("Teachers", row, "Pay unit", "session")
    assert book.warnings() == []
    school = read(book)
    assert school is not None
    assert {t.pay_unit for t in school.teachers} == {PayUnit.SESSION}


@pytest.mark.parametrize("blank", [0, 1, 3])
def test_a_title_above_the_header(book: Book, blank: int) -> None:
    sheet = book.sheet("Students")
    sheet.insert_rows(1, 1 + blank)
    sheet["A1"] = "Students of Riverside, autumn 2026"
    sheet.merge_cells("A1:E1")
    assert book.warnings() == []
    assert read(book) == EXAMPLE


def test_two_header_lines(book: Book) -> None:
    """Groups of columns above the header; and a header spread over two lines."""
    sheet = book.sheet("Students")
    sheet.insert_rows(1)
    sheet["A1"], sheet["E1"] = "Who", "When"
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("E1:F1")
    courses = book.sheet("Courses")
    courses.insert_rows(2)
    for column in range(5, 9):
        courses.cell(2, column).value = courses.cell(1, column).value
        courses.cell(1, column).value = "Sizes" if column == 5 else None
    for column in (1, 2, 3, 4):
        courses.merge_cells(start_row=1, end_row=2, start_column=column, end_column=column)
    assert book.warnings() == []
    assert read(book) == EXAMPLE


def test_a_header_in_both_languages_on_two_lines(book: Book) -> None:
    sheet = book.sheet("Wishes")
    sheet.insert_rows(1)
    for column, name in enumerate(("学号", "课程编号", "志愿序号", "指定教师"), 1):
        sheet.cell(1, column).value = name
    assert book.warnings() == []
    assert read(book) == EXAMPLE


def test_an_exact_header_beats_an_alias(book: Book) -> None:
    sheet = book.sheet("Students")
    sheet.insert_cols(1)
    for row in range(1, sheet.max_row + 1):
        sheet.cell(row, 1).value = "编号" if row == 1 else row - 1
    assert book.warnings() == []
    assert read(book) == EXAMPLE
    sheet["A3"] = 77
    (warning,) = book.warnings()
    assert warning == (
        'sheet "Students", row 1, column "编号": this column was not read: \'Student id\' is the '
        "one read."
    )
    assert read(book) == EXAMPLE


@pytest.mark.parametrize("header", ["序号", "No.", "编号"])
def test_running_numbers_are_no_ranks_and_no_news(book: Book, header: str) -> None:
    for name in ("Wishes", "Locks", "Teachers"):
        sheet = book.sheet(name)
        sheet.insert_cols(1)
        for row in range(1, sheet.max_row + 1):
            sheet.cell(row, 1).value = header if row == 1 else row - 1
    assert book.warnings() == []
    assert read(book) == EXAMPLE


def test_ids_may_run_from_one(book: Book) -> None:
    """Without another column that could be the id, 编号 is it."""
    book.rename("Groups", "Group id", "编号")
    groups = {
        book.sheet("Groups").cell(row, 1).value: row - 1
        for row in range(2, book.sheet("Groups").max_row + 1)
    }
    for row in range(2, book.sheet("Groups").max_row + 1):
        book.put("Groups", row, "编号", row - 1)
    for row in range(2, book.sheet("Students").max_row + 1):
        cell = book.sheet("Students").cell(row, book.column("Students", "Groups"))
        cell.value = groups.get(cell.value)
    assert book.warnings() == []
    school = read(book)
    assert school is not None
    assert school.groups[0].id == "1"


@pytest.mark.parametrize(
    ("sheet", "header", "value", "stop"),
    [
        ("Groups", "Fee reduction", "100%", "did you mean 'Relief percent'?"),
        ("Groups", "Discount", "半价", "known: "),
        ("Teachers", "Wage", "40", "did you mean '"),
        ("Locks", "Except", "x", "known: "),
        ("Rooms", "Car room", "no", "did you mean 'Care room'?"),
        ("Rooms", "Floor", "2", None),
        ("Students", "Telephone", "139", None),
        ("Students", "备注", "过敏", None),
        ("Wishes", "Course name", "Chess", None),
        ("Groups", "Fee reduction", None, None),
    ],
)
def test_unknown_columns_stop_where_they_decide(
    book: Book, sheet: str, header: str, value: object, stop: str | None
) -> None:
    known = {"Fee reduction": "Relief percent", "Car room": "Care room"}.get(header)
    if known:
        book.sheet(sheet).delete_cols(book.column(sheet, known))
    column = book.sheet(sheet).max_column + 1
    book.sheet(sheet).cell(1, column).value = header
    book.sheet(sheet).cell(2, column).value = value  # type: ignore[assignment]
    assert any(header in warning for warning in book.warnings())
    assert [stop in text for text in stops(book) if stop] == ([True] if stop else [])


def test_what_is_not_read_is_listed_in_the_readers_language(book: Book) -> None:
    book.sheet("Rooms").cell(1, 9).value, book.sheet("Rooms").cell(2, 9).value = "Floor", 2
    (text,) = inspect_school(book.save()).warnings
    assert "Room" not in text.zh.split("：", 1)[1]
    assert not any("\u4e00" <= char <= "\u9fff" for char in text.en)


def test_a_column_without_header_stops_if_it_is_more_than_a_remark(book: Book) -> None:
    column = book.column("Teachers", "Pay (yuan)")
    book.sheet("Teachers").cell(1, column).value = None
    (stop,) = stops(book)
    assert "holds something but has no header" in stop


def test_sheets_in_csv_have_titles_too(tmp_path: Path) -> None:
    write_school(EXAMPLE, tmp_path / "csv", "en")
    file = tmp_path / "csv" / "Students.csv"
    file.write_text("Students of Riverside,,,\r\n\r\n" + file.read_text("utf-8-sig"), "utf-8")
    found = inspect_school(tmp_path / "csv")
    assert (found.school, found.errors, found.warnings) == (EXAMPLE, (), ())


def test_a_questionnaire_among_the_sheets_is_one_message(book: Book) -> None:
    sheet = book.sheet("Wishes")
    sheet.delete_rows(1, 100)
    for row in (
        ("序号", "提交时间", "学生姓名", "学号", "第一志愿", "第二志愿"),
        (1, "9:00", "a", "S0301", "chess", "go"),
    ):
        sheet.append(row)
    (error,) = book.errors()
    assert error.startswith('sheet "Wishes", row 1: this sheet has one row a student and a column')
    assert "'zouban import'" in error


def test_units_on_a_line_of_their_own(book: Book) -> None:
    sheet = book.sheet("Teachers")
    sheet.insert_rows(2)
    column = book.column("Teachers", "Pay (yuan)")
    sheet.cell(1, column).value, sheet.cell(2, column).value = "Pay", "(yuan)"
    sheet.cell(2, 1).value = "（required）"
    assert book.warnings() == []
    assert read(book) == EXAMPLE
    sheet.cell(2, column).value = "(fen)"
    (error,) = book.errors()
    assert "'fen' in brackets" in error


def test_a_sheet_without_a_header_is_one_message(book: Book) -> None:
    book.sheet("Students").delete_rows(1)
    assert book.errors() == [
        'sheet "Students", row 1: no header row was found: there should be a row with the names of '
        "the columns, such as Student id, Class (in Chinese 学号、班级)."
    ]


@pytest.mark.parametrize(
    ("key", "value", "meant"),
    [
        ("Budget", 150, "Budget sum (yuan)"),
        ("预算上限", 150, "预算总额（元）"),
        ("经费总额", 150, "预算总额（元）"),
        ("每月收费", 300, "收费标准（元）"),
        ("Monthly charge", 300, "Fee (yuan)"),
        ("Fee bases", "month", "Fee basis"),
        ("抽签号", 7, "抽签种子"),
    ],
)
def test_the_setting_that_was_probably_meant(
    book: Book, key: str, value: object, meant: str
) -> None:
    sheet = book.sheet("Settings")
    row = sheet.max_row + 1
    sheet.cell(row, 1).value, sheet.cell(row, 2).value = key, value  # type: ignore[assignment]
    (stop,) = stops(book)
    assert f"no such setting, not read; did you mean '{meant}'?" in stop
