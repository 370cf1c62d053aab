from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import MakeUpDay, Term
from optimizer.ledger import occurrences, service_dates

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
    )


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(terms())
def test_every_day_is_held_as_the_term_says(term: Term) -> None:
    found = dict(service_dates(term))
    makes = {m.date: m.follows for m in term.make_up_days}
    day = term.first_date
    while day <= term.last_date:
        usual = day.isoweekday() if day.isoweekday() <= 5 and day not in term.holidays else None
        assert found.pop(day, None) == makes.get(day, usual)
        day += timedelta(days=1)
    assert found == {}
