"""Sheets and columns that are missing, unknown, merged, broken; and those that only look odd."""

import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import load_workbook

from models import School
from optimizer.files import inspect_school, new_workbook, read_school, write_school
from optimizer.files.example import example_school
from tests.files.books import Book


def test_a_missing_sheet_is_told_once(book: Book) -> None:
    del book.workbook["Students"]
    assert book.errors() == [
        f"{book.path}: the required table 'Students' (in Chinese 学生) is missing: add it; "
        "'zouban new' writes one."
    ]


def test_optional_sheets_may_be_missing(book: Book) -> None:
    for name in ("Stages", "Wishes", "Policy", "Locks", "Previous"):
        del book.workbook[name]
    assert book.warnings() == []


def test_a_missing_column_is_told_once(book: Book) -> None:
    book.sheet("Courses").delete_cols(book.column("Courses", "Leaders"))
    book.sheet("Rooms").delete_cols(book.column("Rooms", "Room id"))
    assert book.errors() == [
        "sheet \"Rooms\", row 1: the required column 'Room id' (in Chinese 教室编号) is missing: "
        "add it to the header row.",
        "sheet \"Courses\", row 1: the required column 'Leaders' (in Chinese 可带教师) is missing: "
        "add it to the header row.",
    ]


def test_optional_columns_may_be_missing_and_take_their_defaults(book: Book) -> None:
    for sheet, column in (("Rooms", "Name"), ("Courses", "Min size"), ("Students", "Stay slots")):
        book.sheet(sheet).delete_cols(book.column(sheet, column))
    book.sheet("Wishes").delete_rows(2, 100)
    assert book.warnings() == []
    school = read_school(book.path)
    assert (school.rooms[0].name, school.courses[0].min_size) == ("", 8)
    assert school.students[0].stay_slots == ()


def test_unknown_columns_and_sheets_are_warned_of_with_the_nearest_name(book: Book) -> None:
    book.rename("Rooms", "Features", "Featurs").rename("Teachers", "Pay (yuan)", "pay_fen")
    book.sheet("Groups").title = "Gruops"
    book.workbook.create_sheet("Sheet1")
    for row in range(2, 30):
        book.put("Students", row, "Groups", None)
    book.put("Courses", 5, "Room features", None).sheet("Rooms")["J1"] = "remarks"
    assert book.warnings() == [
        f"{book.path}: unknown table 'Gruops', not read; it may be the table 'Groups' (in Chinese "
        "学生群体), which is missing: rename it to that, or delete it if it is of no use.",
        'sheet "Rooms", row 1, column "Featurs": unknown column, not read; did you mean '
        "'Features'? Correct the header, or delete the column.",
        'sheet "Rooms", row 1, column "remarks": unknown column, not read; known: Features. '
        "Correct the header, or delete the column.",
        'sheet "Teachers", row 1, column "pay_fen": unknown column, not read; did you mean '
        "'Pay (yuan)'? Correct the header, or delete the column.",
    ]


def test_unknown_settings_are_warned_of_with_the_nearest_name(book: Book) -> None:
    book.sheet("Settings")["A12"] = "Tolerence"
    assert book.warnings() == [
        'sheet "Settings", row 12, value "Tolerence": no such setting, not read; '
        "did you mean 'Tolerance'? Correct it, or delete the row."
    ]


def test_what_stands_there_twice(book: Book) -> None:
    book.rename("Rooms", "Care room", "seats")
    book.sheet("Settings")["A12"] = "school name"
    book.workbook.copy_worksheet(book.sheet("Slots")).title = "时段"
    book.add("Term", Item="term", Date="2026-09-01", To="2026-10-01")
    assert book.errors() == [
        'sheet "Settings", row 12, value "school name": '
        "this setting stands in row 3 already: delete one.",
        "sheet \"Term\", row 5: there can be only one 'term' row, and row 2 is one already: "
        "delete one.",
        "sheet \"时段\": '时段' is the same table as 'Slots': merge them or delete one.",
        'sheet "Rooms", row 1, column "seats": this is the same column as \'Seats\': delete one.',
    ]


def test_a_column_without_header(book: Book) -> None:
    book.sheet("Rooms")["K3"] = "!"
    assert book.warnings() == [
        'sheet "Rooms", row 1: column K holds something but has no header and was not read: '
        "name or clear it."
    ]


def test_merged_cells_are_named(book: Book) -> None:
    book.sheet("Students").merge_cells("C2:C5")
    book.workbook.create_sheet("Notes").merge_cells("A1:F1")
    assert book.errors() == [
        'sheet "Students", row 2: the cells C2:C5 are merged: unmerge them and fill in every row.'
    ]


def test_error_cells_are_named(book: Book) -> None:
    for row, value in ((2, "#N/A"), (3, "#DIV/0!"), (4, "=1/0")):
        book.put("Rooms", row, "Seats", value)
    book.put("Rooms", 5, "Name", "=A5")
    assert book.errors() == [
        f'sheet "Rooms", row {row}, column "{column}", value "{value}": the cell holds an Excel '
        f"error or a formula without a result; expected {expected}: correct the formula or type "
        "the value."
        for row, column, value, expected in (
            (2, "Seats", "#N/A", "a whole number such as 30"),
            (3, "Seats", "#DIV/0!", "a whole number such as 30"),
            (4, "Seats", "=?", "a whole number such as 30"),
            (5, "Name", "=?", "text"),
        )
    ]


def test_formulas_with_results_are_read(tmp_path: Path) -> None:
    path = tmp_path / "formulas.xlsx"
    write_school(example_school("en"), path, "en")
    _rewrite(path, lambda xml: xml.replace(b"<v>60</v>", b"<f>30*2</f><v>60</v>"))
    assert read_school(path).rooms[3].seats == 60
    _rewrite(path, lambda xml: xml.replace(b"><f>30*2</f><v>60</v>", b' t="str"><f>""</f><v></v>'))
    (error,) = inspect_school(path).errors
    assert "blank" in error.en


def _rewrite(path: Path, change: object) -> None:
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, change(content))  # type: ignore[operator]


def test_trailing_and_blank_rows_and_columns_do_not_matter(book: Book) -> None:
    sheet = book.sheet("Rooms")
    sheet["A60"], sheet["T3"], sheet["T1"] = "   ", " ", ""
    sheet.insert_rows(3)
    sheet.insert_rows(1)
    book.sheet("Students").insert_cols(1)
    assert book.warnings() == []
    assert inspect_school(book.path).school == example_school("en")


def test_rows_are_counted_as_excel_does(book: Book) -> None:
    book.put("Rooms", 3, "Seats", "x").sheet("Rooms").insert_rows(1, 2)
    assert book.errors()[0].startswith('sheet "Rooms", row 5, column "Seats"')


def test_columns_in_any_order_and_either_language(book: Book) -> None:
    sheet = book.sheet("Wishes")
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    for number, row in enumerate(rows, 1):
        for index, value in enumerate(reversed(row), 1):
            sheet.cell(number, index).value = value
    for column, header in enumerate((" 教师 编号", "RANK*", "课程", "student_id"), 1):
        sheet.cell(1, column).value = header
    sheet.title = " 志愿 "
    assert book.warnings() == []
    assert inspect_school(book.path).school == example_school("en")


def test_cells_as_excel_keeps_them(book: Book) -> None:
    book.put("Slots", 2, "Start", time(16, 10)).put("Slots", 3, "Start", "１７：００")
    book.put("Slots", 2, "End", datetime(1899, 12, 31, 16, 50))
    book.put("Slots", 2, "Weekday", "２").put("Term", 2, "Date", date(2026, 9, 1))
    book.put("Term", 2, "To", "2027年1月15日").put("Courses", 2, "Grades", date(2026, 3, 4))
    book.put("Rooms", 2, "Room id", 301).put("Rooms", 2, "Seats", "４５")
    book.put("Classes", 2, "Home room", 301.0).put("Teachers", 2, "Pay (yuan)", "￥40")
    book.put("Students", 2, "Stay slots", "Tue、周四").put("Students", 3, "Stay slots", "全部")
    assert book.warnings() == []
    assert inspect_school(book.path).school == example_school("en")


def test_a_cell_far_out_is_refused_before_it_eats_the_memory(book: Book) -> None:
    book.sheet("Students")["XFD1048576"] = "x"
    assert (
        'sheet "Students": cell XFD1048576 stands too far from the table to read the sheet: '
        in (book.errors()[0])
    )


def test_every_mistake_in_one_go(book: Book) -> None:
    book.put("Teachers", 2, "Pay (yuan)", "-1").put("Teachers", 4, "Max periods a day", "x")
    book.put("Courses", 2, "Min size", 99).put("Courses", 3, "Leaders", None)
    book.put("Rooms", 3, "Seats", "#N/A").put("Slots", 4, "Start", "late")
    book.put("Students", 2, "Class", "9Z").put("Wishes", 3, "Rank", 1).put(
        "Wishes", 4, "Course id", "x"
    )
    places = [tuple(error.split(", ")[:3]) for error in book.errors()]
    assert places == [
        ('sheet "Slots"', "row 4", 'column "Start"'),
        ('sheet "Rooms"', "row 3", 'column "Seats"'),
        ('sheet "Teachers"', "row 2", 'column "Pay (yuan)"'),
        ('sheet "Teachers"', "row 4", 'column "Max periods a day"'),
        ('sheet "Courses"', "row 2", 'column "Min size"'),
        ('sheet "Courses"', "row 3", 'column "Leaders"'),
        ('sheet "Students"', "row 2", 'column "Class"'),
        ('sheet "Wishes"', "row 3", 'column "Rank"'),
        ('sheet "Wishes"', "row 4", 'column "Course id"'),
    ]


@pytest.mark.parametrize(
    ("sheet", "row", "column"),
    [
        ("Slots", 2, "Start"),
        ("Rooms", 2, "Seats"),
        ("Classes", 2, "Grade"),
        ("Groups", 2, "Priority"),
        ("Providers", 2, "Kind"),
        ("Teachers", 4, "Cleared"),
        ("Courses", 2, "Max size"),
        ("Students", 3, "Max clubs"),
        ("Wishes", 3, "Rank"),
        ("Stages", 2, "Grades"),
        ("Policy", 2, "Item"),
        ("Term", 2, "To"),
        ("Locks", 2, "Kind"),
    ],
)
def test_one_unreadable_cell_makes_one_message(
    book: Book, sheet: str, row: int, column: str
) -> None:
    (error,) = book.put(sheet, row, column, "?!").errors()
    assert error.startswith(f'sheet "{sheet}", row {row}, column "{column}", value "?!": expected')


def test_a_wish_of_nobody_hides_gaps_but_no_more(book: Book) -> None:
    book.put("Wishes", 2, "Student id", None).put("Wishes", 5, "Rank", 1)
    assert [error.split(", ")[1] for error in book.errors()] == ["row 2", "row 5"]


def test_an_unfilled_template_says_what_is_missing(tmp_path: Path) -> None:
    for lang in ("zh", "en"):
        path = tmp_path / f"{lang}.xlsx"
        new_workbook(path, lang=lang)
        found = inspect_school(path)
        said = [text.en.split(": ", 1)[1] for text in found.errors]
        assert said[0].startswith("this cannot be blank; expected an id")
        assert said[1:] == [
            "there is no 'term' row with first and last date.",
            *["this table is empty: it needs at least one row."] * 4,
        ]
        assert found.warnings == ()


def test_a_sheet_without_anything(book: Book) -> None:
    for name in ("Rooms", "Settings"):
        book.sheet(name).delete_rows(1, 100)
    errors = book.errors()
    assert all("the required column" in error for error in errors)
    assert {error.split(", ")[0] for error in errors} == {'sheet "Settings"', 'sheet "Rooms"'}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_example_has_notes_lists_and_comments(tmp_path: Path, lang: str) -> None:
    path = tmp_path / "example.xlsx"
    new_workbook(path, example=True, lang=lang)  # type: ignore[arg-type]
    found = inspect_school(path)
    assert (found.school, found.errors, found.warnings) == (example_school(lang), (), ())  # type: ignore[arg-type]
    workbook = load_workbook(path)
    notes, students = workbook.worksheets[0], workbook.worksheets[11]
    assert notes.title == {"zh": "说明", "en": "Notes"}[lang]
    explained = {(row[0].value, row[1].value) for row in notes.iter_rows(min_row=6)}
    for sheet in workbook.worksheets[2:]:
        assert sheet.freeze_panes == "B2"
        for cell in sheet[1]:
            assert cell.comment is not None
            assert (sheet.title, cell.value) in explained
    lists = [v.formula1 for v in students.data_validations.dataValidation if v.type == "list"]
    assert lists == [{"zh": "'班级'!$A$2:$A$20000", "en": "'Classes'!$A$2:$A$20000"}[lang]]
    assert students["A2"].number_format == "@"


def test_a_chinese_workbook_is_the_same_school_with_other_words() -> None:
    zh, en = example_school("zh"), example_school("en")
    assert isinstance(zh, School)
    assert len(zh.students) == len(en.students) == 24
    assert [w.rank for w in zh.wishes] == [w.rank for w in en.wishes]
