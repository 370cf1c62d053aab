"""Reading what really happened in a term: a CSV file, a sheet of a workbook, or a JSON list.

There can be a hundred thousand rows that say the same few things over and over. So a cell's text
is read once for its column, and only a row with a mistake in it goes the way of all other tables,
which finds the words for what is wrong.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from models import School, Text
from models.attendance import Absence, Attendance, Cancelled, Joining, Leaving, Substitute
from models.validation.references import TABLE_NAMES, UNKNOWN, Hints
from optimizer.errors import InputError
from optimizer.files.cells import Broken, Cell, UnreadableError, fold, halfwidth, shown
from optimizer.files.csvfolder import read_csv
from optimizer.files.draft import Rows
from optimizer.files.guard import MISSING, NOT_READABLE, refusal
from optimizer.files.headers import Matched, RawTable, match_columns
from optimizer.files.jsonfile import load_json
from optimizer.files.place import Located, Origin, messages
from optimizer.files.rows import read_row
from optimizer.files.scalars import Context
from optimizer.files.tables.attendance import ATTENDANCE, RecordKind
from optimizer.files.workbook import read_workbook

WORKBOOKS = frozenset((".xlsx", ".xlsm", ".xls"))
UNKNOWN_SUFFIX = Text(
    "不认识“{file}”的格式；考勤可用 .csv、.xlsx 或 .json。",
    "{file}: unknown format: attendance comes as .csv, .xlsx or .json.",
)
NOT_UTF8 = Text(
    "“{file}”不是 UTF-8 编码（可能是 GBK）；请在 Excel 中另存为“CSV UTF-8”。",
    "{file}: not in UTF-8 (perhaps in GBK): save it in Excel as 'CSV UTF-8'.",
)
NO_SHEET = Text(
    "“{file}”没有名为“考勤”（英文 Attendance）的工作表，又不止一个工作表；请给考勤表改名。",
    "{file}: no sheet is called 'Attendance' (in Chinese 考勤) and there is not just one: rename "
    "the one that holds the attendance.",
)
SHEET_TWICE = Text(
    "“{file}”有两个考勤工作表：“{first}”和“{second}”；请合并或删去一个。",
    "{file}: the sheets '{first}' and '{second}' both hold attendance: merge or delete one.",
)
NOT_A_LIST = Text(
    "“{file}”的最外层应为列表 [ ]，每条记录一个对象 {{ }}。",
    "{file}: expected a list [ ] on the outside, with an object {{ }} for each record.",
)
NOT_AN_OBJECT = Text("每条记录应为对象 {{ }}。", "expected an object {{ }} for each record.").fill()
NOT_PLAIN = Text("应为文字、数或 true、false。", "expected a text, a number, true or false.")
UNTOLD = Text("{text}请改正表头，或删去这一列。", "{text} Correct the header or delete the column.")


FurtherMistakes = Callable[[Attendance], Iterable[tuple[int, Text]]]
"""Finds what else is wrong with records, each with its row."""


def read_attendance(
    path: Path | str, school: School, also: FurtherMistakes | None = None
) -> Attendance:
    """Read the records of attendance.

    Headers and words may be Chinese or English, the columns in any order. Each record keeps the
    number of its row: as a spreadsheet shows it, the header being row 1; in a JSON list, its place
    counted from 1. Ids of students, slots and staff are the school's; those of groups belong to a
    plan and are not looked up here.

    Parameters
    ----------
    path
        A .csv file in UTF-8, an .xlsx workbook (its sheet 考勤 or Attendance, or its only one), or
        a .json list of objects.
    school
        The school whose term it is.
    also
        Looks at the records that can be read; what it finds is listed with the rest.

    Raises
    ------
    InputError
        With every mistake in the file, each with its row and column.
    """
    path = Path(path)
    try:
        raw, found = _read(path)
    except OSError as error:
        raise refusal(NOT_READABLE, path, reason=error.strerror) from None
    reader = _Reader(raw, school, found, in_json=path.suffix.casefold() == ".json")
    records = reader.read()
    if also is not None:
        reader.found += (reader.origin.at(text, row) for row, text in also(records))
    errors = messages(reader.found, "error")
    if errors:
        raise InputError(errors)
    return records


def _read(path: Path) -> tuple[RawTable, list[Located]]:
    suffix = path.suffix.casefold()
    if not path.exists():
        raise refusal(MISSING, path)
    if suffix == ".json":
        return _json_rows(path)
    if suffix == ".csv":
        return read_csv(path, ("utf-8-sig",), NOT_UTF8), []
    if suffix in WORKBOOKS:
        return _sheet(path), []
    raise refusal(UNKNOWN_SUFFIX, path)


def _sheet(path: Path) -> RawTable:
    """Read the sheet with the attendance."""
    raws = read_workbook(path, (ATTENDANCE,))
    named = [raw for raw in raws if fold(raw.label) in ATTENDANCE.names]
    if len(named) > 1:
        raise refusal(SHEET_TWICE, path, first=named[0].label, second=named[1].label)
    filled = named or [raw for raw in raws if raw.rows]
    if len(filled) != 1:
        raise refusal(NO_SHEET, path)
    return filled[0]


def _json_rows(path: Path) -> tuple[RawTable, list[Located]]:
    """Lay a list of objects out as a table; what is no plain value goes to the findings."""
    data, found, origin = load_json(path), [], Origin(str(path))
    if not isinstance(data, list):
        raise refusal(NOT_A_LIST, path)
    # Each object has the keys it needs; that another lacks one is no lack of the whole list.
    keys = {key: None for record in data if isinstance(record, dict) for key in record}
    named = {fold(key) for key in keys}
    needed = [column for column in ATTENDANCE.columns if column.required]
    keys |= {column.header.en: None for column in needed if not column.names & named}
    rows: list[tuple[int, list[Cell]]] = [(0, list(keys))]
    for number, record in enumerate(data, 1):
        if not isinstance(record, dict):
            found.append(origin.at(NOT_AN_OBJECT, number))
            continue
        nested = [key for key, value in record.items() if isinstance(value, dict | list)]
        found += (origin.at(NOT_PLAIN, number, key) for key in nested)
        cells = [record.get(key) for key in keys]
        if not nested:
            rows.append((number, ["" if cell is None else cell for cell in cells]))
    return RawTable(str(path), None, path.stem, rows), found


class _Reader:
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
        self.known: dict[str, dict[object, Any]] = {c.field: {} for c in ATTENDANCE.columns}
        """By column: what each cell that can be read means."""

    def read(self) -> Attendance:
        """Read all rows."""
        records: dict[type, list[Any]] = {kind: [] for kind in _KINDS}
        matched = self._match()
        for number, cells in () if matched.lost else matched.cells():
            before = len(self.found)
            values = self._values(cells)
            if values is None:
                values = self._explain(matched, number, cells)
            self.found += self._unknown(matched.origin, number, cells, values)
            if len(self.found) == before:
                record = _record(number, values)
                records[type(record)].append(record)
        return Attendance(*(tuple(records[kind]) for kind in _KINDS))

    def _match(self) -> Matched:
        raw, found = self.raw, list[Located]()
        origin = self.origin
        found += (origin.at(text, row) for text, row in raw.findings)
        matched = match_columns(ATTENDANCE, raw, origin, ATTENDANCE.columns, found)
        for one in found:
            # A column of leave notes that is passed over would charge families for nothing.
            text = UNTOLD.fill(text=one.text) if one.severity == "warning" else one.text
            row = None if self.in_json else one.row
            self.found.append(one._replace(text=text, row=row, severity="error"))
        for column in ATTENDANCE.columns:
            origin.headers.setdefault(column.field, f"{column.header.zh} {column.header.en}")
        return matched

    def _values(self, cells: Mapping[str, Cell]) -> dict[str, Any] | None:
        """Read a row by what is known of its cells; None if anything is wrong with it."""
        values: dict[str, Any] = {}
        for field, cell in cells.items():
            # 1, 1.0 and True are one key but not one text.
            key = cell if type(cell) is str else (type(cell), cell)
            known = self.known[field]
            if key not in known:
                if isinstance(cell, Broken):
                    return None
                try:
                    known[key] = ATTENDANCE.column[field].kind.parse(cell, self.context)
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
        read_row(ATTENDANCE, ATTENDANCE.columns, rows, number, self.context, self.found)
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
    return {halfwidth(name): name for name in known} | {name: name for name in known}


def _record(row: int, values: Mapping[str, Any]) -> _Record:
    kind: RecordKind = values["kind"]
    day: date = values["day"]
    slot: str | None = values.get("slot")
    if kind is RecordKind.ABSENCE:
        return Absence(row, values["student"], day, slot, values.get("note", False))
    if kind is RecordKind.JOIN:
        return Joining(row, values["student"], day)
    if kind is RecordKind.EXIT:
        return Leaving(row, values["student"], day)
    if kind is RecordKind.SUBSTITUTE:
        return Substitute(row, day, values["slot"], values["absent"], values["substitute"])
    return Cancelled(row, day, slot, values.get("group"))
