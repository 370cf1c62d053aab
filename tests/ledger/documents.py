"""What the nine documents fix in money, read off them once more, and the days a term comes to.

For ``recompute`` only: nothing here is taken from ``models/policies`` or ``models.calendar``.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from math import floor
from typing import NamedTuple

from chinese_calendar import get_holiday_detail

from models import Calendar, CareGroup, FeeBasis, Section, StudentGroup, Term


class Document(NamedTuple):
    """What a document fixes in money."""

    month_fen: int | None = None
    period_fen: int | None = None
    basis: FeeBasis | None = None
    """What a fee that the school gives is charged by, unless the school says otherwise."""
    free: bool = False
    needs_standard: bool = False
    charged_a_day: int | None = None
    day_max_fen: int | None = None
    free_kinds: frozenset[str] = frozenset()
    paid_back_kinds: frozenset[str] = frozenset()
    overtime_from: int | None = None
    pay_max_fen: int | None = None
    period_max_fen: int | None = None


POOR = frozenset({"hardship", "registered_poor", "minimum_income", "hardship_worker"})
"""Recognised as poor on one ground or another."""
DOCUMENTS = {
    "banan-2020": Document(
        month_fen=18_000, free_kinds=POOR, paid_back_kinds=POOR, pay_max_fen=5000
    ),
    "changzhi-2021": Document(needs_standard=True),
    "putuo-2021": Document(free=True, overtime_from=16 * 60 + 30),
    "zhanggong-2021": Document(period_fen=375),
    "one-plus-x": Document(
        basis=FeeBasis.PERIOD, charged_a_day=2, day_max_fen=460, period_max_fen=230
    ),
    "hebi": Document(free_kinds=POOR),
    "free-rota": Document(free=True),
    "city-menu": Document(),
    "per-head-subsidy": Document(basis=FeeBasis.TERM),
}
TAKEN = {
    "fee": "fees",
    "day_cap": "fees",
    "relief": "fees",
    "reimbursement": "reimbursement",
    "subsidy": "subsidy",
    "special": "special",
    "yearly_budget": "yearly_budget",
    "donation": "donation",
    "collection": "collection",
}
"""Which income a kind of line is; all other kinds are spending."""


def half_up(amount: Fraction) -> int:
    return floor(amount + Fraction(1, 2))


def service_days(term: Term) -> Iterator[tuple[date, int]]:
    """Walk the term; give each day of service and the weekday whose timetable it follows."""
    follows = {make_up.date: make_up.follows for make_up in term.make_up_days}
    day = term.first_date
    while day <= term.last_date:
        off = day in term.holidays or (term.calendar is Calendar.STATUTORY and is_holiday(day))
        weekday = day.isoweekday() if day.isoweekday() in term.service_weekdays and not off else 0
        weekday = follows.get(day, weekday)
        if weekday and day not in term.cancelled_days:
            yield day, weekday
        day += timedelta(days=1)


def is_holiday(day: date) -> bool:
    """Tell whether a day is off by decree; an ordinary weekend is not."""
    off, name = get_holiday_detail(day)
    return off and name is not None


def month_of(term: Term, day: date) -> str:
    for month in term.billing_months:
        if month.first_date <= day <= month.last_date:
            return month.id
    assert not term.billing_months, f"{day} is in no billing month"
    return f"{day:%Y-%m}"


def slots_of(group: Section | CareGroup) -> tuple[str, ...]:
    return group.slots if isinstance(group, Section) else (group.slot,)


def least(*values: int | None) -> int | None:
    return min((value for value in values if value is not None), default=None)


def names_of(group: StudentGroup) -> set[str | None]:
    """Give the names by which a policy may speak of a group."""
    return {group.id, group.kind} | ({"hardship"} if group.kind in POOR else set())
