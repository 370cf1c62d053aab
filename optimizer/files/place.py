"""Where a mistake stands, in words a planner can follow to the cell."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from models import Text, listed
from models.problems import MOST_LISTED, Severity
from optimizer.files.cells import Cell, shown


class Located(NamedTuple):
    """One mistake and its place in a file.

    ``sheet`` is None in CSV and JSON files. ``row`` is counted as Excel shows it. ``path`` leads to
    the place in a JSON file, such as ``students[3].groups``.
    """

    text: Text
    file: str
    sheet: str | None = None
    row: int | None = None
    item: str | None = None
    """The setting, where every row is one."""
    column: str | Text | None = None
    """Its header as it stands in the file; what it should be called, where there is none."""
    path: str | None = None
    value: Cell | None = None
    severity: Severity = "error"
    order: int = -1
    """Place of the table among the tables; -1 for what concerns the file as a whole."""
    order_in_table: int = 0
    may_be: str = ""
    """The table that a sheet may be which is not read; the field that such a column may be."""

    def message(self) -> Text:
        """Give the place, the value found and what is wrong."""
        zh, en = [self.file], [self.file]
        if self.sheet is not None:
            zh.append(f"工作表“{self.sheet}”")
            en.append(f'sheet "{self.sheet}"')
        if self.row is not None:
            zh.append(f"第 {self.row} 行")
            en.append(f"row {self.row}")
        if self.item is not None:
            zh.append(f"“{self.item}”")
            en.append(f'"{self.item}"')
        if self.column is not None:
            header = Text(*([self.column] * 2)) if isinstance(self.column, str) else self.column
            zh.append(f"“{header.zh}”列")
            en.append(f'column "{header.en}"')
        if self.path is not None:
            zh.append(self.path)
            en.append(self.path)
        if self.value is not None:
            value = shown(self.value)
            zh.append(f"值“{value}”" if value else "空白")
            en.append(f'value "{value}"' if value else "blank")
        return Text(f"{'，'.join(zh)}：{self.text.zh}", f"{', '.join(en)}: {self.text.en}")


MOST_ALIKE = 4
ALIKE = Text(
    "{text}（另有 {count} 行同样：第 {rows} 行）",
    "{text} (the same in {count} more: rows {rows})",
)


class Origin:
    """Where the rows of one table come from."""

    def __init__(self, file: str, sheet: str | None = None, order: int = -1) -> None:
        self.file = file
        self.sheet = sheet
        self.order = order
        self.headers: dict[str, str] = {}
        """Field of the model to the column's header as it stands in the file."""
        self.cells: dict[int, dict[str, Cell]] = {}
        """What stands in each row, by field."""
        self.names: dict[str, Text] = {}
        """What a column that the sheet lacks should be called, by field."""

    def at(
        self,
        text: Text,
        row: int | None = None,
        field: str | None = None,
        value: Cell | None = None,
        severity: Severity = "error",
    ) -> Located:
        """Locate a text; ``row`` is counted as the file counts, None means the whole table."""
        column: str | Text | None = None
        if field is not None:
            column = self.headers.get(field) or self.names.get(field, field)
        return Located(
            text,
            self.file,
            self.sheet,
            row,
            column=column,
            value=value,
            severity=severity,
            order=self.order,
        )

    def name_row(self, row: int) -> Text:
        """Name a row in a sentence."""
        return Text(f"第 {row} 行", f"row {row}")


class SettingsOrigin(Origin):
    """A sheet in which every row is a setting."""

    def __init__(self, file: str, sheet: str | None = None, order: int = -1) -> None:
        super().__init__(file, sheet, order)
        self.column: str | None = None
        """Header of the column with the values."""
        self.rows: dict[str, int] = {}
        """Row of each setting."""

    def at(
        self,
        text: Text,
        row: int | None = None,
        field: str | None = None,
        value: Cell | None = None,
        severity: Severity = "error",
    ) -> Located:
        """Locate a text; ``field`` is the setting."""
        if field is None:
            return super().at(text, row, None, value, severity)
        row = self.rows.get(field)
        located = super().at(text, row, field, value, severity)
        item = located.column if isinstance(located.column, str) else field
        return located._replace(item=item, column=None if row is None else self.column)


class JsonOrigin(Origin):
    """A list, or an object, in a JSON file."""

    def __init__(self, file: str, path: str, order: int = -1) -> None:
        super().__init__(file, order=order)
        self.path = path

    def at(
        self,
        text: Text,
        row: int | None = None,
        field: str | None = None,
        value: Cell | None = None,
        severity: Severity = "error",
    ) -> Located:
        """Locate a text; ``row`` is the 0-based place in the list."""
        path = self.path if row is None else f"{self.path}[{row}]"
        path = ".".join(part for part in (path, field) if part)
        located = super().at(text, None, None, value, severity)
        return located._replace(path=path or None, order_in_table=row or 0)

    def name_row(self, row: int) -> Text:
        """Name a place in a list in a sentence."""
        path = f"{self.path}[{row}]"
        return Text(path, path)


def messages(found: Iterable[Located], *severities: Severity) -> tuple[Text, ...]:
    """Give the messages of some severities in the order of the tables and rows, each once."""
    chosen = [one for one in found if one.severity in severities]
    chosen.sort(key=lambda one: (one.order, one.row or one.order_in_table))
    return tuple(dict.fromkeys(one.message() for one in _alike_once(chosen)))


def _alike_once(found: Sequence[Located]) -> Iterator[Located]:
    """Give the same warning about many rows of a column once, with the rows."""
    alike: dict[tuple[object, ...], list[Located]] = {}
    for one in found:
        many = one.row is not None and one.severity != "error"
        key = (one.file, one.sheet, one.column, one.text) if many else (id(one),)
        alike.setdefault(key, []).append(one)
    for first, *others in alike.values():
        if len(others) < MOST_ALIKE:
            yield from (first, *others)
            continue
        rows = listed(one.row for one in others[:MOST_LISTED])
        if len(others) > MOST_LISTED:
            rows = Text(f"{rows.zh}……", f"{rows.en}, ...")
        text = ALIKE.fill(text=first.text, rows=rows, count=len(others))
        yield first._replace(text=text)
