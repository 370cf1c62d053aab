"""Reading the sheets of an .xlsx workbook."""

import zipfile
from collections.abc import Collection, Iterable
from pathlib import Path

from models import Text
from optimizer.files.cells import Cell, Covered, fold, is_blank
from optimizer.files.columns import Table
from optimizer.files.formats import as_shown
from optimizer.files.guard import DAMAGED, look_at_workbook, refusal
from optimizer.files.headers import Area, RawTable, letters
from optimizer.files.reasons import why
from optimizer.files.sheetchild import ReaderGaveUpError, Sheet, read_sheets
from optimizer.files.sheetscan import Scan, parts_of, scan_sheet, styles_of
from optimizer.files.tables import TABLES

GAVE_UP = Text(
    "读取时占用的内存或时间过多，或内容有矛盾",
    "reading it takes far too much memory or time, or it contradicts itself",
)
FAR_CELL = Text(
    "单元格 {cell} 离表格太远，工作表无法读取；请删去它所在的行和列。",
    "cell {cell} stands too far from the table to read the sheet: delete its row and column.",
)


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
    except ReaderGaveUpError as error:
        reason = why(error) if str(error) else GAVE_UP
        raise refusal(DAMAGED, path, reason=reason) from None
    except (zipfile.BadZipFile, OSError, ValueError, KeyError) as error:
        raise refusal(DAMAGED, path, reason=why(error)) from None


def _read(path: Path, known: Collection[str]) -> list[RawTable]:
    with zipfile.ZipFile(path) as archive:
        parts, styles = parts_of(archive), styles_of(archive)
        scans = {n: scan_sheet(archive.read(part.member), styles) for n, part in parts.items()}
    sheets = read_sheets(path, [name for name, scan in scans.items() if scan.far is None])
    raws = []
    for name, scan in scans.items():
        if name in sheets:
            raw = _read_sheet(path, sheets[name], name, scan)
            raws.append(raw._replace(hidden=parts[name].hidden))
        elif scan.far is not None and fold(name) in known:
            findings = ((FAR_CELL.fill(cell=scan.far), None),)
            raws.append(RawTable(str(path), name, name, [], findings))
    return raws


def _read_sheet(path: Path, sheet: Sheet, name: str, scan: Scan) -> RawTable:
    cells: list[list[Cell]] = sheet.rows
    for (row, column), broken in scan.broken.items():
        if row < len(cells) and column < len(cells[row]):
            cells[row][column] = broken
    for row, column, shape in scan.shapes:
        if row < len(cells) and column < len(cells[row]):
            cells[row][column] = as_shown(cells[row][column], shape)
    merged = []
    for (top, left), (bottom, right) in sheet.merged:
        area = f"{letters(left)}{top + 1}:{letters(right)}{bottom + 1}"
        merged.append(Area(area, top + 1, bottom + 1, left + 1, right + 1))
        _cover(cells, merged[-1])
    rows = [(n, row) for n, row in enumerate(cells, 1) if not all(map(is_blank, row))]
    return RawTable(str(path), name, name, rows, merged=tuple(merged), hidden_rows=scan.hidden_rows)


def _cover(cells: list[list[Cell]], area: Area) -> None:
    """Mark the blank cells of a merged area, all but the first."""
    for row in cells[area.top - 1 : area.bottom]:
        for index in range(area.left - 1, min(area.right, len(row))):
            if is_blank(row[index]):
                row[index] = Covered()
