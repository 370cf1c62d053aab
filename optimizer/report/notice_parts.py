"""What a public notice is made of, before it is laid out on paper."""

from dataclasses import dataclass
from itertools import takewhile

from models import School, Text
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


def place(school: School, source: str) -> str:
    """Give the place of a clause in the document that the notice has named at its head.

    A source is the document's own title and number and then the place; one that is of another
    document, or of a regulation of several, stays whole.
    """
    document = _document(school)
    shorter = source.removeprefix(document)
    return shorter if document and shorter else source


def has_one_document(school: School) -> bool:
    """Tell whether places are given without the document's name."""
    return bool(_document(school))


def _document(school: School) -> str:
    """Give what the sources of all clauses of the policy begin with, up to a space."""
    regulation = school.policy.regulation
    if regulation is None:
        return ""
    sources = [clause.source for clause in regulation.clauses]
    first, last = min(sources), max(sources)  # what these two share, all share
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    whole = "".join(mark for mark, _ in pairs)
    return whole[: whole.rfind(" ") + 1]


def evenly(columns: int, first: int) -> tuple[int, ...]:
    """Give widths for a table whose first column is wide and whose others share the rest."""
    share = min((GRID - first) // (columns - 1), WIDE)
    return (GRID - share * (columns - 1), *[share] * (columns - 1))
