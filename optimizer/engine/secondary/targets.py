"""What is improved among plans of equal satisfaction, in order."""

from collections import defaultdict
from collections.abc import Callable

from ortools.sat.python import cp_model

from models import School, StaffKind
from optimizer.checks import own_staff_first
from optimizer.rules import Model, pay, periods, total

Target = Callable[[Model], cp_model.LinearExpr]
"""Makes the expression to minimise."""


def fewest_outside(model: Model) -> cp_model.LinearExpr:
    """Give the periods a week of people from outside, where the policy has own staff first."""
    school = model.school
    outside = {t.id for t in school.teachers if t.kind is not StaffKind.OWN}
    work = [t for (name, _), terms in periods(model).items() if name in outside for t in terms]
    return total(work)


def least_pay(model: Model) -> cp_model.LinearExpr:
    """Give the pay of the term in fen."""
    return total([pay(model)])


def even_loads(model: Model) -> cp_model.LinearExpr:
    """Give the sum over own staff of the squares of their weekly periods, which evenness minimises.

    The square of a load n is 1 + 3 + ... + (2n - 1): step k of a person costs 2k - 1 and is taken
    before step k + 1 because that one costs more.
    """
    week: dict[str, list[cp_model.LinearExprT]] = defaultdict(list)
    for (name, _), terms in periods(model).items():
        if model.school.teacher[name].kind is StaffKind.OWN:
            week[name] += terms
    costs: list[cp_model.LinearExprT] = []
    for name, terms in week.items():
        most = min(len(terms), model.school.teacher[name].max_periods_week)
        steps = [model.cp.new_bool_var(f"load[{name},{k}]") for k in range(1, most + 1)]
        model.cp.add(total(steps) == total(terms))
        costs += [(2 * k - 1) * step for k, step in enumerate(steps, start=1)]
    return total(costs)


def fewest_changes(model: Model) -> cp_model.LinearExpr:
    """Give minus the number of seats and of led sections that are as in the earlier plan."""
    previous = model.school.previous
    seats = {(s, p.course, frozenset(p.slots)) for p in previous for s in p.students}
    leads = {(t, p.course, frozenset(p.slots)) for p in previous for t in p.staff}
    kept: list[cp_model.LinearExprT] = []
    for (student, index), var in model.seat.items():
        offer = model.offers[index]
        if (student, offer.course, frozenset(offer.slots)) in seats:
            kept.append(-1 * var)
    for (index, teacher), var in model.lead.items():
        offer = model.offers[index]
        if (teacher, offer.course, frozenset(offer.slots)) in leads:
            kept.append(-1 * var)
    return total(kept)


SECONDARY: tuple[tuple[str, Target], ...] = (
    ("own", fewest_outside),
    ("pay", least_pay),
    ("loads", even_loads),
    ("changes", fewest_changes),
)
"""By the name of their stage, in order."""


def matters(school: School, aim: int) -> bool:
    """Tell whether there is anything in a school that an aim could improve, by its number."""
    own = any(t.kind is StaffKind.OWN for t in school.teachers)
    paid = any(t.pay_fen or t.overtime_pay_fen for t in school.teachers)
    return (own_staff_first(school), paid, own, bool(school.previous))[aim]
