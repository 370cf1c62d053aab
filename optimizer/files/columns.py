"""What a table and a column are; ``tables`` declares them all."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from models import School, Text
from optimizer.files.cells import fold, halfwidth
from optimizer.files.scalars import Kind

_UNIT = re.compile(r"\(.*?\)")
_NO_EXAMPLE = Text("", "")
DEFAULT = object()
"""As the value of a blank cell: whatever the model takes when nothing is given."""


@dataclass(frozen=True)
class Column:
    """One column, or one row of the settings."""

    field: str
    """Field of the model; in the settings, a path such as ``weights.first_seat``."""
    header: Text
    kind: Kind
    note: Text
    example: Text = _NO_EXAMPLE
    required: bool = False
    """The column must be there. Unless ``blank`` says what a blank means, so must every cell."""
    blank: object = DEFAULT
    aliases: tuple[str, ...] = ()
    marks_empty: bool = False
    """A blank cell does not mean an empty list, so that one is written as "none"."""

    @cached_property
    def exact(self) -> frozenset[str]:
        """The header itself and the field, folded; units in brackets are left to ``brackets``."""
        # Amounts are written in yuan: a column headed pay_fen must not be taken for one in yuan.
        field = () if "_fen" in self.field else (self.field,)
        return frozenset(fold(_UNIT.sub("", halfwidth(w))) for w in (*self.header, *field))

    @cached_property
    def names(self) -> frozenset[str]:
        """Every way to write the header, folded."""
        return self.exact | frozenset(map(fold, self.aliases))


class Variant(NamedTuple):
    """What rows of one kind take, in a table whose rows are of several kinds."""

    needs: tuple[str, ...]
    may: tuple[str, ...] = ()


Row = Mapping[str, Any]


@dataclass(frozen=True)
class Table:
    """One table: a sheet of a workbook or a file of a folder."""

    name: str
    """As in ``School`` and in ``Problem.table``."""
    title: Text
    columns: tuple[Column, ...]
    note: Text
    rows: Callable[[School], Iterable[Row]]
    """The rows to write, by field."""
    build: Callable[[dict[str, Any]], Any]
    """Makes a model of a row's fields; raises pydantic's ValidationError."""
    required: bool = False
    aliases: tuple[str, ...] = ()
    variants: Mapping[StrEnum, Variant] = field(default_factory=dict)
    """By the value of the first column."""
    also: Mapping[str, str] = field(default_factory=dict)
    """Other names of fields in ``Problem.field``, and the column that holds them."""

    @cached_property
    def names(self) -> frozenset[str]:
        """Every way to write the sheet's name, folded."""
        return frozenset(fold(w) for w in (self.title.zh, self.title.en, self.name, *self.aliases))

    @cached_property
    def column(self) -> dict[str, Column]:
        """Columns by field."""
        return {column.field: column for column in self.columns}
