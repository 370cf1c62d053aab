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

# ruff: noqa: C901, PLR0912, PLR0915, NPY002, SIM110 -- loops that are compiled as they stand
# mypy: disable-error-code="no-untyped-def"

from math import exp

import numpy as np
from numba import njit

from optimizer.engine.large.tables import MOST_STAFF, NEVER

MOST_OPTIONS = 64
CLOSE, RETIME, REPRICE = 0.1, 0.6, 0.4
"""Chances: that an open section closes, that it moves to any other way of its course (else it keeps
its time and changes staff), and that another section is priced anew after a move."""


@njit(nogil=True, cache=True)
def _work():
    """Room for a student's options: worth, slots, slots closed by them, section, course."""
    return (
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
    worth, mask, closed, section, course = options
    first, n = t.first[s], 0
    for i in range(t.student_wishes[s], t.student_wishes[s + 1]):
        c = t.wish_course[i]
        for q in range(t.course_sections[c], t.course_sections[c + 1]):
            w = x.way[q]
            if w < 0 or q == j:
                continue
            value = x.gain[i, t.way_local[w]] - x.price[q]
            if value + first <= 0.0 or n >= MOST_OPTIONS:
                continue
            if t.wish_teacher[i] >= 0 and not _led_by(t, w, t.wish_teacher[i]):
                continue
            worth[n] = value
            mask[n] = t.way_mask[w]
            closed[n] = t.way_closed[w]
            section[n] = q
            course[n] = c
            n += 1
    return n


@njit(nogil=True, cache=True)
def _best(t, x, s, j, options, chosen):
    """Find a student's best set without section j: its worth, and its sections in ``chosen``."""
    n = _options(t, x, s, j, options)
    worth, mask, closed, section, course = options
    first, second, most = t.first[s], t.second[s], t.most[s]
    best = 0.0
    chosen[0] = chosen[1] = chosen[2] = -1
    if most < 1:
        return best
    for a in range(n):
        one = worth[a] + first
        if one > best:
            best = one
            chosen[0], chosen[1], chosen[2] = section[a], -1, -1
        if most < 2:
            continue
        for b in range(a + 1, n):
            if course[b] == course[a] or closed[a] & mask[b]:
                continue
            two = one + worth[b] + second
            if two > best:
                best = two
                chosen[0], chosen[1], chosen[2] = section[a], section[b], -1
            if most < 3:
                continue
            for d in range(b + 1, n):
                if course[d] == course[a] or course[d] == course[b]:
                    continue
                if (closed[a] | closed[b]) & mask[d]:
                    continue
                if two + worth[d] > best:
                    best = two + worth[d]
                    chosen[0], chosen[1], chosen[2] = section[a], section[b], section[d]
    return best


@njit(nogil=True, cache=True)
def _best_with(t, x, s, j, i, options, chosen):
    """Find a student's best set with a seat in j for nothing, by his wish i."""
    w, c = x.way[j], t.section_course[j]
    gain, mask_j = x.gain[i, t.way_local[w]], t.way_mask[w]
    n = _options(t, x, s, j, options)
    worth, mask, closed, section, course = options
    second, most = t.second[s], t.most[s]
    more = 0.0
    chosen[0], chosen[1], chosen[2] = j, -1, -1
    if most >= 2:
        for a in range(n):
            if course[a] == c or closed[a] & mask_j:
                continue
            if worth[a] + second > more:
                more = worth[a] + second
                chosen[1], chosen[2] = section[a], -1
            if most < 3:
                continue
            for b in range(a + 1, n):
                if course[b] == course[a] or course[b] == c:
                    continue
                if closed[b] & mask_j or closed[a] & mask[b]:
                    continue
                if worth[a] + worth[b] + second > more:
                    more = worth[a] + worth[b] + second
                    chosen[1], chosen[2] = section[a], section[b]
    return gain + t.first[s] + more


@njit(nogil=True, cache=True)
def choose(t, x):
    """Let everyone take his best set; give the number who took each section."""
    options = _work()
    wanted = np.zeros(len(x.way), np.int64)
    for s in range(len(t.most)):
        x.worth[s] = _best(t, x, s, -1, options, x.chosen[s])
        for q in range(3):
            if x.chosen[s, q] >= 0:
                wanted[x.chosen[s, q]] += 1
    return wanted


@njit(nogil=True, cache=True)
def _ask(t, x, j, begin, end, takers):
    """Ask all who might want section j, as it now stands, what a seat adds for them.

    For taker n of its course (``begin`` to ``end``): ``without[n]``, ``extra[n]`` and the sets of
    sections. Gives the best price, and how many would take a seat for nothing.
    """
    without, extra, sets_without, sets_with, options = takers
    c, w = t.section_course[j], x.way[j]
    size, keen = int(t.size[c]), 0
    for q in range(begin, end):
        n, s, i = q - begin, t.wishes_of_course[q], t.wish_at[q]
        held = x.chosen[s]
        if j in (held[0], held[1], held[2]):
            without[n] = _best(t, x, s, j, options, sets_without[n])
        else:
            without[n] = x.worth[s]
            sets_without[n] = held
        extra[n] = NEVER
        if w < 0 or t.most[s] < 1 or x.gain[i, t.way_local[w]] <= NEVER / 2:
            continue
        if t.wish_teacher[i] >= 0 and not _led_by(t, w, t.wish_teacher[i]):
            continue
        extra[n] = _best_with(t, x, s, j, i, options, sets_with[n]) - without[n]
        keen += extra[n] > 0.0
    if keen <= size:
        return 0.0, keen
    order = np.sort(extra[: end - begin])
    n = end - begin
    return 0.5 * (order[n - size - 1] + order[n - size]), keen


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
def _change(t, x, price, begin, end, takers):
    """Give how the takers' best sets change with the section asked about at the price."""
    without, extra = takers[0], takers[1]
    change = 0.0
    for q in range(begin, end):
        n = q - begin
        change += without[n] + max(0.0, extra[n] - price) - x.worth[t.wishes_of_course[q]]
    return change


@njit(nogil=True, cache=True)
def _settle(t, x, j, price, begin, end, takers):
    """Set a section's price and let its takers take what is best at it."""
    without, extra, sets_without, sets_with, _ = takers
    x.price[j] = price
    for q in range(begin, end):
        n, s = q - begin, t.wishes_of_course[q]
        if extra[n] > price:
            x.worth[s] = without[n] + extra[n] - price
            x.chosen[s] = sets_with[n]
        else:
            x.worth[s] = without[n]
            x.chosen[s] = sets_without[n]


@njit(nogil=True, cache=True)
def _takers(t):
    most = 0
    for c in range(len(t.size)):
        most = max(most, t.course_wishes[c + 1] - t.course_wishes[c])
    return (
        np.empty(most),
        np.empty(most),
        np.empty((most, 3), np.int64),
        np.empty((most, 3), np.int64),
        _work(),
    )


@njit(nogil=True, cache=True)
def anneal(t, x, moves, hot, cold, seed):
    """Anneal a timetable in place for so many moves; the temperature falls from hot to cold.

    Gives how the worth changed by it, repricing included.
    """
    np.random.seed(seed)
    takers = _takers(t)
    per_day = np.zeros(8, np.int64)
    total = 0.0
    for move in range(moves):
        heat = hot * (cold / hot) ** (move / moves)
        j = np.random.randint(len(x.way))
        c = t.section_course[j]
        if x.fixed[j] or t.course_ways[c + 1] == t.course_ways[c]:
            continue
        begin, end = t.course_wishes[c], t.course_wishes[c + 1]
        old = x.way[j]
        if old >= 0 and np.random.random() < REPRICE:
            price, keen = _ask(t, x, j, begin, end, takers)
            total += _change(t, x, price, begin, end, takers) + t.size[c] * (price - x.price[j])
            _settle(t, x, j, price, begin, end, takers)
            if keen >= t.least[c]:
                continue
            new = -1
        else:
            new = _new_way(t, old, c)
        if new == old:
            continue
        if old >= 0:
            book(t, x, old, c, -1)
        if new >= 0 and not _fits(t, x, new, c, per_day):
            if old >= 0:
                book(t, x, old, c, 1)
            continue
        change = 0.0
        if old >= 0:
            change += x.cost[old] - x.price[j] * t.size[c]
        if new >= 0:
            change -= x.cost[new]
        same = old >= 0 and new >= 0 and t.way_local[old] == t.way_local[new] and not t.named[c]
        allowed, price = True, x.price[j]
        x.way[j] = new
        if not same:  # else other staff, whom nobody asked for
            price, keen = _ask(t, x, j, begin, end, takers)
            allowed = new < 0 or keen >= t.least[c]
            change += _change(t, x, price, begin, end, takers)
        change += price * t.size[c]
        if allowed and (change >= 0 or np.random.random() < exp(change / heat)):
            total += change
            if new >= 0:
                book(t, x, new, c, 1)
            if not same:
                _settle(t, x, j, price, begin, end, takers)
            continue
        x.way[j] = old
        if old >= 0:
            book(t, x, old, c, 1)
    return total
