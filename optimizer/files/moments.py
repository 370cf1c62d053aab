"""Clock times, dates and weekdays as people write them."""

import re
from datetime import date, datetime, time, timedelta

from models import Lang, Text, clock, weekday_text
from optimizer.files.cells import Cell, UnreadableError, fold, halfwidth, number, plain
from optimizer.files.scalars import Context, Kind, Shown

_BEFORE_NOON = frozenset(("上午", "早上", "凌晨", "am", "a.m."))
_AFTER_NOON = frozenset(("下午", "中午", "晚上", "傍晚", "pm", "p.m."))
_HALF = "|".join(re.escape(word) for word in (*_BEFORE_NOON, *_AFTER_NOON))
_CLOCK = re.compile(
    rf"(?P<first>{_HALF})?\s*(?P<hour>\d{{1,2}})\s*[:.点时]\s*(?P<minute>\d{{2}})?分?(:00(\.0*)?)?"
    rf"\s*(?P<last>{_HALF})?",
    re.IGNORECASE,
)
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]00:00(:00)?)?")
DAY_MINUTES = 24 * 60


NOON = 12 * 60
FIRST_HOUR, LAST_HOUR = 60, 7 * 60
"""From one to seven by the clock nobody is at school before noon: the afternoon is meant."""
AFTERNOON = Text(
    "没有写上午或下午，按下午 {later} 读取；如确为上午，请写成“上午{clock}”。",
    "neither am nor pm is said; taken for {later}. Write '{clock} am' if the morning is meant.",
)


class Clock(Kind):
    """A time of day in the cell, minutes after midnight in the model.

    Parameters
    ----------
    after
        The field to the left with the time that this one comes after.
    """

    expected = Text("时间，如 16:30", "a clock time such as 16:30")

    def __init__(self, after: str | None = None) -> None:
        self.after = after

    def parse(self, cell: Cell, context: Context) -> int:
        """Read a time of day; 4:10 without am or pm is ten past four in the afternoon."""
        seconds = _seconds(cell)
        if seconds is None and isinstance(cell, str):
            text = halfwidth(cell).replace("∶", ":").replace("点半", "点30")
            minute, sure = self._from_text(text)
        # Excel keeps times as fractions of a day, a hair off the minute.
        elif seconds is None or abs(seconds - round(seconds / 60) * 60) > 1:
            raise UnreadableError(self.expected)
        else:
            minute, sure = round(seconds / 60), False
        if sure or not self._in_the_afternoon(minute, context):
            return minute
        later = minute + NOON
        context.notes.append(AFTERNOON.fill(clock=_short(minute), later=clock(later)))
        return later

    def _in_the_afternoon(self, minute: int, context: Context) -> bool:
        """Tell whether the afternoon is meant, as of 4:10, or of 7:20 after a start at 18:30."""
        start = context.row.get(self.after or "")
        comes_after = isinstance(start, int) and NOON <= start < minute + NOON
        return FIRST_HOUR <= minute < LAST_HOUR or (comes_after and minute < NOON)

    def _from_text(self, text: str) -> tuple[int, bool]:
        """Give the minute, and whether it is said which half of the day is meant."""
        match = _CLOCK.fullmatch(text)
        # "16点" is a time; "16:" and "16." are not.
        if not match or (match["minute"] is None and text[-1] in ":."):
            raise UnreadableError(self.expected)
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        half = (match["first"] or match["last"] or "").casefold()
        if half in _AFTER_NOON and hour < 12:
            hour += 12
        elif half in _BEFORE_NOON and hour == 12:
            hour = 0
        if minute > 59 or hour * 60 + minute > DAY_MINUTES:
            raise UnreadableError(self.expected)
        return hour * 60 + minute, bool(half)

    def show(self, value: int, lang: Lang) -> Shown:
        """Write a time as 16:30; one that would be taken for the afternoon says that it is not."""
        if FIRST_HOUR <= value < LAST_HOUR:
            return f"上午{_short(value)}" if lang == "zh" else f"{_short(value)} am"
        return clock(value)


def _short(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02d}"


def _seconds(cell: Cell) -> float | None:
    """Give the seconds after midnight of a cell that Excel itself takes for a time."""
    if isinstance(cell, datetime):
        # The day zero of Excel's calendar: a time cell and nothing else.
        return _seconds(cell.time()) if cell.year <= 1904 else None
    if isinstance(cell, time):
        return cell.hour * 3600 + cell.minute * 60 + cell.second + cell.microsecond / 1e6
    if isinstance(cell, timedelta):
        seconds = cell.total_seconds()
        return seconds if 0 <= seconds <= 86400 else None
    found = number(cell)
    return found * 86400 if found is not None and 0 < found < 1 else None


class Date(Kind):
    """A calendar date."""

    expected = Text("日期，如 2026-09-01", "a date such as 2026-09-01")

    def parse(self, cell: Cell, context: Context) -> date:  # noqa: ARG002
        """Read a date."""
        if isinstance(cell, datetime):
            cell = cell.date() if cell.time() == time() else ""
        if isinstance(cell, date):
            return cell
        match = _DATE.fullmatch(halfwidth(plain(cell)))
        try:
            if match:
                return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            pass  # A day that the calendar does not have, such as 2026-02-30.
        raise UnreadableError(self.expected)

    def show(self, value: date, lang: Lang) -> Shown:  # noqa: ARG002
        """Write a date as 2026-09-01."""
        return value.isoformat()


_ZH_DAYS = "一二三四五六日"
_EN_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAYS: dict[str, int] = {}
for _day in range(1, 8):
    _zh, _en = _ZH_DAYS[_day - 1], _EN_DAYS[_day - 1]
    for _word in (
        _zh,
        f"周{_zh}",
        f"星期{_zh}",
        f"礼拜{_zh}",
        f"周{_day}",
        f"星期{_day}",
        str(_day),
    ):
        _WEEKDAYS[_word] = _day
    _WEEKDAYS |= {_en: _day, _en[:3]: _day}
_WEEKDAYS |= dict.fromkeys(("天", "周天", "星期天", "礼拜天"), 7)
_WEEKDAYS |= {"tues": 2, "thur": 4, "thurs": 4}
_RANGE = re.compile(r"(.+?)[-~–—至到](.+)")
WEEKDAY_EXPECTED = Text("星期，如 周一", "a weekday such as Mon")


def weekdays_in(word: str) -> tuple[int, ...] | None:
    """Give the weekdays that a word names (周一, Monday, 1, 周一至周五); None if it names none."""
    folded = halfwidth(word).casefold().rstrip(".")
    if folded in _WEEKDAYS:
        return (_WEEKDAYS[folded],)
    match = _RANGE.fullmatch(folded)
    first, last = (
        (_WEEKDAYS.get(part.strip()) for part in match.groups()) if match else (None, None)
    )
    if first is None or last is None or last < first:
        return None
    return tuple(range(first, last + 1))


class Weekday(Kind):
    """A day of the week, 1 Monday to 7 Sunday in the model."""

    expected = WEEKDAY_EXPECTED

    def parse(self, cell: Cell, context: Context) -> int:  # noqa: ARG002
        """Read a weekday."""
        found = weekdays_in(fold(plain(cell)))
        if found is None or len(found) != 1:
            raise UnreadableError(self.expected)
        return found[0]

    def show(self, value: int, lang: Lang) -> Shown:
        """Name the weekday."""
        return weekday_text(value).say(lang)

    def choices(self, lang: Lang) -> tuple[str, ...]:
        """Name all weekdays."""
        return tuple(weekday_text(day).say(lang) for day in range(1, 8))
