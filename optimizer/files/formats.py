"""Number formats of a workbook: what Excel shows of a number that its value does not tell.

A percentage is kept as a share of one, 0001 as 1 and the class 3-1 as a date. Which cells are meant
stands in the styles; the reader of cells passes over them.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from optimizer.files.cells import Cell, Formatted, MonthDay, Share, number

# 0% and 0.00%, and the dates without a year: every workbook has them without declaring them.
_PERCENTS: Final = frozenset((9, 10))
_MONTH_DAYS: Final = frozenset((16, 56, 58))
_TEXT: Final = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_DIGITS: Final = re.compile(r"[0#?,]*0[0#?,]*(\.0+)?")


class Format(NamedTuple):
    """What a format makes of a number."""

    before: str = ""
    digits: int = 0
    """At least so many before the point."""
    decimals: int = 0
    after: str = ""


Shape = Format | type[Share] | type[MonthDay]


def shape_of(number_id: int, code: str) -> Shape | None:
    """Tell what a format shows that a plain number or date does not; None if nothing."""
    # Only what positive numbers look like matters.
    code = code.split(";", maxsplit=1)[0]
    bare = _TEXT.sub("", code)
    if number_id in _PERCENTS or "%" in bare:
        return Share
    letters = set(bare.casefold())
    if number_id in _MONTH_DAYS or (letters >= {"m", "d"} and not letters & {"y", "h", "s", "e"}):
        return MonthDay
    return _digits_of(code)


def _digits_of(code: str) -> Format | None:
    """Read a format such as 0000, "S"0000 or 00-00: digits with fixed texts around."""
    found = _DIGITS.search(_TEXT.sub(lambda m: "\0" * len(m[0]), code))
    if found is None:
        return None
    before, after = (_fixed(part) for part in (code[: found.start()], code[found.end() :]))
    if before is None or after is None:
        return None
    whole, _, decimals = found[0].partition(".")
    made = Format(before, whole.count("0"), len(decimals), after)
    return None if made == Format(digits=1) else made


def _fixed(code: str) -> str | None:
    """Give the text that a part of a format stands for; None if there is more to it."""
    rest = _TEXT.sub("", code)
    if re.search(r"[^\s\-+/().:年月日级班号第]", rest):
        return None
    return _TEXT.sub(lambda m: m[1] or m[2] or "", code)


def as_shown(cell: Cell, shape: Shape) -> Cell:
    """Give a cell with what its format shows."""
    if shape is MonthDay:
        return MonthDay(cell.year, cell.month, cell.day) if isinstance(cell, date) else cell
    found = number(cell)
    if found is None:
        return cell
    if shape is Share:
        return Share(found)
    assert isinstance(shape, Format)
    if found < 0 or found >= 10**15:
        return cell
    # 7 in a column of 0.00 is still meant as 7, while 3.10 is not 3.1.
    places = 0 if float(found).is_integer() else shape.decimals
    text = f"{Decimal(repr(found)):.{places}f}"
    whole, point, decimals = text.partition(".")
    shown = f"{shape.before}{whole.zfill(shape.digits)}{point}{decimals}{shape.after}"
    return Formatted(found, shown.strip())
