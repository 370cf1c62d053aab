"""Who would learn for too long on a day if he were in no section, and what frees him of it."""

from collections import Counter
from typing import NamedTuple

from models import Prices, School
from optimizer.checks._days import DayLimit, care_stay, day_limits

Slots = frozenset[str]
Over = tuple[tuple[int, int], ...]
"""Weekdays, and by how much too long."""


class Looks(NamedTuple):
    """What decides which sections of a course a student can attend, and what they save him."""

    course: str
    grade: int
    usable: Slots
    stays: Slots
    teacher: str | None
    over: Over
    pinned: Slots


class Learning:
    """Whoever would learn for too long in base care is in sections at homework slots instead."""

    def __init__(self, school: School) -> None:
        self.school = school
        self._limits: dict[int, DayLimit] = {}
        for grade in school.grades:
            own = [limit for limit in day_limits(school, grade) if limit.of_learning]
            if own:
                self._limits[grade] = min(own, key=lambda limit: limit.most)

    def _amount(self, grade: int, slot: str) -> int:
        """Give what base care at a slot counts for."""
        return self._limits[grade].amount(care_stay(self.school.slot[slot]))

    def over(self, student: str) -> Over:
        """Give by how much a student would learn too long in base care, by weekday."""
        grade = self.school.grade_of[student]
        if grade not in self._limits or student in self.school.excluded:
            return ()
        days: Counter[int] = Counter()
        for slot in self.school.student[student].stay_slots:
            days[self.school.slot[slot].weekday] += self._amount(grade, slot)
        most = self._limits[grade].most
        return tuple((day, count - most) for day, count in sorted(days.items()) if count > most)

    def freed(self, prices: Prices, looks: Looks, slots: Slots) -> int:
        """Give what a student is paid for being in a section at some slots."""
        if not looks.over or self.school.course[looks.course].is_learning:
            return 0
        paid, days = _by_day(prices, looks.grade), dict(looks.over)
        there = [(self.school.slot[slot].weekday, slot) for slot in slots & looks.stays]
        return sum(paid[d] * self._amount(looks.grade, s) for d, s in there if d in days)

    def owed(self, prices: Prices, student: str) -> int:
        """Give what a student owes for the time that he would learn too long."""
        over = self.over(student)
        paid = _by_day(prices, self.school.grade_of[student]) if over else {}
        return sum(paid[day] * count for day, count in over)


def _by_day(prices: Prices, grade: int) -> Counter[int]:
    found: Counter[int] = Counter()
    for price in prices.learning:
        if price.grade == grade:
            found[price.weekday] += price.price
    return found
