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

from models import PAY, Cost, PayUnit
from optimizer.ledger.tariffs import budget_limits, least_session, pay_costs
from optimizer.rules._sessions import Duty, Priced, priced
from optimizer.rules.context import Model, total
from optimizer.rules.relaxation.relaxation import Relaxation

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


def relax(r: Relaxation) -> None:
    """Add: pay at most each limit.

    Whoever is paid by the session costs at the least what any one of his slots of a day does.
    """
    limits = budget_limits(r.school)
    rows = [r.lp.row(high=limit.limit_fen) for limit in limits]
    r.scarce += rows
    r.money_rows = {limit.account: row for limit, row in zip(limits, rows, strict=True)}
    for column, costs in _paid(r, [limit.costs for limit in limits]) if limits else ():
        for row, amount in zip(rows, costs, strict=True):
            if amount:
                r.lp.put(row, column, amount)


def _paid(r: Relaxation, limits: list[frozenset[Cost]]) -> Iterator[tuple[int, list[int]]]:
    """Give columns, and what each costs at the least of the kinds of pay of each limit."""
    school, lp = r.school, r.lp
    paid = [(r.offers[i].slots, t, column) for (i, t), column in r.lead.items()]
    paid += [((slot,), t, column) for (slot, t), column in r.supervise.items()]
    days: dict[tuple[str, int], dict[str, list[int]]] = {}
    for slots, who, column in paid:
        person = school.teacher[who]
        if person.pay_unit is PayUnit.PERIOD:
            costs = pay_costs(school, slots, person)
            yield column, [sum(costs.get(kind, 0) for kind in kinds) for kinds in limits]
            continue
        for slot in slots:
            day = days.setdefault((who, school.slot[slot].weekday), {})
            day.setdefault(slot, []).append(column)
    for (who, _), there in days.items():
        least = [least_session(school, there, school.teacher[who], kinds) for kinds in limits]
        if any(least):
            session = lp.column(1)
            for slot, columns in there.items():
                rows = list(_sessions(r, session, columns))
                r.scarce += rows
                r.staff_rows[who, slot] += rows
            yield session, least


def _sessions(r: Relaxation, session: int, columns: list[int]) -> Iterator[int]:
    """Add: whoever has duties at a slot has the day's session; give the rows."""
    together = r.keeps("clash")
    for group in [columns] if together else [[column] for column in columns]:
        row = r.lp.row(high=0)
        for column in group:
            r.lp.put(row, column)
        r.lp.put(row, session, -1 if together else -max(r.lp.upper[column] for column in group))
        yield row
