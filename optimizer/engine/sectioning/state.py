"""A timetable with its seats, changed one step at a time, and each step can be taken back.

Invariants between two moves: a group with a way has a leader and a room, booked at its slots; a
group without one has no members; ``seat``, ``members``, ``position`` and ``count`` say the same;
``unmet`` lists the wishes without a seat; ``value`` is the sum of the weights of the seats and the
bonuses, and of what is added for groups that a lock asks for. The log holds what was done since the
last ``commit``, for ``rollback``.
"""

# mypy: disable-error-code="no-any-return, untyped-decorator"

from typing import NamedTuple

import numpy as np
from numba import njit

from optimizer.engine.sectioning.problem import Problem
from optimizer.engine.sectioning.records import Ints, Records
from optimizer.engine.sectioning.sets import inside, occupy, set_free
from optimizer.engine.sectioning.wishes import LOCKED

LOG, UNMET, STAMP, VALUE, LOOKS = 0, 1, 2, 3, 4
"""Places in ``numbers``; the last counts groups that searches for seats looked at."""
PUT, DROP, MOVE = 0, 1, 2
"""Kinds of steps in the log."""
LOG_LENGTH = 100_000


GROUP = np.dtype(
    [(name, np.int64) for name in ("way", "leader", "room", "count", "stamp", "sought_for")]
)
"""A group: how it is held, -1 where it is not; its members; the search for a seat that last looked
at it, and for which student."""
WISH = np.dtype([(name, np.int64) for name in ("seat", "position", "was", "unmet", "unmet_at")])
"""A wish: its group or -1, its place among the members, the group that it was lifted out of, its
place among those without a seat. The first ``numbers[UNMET]`` in ``unmet`` are these."""
STUDENT = np.dtype([("seats", np.int64)])
"""A student: how many seats he has. Behind it stands ``busy``: the slots at which he has no time
left."""
STAFF = np.dtype([("week", np.int64)])


class State(NamedTuple):
    """What changes."""

    group: Records
    wish: Records
    student: Records
    staff: Records
    members: Ints
    """(J, most students): wishes."""
    staff_busy: Ints
    staff_day: Ints
    room_busy: Ints
    """(T, K), (T, 8), (R, K)."""
    log: Ints
    numbers: Ints


def new_state(p: Problem) -> State:
    """Give the state in which nothing is held."""
    slots = len(p.slot_day)
    state = State(
        group=np.zeros(len(p.group), GROUP),
        wish=np.zeros(len(p.wish), WISH),
        student=np.zeros(
            len(p.student), [*STUDENT.descr, ("busy", np.int64, p.way["at"].shape[1:])]
        ),
        staff=np.zeros(len(p.staff), STAFF),
        members=np.zeros((len(p.group), int(p.course["most"].max(initial=1))), np.int64),
        staff_busy=np.zeros((len(p.staff), slots), np.int64),
        staff_day=np.zeros((len(p.staff), 8), np.int64),
        room_busy=np.zeros((len(p.room), slots), np.int64),
        log=np.zeros((LOG_LENGTH, 5), np.int64),
        numbers=np.zeros(5, np.int64),
    )
    for name in ("way", "leader", "room"):
        state.group[name] = -1
    state.wish["seat"] = -1
    state.wish["unmet"] = state.wish["unmet_at"] = np.arange(len(p.wish))
    state.numbers[UNMET] = len(p.wish)
    return state


def copy_state(x: State) -> State:
    """Give a copy that changes on its own."""
    return State(*(part.copy() for part in x))  # type: ignore[arg-type]


@njit(nogil=True, cache=True)
def _note(x: State, kind: int, a: int, b: int, c: int, d: int) -> None:
    n = x.numbers[LOG]
    x.log[n, 0] = kind
    x.log[n, 1] = a
    x.log[n, 2] = b
    x.log[n, 3] = c
    x.log[n, 4] = d
    x.numbers[LOG] = n + 1


@njit(nogil=True, cache=True)
def _bonus(p: Problem, s: int, seats: int) -> int:
    """Give what the last of so many seats adds to the weight of its wish."""
    if seats == 1:
        return p.student[s].first
    if seats == 2:
        return p.student[s].second
    return 0


@njit(nogil=True, cache=True)
def capacity(p: Problem, x: State, g: int) -> int:
    """Give how many a group seats."""
    return min(p.course[p.group[g].course].most, p.room[x.group[g].room].seats)


@njit(nogil=True, cache=True)
def admits(p: Problem, x: State, u: int, g: int) -> bool:
    """Tell whether a group is one that a wish can be met in, if the student has time."""
    w = x.group[g].way
    if w < 0 or not inside(p.way[w].at, p.wish[u].slots):
        return False
    if not (p.way[w].grades >> p.wish[u].grade) & 1 or not inside(p.wish[u].within, p.way[w].at):
        return False
    return p.wish[u].teacher < 0 or p.wish[u].teacher == x.group[g].leader


@njit(nogil=True, cache=True)
def _seat(p: Problem, x: State, u: int, g: int) -> None:
    s, n = p.wish[u].student, x.group[g].count
    x.wish[u].seat, x.wish[u].position, x.members[g, n] = g, n, u
    x.group[g].count = n + 1
    occupy(x.student[s], p.way[x.group[g].way].closed)
    x.student[s].seats += 1
    x.numbers[VALUE] += p.wish[u].weight + _bonus(p, s, x.student[s].seats)
    last, at = x.wish[x.numbers[UNMET] - 1].unmet, x.wish[u].unmet_at
    x.wish[at].unmet, x.wish[last].unmet_at = last, at
    x.numbers[UNMET] -= 1


@njit(nogil=True, cache=True)
def _unseat(p: Problem, x: State, u: int) -> None:
    s, g = p.wish[u].student, x.wish[u].seat
    x.group[g].count -= 1
    last = x.members[g, x.group[g].count]
    x.members[g, x.wish[u].position], x.wish[last].position = last, x.wish[u].position
    x.wish[u].seat = -1
    x.numbers[VALUE] -= p.wish[u].weight + _bonus(p, s, x.student[s].seats)
    x.student[s].seats -= 1
    set_free(x.student[s])
    for v in range(p.student[s].wishes, p.student[s + 1].wishes):
        if x.wish[v].seat >= 0:
            occupy(x.student[s], p.way[x.group[x.wish[v].seat].way].closed)
    n = x.numbers[UNMET]
    x.wish[n].unmet, x.wish[u].unmet_at = u, n
    x.numbers[UNMET] = n + 1


@njit(nogil=True, cache=True)
def put(p: Problem, x: State, u: int, g: int) -> None:
    """Seat a wish in a group that admits it and has a seat left, at a time he has."""
    _note(x, PUT, u, g, 0, 0)
    _seat(p, x, u, g)


@njit(nogil=True, cache=True)
def drop(p: Problem, x: State, u: int) -> None:
    """Take a wish's seat away."""
    _note(x, DROP, u, x.wish[u].seat, 0, 0)
    _unseat(p, x, u)


@njit(nogil=True, cache=True)
def _book(p: Problem, x: State, g: int, sign: int) -> None:
    """Book the group's leader and room at its slots, or give them back."""
    w, t, r = x.group[g].way, x.group[g].leader, x.group[g].room
    for i in range(p.slots_closed.shape[1]):
        k = p.slots_closed[w, i]
        if k < 0:
            break
        x.staff_busy[t, k] += sign
        x.room_busy[r, k] += sign
    for i in range(p.slots.shape[1]):
        k = p.slots[w, i]
        if k < 0:
            break
        x.staff_day[t, p.slot_day[k]] += sign
        x.staff[t].week += sign


@njit(nogil=True, cache=True)
def _hold(p: Problem, x: State, g: int, w: int, t: int, r: int) -> None:
    if x.group[g].way >= 0:
        _book(p, x, g, -1)
        x.numbers[VALUE] -= LOCKED * p.group[g].pinned
    x.group[g].way, x.group[g].leader, x.group[g].room = w, t, r
    if w >= 0:
        _book(p, x, g, 1)
        x.numbers[VALUE] += LOCKED * p.group[g].pinned


@njit(nogil=True, cache=True)
def hold(p: Problem, x: State, g: int, w: int, t: int, r: int) -> None:
    """Hold a group without members in a way, by a leader, in a room; -1 each: not at all."""
    _note(x, MOVE, g, x.group[g].way, x.group[g].leader, x.group[g].room)
    _hold(p, x, g, w, t, r)


@njit(nogil=True, cache=True)
def rollback(p: Problem, x: State, to: int) -> None:
    """Take back all steps but the first so many of the log."""
    while x.numbers[LOG] > to:
        n = x.numbers[LOG] - 1
        x.numbers[LOG] = n
        kind, a = x.log[n, 0], x.log[n, 1]
        if kind == PUT:
            _unseat(p, x, a)
        elif kind == DROP:
            _seat(p, x, a, x.log[n, 2])
        else:
            _hold(p, x, a, x.log[n, 2], x.log[n, 3], x.log[n, 4])


@njit(nogil=True, cache=True)
def commit(x: State) -> None:
    """Forget the log: what was done stays."""
    x.numbers[LOG] = 0


@njit(nogil=True, cache=True)
def staff_can(p: Problem, x: State, t: int, w: int) -> bool:
    """Tell whether a person has time for a way."""
    if not inside(p.way[w].at, p.staff[t].free):
        return False
    periods, day, here = 0, -1, 0
    for i in range(p.slots.shape[1]):
        k = p.slots[w, i]
        if k < 0:
            break
        if x.staff_busy[t, k]:
            return False
        periods += 1
        if p.slot_day[k] != day:
            day, here = p.slot_day[k], 0
        here += 1
        if x.staff_day[t, day] + here > p.staff[t].day:
            return False
    return x.staff[t].week + periods <= p.staff[t].week


@njit(nogil=True, cache=True)
def room_can(p: Problem, x: State, r: int, w: int) -> bool:
    """Tell whether a room is free for a way."""
    if not inside(p.way[w].at, p.room[r].free):
        return False
    for i in range(p.slots.shape[1]):
        k = p.slots[w, i]
        if k >= 0 and x.room_busy[r, k]:
            return False
    return True
