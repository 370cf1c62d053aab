"""Mutants of the clauses on fees, relief, pay and funds that the school itself can break."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from models import (
    Cost,
    FeeBasis,
    Force,
    Plan,
    PlannedCost,
    Policy,
    PolicyItem,
    School,
    StaffKind,
)
from tests.builders import revised, with_teacher
from tests.instances.regime_plans import with_money, with_row
from tests.mutations.mutants import Mutant, State

ONE_FEN = 1


def fees(school: School, plan: Plan) -> Iterator[Mutant]:
    """Charge a fen more, by another basis, or at all."""
    for item, basis in (
        (PolicyItem.FEE_MONTH, FeeBasis.MONTH),
        (PolicyItem.FEE_PERIOD, FeeBasis.PERIOD),
    ):
        for clause in school.in_force(item):
            fen = clause.value or 0
            for other in (fen + ONE_FEN, fen - ONE_FEN, 2 * fen):
                yield _budget(school, plan, item, fee_fen=other)
            for wrong in (FeeBasis.TERM, FeeBasis.MONTH, FeeBasis.PERIOD):
                if wrong is not basis:
                    yield _budget(school, plan, item, fee_basis=wrong, fee_fen=fen)
    for clause in school.in_force(PolicyItem.FEE_PERIOD_MAX):
        over = (clause.value or 0) + ONE_FEN
        for fen in (over, 2 * over):
            fields = {"fee_basis": FeeBasis.PERIOD, "fee_fen": fen}
            yield _budget(school, plan, PolicyItem.FEE_PERIOD_MAX, **fields)
    for item in (PolicyItem.NO_FEE, PolicyItem.NO_FEE_UNTIL_ISSUED):
        for basis in (FeeBasis.MONTH, FeeBasis.PERIOD, FeeBasis.TERM):
            if school.in_force(item):
                fields = {"fee_basis": basis, "fee_fen": 100, "fee_standard": ""}
                yield _budget(school, plan, item, **fields)


def _budget(school: School, plan: Plan, item: PolicyItem, **fields: object) -> Mutant:
    make = partial(_paid, school, plan, fields)
    return Mutant(item, f"{fields}", school.in_force(item), make)


def _paid(school: School, plan: Plan, fields: dict[str, object]) -> State:
    return with_money(school, **fields), plan


def relief(school: School, plan: Plan) -> Iterator[Mutant]:
    """Give a group whose relief is fixed another one, or one that is due none at all."""
    for clause in school.in_force(PolicyItem.RELIEF):
        for group in school.groups:
            if group.goes_by(clause.subject):
                for percent in (99, 50, 0):
                    make = partial(_relieved, school, plan, group.id, percent)
                    name = f"{group.id} at {percent}%"
                    yield Mutant(PolicyItem.RELIEF, name, (clause,), make)


def _relieved(school: School, plan: Plan, group: str, percent: int) -> State:
    rows = (revised(g, relief_percent=percent) if g.id == group else g for g in school.groups)
    return school.replaced(groups=tuple(rows)), plan


def pay(school: School, plan: Plan) -> Iterator[Mutant]:
    """Pay a fen more than is allowed."""
    for clause in school.in_force(PolicyItem.PAY_MAX):
        own = [t.id for t in school.teachers if t.kind is StaffKind.OWN]
        for teacher in own[:3]:
            fields = {"pay_fen": (clause.value or 0) + ONE_FEN}
            make = partial(_rate, school, plan, teacher, fields)
            yield Mutant(PolicyItem.PAY_MAX, f"{teacher} {fields}", (clause,), make)


def _rate(school: School, plan: Plan, teacher: str, fields: dict[str, int]) -> State:
    return with_teacher(school, teacher, **fields), plan


def subsidies(school: School, plan: Plan) -> Iterator[Mutant]:
    """Take a fen or a percent more of a subsidy than there is."""
    for clause in school.in_force(PolicyItem.SUBSIDY_YEAR_MAX):
        over = (clause.value or 0) + ONE_FEN
        yield _budget(school, plan, clause.item, subsidy_fen_per_student=over)
        yield _budget(school, plan, clause.item, subsidy_earlier_fen=over)
    for clause in school.in_force(PolicyItem.SUBSIDY_UPLIFT_MAX):
        yield _budget(school, plan, clause.item, uplift_percent=(clause.value or 0) + 1)


def management(school: School, plan: Plan) -> Iterator[Mutant]:
    """Take a management fee."""
    clauses = school.in_force(PolicyItem.NO_MANAGEMENT_FEE)
    for fen in (1, 100_000) if clauses else ():
        row = PlannedCost(id="K9", kind=Cost.MANAGEMENT, amount_fen=fen, day=date(2026, 10, 15))
        make = partial(_costing, school, plan, row)
        yield Mutant(PolicyItem.NO_MANAGEMENT_FEE, f"{fen} fen", clauses, make)


def _costing(school: School, plan: Plan, row: PlannedCost) -> State:
    return school.replaced(costs=(*school.costs, row)), plan


def left_open(school: School, plan: Plan) -> Iterator[Mutant]:
    """Say nothing of what the document leaves to the school."""
    regulation = school.policy.regulation
    for clause in regulation.clauses if regulation else ():
        if clause.open and any(own.item is clause.item for own in school.policy.clauses):
            make = partial(_silent, school, plan, clause.item)
            yield Mutant(clause.item, "not said", (clause,), make)


def _silent(school: School, plan: Plan, item: PolicyItem) -> State:
    kept = tuple(row for row in school.policy.clauses if row.item is not item)
    policy = Policy(id=school.policy.id, regulation=school.policy.regulation, clauses=kept)
    return school.replaced(policy=policy), plan


def waived(school: School, plan: Plan) -> Iterator[Mutant]:
    """Waive what is hard."""
    regulation = school.policy.regulation
    for clause in regulation.clauses if regulation else ():
        if clause.force is Force.HARD and not clause.open and school.scope(clause):
            make = partial(_waiving, school, plan, clause.item, clause.subject)
            yield Mutant(clause.item, f"waived {clause.subject or ''}", (clause,), make)


def _waiving(school: School, plan: Plan, item: PolicyItem, subject: str | None) -> State:
    return with_row(school, item, waived=True, subject=subject), plan


def priority(school: School, plan: Plan) -> Iterator[Mutant]:
    """Let those who come first count no more than others, or less."""
    for item in (PolicyItem.PRIORITY_GROUP, PolicyItem.PRIORITY_GRADES):
        clauses = school.in_force(item)
        for ordinary, first in ((9, 1), (3, 2), (2, 2)) if clauses else ():
            make = partial(_weighed, school, plan, ordinary, first)
            yield Mutant(item, f"factors {ordinary} and {first}", clauses, make)


def _weighed(school: School, plan: Plan, ordinary: int, first: int) -> State:
    weights = revised(school.settings.weights, ordinary_factor=ordinary, priority_factor=first)
    return school.replaced(settings=revised(school.settings, weights=weights)), plan


GENERATORS = (priority, fees, relief, pay, subsidies, management, left_open)
WAIVING = (waived,)
