"""What is written: the same rows of cells for a workbook and for CSV files."""

from collections.abc import Iterator
from typing import NamedTuple

from models import Lang, School
from optimizer.files.columns import Column, Row, Table
from optimizer.files.scalars import Shown
from optimizer.files.tables import TABLES
from optimizer.files.tables.settings import KEY, REMARK, SETTINGS, VALUE, defaults


class Sheet(NamedTuple):
    """One table, ready to be written."""

    table: Table
    title: str
    columns: tuple[Column, ...]
    rows: list[list[Shown]]

    def headers(self, lang: Lang) -> list[str]:
        """Name the columns."""
        return [column.header.say(lang) for column in self.columns]


def sheets(school: School | None, lang: Lang) -> Iterator[Sheet]:
    """Give every table of a school; without one, empty tables and the settings' defaults."""
    for table in TABLES:
        title = table.title.say(lang)
        if table is SETTINGS:
            values = next(iter(table.rows(school))) if school else defaults()
            yield Sheet(table, title, (KEY, VALUE, REMARK), _settings(values, lang))
            continue
        rows = table.rows(school) if school else ()
        cells = [[_cell(column, row, lang) for column in table.columns] for row in rows]
        yield Sheet(table, title, table.columns, cells)


def _settings(values: Row, lang: Lang) -> list[list[Shown]]:
    return [
        [item.header.say(lang), _cell(item, values, lang), item.note.say(lang)]
        for item in SETTINGS.columns
    ]


def _cell(column: Column, row: Row, lang: Lang) -> Shown:
    value = row.get(column.field)
    if value is None or (value == () and not column.marks_empty):
        return ""
    return column.kind.show(value, lang)
