"""A school's days of service, and the months they are billed in."""

from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from models.calendar import service_dates
from models.school_data import SchoolData
from models.text import Text
from models.time import BillingMonth, Term

NO_MONTH = Text(
    "日期 {day} 不在任何收费月之内；请调整收费月的起止日期。",
    "{day} is in no billing month: extend one of them.",
)


class NoBillingMonthError(LookupError):
    """A date outside every billing month of a term that has its own."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.text = NO_MONTH.fill(day=day)
        super().__init__(self.text.en)


def school_dates(school: SchoolData) -> Mapping[date, int]:
    """Give a school's days of service, and the weekday (1-7) whose timetable each follows.

    A day of service is a date that the term serves and whose timetable has a slot. Whoever counts
    days of service, for a fee, for pay or for the public, counts these; of a term that is over,
    without those on which the records call everything off.

    Raises
    ------
    UnknownYearError
        If the term keeps the statutory calendar and it is not known.
    """
    return dates_on(school.term, school.weekdays)


@lru_cache(maxsize=64)
def dates_on(term: Term, weekdays: frozenset[int]) -> Mapping[date, int]:
    """Give the dates that a term serves and that follow one of these weekdays' timetables."""
    dates = service_dates(term).items()
    return MappingProxyType({day: follows for day, follows in dates if follows in weekdays})


def billing_months(
    term: Term, dates: Collection[date] | None = None
) -> Mapping[str, tuple[date, ...]]:
    """Give each billing month's dates, the earliest month first; by default all the term serves.

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
    for day in service_dates(term) if dates is None else dates:
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
