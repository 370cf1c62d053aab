"""Days, clock times and shares as people write them: no child vanishes, nothing is guessed."""

from pathlib import Path

import pytest

from models import Lang, Student
from optimizer.files import inspect_school, read_school, write_school
from tests.files.books import Book
from tests.tiny import tiny_school

FIRST = 2
"""The row of the first student, S01 of class 3A, grade 3; the slots are on Tuesday and Thursday."""


def student(book: Book, name: str = "S01") -> Student:
    """Read the workbook and give a student."""
    return read_school(book.save()).student[name]


def stays(book: Book, cell: str, header: str = "Stay slots") -> Book:
    return book.put("Students", FIRST, header, cell)


def test_a_day_without_slots_is_named_where_it_stands(book: Book) -> None:
    stays(book, "Tue, Wed")
    assert book.warnings() == [
        f'sheet "Students", row {FIRST}, column "Stay slots", value "Tue, Wed": there is no slot '
        "on Wed, which is left out: correct it, or add slots on that day."
    ]
    assert student(book).stay_slots == ("Tue1", "Tue2")


@pytest.mark.parametrize("header", ["Stay slots", "Club-only slots"])
def test_a_child_of_whose_days_none_has_slots_does_not_vanish(book: Book, header: str) -> None:
    stays(book, "Wed, Fri", header)
    (error,) = book.errors()
    assert error.startswith(f'sheet "Students", row {FIRST}, column "{header}", value "Wed, Fri": ')
    assert "no slot on Wed, Fri, so that" in error
    assert "would stay at none" in error


def test_monday_to_friday_is_every_day_that_there_is(book: Book) -> None:
    stays(book, "Mon-Fri")
    assert book.warnings() == []
    assert student(book).stay_slots == ("Tue1", "Tue2", "Thu1", "Thu2")


def test_none_is_none(book: Book) -> None:
    stays(book, "none")
    stays(book, "Tue", "Club-only slots")
    assert student(book).stay_slots == ()


@pytest.mark.parametrize("cell", ["all", "全部", "Tue, Thu", "周二至周四", "Mon-Fri"])
def test_all_and_days_are_the_slots_for_the_childs_grade(book: Book, cell: str) -> None:
    book.put("Slots", 2, "Grades", "4-6").put("Slots", 3, "Grades", "3")
    stays(book, cell)
    for row, (name, *_) in enumerate(book.sheet("Students").iter_rows(min_row=2), start=2):
        if name.value != "S01":
            book.put("Students", row, "Stay slots", "Thu1")
    assert student(book).stay_slots == ("Tue2", "Thu1", "Thu2")
    assert book.warnings() == []


def test_a_day_whose_slots_are_for_other_grades_is_named(book: Book) -> None:
    book.put("Slots", 2, "Grades", "4-6").put("Slots", 3, "Grades", "4")
    for row in range(2, book.sheet("Students").max_row + 1):
        book.put("Students", row, "Stay slots", "Thu1")
    stays(book, "Tue, Thu1")
    (warning,) = book.warnings()
    assert "no slot for grade 3 on Tue" in warning
    stays(book, "Tue")
    (error,) = book.errors()
    assert "no slot for grade 3 on Tue" in error


def test_other_tables_name_days_without_slots_too(book: Book) -> None:
    book.put("Teachers", 4, "Available slots", "Wed, Thu")
    (warning,) = book.warnings()
    assert warning.startswith('sheet "Teachers", row 4, column "Available slots"')
    assert "there is no slot on Wed" in warning


def test_the_same_of_many_rows_is_one_message(book: Book) -> None:
    last = book.sheet("Students").max_row
    for row in range(2, last + 1):
        book.put("Students", row, "Stay slots", "Tue, Wed")
    (warning,) = book.warnings()
    assert "no slot on Wed" in warning
    assert f"the same in {last - 2} more: rows 3, 4, 5, " in warning


def test_ten_past_four_is_in_the_afternoon(book: Book) -> None:
    book.put("Slots", 2, "Start", "4:10").put("Slots", 2, "End", "4:50")
    start, end = book.warnings()
    assert start.startswith('sheet "Slots", row 2, column "Start", value "4:10": ')
    assert "taken for 16:10" in start
    assert "taken for 16:50" in end
    slot = read_school(book.path).slot["Tue1"]
    assert (slot.start_minute, slot.end_minute) == (970, 1010)


def test_half_past_six_to_twenty_past_seven_is_in_the_evening(book: Book) -> None:
    book.put("Slots", 3, "Start", "6:30").put("Slots", 3, "End", "7:20")
    assert len(book.warnings()) == 2
    slot = read_school(book.path).slot["Tue2"]
    assert (slot.start_minute, slot.end_minute) == (1110, 1160)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_morning_that_is_said_stays_one(tmp_path: Path, lang: Lang) -> None:
    early = tiny_school().slots[0].model_copy(update={"start_minute": 370, "end_minute": 415})
    school = tiny_school(slots=(early, *tiny_school().slots[1:]))
    for name in ("school", "school.xlsx"):
        write_school(school, tmp_path / name, lang)
        assert read_school(tmp_path / name) == school


@pytest.mark.parametrize(("cell", "percent"), [("1", None), ("1%", 1), ("100", 100), ("0", 0)])
def test_a_bare_one_is_no_percentage_in_csv(tmp_path: Path, cell: str, percent: int | None) -> None:
    write_school(tiny_school(), tmp_path / "school", "en")
    file = tmp_path / "school" / "Groups.csv"
    file.write_text(f"Group id,Relief percent\nhardship,{cell}\n", "utf-8")
    found = inspect_school(tmp_path / "school")
    if percent is None:
        assert ["is 1% or 100% meant?" in text.en for text in found.errors] == [True]
    else:
        assert found.school is not None
        assert found.school.group["hardship"].relief_percent == percent


def test_all_is_for_clubs_only_where_there_is_no_base_care(book: Book) -> None:
    """Whoever stays every day stays on for a club, and goes home where he has none."""
    book.put("Slots", 3, "Use", "clubs only")
    for row in range(2, book.sheet("Students").max_row + 1):
        book.put("Students", row, "Stay slots", "Thu1").put(
            "Students", row, "Club-only slots", None
        )
    stays(book, "all")
    found = student(book)
    assert (found.stay_slots, found.club_slots) == (("Tue1", "Thu1", "Thu2"), ("Tue2",))
    stays(book, "Tue, Thu1")
    stays(book, "Thu", "Club-only slots")
    found = student(book)
    assert (found.stay_slots, found.club_slots) == (("Tue1", "Thu1"), ("Thu2", "Tue2"))
    # A slot that is named is meant.
    stays(book, "Tue2")
    assert any("has clubs only and no base care" in text for text in book.errors())


def test_days_for_clubs_are_those_at_which_he_does_not_stay(book: Book) -> None:
    stays(book, "Tue")
    stays(book, "all", "Club-only slots")
    found = student(book)
    assert (found.stay_slots, found.club_slots) == (("Tue1", "Tue2"), ("Thu1", "Thu2"))
    stays(book, "Tue", "Club-only slots")
    assert student(book).club_slots == ()
