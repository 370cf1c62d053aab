"""A plan's groups and seats as the sheets *Previous* and *Locks* of its school."""

from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum
from pathlib import Path

from models import (
    CareStaffLock,
    Lang,
    Lock,
    Plan,
    School,
    SeatLock,
    Section,
    SectionLock,
)
from optimizer.files.columns import Row, Table
from optimizer.files.draft import DraftSchool
from optimizer.files.headers import RawTable, match_columns
from optimizer.files.place import Origin
from optimizer.files.tableedit import fresh_sheet, is_said, put_rows
from optimizer.files.tables import BY_NAME
from optimizer.files.workbook import read_workbook
from optimizer.files.xlsxedit import SheetEdit, edited


class Pin(StrEnum):
    """What of a plan is pinned."""

    SECTIONS = "sections"
    SEATS = "seats"
    CARE = "care"


def kept_school(
    school: School, plan: Plan, previous: bool = True, pins: Collection[Pin] = tuple(Pin)
) -> School:
    """Give the school with a plan as its earlier one, and locks that keep it.

    Locks that are there stay; what they say already is not said again. A seat that nobody wished
    for cannot be pinned.

    Parameters
    ----------
    plan
        Holds nothing that the school does not know.
    previous
        Whether changes are to be counted against the plan.
    pins
        What is pinned.
    """
    new = [lock for pin in Pin if pin in pins for lock in _LOCKS[pin](school, plan)]
    there = set(school.locks)
    locks = (*school.locks, *(lock for lock in dict.fromkeys(new) if lock not in there))
    parts: dict[str, object] = {"locks": locks}
    if previous:
        parts["previous"] = plan.sections
    return school.replaced(**parts)


def _standing(plan: Plan) -> list[Section]:
    """Give the sections that stand by themselves: who is moved is settled anew in each plan."""
    return [s for s in plan.sections if s.id not in plan.opened_for_unmet]


def _sections(_: School, plan: Plan) -> Iterator[Lock]:
    for section in _standing(plan):
        yield SectionLock(
            course=section.course, slots=section.slots, room=section.room, staff=section.staff
        )


def _seats(school: School, plan: Plan) -> Iterator[Lock]:
    """Pin the seats; where a course has several groups the slots say which."""
    wished = {(wish.student, wish.course) for wish in school.wishes}
    pinned = {(x.student, x.course) for x in school.locks if isinstance(x, SeatLock)}
    courses = [section.course for section in plan.sections]
    for section in _standing(plan):
        several = courses.count(section.course) > 1
        for student in section.students:
            if (student, section.course) not in wished:
                continue
            if several or (student, section.course) not in pinned:
                slots = section.slots if several else ()
                yield SeatLock(student=student, course=section.course, slots=slots)


def _care(_: School, plan: Plan) -> Iterator[Lock]:
    for group in plan.care_groups:
        for teacher in group.staff:
            yield CareStaffLock(teacher=teacher, slot=group.slot)


_LOCKS = {Pin.SECTIONS: _sections, Pin.SEATS: _seats, Pin.CARE: _care}


def kept_workbook(
    source: Path, draft: DraftSchool, before: School, kept: School, lang: Lang
) -> bytes:
    """Give the school's own workbook with the two sheets filled, of which nothing else changes.

    The rows of *Previous* are replaced; those of *Locks* stay, and new ones come below them.

    Raises
    ------
    NotEditableError
        If the workbook is not written as Excel and its like do.
    """
    raws = {raw.sheet: raw for raw in read_workbook(source) if raw.sheet is not None}
    edits: dict[str, SheetEdit] = {}
    new: list[str] = []
    tables = {"locks": len(before.locks)}
    if kept.previous != before.previous:
        tables["previous"] = 0
    for name, there in tables.items():
        table = BY_NAME[name]
        rows = list(table.rows(kept))[there:]
        sheet = draft.rows[name].origin.sheet
        if sheet is None or sheet not in raws or draft.rows[name].lost:
            title = sheet or table.title.say(lang)
            new += [] if sheet else [title]
            edits[title] = fresh_sheet(table, rows, lang)
        else:
            edits[sheet] = _below(raws[sheet], table, rows, bool(there), lang)
    return edited(source, edits, new)


def _below(raw: RawTable, table: Table, rows: Iterable[Row], keeps: bool, lang: Lang) -> SheetEdit:
    """Put rows below those of a sheet, or in their place; columns that it lacks are added."""
    matched = match_columns(table, raw, Origin(raw.file, raw.sheet), table.columns, [])
    head, last = matched.head.row, raw.rows[-1][0]
    edit = SheetEdit(keep_rows=None if keeps else head)
    places = {column.field: index for index, column in matched.columns}
    rows = list(rows)
    width = max(len(row) for _, row in raw.rows)
    for column in table.columns:
        if column.field not in places and any(is_said(row.get(column.field)) for row in rows):
            places[column.field] = width
            edit.cells[head, width] = column.header.say(lang)
            width += 1
    first = (last if keeps else head) + 1
    put_rows(edit, table, (first, places), rows, lang)
    return edit
