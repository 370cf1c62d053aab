"""Up to which day the records of attendance tell what happened."""

from datetime import date

from models import Text
from models.attendance import Absence, Attendance, Substitute
from models.time import Term

NOT_IN_TERM = Text(
    "结算截止日 {until} 不在本学期（{first} 至 {last}）之内；请改正 --until。",
    "the day to settle to, {until}, is not in the term ({first} to {last}): correct --until.",
)
NO_RECORD = Text(
    "考勤记录是空的，看不出记到哪一天；请用 --until 写明（如 --until {last}），"
    "尚无记录时不要加 --attendance，得到预算。",
    "there is no record of attendance, so that nothing says up to which day it was kept: say so "
    "with --until (e.g. --until {last}); without --attendance the ledger is the planned one.",
)
LATER = Text(
    "第 {row} 行的记录（{day}）晚于结算截止日 {until}；请改 --until，或删去这条记录。",
    "the record of row {row} ({day}) is later than the day to settle to, {until}: correct "
    "--until, or take the record out.",
)


def last_day(records: Attendance) -> date | None:
    """Give the last day on which something is recorded to have happened; None without records.

    Joinings, leavings and what is called off may be known beforehand: they count only where there
    is nothing else.
    """
    happened = [record.day for record in _happened(records)]
    known = [record.day for record in records.joinings]
    known += [record.day for record in records.leavings]
    known += [record.day for record in records.cancelled]
    return max(happened or known, default=None)


def wrong_until(term: Term, records: Attendance, until: date | None) -> tuple[Text, ...]:
    """Say what speaks against settling to a day; None: the day is to follow from the records."""
    if until is None:
        none = last_day(records) is None
        return (NO_RECORD.fill(last=term.last_date),) if none else ()
    if not term.first_date <= until <= term.last_date:
        facts = {"first": term.first_date, "last": term.last_date}
        return (NOT_IN_TERM.fill(until=until, **facts),)
    late = sorted((r.row, r.day) for r in _happened(records) if r.day > until)
    return tuple(LATER.fill(row=row, day=day, until=until) for row, day in late)


def _happened(records: Attendance) -> list[Absence | Substitute]:
    return [*records.absences, *records.substitutes]
