"""From a term to its dates: days of service, the timetable each follows, the month it is billed in.

The statutory calendar comes from the package ``chinesecalendar``, which is loaded when a term first
asks for it. Holidays and make-up days are decreed year by year, an autumn term ends in a year that
is decreed while it runs: of such a year nothing is guessed. What is known is used, and for the
other part of the term the school's own rows stand (``undecreed``); there must be some, and the days
that are holidays by law whatever the decree must be among them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from models.text import Text, listed
from models.time import Calendar, Term

UNKNOWN_YEAR = Text(
    "法定节假日安排只有 {first} 至 {last} 年的，没有 {year} 年的。{span} 请在学期表中自行列出："
    "放假（{days}）写成“放假”行，调休上班日写成“补课日”行；"
    "或把“假期来源”改为“本校列出”，全部自行列出。",
    "the statutory holidays are known for {first} to {last} but not for {year}. For {span} give "
    "them in the term table: days off ({days}) as rows 'holiday', days worked in exchange as rows "
    "'make-up day'; or set 'Calendar' to 'own list' and list all of them.",
)
DAY_OF = Text("{name} {day}", "{name} {day}")
SOME_DAY_OF = Text("{name}，以通知为准", "{name}, as decreed")
AND_SO_ON = Text("……", "...")
MOST_DAYS = 8
ALL_OF_THEM = Text("以通知为准", "as decreed")
FROM_TO = Text("{first} 至 {last}", "{first} to {last}")


class Stretch(NamedTuple):
    """A part of a term, and what the school has not said of it although no decree is known."""

    first: date
    last: date
    by_law: tuple[tuple[date, Text], ...]
    """Days that are holidays by law whatever the decree says, and stand in no row of the term."""
    moving: tuple[Text, ...]
    """Festivals of the lunar year that may fall into it."""
    said: bool
    """Whether any row of the term says something of it."""

    @property
    def missing(self) -> Text:
        """List the days that rows are wanted for."""
        days = [DAY_OF.fill(name=name, day=day) for day, name in self.by_law]
        if not self.said:
            days += [SOME_DAY_OF.fill(name=name) for name in self.moving]
        if len(days) > MOST_DAYS:
            days = [*days[:MOST_DAYS], AND_SO_ON]
        return listed(days) if days else ALL_OF_THEM

    @property
    def open(self) -> bool:
        """Tell whether the school must say more."""
        return bool(self.by_law) or not self.said


class UnknownYearError(LookupError):
    """A part of a term of which neither a decree nor the school says what is off."""

    def __init__(self, stretch: Stretch) -> None:
        self.stretch = stretch
        self.text = unknown_text(stretch)
        super().__init__(self.text.en)


def unknown_text(stretch: Stretch) -> Text:
    """Say which days the school must give, and where."""
    known = known_years()
    years = sorted({stretch.first.year, stretch.last.year})
    return UNKNOWN_YEAR.fill(
        first=known.start,
        last=known.stop - 1,
        year=span_text(*years) if len(years) > 1 else years[0],
        span=span_text(stretch.first, stretch.last),
        days=stretch.missing,
    )


def span_text(first: object, last: object) -> Text:
    """Write a stretch of dates or years."""
    return FROM_TO.fill(first=first, last=last)


def run_text(run: Sequence[date]) -> Text:
    """Write days that follow one another; one day alone as such."""
    first, last = run[0], run[-1]
    return Text(str(first), str(first)) if first == last else span_text(first, last)


def stretches(dates: Iterable[date]) -> list[list[date]]:
    """Split dates, in the order given, into those that follow one another day by day."""
    runs: list[list[date]] = []
    for day in dates:
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


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


_BY_LAW: tuple[tuple[int, int, Text], ...] = (
    (1, 1, Text("元旦", "New Year's Day")),
    (5, 1, Text("劳动节", "Labour Day")),
    (5, 2, Text("劳动节", "Labour Day")),
    (10, 1, Text("国庆节", "National Day")),
    (10, 2, Text("国庆节", "National Day")),
    (10, 3, Text("国庆节", "National Day")),
)
"""Month and day of the holidays that stand in the ordinance on public holidays (2024) by date."""
_MOVING: tuple[tuple[tuple[int, int], tuple[int, int], Text], ...] = (
    ((1, 20), (2, 28), Text("春节", "Spring Festival")),
    ((4, 3), (4, 7), Text("清明节", "Qingming")),
    ((5, 25), (6, 28), Text("端午节", "Dragon Boat Festival")),
    ((9, 6), (10, 9), Text("中秋节", "Mid-Autumn Festival")),
)
"""The others, between which days of a year they and their exchanged days may fall."""


def undecreed(term: Term) -> tuple[Stretch, ...]:
    """Give the parts of a statutory term whose decrees are not known, in order."""
    if term.calendar is Calendar.OWN:
        return ()
    known = known_years()
    before = (term.first_date, min(term.last_date, date(known.start, 1, 1) - timedelta(days=1)))
    after = (max(term.first_date, date(known.stop, 1, 1)), term.last_date)
    return tuple(_stretch(term, first, last) for first, last in (before, after) if first <= last)


def _stretch(term: Term, first: date, last: date) -> Stretch:
    own = {*term.holidays, *(day.date for day in term.make_up_days)}
    fixed = (
        (date(year, month, day), name)
        for year in range(first.year, last.year + 1)
        for month, day, name in _BY_LAW
    )
    moving = (
        name
        for year in range(first.year, last.year + 1)
        for start, end, name in _MOVING
        if date(year, *start) <= last and first <= date(year, *end)
    )
    return Stretch(
        first,
        last,
        tuple((day, name) for day, name in fixed if first <= day <= last and day not in own),
        tuple(dict.fromkeys(moving)),
        any(first <= day <= last for day in own),
    )


@lru_cache(maxsize=64)
def decreed_days(term: Term) -> Statutory:
    """Give what the decrees say of a term, so far as they are known, whatever calendar it keeps.

    A school with a list of its own may leave out that a weekend is worked; it is all the same.
    """
    first, last, decreed = term.first_date, term.last_date, _decreed()
    return Statutory(
        frozenset(day for day in decreed.holidays if first <= day <= last),
        frozenset(day for day in decreed.make_up_days if first <= day <= last),
    )


def statutory_days(term: Term) -> Statutory:
    """Give the statutory holidays and make-up days within a term; none if it keeps its own list.

    Of a part without a decree the school's own rows say all, and nothing is given here.

    Raises
    ------
    UnknownYearError
        If no decree is known for a part of the term, and the school has not said what is off.
    """
    if term.calendar is Calendar.OWN:
        return Statutory(frozenset(), frozenset())
    for stretch in undecreed(term):
        if stretch.open:
            raise UnknownYearError(stretch)
    return decreed_days(term)


def unnamed_make_up_days(term: Term) -> tuple[date, ...]:
    """Give the statutory make-up days of a term of which the school says nothing.

    It names the weekday that one follows, or says in a row "holiday" that there is no service.
    """
    named = {make_up.date for make_up in term.make_up_days}.union(term.holidays)
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
    """Give each date that a term serves, in order, and the weekday (1-7) that it is worked as.

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
