"""Reading the sheets of an .xlsx workbook."""

import zipfile
from collections.abc import Collection, Iterable
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from models import Text
from optimizer.files.cells import Cell, Covered, fold, is_blank
from optimizer.files.columns import Table
from optimizer.files.formats import as_shown
from optimizer.files.guard import DAMAGED, look_at_workbook, refusal
from optimizer.files.headers import Area, RawTable, letters
from optimizer.files.reasons import why
from optimizer.files.sheetscan import Scan, parts_of, scan_sheet, styles_of
from optimizer.files.tables import TABLES

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
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError, KeyError) as error:
        raise refusal(DAMAGED, path, reason=why(error)) from None
    except BaseException as error:
        # The reader is compiled; its own faults come as an exception outside the usual tree.
        if type(error).__name__ != "PanicException":
            raise
        raise refusal(DAMAGED, path, reason=why(error)) from None


def _read(path: Path, known: Collection[str]) -> list[RawTable]:
    raws = []
    with zipfile.ZipFile(path) as archive, CalamineWorkbook.from_path(path) as workbook:
        parts, styles = parts_of(archive), styles_of(archive)
        for sheet in workbook.sheets_metadata:
            if sheet.typ != SheetTypeEnum.WorkSheet:
                continue
            name, part = sheet.name, parts[sheet.name]
            scan = scan_sheet(archive.read(part.member), styles)
            if scan.far is None:
                raw = _read_sheet(path, workbook, name, scan)
                raws.append(raw._replace(hidden=part.hidden))
            elif fold(name) in known:
                findings = ((FAR_CELL.fill(cell=scan.far), None),)
                raws.append(RawTable(str(path), name, name, [], findings))
    return raws


def _read_sheet(path: Path, workbook: CalamineWorkbook, name: str, scan: Scan) -> RawTable:
    sheet = workbook.get_sheet_by_name(name)
    cells: list[list[Cell]] = list(sheet.to_python(skip_empty_area=False))
    for (row, column), broken in scan.broken.items():
        if row < len(cells) and column < len(cells[row]):
            cells[row][column] = broken
    for row, column, shape in scan.shapes:
        if row < len(cells) and column < len(cells[row]):
            cells[row][column] = as_shown(cells[row][column], shape)
    merged = []
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
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
