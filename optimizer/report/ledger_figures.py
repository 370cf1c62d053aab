"""A ledger's sums by student, member of staff, account and entry, in one pass over its lines."""

from collections import Counter
from dataclasses import dataclass, field

from models import Plan, School
from models.attendance import Attendance
from optimizer.ledger import INCOME, Entry, Ledger, Party, month_of, school_dates
from optimizer.report.naming import Group, meetings

PAY = (Entry.PAY_NORMAL, Entry.PAY_OVERTIME, Entry.PAY_EXTERNAL)
BILL = (Entry.FEE, Entry.DAY_CAP, Entry.RELIEF)
"""What makes a family's bill."""


Months = str | tuple[str, ...] | None
"""One month, some of them, or the whole term."""


@dataclass
class Sums:
    """What concerns one student, member of staff or account, in fen with the lines' own signs."""

    entry: Counter[Entry] = field(default_factory=Counter)
    month: dict[str, Counter[Entry]] = field(default_factory=dict)

    def add(self, month: str, entry: Entry, fen: int) -> None:
        """Take one line in."""
        self.entry[entry] += fen
        self.month.setdefault(month, Counter())[entry] += fen

    def of(self, entries: tuple[Entry, ...], month: Months = None) -> int:
        """Give the sum of some entries."""
        if month is None:
            return sum(self.entry[entry] for entry in entries)
        months = (month,) if isinstance(month, str) else month
        return sum(self.month.get(m, Counter[Entry]())[e] for m in months for e in entries)

    def came_in(self, month: Months = None) -> int:
        """Give what came in."""
        return self.of(tuple(INCOME), month)

    def went_out(self, month: Months = None) -> int:
        """Give what went out as a positive amount."""
        return -self.of(tuple(e for e in Entry if e not in INCOME), month)

    def balance(self, month: Months = None) -> int:
        """Give what is left."""
        return self.came_in(month) - self.went_out(month)


@dataclass
class LedgerFigures:
    """The sums of a ledger."""

    total: Sums = field(default_factory=Sums)
    students: dict[str, Sums] = field(default_factory=dict)
    staff: dict[str, Sums] = field(default_factory=dict)
    accounts: dict[str, Sums] = field(default_factory=dict)


def ledger_sums(ledger: Ledger) -> LedgerFigures:
    """Add a ledger up; every account has sums, be it without lines."""
    found = LedgerFigures(accounts={account.id: Sums() for account in ledger.accounts})
    people = {Party.STUDENT: found.students, Party.STAFF: found.staff}
    for line in ledger.lines:
        fact = (line.month, line.entry, line.amount_fen)
        found.total.add(*fact)
        found.accounts.setdefault(line.account, Sums()).add(*fact)
        if (own := people.get(line.party)) is not None:
            own.setdefault(line.who, Sums()).add(*fact)
    return found


Periods = dict[str, Counter[str]]
"""Periods of work by member of staff and billing month."""


def periods_worked(school: School, plan: Plan, attendance: Attendance | None = None) -> Periods:
    """Count the periods that everyone works in each billing month, paid or not.

    Parameters
    ----------
    attendance
        What really happened; None counts what is planned.
    """
    records = attendance or Attendance()
    away = {(s.day, s.slot, s.absent): s.substitute for s in records.substitutes}
    off = {(c.day, c.slot, c.group) for c in records.cancelled}
    at: dict[int, list[tuple[str, Group]]] = {}
    for slot, group in meetings(plan):
        at.setdefault(school.slot[slot].weekday, []).append((slot, group))
    found: Periods = {}
    for day, follows in school_dates(school).items():
        month = month_of(school.term, day)
        for slot, group in at.get(follows, ()):
            if off and not off.isdisjoint(
                (day, s, g) for s in (slot, None) for g in (group.id, None)
            ):
                continue
            for person in group.staff:
                who = away.get((day, slot, person), person)
                found.setdefault(who, Counter())[month] += 1
    return found
