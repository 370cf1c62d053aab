"""Changing some sheets of a workbook and leaving everything else in it as it is.

A school's workbook holds more than the program reads: sheets and columns of its own, colours,
column widths, remarks. So only the rows that change are written, into the sheet's own XML.
"""

import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Final
from xml.sax.saxutils import escape

from optimizer.files.headers import letters
from optimizer.files.scalars import Shown

_ROW = re.compile(r"<row\b([^>]*?)(?:/>|>(.*?)</row>)", re.DOTALL)
_CELL = re.compile(r"<c\b([^>]*?)(?:/>|>.*?</c>)", re.DOTALL)
_REF = re.compile(r'\br="([A-Z]{0,3})(\d+)"')
_STYLE = re.compile(r'\bs="(\d+)"')
_DATA = re.compile(r"<sheetData\s*/>|<sheetData>(.*?)</sheetData>", re.DOTALL)
_DIMENSION = re.compile(r"<dimension\b[^>]*/>")
_FILTER = re.compile(r"<autoFilter\b[^>]*?(?:/>|>.*?</autoFilter>)", re.DOTALL)
_CALC_CHAIN: Final = "xl/calcChain.xml"
_NAMESPACE: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_EMPTY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<worksheet xmlns="{_NAMESPACE}"><sheetData></sheetData></worksheet>'
)
_SHEET_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class NotEditableError(Exception):
    """A workbook whose XML is not as spreadsheets write it."""


@dataclass
class SheetEdit:
    """What changes on one sheet. Rows are counted from 1, columns from 0."""

    cells: dict[tuple[int, int], Shown] = field(default_factory=dict)
    """Cells that change, or are added below or beside the others."""
    keep_rows: int | None = None
    """Rows below this one are removed first, with 0 the whole sheet; None keeps them all."""


def edited(source: Path, edits: Mapping[str, SheetEdit], new: Sequence[str] = ()) -> bytes:
    """Give a workbook with some sheets changed.

    Parameters
    ----------
    source
        The workbook.
    edits
        What changes, by the name of the sheet.
    new
        Those of the sheets that are not in the workbook yet.

    Raises
    ------
    NotEditableError
        If the workbook is not written as Excel and its like do.
    """
    with zipfile.ZipFile(source) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    parts = _parts(members)
    for name in new:
        parts[name] = _add_sheet(members, name)
    for name, edit in edits.items():
        part = parts.get(name, "")
        old = _text(members, part)
        if edit.keep_rows == 0:
            # Nothing of the old sheet is left, what hangs on it neither.
            old = _EMPTY
            members.pop(str(PurePosixPath(part).parent / "_rels" / f"{Path(part).name}.rels"), None)
        xml = _edit(old, edit, _text_style(members))
        members[part] = xml.encode()
    _forget_calculations(members)
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for filename, data in members.items():
            # The same input gives the same bytes.
            info = zipfile.ZipInfo(filename, (1980, 1, 1, 0, 0, 0))
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def _parts(members: Mapping[str, bytes]) -> dict[str, str]:
    """Give the member of each sheet."""
    targets = {}
    for tag in re.findall(r"<Relationship\b[^>]*>", _text(members, "xl/_rels/workbook.xml.rels")):
        name, target = _attribute(tag, "Id"), _attribute(tag, "Target")
        targets[name] = target[1:] if target.startswith("/") else f"xl/{target}"
    sheets = re.findall(r"<sheet\b[^>]*>", _text(members, "xl/workbook.xml"))
    return {_attribute(tag, "name"): targets.get(_attribute(tag, "r:id"), "") for tag in sheets}


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return unescape(found[1]) if found else ""


def _text(members: Mapping[str, bytes], part: str) -> str:
    try:
        return members[part].decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        raise NotEditableError from None


def _edit(xml: str, edit: SheetEdit, text_style: str) -> str:
    data = _DATA.search(xml)
    if not data:
        raise NotEditableError
    by_row: dict[int, dict[int, Shown]] = {}
    for (row, column), value in edit.cells.items():
        by_row.setdefault(row, {})[column] = value
    rows: dict[int, str] = {}
    for match in _ROW.finditer(data[1] or ""):
        place = _REF.search(match[1])
        if not place:
            raise NotEditableError
        number = int(place[2])
        if edit.keep_rows is None or number <= edit.keep_rows:
            cells = by_row.pop(number, None)
            rows[number] = match[0] if cells is None else _row(match, number, cells, text_style)
    for number, cells in by_row.items():
        written = "".join(_cell(number, c, cells[c], text_style) for c in sorted(cells))
        rows[number] = f'<row r="{number}">{written}</row>'
    body = "".join(rows[number] for number in sorted(rows))
    xml = f"{xml[: data.start()]}<sheetData>{body}</sheetData>{xml[data.end() :]}"
    xml = _DIMENSION.sub("", xml)
    # What was filtered out is gone, and the filter with it.
    return xml if edit.keep_rows is None else _FILTER.sub("", xml)


def _row(match: re.Match[str], number: int, changes: Mapping[int, Shown], text_style: str) -> str:
    """Give a row with some cells changed; a cell keeps its style."""
    cells: dict[int, str] = {}
    styles: dict[int, str] = {}
    for cell in _CELL.finditer(match[2] or ""):
        place = _REF.search(cell[1])
        if not place:
            raise NotEditableError
        column = _column(place[1])
        cells[column] = cell[0]
        style = _STYLE.search(cell[1])
        styles[column] = f' s="{style[1]}"' if style else ""
    for column, value in changes.items():
        cells[column] = _cell(number, column, value, styles.get(column, text_style))
    attributes = re.sub(r'\s*\bspans="[^"]*"', "", match[1]).rstrip("/").rstrip()
    return f"<row{attributes}>{''.join(cells[c] for c in sorted(cells))}</row>"


def _cell(row: int, column: int, value: Shown, style: str) -> str:
    place = f'r="{letters(column)}{row}"'
    if value == "":
        return f"<c {place}{style}/>"
    if isinstance(value, str):
        text = f'<is><t xml:space="preserve">{escape(value)}</t></is>'
        return f'<c {place}{style} t="inlineStr">{text}</c>'
    return f"<c {place}><v>{value}</v></c>"


def _column(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _text_style(members: Mapping[str, bytes]) -> str:
    """Give the attribute of a style that is text, so that ids stay text when edited."""
    xml = members.get("xl/styles.xml", b"").decode("utf-8")
    found = re.search(r"<cellXfs\b[^>]*>(.*?)</cellXfs>", xml, re.DOTALL)
    styles = re.findall(r"<xf\b[^>]*>", found[1]) if found else []
    number = next((n for n, style in enumerate(styles) if 'numFmtId="49"' in style), None)
    return "" if number is None else f' s="{number}"'


def _add_sheet(members: dict[str, bytes], name: str) -> str:
    """Add an empty sheet at the end; give its member."""
    count = 1
    while f"xl/worksheets/sheet{count}.xml" in members:
        count += 1
    part = f"xl/worksheets/sheet{count}.xml"
    members[part] = _EMPTY.encode()
    relation = f"rIdAdded{count}"
    book = _text(members, "xl/workbook.xml")
    ids = [int(number) for number in re.findall(r'\bsheetId="(\d+)"', book)]
    quoted = escape(name, {'"': "&quot;"})
    entry = (
        f'<sheet xmlns:r="{_RELATIONS}" name="{quoted}" sheetId="{max(ids, default=0) + 1}" '
        f'r:id="{relation}"/>'
    )
    _put(members, "xl/workbook.xml", "</sheets>", entry)
    _put(
        members,
        "xl/_rels/workbook.xml.rels",
        "</Relationships>",
        f'<Relationship Id="{relation}" Type="{_RELATION}" Target="worksheets/sheet{count}.xml"/>',
    )
    override = f'<Override PartName="/{part}" ContentType="{_SHEET_TYPE}"/>'
    _put(members, "[Content_Types].xml", "</Types>", override)
    return part


def _put(members: dict[str, bytes], part: str, before: str, text: str) -> None:
    xml = _text(members, part)
    if before not in xml:
        raise NotEditableError
    members[part] = xml.replace(before, text + before).encode()


def _forget_calculations(members: dict[str, bytes]) -> None:
    """Have formulas worked out anew when the workbook is opened."""
    if members.pop(_CALC_CHAIN, None) is not None:
        for part, pattern in (
            ("[Content_Types].xml", r'<Override\b[^>]*"/xl/calcChain\.xml"[^>]*/>'),
            ("xl/_rels/workbook.xml.rels", r'<Relationship\b[^>]*"calcChain\.xml"[^>]*/>'),
        ):
            xml = _text(members, part)
            members[part] = re.sub(pattern, "", xml).encode()
    book = _text(members, "xl/workbook.xml")
    if "fullCalcOnLoad" not in book:
        book = re.sub(r"<calcPr\b", '<calcPr fullCalcOnLoad="1"', book)
    members["xl/workbook.xml"] = book.encode()
