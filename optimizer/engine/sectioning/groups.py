"""Moves of groups in the week: to another time, or two that trade times, with who is in them.

Whoever cannot come along looks for a seat by a chain; then those who wait for the course do.
"""

# ruff: noqa: NPY002
# mypy: disable-error-code="no-any-return, untyped-decorator"

import numpy as np
from numba import njit

from optimizer.engine.sectioning.places import (
    lift,
    like_way,
    make_way,
    settle,
    settle_anywhere,
    suits_lock,
)
from optimizer.engine.sectioning.problem import Problem
from optimizer.engine.sectioning.records import Ints
from optimizer.engine.sectioning.seats import may_leave, seat_chain
from optimizer.engine.sectioning.sets import meet
from optimizer.engine.sectioning.state import (
    LOG,
    UNMET,
    State,
    admits,
    capacity,
    drop,
    hold,
    put,
)


@njit(nogil=True, cache=True)
def _come_along(p: Problem, x: State, out: Ints, n: int) -> int:
    """Seat who was lifted in his group again where he has time; give how many are left."""
    left = 0
    for i in range(n):
        u = out[i]
        g = x.wish[u].was
        if (
            x.group[g].way >= 0
            and x.group[g].count < capacity(p, x, g)
            and admits(p, x, u, g)
            and not meet(x.student[p.wish[u].student].busy, p.way[x.group[g].way].at)
        ):
            put(p, x, u, g)
        else:
            out[left] = u
            left += 1
    return left


@njit(nogil=True, cache=True)
def reseat(p: Problem, x: State, out: Ints, n: int, allowance: float, patience: int) -> bool:
    """Look for seats for those in ``out``, in random order; give up once more is lost than allowed.

    Gives whether it went on to the end.
    """
    for i in range(n - 1, -1, -1):
        k = np.random.randint(i + 1)
        u = out[k]
        out[k] = out[i]
        if x.wish[u].seat < 0 and not seat_chain(p, x, u, patience):
            allowance -= p.wish[u].weight
            if allowance < 0:
                return False
    return True


@njit(nogil=True, cache=True)
def waiting_for(p: Problem, x: State, c: int, out: Ints, n: int) -> int:
    """Add the wishes for a course that wait for a seat; give how many there are now."""
    if x.numbers[UNMET] < p.course[c + 1].wishes - p.course[c].wishes:
        for i in range(x.numbers[UNMET]):
            if p.wish[x.wish[i].unmet].course == c:
                out[n] = x.wish[i].unmet
                n += 1
    else:
        for i in range(p.course[c].wishes, p.course[c + 1].wishes):
            if x.wish[p.wishes_by_course[i]].seat < 0:
                out[n] = p.wishes_by_course[i]
                n += 1
    return n


@njit(nogil=True, cache=True)
def fill_up(p: Problem, x: State, g: int) -> None:
    """Bring a group to its least size with who sits in another group of the course, at no cost."""
    c = p.group[g].course
    first, n = p.course[c].wishes, p.course[c + 1].wishes - p.course[c].wishes
    turn = np.random.randint(n) if n else 0
    for i in range(n):
        if x.group[g].count >= p.course[c].least:
            return
        u = p.wishes_by_course[first + (turn + i) % n]
        h = x.wish[u].seat
        if h < 0 or h == g or not may_leave(p, x, u) or not admits(p, x, u, g):
            continue
        drop(p, x, u)
        free = not meet(x.student[p.wish[u].student].busy, p.way[x.group[g].way].at)
        put(p, x, u, g if free else h)


@njit(nogil=True, cache=True)
def _large_enough(p: Problem, x: State, g: int) -> bool:
    """Fill a group up or close it where nobody came; give whether it may be as it is now."""
    if x.group[g].way < 0:
        return not p.group[g].pinned
    least = p.course[p.group[g].course].least
    if 0 < x.group[g].count < least:
        fill_up(p, x, g)
    if x.group[g].count == 0 and not p.group[g].pinned:
        hold(p, x, g, -1, -1, -1)
        return True
    return x.group[g].count >= least


@njit(nogil=True, cache=True)
def _refill(
    p: Problem, x: State, c: int, allowance: float, out: Ints, n: int, patience: int
) -> bool:
    """Seat those who lost their seats, then who waited before; give whether it may be worth it."""
    first = waiting_for(p, x, c, out, n) - n  # who lost a seat in this course stands here, too
    hope = 0
    for i in range(n, n + first):
        hope += p.wish[out[i]].weight
    for i in range(n):
        if p.wish[out[i]].course == c:
            hope -= p.wish[out[i]].weight
    if not reseat(p, x, out, n, allowance + hope, patience):
        return False
    n = waiting_for(p, x, c, out, 0)
    for i in range(n):
        seat_chain(p, x, out[i], patience)
    return True


@njit(nogil=True, cache=True)
def move_group(
    p: Problem, x: State, g: int, w: int, allowance: float, out: Ints, patience: int
) -> bool:
    """Hold a group in another way.

    Where no leader or no room is free then, one group that has them makes way and goes elsewhere.
    Nobody who is lost by it may be worth more than ``allowance``. Gives whether the move stands; if
    not, it is to be taken back.
    """
    c, t, r = p.group[g].course, x.group[g].leader, x.group[g].room
    if not suits_lock(p, g, w):
        return False
    n = lift(p, x, g, out, 0)
    h = -1
    if not settle(p, x, g, w, t, r):
        h, n = make_way(p, x, g, w, out, n)
        if h < 0:
            return False
        usual_leader, usual_room = x.log[x.numbers[LOG] - 1, 3], x.log[x.numbers[LOG] - 1, 4]
        if not settle(p, x, g, w, t, r):
            return False
        if not settle_anywhere(p, x, h, usual_leader, usual_room) and p.group[h].pinned:
            return False
    n = _come_along(p, x, out, n)
    if not _refill(p, x, c, allowance, out, n, patience):
        return False
    return _large_enough(p, x, g) and (h < 0 or _large_enough(p, x, h))


@njit(nogil=True, cache=True)
def swap_groups(
    p: Problem, x: State, g: int, h: int, allowance: float, out: Ints, patience: int
) -> bool:
    """Have two groups trade their times, as ``move_group``; a group that has none gives nothing."""
    c, d = p.group[g].course, p.group[h].course
    s, t, q, r = x.group[g].leader, x.group[h].leader, x.group[g].room, x.group[h].room
    theirs, ours = like_way(p, d, x.group[g].way), like_way(p, c, x.group[h].way)
    if ours < 0 or not suits_lock(p, g, ours):
        return False
    n = lift(p, x, h, out, lift(p, x, g, out, 0))
    if not settle(p, x, g, ours, s, r if c == d else q):
        return False
    traded = theirs >= 0 and suits_lock(p, h, theirs)
    traded = traded and settle(p, x, h, theirs, t, q if c == d else r)
    if not traded and not settle_anywhere(p, x, h, t, r) and p.group[h].pinned:
        return False
    n = _come_along(p, x, out, n)
    if not _refill(p, x, c, allowance, out, n, patience):
        return False
    n = waiting_for(p, x, d, out, 0)
    for i in range(n):
        seat_chain(p, x, out[i], patience)
    return _large_enough(p, x, g) and _large_enough(p, x, h)
