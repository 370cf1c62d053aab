"""A term's days of service as the ledger counts them: by billing month and by weekday."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from models import School, Term
from models.service import dates_on
from optimizer.ledger.calendar import billing_months


@dataclass(frozen=True)
class TermDays:
    """The days of service of a term."""

    months: tuple[str, ...]
    """Billing months in order; at least one, so that every sum has a place."""
    dates: tuple[date, ...]
    """Days of service in order."""
    follows: Mapping[date, int]
    """The weekday (1-7) whose timetable each date has."""
    month: Mapping[date, str]
    """The billing month of each day of service, also of one that was called off."""
    of_month: Mapping[str, Sequence[date]]
    """Days of service of each billing month."""
    counts: Mapping[str, Mapping[int, int]]
    """Number of dates of each weekday's timetable in each billing month."""
    weekdays: Mapping[int, int]
    """The same over the whole term."""

    def without(self, off: Collection[date]) -> "TermDays":
        """Give the same without some days; a month that has none left stays a month."""
        follows = {day: weekday for day, weekday in self.follows.items() if day not in off}
        months = {
            name: tuple(day for day in dates if day not in off)
            for name, dates in self.of_month.items()
        }
        return replace(_sorted(follows, months), month=self.month)


def term_days(school: School) -> TermDays:
    """Sort out the days of service of a school (``models.service.school_dates``).

    Raises
    ------
    LookupError
        If the statutory calendar of a year is not known, or a date is in no billing month.
    """
    return _term_days(school.term, school.weekdays)


@lru_cache(maxsize=64)
def _term_days(term: Term, weekdays: frozenset[int]) -> TermDays:
    follows = dates_on(term, weekdays)
    months = billing_months(term, follows)
    return _sorted(follows, months or {f"{term.first_date:%Y-%m}": ()})


def _sorted(follows: Mapping[date, int], months: Mapping[str, Sequence[date]]) -> TermDays:
    counts = {name: Counter(follows[day] for day in dates) for name, dates in months.items()}
    return TermDays(
        months=tuple(months),
        dates=tuple(follows),
        follows=follows,
        month={day: name for name, dates in months.items() for day in dates},
        of_month=months,
        counts=counts,
        weekdays=sum(counts.values(), Counter()),
    )
