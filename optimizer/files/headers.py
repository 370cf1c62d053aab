"""Header rows: which column is which, in any order and either language."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from models import Text
from models.problems import nearest
from optimizer.files.cells import Cell, fold, is_blank, plain, shown
from optimizer.files.columns import Column, Table
from optimizer.files.place import Located, Origin

MISSING_COLUMN = Text(
    "缺少必需的列“{zh}”（英文 {en}）；请在表头加上。",
    "the required column '{en}' (in Chinese {zh}) is missing: add it to the header row.",
)
UNKNOWN_COLUMN = Text("不认识这一列，未读取；{hint}", "unknown column, not read; {hint}")
NO_HEADER = Text(
    "{letter} 列有内容却没有表头，未读取；请写上表头或清空。",
    "column {letter} holds something but has no header and was not read: name or clear it.",
)
COLUMN_TWICE = Text(
    "与“{first}”列是同一列；请删去一个。", "this is the same column as '{first}': delete one."
)


class RawTable(NamedTuple):
    """The cells of one sheet or CSV file."""

    file: str
    sheet: str | None
    label: str
    """What it is called: the sheet's or the file's name."""
    rows: list[tuple[int, list[Cell]]]
    """Rows that are not blank, numbered from 1 as Excel does; the first is the header."""
    findings: tuple[tuple[Text, int | None], ...] = ()
    """What is wrong with the sheet itself, e.g. merged cells, and the row."""


@dataclass
class Matched:
    """A sheet whose columns are known."""

    table: Table
    raw: RawTable
    origin: Origin
    columns: list[tuple[int, Column]]
    lost: bool
    """Whether a required column is missing."""

    def cells(self) -> Iterator[tuple[int, dict[str, Cell]]]:
        """Give each row's number and the cells that are not blank, by field."""
        for number, cells in self.raw.rows[1:]:
            row = {
                column.field: cells[i]
                for i, column in self.columns
                if i < len(cells) and not is_blank(cells[i])
            }
            if row:
                yield number, row


def match_columns(
    table: Table, raw: RawTable, origin: Origin, columns: Iterable[Column], found: list[Located]
) -> Matched:
    """Match the header row to columns, in any order and either language."""
    columns = tuple(columns)
    row, header = raw.rows[0] if raw.rows else (1, [])
    matched: dict[str, int] = {}
    for index, cell in enumerate(header):
        if is_blank(cell):
            continue
        name = fold(plain(cell))
        column = next((c for c in columns if name in c.names), None)
        if column is None:
            known = [word for c in columns for word in c.header]
            text = UNKNOWN_COLUMN.fill(hint=nearest(plain(cell).strip(), known))
            found.append(origin.at(text, row, severity="warning")._replace(column=shown(cell)))
        elif column.field in matched:
            text = COLUMN_TWICE.fill(first=origin.headers[column.field])
            found.append(origin.at(text, row)._replace(column=shown(cell)))
        else:
            matched[column.field] = index
            origin.headers[column.field] = shown(cell)
    found += (origin.at(text, row, severity="warning") for text in _without_header(raw, header))
    lost = False
    for column in columns:
        if column.required and column.field not in matched:
            lost = True
            text = MISSING_COLUMN.fill(zh=column.header.zh, en=column.header.en)
            found.append(origin.at(text, row))
    # The declared order: some cells are read in the light of those declared before.
    chosen = [(matched[c.field], c) for c in columns if c.field in matched]
    return Matched(table, raw, origin, chosen, lost)


def _without_header(raw: RawTable, header: list[Cell]) -> Iterator[Text]:
    filled = {i for _, cells in raw.rows[1:] for i, cell in enumerate(cells) if not is_blank(cell)}
    for index in sorted(filled):
        if index >= len(header) or is_blank(header[index]):
            yield NO_HEADER.fill(letter=letters(index))


def letters(index: int) -> str:
    """Name a column as Excel does: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
