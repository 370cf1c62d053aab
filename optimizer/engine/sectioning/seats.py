"""Seats for one wish: a chain of moves in which nobody loses a seat.

The wish takes a seat in a group of its course. If the student sits in one other course at that
time, that seat is moved to another group of its course; if the group is full, one of its members
is; and so on. Within one student, with one slot a group, these are the augmenting paths of the
matching of courses to slots, so a chain is found whenever one exists.
"""

# ruff: noqa: NPY002
# mypy: disable-error-code="no-any-return, untyped-decorator"

import numpy as np
from numba import njit

from optimizer.engine.sectioning.problem import Problem
from optimizer.engine.sectioning.records import Ints
from optimizer.engine.sectioning.sets import meet
from optimizer.engine.sectioning.state import (
    LOG,
    LOOKS,
    STAMP,
    State,
    admits,
    capacity,
    drop,
    put,
    rollback,
)


@njit(nogil=True, cache=True)
def _clashes(p: Problem, x: State, v: int, w: int) -> bool:
    """Tell whether a wish's seat is at the time of a way."""
    return meet(p.way[x.group[x.wish[v].seat].way].closed, p.way[w].at)


@njit(nogil=True, cache=True)
def _in_the_way(p: Problem, x: State, u: int, g: int) -> int:
    """Give the seat of u's student that clashes with group g; -1: none, -2: several."""
    s, w, found = p.wish[u].student, x.group[g].way, -1
    if not meet(x.student[s].busy, p.way[w].at):
        return -1
    for v in range(p.student[s].wishes, p.student[s + 1].wishes):
        if v != u and x.wish[v].seat >= 0 and _clashes(p, x, v, w):
            if found >= 0:
                return -2
            found = v
    return found


@njit(nogil=True, cache=True)
def may_leave(p: Problem, x: State, v: int) -> bool:
    """Tell whether a group stays large enough without a member."""
    g = x.wish[v].seat
    return x.group[g].count > p.course[p.group[g].course].least


@njit(nogil=True, cache=True)
def _seen(x: State, g: int, s: int, stamp: int) -> bool:
    """Tell whether this search looked at the group for the student before; note that it did."""
    if x.group[g].stamp == stamp and x.group[g].sought_for == s:
        return True
    x.group[g].stamp, x.group[g].sought_for = stamp, s
    return False


@njit(nogil=True, cache=True)
def _next_in_chain(p: Problem, x: State, u: int, g: int, wish: Ints, depth: int) -> int:
    """Give who has to move for u to sit in g: -1 nobody, -2 it cannot be."""
    v = _in_the_way(p, x, u, g)
    full = x.group[g].count >= capacity(p, x, g)
    if v == -2 or (v >= 0 and full):
        return -2
    if full:
        for _ in range(p.how[0].members):
            v = x.members[g, np.random.randint(x.group[g].count)]
            if p.wish[v].student != p.wish[u].student:
                break
            v = -2
    elif v >= 0 and not may_leave(p, x, v):
        return -2
    for d in range(depth + 1):
        if wish[d] == v:
            return -2
    return v


@njit(nogil=True, cache=True)
def seat_chain(p: Problem, x: State, u: int, patience: int) -> bool:
    """Seat a wish without a seat; give whether it could be done.

    ``patience`` is how many groups may be looked at. Nothing has changed where it could not.
    """
    s = p.wish[u].student
    if x.student[s].seats >= p.student[s].wanted:
        return False
    deepest = p.how[0].deepest
    wish, tried = np.empty(deepest, np.int64), np.zeros(deepest, np.int64)
    turn, began = np.zeros(deepest, np.int64), np.zeros(deepest, np.int64)
    x.numbers[STAMP] += 1
    stamp = x.numbers[STAMP]
    depth = 0
    wish[0], turn[0], began[0] = u, np.random.randint(1 << 20), x.numbers[LOG]
    while True:
        v = wish[depth]
        c = p.wish[v].course
        groups = p.course[c + 1].groups - p.course[c].groups
        if tried[depth] >= groups or patience <= 0:
            rollback(p, x, began[depth])
            if depth == 0:
                return False
            depth -= 1
            continue
        g = p.course[c].groups + (turn[depth] + tried[depth]) % groups
        tried[depth] += 1
        if not admits(p, x, v, g) or _seen(x, g, p.wish[v].student, stamp):
            continue
        patience -= 1
        x.numbers[LOOKS] += 1
        other = _next_in_chain(p, x, v, g, wish, depth)
        if other == -1:
            put(p, x, v, g)
            return True
        if other < 0 or depth + 1 >= deepest:
            continue
        depth += 1
        wish[depth], tried[depth], turn[depth] = other, 0, np.random.randint(1 << 20)
        began[depth] = x.numbers[LOG]
        _seen(x, x.wish[other].seat, p.wish[other].student, stamp)
        drop(p, x, other)
        put(p, x, v, g)


@njit(nogil=True, cache=True)
def force(p: Problem, x: State, u: int, g: int, out: Ints, n: int) -> int:
    """Seat a wish in a group at any cost; add who lost a seat for it to ``out``; give how many.

    Gives -1, and changes nothing that is not in the log, where a group would become too small.
    """
    s, w = p.wish[u].student, x.group[g].way
    if x.wish[u].seat >= 0:
        if not may_leave(p, x, u):
            return -1
        drop(p, x, u)
    if x.group[g].count >= capacity(p, x, g):
        v = x.members[g, np.random.randint(x.group[g].count)]
        drop(p, x, v)
        out[n] = v
        n += 1
    for v in range(p.student[s].wishes, p.student[s + 1].wishes):
        if x.wish[v].seat >= 0 and _clashes(p, x, v, w):
            if not may_leave(p, x, v):
                return -1
            drop(p, x, v)
            out[n] = v
            n += 1
    if x.student[s].seats >= p.student[s].wanted:
        return -1
    put(p, x, u, g)
    return n
