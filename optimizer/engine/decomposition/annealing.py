"""Annealing a timetable at given prices: compiled loops over arrays.

A timetable says which way each section is held, or that it is not. With a price for a seat in each
section (``price``), for whoever is not in base care (in ``gain``), and for what ways take of staff,
rooms and purse (``cost``), each student takes his best set of sections that do not clash, and

    worth = sum over students of his best set + sum over open sections of size * price - cost

is a Lagrangian bound of what the timetable can be worth. It bounds well only at good seat prices,
so these go with the moves: a section that opens or moves gets the price that bounds best with all
others as they are. Let r[s] be what a seat in it, free of charge, adds to student s's best set; the
lowest worth is reached where as many r[s] as there are seats lie above the price. Between two moves
another section's price is set anew in the same way.
"""

# ruff: noqa: C901, NPY002 -- loops that are compiled as they stand
# mypy: disable-error-code="no-untyped-def"

from math import exp

import numpy as np
from numba import njit

from optimizer.engine.decomposition.arrays import MOST_STAFF
from optimizer.engine.decomposition.best_sets import ask, change, settle, takers_of

CLOSE, RETIME, REPRICE = 0.1, 0.6, 0.4
"""Chances: that an open section closes, that it moves to any other way of its course (else it keeps
its time and changes staff), and that another section is priced anew after a move."""


@njit(nogil=True, cache=True)
def book(t, x, w, c, sign):
    """Take or give back what a way needs of staff and rooms."""
    slots = len(t.slot_day)
    for q in range(MOST_STAFF):
        who = t.way_crew[w, q]
        if who < 0:
            break
        for k in range(slots):
            if (t.way_closed[w] >> k) & 1:
                x.busy[who, k] += sign
            if (t.way_mask[w] >> k) & 1:
                x.day[who, t.slot_day[k]] += sign
                x.week[who] += sign
    for q in range(t.room_sets.shape[1]):
        r = t.room_sets[c, q]
        if r < 0:
            break
        for k in range(slots):
            if (t.way_mask[w] >> k) & 1:
                x.used[r, k] += sign


@njit(nogil=True, cache=True)
def _fits(t, x, w, c, per_day):
    """Tell whether staff and rooms for a way are there."""
    per_day[:] = 0
    periods = 0
    for k in range(len(t.slot_day)):
        if (t.way_mask[w] >> k) & 1:
            per_day[t.slot_day[k]] += 1
            periods += 1
            for q in range(t.room_sets.shape[1]):
                r = t.room_sets[c, q]
                if r < 0:
                    break
                if x.used[r, k] >= t.room_limits[r, k]:
                    return False
    for q in range(MOST_STAFF):
        who = t.way_crew[w, q]
        if who < 0:
            break
        if x.week[who] + periods > t.teacher_week[who]:
            return False
        for d in range(8):
            if per_day[d] and x.day[who, d] + per_day[d] > t.teacher_day[who]:
                return False
        for k in range(len(t.slot_day)):
            if (t.way_mask[w] >> k) & 1 and x.busy[who, k]:
                return False
    return True


@njit(nogil=True, cache=True)
def _new_way(t, old, c):
    """Draw another way for a section of course c; -1 closes it."""
    ways = t.course_ways[c + 1] - t.course_ways[c]
    chance = np.random.random()
    if old >= 0 and chance < CLOSE:
        return -1
    new = t.course_ways[c] + np.random.randint(ways)
    if old >= 0 and chance >= RETIME:
        for _ in range(4):  # other staff at the same time
            if t.way_local[new] == t.way_local[old]:
                break
            new = t.course_ways[c] + np.random.randint(ways)
    return new


@njit(nogil=True, cache=True)
def _reprice(t, x, j, takers):
    """Set an open section's price anew; give how the worth changed, and how many want it."""
    c = t.section_course[j]
    price, keen = ask(t, x, j, takers)
    gain = change(t, x, c, price, takers) + t.size[c] * (price - x.price[j])
    settle(t, x, j, price, takers)
    return gain, keen


@njit(nogil=True, cache=True)
def _move(t, x, j, new, heat, takers, per_day):
    """Hold a section in another way, or not, where that is worth it; give the change in worth."""
    c, old = t.section_course[j], x.way[j]
    if old >= 0:
        book(t, x, old, c, -1)
    if new >= 0 and not _fits(t, x, new, c, per_day):
        if old >= 0:
            book(t, x, old, c, 1)
        return 0.0
    gain = 0.0
    if old >= 0:
        gain += x.cost[old] - x.price[j] * t.size[c]
    if new >= 0:
        gain -= x.cost[new]
    same = old >= 0 and new >= 0 and t.way_local[old] == t.way_local[new] and not t.named[c]
    allowed, price = True, x.price[j]
    x.way[j] = new
    if not same:  # else other staff, whom nobody asked for
        price, keen = ask(t, x, j, takers)
        allowed = new < 0 or keen >= t.least[c]
        gain += change(t, x, c, price, takers)
    gain += price * t.size[c]
    if allowed and (gain >= 0 or np.random.random() < exp(gain / heat)):
        if new >= 0:
            book(t, x, new, c, 1)
        if not same:
            settle(t, x, j, price, takers)
        return gain
    x.way[j] = old
    if old >= 0:
        book(t, x, old, c, 1)
    return 0.0


@njit(nogil=True, cache=True)
def anneal(t, x, moves, hot, cold, seed):
    """Anneal a timetable in place for so many moves; the temperature falls from hot to cold.

    Gives how the worth changed by it, repricing included.
    """
    np.random.seed(seed)
    takers = takers_of(t)
    per_day = np.zeros(8, np.int64)
    total = 0.0
    for move in range(moves):
        heat = hot * (cold / hot) ** (move / moves)
        j = np.random.randint(len(x.way))
        c = t.section_course[j]
        if x.fixed[j] or t.course_ways[c + 1] == t.course_ways[c]:
            continue
        old = x.way[j]
        if old >= 0 and np.random.random() < REPRICE:
            gain, keen = _reprice(t, x, j, takers)
            total += gain
            if keen >= t.least[c]:
                continue
            new = np.int64(-1)
        else:
            new = _new_way(t, old, c)
        if new != old:
            total += _move(t, x, j, new, heat, takers, per_day)
    return total
