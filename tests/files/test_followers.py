"""One wrong cell is one message."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

import instances.regimes
from optimizer.files import inspect_school
from tests.builders import tiny_school
from tests.files.books import Book

REGIMES = Path(instances.regimes.__file__).parent


@pytest.mark.parametrize("value", [None, "two words", "#N/A"])
def test_an_id_that_cannot_be_read_is_one_message(book: Book, value: object) -> None:
    """Courses, students, teachers, classes: all are referred to at many places."""
    for sheet, header in (
        ("Courses", "Course id"),
        ("Students", "Student id"),
        ("Teachers", "Teacher id"),
        ("Classes", "Class id"),
        ("Slots", "Slot id"),
        ("Rooms", "Room id"),
    ):
        at = book.sheet(sheet).cell(3, book.column(sheet, header))
        before, at.value = at.value, value  # type: ignore[assignment]
        (error,) = book.errors()
        assert error.startswith(f'sheet "{sheet}", row 3, column "{header}"')
        at.value = before


def test_a_wrong_id_is_told_once_with_all_its_places(book: Book) -> None:
    own = book.sheet("Courses").cell(2, 1).value
    book.put("Courses", 2, "Course id", "xx")
    (error,) = book.errors()
    assert f"there is no course with id '{own}'" in error
    assert 'more: sheet "Wishes" rows ' in error


def test_a_typing_mistake_is_found_beside_an_id_that_cannot_be_read(book: Book) -> None:
    """The name of the row that is broken is used often, the other one once."""
    book.put("Courses", 2, "Course id", None)
    own = book.sheet("Courses").cell(3, 1).value
    row = next(r for r in range(2, 50) if book.sheet("Wishes").cell(r, 2).value == own)
    book.put("Wishes", row, "Course id", f"{own}x")
    errors = book.errors()
    assert [error.split(",")[0] for error in errors] == ['sheet "Courses"', 'sheet "Wishes"']
    assert f"did you mean '{own}'" in errors[1]


def test_json_names_the_places_by_their_paths(tmp_path: Path) -> None:
    data = json.loads(tiny_school().model_dump_json())
    for wish in data["wishes"]:
        wish["course"] = "chses" if wish["course"] == "chess" else wish["course"]
    (tmp_path / "a.json").write_text(json.dumps(data), "utf-8")
    (error,) = inspect_school(tmp_path / "a.json").errors
    assert "did you mean 'chess'? The same stands in" in error.en
    assert "wishes[" in error.en.split("more: ")[1]


def test_a_wish_of_an_unknown_student_is_one_message(book: Book) -> None:
    """Neither the hole that it leaves with its owner nor its own lonely rank is told."""
    book.put("Wishes", 2, "Student id", "S0x99")
    (error,) = book.errors()
    assert "there is no student with id 'S0x99'" in error


def test_an_id_given_twice_is_one_message(book: Book) -> None:
    book.put("Students", 3, "Student id", book.sheet("Students").cell(2, 1).value)
    (error,) = book.errors()
    assert "is used twice" in error


def test_a_slot_whose_id_cannot_be_read_leaves_nobody_out(book: Book) -> None:
    """Days and "all" mean that slot, too; nothing is concluded from the others."""
    for row in range(2, 26):
        book.put("Students", row, "Stay slots", "all" if row % 2 else "Tue")
        book.put("Students", row, "Club-only slots", None)
    for header, value in (("Slot id", "Tue 1"), ("Weekday", "T")):
        slots = book.sheet("Slots")
        for row in range(2, slots.max_row + 1):
            at = slots.cell(row, book.column("Slots", header))
            before, at.value = at.value, value
            assert [error.split(",")[0] for error in book.errors()] == ['sheet "Slots"']
            at.value = before


def test_a_table_under_another_name_is_one_error_where_others_refer_to_it(book: Book) -> None:
    book.sheet("Groups").title = "困难学生"
    found = inspect_school(book.save())
    (error,) = found.errors
    assert "it may be the table 'Groups'" in error.en
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("sheet", "header", "new", "field"),
    [
        ("Wishes", "Rank", "顺序", "Rank"),
        ("Courses", "Leaders", "Leader", "Leaders"),
        ("Courses", "Leaders", "任课教师", "Leaders"),
        ("Rooms", "Seats", "Places", "Seats"),
    ],
)
def test_a_required_column_under_another_name_is_one_message(
    book: Book, sheet: str, header: str, new: str, field: str
) -> None:
    (error,) = book.rename(sheet, header, new).errors()
    assert error.startswith(f'sheet "{sheet}", row 1, column "{new}": unknown column, while the ')
    assert f"required column '{field}'" in error
    assert inspect_school(book.path).warnings == ()


def test_a_column_of_stays_under_another_name_is_one_error(book: Book) -> None:
    column = book.column("Students", "Club-only slots")
    book.sheet("Students").delete_cols(column)
    (error,) = book.rename("Students", "Stay slots", "Stay slot").errors()
    assert "column \"Stay slot\": unknown column, not read; did you mean 'Stay slots'?" in error
    assert inspect_school(book.path).stops == ()
    book.sheet("Students").delete_cols(book.column("Students", "Stay slot"))
    (error,) = book.errors()
    assert error.startswith("sheet \"Students\": there is neither a column 'Stay slots'")


def test_a_header_that_nobody_can_guess_is_one_message_or_two(book: Book) -> None:
    """The column that was meant is missing, and no cell below it is told as well."""
    for sheet, header, most in (
        ("Term", "Date", 1),
        ("Students", "Stay slots", 1),
        ("Costs", "Kind", 1),
    ):
        book.rename(sheet, header, "Xyzzy")
        assert len(book.errors()) <= most, (sheet, header)
        book.rename(sheet, "Xyzzy", header)
    book.sheet("Settings")["A1"] = "Xyzzy"
    assert len(book.errors()) == 1


def test_a_column_that_rows_of_a_kind_need_is_told_once(book: Book) -> None:
    """Without it at the sheet, under another name at the header, and at none of the rows."""
    book.add("Term", Item="make-up day", Date="2026-10-17", Weekdays="Tue")
    for new in ("Days of the week", "Weekday", "Xyzzy"):
        (error,) = book.rename("Term", "Weekdays", new).errors()
        assert error == (
            f'sheet "Term", row 1, column "{new}": unknown column, while there is no column '
            "'Weekdays', which these rows need: 4-5. If this is it, change the header."
        )
        assert inspect_school(book.path).warnings == ()
        book.rename("Term", new, "Weekdays")
    book.sheet("Term").delete_cols(book.column("Term", "Weekdays"))
    (text,) = inspect_school(book.save()).errors
    assert text.zh.endswith("工作表“Term”：没有“星期”列，而第 4-5 行要填；请加上并填写。")
    assert text.en.endswith("no column 'Weekdays', and these rows need it: 4-5. Add and fill it.")


def test_two_columns_that_are_not_read_are_told_beside_the_one_that_is_needed(book: Book) -> None:
    """Which of the two was meant is not known."""
    book.rename("Term", "Weekdays", "Xyzzy").rename("Term", "Id", "Plugh")
    assert len(book.errors()) == 1
    assert len(inspect_school(book.path).warnings) == 2


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("2025-10-01", "2025-10-07", "2025-10-01 to 2025-10-07: outside the term"),
        ("2025-10-01", "2026-10-07", "2025-10-01 to 2026-08-31: outside the term"),
        ("2026-10-10", None, "2026-10-10: given twice, delete one"),
    ],
)
def test_a_wrong_date_of_a_row_is_one_message(
    book: Book, first: str, last: str | None, told: str
) -> None:
    book.put("Term", 3, "Date", first).put("Term", 3, "To", last)
    found = inspect_school(book.save())
    (text,) = [*found.errors, *found.warnings]
    assert told in text.en
    assert "row 3" in text.en or "row 4" in text.en


def test_days_called_off_in_a_wrong_year_are_one_message(book: Book) -> None:
    book.add("Term", Item="cancelled day", Date="2025-11-02", To="2025-11-06")
    (error,) = book.errors()
    assert error.startswith('sheet "Term", row 5')
    assert "2025-11-02 to 2025-11-06 is called off" in error


def test_a_term_in_a_wrong_year_is_one_message(book: Book) -> None:
    book.put("Term", 2, "Date", "2025-09-01").put("Term", 2, "To", "2026-01-15")
    (warning,) = book.warnings()
    assert warning.startswith('sheet "Term", row 2, column "Date", value "2025-09-01"')
    assert "(2026-10-01 to 2026-10-10) is within the term" in warning


def test_a_second_term_is_one_message(book: Book) -> None:
    """Which of the two is meant is not known, so nothing is held against either."""
    book.add("Term", Item="term", Date="2027-02-22", To="2027-06-30")
    (error,) = book.errors()
    assert "only one 'term' row, and row 2 is one already" in error
    assert inspect_school(book.path).warnings == ()


def test_a_make_up_day_in_a_wrong_year_is_not_also_asked_for(book: Book) -> None:
    book.set("Calendar", "statutory").put("Term", 2, "To", "2026-12-31")
    book.put("Term", 4, "Date", "2025-10-10")
    book.put("Term", 3, "Item", "make-up day").put("Term", 3, "Date", "2026-09-20")
    book.put("Term", 3, "To", None).put("Term", 3, "Weekdays", "Tue")
    (error,) = book.errors()
    assert "2025-10-10: outside the term" in error
    assert inspect_school(book.path).warnings == ()


def test_a_holiday_in_a_wrong_year_is_not_also_asked_for(book: Book) -> None:
    """No decree of 2027 is known: the school has to say what is off, and has but for the year."""
    book.set("Calendar", "statutory").put("Term", 4, "Weekdays", "Thu")
    book.put("Term", 3, "Date", "2026-01-01").put("Term", 3, "To", None)
    book.add("Term", Item="make-up day", Date="2026-09-20", Weekdays="Tue")
    (error,) = book.errors()
    assert "2026-01-01: outside the term 2026-09-01 to 2027-01-15" in error


@pytest.mark.parametrize(
    ("regime", "sheet", "header", "new"),
    [
        ("banan-2020", "政策", "", "我校的规定"),
        ("banan-2020", "教师", "酬劳（元）", "课时酬劳标准"),
        ("city-menu", "学生群体", "减免比例", "Fee reduction"),
        ("city-menu", "设置", "收费标准（元）", "收费的标准"),
    ],
)
def test_what_is_not_read_is_not_also_left_to_the_school(
    tmp_path: Path, regime: str, sheet: str, header: str, new: str
) -> None:
    workbook = load_workbook(REGIMES / f"{regime}.xlsx")
    if header:
        (cell,) = [c for line in workbook[sheet].iter_rows() for c in line if c.value == header]
        cell.value = new
    else:
        workbook[sheet].title = new
    workbook.save(tmp_path / "a.xlsx")
    found = inspect_school(tmp_path / "a.xlsx")
    (error,) = found.errors
    assert new in error.zh
    assert found.warnings == ()
