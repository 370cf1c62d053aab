"""What students choose at given prices: compiled loops over arrays.

Each student takes his best set of sections that do not clash. A section asks all who might want it
what a seat in it, free of charge, adds to their best sets; the price that bounds a timetable's
worth best (``anneal``) lies between the last of these that gets a seat and the next.
"""

# ruff: noqa: C901, PLR0913, PLR0917, SIM110 -- loops that are compiled as they stand
# mypy: disable-error-code="no-untyped-def"

import numpy as np
from numba import njit

from optimizer.engine.decomposition.arrays import MOST_STAFF, NEVER

MOST_OPTIONS = 64
NOBODY = np.int64(-1)
"""No section."""


@njit(nogil=True, cache=True)
def _work():
    """Room for a student's options: worth, slots, slots closed by them, section, course, first."""
    return (
        np.empty(MOST_OPTIONS),
        np.empty(MOST_OPTIONS),
        np.empty(MOST_OPTIONS, np.int64),
        np.empty(MOST_OPTIONS, np.int64),
        np.empty(MOST_OPTIONS, np.int64),
        np.empty(MOST_OPTIONS, np.int64),
    )


@njit(nogil=True, cache=True)
def _led_by(t, w, who):
    for z in range(MOST_STAFF):
        if t.way_crew[w, z] == who:
            return True
    return False


@njit(nogil=True, cache=True)
def _options(t, x, s, j, options):
    """List the sections, j left out, that a student could gain by; give their number."""
    worth, more, mask, closed, section, course = options
    first, n = t.first[s], 0
    for i in range(t.student_wishes[s], t.student_wishes[s + 1]):
        c = t.wish_course[i]
        for q in range(t.course_sections[c], t.course_sections[c + 1]):
            w = x.way[q]
            if w < 0 or q == j:
                continue
            value = x.gain[i, t.way_local[w]] - x.price[q]
            if value + first + t.wish_first[i] <= 0.0 or n >= MOST_OPTIONS:
                continue
            if t.wish_teacher[i] >= 0 and not _led_by(t, w, t.wish_teacher[i]):
                continue
            worth[n] = value
            more[n] = t.wish_first[i]
            mask[n] = t.way_mask[w]
            closed[n] = t.way_closed[w]
            section[n] = q
            course[n] = c
            n += 1
    return n


@njit(nogil=True, cache=True)
def _best(t, x, s, j, options, chosen, at):
    """Find a student's best set without section j: its worth and sections."""
    n = _options(t, x, s, j, options)
    worth, more, mask, closed, section, course = options
    first, second, most = t.first[s], t.second[s], t.most[s]
    best = 0.0
    chosen[at, 0] = chosen[at, 1] = chosen[at, 2] = -1
    if most < 1:
        return best
    for a in range(n):
        one = worth[a] + first
        if one + more[a] > best:
            best = one + more[a]
            chosen[at, 0], chosen[at, 1], chosen[at, 2] = section[a], -1, -1
        if most < 2:
            continue
        for b in range(a + 1, n):
            if course[b] == course[a] or closed[a] & mask[b]:
                continue
            two = one + worth[b] + second
            top = max(more[a], more[b])
            if two + top > best:
                best = two + top
                chosen[at, 0], chosen[at, 1], chosen[at, 2] = section[a], section[b], -1
            if most < 3:
                continue
            for d in range(b + 1, n):
                if course[d] == course[a] or course[d] == course[b]:
                    continue
                if (closed[a] | closed[b]) & mask[d]:
                    continue
                if two + worth[d] + max(top, more[d]) > best:
                    best = two + worth[d] + max(top, more[d])
                    chosen[at, 0], chosen[at, 1] = section[a], section[b]
                    chosen[at, 2] = section[d]
    return best


@njit(nogil=True, cache=True)
def _best_with(t, x, s, j, i, options, chosen, at):
    """Find a student's best set with a seat in j for nothing, by his wish i."""
    w, c = x.way[j], t.section_course[j]
    gain, mask_j = x.gain[i, t.way_local[w]], t.way_mask[w]
    n = _options(t, x, s, j, options)
    worth, more, mask, closed, section, course = options
    second, most, own = t.second[s], t.most[s], t.wish_first[i]
    rest = own
    chosen[at, 0], chosen[at, 1], chosen[at, 2] = j, -1, -1
    if most >= 2:
        for a in range(n):
            if course[a] == c or closed[a] & mask_j:
                continue
            top = max(own, more[a])
            if worth[a] + second + top > rest:
                rest = worth[a] + second + top
                chosen[at, 1], chosen[at, 2] = section[a], -1
            if most < 3:
                continue
            for b in range(a + 1, n):
                if course[b] == course[a] or course[b] == c:
                    continue
                if closed[b] & mask_j or closed[a] & mask[b]:
                    continue
                three = worth[a] + worth[b] + second + max(top, more[b])
                if three > rest:
                    rest = three
                    chosen[at, 1], chosen[at, 2] = section[a], section[b]
    return gain + t.first[s] + rest


@njit(nogil=True, cache=True)
def choose(t, x):
    """Let everyone take his best set; give the number who took each section."""
    options = _work()
    wanted = np.zeros(len(x.way), np.int64)
    for s in range(len(t.most)):
        x.worth[s] = _best(t, x, s, NOBODY, options, x.chosen, s)
        for q in range(3):
            if x.chosen[s, q] >= 0:
                wanted[x.chosen[s, q]] += 1
    return wanted


@njit(nogil=True, cache=True)
def _between(values, count, size, top):
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


@njit(nogil=True, cache=True)
def ask(t, x, j, takers):
    """Ask all who might want section j, as it now stands, what a seat adds for them.

    For taker n of its course: ``without[n]``, ``extra[n]`` and the sets of sections.
    Gives the best price, and how many would take a seat for nothing.
    """
    without, extra, sets_without, sets_with, top, options = takers
    c, w = t.section_course[j], x.way[j]
    begin, end = t.course_wishes[c], t.course_wishes[c + 1]
    size, keen = int(t.size[c]), 0
    for q in range(begin, end):
        n, s, i = q - begin, t.wishes_of_course[q], t.wish_at[q]
        if x.chosen[s, 0] == j or x.chosen[s, 1] == j or x.chosen[s, 2] == j:
            without[n] = _best(t, x, s, j, options, sets_without, n)
        else:
            without[n] = x.worth[s]
            for z in range(3):
                sets_without[n, z] = x.chosen[s, z]
        extra[n] = NEVER
        if w < 0 or t.most[s] < 1 or x.gain[i, t.way_local[w]] <= NEVER / 2:
            continue
        if t.wish_teacher[i] >= 0 and not _led_by(t, w, t.wish_teacher[i]):
            continue
        extra[n] = _best_with(t, x, s, j, i, options, sets_with, n) - without[n]
        keen += extra[n] > 0.0
    if keen <= size:
        return 0.0, keen
    return _between(extra, end - begin, size, top), keen


@njit(nogil=True, cache=True)
def change(t, x, c, price, takers):
    """Give how the takers' best sets change with the section asked about at the price."""
    without, extra = takers[0], takers[1]
    begin, end = t.course_wishes[c], t.course_wishes[c + 1]
    gain = 0.0
    for q in range(begin, end):
        n = q - begin
        gain += without[n] + max(0.0, extra[n] - price) - x.worth[t.wishes_of_course[q]]
    return gain


@njit(nogil=True, cache=True)
def settle(t, x, j, price, takers):
    """Set a section's price and let its takers take what is best at it."""
    without, extra, sets_without, sets_with, _, _ = takers
    x.price[j] = price
    c = t.section_course[j]
    begin, end = t.course_wishes[c], t.course_wishes[c + 1]
    for q in range(begin, end):
        n, s = q - begin, t.wishes_of_course[q]
        if extra[n] > price:
            x.worth[s] = without[n] + extra[n] - price
            for z in range(3):
                x.chosen[s, z] = sets_with[n, z]
        else:
            x.worth[s] = without[n]
            for z in range(3):
                x.chosen[s, z] = sets_without[n, z]


@njit(nogil=True, cache=True)
def takers_of(t):
    """Make room for all takers of a course: answers, sets, the highest answers, options."""
    most = 0
    for c in range(len(t.size)):
        most = max(most, t.course_wishes[c + 1] - t.course_wishes[c])
    return (
        np.empty(most),
        np.empty(most),
        np.empty((most, 3), np.int64),
        np.empty((most, 3), np.int64),
        np.empty(most),
        _work(),
    )
