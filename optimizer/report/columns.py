"""How wide a table's columns are, how tall its rows, and how it is spread over pages."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Final, NamedTuple
from unicodedata import east_asian_width

from optimizer.report.paper import (
    ACROSS,
    LINE_POINTS,
    ONE_PAGE,
    UPRIGHT,
    Paper,
    Spread,
    room_for,
    spread,
    squeezed,
    total,
)

Cell = str | int | Decimal | Fraction
"""Text, a count, an amount of money in yuan, or a share of a whole."""
WIDEST, NARROWEST = 44, 6
TEXT_LEAST = 12
"""A column of text is not made narrower than this."""
DAY_LEAST, DAY_BEST = 10, 14
"""A column of the week is not made narrower than the first, and on several pages as wide as the
second."""
BUTTON = 2
"""The filter's button takes room beside the head."""
LETTERS = 1.02
"""Letters in ten points for each digit of the standard font, by which columns are measured."""
LOOSE = 1.03
"""Lines break between words and so are not quite full."""
SAMPLE = 300
"""Rows that a column's width is taken from; all of them would cost more than they tell."""


def display_width(text: str) -> int:
    """Give the width of the longest line, wide characters counted twice."""
    return max(
        sum(2 if east_asian_width(c) in "WF" else 1 for c in line) for line in text.split("\n")
    )


def shown(cell: Cell) -> str:
    """Give a cell as the sheet shows it."""
    return f"{cell:,.2f}" if isinstance(cell, Decimal) else str(cell)


class Layout(NamedTuple):
    """How a table stands on its sheet."""

    frozen: int = 1
    """Columns that name a row; repeated where the table goes on beside itself."""
    widest: int = WIDEST
    """No column is wider."""
    days: Sequence[int] = ()
    """How many of the last columns belong to each day; the columns of a day share a page."""
    totals: Sequence[Cell] = ()
    """A row that is written below, so that its numbers fit."""
    unprinted: int = 0
    """How many of the last columns are there to be looked up, and not printed."""
    looked_up: bool = False
    """Whether only the heading is printed: the table is there to be searched and filtered."""

    def first_day(self, heads: Sequence[str]) -> int:
        """Give the first column of the days."""
        return len(heads) - sum(self.days)


ONE_NAME: Final = Layout()


class Fitted(NamedTuple):
    """A table's widths and paper."""

    widths: list[float]
    spread: Spread
    paper: Paper


def fitted(heads: Sequence[str], rows: Sequence[Sequence[Cell]], layout: Layout) -> Fitted:
    """Give the columns' widths and the paper: upright where they fit it without wrapping."""
    widest, fixed, days = layout.widest, layout.frozen, layout.days
    sample = [*rows[:SAMPLE], *([layout.totals] if layout.totals else [])]
    cells = [[row[column] for row in sample] for column in range(len(heads))]
    needed = [_needed(head, column, widest) for head, column in zip(heads, cells, strict=True)]
    first_day = layout.first_day(heads)
    least = [
        min(width, DAY_LEAST) if number >= first_day else _least(column, width)
        for number, (column, width) in enumerate(zip(cells, needed, strict=True))
    ]
    printed = len(heads) - layout.unprinted
    if total(needed[:printed]) <= room_for(UPRIGHT):
        return Fitted(needed, ONE_PAGE, UPRIGHT)
    widths = squeezed(needed[:printed], least[:printed], room_for(ACROSS))
    if total(widths) <= room_for(ACROSS) or layout.unprinted:
        return Fitted([*widths, *needed[printed:]], ONE_PAGE, ACROSS)
    widths = [*widths[:first_day], *(min(width, DAY_BEST) for width in needed[first_day:])]
    groups = [[width] for width in widths[fixed:first_day]]
    for count in days:
        done = fixed + sum(map(len, groups))
        groups.append(widths[done : done + count])
    return Fitted(widths, spread(widths[:fixed], groups, ACROSS), ACROSS)


def _needed(head: str, cells: Sequence[Cell], widest: int) -> float:
    needed = max([display_width(head) + BUTTON, *(_room(shown(cell)) for cell in cells)])
    return min(max(needed + 2, NARROWEST), widest)


def _room(text: str) -> int:
    """Give the width that a text asks for: digits are wide, which tells in long numbers."""
    digits = sum(c.isdigit() for c in text)
    return display_width(text) + max(0, (digits - 8) // 3)


def _least(cells: Sequence[Cell], width: float) -> float:
    """Give how narrow a column may be made: text wraps, numbers do not."""
    numbers = [display_width(shown(cell)) + 2 for cell in cells if not isinstance(cell, str)]
    return min(width, max([*numbers, NARROWEST + BUTTON] if numbers else [TEXT_LEAST]))


def lines(row: Sequence[Cell], widths: Sequence[float]) -> int:
    """Count the lines that the tallest cell takes when wrapped."""
    return max(
        (
            lines_of(cell, width)
            for cell, width in zip(row, widths, strict=True)
            if isinstance(cell, str)
        ),
        default=1,
    )


def lines_of(text: str, width: float) -> int:
    """Count the lines that a text takes in a column; words are not broken and so leave gaps."""
    room = max(width * LETTERS, 1)
    return sum(
        max(1, ceil(display_width(line) * (LOOSE if " " in line else 1) / room))
        for line in text.split("\n")
    )


def heads_height(heads: Sequence[str], widths: Sequence[float], days: bool = False) -> int:
    """Give the height of a header row in points, so that no head is cut.

    Heads of ``days`` stand above the filter's button, others beside it.
    """
    room = [
        width - (0 if "\n" in head else BUTTON) for head, width in zip(heads, widths, strict=True)
    ]
    return (lines(heads, room) + days) * LINE_POINTS + 4
