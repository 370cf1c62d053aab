"""What the service brings in: lines of fees, relief and reimbursement, subsidy and special fund.

Where a part is due, it is rounded half up to the fen, once a line: a part of a month or term, and
of a fee with relief what is left to pay.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from models import Account, FeeBasis, Income, School, Student
from optimizer.ledger.lines import INCOME, Entry, Line, LineUnit, OwnSource, Party, half_up
from optimizer.ledger.tariffs.fees import FeeTerms, Relief, fee_terms, relief_of
from optimizer.ledger.tariffs.presence import Presence, Tally


class _Charge(NamedTuple):
    """A fee before relief: its line, and what of single days is above their cap."""

    fee: Line
    caps: tuple[Line, ...] = ()

    @property
    def fen(self) -> int:
        return self.fee.amount_fen + sum(line.amount_fen for line in self.caps)


def income_lines(
    school: School, presence: Presence, accounts: Mapping[Income, Account]
) -> Iterator[Line]:
    """Give the lines of all income, students in the school's order and then the authority's."""
    maker = _Maker(school, presence, {entry: accounts[kind].id for entry, kind in INCOME.items()})
    for student in school.students:
        if student.id in presence.weekly:
            yield from maker.student(student)
    yield from maker.grants()


def _share(
    terms: FeeTerms, mine: Sequence[date], charged: Sequence[date], whole: Sequence[date]
) -> Fraction:
    """Give the share of a month or term that is due, of its days of service.

    What is before the fee may be charged never is. Of the rest somebody who joins or leaves pays
    for his own days where the school charges shares, and else for all.
    """
    return Fraction(len(mine if terms.share else charged), len(whole))


class _Maker:
    """Makes the lines of one school."""

    def __init__(self, school: School, presence: Presence, account: Mapping[Entry, str]) -> None:
        self.school, self.presence, self.account = school, presence, account
        self.days = presence.days
        self._since: dict[date | None, Presence] = {}
        self.terms = {grade: fee_terms(school, grade) for grade in school.grades}

    def student(self, student: Student) -> Iterator[Line]:
        """Give a student's lines: month by month the fee, its cap, relief, reimbursement."""
        terms = self.terms[self.school.grade_of[student.id]]
        if terms is None:
            return
        relief = relief_of(self.school, student)
        charges = list(self._charges(student.id, terms))
        paid_for = self._paid_for(student.id, terms, relief) if charges else set()
        for charge in charges:
            yield charge.fee
            yield from charge.caps
            if relief is not None:
                yield from self._relief(charge, relief, charge.fee.month in paid_for)

    def _line(  # noqa: PLR0913, PLR0917 -- a line is all of these
        self,
        month: str,
        who: str,
        entry: Entry,
        quantity: int | Fraction,
        unit: LineUnit,
        rate_fen: int,
        amount_fen: int,
        source: str,
    ) -> Line:
        party = Party.STUDENT if who else Party.AUTHORITY
        account = self.account[entry]
        return Line(month, party, who, entry, account, quantity, unit, rate_fen, amount_fen, source)

    def _charges(self, student: str, terms: FeeTerms) -> Iterator[_Charge]:
        presence = self._charged(terms.since)
        if terms.basis is FeeBasis.PERIOD:
            yield from self._by_period(student, terms, presence)
            return
        dates = presence.enrolled(student)
        served = presence.months_served(student)
        if terms.basis is FeeBasis.TERM:
            if served:
                share = _share(terms, dates, presence.days.dates, self.days.dates)
                offered = presence.offered(student)
                yield self._flat(self.days.month[dates[0]], student, share, terms, offered)
            return
        there: dict[str, list[date]] = {}
        for day in dates:
            there.setdefault(self.days.month[day], []).append(day)
        for month in self.days.months:
            if month in served:
                charged, whole = presence.days.of_month[month], self.days.of_month[month]
                share = _share(terms, there[month], charged, whole)
                offered = [one for one in presence.offered(student) if one.month == month]
                yield self._flat(month, student, share, terms, offered)

    def _charged(self, since: date | None) -> Presence:
        """Give who is there when, from the day on which anything is charged."""
        if since not in self._since:
            self._since[since] = self.presence.since(since)
        return self._since[since]

    def _flat(
        self, month: str, student: str, share: Fraction, terms: FeeTerms, offered: Sequence[Tally]
    ) -> _Charge:
        """Charge a month or a term, or a share of it, no more than its dates may cost."""
        unit = LineUnit.TERM if terms.basis is FeeBasis.TERM else LineUnit.MONTH
        due: int | Fraction = share if share != 1 else 1
        amount = half_up(terms.fee_fen * due.numerator, due.denominator)
        fee = self._line(month, student, Entry.FEE, due, unit, terms.fee_fen, amount, terms.source)
        caps = [(terms.most_fen(slots), dates) for _, slots, dates in offered if slots]
        excess = amount - sum(most * dates for most, dates in caps if most is not None)
        if excess <= 0 or any(most is None for most, _ in caps):
            return _Charge(fee)
        source = terms.day_max_source or terms.period_max_source
        facts = (1, LineUnit.SUM, excess, -excess, source)
        return _Charge(fee, (self._line(month, student, Entry.DAY_CAP, *facts),))

    def _by_period(self, student: str, terms: FeeTerms, presence: Presence) -> Iterator[_Charge]:
        """Charge the periods of a month, no more of a date than may be charged."""
        periods: Counter[str] = Counter()
        above: Counter[tuple[str, int]] = Counter()
        for month, slots, dates in presence.tallies(student):
            most = terms.periods_day_max
            charged = slots if most is None else min(slots, most)
            periods[month] += charged * dates
            if terms.day_max_fen is not None:
                excess = charged * terms.fee_fen - terms.day_max_fen
                if excess > 0:
                    above[month, excess] += dates
        for month in self.days.months:
            if not periods[month]:
                continue
            count, rate = periods[month], terms.fee_fen
            facts = (count, LineUnit.PERIOD, rate, count * rate, terms.source)
            caps = tuple(
                self._line(
                    month,
                    student,
                    Entry.DAY_CAP,
                    dates,
                    LineUnit.DAY,
                    excess,
                    -dates * excess,
                    terms.day_max_source,
                )
                for (where, excess), dates in sorted(above.items())
                if where == month
            )
            yield _Charge(self._line(month, student, Entry.FEE, *facts), caps)

    def _paid_for(self, student: str, terms: FeeTerms, relief: Relief | None) -> set[str]:
        """Give the months whose relief is reimbursed.

        Once a term is settled, only who was there counts: within the month, or for a fee of the
        term at any time in it.
        """
        if relief is None or not relief.reimbursed:
            return set()
        if not self.presence.settled:
            return set(self.days.months)
        present = self._charged(terms.since).months_present(student)
        return set(self.days.months) if present and terms.basis is FeeBasis.TERM else present

    def _relief(self, charge: _Charge, relief: Relief, paid_for: bool) -> Iterator[Line]:
        whole, who, month = charge.fen, charge.fee.who, charge.fee.month
        waived = whole - half_up(whole * (100 - relief.percent), 100)
        percent = Fraction(relief.percent, 100)
        part = percent if relief.percent < 100 else 1
        unit = LineUnit.SUM
        yield self._line(month, who, Entry.RELIEF, part, unit, whole, -waived, relief.source)
        if paid_for:
            source = relief.reimbursed_source
            yield self._line(month, who, Entry.REIMBURSEMENT, 1, unit, waived, waived, source)

    def grants(self) -> Iterator[Line]:
        """Give the subsidy per participant and what comes in one sum, in the first month."""
        budget, first = self.school.settings.budget, self.days.months[0]
        if budget.subsidy_fen_per_student:
            rate = half_up(budget.subsidy_fen_per_student * (100 + budget.uplift_percent), 100)
            # Nobody takes part who has no day of service, even where nothing is settled yet.
            taking_part = (s for s in self.presence.weekly if self.presence.months_present(s))
            count, unit = sum(1 for _ in taking_part), LineUnit.STUDENT
            facts = (count, unit, rate, count * rate, OwnSource.SUBSIDY)
            if count:
                yield self._line(first, "", Entry.SUBSIDY, *facts)
        for entry, fen, source in (
            (Entry.SPECIAL, budget.special_fund_fen, OwnSource.SPECIAL),
            (Entry.YEARLY_BUDGET, budget.yearly_budget_fen, OwnSource.YEARLY_BUDGET),
            (Entry.DONATION, budget.donation_fen, OwnSource.DONATION),
            (Entry.COLLECTION, budget.collection_fen, OwnSource.COLLECTION),
        ):
            if fen is not None:
                yield self._line(first, "", entry, 1, LineUnit.SUM, fen, fen, source)
