"""From cells to rows: cells are read in the light of their columns, models are made of them."""

from collections.abc import Collection, Iterable
from types import SimpleNamespace
from typing import Any

from pydantic import ValidationError

from models import Text
from models.problems import FieldError
from optimizer.files.cells import FOLLOWS, Broken, Covered, UnreadableError
from optimizer.files.columns import DEFAULT, Column, Table
from optimizer.files.explain import refusals
from optimizer.files.followers import once_a_column
from optimizer.files.headers import Matched
from optimizer.files.oddities import find_other_bases, told_once
from optimizer.files.place import Located, Origin
from optimizer.files.scalars import Context
from optimizer.files.tablerows import Rows

BLANK = Text("不能空白；应为{expected}。", "this cannot be blank; expected {expected}.")
BROKEN = Text(
    "单元格是 Excel 错误值或没有结果的公式；应为{expected}，请更正公式或直接填写。",
    "the cell holds an Excel error or a formula without a result; expected {expected}: "
    "correct the formula or type the value.",
)
NEEDED = Text("“{kind}”行须填此列，应为{expected}。", "a '{kind}' row needs this: {expected}.")
NOT_TAKEN = Text("“{kind}”行不填此列，请清空。", "a '{kind}' row does not take this: clear it.")


def read_table(matched: Matched, context: Context, found: list[Located]) -> Rows:
    """Read every row of a table; what cannot be read goes to ``found``."""
    rows = Rows(matched.origin, lost=matched.lost)
    # A column that may be missing is as good as blank.
    columns = [
        c for c in matched.table.columns if c.field in matched.origin.headers or not c.required
    ]
    own: list[Located] = []
    for number, cells in matched.cells():
        matched.origin.cells[number] = cells
        read_row(matched.table, columns, rows, number, context, own)
    found += told_once(once_a_column(matched, own, found))
    if matched.bases:
        whole = [vars(model) for model in rows.only_whole()]
        for name, text in find_other_bases(matched, matched.table, whole):
            found.append(matched.origin.at(text, matched.head.row, name))
    return rows


def read_row(
    table: Table,
    columns: Iterable[Column],
    rows: Rows,
    number: int,
    context: Context,
    found: list[Located],
) -> None:
    """Read the cells of one row and add what they make, or as much of it as can be read."""
    values: dict[str, Any] = {}
    bad: dict[str | None, Text] = {}
    context.row = values
    cells = rows.origin.cells[number]
    covered = [name for name, cell in cells.items() if isinstance(cell, Covered)]
    for column in columns:
        text = None
        if column.field not in covered:
            text = _read_cell(column, cells.get(column.field), context)
        if text is not None:
            bad[column.field] = text
        for note in context.notes:
            at = rows.origin.at(note, number, column.field, cells.get(column.field), "warning")
            found.append(at)
        context.notes.clear()
    untold = {c.field for c in table.columns if c.required} if rows.lost else set()
    bad |= _against_variant(table, values, {**bad, **dict.fromkeys(covered, BLANK)}, untold)
    # That cells are merged is said once, and not at each row.
    made = None if bad or covered or rows.lost else _build(table, values, bad)
    for field, text in bad.items():
        if text is FOLLOWS:
            continue
        cell = None if field is None else cells.get(field, "")
        found.append(rows.origin.at(text, number, field, cell))
    parts = {field: value for field, value in values.items() if field not in bad}
    rows.add(number, SimpleNamespace(**parts) if made is None else made, made is not None)


def _read_cell(column: Column, cell: object, context: Context) -> Text | None:
    """Read a cell into the context's row; what is wrong with it, if anything."""
    if cell is None:
        if column.blank is not DEFAULT:
            context.row[column.field] = column.blank
        elif column.required:
            return BLANK.fill(expected=column.kind.expected)
        return None
    if isinstance(cell, Broken):
        return BROKEN.fill(expected=column.kind.expected)
    try:
        context.row[column.field] = column.kind.parse(cell, context)  # type: ignore[arg-type]
    except UnreadableError as error:
        return error.text
    return None


def _against_variant(
    table: Table, values: dict[str, Any], bad: dict[str | None, Text], untold: Collection[str]
) -> dict[str | None, Text]:
    """In a table whose rows are of several kinds, find cells that the row's kind lacks or bars.

    That a column is missing, ``untold`` here, is said once and not at each row.
    """
    if not table.variants:
        return {}
    kinds = table.columns[0]
    if kinds.field not in values:
        return {}
    kind = values[kinds.field]
    variant = table.variants[kind]
    named = kinds.kind.names[kind]  # type: ignore[attr-defined]
    wrong: dict[str | None, Text] = {}
    for column in table.columns[1:]:
        there = column.field in values or column.field in bad
        if not there and column.field in variant.needs and column.field not in untold:
            wrong[column.field] = NEEDED.fill(kind=named, expected=column.kind.expected)
        elif there and column.field not in variant.needs + variant.may:
            wrong[column.field] = NOT_TAKEN.fill(kind=named)
    return wrong


def _build(table: Table, values: dict[str, Any], bad: dict[str | None, Text]) -> Any:  # noqa: ANN401, RUF100
    """Make the model of a row; None if the model refuses, with the reasons added to ``bad``."""
    try:
        return table.build(values)
    except FieldError as error:
        bad[error.field] = error.text
    except ValidationError as error:
        for refusal in refusals(error):
            bad.setdefault(_column(table, refusal.loc), refusal.text)
    return None


def _column(table: Table, loc: tuple[int | str, ...]) -> str | None:
    """Find the column for a place in the model, such as ("weights", "rank_points", 2)."""
    words = [str(part) for part in loc]
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            field = ".".join(words[start:end])
            field = table.also.get(field, field)
            if field in table.column:
                return field
    return None


__all__ = ["Origin", "read_row", "read_table"]
