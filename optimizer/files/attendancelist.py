"""Records of attendance in a list, one a row.

There can be a hundred thousand rows that say the same few things over and over. So a cell's text
is read once for its column, and only a row with a mistake in it goes the way of all other tables,
which finds the words for what is wrong.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from models import School
from models.attendance import Absence, Attendance, Cancelled, Joining, Leaving, Substitute
from models.spelling import key_of
from models.validation.references import TABLE_NAMES, UNKNOWN, Hints
from optimizer.files.cells import Broken, Cell, Covered, UnreadableError, plain, shown
from optimizer.files.headers import Matched, RawTable, match_columns
from optimizer.files.imports.children import Children, Said
from optimizer.files.marks import TermDate
from optimizer.files.oddities import find_oddities
from optimizer.files.place import Located, Origin
from optimizer.files.rows import read_row
from optimizer.files.scalars import Context
from optimizer.files.tablerows import Rows
from optimizer.files.tables.attendance import ATTENDANCE, RecordKind


class ListReader:
    """Turns rows into records; every mistake goes to ``found``."""

    def __init__(self, raw: RawTable, school: School, found: list[Located], in_json: bool) -> None:
        self.raw = raw
        self.origin = Origin(raw.file, raw.sheet)
        self.found = found
        self.in_json = in_json
        self.ids = {
            table: {row.id for row in getattr(school, table)}
            for table in ("students", "slots", "teachers")
        }
        self.hints = Hints(self.ids)
        self.context = Context({t: _spellings(known) for t, known in self.ids.items()})
        day = replace(ATTENDANCE.column["day"], kind=TermDate(school.term))
        columns = tuple(day if c.field == "day" else c for c in ATTENDANCE.columns)
        self.table = replace(ATTENDANCE, columns=columns)
        self.children = Children(school.students, school.classes)
        self.known: dict[str, dict[object, Any]] = {c.field: {} for c in ATTENDANCE.columns}
        """By column: what each cell that can be read means."""

    def read(self) -> Attendance:
        """Read all rows."""
        records: dict[type, list[Any]] = {kind: [] for kind in _KINDS}
        matched = self._match()
        for number, written in () if matched.lost else matched.cells():
            if any(isinstance(cell, Covered) for cell in written.values()):
                continue  # That cells are merged is said already.
            before = len(self.found)
            cells = self._with_student(number, written)
            values = self._values(cells)
            if values is None:
                values = self._explain(matched, number, cells)
            self.found += self._unknown(matched.origin, number, cells, values)
            if len(self.found) == before:
                record = _record(number, values)
                records[type(record)].append(record)
        return Attendance(*(tuple(records[kind]) for kind in _KINDS))

    def _with_student(self, number: int, cells: dict[str, Cell]) -> dict[str, Cell]:
        """Put the student's id into a row that has only name and class."""
        if "student" in cells or "name" not in cells:
            return cells
        kinds, kind = self.table.columns[0].kind, cells.get("kind", "")
        try:
            needs = _FIELDS[kinds.parse(kind, self.context)].needs
        except UnreadableError:
            return cells
        if "student" not in needs:
            return cells
        found = self.children.find(Said("", cells["name"], cells.get("home_class", "")))
        if found.student is not None:
            return cells | {"student": found.student}
        if found.text is not None:
            place = found.field or "name"
            self.found.append(self.origin.at(found.text, number, place, cells[place]))
        # It is said already: no second word about the missing id.
        return cells | {"student": next(iter(self.ids["students"]), "")}

    def _match(self) -> Matched:
        raw, found = self.raw, list[Located]()
        origin = self.origin
        found += (origin.at(text, row) for text, row in raw.findings)
        matched = match_columns(self.table, raw, origin, self.table.columns, found)
        for one in found:
            # A column of leave notes that is passed over would charge families for nothing.
            row = None if self.in_json else one.row
            self.found.append(one._replace(row=row, severity="error"))
        self.found += (one for one in find_oddities(matched) if one.severity == "error")
        for column in ATTENDANCE.columns:
            origin.headers.setdefault(column.field, f"{column.header.zh} {column.header.en}")
        return matched

    def _values(self, cells: Mapping[str, Cell]) -> dict[str, Any] | None:
        """Read a row by what is known of its cells; None if anything is wrong with it."""
        values: dict[str, Any] = {}
        for field, cell in cells.items():
            # 1, 1.0 and True are one key but not one text; 1 may be shown as 0001.
            key = cell if type(cell) is str else (type(cell), plain(cell))
            known = self.known[field]
            if key not in known:
                if isinstance(cell, Broken):
                    return None
                try:
                    known[key] = self.table.column[field].kind.parse(cell, self.context)
                except UnreadableError:
                    return None
            values[field] = known[key]
        if "kind" not in values:
            return None
        needs, takes = _FIELDS[values["kind"]]
        return values if needs <= values.keys() <= takes else None

    def _explain(self, matched: Matched, number: int, cells: dict[str, Cell]) -> dict[str, Any]:
        """Say what is wrong with a row and give what of it can be read all the same."""
        rows = Rows(matched.origin)
        matched.origin.cells[number] = cells
        read_row(self.table, self.table.columns, rows, number, self.context, self.found)
        values = self.context.row
        if "kind" not in values:
            return values
        takes = _FIELDS[values["kind"]].takes
        return {field: value for field, value in values.items() if field in takes}

    def _unknown(
        self, origin: Origin, number: int, cells: Mapping[str, Cell], values: Mapping[str, Any]
    ) -> Iterator[Located]:
        for field, table in _REFERENCES:
            value = values.get(field)
            if value is not None and value not in self.ids[table]:
                hint = self.hints.get(table, value)
                text = UNKNOWN.fill(value=shown(value), table=TABLE_NAMES[table], hint=hint)
                yield origin.at(text, number, field, cells[field])


class _Fields(NamedTuple):
    """What rows of one kind must hold, and all they may hold."""

    needs: frozenset[str]
    takes: frozenset[str]


_FIELDS = {
    kind: _Fields(frozenset(needs), frozenset(("kind", *needs, *may)))
    for kind, (needs, may) in ATTENDANCE.variants.items()
}
_REFERENCES = [(c.field, c.kind.refers_to) for c in ATTENDANCE.columns if c.kind.refers_to]
_KINDS = (Absence, Joining, Leaving, Substitute, Cancelled)
"""In the order of the fields of ``Attendance``."""
_Record = Absence | Joining | Leaving | Substitute | Cancelled


def _spellings(known: set[str]) -> dict[str, str]:
    """Give each id by every way to write it."""
    return {key_of(name): name for name in known} | {name: name for name in known}


def _record(row: int, values: Mapping[str, Any]) -> _Record:
    kind: RecordKind = values["kind"]
    day: date = values["day"]
    slot: str | None = values.get("slot")
    if kind is RecordKind.LEAVE:
        return Absence(row, values["student"], day, slot, values.get("note", True))
    if kind is RecordKind.ABSENCE:
        return Absence(row, values["student"], day, slot, values.get("note", False))
    if kind is RecordKind.JOIN:
        return Joining(row, values["student"], day)
    if kind is RecordKind.EXIT:
        return Leaving(row, values["student"], day)
    if kind is RecordKind.SUBSTITUTE:
        return Substitute(row, day, values["slot"], values["absent"], values["substitute"])
    return Cancelled(row, day, slot, values.get("group"))
