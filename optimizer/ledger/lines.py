"""Ledger lines: who, what, how much of it, at which rate, out of which account, and why."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

from models import Cost, Income, Text


class Party(StrEnum):
    """Whom a line is about."""

    STUDENT = "student"
    STAFF = "staff"
    AUTHORITY = "authority"
    SCHOOL = "school"


class Entry(StrEnum):
    """What a line is. From the school's side, the first come in and the rest go out."""

    FEE = "fee"
    DAY_CAP = "day_cap"
    """What the fee of some days exceeds the day's cap by; negative."""
    RELIEF = "relief"
    """What of the fee is waived; negative."""
    REIMBURSEMENT = "reimbursement"
    SUBSIDY = "subsidy"
    SPECIAL = "special"
    YEARLY_BUDGET = "yearly_budget"
    DONATION = "donation"
    COLLECTION = "collection"
    MADE_UP = "made_up"
    """What one account pays for another that is short of it; negative in the one that pays."""
    PAY_NORMAL = "pay_normal"
    PAY_OVERTIME = "pay_overtime"
    PAY_EXTERNAL = "pay_external"
    UTILITIES = "utilities"
    CONSUMABLES = "consumables"
    UPKEEP = "upkeep"
    RUNNING = "running"
    REMITTANCE = "remittance"
    MANAGEMENT = "management"
    OTHER = "other"


INCOME: Final[dict[Entry, Income]] = {
    Entry.FEE: Income.FEES,
    Entry.DAY_CAP: Income.FEES,
    Entry.RELIEF: Income.FEES,
    Entry.REIMBURSEMENT: Income.REIMBURSEMENT,
    Entry.SUBSIDY: Income.SUBSIDY,
    Entry.SPECIAL: Income.SPECIAL,
    Entry.YEARLY_BUDGET: Income.YEARLY_BUDGET,
    Entry.DONATION: Income.DONATION,
    Entry.COLLECTION: Income.COLLECTION,
    Entry.MADE_UP: Income.SCHOOL,
}
"""The entries on the side of what comes in, be they positive or negative."""
COST: Final[dict[Entry, Cost]] = {Entry(cost.value): cost for cost in Cost}
"""The entries on the side of what goes out."""


class OwnSource(StrEnum):
    """What of the school's own data a line follows from, where no clause states it."""

    FEE = "settings.fee"
    RELIEF = "groups.relief"
    REIMBURSED = "groups.reimbursed"
    SUBSIDY = "settings.subsidy"
    SPECIAL = "settings.special_fund"
    YEARLY_BUDGET = "settings.yearly_budget"
    DONATION = "settings.donation"
    COLLECTION = "settings.collection"
    PAY = "teachers.pay"
    OVERTIME_PAY = "teachers.overtime_pay"
    COST = "costs"


_OWN_SOURCES: Final[dict[str, Text]] = {
    OwnSource.FEE: Text("学校设置：收费标准", "the school's settings: fee"),
    OwnSource.RELIEF: Text("学生群体表：减免比例", "table of groups: relief"),
    OwnSource.REIMBURSED: Text("学生群体表：减免有补偿", "table of groups: reimbursed"),
    OwnSource.SUBSIDY: Text("学校设置：生均补助", "the school's settings: subsidy per student"),
    OwnSource.SPECIAL: Text("学校设置：专项经费", "the school's settings: special fund"),
    OwnSource.YEARLY_BUDGET: Text("学校设置：年度预算经费", "the school's settings: yearly budget"),
    OwnSource.DONATION: Text("学校设置：社会捐助", "the school's settings: donations"),
    OwnSource.COLLECTION: Text("学校设置：代收费", "the school's settings: collections"),
    OwnSource.PAY: Text("教师表：酬劳", "table of teachers: pay"),
    OwnSource.OVERTIME_PAY: Text("教师表：超时酬劳", "table of teachers: overtime pay"),
    OwnSource.COST: Text("开支表", "table of costs"),
}


def source_text(source: str) -> Text:
    """Say what a line follows from: a clause as it is called, or where in the school's data."""
    own, _, row = source.partition(":")
    text = _OWN_SOURCES.get(own)
    if text is None:
        return Text(source, source)
    return Text(f"{text.zh} {row}", f"{text.en} {row}") if row else text


def half_up(numerator: int, denominator: int) -> int:
    """Round a fraction that is not negative to a whole number, a half up."""
    return (2 * numerator + denominator) // (2 * denominator)


class LineUnit(StrEnum):
    """What a quantity counts."""

    MONTH = "month"
    TERM = "term"
    PERIOD = "period"
    SESSION = "session"
    DAY = "day"
    STUDENT = "student"
    SUM = "sum"
    """A sum as it stands in the rate: all of it, or with relief the part that is waived."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line. ``amount_fen`` is positive for what comes in and negative for what goes out."""

    month: str
    """Id of the billing month."""
    party: Party
    who: str
    """Id of the student or teacher; empty for the authority and the school."""
    entry: Entry
    account: str
    quantity: int | Fraction
    """A fraction where only a part is due: of a month, a term, or with relief of the fee."""
    unit: LineUnit
    rate_fen: int
    """Never negative: the sign is the amount's."""
    amount_fen: int
    source: str
    """Clause, or what of the school's own data it follows from; see ``source_text``."""


@dataclass(frozen=True, slots=True)
class AccountTotal:
    """What came into an account and went out of it over the term, in fen."""

    id: str
    name: Text
    in_fen: int
    out_fen: int
    """Positive."""

    @property
    def balance_fen(self) -> int:
        """What is left; negative where the school must add to it."""
        return self.in_fen - self.out_fen


@dataclass(frozen=True, slots=True)
class Ledger:
    """All lines of a term."""

    school: str
    school_digest: str
    """Digest of all the school's data: books rest on the names and sums as well."""
    settled: bool
    """False: planned, from School and Plan alone."""
    months: tuple[str, ...]
    """Billing months in order."""
    service_days: tuple[date, ...]
    """Days of service in order; of a settled one, those that took place."""
    lines: tuple[Line, ...]
    accounts: tuple[AccountTotal, ...]
    until: date | None = None
    """Last day that the records tell of: later days are as planned. None: no records."""
    settled_months: tuple[str, ...] = ()
    """The billing months, of ``months``, in which every day of service has happened."""
    notes: tuple[Text, ...] = ()
    """What the school should look at, e.g. an account that is short, absences without a note."""
