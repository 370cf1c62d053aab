"""The marks on an attendance sheet, and the dates as its header has them."""

import re
from datetime import date, datetime, time
from enum import StrEnum

from models import Term, Text, weekday_text
from optimizer.files.cells import Cell, MonthDay, UnreadableError, halfwidth, plain
from optimizer.files.moments import Date, weekdays_in
from optimizer.files.scalars import Context


class Mark(StrEnum):
    """What a cell of an attendance sheet says."""

    THERE = "there"
    ABSENT = "absent"
    LEAVE = "leave"
    """Away with a note of the family."""
    NO_NOTE = "no_note"
    """On leave, but without a note."""


MARKS: dict[Mark, Text] = {
    Mark.THERE: Text("√", "√"),
    Mark.ABSENT: Text("缺", "absent"),
    Mark.LEAVE: Text("假", "leave"),
    Mark.NO_NOTE: Text("假无条", "no note"),
}
"""As they are written into a blank sheet's lists."""
LEGEND = Text(
    "空白或 √ 出勤　× 或 缺 缺席　△ 或 假 请假（有假条）　假无条 请假（无假条）　○ 迟到（算出勤）",
    "blank or √: present   × or absent   △ or leave: on leave, with a note   no note: on leave, "
    "without a note   ○: late (counts as present)",
)
_WORDS: dict[Mark, tuple[str, ...]] = {
    Mark.THERE: (
        *("√", "✓", "✔", "☑", "○", "〇", "o", "到", "已到", "出勤", "出席", "在", "迟到", "早退"),
        *("是", "1", "present", "p", "yes", "y", "late", "there"),
    ),
    Mark.ABSENT: (
        *(
            "×",
            "x",
            "✗",
            "✘",
            "✕",
            "╳",
            "☒",
            "缺",
            "缺席",
            "缺勤",
            "缺课",
            "旷",
            "旷课",
            "未到",
            "没来",
        ),
        *("否", "0", "absent", "a", "no", "n"),
    ),
    Mark.LEAVE: (
        *(
            "△",
            "▲",
            "∆",
            "假",
            "请假",
            "病假",
            "事假",
            "公假",
            "丧假",
            "病",
            "事",
            "有假条",
            "假有条",
        ),
        *("请假有假条", "请假有条", "leave", "l", "excused", "e", "onleave", "sick", "ill"),
        *("leavewithnote", "leavewithanote"),
    ),
    Mark.NO_NOTE: (
        *(
            "假无条",
            "假无",
            "无假条",
            "无条",
            "请假无假条",
            "请假无条",
            "口头",
            "口头请假",
            "未交假条",
        ),
        *("nonote", "leavenonote", "leavewithoutnote", "leavewithoutanote", "unexcused"),
    ),
}
_MARK_OF = {word: mark for mark, words in _WORDS.items() for word in words}
_IGNORED = re.compile(r"[\s()\[\]{},.:;、。-]+")
MARK_EXPECTED = Text(
    "以下标记之一：√、×、缺、△、假、假无条、○",
    "one of the marks √, ×, absent, △, leave, no note, ○",
)


def mark_of(cell: Cell) -> Mark:
    """Read a mark.

    Raises
    ------
    UnreadableError
        If the cell is none.
    """
    if isinstance(cell, bool):
        return Mark.THERE if cell else Mark.ABSENT
    word = _IGNORED.sub("", halfwidth(plain(cell))).casefold()
    if word not in _MARK_OF:
        raise UnreadableError(MARK_EXPECTED)
    return _MARK_OF[word]


_SHORT = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_WEEKDAY = re.compile(
    r"[\s(]*((?:周|星期|礼拜)?[一二三四五六日天]|[a-z]{3,9}\.?)\)?", re.IGNORECASE
)
_DAY_FIRST = re.compile(
    r"\(?((?:周|星期|礼拜)[一二三四五六日天]|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?)\)?[\s,]*(?=\d)",
    re.IGNORECASE,
)
_WITH_YEAR = re.compile(r"(\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?)(?!\d)")


def is_date(cell: Cell) -> bool:
    """Tell whether a cell looks like a date, be it one of the term or not."""
    if isinstance(cell, date):
        return True
    if not isinstance(cell, str) or len(cell) > 30:
        return False
    text = _DAY_FIRST.sub("", halfwidth(cell), count=1)
    return bool(_WITH_YEAR.match(text) or _SHORT.match(text))


OUTSIDE = Text(
    "学期 {first} 至 {last} 里没有 {month} 月 {day} 日。",
    "there is no {month}/{day} in the term {first} to {last}.",
)
NOT_THAT_WEEKDAY = Text(
    "{day} 是{really}，不是{said}；请更正其一。", "{day} is a {really}, not a {said}: correct one."
)


class TermDate(Date):
    """A date of the term: its year may be left out, its weekday added, as rosters print it."""

    expected = Text("日期，如 2026-09-01 或 9月1日", "a date such as 2026-09-01 or 9/1")

    def __init__(self, term: Term) -> None:
        self.term = term

    def parse(self, cell: Cell, context: Context) -> date:
        """Read a date."""
        if isinstance(cell, datetime) and cell.time() != time():
            raise UnreadableError(self.expected)
        if isinstance(cell, MonthDay):
            # Typed as 9/1, to which Excel adds the year in which it was typed.
            return self._in_term(cell.month, cell.day)
        if not isinstance(cell, str):
            return super().parse(cell, context)
        text = halfwidth(cell)
        first = _DAY_FIRST.match(text)
        if first:
            # A weekday says the same before the date as behind it.
            text = f"{text[first.end() :]} {first[1]}"
        year = _WITH_YEAR.match(text)
        short = None if year else _SHORT.match(text)
        match = year or short
        if match is None:
            return super().parse(cell, context)
        found = self._in_term(int(short[1]), int(short[2])) if short else None
        if found is None:
            found = super().parse(match[0], context)
        self._weekday(found, text[match.end() :].strip())
        return found

    def _in_term(self, month: int, day: int) -> date:
        first, last = self.term.first_date, self.term.last_date
        for year in range(first.year, last.year + 1):
            try:
                found = date(year, month, day)
            except ValueError:
                continue
            if first <= found <= last:
                return found
        raise UnreadableError(
            self.expected, OUTSIDE.fill(month=month, day=day, first=first, last=last)
        )

    def _weekday(self, day: date, rest: str) -> None:
        """Refuse what follows a date and is not its weekday."""
        if not rest or rest in {"00:00", "00:00:00"}:
            return
        match = _WEEKDAY.fullmatch(rest)
        said = weekdays_in(match[1]) if match else None
        if said is None:
            raise UnreadableError(self.expected)
        if said != (day.isoweekday(),):
            facts = {"really": weekday_text(day.isoweekday()), "said": weekday_text(said[0])}
            raise UnreadableError(self.expected, NOT_THAT_WEEKDAY.fill(day=day, **facts))
