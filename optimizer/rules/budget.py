"""Pay stays within the purse.

Statement. The pay of all staff for all sections and care groups over the whole term, each slot
times the dates on which it falls, is at most the budget (``optimizer.ledger``: tariffs and
budget).
"""

from ortools.sat.python import cp_model

from optimizer.ledger.tariffs import budget_fen, care_pay_fen, section_pay_fen
from optimizer.rules.context import Model, total


def pay(model: Model) -> cp_model.LinearExprT:
    """Give the pay over the whole term, in fen, as an expression of the staff variables."""
    school = model.school
    sections = [
        section_pay_fen(school, model.offers[offer].slots, school.teacher[teacher]) * var
        for (offer, teacher), var in model.lead.items()
    ]
    care = [
        care_pay_fen(school, slot, school.teacher[teacher]) * var
        for (slot, teacher), var in model.supervise.items()
    ]
    return total(sections + care)


def add(model: Model) -> None:
    """Add: pay <= budget, where there is one."""
    limit = budget_fen(model.school)
    if limit is not None:
        model.cp.add(pay(model) <= limit)
