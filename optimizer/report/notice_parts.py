"""What a public notice is made of, before it is laid out on paper."""

from dataclasses import dataclass

from models import Text
from optimizer.report.columns import Cell

GRID = 24
"""Columns of the page; the widths of a table's columns add up to it."""
WIDE = 5
"""Columns of the page that a number needs at most."""


@dataclass(frozen=True)
class Table:
    """A table; ``widths`` are in columns of the page."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    total: bool = False
    """Whether the last row adds the others up."""


@dataclass(frozen=True)
class Blank:
    """Lines to be filled in by hand, after their label."""

    label: str
    lines: int = 1


Block = str | Table | Blank


@dataclass(frozen=True)
class Part:
    """One topic: its heading, what it says, and by which clause it is published."""

    heading: str
    blocks: tuple[Block, ...]
    note: str = ""


def same(name: str) -> Text:
    """Give a name that is the same in both languages."""
    return Text(name, name)


def evenly(columns: int, first: int) -> tuple[int, ...]:
    """Give widths for a table whose first column is wide and whose others share the rest."""
    share = min((GRID - first) // (columns - 1), WIDE)
    return (GRID - share * (columns - 1), *[share] * (columns - 1))
