"""What each person and each room earns at most in a week, and what all pay may cost."""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import combinations

from models import CareStaffLock, PayUnit, Slot, Teacher
from optimizer.checks.bound.trade import Trade
from optimizer.ledger import budget_limits, pay_costs

MOST_SLOTS = 10
"""Slots of a day whose sets are looked at one by one; of more, clashes and pay by the session are
let pass: that proves less."""
NOTHING = -(1 << 80)


def people(trade: Trade) -> int:
    """Add up what each person earns in his best week, less the price of his pay."""
    school = trade.school
    limits = [(x.costs, trade.prices.money.get(x.account, 0)) for x in budget_limits(school)]
    week = _Weeks(trade, [(kinds, price) for kinds, price in limits if price])
    return sum(week.best(p) for p in school.teachers if p.id not in trade.facts.prospects.unfit)


class _Weeks:
    def __init__(self, trade: Trade, limits: list[tuple[frozenset[object], int]]) -> None:
        self.trade, self.limits = trade, limits
        self._pay: dict[tuple[object, ...], int] = {}
        self.must: dict[str, set[str]] = {}
        for lock in trade.school.locks:
            if isinstance(lock, CareStaffLock):
                self.must.setdefault(lock.teacher, set()).add(lock.slot)

    def best(self, person: Teacher) -> int:
        """Give the most that a person earns in a week: so much by days and numbers of periods."""
        wages = self.trade.prices.staff.get(person.id, {})
        must = self.must.get(person.id, set())
        days: dict[int, list[Slot]] = {}
        for slot in self.trade.school.slots:
            if person.available(slot.id) and (wages.get(slot.id) or slot.id in must):
                days.setdefault(slot.weekday, []).append(slot)
        best = [0]
        for day in days.values():
            own = self._day(person, day, wages, must)
            most = min(person.max_periods_week, len(best) + len(own) - 2)
            best = [
                max(best[n - k] + own[k] for k in range(len(own)) if 0 <= n - k < len(best))
                for n in range(most + 1)
            ]
        earned = max(best)
        return earned if earned > NOTHING // 2 else 0  # who cannot do what he must: no plan at all

    def _day(
        self, person: Teacher, day: list[Slot], wages: dict[str, int], must: set[str]
    ) -> list[int]:
        """Give the most that a person earns on a day by the number of his periods."""
        most = min(person.max_periods_day, len(day))
        by_period = person.pay_unit is PayUnit.PERIOD
        apart = not any(a.overlaps(b) for a, b in combinations(day, 2))
        forced = must.intersection(slot.id for slot in day)
        if (by_period and apart and not forced) or len(day) > MOST_SLOTS:
            costs = [self._costs(person, (s,)) if by_period else 0 for s in day]
            net = (wages.get(s.id, 0) - cost for s, cost in zip(day, costs, strict=True))
            earned = sorted(net, reverse=True)
            return [sum(earned[:n]) for n in range(most + 1)]
        best = [NOTHING] * (most + 1)
        for number in range(most + 1):
            for chosen in combinations(day, number):
                if forced.issubset(s.id for s in chosen) and not any(
                    a.overlaps(b) for a, b in combinations(chosen, 2)
                ):
                    paid = sum(wages.get(s.id, 0) for s in chosen) - self._costs(person, chosen)
                    best[number] = max(best[number], paid)
        return best

    def _costs(self, person: Teacher, slots: tuple[Slot, ...]) -> int:
        """Give the price of a person's pay for the term, if these are his slots of a weekday."""
        if not self.limits:
            return 0
        ids = tuple(slot.id for slot in slots)
        key = (person.kind, person.pay_fen, person.pay_unit, person.overtime_pay_fen, ids)
        if key not in self._pay:
            fen = pay_costs(self.trade.school, ids, person)
            self._pay[key] = sum(
                price * sum(paid for kind, paid in fen.items() if kind in kinds)
                for kinds, price in self.limits
            )
        return self._pay[key]


def rooms(trade: Trade) -> int:
    """Add up what each room earns in its best week: on each day slots that do not meet."""
    total = 0
    for room in trade.school.rooms:
        rents = trade.prices.rooms.get(room.id, {})
        days: dict[int, list[Slot]] = {}
        for slot in trade.school.slots:
            if rents.get(slot.id) and room.available(slot.id):
                days.setdefault(slot.weekday, []).append(slot)
        total += sum(_apart(day, rents) for day in days.values())
    return total


def _apart(day: Iterable[Slot], rents: dict[str, int]) -> int:
    """Give the most that slots of one day which do not overlap earn, in the order of their ends."""
    ends, best = [0], [0]
    for slot in sorted(day, key=lambda s: s.end_minute):
        with_it = best[bisect_right(ends, slot.start_minute) - 1] + rents[slot.id]
        ends.append(slot.end_minute)
        best.append(max(best[-1], with_it))
    return best[-1]


def money(trade: Trade) -> int:
    """Add up what the limits on pay are worth."""
    limits = budget_limits(trade.school)
    return sum(trade.prices.money.get(x.account, 0) * x.limit_fen for x in limits)
