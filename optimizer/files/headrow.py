"""Where the header of a sheet stands: below a title, or on two lines."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from optimizer.files.brackets import header_of
from optimizer.files.cells import Cell, is_blank, plain
from optimizer.files.columns import Column

Rows = Sequence[tuple[int, list[Cell]]]
FARTHEST = 12
"""Filled rows in which a header is looked for."""


class Head(NamedTuple):
    """The header of a sheet and what stands below it."""

    row: int
    """The number of its last line."""
    cells: list[Cell]
    below: Rows


def find_head(rows: Rows, columns: Sequence[Column]) -> Head:
    """Find the row that names most of a table's columns, alone or with the one above it.

    Two lines are read as one header where the upper names some columns and the lower others, as
    when cells are merged; a line that repeats the header, in the other language perhaps, is passed
    over. Where no row names two columns, the first is the header.
    """
    if not rows:
        return Head(1, [], rows)
    known = {name: column.field for column in columns for name in column.names}
    best, cells = 0, rows[0][1]
    most = len(_named(cells, known))
    for place, (row, here) in enumerate(rows[:FARTHEST]):
        alone = len(_named(here, known))
        if alone > max(most, 1):
            best, cells, most = place, here, alone
        if place and row == rows[place - 1][0] + 1:
            joined = _joined(rows[place - 1][1], here)
            both = len(_named(joined, known))
            if both > max(most, alone, 1):
                best, cells, most = place, joined, both
    row, below = rows[best][0], rows[best + 1 :]
    if below and _only_brackets(below[0][1]):
        (row, units), below = below[0], below[1:]
        cells = [f"{plain(c)}{u}" if u else c for c, u in zip_longest(cells, units, fillvalue="")]
    if below and _continues(below[0][1], cells, known):
        (row, more), below = below[0], below[1:]
        cells = _joined(cells, more)
    return Head(row, cells, below)


def _field(cell: Cell, known: Mapping[str, str]) -> str | None:
    if not isinstance(cell, str) or not cell:
        return None
    header = header_of(cell)
    return known.get(header.whole) or known.get(header.base)


def _named(cells: Sequence[Cell], known: Mapping[str, str]) -> set[str]:
    """Give the fields of the columns that a row names."""
    return {field for cell in cells if (field := _field(cell, known))}


def _joined(upper: list[Cell], lower: list[Cell]) -> list[Cell]:
    """Lay one line over another: the lower counts where something stands in it."""
    width = max(len(upper), len(lower))
    above, below = ([*line, *[""] * (width - len(line))] for line in (upper, lower))
    return [up if is_blank(low) else low for up, low in zip(above, below, strict=True)]


def _only_brackets(cells: Sequence[Cell]) -> bool:
    """Tell whether a row only gives the units or remarks of the header above it."""
    filled = [cell for cell in cells if not is_blank(cell)]
    return bool(filled) and all(
        isinstance(cell, str) and not header_of(cell).base and header_of(cell).brackets
        for cell in filled
    )


def _continues(cells: list[Cell], header: list[Cell], known: Mapping[str, str]) -> bool:
    """Tell whether a row below the header is a part of it: it names columns and nothing else."""
    filled = [cell for cell in cells if not is_blank(cell)]
    named = [_field(cell, known) for cell in filled]
    if not filled or None in named:
        return False
    # One name alone may be what a cell holds; the same column's other name is a header.
    again = sum(
        _field(h, known) == _field(c, known) is not None
        for h, c in zip(header, cells, strict=False)
    )
    return again == len(filled) or (again > 0 and len(filled) > 1)
