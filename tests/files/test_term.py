"""The term sheet and the setting that goes with it: every date is named where it stands."""

from datetime import date
from pathlib import Path

import pytest

from models import Calendar, Lang, MakeUpDay, Term
from models.calendar import service_dates
from optimizer.files import inspect_school, read_school, write_school
from tests.files.books import Book
from tests.tiny import tiny_school

TERM = Term(
    first_date=date(2026, 9, 14),
    last_date=date(2026, 10, 30),
    calendar=Calendar.STATUTORY,
    make_up_days=(MakeUpDay(date=date(2026, 10, 10), follows=3),),
    cancelled_days=(date(2026, 10, 20), date(2026, 10, 21), date(2026, 10, 16)),
)


def term_row(book: Book) -> int:
    """Give the row that holds the term's dates."""
    return next(row[0].row for row in book.sheet("Term").iter_rows() if row[0].value == "term")


def within(book: Book, first: str, last: str) -> int:
    """Leave only the term's own row in the term sheet: Mon to Fri between two dates."""
    row, sheet = term_row(book), book.sheet("Term")
    for other in range(sheet.max_row, 1, -1):
        if other != row:
            sheet.delete_rows(other)
    row = term_row(book)
    book.put("Term", row, "Date", first).put("Term", row, "To", last)
    book.put("Term", row, "Weekdays", "Mon-Fri")
    return row


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("suffix", [".xlsx", "", ".json"])
def test_days_called_off_and_the_calendar_are_kept(suffix: str, lang: Lang, tmp_path: Path) -> None:
    school = tiny_school(term=TERM)
    write_school(school, tmp_path / f"school{suffix}", lang)
    assert read_school(tmp_path / f"school{suffix}") == school


def test_the_words_of_a_chinese_folder(tmp_path: Path) -> None:
    write_school(tiny_school(term=TERM), tmp_path / "school", "zh")
    rows = (tmp_path / "school" / "学期.csv").read_text("utf-8-sig").splitlines()
    assert rows[3:] == ["停课日,2026-10-20,2026-10-21,,", "停课日,2026-10-16,,,"]
    settings = (tmp_path / "school" / "设置.csv").read_text("utf-8-sig").splitlines()
    assert [row for row in settings if row.startswith("假期来源,法定节假日,")]


def test_a_statutory_term_in_a_workbook(book: Book) -> None:
    within(book, "2026-09-28", "2026-10-12")
    book.set("Calendar", "statutory")
    book.add("Term", Item="make-up day", Date="2026-10-10", Weekdays="Thu")
    school = read_school(book.save())
    # 1 to 7 October are off by decree; Saturday the 10th is worked as a Thursday.
    assert dict(service_dates(school.term)) == {
        date(2026, 9, 28): 1,
        date(2026, 9, 29): 2,
        date(2026, 9, 30): 3,
        date(2026, 10, 8): 4,
        date(2026, 10, 9): 5,
        date(2026, 10, 10): 4,
        date(2026, 10, 12): 1,
    }


def test_a_year_that_nobody_knows_yet(book: Book) -> None:
    row = within(book, "2026-12-01", "2031-01-15")
    book.set("Calendar", "statutory")
    (error,) = book.errors()
    assert error.startswith(
        f'sheet "Term", row {row}, column "To", value "2031-01-15": the statutory holidays are '
        "known for 2004 to 2026 but not for 2027 to 2031. For 2027-01-01 to 2031-01-15 give them "
        "in the term table: days off (New Year's Day 2027-01-01, Labour Day 2027-05-01, "
    )
    assert "Labour Day 2028-05-01, ...)" in error


def test_an_autumn_term_to_january(book: Book) -> None:
    row = within(book, "2026-12-01", "2027-01-15")
    book.set("Calendar", "statutory")
    (error,) = book.errors()
    assert error.startswith(f'sheet "Term", row {row}, column "To", value "2027-01-15": ')
    assert "For 2027-01-01 to 2027-01-15 give them" in error
    assert "days off (New Year's Day 2027-01-01) as rows" in error
    book.add("Term", Item="holiday", Date="2027-01-01")
    (warning,) = (text for text in book.warnings() if "without any slot" not in text)
    assert "taken as the term table says: holidays 2027-01-01 (Fri); make-up days none" in warning


def test_each_wrong_date_in_its_row(book: Book) -> None:
    within(book, "2026-09-01", "2026-10-30")
    off = book.add("Term", Item="cancelled day", Date="2026-09-05")
    run = book.add("Term", Item="cancelled day", Date="2026-10-30", To="2026-10-31")
    book.add("Term", Item="billing month", Date="2026-09-01", To="2026-09-29", Id="sep")
    second = book.add("Term", Item="billing month", Date="2026-09-29", To="2026-10-28", Id="oct")
    book.put("Students", 2, "Joins", "2026-08-30").put("Students", 3, "Leaves", "2026-10-31")
    book.put("Students", 4, "Joins", "2026-09-05").put("Students", 4, "Leaves", "2026-09-06")
    assert book.errors() == [
        'sheet "Term": these dates of service are in no billing month: 2026-10-29 (Thu); extend a '
        "billing month or add one.",
        f'sheet "Term", row {off}, column "Date", value "2026-09-05": 2026-09-05 is called off but '
        "there would be no service on it: give a date of service within the term, or delete it.",
        f'sheet "Term", row {run}, column "Date", value "2026-10-30": 2026-10-31 is called off but '
        "there would be no service on it: give a date of service within the term, or delete it.",
        f'sheet "Term", row {second}, column "To", value "2026-10-28": billing month \'oct\' '
        "overlaps 'sep' on 2026-09-29: a day belongs to one month only, change the dates.",
        'sheet "Students", row 2, column "Joins", value "2026-08-30": 2026-08-30 is outside the '
        "term 2026-09-01 to 2026-10-30: correct it, or leave it blank for the whole term.",
        'sheet "Students", row 3, column "Leaves", value "2026-10-31": 2026-10-31 is outside the '
        "term 2026-09-01 to 2026-10-30: correct it, or leave it blank for the whole term.",
        'sheet "Students", row 4, column "Leaves", value "2026-09-06": there is no date of service '
        "from 2026-09-05 to 2026-09-06: correct the dates of joining and leaving, or delete the "
        "student.",
    ]


def test_what_the_row_of_a_day_called_off_takes(book: Book) -> None:
    row = book.add("Term", Item="cancelled day", Weekdays="Tue")
    assert book.errors() == [
        f'sheet "Term", row {row}, column "Date", blank: this cannot be blank; expected a date '
        "such as 2026-09-01.",
        f'sheet "Term", row {row}, column "Weekdays", value "Tue": a \'cancelled day\' row does '
        "not take this: clear it.",
    ]


def test_an_unread_holiday_hides_no_wrong_join_and_invents_nothing(book: Book) -> None:
    within(book, "2026-09-01", "2026-10-30")
    book.add("Term", Item="holiday", Date="soon")
    book.add("Term", Item="cancelled day", Date="2026-09-05")
    book.put("Students", 2, "Joins", "2026-08-30")
    errors = book.errors()
    assert len(errors) == 2
    assert 'value "soon"' in errors[0]
    assert "2026-08-30 is outside the term" in errors[1]


@pytest.mark.parametrize("lost", ["term", "settings"])
def test_in_json_what_is_refused_as_a_whole_is_told_once(lost: str, tmp_path: Path) -> None:
    path = tmp_path / "school.json"
    write_school(tiny_school(term=TERM), path)
    key = '"first_date": "2026-09-14"' if lost == "term" else '"max_grade_span": 6'
    text = path.read_text("utf-8")
    assert text.count(key) == 1
    path.write_text(text.replace(key, key.replace('": ', '": "x", "old": ')), "utf-8")
    errors = inspect_school(path).errors
    assert len(errors) == 1
    assert f"{lost}." in errors[0].en
