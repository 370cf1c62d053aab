"""What a sheet comes to on paper, worked out from the file as a program that prints it does."""

from dataclasses import dataclass
from typing import Any

from openpyxl.utils import column_index_from_string, range_boundaries

# A4 in inches, less the margins that the sheet gives.
LONG, SHORT = 11.69, 8.27
PIXELS, POINTS = 96, 72
HEAD = "FF1F3864"


@dataclass(frozen=True)
class Printed:
    """A sheet's pages: their scale and widths, and the rows of each."""

    scale: float
    """Of one; 1 is full size."""
    widest: float
    """Width of the widest page, scaled, as a part of the paper's."""
    least_points: float
    pages: list[list[int]]
    """Rows of the pages from top to bottom, if the sheet gives its breaks."""
    tallest: float
    """Height of the tallest of these pages as a part of the paper's."""


def _sizes(sheet: Any) -> tuple[float, float]:
    across = sheet.page_setup.orientation == "landscape"
    width, height = (LONG, SHORT) if across else (SHORT, LONG)
    margins = sheet.page_margins
    return width - margins.left - margins.right, height - margins.top - margins.bottom


def widths(sheet: Any) -> dict[int, int]:
    """Give the widths of the columns in pixels; a digit of the standard font takes seven."""
    found = {}
    for letter, column in sheet.column_dimensions.items():
        first = column.min or column_index_from_string(letter)
        for number in range(first, (column.max or first) + 1):
            found[number] = round(column.width * 7)
    return found


def area(sheet: Any) -> tuple[int, int, int, int]:
    """Give the first column and row and the last column and row that are printed."""
    text = str(sheet.print_area).rsplit("!", 1)[-1].replace("$", "")
    first_column, first, last_column, last = range_boundaries(text)
    return first_column or 1, first or 1, last_column or 1, last or 1


def height(sheet: Any, row: int) -> float:
    """Give a row's height in points."""
    own = sheet.row_dimensions[row].height if row in sheet.row_dimensions else None
    return float(own or sheet.sheet_format.defaultRowHeight)


def _across(sheet: Any) -> list[int]:
    """Give the widths of the pages side by side in pixels."""
    own = widths(sheet)
    first, _, last, _ = area(sheet)
    repeated = range(0)
    if sheet.print_title_cols:
        left, right = str(sheet.print_title_cols).replace("$", "").split(":")
        repeated = range(column_index_from_string(left), column_index_from_string(right) + 1)
    ends = [*(b.id for b in sheet.col_breaks.brk), last]
    pages, start = [], first
    for end in ends:
        extra = 0 if start == first else sum(own[column] for column in repeated)
        pages.append(extra + sum(own.get(c, 64) for c in range(start, end + 1)))
        start = end + 1
    return pages


def printed(sheet: Any) -> Printed:
    """Work out what a sheet comes to on paper."""
    wide, tall = _sizes(sheet)
    first_column, first, last_column, last = area(sheet)
    page = max(_across(sheet))
    fitted = bool(sheet.sheet_properties.pageSetUpPr.fitToPage)
    scale = min(1, wide * PIXELS / page) if fitted else (sheet.page_setup.scale or 100) / 100
    sizes = [
        cell.font.sz
        for row in sheet.iter_rows(first, last, first_column, last_column)
        for cell in row
        if cell.value is not None
    ]
    pages, start = [], first
    for end in [*(b.id for b in sheet.row_breaks.brk), last]:
        pages.append(list(range(start, end + 1)))
        start = end + 1
    heights = [sum(height(sheet, row) for row in rows) for rows in pages]
    return Printed(
        scale,
        page * scale / (wide * PIXELS),
        min(sizes) * scale,
        pages,
        max(heights) * scale / (tall * POINTS),
    )


def is_head(sheet: Any, row: int) -> bool:
    """Tell whether a row is the head of a table."""
    return bool(sheet.cell(row, 1).fill.fgColor.rgb == HEAD)


def is_heading(sheet: Any, row: int) -> bool:
    """Tell whether a row is the heading of a topic."""
    return bool(sheet.cell(row, 1).font.sz == 13)
