"""Rates: what a plan pays and what the service brings in, in fen over the whole term.

The budget rule, its check and the ledger all take their amounts from here.
"""

from collections.abc import Iterable

from models import FeeBasis, PayUnit, Plan, School, Teacher
from optimizer.ledger.calendar import occurrences, service_dates


def section_pay_fen(school: School, slots: Iterable[str], teacher: Teacher) -> int:
    """Pay of one person for leading a section at these slots all term.

    What a section does on one day is one session.
    """
    dates = occurrences(school.term)
    weekdays = [school.slot[slot].weekday for slot in slots]
    if teacher.pay_unit is PayUnit.SESSION:
        weekdays = sorted(set(weekdays))
    return (teacher.pay_fen or 0) * sum(dates[weekday] for weekday in weekdays)


def care_pay_fen(school: School, slot: str, teacher: Teacher) -> int:
    """Pay of one person for supervising one care group at a slot all term."""
    return section_pay_fen(school, (slot,), teacher)


def plan_pay_fen(school: School, plan: Plan) -> int:
    """Pay of everyone in a plan over the whole term."""
    sections = sum(
        section_pay_fen(school, section.slots, school.teacher[t])
        for section in plan.sections
        for t in section.staff
    )
    care = sum(
        care_pay_fen(school, group.slot, school.teacher[t])
        for group in plan.care_groups
        for t in group.staff
    )
    return sections + care


def income_fen(school: School) -> int:
    """Fees after relief, reimbursements and subsidy over the whole term.

    Whoever offers any slot, if only for a club, and is not excluded by the policy takes part. A
    part of a fee is rounded half up to the fen, once per student and billing month.
    """
    budget = school.settings.budget
    times = {FeeBasis.TERM: 1, FeeBasis.MONTH: _billing_months(school)}
    total = 0
    for student in school.students:
        if student.id in school.excluded or not (student.stay_slots or student.club_slots):
            continue
        waived = max(
            (
                school.group[g].relief_percent or 0
                for g in student.groups
                if not school.group[g].reimbursed
            ),
            default=0,
        )
        fee = ((budget.fee_fen or 0) * (100 - waived) * 2 + 100) // 200
        total += fee * times.get(budget.fee_basis or FeeBasis.NONE, 0) + (
            budget.subsidy_fen_per_student or 0
        )
    return total


def _billing_months(school: School) -> int:
    if school.term.billing_months:
        return len(school.term.billing_months)
    return len({(day.year, day.month) for day in service_dates(school.term)})


def budget_fen(school: School) -> int | None:
    """Give the most that pay may come to over the term; None means no limit."""
    budget = school.settings.budget
    return income_fen(school) if budget.from_income else budget.sum_fen
