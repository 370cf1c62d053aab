"""What a student is charged, and what of it is waived."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from models import Budget, Clause, FeeBasis, PartPeriod, PolicyItem, School, Student
from optimizer.ledger.lines import OwnSource


@dataclass(frozen=True, slots=True)
class FeeTerms:
    """How students of a grade are charged."""

    basis: FeeBasis
    fee_fen: int
    source: str
    share: bool = False
    """Whether who joins or leaves within a month or term pays for his share of its dates."""
    periods_day_max: int | None = None
    """Most periods of a date that are charged."""
    day_max_fen: int | None = None
    """Most that a date costs."""
    day_max_source: str = ""
    since: date | None = None
    """First day on which anything is charged."""
    period_max_fen: int | None = None
    """Most that a period costs, whatever the fee is charged by."""
    period_max_source: str = ""

    def most_fen(self, periods: int) -> int | None:
        """Give the most that a date with so many periods may cost; None where there is no cap."""
        caps = [] if self.day_max_fen is None else [self.day_max_fen]
        if self.period_max_fen is not None:
            most = periods if self.periods_day_max is None else min(periods, self.periods_day_max)
            caps.append(self.period_max_fen * most)
        return min(caps, default=None)


class Relief(NamedTuple):
    """What is waived of a student's fee."""

    percent: int
    source: str
    reimbursed: bool
    """Whether somebody pays the school what it waives."""
    reimbursed_source: str = ""


class _Fee(NamedTuple):
    basis: FeeBasis
    fee_fen: int
    source: str


def fee_terms(school: School, grade: int) -> FeeTerms | None:
    """Give how students of a grade are charged; None means that nothing is."""
    fee = _fee(school, grade)
    if fee is None or fee.basis is FeeBasis.NONE or not fee.fee_fen:
        return None
    periods = _least(school, PolicyItem.CHARGED_PERIODS_DAY_MAX, grade)
    day = _least(school, PolicyItem.FEE_DAY_MAX, grade)
    period = _least(school, PolicyItem.FEE_PERIOD_MAX, grade)
    return FeeTerms(
        *fee,
        share=school.settings.budget.part_period is PartPeriod.SHARE,
        periods_day_max=periods.value if periods else None,
        day_max_fen=day.value if day else None,
        day_max_source=day.source if day else "",
        since=school.settings.budget.fee_from,
        period_max_fen=period.value if period else None,
        period_max_source=period.source if period else "",
    )


def _least(school: School, item: PolicyItem, grade: int) -> Clause | None:
    clauses = [c for c in school.clauses(item, grade) if c.value is not None]
    return min(clauses, key=lambda c: c.value or 0, default=None)


def _fee(school: School, grade: int) -> _Fee | None:
    budget = school.settings.budget
    if school.clauses(PolicyItem.NO_FEE, grade):
        return None
    if school.clauses(PolicyItem.NO_FEE_UNTIL_ISSUED, grade) and not budget.fee_standard:
        return None
    for item, basis in (
        (PolicyItem.FEE_MONTH, FeeBasis.MONTH),
        (PolicyItem.FEE_PERIOD, FeeBasis.PERIOD),
    ):
        for clause in school.clauses(item, grade):
            if clause.value is not None:
                return _Fee(basis, clause.value, clause.source)
    return _own_fee(school, budget, grade)


def _own_fee(school: School, budget: Budget, grade: int) -> _Fee:
    """Give the fee of the school's settings, on the basis that the policy names if it does not."""
    basis = budget.fee_basis
    if basis is None:
        named = [c.subject for c in school.clauses(PolicyItem.FEE_BASIS, grade) if c.subject]
        basis = FeeBasis(named[0]) if named else FeeBasis.NONE
    return _Fee(basis, budget.fee_fen or 0, budget.fee_standard or OwnSource.FEE)


def relief_of(school: School, student: Student) -> Relief | None:
    """Give the largest relief of a student's groups; None if he has none.

    Of several groups with the same relief, one that is reimbursed is enough.
    """
    grade = school.grade_of[student.id]
    found = []
    for group in student.groups:
        reliefs = _clauses_on(school, PolicyItem.RELIEF, grade, group)
        stated = [clause for clause in reliefs if clause.value is not None]
        if stated:
            best = max(stated, key=lambda clause: clause.value or 0)
            percent, source = best.value or 0, best.source
        else:
            percent = school.group[group].relief_percent or 0
            source = OwnSource.RELIEF
        payers = _clauses_on(school, PolicyItem.RELIEF_REIMBURSED, grade, group)
        reimbursed = bool(payers) or school.group[group].reimbursed
        payer = payers[0].source if payers else OwnSource.REIMBURSED
        found.append(Relief(percent, source, reimbursed, payer if reimbursed else ""))
    best_of = max(found, key=lambda r: (r.percent, r.reimbursed), default=None)
    return best_of if best_of and best_of.percent else None


def _clauses_on(school: School, item: PolicyItem, grade: int, group: str) -> list[Clause]:
    """Give the clauses on an item that speak of a student group."""
    about = school.group[group]
    return [clause for clause in school.clauses(item, grade) if about.goes_by(clause.subject)]
