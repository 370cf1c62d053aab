"""Header rows: which column is which, in any order and either language."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from models import Text, listed
from models.problems import Severity
from optimizer.files.brackets import (
    OTHER_BRACKET,
    Header,
    basis_in,
    header_of,
    known_for,
    unknown_bracket,
)
from optimizer.files.cells import Cell, Covered, fold, is_blank, plain, shown
from optimizer.files.columns import Column, Table
from optimizer.files.headrow import Head, find_head
from optimizer.files.place import Located, Origin
from optimizer.files.scalars import Money
from optimizer.files.unread import DECIDING, is_for_people, is_numbering, judge, meant

MISSING_COLUMN = Text(
    "缺少必需的列“{zh}”（英文 {en}）；请在表头加上。",
    "the required column '{en}' (in Chinese {zh}) is missing: add it to the header row.",
)
MISSING_MAYBE = Text(
    "不认识这一列，而必需的列“{zh}”（英文 {en}）没有；如果就是它，请这样改写表头。",
    "unknown column, while the required column '{en}' (in Chinese {zh}) is missing: if this is it, "
    "change the header.",
)
NO_HEADER_ROW = Text(
    "没有找到表头行；应有一行写着 {zh} 等列名。",
    "no header row was found: there should be a row with the names of the columns, such as {en} "
    "(in Chinese {zh}).",
)
NO_HEADER = Text(
    "{letter} 列有内容却没有表头，未读取；请写上表头或清空。",
    "column {letter} holds something but has no header and was not read: name or clear it.",
)
COLUMN_TWICE = Text(
    "与“{first}”列是同一列；请删去一个。", "this is the same column as '{first}': delete one."
)
BETTER_THERE = Text(
    "这一列未读取：读取的是“{first}”列。", "this column was not read: '{first}' is the one read."
)


QUESTIONNAIRE = Text(
    "这一表是每个学生一行、志愿分列的问卷；请用 zouban import 读入，它会写成每个志愿一行。",
    "this sheet has one row a student and a column for each choice, as questionnaires have: read "
    "it with 'zouban import', which writes one row a wish.",
)
_CHOICE = re.compile(
    r"第?[一二三四五1-5]志愿|志愿[一二三四五1-5]|(first|second|third|1st|2nd|3rd)choice|choice[1-5]"
)


class Area(NamedTuple):
    """Merged cells, counted from 1."""

    name: str
    top: int
    bottom: int
    left: int
    right: int


class RawTable(NamedTuple):
    """The cells of one sheet or CSV file."""

    file: str
    sheet: str | None
    label: str
    """What it is called: the sheet's or the file's name."""
    rows: list[tuple[int, list[Cell]]]
    """Rows that are not blank, numbered from 1 as Excel does."""
    findings: tuple[tuple[Text, int | None], ...] = ()
    """What is wrong with the sheet itself, and the row."""
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden: bool = False
    """Whether the sheet is not shown."""


@dataclass
class Matched:
    """A sheet whose columns are known."""

    table: Table
    raw: RawTable
    origin: Origin
    columns: list[tuple[int, Column]]
    lost: bool
    """Whether a required column is missing."""
    head: Head
    bases: dict[str, tuple[str, StrEnum]] = field(default_factory=dict)
    """What the headers of amounts say that they are for, by field."""

    def cells(self) -> Iterator[tuple[int, dict[str, Cell]]]:
        """Give each row's number and the cells that are not blank, by field."""
        for number, cells in self.head.below:
            row = {
                column.field: cells[i]
                for i, column in self.columns
                if i < len(cells) and (isinstance(cells[i], Covered) or not is_blank(cells[i]))
            }
            if any(not isinstance(cell, Covered) for cell in row.values()):
                yield number, row


def match_columns(
    table: Table, raw: RawTable, origin: Origin, columns: Iterable[Column], found: list[Located]
) -> Matched:
    """Match the header row to columns, in any order and either language."""
    matcher = _Matcher(table, raw, origin, tuple(columns))
    matched = matcher.match()
    found += matcher.found
    return matched


class _Claim(NamedTuple):
    """A header that names a column."""

    place: int
    column: Column
    exact: bool
    """Not only by an alias."""
    bracket: str | None
    """What the column's header may not carry."""


class _Matcher:
    """Finds the header row, and who in it names which column."""

    def __init__(
        self, table: Table, raw: RawTable, origin: Origin, columns: tuple[Column, ...]
    ) -> None:
        self.table, self.raw, self.origin, self.columns = table, raw, origin, columns
        self.head = find_head(raw.rows, columns)
        origin.names = {column.field: column.header for column in columns}
        self.found: list[Located] = []
        self.chosen: dict[str, _Claim] = {}
        self.told: set[str] = set()
        """Fields of which it is said why they are not read."""

    def match(self) -> Matched:
        """Match; what is wrong goes to ``found``."""
        if self.raw.findings and not self.raw.rows:  # Why nothing could be read is said already.
            return Matched(self.table, self.raw, self.origin, [], True, self.head)
        headers = [(i, cell) for i, cell in enumerate(self.head.cells) if not is_blank(cell)]
        claims = {i: self._claim(i, header_of(plain(cell))) for i, cell in headers}
        for column in self.columns:
            self._choose([c for c in claims.values() if c is not None and c.column is column])
        for column in self.columns:
            self._refuse_brackets([c for c in claims.values() if c and c.column is column])
        if self._is_questionnaire():
            return self._lost(QUESTIONNAIRE)
        if self.head.below and not any(claims.values()):
            needed = [c.header for c in self.columns if c.required]
            return self._lost(
                NO_HEADER_ROW.fill(**dict(zip(("zh", "en"), listed(needed), strict=True)))
            )
        missing = [c for c in self.columns if c.field not in {*self.chosen, *self.told}]
        unknown = [i for i, claim in claims.items() if claim is None]
        for column in [c for c in missing if c.required]:
            index = self._probably(column, unknown, missing)
            facts = {"zh": column.header.zh, "en": column.header.en}
            self._say((MISSING_COLUMN if index is None else MISSING_MAYBE).fill(**facts), index)
            unknown = [i for i in unknown if i != index]
        for index in unknown:
            self._unknown(index, missing)
        self._without_header()
        lost = any(c.required and c.field not in self.chosen for c in self.columns)
        # The declared order: some cells are read in the light of those declared before.
        chosen = [(self.chosen[c.field].place, c) for c in self.columns if c.field in self.chosen]
        return Matched(self.table, self.raw, self.origin, chosen, lost, self.head, self._bases())

    def _lost(self, text: Text) -> Matched:
        self._say(text)
        return Matched(self.table, self.raw, self.origin, [], True, self.head)

    def _claim(self, index: int, header: Header) -> _Claim | None:
        for exact in (True, False):
            for column in self.columns:
                names = column.exact if exact else column.names
                if header.whole in names:
                    return _Claim(index, column, exact, None)
                if header.base in names:
                    return _Claim(index, column, exact, unknown_bracket(column, header))
        return None

    def _choose(self, claims: list[_Claim]) -> None:
        """Choose the header of one column: an exact one before an alias, no running number."""
        good = [claim for claim in claims if claim.bracket is None]
        exact = [claim for claim in good if claim.exact]
        others = [c for c in good if not c.exact and not self._counts_rows(c, len(good) > 1)]
        if not exact and not others:
            return
        first, *more = exact or others
        self.chosen[first.column.field] = first
        self.origin.headers[first.column.field] = self._header(first.place)
        name = self._header(first.place)
        for claim in more:
            self._say(COLUMN_TWICE.fill(first=name), claim.place)
        for claim in others if exact else ():
            self._say(BETTER_THERE.fill(first=name), claim.place, "warning")

    def _counts_rows(self, claim: _Claim, beside_another: bool) -> bool:
        """Tell whether an alias, such as 编号 or 序号, only heads running numbers.

        Ids may run from 1 as well, and so do the ranks of one student: it has to stand beside a
        header of the same column, or be the rank of several students.
        """
        cells = self._column(claim.place)
        if not is_numbering(self._header(claim.place), cells):
            return False
        if claim.column.field != "rank" or beside_another:
            return beside_another
        return len(cells) > _MOST_RANKS

    def _refuse_brackets(self, claims: list[_Claim]) -> None:
        for claim in claims:
            if claim.bracket is None:
                continue
            column = claim.column
            severity: Severity = "stop"
            if column.field in self.chosen or not self._column(claim.place):
                severity = "warning"
            elif column.required or isinstance(column.kind, Money):
                severity = "error"
            self.told.add(column.field)
            words = {"header": column.header, "known": known_for(column)}
            text = OTHER_BRACKET.fill(bracket=claim.bracket, **words)
            self._say(text, claim.place, severity)

    def _probably(
        self, column: Column, unknown: Sequence[int], missing: Sequence[Column]
    ) -> int | None:
        """Find the header that a required column probably has: like it, or the only one left."""
        heads = [(i, self._header(i)) for i in unknown if self._column(i) or not self.head.below]
        like = [i for i, header in heads if meant(header, self._column(i), missing) is column]
        left = [i for i, header in heads if not is_for_people(header)]
        needed = [c for c in missing if c.required]
        return like[0] if like else left[0] if len(left) == len(needed) == 1 else None

    def _is_questionnaire(self) -> bool:
        """Tell whether wishes stand side by side, where the course is not."""
        headers = [fold(plain(cell)) for cell in self.head.cells]
        wide = any(_CHOICE.search(header) for header in headers)
        return self.table.name == "wishes" and "course" not in self.chosen and wide

    def _unknown(self, index: int, missing: Sequence[Column]) -> None:
        header, cells = self._header(index), self._column(index)
        if not is_numbering(header, cells):
            severity, text = judge(self.table, header, cells, missing)
            self._say(text, index, severity)
            if column := meant(header, cells, missing):
                may_be = f"{self.table.name}.{column.field}"
                self.found[-1] = self.found[-1]._replace(may_be=may_be)

    def _without_header(self) -> None:
        """Find columns with content below a blank header; a remark or two stop nothing."""
        counts: dict[int, int] = {}
        for _, cells in self.head.below:
            for index, cell in enumerate(cells):
                if not is_blank(cell):
                    counts[index] = counts.get(index, 0) + 1
        for index in sorted(counts):
            if index >= len(self.head.cells) or is_blank(self.head.cells[index]):
                most = self.table.name in DECIDING and 2 * counts[index] > len(self.head.below)
                severity: Severity = "stop" if most else "warning"
                self._say(NO_HEADER.fill(letter=letters(index)), None, severity)

    def _bases(self) -> dict[str, tuple[str, StrEnum]]:
        said = {
            name: basis_in(claim.column, header_of(self._header(claim.place)))
            for name, claim in self.chosen.items()
        }
        return {name: basis for name, basis in said.items() if basis is not None}

    def _header(self, index: int) -> str:
        return shown(self.head.cells[index]).strip()

    def _column(self, index: int) -> list[Cell]:
        return [
            cells[index]
            for _, cells in self.head.below
            if index < len(cells) and not is_blank(cells[index])
        ]

    def _say(self, text: Text, index: int | None = None, severity: Severity = "error") -> None:
        located = self.origin.at(text, self.head.row, severity=severity)
        column = None if index is None else self._header(index)
        self.found.append(located._replace(column=column))


_MOST_RANKS = 12
"""Wishes of one student that may be numbered 1, 2, 3, ... in a row."""


def letters(index: int) -> str:
    """Name a column as Excel does: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
