# ruff: noqa: E501 (one case a line)
"""Each mistake a planner can make in a row is told with place, value and expectation."""

from typing import Any

import pytest

from optimizer.errors import InputError
from optimizer.files import inspect_school, read_school
from tests.files.books import Book


def test_the_example_is_clean(book: Book) -> None:
    found = inspect_school(book.save())
    assert found.errors == found.warnings == ()


def test_a_message_names_file_sheet_row_column_value_and_expectation(book: Book) -> None:
    path = book.put("Rooms", 3, "Seats", "many").save()
    (error,) = inspect_school(path).errors
    assert error.en == (
        f'{path}, sheet "Rooms", row 3, column "Seats", value "many": '
        "expected a whole number such as 30."
    )
    assert error.zh == (f"{path}，工作表“Rooms”，第 3 行，“Seats”列，值“many”：应为整数，如 30。")
    with pytest.raises(InputError) as raised:
        read_school(path)
    assert raised.value.messages == (error,)


# sheet, row, column, value put there -> the whole message after the file's name
ONE_CELL: list[tuple[str, int, str, Any, str]] = [
    # references, with the nearest valid id
    ("Wishes", 2, "Course id", "basketbal", "there is no course with id 'basketbal'; did you mean 'basketball'?"),
    ("Wishes", 2, "Teacher", "T99", "there is no teacher with id 'T99'; known: T01, T02"),
    ("Classes", 2, "Home room", "3O1", "there is no room with id '3O1'; did you mean '301'?"),
    ("Students", 4, "Class", "3B", "there is no class with id '3B'; did you mean '3A'?"),
    ("Students", 4, "Stay slots", "Tue1, Tue9", "there is no slot with id 'Tue9'; did you mean"),
    ("Students", 4, "Groups", "orphans", "there is no student group with id 'orphans'; known: "),
    ("Courses", 2, "Leaders", "T03, T33", "there is no teacher with id 'T33'; did you mean 'T03'?"),
    ("Policy", 2, "Stage", "primry", "there is no stage with id 'primry'; did you mean 'primary'?"),
    # clock times
    ("Slots", 2, "Start", "half four", "expected a clock time such as 16:30."),
    ("Slots", 2, "Start", "25:10", "expected a clock time such as 16:30."),
    ("Slots", 2, "Start", "16:75", "expected a clock time such as 16:30."),
    ("Slots", 2, "Start", 16.3, "expected a clock time such as 16:30."),
    ("Slots", 2, "Start", "16:", "expected a clock time such as 16:30."),
    ("Slots", 2, "End", "15:00", "the slot ends at 15:00, not after its start at 16:10: correct one of them."),
    ("Slots", 2, "Weekday", "Sat", "Sat is no service day (service days: Tue, Thu): move the slot"),
    ("Slots", 2, "Weekday", "Caturday", "expected a weekday such as Mon."),
    # money
    ("Teachers", 2, "Pay (yuan)", -5, "expected an amount in yuan, 0 or more, with at most two decimals"),
    ("Teachers", 2, "Pay (yuan)", 3.755, "expected an amount in yuan, 0 or more, with at most two decimals"),
    ("Teachers", 2, "Pay (yuan)", "-5", "expected an amount in yuan, 0 or more, with at most two decimals"),
    ("Teachers", 2, "Pay (yuan)", "fifty", "expected an amount in yuan, 0 or more, with at most two decimals"),
    ("Teachers", 2, "Pay (yuan)", True, "expected an amount in yuan, 0 or more, with at most two decimals"),
    # sizes
    ("Courses", 2, "Min size", 50, "the minimum size 50 is above the maximum size 20: correct one of them."),
    ("Courses", 5, "Min size", 0, "expected 1 or more."),
    ("Rooms", 2, "Seats", 2.5, "expected a whole number such as 30."),
    ("Students", 2, "Max clubs", -1, "expected 0 or more."),
    # grades
    ("Courses", 2, "Grades", "6-3", "the grade range runs backwards: write the lower grade first, such as 3-6."),
    ("Courses", 2, "Grades", "all of them", "expected grades such as 3-6 or 1, 2, 5."),
    ("Courses", 2, "Grades", "14", "expected 13 or less."),
    ("Courses", 2, "Grades", "7-9", "the school has none of the course's grades (7, 8, 9): correct them."),
    ("Classes", 2, "Grade", 9, "grade 9 belongs to no stage: add it to one in the stages table."),
    ("Courses", 2, "Grades", None, "no grades given: write them like 3-6."),
    # who and where
    ("Courses", 2, "Leaders", None, "nobody may lead this course: list the ids of teachers, at least 1."),
    ("Courses", 2, "Room features", "pool", "no room fits this course (needs pool)"),
    ("Courses", 2, "Slots", "none", "too few slots: a section takes 1 a week but the course may use only 0: add some."),
    # words
    ("Teachers", 2, "Kind", "boss", "expected one of own, other school, external, volunteer, provider."),
    ("Teachers", 2, "Cleared", "maybe", "expected yes or no."),
    ("Groups", 2, "Relief percent", 120, "expected 100 or less."),
    ("Groups", 2, "Relief percent", 1, "is 1% or 100% meant?"),
    ("Groups", 2, "Relief percent", 0.125, "expected a percentage such as 50%."),
    # ids and blanks
    ("Students", 3, "Student id", "S01", "id 'S01' is used twice; ids must be unique: rename or delete one. (first in row 2)"),
    ("Students", 3, "Student id", "S 02", "expected an id: letters or digits without spaces"),
    ("Students", 3, "Student id", "S" * 65, "expected at most 64 characters."),
    ("Rooms", 2, "Seats", None, "this cannot be blank; expected a whole number such as 30."),
    ("Students", 4, "Stay slots", "Tue1, Tue1", "'Tue1' is listed twice: delete one."),
    # term, locks and policy, whose rows are of several kinds
    ("Term", 2, "To", "2026-08-01", "the term ends on 2026-08-01, before it starts on 2026-09-01"),
    ("Term", 2, "Date", "2026-02-30", "expected a date such as 2026-09-01."),
    ("Term", 3, "To", "2026-09-30", "this is before the first date, or over a year later."),
    ("Term", 4, "Weekdays", "Mon", "the make-up day follows Mon, which is no service day: choose one of Tue, Thu."),
    ("Term", 4, "Weekdays", "Tue, Thu", "a make-up day follows exactly one weekday."),
    ("Term", 3, "Weekdays", "Tue", "a 'holiday' row does not take this: clear it."),
    ("Locks", 2, "Course id", None, "a 'section' row needs this: the id of a course."),
    ("Locks", 2, "Count", 2, "a 'section' row does not take this: clear it."),
    ("Policy", 2, "Value", None, "'latest end' needs a value."),
    ("Policy", 2, "Value", 18, "expected a clock time such as 16:30."),
    ("Policy", 3, "Value", "5", "'barred content' takes no value: clear it."),
    ("Policy", 3, "Waived", "yes", "'barred content' is hard and cannot be waived."),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "row", "column", "value", "said"), ONE_CELL)
def test_one_bad_cell(
    book: Book, sheet: str, row: int, column: str, value: object, said: str
) -> None:
    errors = book.put(sheet, row, column, value).errors()
    place = f'sheet "{sheet}", row {row}, column "{column}", '
    ours = [error for error in errors if error.startswith(place) and said in error]
    assert len(ours) == 1, errors
    found = ours[0].removeprefix(place).split(": ")[0]
    if value is None:
        assert found == "blank"
    elif isinstance(value, str) and len(value) < 60:
        assert found.startswith('value "')
        assert found[7:-1] in value
    assert "{" not in ours[0]


def test_a_barred_kind_of_provider(book: Book) -> None:
    book.put("Policy", 3, "Item", "barred provider").put("Policy", 3, "Subject", "firm")
    assert book.errors() == [
        'sheet "Policy", row 3, column "Subject", value "firm": '
        "expected one of public, non-subject, training firm, other body."
    ]
    assert book.put("Policy", 3, "Subject", "培训机构").errors() == []


@pytest.mark.parametrize("number_format", ["0%", "0.00%", '0.0"_" %', "[Red]0%"])
def test_a_percentage_typed_into_a_cell_shown_as_one(book: Book, number_format: str) -> None:
    column = book.column("Groups", "Relief percent")
    cell = book.sheet("Groups").cell(2, column)
    cell.number_format = number_format
    for typed, meant in ((1, 100), (0.5, 50), (0.01, 1), (0, 0)):
        cell.value = typed
        school = inspect_school(book.save()).school
        assert school is not None
        assert school.groups[0].relief_percent == meant
    cell.value = 1.2
    place = 'sheet "Groups", row 2, column "Relief percent", '
    assert book.errors() == [f'{place}value "120%": expected 100 or less.']
    cell.value = 0.125
    assert book.errors() == [f'{place}value "12.5%": expected a percentage such as 50%.']


def test_a_number_elsewhere_may_be_shown_as_a_percentage(book: Book) -> None:
    cell = book.sheet("Rooms").cell(2, book.column("Rooms", "Seats"))
    cell.number_format, cell.value = "0%", 45
    assert book.errors() == []


def test_too_few_who_may_lead(book: Book) -> None:
    book.put("Courses", 2, "Staff needed", 2).put("Teachers", 5, "Cleared", "no")
    assert book.errors() == [
        'sheet "Courses", row 2, column "Leaders", value "T03": '
        "a section needs 2 staff but only 1 cleared staff can lead it: list more.",
        'sheet "Courses", row 3, column "Leaders", value "T04": '
        "a section needs 1 staff but only 0 cleared staff can lead it: list more.",
    ]


def test_a_minimum_above_every_room(book: Book) -> None:
    book.put("Courses", 5, "Min size", 30).put("Courses", 5, "Max size", 30)
    assert book.errors() == [
        'sheet "Courses", row 5, column "Min size", value "30": '
        "the minimum size 30 is above the seats of every room that fits (most: 20)."
    ]


def test_wishes_twice_with_ties_and_with_gaps(book: Book) -> None:
    # S01 ranks calligraphy and coding; S02 coding, basketball and go.
    book.put("Wishes", 3, "Course id", "calligraphy").put("Wishes", 5, "Rank", 1)
    book.put("Wishes", 6, "Rank", 5)
    assert book.errors() == [
        'sheet "Wishes", row 3, column "Course id", value "calligraphy": student \'S01\' wishes '
        "for course 'calligraphy' twice: delete one row. (first in row 2)",
        'sheet "Wishes", row 5, column "Rank", value "1": student \'S02\' has two wishes of rank 1: '
        "ranks must be 1, 2, 3, ... each once. (first in row 4)",
        'sheet "Wishes", row 6, column "Rank", value "5": student \'S02\' has no wish of rank 2: '
        "ranks must be 1, 2, 3, ... without a gap.",
    ]


def test_a_student_who_stays_nowhere_but_wishes(book: Book) -> None:
    book.put("Students", 2, "Stay slots", None).put("Students", 3, "Max clubs", 0)
    assert book.errors() == [
        'sheet "Wishes", row 2, column "Student id", value "S01": '
        "student 'S01' wishes for clubs but stays at no slot: give slots or delete the wishes.",
        'sheet "Wishes", row 4, column "Student id", value "S02": '
        "student 'S02' has wishes but wants 0 clubs: give a number of 1 or more, or delete them.",
    ]


def test_stays_that_cannot_be(book: Book) -> None:
    book.put("Slots", 3, "Start", "16:30").put("Slots", 4, "Use", "clubs only")
    book.put("Slots", 5, "Grades", "4").put("Students", 2, "Club-only slots", "Tue2")
    told = [error for error in book.errors() if 'sheet "Students"' in error]
    # Whoever else stays at the same slots is counted, not listed.
    assert [error for error in told if "row 2," not in error] == []
    assert [error.split(": ", 1)[1].split(" The same for")[0] for error in told] == [
        "slot 'Tue2' is under both stay and club-only slots: keep one.",
        "slot 'Thu1' has clubs only and no base care: list it under club-only slots instead.",
        "the stay slots 'Tue1' and 'Tue2' overlap on the clock: delete one.",
        "slot 'Thu2' is not for grade 3 (it is for 4): change one of them.",
    ]


def test_settings_name_the_item_and_its_row(book: Book) -> None:
    book.set("Care max size", "lots").set("Budget sum (yuan)", "-1").set("School id", None)
    book.set("Tolerance", -3)
    errors = book.errors()
    assert [error.split(", ")[1:3] for error in errors] == [
        ["row 2", '"School id"'],
        ["row 15", '"Care max size"'],
        ["row 21", '"Budget sum (yuan)"'],
    ]
    assert errors[1].endswith('column "Value", value "lots": expected a whole number such as 30.')
    assert errors[0].endswith(", blank: this cannot be blank; expected an id: letters or digits "
                              "without spaces, commas or semicolons.")  # fmt: skip


def test_what_only_the_model_refuses_in_settings(book: Book) -> None:
    book.set("Tolerance", -3).set("Rank points", "5, -1").set("Policy id", "a b")
    errors = [error.split(", ", 3)[2:] for error in book.errors()]
    assert errors == [
        ['"Rank points"', 'column "Value", value "5, -1": expected 0 or more.'],
        ['"Tolerance"', 'column "Value", value "-3": expected 0 or more.'],
        ['"Policy id"', 'column "Value", value "a b": expected an id: letters or digits without '
         "spaces, commas or semicolons."],
    ]  # fmt: skip


def test_a_blank_that_counts_as_vetted(book: Book) -> None:
    book.add("Policy", Item="vetting required", Source="school board")
    assert book.warnings() == []
    (warning,) = book.put("Providers", 2, "Vetted", None).warnings()
    assert warning.startswith('sheet "Providers", column "Vetted"')
    assert "blank and counts as yes" in warning
