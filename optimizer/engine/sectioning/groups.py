"""Moves of groups in the week: to another time, or two that trade times, with who is in them.

Whoever cannot come along looks for a seat by a chain; then those who wait for the course do.
"""

# ruff: noqa: NPY002
# mypy: disable-error-code="no-untyped-def"

import numpy as np
from numba import njit

from optimizer.engine.sectioning.seats import may_leave, seat_chain
from optimizer.engine.sectioning.state import (
    LOG,
    UNMET,
    admits,
    capacity,
    drop,
    hold,
    put,
    room_can,
    staff_can,
)


@njit(nogil=True, cache=True)
def pick_leader(p, x, g, w, usual):
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
def pick_room(p, x, g, w, usual):
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
def suits_lock(p, g, w):
    """Tell whether a way has the slots that a lock asks of the group."""
    return p.group[g].within & ~p.way[w].mask == 0


@njit(nogil=True, cache=True)
def lift(p, x, g, out, n):
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
def settle(p, x, g, w, usual_leader, usual_room):
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
def _blocker(p, x, g, w, person, room):
    """Give the one group that keeps a person or a room from a way; -1: none, -2: several."""
    found = -1
    for h in range(len(p.group)):
        v = x.group[h].way
        if v < 0 or h == g or not p.way[v].closed & p.way[w].mask:
            continue
        if x.group[h].leader == person or x.group[h].room == room:
            if found >= 0:
                return -2
            found = h
    return found


@njit(nogil=True, cache=True)
def _make_way(p, x, g, w, out, n):
    """Lift one group that keeps a lifted group from its leaders, or its rooms, in a way.

    Gives the group, or -1, and how many members are in ``out``.
    """
    c, h = p.group[g].course, -1
    if pick_leader(p, x, g, w, -1) < 0:
        first, last = p.course[c].leaders, p.course[c + 1].leaders
        t = p.group[g].leader
        if t < 0 and last > first:
            t = p.leaders[first + np.random.randint(last - first)]
        if t >= 0 and not p.way[w].mask & ~p.staff[t].free:
            h = _blocker(p, x, g, w, t, -1)
    elif pick_room(p, x, g, w, -1) < 0:
        first, last = p.course[c].rooms, p.course[c + 1].rooms
        r = p.group[g].room
        if r < 0 and last > first:
            r = p.rooms[first + np.random.randint(last - first)]
        if r >= 0 and not p.way[w].mask & ~p.room[r].free:
            h = _blocker(p, x, g, w, -1, r)
    if h >= 0:
        n = lift(p, x, h, out, n)
    return h, n


@njit(nogil=True, cache=True)
def _come_along(p, x, out, n):
    """Seat who was lifted in his group again where he has time; give how many are left."""
    left = 0
    for i in range(n):
        u = out[i]
        g = x.wish[u].was
        if (
            x.group[g].way >= 0
            and x.group[g].count < capacity(p, x, g)
            and admits(p, x, u, g)
            and not x.student[p.wish[u].student].busy & p.way[x.group[g].way].mask
        ):
            put(p, x, u, g)
        else:
            out[left] = u
            left += 1
    return left


@njit(nogil=True, cache=True)
def reseat(p, x, out, n, allowance, patience):
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
def waiting_for(p, x, c, out, n):
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
def fill_up(p, x, g):
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
        free = not x.student[p.wish[u].student].busy & p.way[x.group[g].way].mask
        put(p, x, u, g if free else h)


@njit(nogil=True, cache=True)
def _large_enough(p, x, g):
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
def _refill(p, x, c, allowance, out, n, patience):
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
def move_group(p, x, g, w, allowance, out, patience):
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
        h, n = _make_way(p, x, g, w, out, n)
        if h < 0:
            return False
        usual_leader, usual_room = x.log[x.numbers[LOG] - 1, 3], x.log[x.numbers[LOG] - 1, 4]
        if not settle(p, x, g, w, t, r):
            return False
        if not _anywhere(p, x, h, usual_leader, usual_room) and p.group[h].pinned:
            return False
    n = _come_along(p, x, out, n)
    if not _refill(p, x, c, allowance, out, n, patience):
        return False
    return _large_enough(p, x, g) and (h < 0 or _large_enough(p, x, h))


@njit(nogil=True, cache=True)
def swap_groups(p, x, g, h, allowance, out, patience):
    """Have two groups trade their times, as ``move_group``; a group that has none gives nothing."""
    c, d = p.group[g].course, p.group[h].course
    s, t, q, r = x.group[g].leader, x.group[h].leader, x.group[g].room, x.group[h].room
    theirs, ours = _like(p, d, x.group[g].way), _like(p, c, x.group[h].way)
    if ours < 0 or not suits_lock(p, g, ours):
        return False
    n = lift(p, x, h, out, lift(p, x, g, out, 0))
    if not settle(p, x, g, ours, s, r if c == d else q):
        return False
    traded = theirs >= 0 and suits_lock(p, h, theirs)
    traded = traded and settle(p, x, h, theirs, t, q if c == d else r)
    if not traded and not _anywhere(p, x, h, t, r) and p.group[h].pinned:
        return False
    n = _come_along(p, x, out, n)
    if not _refill(p, x, c, allowance, out, n, patience):
        return False
    n = waiting_for(p, x, d, out, 0)
    for i in range(n):
        seat_chain(p, x, out[i], patience)
    return _large_enough(p, x, g) and _large_enough(p, x, h)


@njit(nogil=True, cache=True)
def _like(p, c, w):
    """Give the way of a course at the same slots as way w; -1: there is none."""
    if w < 0:
        return -1
    low, high = p.course[c].ways, p.course[c + 1].ways
    if low <= w < high:
        return w
    turn = np.random.randint(high - low) if high > low else 0
    guess = low + min(high - low - 1, w - p.course[_course_of(p, w)].ways)
    if high > low and p.way[guess].mask == p.way[w].mask:  # courses of one shape have equal lists
        return guess
    for i in range(high - low):
        v = low + (turn + i) % (high - low)
        if p.way[v].mask == p.way[w].mask:
            return v
    return -1


@njit(nogil=True, cache=True)
def _course_of(p, w):
    low, high = 0, len(p.course) - 1
    while high - low > 1:
        middle = (low + high) // 2
        if p.course[middle].ways <= w:
            low = middle
        else:
            high = middle
    return low


@njit(nogil=True, cache=True)
def _anywhere(p, x, g, usual_leader, usual_room):
    """Hold a lifted group in some way or other; give whether one was found."""
    c = p.group[g].course
    low, n = p.course[c].ways, p.course[c + 1].ways - p.course[c].ways
    turn = np.random.randint(n) if n else 0
    for i in range(min(n, 40)):
        w = low + (turn + i * 7) % n
        if suits_lock(p, g, w) and settle(p, x, g, w, usual_leader, usual_room):
            return True
    return False
