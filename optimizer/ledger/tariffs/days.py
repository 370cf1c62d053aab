"""A term's days of service as the ledger counts them: by billing month and by weekday."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from models import Term
from optimizer.ledger.calendar import billing_months, service_dates


@dataclass(frozen=True)
class TermDays:
    """The dates of service of a term."""

    months: tuple[str, ...]
    """Billing months in order; at least one, so that every sum has a place."""
    dates: tuple[date, ...]
    """Dates of service in order."""
    follows: Mapping[date, int]
    """The weekday (1-7) whose timetable each date has."""
    month: Mapping[date, str]
    of_month: Mapping[str, Sequence[date]]
    """Dates of service of each billing month."""
    counts: Mapping[str, Mapping[int, int]]
    """Number of dates of each weekday's timetable in each billing month."""
    weekdays: Mapping[int, int]
    """The same over the whole term."""


@lru_cache(maxsize=64)
def term_days(term: Term) -> TermDays:
    """Sort out the dates of service of a term.

    Raises
    ------
    LookupError
        If the statutory calendar of a year is not known, or a date is in no billing month.
    """
    follows = service_dates(term)
    months: dict[str, Sequence[date]] = dict(billing_months(term))
    if not months:
        months = {f"{term.first_date:%Y-%m}": ()}
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
