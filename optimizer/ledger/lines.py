"""Ledger lines: who, what, how much of it, at which rate, out of which account, and why."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from models import Text


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


class LineUnit(StrEnum):
    """What a quantity counts."""

    MONTH = "month"
    TERM = "term"
    PERIOD = "period"
    SESSION = "session"
    DAY = "day"
    STUDENT = "student"
    SUM = "sum"
    """A sum that is not made of a quantity and a rate."""


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
    unit: LineUnit
    rate_fen: int
    amount_fen: int
    source: str
    """Clause, or what of the school's own data it follows from."""


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
    settled: bool
    """False: planned, from School and Plan alone."""
    months: tuple[str, ...]
    """Billing months in order."""
    lines: tuple[Line, ...]
    accounts: tuple[AccountTotal, ...]
    notes: tuple[Text, ...] = ()
    """What the school should look at, e.g. an account that is short, absences without a note."""
