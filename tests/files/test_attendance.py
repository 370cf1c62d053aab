"""Attendance from CSV, workbook and JSON: the same records, every mistake named by its row."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from time import process_time
from typing import Any

import pytest
import xlsxwriter
from openpyxl import Workbook

from models import Student
from models.attendance import Absence, Attendance, Cancelled, Joining, Leaving, Substitute
from optimizer.errors import InputError
from optimizer.files import read_attendance
from tests.tiny import tiny_school

SCHOOL = tiny_school()
ZH = ("类型", "日期", "学号", "时段", "教师", "代课教师", "班组", "请假条")
EN = ("Kind", "Date", "Student id", "Slot", "Teacher", "Substitute", "Group", "Leave note")
ROWS: tuple[tuple[Any, ...], ...] = (
    ("缺席", "2026-03-02", "s31", "mon1", "", "", "", "是"),
    ("absence", "2026/3/3", "s32", "", "", "", "", ""),
    ("加入", "2026年3月4日", "s33", "", "", "", "", ""),
    ("exit", "2026-03-05", "s34", "", "", "", "", ""),
    ("代课", "2026-03-09", "", "mon2", "t1", "t2", "", ""),
    ("取消", "2026-03-10", "", "tue1", "", "", "art-1", ""),
    ("cancelled", "2026-03-10", "", "", "", "", "", ""),
)
RECORDS = Attendance(
    absences=(
        Absence(2, "s31", date(2026, 3, 2), "mon1", note=True),
        Absence(3, "s32", date(2026, 3, 3)),
    ),
    joinings=(Joining(4, "s33", date(2026, 3, 4)),),
    leavings=(Leaving(5, "s34", date(2026, 3, 5)),),
    substitutes=(Substitute(6, date(2026, 3, 9), "mon2", "t1", "t2"),),
    cancelled=(
        Cancelled(7, date(2026, 3, 10), "tue1", "art-1"),
        Cancelled(8, date(2026, 3, 10)),
    ),
)
Rows = Sequence[Sequence[Any]]


def csv_file(path: Path, header: Sequence[str], rows: Rows, encoding: str = "utf-8") -> Path:
    lines = [",".join(map(str, cells)) for cells in (header, *rows)]
    path.write_text("\n".join(lines) + "\n", encoding)
    return path


def workbook(path: Path, header: Sequence[str], rows: Rows, *titles: str) -> Path:
    """Write the rows to the first sheet; further sheets hold a title."""
    book = Workbook()
    first, *others = titles or ("考勤",)
    sheet = book.worksheets[0]
    sheet.title = first
    for cells in (header, *rows):
        sheet.append([None if cell == "" else cell for cell in cells])
    for title in others:
        book.create_sheet(title).append(["Summary"])
    book.save(path)
    return path


def json_file(path: Path, records: object) -> Path:
    path.write_text(json.dumps(records, ensure_ascii=False), "utf-8")
    return path


def objects(header: Sequence[str], rows: Rows) -> list[dict[str, Any]]:
    """Give rows as JSON objects, without blank cells."""
    return [
        {k: v for k, v in zip(header, cells, strict=True) if v not in {"", None}} for cells in rows
    ]


def errors(path: Path, lang: str = "en") -> list[str]:
    """Read and give the messages without the file's name."""
    with pytest.raises(InputError) as raised:
        read_attendance(path, SCHOOL)
    said = [text.say("zh" if lang == "zh" else "en") for text in raised.value.messages]
    return [line.removeprefix(str(path)).lstrip(",:： ，") for line in said]


def bad(tmp_path: Path, *rows: Sequence[Any], header: Sequence[str] = EN) -> list[str]:
    return errors(csv_file(tmp_path / "a.csv", header, rows))


def counted_from_one(records: Attendance) -> Attendance:
    """Count the rows without a header."""

    def moved(kind: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(one._replace(row=one.row - 1) for one in kind)

    return Attendance(*map(moved, records))


@pytest.mark.parametrize("header", [ZH, EN])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_csv(header: Sequence[str], encoding: str, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", header, ROWS, encoding)
    assert read_attendance(path, SCHOOL) == RECORDS
    assert read_attendance(str(path), SCHOOL) == RECORDS


@pytest.mark.parametrize("header", [ZH, EN])
def test_a_workbook(header: Sequence[str], tmp_path: Path) -> None:
    assert read_attendance(workbook(tmp_path / "a.xlsx", header, ROWS), SCHOOL) == RECORDS


@pytest.mark.parametrize("header", [ZH, EN])
def test_json_counts_from_one(header: Sequence[str], tmp_path: Path) -> None:
    path = json_file(tmp_path / "a.json", objects(header, ROWS))
    assert read_attendance(path, SCHOOL) == counted_from_one(RECORDS)


def test_json_values_of_json(tmp_path: Path) -> None:
    absence = {"kind": "absence", "day": "2026-03-02", "student": "s31"}
    records = [{**absence, "note": True, "slot": None}, {**absence, "note": False}]
    found = read_attendance(json_file(tmp_path / "a.json", records), SCHOOL)
    assert found.absences == (
        Absence(1, "s31", date(2026, 3, 2), None, note=True),
        Absence(2, "s31", date(2026, 3, 2), None, note=False),
    )
    assert read_attendance(json_file(tmp_path / "b.json", []), SCHOOL) == Attendance()


def test_columns_in_any_order_with_some_that_are_not_read(tmp_path: Path) -> None:
    header = ("备注", "Date", "姓名", "学号", "类型")
    rows = [("生病", "2026-03-02", "小明", "s31", "缺席"), ("", "2026-03-03", "", "s32", "退出")]
    found = read_attendance(csv_file(tmp_path / "a.csv", header, rows), SCHOOL)
    assert found == Attendance(
        absences=(Absence(2, "s31", date(2026, 3, 2)),),
        leavings=(Leaving(3, "s32", date(2026, 3, 3)),),
    )


def test_rows_are_counted_as_excel_shows_them(tmp_path: Path) -> None:
    blank = ("",) * len(EN)
    rows = (blank, ROWS[0], blank, ROWS[1])
    for path in (
        csv_file(tmp_path / "a.csv", EN, rows),
        workbook(tmp_path / "a.xlsx", EN, rows),
    ):
        assert [one.row for one in read_attendance(path, SCHOOL).absences] == [3, 5]


def test_no_records(tmp_path: Path) -> None:
    assert read_attendance(csv_file(tmp_path / "a.csv", EN, ()), SCHOOL) == Attendance()
    assert read_attendance(workbook(tmp_path / "a.xlsx", EN, ()), SCHOOL) == Attendance()


def test_cells_as_excel_keeps_them(tmp_path: Path) -> None:
    students = tuple(
        Student(id=name, name="", home_class="c3") for name in ("1", "101", "ＡＢ", "CD")
    )
    school = tiny_school(students=students, wishes=())
    rows = [
        ("absence", date(2026, 3, 2), 101.0, "", "", "", "", True),
        ("absence", datetime(2026, 3, 3), 1, "", "", "", "", 0),
        ("ａｂｓｅｎｃｅ", " 2026-03-04 ", "AB", "", "", "", "", "√"),
        ("Absence ", "2026.3.5", "ＣＤ", "", "", "", "", "×"),
    ]
    found = read_attendance(workbook(tmp_path / "a.xlsx", EN, rows), school)
    assert [(a.student, a.day.day, a.note) for a in found.absences] == [
        ("101", 2, True),
        ("1", 3, False),
        ("ＡＢ", 4, True),
        ("CD", 5, False),
    ]


def test_which_sheet_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    for titles in (("Sheet1",), ("attendance", "Notes"), ("考勤", "说明", "Sheet2")):
        assert read_attendance(workbook(path, EN, ROWS, *titles), SCHOOL) == RECORDS
    assert errors(workbook(path, EN, ROWS, "September", "October")) == [
        "no sheet is called 'Attendance' (in Chinese 考勤) and there is not just one: rename the "
        "one that holds the attendance."
    ]
    assert errors(workbook(path, EN, ROWS, "考勤", "Attendance")) == [
        "the sheets '考勤' and 'Attendance' both hold attendance: merge or delete one."
    ]


BAD: list[tuple[str, tuple[Any, ...], list[str]]] = [
    (
        "an unknown kind",
        ("late", "2026-03-02", "s31", "", "", "", "", ""),
        [
            '"Kind", value "late": expected one of absence, leave, join, exit, substitute, '
            "cancelled."
        ],
    ),
    (
        "no kind",
        ("", "2026-03-02", "s31", "", "", "", "", ""),
        [
            '"Kind", blank: this cannot be blank; expected one of absence, leave, join, exit, '
            "substitute, cancelled."
        ],
    ),
    (
        "a day that the calendar does not have",
        ("absence", "2026-02-30", "s31", "", "", "", "", ""),
        ['"Date", value "2026-02-30": expected a date such as 2026-09-01 or 9/1.'],
    ),
    (
        "no date",
        ("exit", "", "s31", "", "", "", "", ""),
        ['"Date", blank: this cannot be blank; expected a date such as 2026-09-01 or 9/1.'],
    ),
    (
        "an absence of nobody",
        ("absence", "2026-03-02", "", "mon1", "", "", "", "yes"),
        ["\"Student id\", blank: a 'absence' row needs this: the id of a student."],
    ),
    (
        "a joining with what it does not take",
        ("join", "2026-03-02", "s31", "mon9", "t1", "", "", "yes"),
        [
            '"Slot", value "mon9": a \'join\' row does not take this: clear it.',
            '"Teacher", value "t1": a \'join\' row does not take this: clear it.',
            '"Leave note", value "yes": a \'join\' row does not take this: clear it.',
        ],
    ),
    (
        "a substitute for nobody at no time",
        ("substitute", "2026-03-02", "", "", "", "t2", "", ""),
        [
            "\"Slot\", blank: a 'substitute' row needs this: the id of a slot.",
            "\"Teacher\", blank: a 'substitute' row needs this: the id of a teacher.",
        ],
    ),
    (
        "something called off for one student",
        ("cancelled", "2026-03-02", "s31", "", "", "", "chess-1", ""),
        ['"Student id", value "s31": a \'cancelled\' row does not take this: clear it.'],
    ),
    (
        "a note that is neither there nor not",
        ("absence", "2026-03-02", "s31", "", "", "", "", "perhaps"),
        ['"Leave note", value "perhaps": expected yes or no.'],
    ),
    (
        "an unknown student",
        ("absence", "2026-03-02", "s311", "", "", "", "", ""),
        ["\"Student id\", value \"s311\": there is no student with id 's311'; did you mean 's31'?"],
    ),
    (
        "unknown staff at an unknown slot",
        ("substitute", "2026-03-02", "", "mon3", "t7", "x", "", ""),
        [
            "\"Slot\", value \"mon3\": there is no slot with id 'mon3'; did you mean 'mon1'?",
            "\"Teacher\", value \"t7\": there is no teacher with id 't7'; did you mean 't1'?",
            '"Substitute", value "x": there is no teacher with id \'x\'; known: t1, t2, t3, t4, '
            "t5.",
        ],
    ),
    (
        "several mistakes in one row",
        ("absence", "soon", "s99", "mon8", "", "", "", "perhaps"),
        [
            '"Date", value "soon": expected a date such as 2026-09-01 or 9/1.',
            '"Leave note", value "perhaps": expected yes or no.',
            '"Student id", value "s99": there is no student with id \'s99\'; known: s31, '
            "s32, s33, s34, s41, s42, s43, s44, ....",
            "\"Slot\", value \"mon8\": there is no slot with id 'mon8'; did you mean 'mon1'?",
        ],
    ),
]


@pytest.mark.parametrize(("row", "said"), [case[1:] for case in BAD], ids=[c[0] for c in BAD])
def test_a_bad_row(row: tuple[Any, ...], said: list[str], tmp_path: Path) -> None:
    expected = [f"row 2, column {text}" for text in said]
    assert errors(csv_file(tmp_path / "a.csv", EN, [row])) == expected
    in_sheet = [f'sheet "Attendance", {text}' for text in expected]
    assert errors(workbook(tmp_path / "a.xlsx", EN, [row], "Attendance")) == in_sheet


@pytest.mark.parametrize(("row", "said"), [case[1:] for case in BAD], ids=[c[0] for c in BAD])
def test_a_bad_record_in_json(row: tuple[Any, ...], said: list[str], tmp_path: Path) -> None:
    found = errors(json_file(tmp_path / "a.json", objects(EN, [row])))
    # What no record has is named in both languages.
    names = {en: f"{zh} {en}" for zh, en in zip(ZH, EN, strict=True)}
    for name in [name for name, cell in zip(EN, row, strict=True) if cell == ""]:
        said = [text.replace(f'"{name}"', f'"{names[name]}"') for text in said]
    said = [text.replace('"类型 Kind"', '"Kind"').replace('"日期 Date"', '"Date"') for text in said]
    assert found == [f"row 1, column {text}" for text in said]


def test_every_bad_row_at_once_and_no_good_one(tmp_path: Path) -> None:
    rows = [row for case in BAD for row in (ROWS[0], case[1])]
    found = bad(tmp_path, *rows)
    assert len(found) == sum(len(case[2]) for case in BAD)
    at = [int(line.split(",")[0].removeprefix("row ")) for line in found]
    assert at == [2 * n + 3 for n, case in enumerate(BAD) for _ in case[2]]


def test_chinese_messages(tmp_path: Path) -> None:
    rows = [
        ("缺席", "2026-03-02", "s311", "", "", "", "", ""),
        ("加入", "", "s31", "", "", "", "", ""),
    ]
    assert errors(csv_file(tmp_path / "a.csv", ZH, rows), "zh") == [
        "第 2 行，“学号”列，值“s311”：没有编号为“s311”的学生；是否想写“s31”？",
        "第 3 行，“日期”列，空白：不能空白；应为日期，如 2026-09-01 或 9月1日。",
    ]


def test_columns_that_are_missing_unknown_or_twice(tmp_path: Path) -> None:
    header = ("Date", "Student", "Leave notes", "student id", "")
    assert bad(tmp_path, ("2026-03-02", "s31", "yes", "s31", "x"), header=header) == [
        "row 1, column \"student id\": this is the same column as 'Student': delete one.",
        "row 1: the required column 'Kind' (in Chinese 类型) is missing: add it to the header row.",
        "row 1, column \"Leave notes\": unknown column, not read; did you mean 'Leave note'? "
        "Correct the header, or delete the column.",
        "row 1: column E holds something but has no header and was not read: name or clear it.",
    ]


def test_a_file_without_anything(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("\n\n", "utf-8")
    assert [line.split(" is missing")[0] for line in errors(tmp_path / "a.csv")] == [
        "row 1: the required column 'Kind' (in Chinese 类型)",
        "row 1: the required column 'Date' (in Chinese 日期)",
    ]


def test_unknown_keys_and_records_that_are_none_in_json(tmp_path: Path) -> None:
    record = {"kind": "absence", "day": "2026-03-02", "student": "s31"}
    records = [record, "s31", {**record, "slot": ["mon1"]}, {**record, "slots": "mon1"}, {}]
    assert errors(json_file(tmp_path / "a.json", records)) == [
        "column \"slots\": unknown column, not read; did you mean 'Slot'? Correct the header, "
        "or delete the column.",
        "row 2: expected an object { } for each record.",
        'row 3, column "slot": expected a text, a number, true or false.',
    ]
    assert errors(json_file(tmp_path / "b.json", [{"student": "s31"}])) == [
        'row 1, column "Kind", blank: this cannot be blank; expected one of absence, leave, join, '
        "exit, substitute, cancelled.",
        'row 1, column "Date", blank: this cannot be blank; expected a date such as 2026-09-01 or '
        "9/1.",
    ]
    assert errors(json_file(tmp_path / "c.json", {"absences": []})) == [
        "expected a list [ ] on the outside, with an object { } for each record."
    ]


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    assert errors(tmp_path / "none.csv") == ["there is no such file or folder."]
    (tmp_path / "a.txt").write_text("Kind", "utf-8")
    formats = "unknown format: attendance comes as .csv, .xlsx or .json."
    assert errors(tmp_path / "a.txt") == [formats]
    assert errors(tmp_path) == [formats]
    (tmp_path / "empty.csv").write_bytes(b"")
    assert errors(tmp_path / "empty.csv") == ["the file is empty."]
    (tmp_path / "b.xlsx").write_text("Kind,Date", "utf-8")
    assert "not an .xlsx workbook but a text file" in errors(tmp_path / "b.xlsx")[0]
    assert "cannot be read" in errors(tmp_path / f"{'x' * 300}.csv")[0]


def test_formulas_without_a_result_and_merged_cells(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(EN)
    sheet.append(["absence", "2026-03-02", '=CONCAT("s",31)'])
    sheet.append(["absence", "2026-03-02", "s31"])
    sheet.append(["absence", "2026-03-03"])
    sheet.merge_cells("C3:C4")
    book.save(tmp_path / "a.xlsx")
    assert errors(tmp_path / "a.xlsx") == [
        'sheet "Sheet", row 2, column "Student id", value "=?": the cell holds an Excel error or a '
        "formula without a result; expected the id of a student: correct the formula or type the "
        "value.",
        'sheet "Sheet", row 3: the cells C3:C4 are merged: unmerge them and fill in every row.',
    ]


def _large() -> list[tuple[str, ...]]:
    """Make 100,000 absences of 5,000 students."""
    return [
        (
            "缺席",
            f"2026-03-{n % 12 + 2:02d}",
            f"S{n * 7919 % 5000:05d}",
            ("mon1", "mon2", "tue1", "tue2", "")[n % 5],
            ("是", "否", "")[n % 3],
        )
        for n in range(100_000)
    ]


@pytest.mark.slow
def test_a_hundred_thousand_lines(tmp_path: Path) -> None:
    students = tuple(Student(id=f"S{n:05d}", name="", home_class="c3") for n in range(5000))
    school = tiny_school(students=students, wishes=())
    header, rows = ("类型", "日期", "学号", "时段", "请假条"), _large()
    path = csv_file(tmp_path / "a.csv", header, rows)
    started = process_time()
    found = read_attendance(path, school)
    # One to two seconds on a machine of its own; the figure asked for is four.
    assert process_time() - started < 8
    assert len(found.absences) == 100_000
    assert found.absences[0] == Absence(2, "S00000", date(2026, 3, 2), "mon1", note=True)
    assert found.absences[-1] == Absence(100_001, "S02081", date(2026, 3, 5), None, note=True)
    assert sum(absence.note for absence in found.absences) == 33_334
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx", {"constant_memory": True})
    sheet = book.add_worksheet("考勤")
    for number, cells in enumerate((header, *rows)):
        sheet.write_row(number, 0, cells)
    book.close()
    assert read_attendance(tmp_path / "a.xlsx", school) == found


@pytest.mark.slow
def test_the_attendance_of_another_school(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", ("类型", "日期", "学号", "时段", "请假条"), _large())
    found = errors(path)
    assert len(found) == 100_000
    assert found[0].startswith('row 2, column "学号", value "S00000": there is no student with id')
    assert found[-1] == (
        'row 100001, column "学号", value "S02081": there is no student with id \'S02081\'; check '
        "the id."
    )
