"""Rows of a table put into a sheet of somebody's workbook, or onto a sheet of their own."""

from collections.abc import Iterable, Mapping
from typing import Any

from models import Lang
from optimizer.files.columns import Row, Table
from optimizer.files.xlsxedit import NotEditableError, SheetEdit


def fresh_sheet(table: Table, rows: Iterable[Row], lang: Lang) -> SheetEdit:
    """Lay a table out on a sheet that holds nothing else."""
    edit = SheetEdit(keep_rows=0)
    places = {column.field: n for n, column in enumerate(table.columns)}
    for column in table.columns:
        edit.cells[1, places[column.field]] = column.header.say(lang)
    put_rows(edit, table, (2, places), rows, lang)
    return edit


def put_rows(
    edit: SheetEdit,
    table: Table,
    where: tuple[int, Mapping[str, int]],
    rows: Iterable[Row],
    lang: Lang,
) -> None:
    """Put rows into a sheet; ``where`` is the first row, from 1, and each field's column.

    Raises
    ------
    NotEditableError
        If the sheet has no column for something that is said.
    """
    first, places = where
    for number, row in enumerate(rows, first):
        for column in table.columns:
            value = row.get(column.field)
            if is_said(value):
                if column.field not in places:
                    raise NotEditableError
                edit.cells[number, places[column.field]] = column.kind.show(value, lang)


def is_said(value: Any) -> bool:  # noqa: ANN401, RUF100
    """Tell whether a value is more than a blank."""
    return value is not None and value != ()
