"""One wrong cell is one message."""

import json
from pathlib import Path

import pytest

from optimizer.files import inspect_school
from tests.builders import tiny_school
from tests.files.books import Book


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


def test_a_column_that_is_not_there_is_called_what_it_should_be(book: Book) -> None:
    book.sheet("Term").delete_cols(book.column("Term", "Weekdays"))
    (text,) = inspect_school(book.save()).errors
    assert "“星期”列" in text.zh
    assert 'column "Weekdays"' in text.en
