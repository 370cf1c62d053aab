"""From a term to its dates: days of service, the timetable each follows, the month it is billed in.

The statutory calendar comes from the package ``chinesecalendar``, which is loaded when a term first
asks for it. A year that it does not know is an error and never a guess: holidays and make-up days
are decreed year by year.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from models.text import Text
from models.time import BillingMonth, Calendar, Term

UNKNOWN_YEAR = Text(
    "法定节假日安排只有 {first} 至 {last} 年的，没有 {year} 年的；请把“假期来源”改为“本校列出”，"
    "并在学期表中写上放假和补课日。",
    "the statutory holidays are known for {first} to {last} but not for {year}: set 'Calendar' to "
    "'own list' and give holidays and make-up days in the term table.",
)
NO_MONTH = Text(
    "日期 {day} 不在任何收费月之内；请调整收费月的起止日期。",
    "{day} is in no billing month: extend one of them.",
)


class UnknownYearError(LookupError):
    """A year of which the statutory calendar is not known."""

    def __init__(self, year: int) -> None:
        known = known_years()
        self.year = year
        self.text = UNKNOWN_YEAR.fill(year=year, first=known.start, last=known.stop - 1)
        super().__init__(self.text.en)


class NoBillingMonthError(LookupError):
    """A date outside every billing month of a term that has its own."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.text = NO_MONTH.fill(day=day)
        super().__init__(self.text.en)


class Statutory(NamedTuple):
    """What the statutory calendar says of a stretch of days."""

    holidays: frozenset[date]
    """Days off by decree; a weekend counts only where it belongs to a holiday."""
    make_up_days: frozenset[date]
    """Saturdays and Sundays that are worked in exchange."""


@lru_cache(maxsize=1)
def _decreed() -> Statutory:
    # Loaded here because few schools need it and the command line should start at once.
    from chinese_calendar import constants  # noqa: PLC0415

    return Statutory(frozenset(constants.holidays), frozenset(constants.workdays))


@lru_cache(maxsize=1)
def known_years() -> range:
    """Give the years of which the statutory calendar is known."""
    holidays = _decreed().holidays
    return range(min(holidays).year, max(holidays).year + 1)


def unknown_years(term: Term) -> tuple[int, ...]:
    """Give the years of a term whose statutory days it needs and nobody knows."""
    if term.calendar is Calendar.OWN:
        return ()
    years = range(term.first_date.year, term.last_date.year + 1)
    return tuple(year for year in years if year not in known_years())


def statutory_days(term: Term) -> Statutory:
    """Give the statutory holidays and make-up days within a term; none if it keeps its own list.

    Raises
    ------
    UnknownYearError
        If the statutory calendar of one of the term's years is not known.
    """
    if term.calendar is Calendar.OWN:
        return Statutory(frozenset(), frozenset())
    for year in unknown_years(term):
        raise UnknownYearError(year)
    first, last, decreed = term.first_date, term.last_date, _decreed()
    return Statutory(
        frozenset(day for day in decreed.holidays if first <= day <= last),
        frozenset(day for day in decreed.make_up_days if first <= day <= last),
    )


def unnamed_make_up_days(term: Term) -> tuple[date, ...]:
    """Give the statutory make-up days of a term for which the school names no weekday."""
    named = {make_up.date for make_up in term.make_up_days}
    return tuple(sorted(statutory_days(term).make_up_days - named))


def days(first: date, last: date) -> Iterator[date]:
    """Give every day from the first to the last."""
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


def planned_dates(term: Term) -> dict[date, int]:
    """Give the dates of service as if no day were called off, with the weekday each follows.

    Raises
    ------
    UnknownYearError
        If the term keeps the statutory calendar and it is not known.
    """
    statutory = statutory_days(term)
    # A Saturday worked by decree has some other weekday's timetable; the school says which.
    off = statutory.holidays | statutory.make_up_days | set(term.holidays)
    dates = {
        day: day.isoweekday()
        for day in days(term.first_date, term.last_date)
        if day.isoweekday() in term.service_weekdays and day not in off
    }
    for make_up in term.make_up_days:
        if term.first_date <= make_up.date <= term.last_date:
            dates[make_up.date] = make_up.follows
    return dict(sorted(dates.items()))


@lru_cache(maxsize=64)
def service_dates(term: Term) -> Mapping[date, int]:
    """Give each date of service, in order, and the weekday (1-7) whose timetable it follows.

    A make-up day counts although it is a holiday or no service weekday otherwise; a day that is
    called off does not count, whatever else it is.

    Raises
    ------
    UnknownYearError
        If the term keeps the statutory calendar and it is not known.
    """
    dates = planned_dates(term)
    for day in term.cancelled_days:
        dates.pop(day, None)
    return MappingProxyType(dates)


@lru_cache(maxsize=64)
def occurrences(term: Term) -> Mapping[int, int]:
    """Count the dates of each weekday's timetable in the term; every weekday has an entry."""
    counts = Counter(service_dates(term).values())
    return MappingProxyType({weekday: counts[weekday] for weekday in range(1, 8)})


@lru_cache(maxsize=64)
def billing_months(term: Term) -> Mapping[str, tuple[date, ...]]:
    """Give each billing month's dates of service, the earliest month first.

    A term without billing months of its own is billed by calendar month, such as ``2026-09``, as
    far as there is service in it. One of the school's own may turn out to have no service at all.

    Raises
    ------
    NoBillingMonthError
        If a date of service is in none of the school's own months.
    UnknownYearError
        If the term keeps the statutory calendar and it is not known.
    """
    months: dict[str, list[date]] = {month.id: [] for month in _in_order(term)}
    for day in service_dates(term):
        months.setdefault(month_of(term, day), []).append(day)
    return MappingProxyType({name: tuple(dates) for name, dates in months.items()})


def month_of(term: Term, day: date) -> str:
    """Name the billing month that a date belongs to, whether there is service on it or not.

    Raises
    ------
    NoBillingMonthError
        If the term has months of its own and none holds the date.
    """
    if not term.billing_months:
        return day.isoformat()[:7]
    for month in term.billing_months:
        if month.first_date <= day <= month.last_date:
            return month.id
    raise NoBillingMonthError(day)


def _in_order(term: Term) -> list[BillingMonth]:
    return sorted(term.billing_months, key=lambda month: month.first_date)
