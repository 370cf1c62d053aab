"""Reading the sheets of an .xlsx workbook."""

import re
import zipfile
from collections.abc import Collection, Iterable
from html import unescape
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from models import Text
from optimizer.files.cells import Broken, Cell, Share, fold, is_blank, number
from optimizer.files.columns import Table
from optimizer.files.guard import DAMAGED, look_at_workbook, refusal
from optimizer.files.headers import RawTable, letters
from optimizer.files.tables import TABLES

MERGED = Text(
    "单元格 {area} 合并了；请取消合并，并在每一行填上内容。",
    "the cells {area} are merged: unmerge them and fill in every row.",
)
FAR_CELL = Text(
    "单元格 {cell} 离表格太远，工作表无法读取；请删去它所在的行和列。",
    "cell {cell} stands too far from the table to read the sheet: delete its row and column.",
)
# The reader keeps a cell for every place up to the last row and column.
MOST_PLACES: Final = 20_000_000

_TAG = r"<(?:\w+:)?"
_SHEET = re.compile(_TAG + r"sheet\s([^>]*)>")
_RELATION = re.compile(_TAG + r"Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_CELL_TAG = _TAG.encode() + rb"c\s"
_CELL = re.compile(_CELL_TAG + rb"""[^<>]*?\br=["']([A-Z]{1,3})(\d{1,7})["'][^<>]*[^/<>]>""")
_ERROR = re.compile(
    _CELL_TAG + rb"""([^<>]*?\bt=["']e["'][^<>]*)>(.{0,2000}?)</(?:\w+:)?c>""", re.DOTALL
)
_NO_RESULT = re.compile(
    _CELL_TAG
    + rb"""([^<>]*)>\s*<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>)"""
    + rb"""\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v\s*></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"""
)
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]*)<")
_STRING_RESULT = re.compile(rb"""\bt=["']str["']""")
NO_RESULT = Broken("=?")
_STYLES: Final = "xl/styles.xml"
_FORMAT = re.compile(_TAG + r"numFmt\s([^>]*)>")
_CELL_STYLES = re.compile(_TAG + r"cellXfs\b[^>]*>(.*?)</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(_TAG + r"xf\s([^>]*)>")
# 0% and 0.00%, which every workbook has without declaring them.
_PERCENT_FORMATS: Final = frozenset(("9", "10"))


class _Scan(NamedTuple):
    """What the reader would not tell about a sheet."""

    broken: dict[tuple[int, int], Broken]
    """Error cells and formulas without a result, by 0-based row and column."""
    far: str | None
    """A cell so far out that the sheet cannot be read."""
    percents: list[tuple[int, int]]
    """Cells shown as percentages."""


def read_workbook(path: Path, tables: Iterable[Table] = TABLES) -> list[RawTable]:
    """Read the cells of every sheet that may be a table.

    Parameters
    ----------
    path
        The workbook.
    tables
        Those of which it is an error if their sheet cannot be read.

    Raises
    ------
    InputError
        If the file is no workbook that can be read.
    """
    look_at_workbook(path)
    try:
        return _read(path, {name for table in tables for name in table.names})
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError, KeyError) as error:
        raise refusal(DAMAGED, path, reason=error) from None
    except BaseException as error:
        # The reader is compiled; its own faults come as an exception outside the usual tree.
        if type(error).__name__ != "PanicException":
            raise
        raise refusal(DAMAGED, path, reason=error) from None


def _read(path: Path, known: Collection[str]) -> list[RawTable]:
    raws = []
    with zipfile.ZipFile(path) as archive, CalamineWorkbook.from_path(path) as workbook:
        parts = _parts(archive)
        percents = _percent_cell(archive)
        for sheet in workbook.sheets_metadata:
            if sheet.typ != SheetTypeEnum.WorkSheet:
                continue
            scan = _scan(archive.read(parts[sheet.name]), percents)
            if scan.far is None:
                raws.append(_read_sheet(path, workbook, sheet.name, scan))
            elif fold(sheet.name) in known:
                findings = ((FAR_CELL.fill(cell=scan.far), None),)
                raws.append(RawTable(str(path), sheet.name, sheet.name, [], findings))
    return raws


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Give the archive's member for each sheet."""
    targets = {}
    for attributes in _tags(_RELATION, archive.read("xl/_rels/workbook.xml.rels")):
        target = attributes.get("Target", "")
        inside = PurePosixPath(target[1:]) if target[:1] == "/" else PurePosixPath("xl", target)
        targets[attributes.get("Id", "")] = str(inside)
    parts = {}
    for attributes in _tags(_SHEET, archive.read("xl/workbook.xml")):
        relation = next((v for k, v in attributes.items() if k.endswith(":id")), "")
        parts[attributes.get("name", "")] = targets.get(relation, "")
    return parts


def _tags(pattern: re.Pattern[str], xml: bytes) -> list[dict[str, str]]:
    text = xml.decode("utf-8")
    return [
        {name: unescape(a or b) for name, a, b in _ATTRIBUTE.findall(match[1])}
        for match in pattern.finditer(text)
    ]


def _percent_cell(archive: zipfile.ZipFile) -> re.Pattern[bytes] | None:
    """Give what finds the cells that Excel shows as percentages; None if there can be none."""
    if _STYLES not in archive.namelist():
        return None
    xml = archive.read(_STYLES)
    formats = set(_PERCENT_FORMATS)
    for attributes in _tags(_FORMAT, xml):
        if "%" in attributes.get("formatCode", ""):
            formats.add(attributes.get("numFmtId", ""))
    found = _CELL_STYLES.search(xml.decode("utf-8"))
    styles = _tags(_STYLE, found[1].encode()) if found else []
    numbers = [str(n) for n, style in enumerate(styles) if style.get("numFmtId") in formats]
    if not numbers:
        return None
    wanted = rf"""[^<>]*?\bs=["'](?:{"|".join(numbers)})["'][^<>]*[^/<>]>"""
    return re.compile(_CELL_TAG + wanted.encode())


def _scan(xml: bytes, percents: re.Pattern[bytes] | None) -> _Scan:
    last_row = last_column = 0
    farthest = ""
    for match in _CELL.finditer(xml):
        row, column = int(match[2]), _column(match[1])
        if row > last_row or column > last_column:
            last_row, last_column = max(row, last_row), max(column, last_column)
            farthest = (match[1] + match[2]).decode()
    broken = {}
    for match in _ERROR.finditer(xml):
        place, value = _PLACE.search(match[1]), _VALUE.search(match[2])
        if place:
            error = value[1].decode("ascii", "replace") if value else "#?"
            broken[_position(place)] = Broken(unescape(error))
    for match in _NO_RESULT.finditer(xml):
        place = _PLACE.search(match[1])
        # A formula whose result is an empty text is just blank.
        if place and not _STRING_RESULT.search(match[1]):
            broken[_position(place)] = NO_RESULT
    shares = []
    for match in percents.finditer(xml) if percents else ():
        place = _PLACE.search(match[0])
        if place:
            shares.append(_position(place))
    return _Scan(broken, farthest if last_row * last_column > MOST_PLACES else None, shares)


def _column(name: bytes) -> int:
    number = 0
    for letter in name:
        number = number * 26 + letter - ord("A") + 1
    return number


def _position(place: re.Match[bytes]) -> tuple[int, int]:
    return int(place[2]) - 1, _column(place[1]) - 1


def _read_sheet(path: Path, workbook: CalamineWorkbook, name: str, scan: _Scan) -> RawTable:
    sheet = workbook.get_sheet_by_name(name)
    cells: list[list[Cell]] = list(sheet.to_python(skip_empty_area=False))
    for (row, column), broken in scan.broken.items():
        if row < len(cells) and column < len(cells[row]):
            cells[row][column] = broken
    for row, column in scan.percents:
        if row < len(cells) and column < len(cells[row]):
            shown = number(cells[row][column])
            if shown is not None:
                cells[row][column] = Share(shown)
    rows = [(n, row) for n, row in enumerate(cells, 1) if not all(map(is_blank, row))]
    findings = []
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        area = f"{letters(left)}{top + 1}:{letters(right)}{bottom + 1}"
        findings.append((MERGED.fill(area=area), top + 1))
    return RawTable(str(path), name, name, rows, tuple(findings))
