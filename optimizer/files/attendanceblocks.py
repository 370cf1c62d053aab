"""Tables with a row a student and a column a date: where each begins and what its columns are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from models import Text
from optimizer.files.cells import Cell, UnreadableError, fold, is_blank, plain
from optimizer.files.headers import RawTable
from optimizer.files.marks import TermDate, is_date
from optimizer.files.place import Located, Origin
from optimizer.files.scalars import Context
from optimizer.files.tables.attendance import ATTENDANCE

GROUP_ID = Text("班组编号", "Group id")
GROUP = Text("班组", "Group")
CLASS = Text("班级", "Class")
MOST_ABOVE: Final = 4
"""Rows above a header in which a roster says when it meets."""

_FIELDS = {
    "group": frozenset(fold(word) for word in GROUP_ID),
    "group_name": frozenset(fold(word) for word in GROUP),
    # The rosters of a plan head the ids with the shorter word.
    "student": ATTENDANCE.column["student"].names | {"编号", "id", "学生编号"},
    "name": ATTENDANCE.column["name"].names,
    "home_class": frozenset(fold(word) for word in CLASS),
}


@dataclass
class Block:
    """One table: a header and the rows below it."""

    above: str
    """What stands in the rows above the header."""
    fields: dict[str, int]
    days: list[tuple[int, date, str]]
    """Column, date and header."""
    rows: list[tuple[int, Sequence[Cell]]] = field(default_factory=list)

    def cell(self, cells: Sequence[Cell], name: str) -> Cell:
        """Give a cell of a row by what its column is."""
        index = self.fields.get(name, len(cells))
        return cells[index] if index < len(cells) else ""

    def marks(self, cells: Sequence[Cell]) -> Iterator[tuple[date, str, Cell]]:
        """Give the cells of a row below dates, without blanks."""
        for index, day, header in self.days:
            if index < len(cells) and not is_blank(cells[index]):
                yield day, header, cells[index]


def is_header(cells: Sequence[Cell]) -> bool:
    """Tell whether a row is the header of an attendance sheet."""
    folded = {fold(cell) for cell in cells if isinstance(cell, str) and len(cell) < 40}
    return bool(folded & (_FIELDS["student"] | _FIELDS["name"])) and any(map(is_date, cells))


def is_grid(raw: RawTable) -> bool:
    """Tell whether a sheet is one with marks."""
    return any(is_header(cells) for _, cells in raw.rows)


def blocks_of(
    raw: RawTable, origin: Origin, dates: TermDate, found: list[Located]
) -> Iterator[Block]:
    """Give the tables of a sheet; dates that cannot be read go to ``found``."""
    block: Block | None = None
    above: list[str] = []
    for number, cells in raw.rows:
        if is_header(cells):
            if block is not None:
                yield block
            block = Block(" ".join(above[-MOST_ABOVE:]), {}, [])
            for index, cell in enumerate(cells):
                try:
                    _add(block, index, cell, dates)
                except UnreadableError as error:
                    found.append(origin.at(error.text, number, value=cell))
            if "group_name" in block.fields:
                block.fields.setdefault("group", block.fields["group_name"])
        elif block is not None:
            block.rows.append((number, cells))
        above.append(" ".join(plain(cell) for cell in cells if not is_blank(cell)))
    if block is not None:
        yield block


def _add(block: Block, index: int, cell: Cell, dates: TermDate) -> None:
    """Take in a cell of the header."""
    name = fold(cell) if isinstance(cell, str) else ""
    role = next((role for role, names in _FIELDS.items() if name in names), None)
    if role is not None:
        block.fields.setdefault(role, index)
    elif is_date(cell):
        day = dates.parse(cell, Context())
        block.days.append((index, day, f"{day.month}/{day.day}"))
