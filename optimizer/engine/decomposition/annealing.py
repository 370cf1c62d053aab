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

Who leads a section is drawn among all who may (``draw``), so that however many they are, each has
his chance; the cost of a way and of each of its leaders is known apart.

What the loops keep true between two moves: ``worth`` and ``chosen`` are everyone's best set at the
prices; ``busy``, ``day``, ``week`` and ``used`` are what the open sections take, and no more than
there is but for sections that were fixed.
"""

# ruff: noqa: NPY002 -- loops that are compiled as they stand
# mypy: disable-error-code="no-any-return, untyped-decorator"

from math import exp
from typing import NamedTuple

import numpy as np
from numba import njit

from optimizer.engine.decomposition.arrays import Arrays, Ints, State, loop
from optimizer.engine.decomposition.asking import Takers, ask, change, make_takers, settle


class Chances(NamedTuple):
    """How often which moves are tried (``params.AnnealingParams``)."""

    closes: float
    retimes: float
    reprices: float


class Room(NamedTuple):
    """Room for what a move works out."""

    takers: Takers
    per_day: Ints
    """(8,): periods of a way by weekday."""
    crew: Ints
    """Who led the section before."""
    chances: Chances


@njit(nogil=True, cache=True)
def make_room(t: Arrays, x: State, chances: Chances) -> Room:
    """Make room for what a move works out."""
    crew = np.zeros(x.crew.shape[1], np.int64)
    return Room(make_takers(t, x), np.zeros(8, np.int64), crew, chances)


@loop
def book(t: Arrays, x: State, j: int, sign: int) -> None:
    """Take or give back what section j, as it stands, needs of staff and rooms."""
    w, c = x.way[j], t.section_course[j]
    for z in range(t.needed[c]):
        who = t.lead_person[x.crew[j, z]]
        for q in range(t.way_overlaps.shape[1]):
            k = t.way_overlaps[w, q]
            if k < 0:
                break
            x.busy[who, k] += sign
        for q in range(t.way_slots.shape[1]):
            k = t.way_slots[w, q]
            if k < 0:
                break
            x.day[who, t.slot_day[k]] += sign
            x.week[who] += sign
    for q in range(t.room_sets.shape[1]):
        r = t.room_sets[c, q]
        if r < 0:
            break
        for n in range(t.way_slots.shape[1]):
            k = t.way_slots[w, n]
            if k < 0:
                break
            x.used[r, k] += sign


@loop
def fits(t: Arrays, x: State, j: int, per_day: Ints) -> bool:
    """Tell whether staff and rooms for section j, as it stands and not booked, are there."""
    w, c = x.way[j], t.section_course[j]
    for day in range(8):
        per_day[day] = 0
    periods = 0
    for n in range(t.way_slots.shape[1]):
        k = t.way_slots[w, n]
        if k < 0:
            break
        per_day[t.slot_day[k]] += 1
        periods += 1
        for q in range(t.room_sets.shape[1]):
            r = t.room_sets[c, q]
            if r < 0:
                break
            if x.used[r, k] >= t.room_limits[r, k]:
                return False
    for z in range(t.needed[c]):
        who = t.lead_person[x.crew[j, z]]
        if x.week[who] + periods > t.teacher_week[who]:
            return False
        for n in range(t.way_slots.shape[1]):
            k = t.way_slots[w, n]
            if k < 0:
                break
            day = t.slot_day[k]
            if x.busy[who, k] or x.day[who, day] + per_day[day] > t.teacher_day[who]:
                return False
    return True


@loop
def _drawn(count: int) -> int:
    """Draw a number below so many."""
    return int(np.random.random() * count)


@loop
def draw(t: Arrays, x: State, j: int, chances: Chances) -> None:
    """Draw another way for section j, or other staff, or let it close: leave it so, not booked.

    Of a section that keeps its time one of its people changes, where there is anybody else.
    """
    c, w = t.section_course[j], x.way[j]
    chance = np.random.random()
    if w >= 0 and chance < chances.closes:
        x.way[j] = -1
    elif w >= 0 and chance >= chances.retimes and t.way_leads[w + 1] - t.way_leads[w] > t.needed[c]:
        _draw_person(t, x, j, _drawn(t.needed[c]), t.needed[c])
    else:
        first, last = t.way_leads[t.course_ways[c]], t.way_leads[t.course_ways[c + 1]]
        x.crew[j, 0] = first + _drawn(last - first)
        x.way[j] = t.lead_way[x.crew[j, 0]]
        for z in range(1, t.needed[c]):
            _draw_person(t, x, j, z, z)


@loop
def _draw_person(t: Arrays, x: State, j: int, place: int, others: int) -> None:
    """Draw who leads section j in a place of its staff: none of so many that lead it already."""
    first, last = t.way_leads[x.way[j]], t.way_leads[x.way[j] + 1]
    while True:
        lead, new = first + _drawn(last - first), True
        for z in range(others):
            new = new and x.crew[j, z] != lead
        if new:
            x.crew[j, place] = lead
            return


@loop
def cost_of(t: Arrays, x: State, j: int) -> float:
    """Give what section j, as it stands, takes of staff, rooms and purse."""
    cost = x.cost[x.way[j]]
    for z in range(t.needed[t.section_course[j]]):
        cost += x.lead_cost[x.crew[j, z]]
    return cost


@loop
def reprice(t: Arrays, x: State, j: int, takers: Takers) -> tuple[float, int]:
    """Set an open section's price anew; give how the worth changed, and how many want it."""
    c = t.section_course[j]
    price, keen = ask(t, x, j, takers)
    gain = change(t, x, c, price, takers) + t.size[c] * (price - x.price[j])
    settle(t, x, j, price, takers)
    return gain, keen


@loop
def accepted(gain: float, heat: float) -> bool:
    """Tell whether a change is made: one that loses nothing is, others by chance."""
    return gain >= 0 or np.random.random() < exp(gain / heat)


@loop
def move(t: Arrays, x: State, j: int, closes: bool, heat: float, room: Room) -> float:
    """Try section j in another way, or closed; give the change in worth, 0 if it stays as it was.

    A section opens or moves only if as many want it as it needs.
    """
    c, old = t.section_course[j], x.way[j]
    gain, price = 0.0, x.price[j]
    for z in range(t.needed[c]):
        room.crew[z] = x.crew[j, z]
    if old >= 0:
        book(t, x, j, -1)
        gain += cost_of(t, x, j) - price * t.size[c]
    if closes:
        x.way[j] = -1
    else:
        draw(t, x, j, room.chances)
    asked = x.way[j] != old or t.named[c]  # else other staff, whom nobody asked for
    made = x.way[j] < 0 or fits(t, x, j, room.per_day)
    if made:
        if x.way[j] >= 0:
            gain -= cost_of(t, x, j)
        if asked:
            price, keen = ask(t, x, j, room.takers)
            made = x.way[j] < 0 or keen >= t.least[c]
            gain += change(t, x, c, price, room.takers)
        gain += price * t.size[c]
        made = made and accepted(gain, heat)
    if not made:
        x.way[j] = old
        for z in range(t.needed[c]):
            x.crew[j, z] = room.crew[z]
        gain = 0.0
    elif asked:
        settle(t, x, j, price, room.takers)
    if x.way[j] >= 0:
        book(t, x, j, 1)
    return gain


@njit(nogil=True, cache=True)
def anneal(  # noqa: PLR0913, PLR0917
    t: Arrays,
    x: State,
    first: int,
    last: int,
    moves: int,
    hot: float,
    cold: float,
    chances: Chances,
) -> float:
    """Anneal a timetable in place: moves first to last of so many, over which it cools.

    Gives how the worth changed by it, repricing included.
    """
    room = make_room(t, x, chances)
    total = 0.0
    for number in range(first, last):
        heat = hot * (cold / hot) ** (number / moves)
        j = _drawn(len(x.way))
        c = t.section_course[j]
        if x.fixed[j] or t.course_ways[c + 1] == t.course_ways[c]:
            continue
        closes = False
        if x.way[j] >= 0 and np.random.random() < chances.reprices:
            gain, keen = reprice(t, x, j, room.takers)
            total += gain
            if keen >= t.least[c]:
                continue
            closes = True
        total += move(t, x, j, closes, heat, room)
    return total


@loop
def seed_loops(seed: int) -> None:
    """Start the random numbers of the loops in this thread."""
    np.random.seed(seed)
