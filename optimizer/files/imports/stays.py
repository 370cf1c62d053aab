"""On which days, and how long, a child stays, as families tick it."""

import re
from collections.abc import Iterable, Sequence

from models import Slot, SlotUse
from optimizer.files.cells import fold
from optimizer.files.imports.roles import days_in
from optimizer.files.imports.words import bare, close_to, says_nothing
from optimizer.files.moments import weekdays_in

_CLOCK = re.compile(r"(?<!\d)(\d{1,2})[:点时](\d{2}|半)?")
_AFTERNOON = re.compile(r"下午|晚上|pm|p\.m")
_MARKS = re.compile(r"[┋|\n\r,;、，；]+|\s+(?=周|星期|礼拜|[A-Z])")
_ALL = frozenset(
    ("全部", "所有", "每天", "天天", "都", "all", "everyday", "周一至周五", "周一到周五")
)
_YES = frozenset(
    ("是", "有", "留", "留校", "参加", "需要", "要", "yes", "y", "true", "1", "√", "✓", "✔", "☑")
)
_NO = frozenset(("不留", "不留校", "×", "x", "✗", "false", "0", "n"))
EARLIEST_AFTERNOON = 8
"""An hour below this is one of the afternoon."""


class Stays:
    """The slots of a school, found by what families tick."""

    def __init__(self, slots: Iterable[Slot]) -> None:
        self.all = tuple(slots)
        self.ids = {bare(slot.id): slot.id for slot in self.all}

    def of(self, days: Iterable[int], grade: int | None, until: int | None = None) -> list[str]:
        """Give the slots of some weekdays at which somebody of a grade is looked after."""
        wanted = set(days)
        return [
            slot.id
            for slot in self.all
            if slot.weekday in wanted
            and slot.use is not SlotUse.CLUBS_ONLY
            and (grade is None or slot.admits_grade(grade))
            and (until is None or slot.end_minute <= until)
        ]

    def read(self, text: str, grade: int | None) -> list[str] | None:
        """Read a cell that lists days or slots; None if it cannot be read."""
        if says_nothing(text) or bare(text) in _NO:
            return []
        if bare(text) in _ALL | _YES:
            return self.of(range(1, 8), grade)
        found: list[str] = []
        for part in filter(None, (p.strip() for p in _MARKS.split(text))):
            slots = self._part(part, grade)
            if slots is None:
                return None
            found += [slot for slot in slots if slot not in found]
        return self._in_order(found)

    def _part(self, part: str, grade: int | None) -> list[str] | None:
        if bare(part) in self.ids:
            return [self.ids[bare(part)]]
        days: Iterable[int] = weekdays_in(fold(part)) or days_in(part)
        return self._on(days, grade, clock_in(part))

    def _on(self, days: Iterable[int], grade: int | None, until: int | None) -> list[str] | None:
        """Give the slots of some days; None for days that have none for the grade."""
        slots = self.of(days, grade, until)
        return slots if slots or (until is not None and self.of(days, grade)) else None

    def day(self, text: str, day: int, grade: int | None) -> list[str] | None:
        """Read a cell below a weekday's header; None if it cannot be read."""
        word = bare(text)
        if says_nothing(text) or word in _NO:
            return []
        until = clock_in(text)
        if word in _YES | _ALL or until is not None or days_in(text) == {day}:
            return self._on([day], grade, until)
        return self.read(text, grade)

    def until(self, slots: Sequence[str], minute: int) -> list[str]:
        """Leave out what ends after a clock time."""
        return [s.id for s in self.all if s.id in slots and s.end_minute <= minute]

    def near(self, text: str) -> list[str]:
        """Give ids of slots that a text may mean."""
        return close_to(text, (slot.id for slot in self.all)) or [s.id for s in self.all[:3]]

    def _in_order(self, slots: Sequence[str]) -> list[str]:
        return [slot.id for slot in self.all if slot.id in slots]


def clock_in(text: str) -> int | None:
    """Give the clock time in a text, in minutes after midnight; None if there is none."""
    match = _CLOCK.search(bare(text))
    if not match:
        return None
    hour = int(match[1])
    minute = 30 if match[2] == "半" else int(match[2] or 0)
    if hour < 12 and (hour < EARLIEST_AFTERNOON or _AFTERNOON.search(bare(text))):
        hour += 12
    return hour * 60 + minute if hour < 25 and minute < 60 else None
