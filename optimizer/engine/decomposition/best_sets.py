"""A student's best set of sections at given prices: compiled, and exact for any number of clubs.

Each option has a worth (points less the price of the seat; it may be below 0), and the set is worth
their sum, a bonus for its first and its second club, and what the best of its clubs is worth as a
first one (``more``). No two options of it are of one course or meet at one time.

Up to three clubs are looked at one by one. Where more are wanted and the student's options fall
into times that either are the same or do not meet, so that he takes a course at each, his best set
is a matching of courses to times (``matching``). In all other cases it is found by branch and
bound, course by course: of what is left, no set has more than the best option of each course that
meets nothing taken so far.
"""

# ruff: noqa: C901, SIM110 -- loops that are compiled as they stand
# mypy: disable-error-code="no-any-return, untyped-decorator"

from optimizer.engine.decomposition.arrays import Ints, loop
from optimizer.engine.decomposition.matching import NEVER, matched
from optimizer.engine.decomposition.options import Options

LOOKED_AT = 3
"""Sets of up to so many clubs are looked at one by one."""


@loop
def meet(closed: Ints, a: int, mask: Ints, b: int) -> bool:
    """Tell whether row b of the masks has a slot that row a closes."""
    for v in range(mask.shape[1]):
        if closed[a, v] & mask[b, v]:
            return True
    return False


@loop
def best_set(o: Options, n: int, most: int, first: float, second: float, being: float) -> float:
    """Find the best set of at most so many of the first n options.

    ``first`` and ``second`` are the bonuses of the set's first and second club, ``being`` is what
    a first club is worth already. Gives the worth; ``o.best`` lists the options.
    """
    if most <= LOOKED_AT:
        worth = _looked_at(o, n, most, first, second, being)
    else:
        worth = _searched(o, n, most, first, second, being)
    return worth


@loop
def _searched(o: Options, n: int, most: int, first: float, second: float, being: float) -> float:
    """Find the best set of more than a few options."""
    courses = _grouped(o, n)
    if courses <= LOOKED_AT:
        return _looked_at(o, n, courses, first, second, being)
    times = _times(o, n)
    if times:
        return matched(o, courses, times, min(most, courses), first, second, being)
    return _branched(o, courses, min(most, courses), first, second, being)


@loop
def _looked_at(o: Options, n: int, most: int, first: float, second: float, being: float) -> float:
    """Look at every set of at most three options that may be the best."""
    best, count = being, 0
    if most < 1:
        o.size[0] = count
        return best
    high, top = 0.0, being
    for a in range(n):
        high = max(high, o.worth[a])
        top = max(top, o.more[a])
    rest = second + (most - 1) * high + top
    for a in range(n):
        one, being_a = o.worth[a] + first, max(being, o.more[a])
        if one + being_a > best:
            best, count = one + being_a, 1
            o.best[0] = a
        if most < 2 or one + rest <= best:
            continue
        for b in range(a + 1, n):
            if o.course[b] == o.course[a] or meet(o.closed, a, o.mask, b):
                continue
            two, being_b = one + o.worth[b] + second, max(being_a, o.more[b])
            if two + being_b > best:
                best, count = two + being_b, 2
                o.best[0], o.best[1] = a, b
            if most < 3 or two + high + top <= best:
                continue
            for d in range(b + 1, n):
                if o.course[d] == o.course[a] or o.course[d] == o.course[b]:
                    continue
                three = two + o.worth[d] + max(being_b, o.more[d])
                if three <= best or meet(o.closed, a, o.mask, d) or meet(o.closed, b, o.mask, d):
                    continue
                best, count = three, 3
                o.best[0], o.best[1], o.best[2] = a, b, d
    o.size[0] = count
    return best


@loop
def _grouped(o: Options, n: int) -> int:
    """Note where each course's options begin, and order them, best first; count the courses."""
    courses = 0
    for a in range(n):
        if a == 0 or o.course[a] != o.course[a - 1]:
            o.group[courses] = a
            courses += 1
        place = a
        while place > o.group[courses - 1] and o.worth[o.order[place - 1]] < o.worth[a]:
            o.order[place] = o.order[place - 1]
            place -= 1
        o.order[place] = a
    o.group[courses] = n
    return courses


@loop
def _times(o: Options, n: int) -> int:
    """Give the options' times numbers and count these; 0 if two that are not the same meet."""
    times = 0
    for a in range(n):
        o.kind[a] = times
        for b in range(a):
            same = True
            for v in range(o.mask.shape[1]):
                same = same and o.mask[a, v] == o.mask[b, v]
            if same:
                o.kind[a] = o.kind[b]
                break
            if meet(o.closed, a, o.mask, b):
                return 0
        if o.kind[a] == times:
            times += 1
    return times


@loop
def _branched(
    o: Options, courses: int, most: int, first: float, second: float, being: float
) -> float:
    """Find the best set by branch and bound, course by course."""
    best, count = being, 0
    o.level[0, 0], o.level[0, 2] = -1, 0
    o.total[0, 0], o.total[0, 1] = 0.0, being
    for v in range(o.used.shape[1]):
        o.used[0, v] = 0
    c = 0
    while c >= 0:
        if o.level[c, 0] < 0:
            full = c == courses or o.level[c, 2] == most
            if full or _at_most(o, c, courses, most, first, second) <= best:
                c -= 1
                continue
            o.level[c, 0] = o.group[c]
        place = o.level[c, 0]
        if place > o.group[c + 1]:
            c -= 1
            continue
        o.level[c, 0] = place + 1
        taken = o.level[c, 2]
        o.level[c + 1, 0], o.level[c + 1, 2] = -1, taken
        o.level[c, 1] = -1
        _copied(o, c)
        if place < o.group[c + 1]:
            a = o.order[place]
            if meet(o.used, c, o.mask, a):
                continue
            o.level[c, 1], o.level[c + 1, 2] = a, taken + 1
            o.total[c + 1, 0] += o.worth[a] + (first if taken == 0 else second if taken == 1 else 0)
            o.total[c + 1, 1] = max(o.total[c, 1], o.more[a])
            for v in range(o.used.shape[1]):
                o.used[c + 1, v] |= o.closed[a, v]
            if o.total[c + 1, 0] + o.total[c + 1, 1] > best:
                best, count = o.total[c + 1, 0] + o.total[c + 1, 1], _noted(o, c)
        c += 1
    o.size[0] = count
    return best


@loop
def _noted(o: Options, depth: int) -> int:
    """Note the options taken down to a depth as the best so far; count them."""
    count = 0
    for d in range(depth + 1):
        if o.level[d, 1] >= 0:
            o.best[count] = o.level[d, 1]
            count += 1
    return count


@loop
def _copied(o: Options, depth: int) -> None:
    """Let the next depth begin with what was taken so far."""
    o.total[depth + 1, 0], o.total[depth + 1, 1] = o.total[depth, 0], o.total[depth, 1]
    for v in range(o.used.shape[1]):
        o.used[depth + 1, v] = o.used[depth, v]


@loop
def _at_most(o: Options, depth: int, courses: int, most: int, first: float, second: float) -> float:
    """Give what no set is worth more than that goes on from what was taken so far."""
    taken, top, n = o.level[depth, 2], o.total[depth, 1], 0
    for c in range(depth, courses):
        for place in range(o.group[c], o.group[c + 1]):
            a = o.order[place]
            if not meet(o.used, depth, o.mask, a):
                top = max(top, o.more[a])
                o.path[n, 0] = o.worth[a]
                n += 1
                break
    bonus = 0.0
    if n and taken < 2:
        bonus = second if taken else first + second
    total = o.total[depth, 0] + top + bonus
    for _ in range(min(most - taken, n)):  # the highest of them, as many as may be taken
        high = 0
        for q in range(1, n):
            if o.path[q, 0] > o.path[high, 0]:
                high = q
        if o.path[high, 0] <= 0.0:
            break
        total += o.path[high, 0]
        o.path[high, 0] = NEVER
    return total
