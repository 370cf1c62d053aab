"""Attendance sheets: who sits in each section, with a column for every date of the term."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from models import Section, Text
from optimizer.ledger import service_dates
from optimizer.report.book import Book, Cell
from optimizer.report.sheets import HOME, ID, NAME, Places

SHEET_EACH = 60
"""Up to so many sections have a sheet each; beyond, the sections of a course share one, so that the
workbook can still be leafed through."""

NUMBER = Text("序号", "No.")
PRESENT = Text("出勤人数", "Present")
SIGNED = Text("教师签字", "Signature")
ABOUT = Text(
    "时间：{times}    教室：{room}    教师：{staff}    年级：{grades}    人数：{count}/{most}",
    "{times}    Room: {room}    Staff: {staff}    Grades: {grades}    Students: {count}/{most}",
)
MARKS = Text("出勤 √  请假 △  缺席 ×  迟到 ○", "present √   excused △   absent ×   late ○")

HEADS = (NUMBER, ID, NAME, HOME)
WIDTHS = (6, 13, 14, 14)
DATE_WIDTH = 5.5
ABOVE = 4
"""Rows above the first student: title, about, marks, header."""
BELOW = 3
"""Rows after the last student: present, signature, an empty one."""
PAPER_WIDTH = 128
"""Column widths that fit on the paper at full size."""
SMALLEST_SCALE = 40


@dataclass
class RosterSheet:
    """A sheet and the sections whose rosters it takes, one below the other."""

    sheet: Any
    sections: list[Section]


def add_sheets(book: Book) -> list[RosterSheet]:
    """Add the sheets for the rosters, still empty, in the order of the menu."""
    sections = book.names.sections
    if len(sections) <= SHEET_EACH:
        return [RosterSheet(book.sheet(book.names.section(s.id)), [s]) for s in sections]
    return [
        RosterSheet(book.sheet(book.names.course(course)), list(own))
        for course, own in groupby(sections, key=lambda s: s.course)
    ]


def fill_sheets(book: Book, roster_sheets: Sequence[RosterSheet]) -> Places:
    """Write the rosters; give the place of each."""
    calendar = service_dates(book.school.term)
    places: Places = {}
    for one in roster_sheets:
        top, tops, most = 0, [], 0
        for section in one.sections:
            weekdays = {book.school.slot[slot].weekday for slot in section.slots}
            dates = [day for day, follows in calendar.items() if follows in weekdays]
            _roster(book, one.sheet, top, section, dates)
            places[section.id] = (one.sheet.get_name(), top)
            tops.append(top)
            most = max(most, len(dates))
            top += ABOVE + len(section.students) + BELOW
        _lay_out(book, one.sheet, tops, top - 1, most)
    return places


def _roster(book: Book, sheet: Any, top: int, section: Section, dates: Sequence[date]) -> None:
    names, course = book.names, book.school.course[section.course]
    about = ABOUT.fill(
        times=names.times(section.slots),
        room=names.room(section.room),
        staff=names.staff(section.staff),
        grades=names.grades(section),
        count=len(section.students),
        most=min(course.max_size, book.school.room[section.room].seats),
    )
    sheet.write_string(top, 0, names.section(section.id), book.format["title"])
    sheet.write_string(top + 1, 0, book.say(about), book.format["note"])
    sheet.write_string(top + 2, 0, book.say(MARKS), book.format["note"])
    for column, head in enumerate(HEADS):
        book.write(sheet, top + 3, column, book.say(head), "head")
    for column, day in enumerate(dates, start=len(HEADS)):
        sheet.write_datetime(top + 3, column, day, book.format["date"])
    people = names.by_class(section.students)
    for number, student in enumerate(people, start=1):
        cells: tuple[Cell, ...] = (number, student, names.student(student), names.home(student))
        for column, value in enumerate(cells):
            book.write(sheet, top + 3 + number, column, value)
    bottom = top + ABOVE + len(people)
    for row, label in ((bottom, PRESENT), (bottom + 1, SIGNED)):
        sheet.merge_range(row, 0, row, len(HEADS) - 1, book.say(label), book.format["label"])
        sheet.set_row(row, 22)
    if dates:
        # A border by rule: a cell for each student and date would be most of the workbook.
        sheet.conditional_format(
            top + ABOVE,
            len(HEADS),
            bottom + 1,
            len(HEADS) + len(dates) - 1,
            {"type": "no_errors", "format": book.format["grid"]},
        )


def _lay_out(book: Book, sheet: Any, tops: Sequence[int], end: int, dates: int) -> None:
    """Set widths and pages: one roster fits the width of the paper, several start a page each."""
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    if dates:
        sheet.set_column(len(WIDTHS), len(WIDTHS) + dates - 1, DATE_WIDTH)
    book.print_setup(sheet, sheet.get_name(), end, len(WIDTHS) + dates)
    sheet.freeze_panes(ABOVE if len(tops) == 1 else 0, 3)
    if len(tops) == 1:
        sheet.repeat_rows(0, ABOVE - 1)
        return
    # Excel ignores page breaks on a sheet that is fitted to a number of pages.
    scale = int(100 * PAPER_WIDTH / (sum(WIDTHS) + DATE_WIDTH * dates))
    sheet.set_print_scale(min(100, max(SMALLEST_SCALE, scale)))
    sheet.set_h_pagebreaks(tops[1:])
