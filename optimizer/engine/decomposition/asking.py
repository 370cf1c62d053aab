"""What students choose at given prices, and what a seat adds for each: compiled loops over arrays.

Each student takes his best set of sections that do not clash (``best_sets``). A section asks all
who might want it what a seat in it, free of charge, adds to their best sets; the price that bounds
a timetable's worth best (``annealing``) lies between the last of these that gets a seat and the
next.
"""

# ruff: noqa: PLR0913, PLR0917 -- loops that are compiled as they stand
# mypy: disable-error-code="no-any-return, untyped-decorator"

from typing import NamedTuple

import numpy as np
from numba import njit

from optimizer.engine.decomposition.arrays import NEVER, Arrays, Floats, Ints, State, loop
from optimizer.engine.decomposition.best_sets import best_set, meet
from optimizer.engine.decomposition.options import Options, make_options

NOBODY = np.int64(-1)
"""No section, no way."""


class Takers(NamedTuple):
    """Room for the answers of all takers of a course, A, who have at most M clubs."""

    without: Floats
    """(A,): worth of the best set without the section asked about."""
    extra: Floats
    """(A,): what a seat in it for nothing adds."""
    sets_without: Ints
    sets_with: Ints
    """(A, M): sections of the best sets without it and with it, -1 for none."""
    top: Floats
    """(A,): the highest answers so far."""
    options: Options


@njit(nogil=True, cache=True)
def make_takers(t: Arrays, x: State) -> Takers:
    """Make room for all takers of any course."""
    most, widest, options = 0, x.chosen.shape[1], 1
    for c in range(len(t.size)):
        most = max(most, t.course_wishes[c + 1] - t.course_wishes[c])
    for s in range(len(t.most)):
        count = 0
        for i in range(t.student_wishes[s], t.student_wishes[s + 1]):
            c = t.wish_course[i]
            count += t.course_sections[c + 1] - t.course_sections[c]
        options = max(options, count)
    return Takers(
        np.empty(most),
        np.empty(most),
        np.empty((most, widest), np.int64),
        np.empty((most, widest), np.int64),
        np.empty(most),
        make_options(options, t.way_mask.shape[1]),
    )


@loop
def _led_by(t: Arrays, x: State, q: int, who: int) -> bool:
    for z in range(x.crew.shape[1]):
        lead = x.crew[q, z]
        if lead >= 0 and t.lead_person[lead] == who:
            return True
    return False


@loop
def _options(t: Arrays, x: State, s: int, j: int, beside: int, o: Options) -> int:
    """List the sections, j left out, that a student could gain by; give their number.

    Where j's way is given as ``beside``, only what goes with a seat in j, after it.
    """
    reserve, n = t.second[s], 0
    if beside < 0:
        reserve = max(reserve, t.first[s])
    for i in range(t.student_wishes[s], t.student_wishes[s + 1]):
        c = t.wish_course[i]
        if beside >= 0 and c == t.section_course[j]:
            continue
        for q in range(t.course_sections[c], t.course_sections[c + 1]):
            w = x.way[q]
            if w < 0 or q == j:
                continue
            value = x.gain[i, t.way_local[w]] - x.price[q]
            if value + reserve + t.wish_first[i] <= 0.0:
                continue
            if t.wish_teacher[i] >= 0 and not _led_by(t, x, q, t.wish_teacher[i]):
                continue
            if beside >= 0 and meet(t.way_closed, beside, t.way_mask, w):
                continue
            o.worth[n] = value
            o.more[n] = t.wish_first[i]
            for v in range(t.way_mask.shape[1]):
                o.mask[n, v] = t.way_mask[w, v]
                o.closed[n, v] = t.way_closed[w, v]
            o.section[n] = q
            o.course[n] = c
            n += 1
    return n


@loop
def best_without(t: Arrays, x: State, s: int, j: int, o: Options, sets: Ints, at: int) -> float:
    """Find a student's best set without section j: its worth and sections."""
    n = _options(t, x, s, j, NOBODY, o)
    worth = best_set(o, n, t.most[s], t.first[s], t.second[s], 0.0)
    for z in range(sets.shape[1]):
        sets[at, z] = -1
    for z in range(o.size[0]):
        sets[at, z] = o.section[o.best[z]]
    return worth


@loop
def best_with(
    t: Arrays, x: State, s: int, j: int, i: int, o: Options, sets: Ints, at: int
) -> float:
    """Find a student's best set with a seat in j for nothing, by his wish i."""
    n = _options(t, x, s, j, x.way[j], o)
    rest = best_set(o, n, t.most[s] - 1, t.second[s], 0.0, t.wish_first[i])
    for z in range(sets.shape[1]):
        sets[at, z] = -1
    sets[at, 0] = j
    for z in range(o.size[0]):
        sets[at, z + 1] = o.section[o.best[z]]
    return x.gain[i, t.way_local[x.way[j]]] + t.first[s] + rest


@njit(nogil=True, cache=True)
def choose(t: Arrays, x: State) -> Ints:
    """Let everyone take his best set; give the number who took each section."""
    options = make_takers(t, x).options
    wanted = np.zeros(len(x.way), np.int64)
    for s in range(len(t.most)):
        x.worth[s] = best_without(t, x, s, NOBODY, options, x.chosen, s)
        for z in range(x.chosen.shape[1]):
            if x.chosen[s, z] >= 0:
                wanted[x.chosen[s, z]] += 1
    return wanted


@loop
def middle(values: Floats, count: int, size: int, top: Floats) -> float:
    """Give the middle between the size-th and the next of the highest values, of which more are."""
    n = 0
    for q in range(count):  # ``top`` holds the highest so far, falling
        value = values[q]
        if n > size and value <= top[size]:
            continue
        place = n if n <= size else size
        while place > 0 and top[place - 1] < value:
            top[place] = top[place - 1]
            place -= 1
        top[place] = value
        n = min(n + 1, size + 1)
    return 0.5 * (top[size - 1] + top[size])


@loop
def _takes(x: State, s: int, j: int) -> bool:
    for z in range(x.chosen.shape[1]):
        if x.chosen[s, z] == j:
            return True
        if x.chosen[s, z] < 0:
            return False
    return False


@loop
def ask(t: Arrays, x: State, j: int, takers: Takers) -> tuple[float, int]:
    """Ask all who might want section j, as it now stands, what a seat adds for them.

    For taker n of its course: ``without[n]``, ``extra[n]`` and the sets of sections.
    Gives the best price, and how many would take a seat for nothing.
    """
    c, w = t.section_course[j], x.way[j]
    begin, end = t.course_wishes[c], t.course_wishes[c + 1]
    size, keen, options = int(t.size[c]), 0, takers.options
    for q in range(begin, end):
        n, s, i = q - begin, t.wishes_of_course[q], t.wish_at[q]
        if _takes(x, s, j):
            takers.without[n] = best_without(t, x, s, j, options, takers.sets_without, n)
        else:
            takers.without[n] = x.worth[s]
            for z in range(x.chosen.shape[1]):
                takers.sets_without[n, z] = x.chosen[s, z]
        takers.extra[n] = NEVER
        if w < 0 or t.most[s] < 1 or x.gain[i, t.way_local[w]] <= NEVER / 2:
            continue
        if t.wish_teacher[i] >= 0 and not _led_by(t, x, j, t.wish_teacher[i]):
            continue
        worth = best_with(t, x, s, j, i, options, takers.sets_with, n)
        takers.extra[n] = worth - takers.without[n]
        keen += takers.extra[n] > 0.0
    if keen <= size:
        return 0.0, keen
    return middle(takers.extra, end - begin, size, takers.top), keen


@loop
def change(t: Arrays, x: State, c: int, price: float, takers: Takers) -> float:
    """Give how the takers' best sets change with the section asked about at the price."""
    begin, end = t.course_wishes[c], t.course_wishes[c + 1]
    gain = 0.0
    for q in range(begin, end):
        n = q - begin
        taken = max(0.0, takers.extra[n] - price)
        gain += takers.without[n] + taken - x.worth[t.wishes_of_course[q]]
    return gain


@loop
def settle(t: Arrays, x: State, j: int, price: float, takers: Takers) -> None:
    """Set a section's price and let its takers take what is best at it."""
    x.price[j] = price
    c = t.section_course[j]
    begin, end = t.course_wishes[c], t.course_wishes[c + 1]
    for q in range(begin, end):
        n, s = q - begin, t.wishes_of_course[q]
        if takers.extra[n] > price:
            x.worth[s] = takers.without[n] + takers.extra[n] - price
            for z in range(x.chosen.shape[1]):
                x.chosen[s, z] = takers.sets_with[n, z]
        else:
            x.worth[s] = takers.without[n]
            for z in range(x.chosen.shape[1]):
                x.chosen[s, z] = takers.sets_without[n, z]
