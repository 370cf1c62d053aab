"""Annealing a timetable with its seats: the compiled loop, and the timetable it starts from."""

# ruff: noqa: NPY002
# mypy: disable-error-code="no-any-return, untyped-decorator"

from math import log

import numpy as np
from numba import njit

from optimizer.engine.sectioning.groups import fill_up, move_group, reseat, swap_groups
from optimizer.engine.sectioning.places import lift, pick_leader, pick_room, suits_lock
from optimizer.engine.sectioning.problem import Problem
from optimizer.engine.sectioning.records import Floats, Ints
from optimizer.engine.sectioning.seats import force, seat_chain
from optimizer.engine.sectioning.sets import has, inside, meet
from optimizer.engine.sectioning.state import (
    UNMET,
    VALUE,
    State,
    admits,
    commit,
    hold,
    rollback,
)


@njit(nogil=True, cache=True)
def _even_way(p: Problem, x: State, g: int, load: Floats, near: Floats) -> int:
    """Give a way to hold a group where its course and its grade have least so far; -1: none."""
    c = p.group[g].course
    low, high = p.course[c].ways, p.course[c + 1].ways
    some = p.how[0].first_ways / max(1, high - low)
    best, way = 1e18, -1
    for w in range(low, high):
        if not suits_lock(p, g, w) or (some < 1 and np.random.random() > some):
            continue
        grade, length, cost = _lowest_bit(p.way[w].grades), 0, np.random.random()
        for k in range(len(p.slot_day)):
            if has(p.way[w].at, k):
                cost += 2.0 * load[c, k] + near[grade, k]
                length += 1
        cost /= max(1, length)
        if cost < best and pick_leader(p, x, g, w, -1) >= 0 and pick_room(p, x, g, w, -1) >= 0:
            best, way = cost, w
    return way


@njit(nogil=True, cache=True)
def first_timetable(p: Problem, x: State, seed: int) -> None:
    """Hold as many groups as can be held, evenly over the week, and seat who can be seated.

    Groups with a lock come first, then those of courses with few ways.
    """
    np.random.seed(seed)
    load = np.zeros((len(p.course), len(p.slot_day)))
    near = np.zeros((64, len(p.slot_day)))
    rank = np.empty(len(p.group))
    for g in range(len(p.group)):
        c = p.group[g].course
        rank[g] = (p.course[c + 1].ways - p.course[c].ways) * (1 + np.random.random())
        rank[g] -= 1e9 * p.group[g].pinned
    for g in np.argsort(rank):
        way = _even_way(p, x, g, load, near)
        if way < 0:
            continue
        hold(p, x, g, way, pick_leader(p, x, g, way, -1), pick_room(p, x, g, way, -1))
        for k in range(len(p.slot_day)):
            if has(p.way[way].at, k):
                load[p.group[g].course, k] += 1
                near[_lowest_bit(p.way[way].grades), k] += 1
        commit(x)
    eager = np.empty(len(p.wish))
    for u in range(len(p.wish)):
        eager[u] = -p.wish[u].weight - np.random.random()
    for u in np.argsort(eager):
        seat_chain(p, x, u, p.how[0].patience)
        commit(x)


@njit(nogil=True, cache=True)
def close_small(p: Problem, x: State) -> None:
    """Close the groups that are too small, the smallest first, and seat their members elsewhere."""
    out = np.empty(len(p.wish) + 1, np.int64)
    sizes = np.empty(len(p.group), np.int64)
    for g in range(len(p.group)):
        sizes[g] = x.group[g].count
    for g in np.argsort(sizes):
        if x.group[g].way < 0 or x.group[g].count >= p.course[p.group[g].course].least:
            continue
        if p.group[g].pinned:
            fill_up(p, x, g)
        else:
            n = lift(p, x, g, out, 0)
            reseat(p, x, out, n, np.inf, p.how[0].patience)
        commit(x)


@njit(nogil=True, cache=True)
def _lowest_bit(bits: int) -> int:
    n = 0
    while n < 63 and not (bits >> n) & 1:
        n += 1
    return n


@njit(nogil=True, cache=True)
def _group_of(p: Problem, c: int) -> int:
    """Draw a group of a course, or of any where there is none; -1: the course has none."""
    n = p.course[c + 1].groups - p.course[c].groups
    return p.course[c].groups + np.random.randint(n) if n else -1


@njit(nogil=True, cache=True)
def _draw_way(p: Problem, x: State, c: int, u: int) -> int:
    """Draw a way of a course; for a wish, if that is easily found, one at which it could be met."""
    low, n = p.course[c].ways, p.course[c + 1].ways - p.course[c].ways
    w = low + np.random.randint(n)
    if u < 0:
        return w
    s, fitting = p.wish[u].student, w
    for _ in range(p.how[0].draws):
        if inside(p.way[w].at, p.wish[u].slots) and inside(p.wish[u].within, p.way[w].at):
            fitting = w
            if not meet(p.way[w].at, x.student[s].busy):
                return w
        w = low + np.random.randint(n)
    return fitting


@njit(nogil=True, cache=True)
def _try_groups(p: Problem, x: State, allowance: float, out: Ints) -> bool:
    """Try to move a group or have two trade places; give whether the change may stand."""
    u = -1
    if x.numbers[UNMET] and np.random.random() < p.how[0].aimed:
        u = x.wish[np.random.randint(x.numbers[UNMET])].unmet
        g = _group_of(p, p.wish[u].course)
    else:
        g = np.random.randint(len(p.group))
    if g < 0:
        return False
    c = p.group[g].course
    if p.course[c + 1].ways == p.course[c].ways:
        return False
    w = _draw_way(p, x, c, u)
    if w == x.group[g].way:
        return False
    if np.random.random() >= p.how[0].trades:
        return move_group(p, x, g, w, allowance, out, p.how[0].patience)
    for _ in range(p.how[0].draws):
        h = np.random.randint(len(p.group))
        v = x.group[h].way
        if h != g and v >= 0 and v != x.group[g].way and meet(p.way[v].at, p.way[w].at):
            return swap_groups(p, x, g, h, allowance, out, p.how[0].patience)
    return False


@njit(nogil=True, cache=True)
def _try_seats(p: Problem, x: State, allowance: float, out: Ints) -> bool:
    """Seat somebody who waits, or move some seat; give whether the change may stand."""
    n = x.numbers[UNMET]
    if n and np.random.random() < p.how[0].waiting:
        u = x.wish[np.random.randint(n)].unmet
        if seat_chain(p, x, u, p.how[0].patience):
            return True
    else:
        u = np.random.randint(len(p.wish))
        if x.wish[u].seat < 0:
            return False
    g = _group_of(p, p.wish[u].course)
    if g < 0 or g == x.wish[u].seat or not admits(p, x, u, g):
        return False
    n = force(p, x, u, g, out, 0)
    return n >= 0 and reseat(p, x, out, n, allowance + p.wish[u].weight, p.how[0].patience)


@njit(nogil=True, cache=True)
def anneal(p: Problem, x: State, moves: int, heat: float, seed: int) -> int:
    """Try so many moves at a temperature, in place; give how many stood."""
    np.random.seed(seed)
    out = np.empty(len(p.wish) + 1, np.int64)
    stood = 0
    for _ in range(moves):
        commit(x)
        before = x.numbers[VALUE]
        allowance = -heat * log(max(1e-12, np.random.random()))
        if np.random.random() < p.how[0].group_moves:
            stands = _try_groups(p, x, allowance, out)
        else:
            stands = _try_seats(p, x, allowance, out)
        if stands and x.numbers[VALUE] >= before - allowance:
            stood += 1
        else:
            rollback(p, x, 0)
        if not x.numbers[UNMET]:
            break
    commit(x)
    return stood
