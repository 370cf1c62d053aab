"""Attendance sheets with marks: the blank file filled in, rosters filled in, every mistake told."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from models import Plan, School
from models.attendance import Absence, Attendance, Cancelled, Joining
from models.calendar import service_dates
from optimizer.errors import InputError
from optimizer.files import Roster, RowName, read_attendance, write_attendance
from optimizer.files.cells import UnreadableError
from optimizer.files.marks import LEGEND, MARKS, Mark, TermDate, mark_of
from optimizer.files.scalars import Context
from optimizer.report import rosters_to_fill, write_plan_workbook
from tests.tiny import tiny_plan, tiny_school

SCHOOL = tiny_school()
PLAN = tiny_plan(SCHOOL)
MON, TUE = date(2026, 3, 2), date(2026, 3, 3)


@pytest.fixture(scope="module", params=["zh", "en"])
def blank(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("blank") / "考勤.xlsx"
    rosters = [Roster(*one) for one in rosters_to_fill(SCHOOL, PLAN, request.param)]
    write_attendance(path, rosters, service_dates(SCHOOL.term), request.param)
    return path


def dates(sheet: Worksheet, row: int) -> dict[date, int]:
    """Give the dates of a header and the places of their columns."""
    values = [cell.value for cell in sheet[row]]
    return {v.date(): n for n, v in enumerate(values) if isinstance(v, datetime)}


def filled(blank: Path, target: Path, marks: Mapping[tuple[str, str, date], Any]) -> Path:
    """Put marks into the cells of a group, a student ("" to call off) and a date."""
    book = load_workbook(blank)
    sheet = book.worksheets[0]
    days = dates(sheet, 4)
    rows = {(row[0].value, row[3].value or ""): row for row in sheet.iter_rows(min_row=5)}
    for (group, student, day), mark in marks.items():
        rows[group, student][days[day]].value = mark
    book.save(target)
    return target


def records(path: Path, school: School = SCHOOL, plan: Plan | None = PLAN) -> Attendance:
    return read_attendance(path, school, None, plan)


def what(found: Attendance) -> set[tuple[Any, ...]]:
    """Give the records without the numbers of their rows."""
    return {tuple(one)[1:] for kind in found for one in kind}


def errors(path: Path) -> list[str]:
    with pytest.raises(InputError) as raised:
        records(path)
    return [text.en.removeprefix(f"{path}, ") for text in raised.value.messages]


def test_a_blank_file_says_nothing(blank: Path) -> None:
    assert records(blank) == Attendance()
    book = load_workbook(blank)
    sheet = book.worksheets[0]
    assert sheet["C1"].value in LEGEND
    groups = [row[0].value for row in sheet.iter_rows(min_row=5)]
    assert list(dict.fromkeys(groups)) == [
        *("chess-1", "art-1", "choir-1"),
        *("care-mon1", "care-mon2", "care-tue1", "care-tue2"),
    ]
    # A row to call it off, and one a student.
    assert groups.count("care-mon1") == 10
    assert list(dates(sheet, 4)) == list(service_dates(SCHOOL.term))


def test_marks_come_back(blank: Path, tmp_path: Path) -> None:
    path = filled(
        blank,
        tmp_path / "a.xlsx",
        {
            ("chess-1", "s31", MON): "缺",
            ("chess-1", "s33", MON): "√",
            ("care-mon1", "s33", MON): "△",
            ("art-1", "s41", TUE): "leave",
            ("care-tue1", "s52", TUE): "请假（无假条）",
            ("choir-1", "", TUE): "×",
        },
    )
    assert what(records(path)) == {
        ("s31", MON, "mon2", False),
        ("s33", MON, "mon1", True),
        ("s41", TUE, "tue1", True),
        ("s41", TUE, "tue2", True),
        ("s52", TUE, "tue1", False),
        (TUE, None, "choir-1"),
    }


def test_the_list_beside_the_months(blank: Path, tmp_path: Path) -> None:
    path = filled(blank, tmp_path / "a.xlsx", {("chess-1", "s31", MON): "x"})
    book = load_workbook(path)
    sheet = book.worksheets[-1]
    heads = [cell.value for cell in sheet[1]]
    assert sheet.title in {"考勤", "Attendance"}
    row = [""] * len(heads)
    row[0], row[1], row[2] = "加入", "3月9日", "s52"
    sheet.append([cell or None for cell in row])
    book.save(path)
    found = records(path)
    assert found.joinings == (Joining(2, "s52", date(2026, 3, 9)),)
    assert len(found.absences) == 1
    sheet.append(["absence", "2026-03-02", "s31"])
    book.save(path)
    (error,) = errors(path)
    assert "row 3" in error
    assert "s31" in error


def test_every_mistake_with_sheet_row_and_column(blank: Path, tmp_path: Path) -> None:
    path = filled(
        blank,
        tmp_path / "a.xlsx",
        {
            ("chess-1", "s31", TUE): "缺",
            ("chess-1", "s33", MON): "也许",
            ("chess-1", "", MON): "也许",
        },
    )
    book = load_workbook(path)
    sheet = book.worksheets[0]
    last = sheet.max_row
    ahead = [None] * 5
    for group, student, *marks in (
        ("chess-1", "s52", "缺"),
        ("chess-2", "s31", "缺"),
        ("chess-1", "s99", "缺"),
        ("chess-1", "s42", "缺"),
        ("chess-1", "s42", "缺"),
    ):
        sheet.append([group, *ahead[:2], student, *ahead[:2], *marks])
    book.save(path)
    found = errors(path)
    assert [line.split(":")[0].split(", ", 1)[1] for line in found] == [
        'row 5, column "3/2", value "也许"',
        'row 6, column "3/3", value "缺"',
        'row 7, column "3/2", value "也许"',
        f'row {last + 1}, column "3/2", value "缺"',
        f'row {last + 2}, column "班组编号", value "chess-2"',
        f'row {last + 3}, column "学号", value "s99"',
        f'row {last + 5}, column "3/2", value "缺"',
    ]
    assert "did you mean 'chess-1'" in found[4]
    assert f"row {last + 4}" in found[6]


def test_what_the_records_contradict_is_told_at_the_mark(blank: Path, tmp_path: Path) -> None:
    path = filled(blank, tmp_path / "a.xlsx", {("chess-1", "s31", MON): "缺"})

    def also(found: Attendance, _: object) -> list[tuple[int, Any]]:
        return [(one.row, LEGEND) for one in found.absences]

    with pytest.raises(InputError) as raised:
        read_attendance(path, SCHOOL, also, PLAN)
    assert 'row 6, column "3/2", value "缺"' in raised.value.messages[0].en


def test_what_another_record_says_is_named_with_its_sheet(blank: Path, tmp_path: Path) -> None:
    """A row of the list and one of the marks have the same number, or a mark has none."""
    path = filled(blank, tmp_path / "a.xlsx", {("chess-1", "s31", MON): "缺"})
    book = load_workbook(path)
    title = next(name for name in book.sheetnames if name in {"考勤", "Attendance"})
    sheet = book[title]
    assert isinstance(sheet, Worksheet)
    sheet.append(["absent", str(MON), "s32", "mon2"])
    row = sheet.max_row
    book.save(path)

    def also(found: Attendance, name: RowName) -> list[tuple[int, Any]]:
        return [(one.row, name(one.row)) for one in found.absences]

    with pytest.raises(InputError) as raised:
        read_attendance(path, SCHOOL, also, PLAN)
    told = [text.en for text in raised.value.messages]
    assert len(told) == 2
    assert told[0].endswith(f'sheet "{title}", row {row}: sheet "{title}", row {row}')
    assert 'row 6, column "3/2", value "缺": sheet "' in told[1]
    assert told[1].endswith('", row 6')


def test_the_rosters_of_the_plan_filled_in(tmp_path: Path) -> None:
    """As they are printed: no group ids, real dates, several rosters on a sheet."""
    path = tmp_path / "plan.xlsx"
    write_plan_workbook(SCHOOL, PLAN, path)
    book = load_workbook(path)
    for title, student in (("国际象棋", "s31"), ("托管签到 周一1", "s33")):
        sheet = book[title]
        assert isinstance(sheet, Worksheet)
        header = next(n for n in range(1, 9) if dates(sheet, n))
        column = dates(sheet, header)[MON]
        (mine,) = (r for r in sheet.iter_rows(min_row=header + 1) if r[1].value == student)
        mine[column].value = "×"
        present = next(r for r in sheet.iter_rows() if r[0].value == "出勤人数")
        present[column].value = 3
    book.save(path)
    assert what(records(path)) == {("s31", MON, "mon2", False), ("s33", MON, "mon1", False)}


def grid(path: Path, header: Sequence[Any], *rows: Sequence[Any], encoding: str = "gbk") -> Path:
    text = StringIO()
    csv.writer(text).writerows([header, *rows])
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def test_a_csv_in_gbk_with_names_and_short_dates(tmp_path: Path) -> None:
    path = grid(
        tmp_path / "a.csv",
        ("班组", "姓名", "班级", "3月2日", "3/9（周一）", "2026-03-03"),
        ("chess-1", "Pupil 31", "3(1)", "缺", "病假", ""),
        ("国际象棋", "Pupil 42", "四年级1班", "", "√", ""),
    )
    assert what(records(path)) == {
        ("s31", MON, "mon2", False),
        ("s31", date(2026, 3, 9), "mon2", True),
    }


def test_a_month_saved_as_csv(tmp_path: Path) -> None:
    """With title, legend and weekdays above the header, as Excel saves the sheet."""
    path = tmp_path / "3月.csv"
    lines = [
        ("2026年3月", "", LEGEND.zh),
        ("每格填一个标记",),
        ("", "", "", "", "", "", "周一", "周二"),
        ("班组编号", "班组", "时间", "学号", "姓名", "班级", "3/2", "3/3"),
        ("chess-1", "国际象棋", "周一", "", "本次取消", "", "", ""),
        ("chess-1", "国际象棋", "周一", "s31", "Pupil 31", "3(1)", "△", ""),
    ]
    grid(path, *lines)
    assert what(records(path)) == {("s31", MON, "mon2", True)}


def test_a_table_without_groups_is_known_by_its_students(tmp_path: Path) -> None:
    header = ("学号", "3/2")
    rows = [("s31", "x"), ("s33", ""), ("s42", ""), ("s54", "假")]
    path = grid(tmp_path / "a.csv", header, *rows)
    assert what(records(path)) == {("s31", MON, "mon2", False), ("s54", MON, "mon2", True)}
    (error,) = errors(grid(tmp_path / "b.csv", header, ("s31", "x")))
    assert "Group id" in error


def test_marks_need_the_plan(blank: Path) -> None:
    with pytest.raises(InputError, match="plan"):
        records(blank, plan=None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-09", (3, 9)),
        ("3月9日", (3, 9)),
        ("3/9", (3, 9)),
        ("03-09", (3, 9)),
        ("3.9", (3, 9)),
        ("3月9日 周一", (3, 9)),
        ("3/9(一)", (3, 9)),
        ("2026年3月9日（星期一）", (3, 9)),
        ("3/9 Mon", (3, 9)),
        ("周一 3/9", (3, 9)),
        ("Mon, 2026-03-09", (3, 9)),
        ("3/9\n周一", (3, 9)),
        ("2026/3/9 00:00", (3, 9)),
    ],
)
def test_dates_as_rosters_have_them(text: str, day: tuple[int, int]) -> None:
    assert TermDate(SCHOOL.term).parse(text, Context()) == date(2026, *day)


@pytest.mark.parametrize("text", ["9月1日", "3/9(二)", "周二 3/9", "3/9 abc", "2/30", "13/1"])
def test_dates_that_are_none(text: str) -> None:
    with pytest.raises(UnreadableError):
        TermDate(SCHOOL.term).parse(text, Context())


def test_a_date_typed_without_a_year_in_another_year(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["类型", "日期", "学号"])
    sheet.append(["请假", date(2027, 3, 2), "s31"])
    sheet.cell(2, 2).number_format = 'm"月"d"日"'
    path = tmp_path / "a.xlsx"
    book.save(path)
    assert what(records(path)) == {("s31", MON, None, True)}


def test_a_term_over_the_new_year() -> None:
    term = SCHOOL.term.model_copy(
        update={"first_date": date(2026, 9, 1), "last_date": date(2027, 1, 20)}
    )
    assert TermDate(term).parse("1月4日", Context()) == date(2027, 1, 4)
    assert TermDate(term).parse("9/1", Context()) == date(2026, 9, 1)


def test_marks() -> None:
    for mark, text in MARKS.items():
        assert mark_of(text.zh) is mark_of(text.en) is mark
    assert mark_of("Ｘ") is Mark.ABSENT
    assert mark_of("请假(有假条)") is Mark.LEAVE
    assert mark_of(1.0) is Mark.THERE
    assert mark_of(False) is Mark.ABSENT
    with pytest.raises(UnreadableError):
        mark_of("??")


LIST = ("类型", "日期", "姓名", "班级", "请假条")


def test_a_list_with_names_instead_of_ids(tmp_path: Path) -> None:
    path = grid(
        tmp_path / "a.csv",
        LIST,
        ("请假", "3月2日", "Pupil 31", "3(1)", ""),
        ("请假", "3/9", "Pupil 31", "3(1)", "否"),
        ("旷课", "3/3", "Pupil 41", "", ""),
        ("加入", "3/3", "Pupil 52", "5(1)", ""),
    )
    found = records(path)
    assert found.absences == (
        Absence(2, "s31", MON, None, note=True),
        Absence(3, "s31", date(2026, 3, 9), None, note=False),
        Absence(4, "s41", TUE, None, note=False),
    )
    assert found.joinings == (Joining(5, "s52", TUE),)
    bad = grid(
        tmp_path / "b.csv",
        LIST,
        ("请假", "3月2日", "Pupil 3l", "3(1)", ""),
        ("请假", "9月1日", "Pupil 31", "9(1)", ""),
        ("取消", "3/3", "Pupil 31", "", ""),
    )
    assert [line.split(":")[0] for line in errors(bad)] == [
        'row 2, column "姓名", value "Pupil 3l"',
        'row 3, column "班级", value "9(1)"',
        'row 3, column "日期", value "9月1日"',
    ]


def test_two_of_one_name(tmp_path: Path) -> None:
    twins = tuple(
        s.model_copy(update={"name": "李明"}) if s.id in {"s31", "s32"} else s
        for s in SCHOOL.students
    )
    school = SCHOOL.replaced(students=twins)
    path = grid(tmp_path / "a.csv", LIST, ("请假", "3月2日", "李明", "3(1)", ""))
    with pytest.raises(InputError, match="s31, s32"):
        records(path, school)


def test_sheets_of_no_marks_are_left_alone(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["说明"])
    sheet = book.create_sheet("9月")
    sheet.append(["班组编号", "学号", date(2026, 3, 2)])
    sheet.append(["chess-1", "s31", "缺"])
    path = tmp_path / "a.xlsx"
    book.save(path)
    assert what(records(path)) == {("s31", MON, "mon2", False)}


def test_cancelled_is_of_the_group_only(blank: Path, tmp_path: Path) -> None:
    path = filled(blank, tmp_path / "a.xlsx", {("care-tue1", "", TUE): "停课"})
    (one,) = records(path).cancelled
    assert one == Cancelled(one.row, TUE, None, "care-tue1")
