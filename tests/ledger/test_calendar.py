import subprocess
import sys
from datetime import date, timedelta
from typing import Any

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import BillingMonth, Calendar, MakeUpDay, Term
from models.calendar import UnknownYearError
from models.service import NoBillingMonthError
from optimizer.ledger.calendar import billing_months, month_of, occurrences, service_dates

MONDAY = date(2026, 3, 2)


def term(days: int = 14, **fields: Any) -> Term:
    """So many days from Monday, 2 March 2026."""
    last = MONDAY + timedelta(days=days - 1)
    return Term(**({"first_date": MONDAY, "last_date": last} | fields))


def counts(of: Term) -> list[int]:
    """Give how often each weekday's timetable is held, Monday first."""
    return [occurrences(of)[day] for day in range(1, 8)]


def test_two_whole_weeks() -> None:
    assert counts(term()) == [2, 2, 2, 2, 2, 0, 0]
    assert list(service_dates(term()))[:6] == [
        date(2026, 3, 2),
        date(2026, 3, 3),
        date(2026, 3, 4),
        date(2026, 3, 5),
        date(2026, 3, 6),
        date(2026, 3, 9),
    ]


@pytest.mark.parametrize(
    ("days", "expected"),
    [(1, [1, 0, 0, 0, 0, 0, 0]), (5, [1] * 5 + [0] * 2), (8, [2, 1, 1, 1, 1, 0, 0])],
)
def test_first_and_last_day_count(days: int, expected: list[int]) -> None:
    assert counts(term(days)) == expected


def test_service_weekdays_of_the_schools_own() -> None:
    assert counts(term(service_weekdays=(2, 6))) == [0, 2, 0, 0, 0, 2, 0]
    assert counts(term(service_weekdays=())) == [0] * 7


def test_holidays() -> None:
    off = (date(2026, 3, 3), date(2026, 3, 8), date(2026, 4, 1))
    assert counts(term(holidays=off)) == [2, 1, 2, 2, 2, 0, 0]


def test_a_make_up_day_follows_a_weekday() -> None:
    """Sunday, 8 March, is worked as if it were a Wednesday."""
    sunday = date(2026, 3, 8)
    with_sunday = term(make_up_days=(MakeUpDay(date=sunday, follows=3),))
    assert counts(with_sunday) == [2, 2, 3, 2, 2, 0, 0]
    assert service_dates(with_sunday)[sunday] == 3
    assert list(service_dates(with_sunday)) == sorted(service_dates(with_sunday))


def test_a_make_up_day_on_a_service_day_replaces_its_timetable() -> None:
    tuesday = term(make_up_days=(MakeUpDay(date=date(2026, 3, 3), follows=1),))
    assert counts(tuesday) == [3, 1, 2, 2, 2, 0, 0]


def test_a_make_up_day_on_a_holiday_is_held() -> None:
    day = date(2026, 3, 3)
    both = term(holidays=(day,), make_up_days=(MakeUpDay(date=day, follows=2),))
    assert counts(both) == [2, 2, 2, 2, 2, 0, 0]


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2026, 3, 16)])
def test_a_make_up_day_outside_the_term_is_none(day: date) -> None:
    assert counts(term(make_up_days=(MakeUpDay(date=day, follows=1),))) == [2, 2, 2, 2, 2, 0, 0]


@pytest.mark.parametrize("day", [date(2026, 3, 2), date(2026, 3, 15)])
def test_a_make_up_day_at_either_end_of_the_term(day: date) -> None:
    found = service_dates(term(make_up_days=(MakeUpDay(date=day, follows=4),)))
    assert found[day] == 4


def test_over_a_leap_day_and_a_year() -> None:
    leap = Term(first_date=date(2024, 2, 28), last_date=date(2024, 3, 1))
    assert list(service_dates(leap).items()) == [
        (date(2024, 2, 28), 3),
        (date(2024, 2, 29), 4),
        (date(2024, 3, 1), 5),
    ]
    new_year = Term(first_date=date(2025, 12, 31), last_date=date(2026, 1, 1))
    assert list(service_dates(new_year).values()) == [3, 4]


def test_days_called_off() -> None:
    """Called off is called off, whatever the day is."""
    sunday = date(2026, 3, 8)
    off = term(
        make_up_days=(MakeUpDay(date=sunday, follows=3),),
        cancelled_days=(sunday, date(2026, 3, 2), date(2026, 3, 9)),
    )
    assert counts(off) == [0, 2, 2, 2, 2, 0, 0]
    assert counts(term(cancelled_days=(date(2026, 3, 7), date(2026, 5, 1)))) == counts(term())


# Spring 2025: Qingming on Friday 4 April; Labour Day from Thursday 1 to Monday 5 May, worked for
# on Sunday 27 April.
SPRING: dict[str, Any] = {
    "first_date": date(2025, 4, 1),
    "last_date": date(2025, 5, 9),
    "calendar": Calendar.STATUTORY,
}


def test_holidays_by_decree() -> None:
    # Weeks of 31 March, 7, 14, 21, 28 April and 5 May, the first without its Monday.
    assert counts(Term(**SPRING)) == [4, 6, 6, 5, 4, 0, 0]
    off = {date(2025, 4, 4), date(2025, 5, 1), date(2025, 5, 2), date(2025, 5, 5)}
    plain = Term(**SPRING | {"calendar": Calendar.OWN})
    assert service_dates(plain).keys() - service_dates(Term(**SPRING)).keys() == off


def test_a_make_up_day_by_decree_needs_the_weekday_it_follows() -> None:
    sunday = date(2025, 4, 27)
    assert sunday not in service_dates(Term(**SPRING))
    # Not even where Sundays are served: it is worked as some other day.
    everyday = SPRING | {"service_weekdays": tuple(range(1, 8))}
    assert sunday not in service_dates(Term(**everyday))
    assert date(2025, 4, 20) in service_dates(Term(**everyday))
    named = Term(**SPRING, make_up_days=(MakeUpDay(date=sunday, follows=5),))
    assert counts(named) == [4, 6, 6, 5, 5, 0, 0]
    assert service_dates(named)[sunday] == 5


def test_own_holidays_add_to_those_by_decree() -> None:
    own = Term(**SPRING, holidays=(date(2025, 4, 8), date(2025, 5, 1)))
    assert counts(own) == [4, 5, 6, 5, 4, 0, 0]


@pytest.mark.parametrize("year", [2003, 2027])
def test_a_year_without_decree_is_never_guessed(year: int) -> None:
    unknown = Term(
        first_date=date(year, 3, 2), last_date=date(year, 3, 6), calendar=Calendar.STATUTORY
    )
    with pytest.raises(UnknownYearError, match=f"not for {year}"):
        service_dates(unknown)
    assert len(service_dates(unknown.model_copy(update={"calendar": Calendar.OWN}))) > 0


def test_the_calendar_of_decrees_is_not_loaded_unasked() -> None:
    script = (
        "import sys, models, optimizer.ledger\n"
        "from datetime import date\n"
        "term = models.Term(first_date=date(2026, 3, 2), last_date=date(2026, 3, 6))\n"
        "optimizer.ledger.service_dates(term)\n"
        "print('chinese_calendar' in sys.modules)\n"
        "optimizer.ledger.service_dates(term.model_copy(update={'calendar': 'statutory'}))\n"
        "print('chinese_calendar' in sys.modules)"
    )
    command = [sys.executable, "-W", "error", "-c", script]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (ran.returncode, ran.stdout.split()) == (0, ["False", "True"]), ran.stderr


def test_calendar_months_with_service_are_billed() -> None:
    long = Term(
        first_date=date(2025, 12, 30),
        last_date=date(2026, 3, 2),
        holidays=tuple(date(2026, 2, day) for day in range(1, 29)),
    )
    months = billing_months(long)
    assert list(months) == ["2025-12", "2026-01", "2026-03"]
    assert months["2025-12"] == (date(2025, 12, 30), date(2025, 12, 31))
    assert len(months["2026-01"]) == 22
    assert months["2026-03"] == (MONDAY,)
    assert month_of(long, date(2026, 2, 14)) == "2026-02"


def test_billing_months_of_the_schools_own() -> None:
    def month(name: str, first: date, last: date) -> BillingMonth:
        return BillingMonth(id=name, first_date=first, last_date=last)

    own = term(
        billing_months=(
            month("late", date(2026, 3, 11), date(2026, 3, 31)),
            month("before", date(2026, 2, 1), date(2026, 3, 1)),
            month("early", MONDAY, date(2026, 3, 10)),
        ),
        cancelled_days=(date(2026, 3, 12),),
    )
    months = billing_months(own)
    assert list(months) == ["before", "early", "late"]
    assert months["before"] == ()
    assert len(months["early"]) == 7
    assert months["late"] == (date(2026, 3, 11), date(2026, 3, 13))
    assert month_of(own, date(2026, 2, 3)) == "before"
    assert month_of(own, date(2026, 3, 31)) == "late"
    with pytest.raises(NoBillingMonthError, match="2026-04-01 is in no billing month"):
        month_of(own, date(2026, 4, 1))
    short = own.model_copy(update={"billing_months": own.billing_months[:1]})
    with pytest.raises(NoBillingMonthError, match="2026-03-02"):
        billing_months(short)


@st.composite
def terms(draw: st.DrawFn) -> Term:
    days = st.dates(date(2026, 2, 1), date(2026, 4, 30))
    first, last = sorted((draw(days), draw(days)))
    makes = draw(st.dictionaries(days, st.integers(1, 5), max_size=3))
    return Term(
        first_date=first,
        last_date=last,
        holidays=tuple(draw(st.sets(days, max_size=4))),
        make_up_days=tuple(MakeUpDay(date=d, follows=f) for d, f in makes.items()),
        cancelled_days=tuple(draw(st.sets(days, max_size=3))),
        calendar=draw(st.sampled_from(Calendar)),
    )


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(terms())
def test_every_day_is_held_as_the_term_says(term: Term) -> None:
    found = dict(service_dates(term))
    makes = {m.date: m.follows for m in term.make_up_days}
    day = term.first_date
    while day <= term.last_date:
        usual = day.isoweekday() if day.isoweekday() <= 5 and day not in term.holidays else None
        if term.calendar is Calendar.STATUTORY and chinese_calendar.is_holiday(day):
            usual = None
        expected = None if day in term.cancelled_days else makes.get(day, usual)
        assert found.pop(day, None) == expected
        day += timedelta(days=1)
    assert found == {}


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(terms())
def test_every_date_is_billed_once_and_in_order(term: Term) -> None:
    months = billing_months(term)
    assert [day for dates in months.values() for day in dates] == list(service_dates(term))
    assert all(month_of(term, day) == name for name, dates in months.items() for day in dates)
