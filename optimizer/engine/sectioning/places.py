"""Places of groups in the week: who can lead a group at a time, where, and who has to make way."""

# ruff: noqa: NPY002
# mypy: disable-error-code="no-any-return, untyped-decorator"

import numpy as np
from numba import njit

from optimizer.engine.sectioning.problem import Problem
from optimizer.engine.sectioning.records import Ints
from optimizer.engine.sectioning.sets import inside, meet
from optimizer.engine.sectioning.state import (
    State,
    drop,
    hold,
    room_can,
    staff_can,
)


@njit(nogil=True, cache=True)
def pick_leader(p: Problem, x: State, g: int, w: int, usual: int) -> int:
    """Give somebody who can lead the group in a way, the usual person first; -1: nobody."""
    if p.group[g].leader >= 0:
        usual = p.group[g].leader
        return usual if staff_can(p, x, usual, w) else -1
    if usual >= 0 and staff_can(p, x, usual, w):
        return usual
    c = p.group[g].course
    first, n = p.course[c].leaders, p.course[c + 1].leaders - p.course[c].leaders
    turn = np.random.randint(n) if n else 0
    for i in range(n):
        t = p.leaders[first + (turn + i) % n]
        if staff_can(p, x, t, w):
            return t
    return -1


@njit(nogil=True, cache=True)
def pick_room(p: Problem, x: State, g: int, w: int, usual: int) -> int:
    """Give a free room, the usual one first, then the smallest that seats all; -1: none is."""
    if p.group[g].room >= 0:
        usual = p.group[g].room
        return usual if room_can(p, x, usual, w) else -1
    if usual >= 0 and room_can(p, x, usual, w):
        return usual
    c, found = p.group[g].course, -1
    for i in range(p.course[c].rooms, p.course[c + 1].rooms):
        r = p.rooms[i]
        if room_can(p, x, r, w):
            found = r
            if p.room[r].seats >= p.course[c].most:
                break
    return found


@njit(nogil=True, cache=True)
def suits_lock(p: Problem, g: int, w: int) -> bool:
    """Tell whether a way has the slots that a lock asks of the group."""
    return inside(p.group[g].within, p.way[w].at)


@njit(nogil=True, cache=True)
def lift(p: Problem, x: State, g: int, out: Ints, n: int) -> int:
    """Take a group out of the week; add its members to ``out`` and give how many there are."""
    while x.group[g].count:
        u = x.members[g, x.group[g].count - 1]
        drop(p, x, u)
        x.wish[u].was = g
        out[n] = u
        n += 1
    hold(p, x, g, -1, -1, -1)
    return n


@njit(nogil=True, cache=True)
def settle(p: Problem, x: State, g: int, w: int, usual_leader: int, usual_room: int) -> bool:
    """Hold a group that was lifted in a way; give whether staff and a room were there."""
    t = pick_leader(p, x, g, w, usual_leader)
    if t < 0:
        return False
    r = pick_room(p, x, g, w, usual_room)
    if r < 0:
        return False
    hold(p, x, g, w, t, r)
    return True


@njit(nogil=True, cache=True)
def settle_anywhere(p: Problem, x: State, g: int, usual_leader: int, usual_room: int) -> bool:
    """Hold a lifted group in some way or other; give whether one was found."""
    c = p.group[g].course
    low, n = p.course[c].ways, p.course[c + 1].ways - p.course[c].ways
    turn = np.random.randint(n) if n else 0
    for i in range(min(n, 40)):
        w = low + (turn + i * 7) % n
        if suits_lock(p, g, w) and settle(p, x, g, w, usual_leader, usual_room):
            return True
    return False


@njit(nogil=True, cache=True)
def _blocker(p: Problem, x: State, g: int, w: int, person: int, room: int) -> int:
    """Give the one group that keeps a person or a room from a way; -1: none, -2: several."""
    found = -1
    for h in range(len(p.group)):
        v = x.group[h].way
        if v < 0 or h == g or not meet(p.way[v].closed, p.way[w].at):
            continue
        if x.group[h].leader == person or x.group[h].room == room:
            if found >= 0:
                return -2
            found = h
    return found


@njit(nogil=True, cache=True)
def make_way(p: Problem, x: State, g: int, w: int, out: Ints, n: int) -> tuple[int, int]:
    """Lift one group that keeps a lifted group from its leaders, or its rooms, in a way.

    Gives the group, or -1, and how many members are in ``out``.
    """
    c, h = p.group[g].course, -1
    if pick_leader(p, x, g, w, -1) < 0:
        first, last = p.course[c].leaders, p.course[c + 1].leaders
        t = p.group[g].leader
        if t < 0 and last > first:
            t = p.leaders[first + np.random.randint(last - first)]
        if t >= 0 and inside(p.way[w].at, p.staff[t].free):
            h = _blocker(p, x, g, w, t, -1)
    elif pick_room(p, x, g, w, -1) < 0:
        first, last = p.course[c].rooms, p.course[c + 1].rooms
        r = p.group[g].room
        if r < 0 and last > first:
            r = p.rooms[first + np.random.randint(last - first)]
        if r >= 0 and inside(p.way[w].at, p.room[r].free):
            h = _blocker(p, x, g, w, -1, r)
    if h >= 0:
        n = lift(p, x, h, out, n)
    return h, n


@njit(nogil=True, cache=True)
def like_way(p: Problem, c: int, w: int) -> int:
    """Give the way of a course at the same slots as way w; -1: there is none."""
    if w < 0:
        return -1
    low, high = p.course[c].ways, p.course[c + 1].ways
    if low <= w < high:
        return w
    turn = np.random.randint(high - low) if high > low else 0
    guess = low + min(high - low - 1, w - p.course[_course_of(p, w)].ways)
    if high > low and _alike(p, guess, w):  # courses of one shape have equal lists
        return guess
    for i in range(high - low):
        v = low + (turn + i) % (high - low)
        if _alike(p, v, w):
            return v
    return -1


@njit(nogil=True, cache=True)
def _alike(p: Problem, v: int, w: int) -> bool:
    """Tell whether two ways have the same slots."""
    return inside(p.way[v].at, p.way[w].at) and inside(p.way[w].at, p.way[v].at)


@njit(nogil=True, cache=True)
def _course_of(p: Problem, w: int) -> int:
    low, high = 0, len(p.course) - 1
    while high - low > 1:
        middle = (low + high) // 2
        if p.course[middle].ways <= w:
            low = middle
        else:
            high = middle
    return low
