"""Attendance sheets: who sits in each group, with a column for every date of the term.

A page is A4, upright where a month fits so, and holds whole months, as many as can be read; further
months follow on pages of their own, with the names repeated.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from models import Section, Text
from optimizer.ledger import school_dates
from optimizer.report.book import Book
from optimizer.report.columns import Cell, display_width
from optimizer.report.naming import Group
from optimizer.report.paper import ACROSS, SCALED, TALL, UPRIGHT, Spread, room_for, spread, total
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
MARKS = Text("出勤 √  请假 △  缺席 ×  迟到 ○", "√ here  △ leave  × away  ○ late")
CARE_SHEET = Text("托管签到 {day}{number}", "Care {day} {number}")
CARE_TITLE = Text("{group}　{room}", "{group}, {room}")
MONTH = Text("{year}年{month}月", "{year}-{month:02d}")
SHORT_MONTH = Text("{month}月", "{month:02d}")

HEADS = (NUMBER, ID, NAME, HOME)
NUMBER_WIDTH, NARROWEST, WIDEST = 4, 7, 16
DATE_WIDTH = 2.3
ABOVE = 4
"""Rows above the first student: title, about, marks with the months, header."""
BELOW = 3
"""Rows after the last student: present, signature, an empty one."""
MARKS_POINTS, HEAD_POINTS, SIGNED_POINTS = 17, 34, 22
LOW_POINTS, HIGH_POINTS = 15, 21
"""Height of a student's row, as the page allows."""

Months = dict[tuple[int, int], int]
"""Columns of each month of a sheet, by year and month."""


@dataclass
class RosterSheet:
    """A sheet and the groups whose rosters it takes, one below the other."""

    sheet: Any
    groups: Sequence[Group]


def add_sheets(book: Book) -> list[RosterSheet]:
    """Add the sheets for the rosters, still empty: clubs in the order of the menu, then care."""
    sections = book.names.sections
    if len(sections) <= SHEET_EACH:
        found = [RosterSheet(book.sheet(book.names.section(s.id)), [s]) for s in sections]
    else:
        found = [
            RosterSheet(book.sheet(book.names.course(course)), list(own))
            for course, own in groupby(sections, key=lambda s: s.course)
        ]
    return [*found, *_care_sheets(book)]


def _care_sheets(book: Book) -> list[RosterSheet]:
    """Add a sheet for the care groups of each slot."""
    found = []
    for _, slots in groupby(book.names.slots, key=lambda s: book.school.slot[s].weekday):
        for number, slot in enumerate(slots, start=1):
            groups = [group for group in book.names.care_groups if group.slot == slot]
            if groups:
                day = book.names.slot(slot).split(" ")[0]
                title = CARE_SHEET.fill(day=day, number=number)
                found.append(RosterSheet(book.sheet(book.say(title)), groups))
    return found


def fill_sheets(book: Book, roster_sheets: Sequence[RosterSheet]) -> Places:
    """Write the rosters; give the place of each."""
    calendar = school_dates(book.school)
    places: Places = {}
    for one in roster_sheets:
        dates = [_dates(book, group, calendar) for group in one.groups]
        months: Months = {}
        for days in dates:
            for month, count in Counter((day.year, day.month) for day in days).items():
                months[month] = max(months.get(month, 0), count)
        months = dict(sorted(months.items()))
        writer = _Writer(book, one, months)
        for group, days in zip(one.groups, dates, strict=True):
            places[group.id] = (one.sheet.get_name(), writer.top)
            writer.roster(group, days)
        writer.lay_out()
    return places


def _dates(book: Book, group: Group, calendar: Mapping[date, int]) -> list[date]:
    slots = group.slots if isinstance(group, Section) else (group.slot,)
    weekdays = {book.school.slot[slot].weekday for slot in slots}
    return [day for day, follows in calendar.items() if follows in weekdays]


class _Writer:
    """Fills one sheet with rosters."""

    def __init__(self, book: Book, one: RosterSheet, months: Months) -> None:
        self.book, self.sheet, self.months = book, one.sheet, months
        self.top = 0
        self.tops: list[int] = []
        self.widths = self._widths(one.groups)
        dates = [[DATE_WIDTH] * count for count in months.values()]
        # A month that is wider stands on paper turned sideways.
        upright = max(map(total, dates), default=0) + total(self.widths) <= room_for(
            UPRIGHT, SCALED
        )
        self.paper = UPRIGHT if upright else ACROSS
        self.spread: Spread = spread(self.widths, dates, self.paper, len(one.groups) > 1)
        breaks = (*self.spread.breaks, len(HEADS) + sum(months.values()))
        self.across = breaks[0] - len(HEADS)
        """Columns of dates on the first page."""
        # Fitted to the page, a roster may be set smaller than planned, never larger.
        self.page = self.paper.height * TALL * 100 / (self.spread.scale or 100)

    def _widths(self, groups: Sequence[Group]) -> list[float]:
        """Make the columns before the dates as wide as their texts, within limits."""
        names = self.book.names
        students = {student for group in groups for student in group.students}
        widths: list[float] = [NUMBER_WIDTH]
        for head, texts in (
            (ID, students),
            (NAME, {names.student(s) for s in students}),
            (HOME, {names.home(s) for s in students}),
        ):
            said = [self.book.say(head), *texts]
            widths.append(min(max(max(map(display_width, said)) + 1, NARROWEST), WIDEST))
        return widths

    def roster(self, group: Group, dates: Sequence[date]) -> None:
        """Write a group's roster below those before."""
        book, sheet, top = self.book, self.sheet, self.top
        self.tops.append(top)
        # On further pages only the first columns are repeated, and what is written above them.
        wide = self.widths if self.spread.breaks else self.widths + [DATE_WIDTH] * self.across
        taken = book.heading(sheet, top, self._title(group), wide, "title")
        taken += book.heading(sheet, top + 1, self._about(group), wide)
        sheet.write_string(top + 2, 0, book.say(MARKS), book.format["note"])
        sheet.set_row(top + 2, MARKS_POINTS)
        sheet.set_row(top + 3, HEAD_POINTS)
        for column, head in enumerate(HEADS):
            book.write(sheet, top + 3, column, book.say(head), "head")
        self._date_heads(dates)
        people = book.names.by_class(group.students)
        self._people(people, self.page - taken - MARKS_POINTS - HEAD_POINTS - 2 * SIGNED_POINTS)
        bottom = top + ABOVE + len(people)
        for row, label in ((bottom, PRESENT), (bottom + 1, SIGNED)):
            sheet.merge_range(row, 0, row, len(HEADS) - 1, book.say(label), book.format["label"])
            sheet.set_row(row, SIGNED_POINTS)
        if self.months:
            # A border by rule: a cell for each student and date would be most of the workbook.
            grid = {"type": "no_errors", "format": book.format["grid"]}
            last = len(HEADS) + sum(self.months.values()) - 1
            sheet.conditional_format(top + ABOVE, len(HEADS), bottom + 1, last, grid)
        self.top = top + ABOVE + len(people) + BELOW

    def _people(self, people: Sequence[str], room: float) -> None:
        """Write the students, in rows as tall as so many points allow."""
        names = self.book.names
        height = min(max(room / max(len(people), 1), LOW_POINTS), HIGH_POINTS)
        for number, student in enumerate(people, start=1):
            row = self.top + ABOVE + number - 1
            cells: tuple[Cell, ...] = (number, student, names.student(student), names.home(student))
            for column, value in enumerate(cells):
                self.book.write(self.sheet, row, column, value)
            self.sheet.set_row(row, int(height))

    def _title(self, group: Group) -> str:
        names = self.book.names
        if isinstance(group, Section):
            return names.section(group.id)
        facts = {"group": names.group(group), "room": names.room(group.room)}
        return self.book.say(CARE_TITLE.fill(**facts))

    def _about(self, group: Group) -> str:
        school, names = self.book.school, self.book.names
        seats = school.room[group.room].seats
        if isinstance(group, Section):
            slots, most = group.slots, min(school.course[group.course].max_size, seats)
        else:
            slots, most = (group.slot,), min(school.settings.base_care.max_size, seats)
        about = ABOUT.fill(
            times=names.times(slots),
            room=names.room(group.room),
            staff=names.staff(group.staff),
            grades=names.grades(group),
            count=len(group.students),
            most=most,
        )
        return self.book.say(about)

    def _date_heads(self, dates: Sequence[date]) -> None:
        """Write the months, and below each its dates; a month has its columns on all rosters."""
        book, sheet = self.book, self.sheet
        first = len(HEADS)
        for (year, month), count in self.months.items():
            own = [day for day in dates if (day.year, day.month) == (year, month)]
            for column, day in enumerate(own, start=first):
                sheet.write_datetime(self.top + 3, column, day, book.format["date"])
            text = MONTH if count * DATE_WIDTH > 10 else SHORT_MONTH
            said = book.say(Text(*(part.format(year=year, month=month) for part in text)))
            if count > 1:
                last = first + count - 1
                sheet.merge_range(
                    self.top + 2, first, self.top + 2, last, said, book.format["month"]
                )
            else:
                sheet.write_string(self.top + 2, first, said, book.format["month"])
            first += count

    def lay_out(self) -> None:
        """Set widths and pages: whole months on each, several rosters start a page each."""
        sheet, end, dates = self.sheet, self.top - 1, sum(self.months.values())
        for column, width in enumerate(self.widths):
            sheet.set_column(column, column, width)
        if dates:
            sheet.set_column(len(HEADS), len(HEADS) + dates - 1, DATE_WIDTH)
        self.book.print_setup(sheet, sheet.get_name(), end, len(HEADS) + dates, self.paper)
        self.book.print_spread(sheet, len(HEADS), self.spread)
        one = len(self.tops) == 1
        sheet.freeze_panes(ABOVE if one else 0, 3)
        if one:
            sheet.repeat_rows(0, ABOVE - 1)
        else:
            sheet.set_h_pagebreaks(self.tops[1:])
