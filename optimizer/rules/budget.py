"""Pay stays within the purse.

Statement. The pay of all staff for all sections and care groups over the whole term keeps every
limit of ``optimizer.ledger``'s ``budget_limits``: a sum that the school sets is for all pay; a
special fund, and where pay comes from income what an account is certain to take in, for those kinds
of pay that come out of the account. What each person costs is ``pay_costs``: each slot times the
dates on which it falls, or for who is paid by the session each weekday that he is there, times its
dates.
"""

from collections.abc import Collection, Iterable, Iterator

from ortools.sat.python import cp_model

from models import PAY, Cost
from optimizer.ledger.tariffs import budget_limits
from optimizer.rules._sessions import Duty, Priced, priced
from optimizer.rules.context import Model, total

PARTS, MOST_OVERSPENT = 10_000, 1 << 32
"""Into how many parts a limit is divided to say by how many of them pay is beyond it."""


def pay(model: Model) -> cp_model.LinearExprT:
    """Give the pay over the whole term, in fen, as an expression of the staff variables."""
    return spent(_priced(model), PAY)


def _priced(model: Model) -> tuple[Priced, ...]:
    """Give what the model's duties cost; variables of sessions are made once."""
    if model.priced is None:
        at_once = 1
        if not model.keeps("clash"):
            at_once = 2 * len(model.school.students) + sum(offer.limit for offer in model.offers)
        model.priced = tuple(priced(model.cp, model.school, _duties(model), at_once))
    return model.priced


def _duties(model: Model) -> Iterator[Duty]:
    for (offer, teacher), var in model.lead.items():
        yield teacher, model.offers[offer].slots, var
    for (slot, teacher), var in model.supervise.items():
        yield teacher, (slot,), var


def spent(prices: Iterable[Priced], costs: Collection[Cost]) -> cp_model.LinearExpr:
    """Add up some kinds of pay."""
    return total(sum(part[c] for c in costs if c in part) * var for var, part in prices)


def add(model: Model) -> None:
    """Add for each limit: the pay that it limits <= the limit, and what may be beyond it."""
    limits = budget_limits(model.school)
    prices = _priced(model) if limits else ()
    for limit in limits:
        pay = spent(prices, limit.costs)
        if model.subproblem is not None and model.subproblem.may_overspend:
            over = model.cp.new_int_var(0, MOST_OVERSPENT, f"overspent[{limit.account}]")
            model.overspent.append(over)
            pay -= max(1, limit.limit_fen // PARTS) * over
        kept = model.cp.add(pay <= limit.limit_fen)
        model.budget_rows.append(kept.index)
