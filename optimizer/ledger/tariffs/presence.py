"""Who is expected, or was there, on which dates and at how many slots."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from models import School
from optimizer.ledger.tariffs.days import TermDays

Weekly = Mapping[str, Mapping[int, frozenset[str]]]
"""Each participant's slots by weekday."""


class Tally(NamedTuple):
    """On so many dates of a month a student is there at so many slots."""

    month: str
    slots: int
    dates: int


@dataclass(frozen=True)
class Presence:
    """Where students are expected each week, and when they were not there."""

    days: TermDays
    weekly: Weekly
    spans: Mapping[str, tuple[date, date]]
    """First and last day in the service, of those who do not stay all term."""
    missed: Mapping[str, Mapping[date, AbstractSet[str]]] = field(default_factory=dict)
    """Slots of a date at which a student was away, or his group did not meet."""
    called_off: Mapping[str, Mapping[date, AbstractSet[str]]] = field(default_factory=dict)
    """Those of them at which his group did not meet."""
    settled: bool = False
    """Whether this is what happened, and not only what is planned."""
    _counted: dict[str, list[Tally]] = field(default_factory=dict, init=False, repr=False)

    def enrolled(self, student: str) -> Sequence[date]:
        """Give the dates of service on which a student belongs to the service."""
        dates, span = self.days.dates, self.spans.get(student)
        if span is None:
            return dates
        return dates[bisect_left(dates, span[0]) : bisect_right(dates, span[1])]

    def since(self, first: date | None) -> "Presence":
        """Give the same without what is before a day."""
        if first is None:
            return self
        before = [day for day in self.days.dates if day < first]
        return replace(self, days=self.days.without(before))

    def tallies(self, student: str) -> list[Tally]:
        """Count a student's dates by month and number of slots, over all he belongs to."""
        if student not in self._counted:
            self._counted[student] = self._count(student)
        return self._counted[student]

    def _count(self, student: str, *, settled: bool = True) -> list[Tally]:
        """Count dates as they were or, not settled, as if he had missed none that took place."""
        found = self._expected(student)
        weekly, span = self.weekly[student], self.spans.get(student)
        missed = self.missed if settled else self.called_off
        for day, away in missed.get(student, {}).items():
            slots = weekly.get(self.days.follows.get(day, 0), frozenset())
            if slots and (span is None or span[0] <= day <= span[1]):
                month = self.days.month[day]
                found[month, len(slots)] -= 1
                found[month, len(slots - away)] += 1
        return [Tally(month, slots, dates) for (month, slots), dates in found.items() if dates]

    def _expected(self, student: str) -> Counter[tuple[str, int]]:
        """Count the dates as if he had missed none."""
        found: Counter[tuple[str, int]] = Counter()
        weekly = self.weekly[student]
        if student not in self.spans:
            for month, counts in self.days.counts.items():
                for weekday, slots in weekly.items():
                    found[month, len(slots)] += counts.get(weekday, 0)
            return found
        for day in self.enrolled(student):
            slots = weekly.get(self.days.follows[day], frozenset())
            if slots:
                found[self.days.month[day], len(slots)] += 1
        return found

    def months_served(self, student: str) -> set[str]:
        """Give a student's months of service, for which a fee by month or term may be due.

        In such a month something that he belongs to takes place at least once, be he there or not.
        """
        return {tally.month for tally in self.offered(student) if tally.slots}

    def offered(self, student: str) -> list[Tally]:
        """Count dates by what took place that he belongs to, be he there or not."""
        return self._count(student, settled=False)

    def months_present(self, student: str) -> set[str]:
        """Give the months in which a student is there at least once."""
        return {tally.month for tally in self.tallies(student) if tally.slots}


def weekly_slots(school: School, places: Iterable[tuple[str, str]]) -> Weekly:
    """Sort pairs of student and slot by student and weekday, students in the school's order."""
    found: dict[str, dict[int, set[str]]] = {}
    weekday = {slot.id: slot.weekday for slot in school.slots}
    for student, slot in places:
        found.setdefault(student, {}).setdefault(weekday[slot], set()).add(slot)
    return {
        student.id: {day: frozenset(slots) for day, slots in found[student.id].items()}
        for student in school.students
        if student.id in found
    }


def planned_spans(school: School) -> dict[str, tuple[date, date]]:
    """Give first and last day of the students who join or leave within the term."""
    return {
        s.id: (s.joins or school.term.first_date, s.leaves or school.term.last_date)
        for s in school.students
        if s.joins is not None or s.leaves is not None
    }
