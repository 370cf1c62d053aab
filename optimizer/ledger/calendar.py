"""Service dates: the term's weekdays less holidays, plus make-up days."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

from models import Term


def service_dates(term: Term) -> dict[date, int]:
    """Give each date of service and the weekday (1-7) whose timetable it follows.

    A make-up day counts although it is a holiday or no service weekday otherwise.
    """
    dates: dict[date, int] = {}
    off = set(term.holidays)
    day = term.first_date
    while day <= term.last_date:
        if day.isoweekday() in term.service_weekdays and day not in off:
            dates[day] = day.isoweekday()
        day += timedelta(days=1)
    for make_up in term.make_up_days:
        if term.first_date <= make_up.date <= term.last_date:
            dates[make_up.date] = make_up.follows
    return dict(sorted(dates.items()))


@lru_cache(maxsize=64)
def occurrences(term: Term) -> Mapping[int, int]:
    """Count the dates of each weekday's timetable in the term; every weekday has an entry."""
    counts = Counter(service_dates(term).values())
    return MappingProxyType({weekday: counts[weekday] for weekday in range(1, 8)})
