"""Reading what really happened in a term: a list, or sheets with marks, in a file of their own."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from models import Plan, School, Text
from models.attendance import Attendance
from optimizer.errors import InputError
from optimizer.files.attendanceblocks import is_grid
from optimizer.files.attendancegrid import GridReader, place_text
from optimizer.files.attendancelist import ListReader
from optimizer.files.cells import Cell, fold
from optimizer.files.csvfolder import read_csv
from optimizer.files.guard import MISSING, NOT_READABLE, refusal
from optimizer.files.headers import RawTable
from optimizer.files.jsonfile import load_json
from optimizer.files.place import Located, Origin, messages
from optimizer.files.reasons import why
from optimizer.files.tables.attendance import ATTENDANCE
from optimizer.files.workbook import read_workbook

WORKBOOKS = frozenset((".xlsx", ".xlsm", ".xls"))
UNKNOWN_SUFFIX = Text(
    "不认识“{file}”的格式；考勤可用 .csv、.xlsx 或 .json。",
    "{file}: unknown format: attendance comes as .csv, .xlsx or .json.",
)
MARKS_NEED_PLAN = Text(
    "“{file}”是打了标记的考勤表，须与方案一起读。",
    "{file}: a sheet with marks, which can only be read together with the plan.",
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


RowName = Callable[[int], Text]
"""Names the place of a record in a sentence."""
FurtherMistakes = Callable[[Attendance, RowName], Iterable[tuple[int, Text]]]
"""Finds what else is wrong with records, each with its row."""


def read_attendance(
    path: Path | str,
    school: School,
    also: FurtherMistakes | None = None,
    plan: Plan | None = None,
) -> Attendance:
    """Read the records of attendance: a list, or sheets with a row a student and a column a date.

    Headers and words may be Chinese or English, the columns in any order. Each record of a list
    keeps the number of its row, as a spreadsheet shows it, or its place in a JSON list counted from
    1; records of marks have numbers of their own. Groups belong to a plan and are not looked up in
    a list.

    Parameters
    ----------
    path
        A .csv file, an .xlsx workbook (its sheet 考勤 or Attendance, or its only one, is the list;
        sheets with dates in their header are those with marks), or a .json list of objects.
    school
        The school whose term it is.
    also
        Looks at the records that can be read; what it finds is listed with the rest.
    plan
        The plan whose groups the marks are about.

    Raises
    ------
    InputError
        With every mistake in the file, each with its row and column.
    """
    path = Path(path)
    try:
        raw, grids, found = _read(path)
    except OSError as error:
        raise refusal(NOT_READABLE, path, reason=why(error)) from None
    if grids and plan is None:
        raise refusal(MARKS_NEED_PLAN, path)
    records, places, origin = Attendance(), dict[int, Located](), Origin(str(path))
    if raw is not None:
        reader = ListReader(raw, school, found, in_json=path.suffix.casefold() == ".json")
        records, origin = reader.read(), reader.origin
    if grids and plan is not None:
        marks = GridReader(school, plan)
        records, places = marks.read(grids, records, origin.sheet), marks.places
        found += marks.found
    for row, text in also(records, partial(_name, origin, places)) if also is not None else ():
        found.append(places.get(row, origin.at(text, row))._replace(text=text))
    if errors := messages(found, "error"):
        raise InputError(errors)
    return records


def _name(origin: Origin, places: Mapping[int, Located], row: int) -> Text:
    """Name the place of a record: a row of the list, or of a sheet with marks."""
    at = places.get(row, origin.at(Text("", ""), row))
    return place_text(at.sheet, row if at.row is None else at.row)


def _read(path: Path) -> tuple[RawTable | None, list[RawTable], list[Located]]:
    """Read the list, if there is one, and the sheets with marks."""
    suffix = path.suffix.casefold()
    if not path.exists():
        raise refusal(MISSING, path)
    if suffix == ".json":
        raw, found = _json_rows(path)
        return raw, [], found
    if suffix == ".csv":
        raw = read_csv(path)
        return (None, [raw], []) if is_grid(raw) else (raw, [], [])
    if suffix in WORKBOOKS:
        return *_sheets(path), []
    raise refusal(UNKNOWN_SUFFIX, path)


def _sheets(path: Path) -> tuple[RawTable | None, list[RawTable]]:
    """Read the sheet with the list, and those with marks."""
    raws = read_workbook(path, (ATTENDANCE,))
    grids = [raw for raw in raws if is_grid(raw)]
    others = [raw for raw in raws if raw not in grids]
    named = [raw for raw in others if fold(raw.label) in ATTENDANCE.names]
    if len(named) > 1:
        raise refusal(SHEET_TWICE, path, first=named[0].label, second=named[1].label)
    if grids:
        return (named[0] if named else None), grids
    filled = named or [raw for raw in raws if raw.rows]
    if len(filled) != 1:
        raise refusal(NO_SHEET, path)
    return filled[0], []


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
