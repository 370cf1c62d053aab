"""Ids in cells: what Excel has made of them, and when two spellings are one."""

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from models import Text
from models.spelling import key_of, visible
from optimizer.files.cells import Cell, MonthDay, UnreadableError, number, plain

# Excel keeps 15 digits of a number.
LARGEST_EXACT: Final = 10**15
ID_EXPECTED = Text(
    "编号（文字或数字，不含空格、逗号、分号、顿号）",
    "an id: letters or digits without spaces, commas or semicolons",
)


def same_id(value: str, known: Mapping[str, str]) -> str:
    """Give the known id that is written like this, or the value itself."""
    return known.get(value) or known.get(key_of(value)) or visible(value)


CUT_DIGITS = Text(
    "Excel 的数字只保留 15 位，后面的都变成了 0；请把整列设为文本格式，重新填写或导入。",
    "Excel keeps 15 digits of a number and has made the rest 0: format the column as text and "
    "enter or import the ids anew.",
)
_SHORTENED = Text(
    "Excel 把这个编号显示成了科学记数，原来的数字已经丢失；请把整列设为文本格式，重新填写或导入。",
    "Excel has shortened this id to a power of ten and its digits are lost: format the column as "
    "text and enter or import the ids anew.",
)
_BECAME_DATE = Text(
    "Excel 把这个编号当成了日期；请把整列设为文本格式，重新填写，如 3-1。",
    "Excel has taken this id for a date: format the column as text and enter the id anew, "
    "such as 3-1.",
)
OF_A_COLUMN = frozenset((CUT_DIGITS, _SHORTENED, _BECAME_DATE))
"""What is wrong with all cells of a column alike, and mended for all at once."""
_EN_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS = {name: number for number, name in enumerate(_EN_MONTHS.split(), 1)}
# What Excel writes into CSV for the class 3-1: 3月1日, 1-Mar.
_DATE_TEXT = re.compile(
    rf"(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})日|(?P<first>\d{{1,2}})-(?P<name>{'|'.join(_MONTHS)})",
    re.IGNORECASE,
)
_POWER = re.compile(r"[+-]?\d(\.\d+)?[eE]\+\d\d+")


def id_text(cell: Cell, known: Mapping[str, str] = MappingProxyType({})) -> str:
    """Give an id as it is shown, and refuse what Excel has made something else of.

    A date shown as month and day is the 3-1 that was typed, or 3/1 or 3.1 if such an id is known.

    Raises
    ------
    UnreadableError
        If digits are lost or the cell holds another date.
    """
    found = number(cell)
    if found is not None and abs(found) >= LARGEST_EXACT and isinstance(cell, float):
        raise UnreadableError(ID_EXPECTED, CUT_DIGITS)
    if isinstance(cell, date):
        if not isinstance(cell, MonthDay):
            raise UnreadableError(ID_EXPECTED, _BECAME_DATE)
        forms = (plain(cell).replace("-", mark) for mark in "-/.")
        return next((form for form in forms if form in known), plain(cell))
    text = plain(cell)
    if date_text := _DATE_TEXT.fullmatch(text):
        month = date_text["month"] or _MONTHS[date_text["name"].casefold()]
        return f"{int(month)}-{int(date_text['day'] or date_text['first'])}"
    if _POWER.fullmatch(text):
        raise UnreadableError(ID_EXPECTED, _SHORTENED)
    return text
