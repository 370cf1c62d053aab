"""A blank attendance file: a sheet a month with a row for each student of each group.

What is filled in comes back through ``read_attendance``. Beside the months there is a sheet for
what is no mark: who joins or leaves, who stands in for whom.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any, Final, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name, xl_range

from models import Lang, Text, weekday_text
from optimizer.errors import InputError
from optimizer.files.attendanceblocks import CLASS, GROUP, GROUP_ID
from optimizer.files.attendancegrid import CALLED_OFF
from optimizer.files.guard import refusal
from optimizer.files.marks import LEGEND, MARKS
from optimizer.files.schools import NO_WORKBOOK
from optimizer.files.tables.attendance import ATTENDANCE
from optimizer.writing import writing

CREATED: Final = datetime(1980, 1, 1)
MONTH = Text("{year}年{month}月", "{year}-{month:02d}")
TIMES = Text("时间", "Time")
NOTE = Text(
    "每格填一个标记；灰格当天没有活动。整班停课的，在该班组第一行“本次取消”打 ×。",
    "One mark a cell; on grey days the group does not meet. If it was called off, put × into its "
    "first row, 'called off'.",
)
LIST_NOTE_ROWS: Final = 500
WIDTHS: Final = (14, 18, 24, 14, 12, 12)
DATE_WIDTH: Final = 6
HEADER_ROW: Final = 3
TOO_MANY = Text(
    "{month} 有 {rows} 行，超过一个工作表的限度。",
    "{month}: {rows} rows are more than a sheet holds.",
)
MOST_ROWS: Final = 1_000_000


class Roster(NamedTuple):
    """One group as it is to be printed."""

    id: str
    name: str
    times: str
    students: tuple[tuple[str, str, str], ...]
    """Id, name and class of each."""
    dates: frozenset[date]


def write_attendance(
    path: Path | str,
    rosters: Sequence[Roster],
    weekdays: Mapping[date, int],
    lang: Lang = "zh",
    force: bool = False,
) -> None:
    """Write a blank file.

    Parameters
    ----------
    path
        The .xlsx to write.
    rosters
        The groups, in the order in which they are to stand.
    weekdays
        The dates of service and the weekday that each follows.
    lang
        Language of its headers.
    force
        Whether to overwrite.

    Raises
    ------
    InputError
        If the path exists and ``force`` is not given, or cannot be written.
    """
    path = Path(path)
    if path.suffix.casefold() != ".xlsx":
        raise refusal(NO_WORKBOOK, path)
    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False}
    with Workbook(content, options | {"strings_to_urls": False}) as workbook:
        workbook.set_properties({"author": "", "created": CREATED})
        writer = _Writer(workbook, lang)
        for (year, month), days in groupby(sorted(weekdays), key=lambda d: (d.year, d.month)):
            title = MONTH.say(lang).format(year=year, month=month)
            writer.month(title, rosters, {day: weekdays[day] for day in days})
        writer.list()
    with writing(path, force) as temporary:
        temporary.write_bytes(content.getvalue())


class _Writer:
    """Writes sheets into one workbook."""

    def __init__(self, workbook: Any, lang: Lang) -> None:  # noqa: ANN401, RUF100
        self.workbook, self.lang = workbook, lang
        line = {"border": 1, "border_color": "#BFBFBF"}
        head = {"bold": True, "bg_color": "#D9E2F3", "align": "center", "text_wrap": True, **line}
        self.title = workbook.add_format({"bold": True, "font_size": 14})
        self.note = workbook.add_format({"font_color": "#595959"})
        self.head = workbook.add_format({**head, "num_format": "@"})
        self.date = workbook.add_format({**head, "num_format": "m/d"})
        self.cell = workbook.add_format({**line, "num_format": "@"})
        self.first = workbook.add_format({**line, "num_format": "@", "bg_color": "#EEF2F8"})
        self.mark = workbook.add_format({"num_format": "@", "align": "center"})
        self.grid = workbook.add_format(line)
        self.grey = workbook.add_format({"bg_color": "#BFBFBF"})

    def month(self, title: str, rosters: Sequence[Roster], days: Mapping[date, int]) -> None:
        """Write the sheet of one month; groups that do not meet in it are left out."""
        own = [roster for roster in rosters if roster.dates & days.keys() and roster.students]
        count = sum(1 + len(roster.students) for roster in own)
        if count > MOST_ROWS:
            raise InputError([TOO_MANY.fill(month=title, rows=count)])
        sheet = self.workbook.add_worksheet(title)
        sheet.write_string(0, 0, title, self.title)
        sheet.write_string(0, 2, LEGEND.say(self.lang), self.note)
        sheet.write_string(1, 0, NOTE.say(self.lang), self.note)
        heads = (
            *(GROUP_ID, GROUP, TIMES),
            *(ATTENDANCE.column[name].header for name in ("student", "name")),
            CLASS,
        )
        for column, head in enumerate(heads):
            sheet.write_string(HEADER_ROW, column, head.say(self.lang), self.head)
            sheet.set_column(column, column, WIDTHS[column])
        first = len(heads)
        for column, (day, weekday) in enumerate(days.items(), first):
            said = weekday_text(weekday).say(self.lang)
            sheet.write_string(HEADER_ROW - 1, column, said, self.head)
            sheet.write_datetime(HEADER_ROW, column, datetime(*day.timetuple()[:3]), self.date)
        sheet.set_column(first, first + len(days) - 1, DATE_WIDTH, self.mark)
        row = HEADER_ROW + 1
        for roster in own:
            row = self._roster(sheet, row, roster, (first, days))
        self._finish(sheet, row, first, len(days))

    def _roster(
        self, sheet: Any, row: int, roster: Roster, dates: tuple[int, Mapping[date, int]]
    ) -> int:
        """Write the rows of a group; give the next free one."""
        off = ("", CALLED_OFF.say(self.lang), "")
        for number, who in enumerate((off, *roster.students), row):
            look = self.first if number == row else self.cell
            for column, text in enumerate((roster.id, roster.name, roster.times, *who)):
                sheet.write_string(number, column, text, look)
        last = row + len(roster.students)
        first, days = dates
        free = [column for column, day in enumerate(days, first) if day not in roster.dates]
        if free:
            # By rule: a cell for each student and date would be most of the workbook.
            ranges = [xl_range(row, a, last, b) for a, b in _runs(free)]
            rule = {"type": "no_errors", "format": self.grey, "multi_range": " ".join(ranges)}
            sheet.conditional_format(row, free[0], last, free[0], rule)
        return last + 1

    def _finish(self, sheet: Any, end: int, first: int, days: int) -> None:
        last_row, last = max(end - 1, HEADER_ROW + 1), first + days - 1
        marks = {
            "validate": "list",
            "source": [mark.say(self.lang) for mark in MARKS.values()],
            "error_type": "information",
            "input_message": "",
        }
        sheet.data_validation(HEADER_ROW + 1, first, last_row, last, marks)
        grid = {"type": "no_errors", "format": self.grid}
        sheet.conditional_format(HEADER_ROW + 1, first, last_row, last, grid)
        sheet.autofilter(HEADER_ROW, 0, last_row, first - 1)
        sheet.freeze_panes(HEADER_ROW + 1, first)
        sheet.repeat_rows(HEADER_ROW - 1, HEADER_ROW)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.ignore_errors({"number_stored_as_text": f"A1:{xl_col_to_name(last)}{last_row + 1}"})

    def list(self) -> None:
        """Write the sheet for what is no mark."""
        sheet = self.workbook.add_worksheet(ATTENDANCE.title.say(self.lang))
        for index, column in enumerate(ATTENDANCE.columns):
            sheet.write_string(0, index, column.header.say(self.lang), self.head)
            sheet.write_comment(0, index, column.note.say(self.lang), {"x_scale": 2})
            width = self.workbook.add_format({"num_format": column.kind.number_format})
            sheet.set_column(index, index, 14, width)
            choices = column.kind.choices(self.lang)
            if choices:
                rule = {"validate": "list", "source": list(choices), "error_type": "warning"}
                sheet.data_validation(1, index, LIST_NOTE_ROWS, index, rule)
        sheet.freeze_panes(1, 0)


def _runs(columns: Iterable[int]) -> list[tuple[int, int]]:
    """Give first and last of each run of neighbours."""
    runs: list[tuple[int, int]] = []
    for column in columns:
        if runs and runs[-1][1] == column - 1:
            runs[-1] = (runs[-1][0], column)
        else:
            runs.append((column, column))
    return runs
