"""Pay stays within the purse.

Statement. The pay of all staff for all sections and care groups over the whole term, each slot
times the dates on which it falls, keeps every limit of ``optimizer.ledger``'s ``budget_limits``:
a sum that the school sets is for all pay; a special fund, and where pay comes from income what an
account is certain to take in, for those kinds of pay that come out of the account. What each
person costs is ``pay_costs``.
"""

from collections.abc import Collection, Iterator

from ortools.sat.python import cp_model

from models import PAY, Cost
from optimizer.ledger.tariffs import budget_limits, pay_costs
from optimizer.rules.context import Model, total

Priced = tuple[cp_model.IntVar, dict[Cost, int]]
"""A staff variable, and what each unit of it costs over the term, in fen by kind of pay."""


def pay(model: Model) -> cp_model.LinearExprT:
    """Give the pay over the whole term, in fen, as an expression of the staff variables."""
    return spent(priced(model), PAY)


def priced(model: Model) -> list[Priced]:
    """Give each staff variable with what it costs."""
    return [*_sections(model), *_care(model)]


def _sections(model: Model) -> Iterator[Priced]:
    school = model.school
    for (offer, teacher), var in model.lead.items():
        slots = model.offers[offer].slots
        yield var, pay_costs(school, slots, school.teacher[teacher])


def _care(model: Model) -> Iterator[Priced]:
    school = model.school
    for (slot, teacher), var in model.supervise.items():
        yield var, pay_costs(school, (slot,), school.teacher[teacher])


def spent(prices: Collection[Priced], costs: Collection[Cost]) -> cp_model.LinearExpr:
    """Add up some kinds of pay as an expression of the staff variables."""
    return total(sum(part[c] for c in costs if c in part) * var for var, part in prices)


def add(model: Model) -> None:
    """Add for each limit: the pay that it limits <= the limit."""
    limits = budget_limits(model.school)
    prices = priced(model) if limits else []
    for limit in limits:
        kept = model.cp.add(spent(prices, limit.costs) <= limit.limit_fen)
        model.budget_rows.append(kept.index)
