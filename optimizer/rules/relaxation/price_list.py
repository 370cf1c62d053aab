"""The dual values of the linear program as a list of prices, in a planner's words.

The bound that such a list proves (``optimizer.checks.bound``) is at least as good as the one of the
dual values: what students, sections, people and rooms do best is worked out in whole numbers there.
"""

from collections import Counter, defaultdict
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from models import (
    UNIT,
    CarePrice,
    GroupPrice,
    LearningPrice,
    LockPrice,
    PayUnit,
    Prices,
    SeatPrice,
)
from optimizer.ledger.tariffs import budget_limits, pay_costs
from optimizer.rules.relaxation.linear import Lp
from optimizer.rules.relaxation.relaxation import Relaxation

_MOST = 900_000.0
"""Points that nothing costs more than: a price list takes a little more."""


class _Duals:
    """Dual values, by what they are the price of."""

    def __init__(self, lp: Lp, duals: NDArray[np.float64]) -> None:
        self.duals = duals
        paid = np.zeros(len(lp.gain))
        prices = np.asarray(duals, float)[lp.rows] * np.asarray(lp.coefficients, float)
        np.add.at(paid, np.asarray(lp.columns, np.int64), prices)
        self.left = np.asarray(lp.gain, float) - paid
        """What each column still gains at the prices of its rows: what its own limit is worth."""

    def of(self, *rows: int) -> float:
        """Give the price of what the rows, "at most so many", allow."""
        return sum(max(0.0, float(self.duals[row])) for row in rows)

    def asked(self, row: int) -> float:
        """Give the price of what a row, "at least so many", asks for."""
        return max(0.0, -float(self.duals[row]))


def price_list(r: Relaxation, duals: NDArray[np.float64]) -> Prices:
    """Read prices off the dual values of a program with single students."""
    d = _Duals(r.lp, duals)
    return Prices(
        seats=_seats(r, d),
        openings=_openings(r, d),
        care=tuple(
            CarePrice(slot=slot, grade=grade, price=price)
            for (slot, grade), row in r.place_row.items()
            if (price := _whole(d.asked(row)))
        ),
        groups=_groups(r.group_rows, d),
        savings=_groups(r.saving_rows, d),
        waits=_waits(r, d),
        learning=tuple(
            LearningPrice(grade=grade, weekday=weekday, price=price)
            for (grade, weekday), row in r.learning_rows.items()
            if (price := _whole(d.asked(row)))
        ),
        locks=tuple(
            LockPrice(lock=lock, price=price)
            for lock, row in r.lock_rows
            if (price := _whole(d.asked(row)))
        ),
        staff=_staff(r, d),
        rooms=_rooms(r, d),
        money={account: p for account, row in r.money_rows.items() if (p := _whole(d.of(row)))},
    )


def _whole(price: float) -> int:
    """Give a price in units; nonsense of a solver in trouble is as good as any other price."""
    return round(min(max(price, -_MOST), _MOST) * UNIT) if isfinite(price) else 0


def _seats(r: Relaxation, d: _Duals) -> dict[str, tuple[SeatPrice, ...]]:
    """Give the price of a seat in each kind of section, and what students pay for its opening.

    Copies of an offer are alike: the mean of their prices proves what they prove.
    """
    copies: dict[tuple[str, tuple[str, ...], frozenset[int]], list[int]] = defaultdict(list)
    for index in r.size_rows:
        copies[r.offers[index].key[:3]].append(index)
    openings: dict[int, dict[str, float]] = defaultdict(dict)
    for (student, index), row in r.seat_rows.items():
        openings[index][student] = d.of(row)
    found: dict[str, list[SeatPrice]] = defaultdict(list)
    for (course, slots, grades), own in copies.items():
        seats, paid = 0.0, Counter[str]()
        for index in own:
            low, high = r.size_rows[index]
            seats += (d.of(high) - d.asked(low)) / len(own)
            for student, price in openings[index].items():
                paid[student] += _whole(price / len(own))
        kind = SeatPrice(
            slots=slots,
            grades=tuple(sorted(grades)),
            price=_whole(seats),
            openings={student: price for student, price in paid.items() if price},
        )
        if kind.price or kind.openings:
            found[course].append(kind)
    return {course: tuple(own) for course, own in found.items()}


def _groups(rows: list[tuple[str, tuple[int, ...], int]], d: _Duals) -> tuple[GroupPrice, ...]:
    prices = ((slot, grades, _whole(d.asked(row))) for slot, grades, row in rows)
    return tuple(GroupPrice(slot=k, grades=g, price=price) for k, g, price in prices if price)


def _waits(r: Relaxation, d: _Duals) -> dict[str, dict[str, int]]:
    """Divide what groups of a grade take in among those who need one, by what it is worth."""
    by_group: dict[tuple[str, int], dict[str, float]] = defaultdict(dict)
    for (slot, student), rows in r.wait_rows.items():
        worth = sum(d.asked(row) for row in rows)
        by_group[slot, r.school.grade_of[student]][student] = worth
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for (slot, grade), worth_to in by_group.items():
        total = sum(worth_to.values())
        share = min(1.0, d.asked(r.need_rows[slot, grade]) / total) if total else 0.0
        for student, worth in worth_to.items():
            if price := _whole(worth * share):
                found[slot][student] = price
    for (slot, student), row in r.alone_rows.items():
        if price := _whole(d.asked(row)):
            found[slot][student] = found[slot].get(student, 0) + price
    return dict(found)


def _openings(r: Relaxation, d: _Duals) -> dict[str, dict[str, int]]:
    """Divide what open sections take in among those who pay for it, by what it is worth to each."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for pool in r.pools.values():
        worth = {(student, course): d.of(row) for student, course, row in pool.seats}
        total = sum(worth.values())
        share = min(1.0, d.of(pool.row) / total) if total else 0.0
        for (student, course), own in worth.items():
            if price := _whole(own * share):
                found[course][student] = price
    return dict(found)


def _staff(r: Relaxation, d: _Duals) -> dict[str, dict[str, int]]:
    """Give what people cost by the slot: what their time is worth and, by the period, their pay."""
    limits = [
        (limit.costs, d.of(r.money_rows[limit.account]))
        for limit in budget_limits(r.school)
        if limit.account in r.money_rows
    ]
    # That nobody does a thing twice is said of its column as well: whichever of the two limits has
    # the price, it is the price of his time.
    once: dict[tuple[str, str], float] = defaultdict(float)
    duties = [((t, slot), column) for (slot, t), column in r.supervise.items()]
    duties += [((t, r.offers[i].slots[0]), column) for (i, t), column in r.lead.items()]
    for key, column in duties:
        once[key] = max(once[key], float(d.left[column]))
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for (name, slot), rows in r.staff_rows.items():
        person, price = r.school.teacher[name], d.of(*rows) + once[name, slot]
        if person.pay_unit is PayUnit.PERIOD:
            fen = pay_costs(r.school, (slot,), person)
            price += sum(p * sum(fen[k] for k in fen if k in kinds) for kinds, p in limits)
        if (name, slot) in r.duty_rows:  # he is there at whatever wage
            price -= d.asked(r.duty_rows[name, slot])
        if (whole := _whole(price)) > 0:
            found[name][slot] = whole
    return dict(found)


def _rooms(r: Relaxation, d: _Duals) -> dict[str, dict[str, int]]:
    """Give what rooms cost by the slot: all that sets of rooms with them are worth then."""
    prices: Counter[tuple[str, str]] = Counter()
    for moment, rooms, row in r.room_rows:
        price = _whole(d.of(row))
        for slot in moment if price else ():
            for room in rooms:
                prices[room, slot] += price
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for (room, slot), price in prices.items():
        found[room][slot] = price
    return dict(found)
