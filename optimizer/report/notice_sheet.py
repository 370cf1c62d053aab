"""A public notice on paper: A4 upright, a big title, text that wraps, lines to write on."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from math import ceil
from typing import Any

from models import Text
from optimizer.report.book import Book
from optimizer.report.columns import Cell, display_width
from optimizer.report.ledger_book import LedgerBook
from optimizer.report.ledger_words import capital
from optimizer.report.notice import (
    MONTH_TITLE,
    TITLE,
    month_notice,
    monthly_topics,
    notice,
)
from optimizer.report.notice_parts import GRID, Blank, Block, Part, Table
from optimizer.report.paper import LINE_POINTS, UPRIGHT, Flow

NOTICE = Text("公示", "Public notice")
MONTH_NOTICE = Text("公示 {month}", "Notice {month}")
SIGNED = Text("{school}（盖章）", "{school} (seal)")
DATED = Text(
    "公示日期：____年__月__日 至 ____年__月__日", "On display from ____________ to ____________"
)
COLUMN = 2.7
"""Width of a column of the page, in Excel's unit, which counts what is between columns apart."""
ROOM = 3.5
"""Latin letters that a column has room for."""
PAGES = 2
"""A notice that fits on so many pages in slightly smaller print is printed so."""
LEADING = 3
"""Rows of a table that stand on one page with its head."""
TOTALS: dict[type, str] = {Decimal: "money_band", int: "number_band"}
MIDDLE = 11
"""Columns of a heading beside which the clause it goes by stands."""
LABEL = 8
"""Columns of a label before a line to write on."""
BIG_POINTS, HEADING_POINTS, BLANK_POINTS, GAP_POINTS = 32, 22, 26, 8
TALLEST = 24
"""Lines that a row may hold: Excel's limit is 409 points."""
LOOSE = 1.08
"""Lines break between words and so are not quite full."""


def add_notices(of: LedgerBook) -> None:
    """Add the notice of the term and, where the policy asks, one of each month that is over."""
    add_notice(of)
    if monthly_topics(of.school):
        for month in of.ledger.settled_months:
            title = MONTH_TITLE.fill(school=of.book.names.the_school, month=month)
            sheet = of.book.sheet(of.book.say(MONTH_NOTICE.fill(month=month)))
            _write(of, sheet, of.book.say(title), month_notice(of, month))


def add_notice(of: LedgerBook) -> None:
    """Add the notice of the term."""
    title = TITLE.fill(school=of.book.names.the_school)
    sheet = of.book.sheet(of.book.say(NOTICE))
    _write(of, sheet, of.book.say(title), notice(of))


def _write(of: LedgerBook, sheet: Any, title: str, parts: Sequence[Part]) -> None:
    book = of.book
    sheet.set_column(0, GRID - 1, COLUMN)
    page = _Page(book, sheet)
    page.text(title, "notice_title", height=BIG_POINTS)
    for part in parts:
        page.part(part)
    page.close_row(LINE_POINTS, 3 * LINE_POINTS)
    signed = book.say(SIGNED.fill(school=of.book.names.the_school))
    page.text(signed, "notice_right", lead=LINE_POINTS)
    page.text(book.say(DATED), "notice_right")
    book.print_setup(sheet, title, page.row, GRID, UPRIGHT)
    page.flow.shrunk(PAGES).lay_out(sheet)


class _Page:
    """A sheet that is filled from the top, page by page."""

    def __init__(self, book: Book, sheet: Any) -> None:
        self.book = book
        self.sheet = sheet
        self.row = 0
        self.headings = 0
        self.flow = Flow(UPRIGHT)

    def part(self, part: Part) -> None:
        """Write a topic; those with a heading are numbered."""
        heading = f"{self.headings + 1}. {capital(part.heading)}"
        beside = bool(part.heading) and _fits_beside(heading, part.note)
        noted = _text_height(part.note) if part.note and not beside else 0
        lead = noted + _lead(part.blocks)
        if part.heading:
            self.headings += 1
            self.close_row(LINE_POINTS)
            if beside:
                self._put(0, MIDDLE, heading, "notice_heading")
                self._put(MIDDLE, GRID, part.note, "notice_basis")
                self.close_row(HEADING_POINTS, HEADING_POINTS + lead)
            else:
                self.text(heading, "notice_heading", HEADING_POINTS, lead)
        if part.note and not beside:
            self.text(part.note, "notice_note")
        before: Block | None = None
        for number, block in enumerate(part.blocks):
            if isinstance(before, Table) and isinstance(block, Table):
                self.close_row(GAP_POINTS)
            self._block(block, _lead(part.blocks[number:]))
            before = block

    def _block(self, block: Block, lead: float) -> None:
        if isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Blank):
            for number in range(block.lines):
                self._put(0, LABEL, "" if number else block.label, "notice_text")
                self._put(LABEL, GRID, "", "notice_blank")
                self.close_row(BLANK_POINTS, 0 if number else lead)
        else:
            self.text(block, lead=lead - _text_height(block))

    def text(
        self,
        text: str,
        look: str = "notice_text",
        height: float = LINE_POINTS,
        lead: float = 0,
    ) -> None:
        """Write text over the whole width, in as many rows as it needs.

        Parameters
        ----------
        height
            Of a line, in points.
        lead
            Points below that must stand on the same page.
        """
        scale = height / LINE_POINTS if look == "notice_title" else 1
        for piece in _pieces(text, GRID):
            self._put(0, GRID, piece, look)
            tall = height * _lines_of(piece, GRID, scale)
            self.close_row(tall, tall + lead)

    def close_row(self, height: float, together: float = 0) -> None:
        """Set the height of the row that was written and go on to the next."""
        self.sheet.set_row(self.row, height)
        self.flow.add(self.row, height, together)
        self.row += 1

    def _table(self, table: Table) -> None:
        """Write a table whose head has rows below it, and whose last row has one above it."""
        heights = _heights(table)
        self._cells(table, table.heads, "head", _lead((table,)))
        for number, row in enumerate(table.rows, start=1):
            last = number == len(table.rows)
            # It may be the total.
            together = sum(heights[number : number + 2]) if number == len(table.rows) - 1 else 0
            self._cells(table, row, "notice_total" if table.total and last else "", together)

    def _cells(self, table: Table, cells: Sequence[Cell], look: str, together: float) -> None:
        left = 0
        for cell, width in zip(cells, table.widths, strict=True):
            looks = TOTALS.get(type(cell), look) if look == "notice_total" else look
            self._put(left, left + width, cell, looks)
            left += width
        self.close_row(_row_height(table, cells), together)

    def _put(self, left: int, right: int, cell: Cell, look: str) -> None:
        """Write a cell over several columns of the page."""
        if right - left > 1:
            # The value is written after, with its own type: merging alone would guess at it.
            looked = look or ("money" if isinstance(cell, Decimal) else "cell")
            self.sheet.merge_range(
                self.row, left, self.row, right - 1, "", self.book.format[looked]
            )
        self.book.write(self.sheet, self.row, left, cell, look)


def _fits_beside(heading: str, note: str) -> bool:
    """Tell whether a heading and the clause it goes by fit in one row."""
    scale = HEADING_POINTS / LINE_POINTS
    room = MIDDLE * ROOM / (LOOSE * scale)
    return bool(note) and display_width(heading) <= room and _lines_of(note, GRID - MIDDLE) == 1


def _row_height(table: Table, cells: Sequence[Cell]) -> float:
    tallest = max(
        (
            _lines_of(cell, width)
            for cell, width in zip(cells, table.widths, strict=True)
            if isinstance(cell, str)
        ),
        default=1,
    )
    return min(tallest, TALLEST) * LINE_POINTS + 2


def _heights(table: Table) -> list[float]:
    """Give the heights of a table's rows, its head first."""
    return [_row_height(table, row) for row in (table.heads, *table.rows)]


def _text_height(text: str) -> float:
    return LINE_POINTS * sum(_lines_of(piece, GRID) for piece in _pieces(text, GRID))


def _lead(blocks: Sequence[Block]) -> float:
    """Give the points that must stand together, from the first block on.

    A table's head stands with its first rows, and what introduces a table with the table.
    """
    if not blocks:
        return 0
    first, rest = blocks[0], blocks[1:]
    if isinstance(first, Table):
        return sum(_heights(first)[: 1 + LEADING])
    if isinstance(first, Blank):
        return BLANK_POINTS * first.lines
    introduces = any(isinstance(block, Table) for block in rest[:2])
    return _text_height(first) + (_lead(rest) if introduces else 0)


def _lines_of(text: str, columns: int, scale: float = 1) -> int:
    """Count the lines that a text takes over some columns of the page."""
    room = (columns * ROOM - 1) / (LOOSE * scale)
    return max(1, ceil(display_width(text) / room))


def _pieces(text: str, columns: int) -> Iterable[str]:
    """Cut a text that is longer than a row can be tall."""
    while _lines_of(text, columns) > TALLEST:
        most = int(TALLEST * (columns * ROOM - 1) / (2 * LOOSE))
        cut = max((text.rfind(mark, 0, most) for mark in "。；;. "), default=-1) + 1 or most
        yield text[:cut]
        text = text[cut:]
    yield text
