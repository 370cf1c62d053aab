"""What a hand-worked case is written in: its rows, its amounts and times, its tables."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, NamedTuple

from pydantic import BeforeValidator, Field

from models import (
    BillingMonth,
    Calendar,
    CareContent,
    FeeBasis,
    GroupKind,
    MakeUpDay,
    PartPeriod,
    PayUnit,
    PolicyItem,
    Slot,
    SlotUse,
    StaffKind,
)
from models.base import Frozen
from models.money import Cost
from optimizer.ledger import AccountTotal, Line

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def to_fen(text: str) -> int:
    """Read "180.00" (or "-12.50") as fen; anything but two decimals is a slip of the pen."""
    assert text[-3:-2] == ".", f"amounts are written like 180.00, not {text}"
    return int(Decimal(text) * 100)


def to_minutes(text: str) -> int:
    """Read "16:30" as minutes after midnight."""
    hours, minutes = text.split(":")
    return 60 * int(hours) + int(minutes)


def _value(value: object) -> object:
    if isinstance(value, str):
        return to_minutes(value) if ":" in value else to_fen(value)
    return value


Yuan = Annotated[int, BeforeValidator(to_fen)]
Value = Annotated[int, BeforeValidator(_value)]


class TermRow(Frozen):
    first: date
    last: date
    weekdays: tuple[int, ...] = (1, 2, 3, 4, 5)
    holidays: tuple[date, ...] = ()
    make_up: tuple[MakeUpDay, ...] = ()
    cancelled: tuple[date, ...] = ()
    calendar: Calendar = Calendar.OWN
    months: tuple[BillingMonth, ...] = ()


class SettingsRow(Frozen):
    fee_basis: FeeBasis | None = None
    fee: Yuan | None = None
    fee_standard: str = ""
    fee_from: date | None = None
    part_period: PartPeriod | None = None
    subsidy: Yuan | None = None
    subsidy_earlier: Yuan = 0
    uplift: int = 0
    special_fund: Yuan | None = None
    yearly_budget: Yuan | None = None
    donation: Yuan | None = None
    collection: Yuan | None = None
    lower_grades: tuple[int, ...] = ()
    middle_grades: tuple[int, ...] = ()


class PolicyRow(Frozen):
    """A row of the school's own; ``value`` is a clock time, yuan or a plain number."""

    item: PolicyItem
    value: Value | None = None
    subject: str | None = None
    grades: tuple[int, ...] = ()
    waived: bool = False


class SlotRow(Frozen):
    """A period; with several days it is one on each, e.g. p1-mon, p1-tue, ..."""

    id: str
    days: tuple[int, ...]
    time: str
    use: SlotUse = SlotUse.ANY
    content: CareContent = CareContent.HOMEWORK
    evening: bool = False
    grades: tuple[int, ...] = ()


class GroupRow(Frozen):
    id: str
    kind: GroupKind | None = None
    relief: int | None = None
    reimbursed: bool = False


class StaffRow(Frozen):
    id: str
    kind: StaffKind = StaffKind.OWN
    pay: Yuan | None = None
    unit: PayUnit = PayUnit.PERIOD
    overtime: Yuan | None = None
    slots: tuple[str, ...] | None = None
    """Periods at which the person is there; without them, at all."""
    homeroom: int | None = None
    """Grade whose homeroom teacher the person is."""


class StudentRow(Frozen):
    id: str
    grade: int = 3
    stays: tuple[str, ...] = ()
    """Periods, by the name they have in ``slots`` (on all its days) or day by day."""
    clubs: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    joins: date | None = None
    leaves: date | None = None


class CareRow(Frozen):
    """Base care at a period on each of its days; without students: whoever stays then."""

    slot: str
    staff: tuple[str, ...]
    students: tuple[str, ...] | None = None


class SectionRow(Frozen):
    id: str
    slots: tuple[str, ...]
    staff: tuple[str, ...]
    students: tuple[str, ...]


class CostRow(Frozen):
    id: str
    kind: Cost
    amount: Yuan
    day: date


class RecordRow(Frozen):
    """One attendance record."""

    kind: Annotated[str, Field(pattern="^(absence|join|exit|substitute|cancelled)$")]
    date: date
    student: str = ""
    slot: str | None = None
    note: bool = False
    teacher: str = ""
    substitute: str = ""
    group: str | None = None


class Expected(Frozen):
    """Tables of lines and accounts, as a clerk sees them; ``notes`` are words each in a note."""

    lines: str
    accounts: str
    notes: tuple[str, ...] = ()


class Worked(Frozen):
    """What comes out: the planned ledger, the settled one, or codes of a refusal."""

    planned: Expected | None = None
    settled: Expected | None = None
    refused: tuple[str, ...] = ()
    stopped: tuple[str, ...] = ()
    """Codes of what is worked out only once somebody has accepted it; the ledgers are then that."""


def slots_of(row: SlotRow) -> Iterator[Slot]:
    start, end = row.time.split("-")
    for day in row.days:
        yield Slot(
            id=row.id if len(row.days) == 1 else f"{row.id}-{DAYS[day - 1]}",
            weekday=day,
            start_minute=to_minutes(start),
            end_minute=to_minutes(end),
            use=row.use,
            care_content=row.content,
            evening_study=row.evening,
            grades=row.grades,
        )


class CaseLine(NamedTuple):
    """One line as a case has it; without quantity where it is a sum."""

    who: str
    month: str
    entry: str
    quantity: Fraction | None
    amount_fen: int


def expected_lines(said: Expected) -> list[CaseLine]:
    """Read the table of lines."""
    rows = table(said.lines, ("who", "month", "entry", "quantity", "amount"))
    return [
        CaseLine(
            row["who"],
            row["month"],
            row["entry"],
            None if row["quantity"] == "-" else Fraction(row["quantity"]),
            to_fen(row["amount"]),
        )
        for row in rows
    ]


def expected_accounts(said: Expected) -> dict[str, tuple[int, int, int]]:
    """Read the table of accounts: in, out and balance of each."""
    rows = table(said.accounts, ("account", "in", "out", "balance"))
    return {r["account"]: (to_fen(r["in"]), to_fen(r["out"]), to_fen(r["balance"])) for r in rows}


def table(text: str, header: tuple[str, ...]) -> list[dict[str, str]]:
    """Read words in columns below a header."""
    rows = [line.split() for line in text.strip().splitlines()]
    assert tuple(rows[0]) == header, f"the header is {rows[0]}, not {header}"
    return [dict(zip(header, row, strict=True)) for row in rows[1:]]


SUMS = frozenset(
    {"day_cap", "relief", "reimbursement", "special", "remittance"}
    | {"yearly_budget", "donation", "collection", "made_up"}
    | {"utilities", "consumables", "upkeep", "running", "other"}
)
"""Entries whose quantity is of no interest: a case has "-" there."""


def told(line: Line) -> CaseLine:
    """Write a line of the ledger as a case has it."""
    quantity = None if line.entry.value in SUMS else Fraction(line.quantity)
    return CaseLine(line.who or "-", line.month, line.entry.value, quantity, line.amount_fen)


def told_account(account: AccountTotal) -> tuple[int, int, int]:
    """Write an account's totals as a case has them."""
    return account.in_fen, account.out_fen, account.balance_fen
