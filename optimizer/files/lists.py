"""What a cell with several values can mean: ids, slots, grades, weekdays, numbers."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise

from models import Lang, PolicyItem, Text, Unit, weekday_text
from models.clauses import known_subjects
from models.contents import CONTENT_NAMES, content_id, join_phrases
from models.items import ITEMS, UNITS, Subject
from models.labels import EVERIES, FEE_BASES, PROVIDER_KINDS, SEASONS, TOPICS
from models.spelling import visible
from optimizer.files.cells import Cell, UnreadableError, halfwidth, plain, split
from optimizer.files.ids import id_text, same_id
from optimizer.files.moments import WEEKDAY_EXPECTED, Clock, Weekday, weekdays_in
from optimizer.files.scalars import (
    Choice,
    Context,
    Integer,
    Kind,
    Label,
    Money,
    Percent,
    Shown,
    whole,
)

# A cell that says that its list is empty, where a blank cell would mean something else.
NONE = Text("无", "none")
_NONE_WORDS = frozenset(("无", "没有", "none", "-", "—", "/"))


def says_none(text: str) -> bool:
    """Tell whether a cell says that its list is empty."""
    return halfwidth(text).casefold() in _NONE_WORDS


def join(values: Sequence[str], lang: Lang) -> str:
    """Write a list so that it reads back: one value that looks like "none" ends in a comma."""
    joined = ("、" if lang == "zh" else ", ").join(values)
    return f"{joined}、" if says_none(joined) else joined


class Words(Kind):
    """A list of free ids, such as room features."""

    lists = True
    expected = Text("用顿号或逗号分隔的列表", "a list separated by commas")

    def parse(self, cell: Cell, context: Context) -> tuple[str, ...]:  # noqa: ARG002
        """Read a list."""
        text = id_text(cell)
        return () if says_none(text) else tuple(filter(None, map(visible, split(text))))

    def show(self, value: Sequence[str], lang: Lang) -> Shown:
        """Write a list."""
        return join(value, lang) if value else NONE.say(lang)


class Contents(Words):
    """A list of what a course contains, by the names that policies use or the school's own."""

    expected = Text("内容的名称，多个用顿号分隔", "names of contents separated by commas")

    def parse(self, cell: Cell, context: Context) -> tuple[str, ...]:
        """Read a list; a name of several words is one."""
        words = super().parse(join_phrases(plain(cell)), context)
        return tuple(content_id(word) for word in words)

    def show(self, value: Sequence[str], lang: Lang) -> Shown:
        """Write the Chinese names, or the ids, which are the English ones in one word."""
        return super().show([content_name(name, lang) for name in value], lang)


def content_name(name: str, lang: Lang) -> str:
    """Give a content as it is written in a list."""
    return CONTENT_NAMES[name].zh if lang == "zh" and name in CONTENT_NAMES else name


class Refs(Words):
    """A list of ids of rows of another table."""

    def __init__(self, table: str, named: Text) -> None:
        self.refers_to = table
        self.expected = Text(
            "{named}的编号，多个用顿号或逗号分隔", "ids of {named}s separated by commas"
        ).fill(named=named)

    def parse(self, cell: Cell, context: Context) -> tuple[str, ...]:
        """Read a list of ids."""
        known = context.ids.get(self.refers_to or "", {})
        return tuple(same_id(word, known) for word in super().parse(cell, context))


_RANGE_MARK = r"[-~–—至到]"
_SPACED_RANGE = re.compile(rf"\s*({_RANGE_MARK})\s*")
_GRADES = re.compile(rf"(\d{{1,3}})(?:{_RANGE_MARK}(\d{{1,3}}))?")
_GRADE_WORD = re.compile(r"年级|grades?|级|年", re.IGNORECASE)
_ZH_DIGITS = str.maketrans({zh: str(n) for n, zh in enumerate("零一二三四五六七八九")})


class Grades(Kind):
    """A list of grades, with ranges."""

    lists = True
    expected = Text("年级，如 3-6 或 1、2、5", "grades such as 3-6 or 1, 2, 5")
    _backwards = Text(
        "年级范围前后颠倒，应从小到大，如 3-6。",
        "the grade range runs backwards: write the lower grade first, such as 3-6.",
    )

    def parse(self, cell: Cell, context: Context) -> tuple[int, ...]:  # noqa: ARG002
        """Read grades. Excel takes 3-6 for the 6th of March, which is read as 3-6."""
        if isinstance(cell, date | datetime):
            cell = f"{cell.month}-{cell.day}"
        text = _GRADE_WORD.sub("", halfwidth(plain(cell))).translate(_ZH_DIGITS)
        grades: list[int] = []
        for part in split(_SPACED_RANGE.sub(r"\1", text)):
            match = _GRADES.fullmatch(part)
            if not match:
                raise UnreadableError(self.expected)
            first, last = int(match[1]), int(match[2] or match[1])
            if last < first:
                raise UnreadableError(self.expected, self._backwards)
            grades += range(first, last + 1)
        return tuple(grades)

    def show(self, value: Sequence[int], lang: Lang) -> Shown:
        """Write grades, runs of neighbours as a range."""
        starts = [i for i, g in enumerate(value) if i == 0 or g != value[i - 1] + 1]
        runs = [value[a:b] for a, b in pairwise([*starts, len(value)])]
        words = [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]
        return join(words, lang)


class Weekdays(Kind):
    """A list of weekdays."""

    lists = True
    expected = Text("星期，如 周一、周三 或 周一至周五", "weekdays such as Mon, Wed or Mon-Fri")

    def parse(self, cell: Cell, context: Context) -> tuple[int, ...]:  # noqa: ARG002
        """Read weekdays."""
        text = plain(cell)
        days: list[int] = []
        for word in () if says_none(text) else split(_SPACED_RANGE.sub(r"\1", text)):
            found = weekdays_in(word)
            if found is None:
                raise UnreadableError(self.expected)
            days += found
        return tuple(days)

    def show(self, value: Sequence[int], lang: Lang) -> Shown:
        """Name the weekdays."""
        return join([weekday_text(d).say(lang) for d in value], lang) if value else NONE.say(lang)


class Integers(Kind):
    """A list of whole numbers."""

    lists = True
    expected = Text("整数，用顿号或逗号分隔，如 10、8、6", "whole numbers such as 10, 8, 6")

    def parse(self, cell: Cell, context: Context) -> tuple[int, ...]:  # noqa: ARG002
        """Read numbers."""
        text = plain(cell)
        words = () if says_none(text) else split(halfwidth(text))
        return tuple(whole(word, self.expected) for word in words)

    def show(self, value: Sequence[int], lang: Lang) -> Shown:
        """Write numbers."""
        return join([str(n) for n in value], lang) if value else NONE.say(lang)


class ClauseSubject(Label):
    """What a clause is about: an id, or one of the kinds that its item knows, by name."""

    expected = Text(
        "与“项目”相应的对象：群体编号或类别、内容标签、机构类别等",
        "a subject that suits the item: a group or its kind, a content, a kind of provider, ...",
    )

    def parse(self, cell: Cell, context: Context) -> str:
        """Read the subject in the light of the item to the left."""
        item = context.row.get("item")
        if isinstance(item, PolicyItem) and (kinds := _kinds_of(item)):
            return kinds.parse(cell, context).value
        return same_id(str(super().parse(cell, context)), context.ids.get("groups", {}))

    def show(self, value: tuple[PolicyItem, str], lang: Lang) -> Shown:
        """Write the subject; a kind by its name."""
        item, subject = value
        kinds = _kinds_of(item)
        if kinds:
            return kinds.show(kinds.member(subject), lang)
        return content_name(subject, lang) if ITEMS[item].subject is Subject.CONTENT else subject


def _kinds_of(item: PolicyItem) -> Choice | None:
    """Give the kinds that an item's subject is one of; None where it may be any id."""
    known = set(known_subjects(item))
    for names in (PROVIDER_KINDS, FEE_BASES, TOPICS, EVERIES, SEASONS):
        if known and known == {kind.value for kind in names}:
            return Choice(names)
    return None


_OF_UNIT: dict[Unit, Kind] = {
    Unit.CLOCK: Clock(),
    Unit.WEEKDAY: Weekday(),
    Unit.FEN: Money(),
    Unit.PERCENT: Percent(),
}


class ClauseValue(Kind):
    """The value of a policy's clause, in the unit that its item asks for."""

    expected = Text(
        "与“项目”相应的数值：时间 16:30、分钟数、节数、金额、百分比或星期",
        "a value that suits the item: a time 16:30, minutes, periods, yuan, 50% or a weekday",
    )

    def parse(self, cell: Cell, context: Context) -> int:
        """Read the value in the unit of the item to the left."""
        item = context.row.get("item")
        if not isinstance(item, PolicyItem):
            return 0  # The item itself is reported; without it nothing can be said here.
        kind = _OF_UNIT.get(UNITS[item], Integer())
        value: int = kind.parse(cell, context)
        return value

    def show(self, value: tuple[PolicyItem, int], lang: Lang) -> Shown:
        """Write the value in the unit of its item."""
        item, amount = value
        return _OF_UNIT.get(UNITS[item], Integer()).show(amount, lang)


__all__ = [
    "NONE",
    "WEEKDAY_EXPECTED",
    "ClauseSubject",
    "ClauseValue",
    "Contents",
    "Grades",
    "Integers",
    "Refs",
    "Weekdays",
    "Words",
    "join",
    "says_none",
]
