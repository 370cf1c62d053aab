"""Cells as they come out of a workbook or a CSV file, before anybody knows what they mean."""

import re
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import Self

from models import Text
from models.spelling import ordinary, visible

Cell = str | int | float | bool | date | time | timedelta


class Broken(str):
    """What stands in a cell that holds an Excel error, or a formula without a result."""

    __slots__ = ()


class Covered(str):
    """What stands in a cell that was merged into another: nothing of its own."""

    __slots__ = ()


class Share(float):
    """The number in a cell that Excel shows as a percentage: 1 where 100% was typed."""

    __slots__ = ()


class Formatted(float):
    """The number in a cell that Excel shows in a form of its own: 1 shown as 0001."""

    __slots__ = ("written",)
    written: str

    def __new__(cls, number: float, written: str) -> Self:
        """Make the number with what is shown of it."""
        made = super().__new__(cls, number)
        made.written = written
        return made

    def __reduce__(self) -> tuple[type[Self], tuple[float, str]]:
        """Go through a pickle whole."""
        return type(self), (float(self), self.written)


class MonthDay(date):
    """A date that Excel shows without a year: 3-1 was typed."""


FOLLOWS = Text("由别处的错误引起。", "this follows from a mistake elsewhere.")
"""For a cell that cannot be read only because another cannot; it is not told."""
EXPECTED = Text("应为{expected}。", "expected {expected}.")


class UnreadableError(Exception):
    """A cell that is not what its column asks for. ``text`` says what should stand there."""

    def __init__(self, expected: Text, sentence: Text | None = None) -> None:
        self.text = sentence or EXPECTED.fill(expected=expected)
        super().__init__(self.text.en)


# Ids hold none of these, so that a list can be split at any of them.
SEPARATORS = re.compile(r"[\s,;、，；|]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_IGNORED_IN_HEADERS = re.compile(r"[\s_*:\-·.。？?]")
LONGEST_SHOWN = 60


def is_blank(cell: Cell | None) -> bool:
    """Tell whether nothing stands in a cell; spaces and what cannot be seen are nothing."""
    return cell is None or (isinstance(cell, str) and not visible(cell))


def halfwidth(text: str) -> str:
    """Turn full-width digits, letters and colons into ordinary ones and trim the ends."""
    return ordinary(text)


def fold(header: str) -> str:
    """Reduce a name of a sheet, column or choice to what matters when comparing it.

    Brackets stay: they carry a unit or the sense. ``brackets`` knows which of a header's do not.
    """
    return _IGNORED_IN_HEADERS.sub("", halfwidth(header)).casefold()


def one_line(text: str) -> str:
    """Replace line breaks and other control characters by a space."""
    return _CONTROL.sub(" ", text).strip()


def split(text: str) -> list[str]:
    """Split a list at commas, semicolons, bars and spaces, full-width ones too."""
    return [part for part in SEPARATORS.split(text) if part]


def plain(cell: Cell) -> str:
    """Give a cell as text: Excel makes a float of id 101 and a date of 9/1."""
    text = str(cell)
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        text = text.upper()
    elif isinstance(cell, Formatted):
        text = cell.written
    elif isinstance(cell, float) and cell.is_integer():
        text = str(int(cell))
    elif isinstance(cell, MonthDay):
        text = f"{cell.month}-{cell.day}"
    elif isinstance(cell, datetime):
        text = cell.isoformat(" ", "minutes")
    elif isinstance(cell, time):
        text = cell.isoformat("minutes")
    elif isinstance(cell, timedelta):
        minutes = round(cell.total_seconds() / 60)
        text = f"{minutes // 60}:{minutes % 60:02d}"
    return text


def shown(cell: Cell) -> str:
    """Give a cell for a message: one line, not too long."""
    written = f"{cell * 100:g}%" if isinstance(cell, Share) else plain(cell)
    text = _CONTROL.sub(" ", written)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def number(cell: Cell) -> float | None:
    """Give the number in a numeric cell; None if it holds something else."""
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not isfinite(cell):
        return None
    return cell
