"""What one cell can mean: text, ids, numbers, money, yes or no, one of some choices."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from models import Lang, Text, listed, yuan
from models.spelling import visible
from optimizer.files.cells import (
    Cell,
    Formatted,
    Share,
    UnreadableError,
    fold,
    halfwidth,
    number,
    one_line,
    plain,
)
from optimizer.files.ids import CUT_DIGITS, ID_EXPECTED, LARGEST_EXACT, id_text, same_id

Shown = str | int | float


@dataclass
class Context:
    """What a cell may need to know about the rest of the school."""

    ids: dict[str, dict[str, str]] = field(default_factory=dict)
    """By table: each id, and the key of its spellings, to the id as it stands there."""
    weekday_of_slot: dict[str, int] = field(default_factory=dict)
    grades_of_slot: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Of slots that are for some grades only."""
    slots_unsure: bool = False
    """Whether there is a slot of which the id or the weekday cannot be read."""
    grade_of_class: dict[str, int] = field(default_factory=dict)
    clubs_only: set[str] = field(default_factory=set)
    """Slots without base care."""
    notes: list[Text] = field(default_factory=list)
    """What a cell was taken for that may be meant otherwise; whoever reads it clears the list."""
    row: dict[str, Any] = field(default_factory=dict)
    """The cells to the left, already read."""

    def is_for(self, slot: str, grade: int) -> bool:
        """Tell whether a slot is for a grade."""
        return slot not in self.grades_of_slot or grade in self.grades_of_slot[slot]


class Kind:
    """How a value is read from a cell and written into one."""

    expected = Text("", "")
    number_format = "@"
    refers_to: str | None = None
    """The table whose ids are meant."""
    lists = False
    """Whether a cell holds several values."""

    def parse(self, cell: Cell, context: Context) -> Any:  # noqa: ARG002, ANN401, RUF100
        """Read a cell that is not blank.

        Raises
        ------
        UnreadableError
            If the cell is not what the column asks for.
        """
        return one_line(plain(cell))

    def show(self, value: Any, lang: Lang) -> Shown:  # noqa: ARG002, ANN401, RUF100
        """Write a value so that ``parse`` gives it back."""
        return str(value)

    def choices(self, lang: Lang) -> tuple[str, ...]:  # noqa: ARG002
        """Give the few values a cell can take, if they are few."""
        return ()


class Label(Kind):
    """A name; line breaks in it become spaces."""

    expected = Text("文字", "text")


class Prose(Kind):
    """A longer text, kept as it stands."""

    expected = Text("文字", "text")

    def parse(self, cell: Cell, context: Context) -> str:  # noqa: ARG002
        """Read any cell as text."""
        return plain(cell)


class Ident(Kind):
    """The id of the row itself."""

    expected = ID_EXPECTED

    def parse(self, cell: Cell, context: Context) -> str:  # noqa: ARG002
        """Read an id as it is shown."""
        return visible(one_line(id_text(cell)))


class Ref(Kind):
    """The id of a row of another table."""

    def __init__(self, table: str, named: Text) -> None:
        self.refers_to = table
        self.expected = Text("{named}的编号", "the id of a {named}").fill(named=named)

    def parse(self, cell: Cell, context: Context) -> str:
        """Read an id in any of its spellings, and give it as it stands in its own table."""
        known = context.ids.get(self.refers_to or "", {})
        value = same_id(one_line(id_text(cell, known)), known)
        if isinstance(cell, Formatted) and value not in known:
            # Shown as 0001 here and as 1 in its own table: one number all the same.
            return known.get(plain(float(cell)), value)
        return value


_INTEGER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.0*)?", re.ASCII)


class Integer(Kind):
    """A whole number; text that reads as one will do."""

    expected = Text("整数，如 30", "a whole number such as 30")
    number_format = "0"

    def parse(self, cell: Cell, context: Context) -> int:  # noqa: ARG002
        """Read a whole number."""
        return whole(cell, self.expected)

    def show(self, value: int, lang: Lang) -> Shown:  # noqa: ARG002
        """Give the number, as text where Excel would round it."""
        return value if abs(value) < LARGEST_EXACT else str(value)


def whole(cell: Cell, expected: Text) -> int:
    """Read a whole number from a number or from text."""
    found = number(cell)
    if found is not None and float(found).is_integer():
        if isinstance(cell, float) and abs(found) >= LARGEST_EXACT:
            raise UnreadableError(expected, CUT_DIGITS)
        return int(found)
    text = halfwidth(cell) if isinstance(cell, str) else ""
    if not _INTEGER.fullmatch(text) or len(text) > 1000:
        raise UnreadableError(expected)
    return int(text.split(".")[0].replace(",", ""))


_MONEY = re.compile(
    r"[¥$]?([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d*))?(?:元|yuan|rmb|cny)?", re.I | re.ASCII
)


class Money(Kind):
    """Yuan in the cell, fen in the model."""

    expected = Text(
        "以元为单位、不小于 0、最多两位小数的金额，如 50 或 3.75",
        "an amount in yuan, 0 or more, with at most two decimals, such as 50 or 3.75",
    )
    number_format = "0.00"

    def parse(self, cell: Cell, context: Context) -> int:  # noqa: ARG002
        """Read yuan and give fen."""
        found = number(cell)
        # Excel computes in binary: 0.1 + 0.2 is 30 fen all the same.
        text = halfwidth(plain(cell)) if found is None else f"{Decimal(repr(found)):.8f}"
        match = _MONEY.fullmatch(text.replace(" ", ""))
        if not match or len(text) > 1000:
            raise UnreadableError(self.expected)
        sign, yuan_part, decimals = match.groups(default="")
        decimals = decimals.rstrip("0")
        if sign == "-" or len(decimals) > 2:
            raise UnreadableError(self.expected)
        return int(yuan_part.replace(",", "")) * 100 + int(decimals.ljust(2, "0"))

    def show(self, value: int, lang: Lang) -> Shown:  # noqa: ARG002
        """Give yuan, as text where Excel would round it."""
        return value / 100 if value < LARGEST_EXACT // 10 else yuan(value)


class Percent(Kind):
    """A whole percentage. Excel turns a typed 50% into 0.5, and 100% into 1.

    A workbook tells such cells from others by their format; elsewhere 1 may mean either, in a CSV
    file as well.
    """

    expected = Text("百分比，如 50%", "a percentage such as 50%")
    _one = Text(
        "是 1% 还是 100%？请写成带百分号的文字，如 100%（先把单元格设为文本格式）。",
        "is 1% or 100% meant? Write it as text with its sign, such as 100%.",
    )

    def parse(self, cell: Cell, context: Context) -> int:  # noqa: ARG002
        """Read a whole percentage."""
        found = number(cell)
        if found is None:
            text = plain(cell).strip()
            bare = text.removesuffix("%").removesuffix("％")
            read = whole(bare, self.expected)
            if read == 1 and bare == text:
                raise UnreadableError(self.expected, self._one)
            return read
        shown = isinstance(cell, Share)
        if found == 1 and not shown:
            raise UnreadableError(self.expected, self._one)
        # Of other cells, only what is less than 1 is a share of 1.
        percent = round(found * 100, 6) if shown or abs(found) < 1 else found
        if not float(percent).is_integer():
            raise UnreadableError(self.expected)
        return int(percent)

    def show(self, value: int, lang: Lang) -> Shown:  # noqa: ARG002
        """Give the percentage as text with its sign."""
        return f"{value}%"


_YES = frozenset(("是", "有", "对", "yes", "y", "true", "1", "√", "✓", "✔", "☑"))
_NO = frozenset(
    ("否", "不", "无", "没有", "不是", "no", "n", "false", "0", "×", "✗", "✘", "x", "☐")
)


class YesNo(Kind):
    """Yes or no, in any of the ways people tick a box."""

    expected = Text("是 或 否", "yes or no")

    def parse(self, cell: Cell, context: Context) -> bool:  # noqa: ARG002
        """Read yes or no."""
        word = fold(plain(cell))
        if word not in _YES | _NO:
            raise UnreadableError(self.expected)
        return word in _YES

    def show(self, value: bool, lang: Lang) -> Shown:
        """Say yes or no."""
        return self.choices(lang)[not value]

    def choices(self, lang: Lang) -> tuple[str, ...]:
        """Give the two words."""
        return ("是", "否") if lang == "zh" else ("yes", "no")


class Choice(Kind):
    """One of a few named values."""

    def __init__(self, names: Mapping[StrEnum, Text]) -> None:
        self.names = dict(names)
        self.expected = Text("以下之一：{names}", "one of {names}").fill(
            names=listed(names.values())
        )
        self._members: dict[str, StrEnum] = {
            fold(word): member
            for member, name in names.items()
            for word in (name.zh, name.en, member.value)
        }

    def parse(self, cell: Cell, context: Context) -> StrEnum:  # noqa: ARG002
        """Read a choice in either language."""
        try:
            return self.member(plain(cell))
        except KeyError:
            raise UnreadableError(self.expected) from None

    def member(self, word: str) -> StrEnum:
        """Give the choice that a word names; KeyError if it names none."""
        return self._members[fold(word)]

    def knows(self, word: str) -> bool:
        """Tell whether a word names a choice."""
        return fold(word) in self._members

    def show(self, value: StrEnum, lang: Lang) -> Shown:
        """Name the choice."""
        return self.names[value].say(lang)

    def choices(self, lang: Lang) -> tuple[str, ...]:
        """Name all choices."""
        return tuple(name.say(lang) for name in self.names.values())
