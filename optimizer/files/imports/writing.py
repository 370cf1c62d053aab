"""Writing a school with answers in it: into its own workbook, of which nothing else changes."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from models import Lang, School, Student
from optimizer.files.columns import Column, Table
from optimizer.files.draft import DraftSchool
from optimizer.files.headers import RawTable, match_columns
from optimizer.files.place import Origin
from optimizer.files.tableedit import fresh_sheet, put_rows
from optimizer.files.tables import BY_NAME
from optimizer.files.workbook import read_workbook
from optimizer.files.xlsxedit import NotEditableError, SheetEdit, edited

STUDENTS, WISHES = BY_NAME["students"], BY_NAME["wishes"]


class _Sheet(NamedTuple):
    """A table's sheet as it stands in the workbook."""

    name: str
    header_row: int
    places: dict[str, int]
    """Field of the model to the place of its column."""
    width: int
    last_row: int


def changed_workbook(
    source: Path, draft: DraftSchool, school: School, changed: Iterable[Student], lang: Lang
) -> bytes:
    """Give the school's own workbook with new wishes, and students changed or added.

    Raises
    ------
    NotEditableError
        If the workbook is not written as Excel and its like do.
    """
    raws = {raw.sheet: raw for raw in read_workbook(source) if raw.sheet is not None}
    edits: dict[str, SheetEdit] = {}
    new: list[str] = []
    before = draft.rows["wishes"]
    if before.origin.sheet is None:
        name = WISHES.title.say(lang)
        new.append(name)
        edits[name] = fresh_sheet(WISHES, WISHES.rows(school), lang)
    elif before.lost:
        edits[before.origin.sheet] = fresh_sheet(WISHES, WISHES.rows(school), lang)
    else:
        sheet = _sheet(raws[before.origin.sheet], WISHES)
        edits[sheet.name] = _wishes(sheet, school, lang)
    students = list(changed)
    if students and draft.rows["students"].origin.sheet is not None:
        sheet = _sheet(raws[draft.rows["students"].origin.sheet], STUDENTS)
        edits[sheet.name] = _students(sheet, draft, students, lang)
    return edited(source, edits, new)


def _sheet(raw: RawTable, table: Table) -> _Sheet:
    origin = Origin(raw.file, raw.sheet)
    matched = match_columns(table, raw, origin, table.columns, [])
    places = {column.field: index for index, column in matched.columns}
    width = max(len(row) for _, row in raw.rows)
    return _Sheet(raw.label, matched.head.row, places, width, raw.rows[-1][0])


def _wishes(sheet: _Sheet, school: School, lang: Lang) -> SheetEdit:
    edit = SheetEdit(keep_rows=sheet.header_row)
    where = sheet.header_row + 1, sheet.places
    put_rows(edit, WISHES, where, WISHES.rows(school), lang)
    return edit


def _put(
    edit: SheetEdit, where: tuple[int, Mapping[str, int], Column], value: Any, lang: Lang
) -> None:
    row, places, column = where
    if column.field not in places:
        raise NotEditableError
    written = "" if value is None or value == () else column.kind.show(value, lang)
    edit.cells[row, places[column.field]] = written


def _students(
    sheet: _Sheet, draft: DraftSchool, students: Iterable[Student], lang: Lang
) -> SheetEdit:
    """Change the cells that an answer changes; add rows for new students."""
    edit = SheetEdit()
    rows = draft.rows["students"]
    known = {s.id: (n, s) for n, s in zip(rows.numbers, rows.models, strict=True)}
    places, width, last = dict(sheet.places), sheet.width, sheet.last_row
    for student in students:
        row, old = known.get(student.id, (0, None))
        if old is None:
            last += 1
            row = last
        for column in STUDENTS.columns:
            value = getattr(student, column.field)
            default = Student.model_fields[column.field].default
            if value == (default if old is None else getattr(old, column.field)):
                continue
            if column.field not in places:
                places[column.field] = width
                edit.cells[sheet.header_row, width] = column.header.say(lang)
                width += 1
            _put(edit, (row, places, column), value, lang)
    return edit
