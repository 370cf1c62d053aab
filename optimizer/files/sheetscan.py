"""What the reader of cells would not tell about a workbook: it is looked up in the archive."""

import re
import zipfile
from collections.abc import Iterable, Mapping
from html import unescape
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from optimizer.files.cells import Broken
from optimizer.files.formats import Shape, shape_of

# The reader keeps a cell for every place up to the last row and column.
MOST_PLACES: Final = 4_000_000
NO_RESULT = Broken("=?")

_TAG = r"<(?:\w+:)?"
_SHEET = re.compile(_TAG + r"sheet\s([^>]*)>")
_RELATION = re.compile(_TAG + r"Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_CELL_TAG = _TAG.encode() + rb"c\s"
_CELL = re.compile(_CELL_TAG + rb"""[^<>]*?\br=["']([A-Z]{1,3})(\d{1,7})["'](?:[^<>]*[^/<>])?>""")
_ERROR = re.compile(
    _CELL_TAG + rb"""([^<>]*?\bt=["']e["'][^<>]*)>(.{0,2000}?)</(?:\w+:)?c>""", re.DOTALL
)
_NO_RESULT = re.compile(
    _CELL_TAG
    + rb"""([^<>]*)>\s*<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>)"""
    + rb"""\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v\s*></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"""
)
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_STYLE_OF = re.compile(rb"""\bs=["'](\d+)["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]*)<")
_STRING_RESULT = re.compile(rb"""\bt=["']str["']""")
_ROW = re.compile(_TAG.encode() + rb"row\b([^<>]*)>")
_ROW_NUMBER = re.compile(rb"""\br=["'](\d{1,7})["']""")
_HIDDEN = re.compile(rb"""\bhidden=["'](?:1|true)["']""")
_STYLES: Final = "xl/styles.xml"
_FORMAT = re.compile(_TAG + r"numFmt\s([^>]*)>")
_CELL_STYLES = re.compile(_TAG + r"cellXfs\b[^>]*>(.*?)</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(_TAG + r"xf\s([^>]*)>")


class Part(NamedTuple):
    """One sheet in the archive."""

    member: str
    hidden: bool


class Scan(NamedTuple):
    """What the reader would not tell about a sheet."""

    broken: dict[tuple[int, int], Broken]
    """Error cells and formulas without a result, by 0-based row and column."""
    far: str | None
    """A cell so far out that the sheet cannot be read."""
    shapes: list[tuple[int, int, Shape]]
    """Cells of which Excel shows something else than their value."""
    hidden_rows: frozenset[int]
    """Counted from 1."""


def parts_of(archive: zipfile.ZipFile) -> dict[str, Part]:
    """Give the archive's member for each sheet."""
    targets = {}
    for attributes in _tags(_RELATION, archive.read("xl/_rels/workbook.xml.rels")):
        target = attributes.get("Target", "")
        inside = PurePosixPath(target[1:]) if target[:1] == "/" else PurePosixPath("xl", target)
        targets[attributes.get("Id", "")] = str(inside)
    parts = {}
    for attributes in _tags(_SHEET, archive.read("xl/workbook.xml")):
        relation = next((v for k, v in attributes.items() if k.endswith(":id")), "")
        hidden = attributes.get("state", "visible") != "visible"
        parts[attributes.get("name", "")] = Part(targets.get(relation, ""), hidden)
    return parts


def _tags(pattern: re.Pattern[str], xml: bytes) -> list[dict[str, str]]:
    text = xml.decode("utf-8")
    return [
        {name: unescape(a or b) for name, a, b in _ATTRIBUTE.findall(match[1])}
        for match in pattern.finditer(text)
    ]


def styles_of(archive: zipfile.ZipFile) -> dict[bytes, Shape]:
    """Give the styles with which Excel shows something else than a cell's value, by number."""
    if _STYLES not in archive.namelist():
        return {}
    xml = archive.read(_STYLES)
    codes = {a.get("numFmtId", ""): a.get("formatCode", "") for a in _tags(_FORMAT, xml)}
    found = _CELL_STYLES.search(xml.decode("utf-8"))
    shapes: dict[bytes, Shape] = {}
    for place, style in enumerate(_tags(_STYLE, found[1].encode()) if found else ()):
        name = style.get("numFmtId", "0")
        shape = shape_of(int(name) if name.isdecimal() else 0, codes.get(name, ""))
        if shape is not None:
            shapes[str(place).encode()] = shape
    return shapes


def scan_sheet(xml: bytes, styles: Mapping[bytes, Shape]) -> Scan:
    """Look through a sheet for what the reader would not tell."""
    last_row = last_column = 0
    farthest = ""
    for match in _CELL.finditer(xml):
        row, column = int(match[2]), _column(match[1])
        if row > last_row or column > last_column:
            last_row, last_column = max(row, last_row), max(column, last_column)
            farthest = (match[1] + match[2]).decode()
    far = farthest if last_row * last_column > MOST_PLACES else None
    return Scan(_broken(xml), far, _shapes(xml, styles), frozenset(_hidden(xml)))


def _broken(xml: bytes) -> dict[tuple[int, int], Broken]:
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
    return broken


def _shapes(xml: bytes, styles: Mapping[bytes, Shape]) -> list[tuple[int, int, Shape]]:
    if not styles:
        return []
    wanted = rb"""[^<>]*?\bs=["'](?:%s)["'](?:[^<>]*[^/<>])?>""" % b"|".join(styles)
    shapes = []
    for match in re.finditer(_CELL_TAG + wanted, xml):
        place, style = _PLACE.search(match[0]), _STYLE_OF.search(match[0])
        if place and style:
            shapes.append((*_position(place), styles[style[1]]))
    return shapes


def _hidden(xml: bytes) -> Iterable[int]:
    """Give the rows that are hidden, by hand or by a filter."""
    if not _HIDDEN.search(xml):
        return
    last = 0
    for match in _ROW.finditer(xml):
        number = _ROW_NUMBER.search(match[1])
        last = int(number[1]) if number else last + 1
        if _HIDDEN.search(match[1]):
            yield last


def _column(name: bytes) -> int:
    number = 0
    for letter in name:
        number = number * 26 + letter - ord("A") + 1
    return number


def _position(place: re.Match[bytes]) -> tuple[int, int]:
    return int(place[2]) - 1, _column(place[1]) - 1
