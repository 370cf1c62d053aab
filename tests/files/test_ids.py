# ruff: noqa: E501 (one case a line)
"""Ids as Excel keeps them, and as they look to a reader."""

from datetime import date, datetime
from pathlib import Path

import pytest

from models import School
from models.problems import nearest
from models.spelling import closest, key_of, likeness
from models.validation import find_broken_references
from optimizer.files import inspect_school, read_school, write_school
from optimizer.files.cells import Formatted, MonthDay, Share
from optimizer.files.example import example_school
from optimizer.files.formats import Format, as_shown, shape_of
from tests.builders import tiny_school
from tests.files.books import Book

EXAMPLE = example_school("en")


def read(book: Book) -> School:
    found = inspect_school(book.save())
    assert found.errors == ()
    assert found.warnings == ()
    assert found.school is not None
    return found.school


def renumber(book: Book, sheet: str, header: str, new: dict[object, object], form: str) -> None:
    """Put other ids in a column, with a number format."""
    column = book.column(sheet, header)
    for row in range(2, book.sheet(sheet).max_row + 1):
        cell = book.sheet(sheet).cell(row, column)
        if cell.value in new:
            cell.value = new[cell.value]  # type: ignore[assignment]
            cell.number_format = form


def test_numbers_are_read_as_their_format_shows_them(book: Book) -> None:
    new: dict[object, object] = {s.id: n for n, s in enumerate(EXAMPLE.students, 1)}
    renumber(book, "Students", "Student id", new, "0000")
    renumber(book, "Wishes", "Student id", new, '"0"000')
    renumber(book, "Locks", "Student id", new, "0000")
    school = read(book)
    assert [s.id for s in school.students[:2]] == ["0001", "0002"]
    assert {w.student for w in school.wishes} <= {s.id for s in school.students}


@pytest.mark.parametrize(("here", "there"), [("0000", "General"), ("General", "0000")])
def test_a_number_is_the_same_however_it_is_shown_elsewhere(
    book: Book, here: str, there: str
) -> None:
    new: dict[object, object] = {s.id: n for n, s in enumerate(EXAMPLE.students, 1)}
    renumber(book, "Students", "Student id", new, here)
    renumber(book, "Wishes", "Student id", new, there)
    renumber(book, "Locks", "Student id", new, there)
    assert read(book).students[0].id == ("0001" if here == "0000" else "1")


@pytest.mark.parametrize("form", ['m"月"d"日"', "m/d", "d-mmm", "[$-804]m-d;@"])
def test_a_class_that_became_a_date_is_read_back(book: Book, form: str) -> None:
    new: dict[object, object] = {
        c.id: date(2026, c.grade, n) for n, c in enumerate(EXAMPLE.classes, 1)
    }
    renumber(book, "Classes", "Class id", new, form)
    renumber(book, "Students", "Class", new, form)
    assert [c.id for c in read(book).classes] == [f"{d.month}-{d.day}" for d in new.values()]  # type: ignore[attr-defined]


def test_a_date_stands_for_the_id_that_is_known(book: Book) -> None:
    """3/1 was typed as text in one sheet and became a date in the other."""
    renumber(book, "Classes", "Class id", {EXAMPLE.classes[0].id: "3/1"}, "@")
    renumber(book, "Students", "Class", {EXAMPLE.classes[0].id: datetime(2026, 3, 1)}, "m/d")
    assert read(book).students[0].home_class == "3/1"


def test_ids_that_excel_has_spoilt_are_told_once_a_column(book: Book) -> None:
    new: dict[object, object] = {
        s.id: 110101201501011000 + n for n, s in enumerate(EXAMPLE.students)
    }
    renumber(book, "Students", "Student id", new, "0")
    book.sheet("Wishes").delete_rows(2, 100)
    book.sheet("Locks").delete_rows(2, 100)
    (error,) = book.errors()
    assert error.startswith('sheet "Students", row 2, column "Student id", value "110101201501011')
    assert "Excel keeps 15 digits" in error
    assert error.endswith("(rows 2-25)")


@pytest.mark.parametrize(
    ("value", "says"), [("1.10101E+17", "power of ten"), (date(2026, 3, 1), "date")]
)
def test_other_spoilt_ids(book: Book, value: object, says: str) -> None:
    (error,) = book.put("Groups", 3, "Group id", value).errors()
    assert says in error


def test_what_cannot_be_seen_does_not_count(book: Book) -> None:
    own = EXAMPLE.wishes[0].student
    book.put("Wishes", 2, "Student id", f"\ufeff{own[:2]}\u200b{own[2:]}\u202c\u00a0")
    book.put("Students", 3, "Class", f"{EXAMPLE.students[1].home_class}\u00ad")
    book.put("Rooms", 2, "Seats", "\u200b45")
    book.put("Courses", 3, "Name", "\u200b\ufeff")
    school = read(book)
    assert school.wishes == EXAMPLE.wishes
    assert school.students == EXAMPLE.students
    assert not school.courses[1].name


def test_full_width_twins_are_one_id(book: Book) -> None:
    own = EXAMPLE.classes[0].id
    wide = "".join(chr(ord(c) + 0xFEE0) for c in own)
    book.put("Classes", 2, "Class id", wide)
    school = read(book)
    assert school.classes[0].id == wide
    assert school.students[0].home_class == wide
    row = book.add("Classes", Class_id=own, Grade=3)
    (error,) = book.errors()
    assert error == (
        f'sheet "Classes", row {row}, column "Class id", value "{own}": id \'{own}\' is the same as '
        f"'{wide}' but for full-width letters or dashes: rename or delete one. (first in row 2)"
    )


def test_spellings() -> None:
    same = [
        ("三（1）班", "三(1)班"),
        ("Ａ１", "A1"),
        ("3–1", "3-1"),
        ("⼀班", "一班"),
        ("a\ufe0fb", "ab"),
        ("x\u00a0", "x"),
    ]
    assert all(key_of(a) == key_of(b) for a, b in same)
    assert key_of("3²") != key_of("32")
    assert key_of("班①") != key_of("班1")
    assert key_of("a") != key_of("A")


@pytest.mark.parametrize(
    ("value", "known", "meant"),
    [
        ("蓝球", ("足球", "篮球", "棒球", "网球", "排球"), "篮球"),
        ("象期", ("围棋", "象棋", "军棋"), "象棋"),
        ("书发", ("书法", "国画", "书画"), "书法"),
        ("未班", ("末班", "来班"), "末班"),
        ("志愿汇总", ("学生", "志愿", "学期"), "志愿"),
        ("basketbal", ("baseball", "basketball"), "basketball"),
    ],
)
def test_the_likeliest_is_suggested(value: str, known: tuple[str, ...], meant: str) -> None:
    assert closest(value, known) == [meant]
    assert nearest(value, known).zh == f"是否想写“{meant}”？"


def test_likeness_of_far_and_long_texts() -> None:
    assert likeness("abc", "xyz") == 0
    assert likeness("", "a") == 0
    assert likeness("x" * 5000, "x" * 5000) == 1
    assert closest("钢琴", ("篮球", "足球")) == []


def test_nothing_that_looks_the_same_is_suggested() -> None:
    """In JSON and in Python an id is taken as it stands."""
    school = tiny_school()
    wish = school.wishes[0].model_copy(update={"course": "ｃhess"})
    broken = school.model_copy(update={"wishes": (wish, *school.wishes[1:])})
    problem = find_broken_references(broken)[0]
    assert "did you mean" not in problem.text.en
    assert "full-width" in problem.text.en


def test_letters_of_another_alphabet_are_told_as_such(book: Book) -> None:
    book.put("Wishes", 2, "Course id", EXAMPLE.courses[0].id.replace("a", "а"))
    (error,) = book.errors()
    assert "did you mean" not in error
    assert f"it looks like '{EXAMPLE.courses[0].id}'" in error


@pytest.mark.parametrize(
    ("code", "shape"),
    [
        ("0000", Format(digits=4)),
        ('"S"0000', Format("S", 4)),
        ('0000"号"', Format(digits=4, after="号")),
        ("00000;[Red]-00000", Format(digits=5)),
        ("0.00", Format(digits=1, decimals=2)),
        *[(code, None) for code in ("General", "@", "0", "#,##0", "yyyy-mm-dd", "h:mm", "mmm-yy", "0.0E+00", "# ?/?")],
        *[(code, Share) for code in ("0%", "0.0%")],
        *[(code, MonthDay) for code in ('m"月"d"日"', "d-mmm", "m/d", "[$-804]m-d;@")],
    ],
)  # fmt: skip
def test_formats(code: str, shape: object) -> None:
    assert shape_of(200, code) == shape


def test_what_formats_show() -> None:
    four = Format("S", 4)
    shown = as_shown(7.0, four)
    assert isinstance(shown, Formatted)
    assert (shown.written, shown) == ("S0007", 7.0)
    assert as_shown("x", four) == "x"
    assert as_shown(-7.0, four) == -7.0
    assert as_shown(3.1, Format("", 1, 2)).written == "3.10"  # type: ignore[union-attr]
    assert as_shown(3.0, Format("", 1, 2)).written == "3"  # type: ignore[union-attr]


def test_json_ids_may_hold_what_cannot_be_seen(tmp_path: Path) -> None:
    school = tiny_school()
    text = school.model_dump_json().replace('"student":"s31"', '"student":"s31\\u200b"')
    (tmp_path / "a.json").write_text(text, "utf-8")
    assert read_school(tmp_path / "a.json") == school


def test_names_are_suggested_where_ids_are_asked_for(book: Book) -> None:
    book.put("Courses", 2, "Name", "象棋").put("Wishes", 2, "Course id", "象期")
    (error,) = book.errors()
    assert error.endswith(f"did you mean '{EXAMPLE.courses[0].id}' (象棋)?")


def test_students_are_never_named(book: Book) -> None:
    book.put("Wishes", 2, "Student id", EXAMPLE.students[0].name)
    (error,) = book.errors()
    assert "did you mean" not in error


@pytest.mark.parametrize(
    ("own", "other"), [("3月1日", "3-1"), ("1-Mar", "3-1"), ("01-mar", "3月1日")]
)
def test_a_class_that_became_a_date_on_its_way_through_csv(
    tmp_path: Path, own: str, other: str
) -> None:
    write_school(EXAMPLE, tmp_path / "csv", "en")
    for name, written in (("Classes", own), ("Students", other)):
        file = tmp_path / "csv" / f"{name}.csv"
        file.write_text(
            file.read_text("utf-8-sig").replace(EXAMPLE.classes[0].id, written), "utf-8"
        )
    school = read_school(tmp_path / "csv")
    assert school.classes[0].id == school.students[0].home_class == "3-1"
