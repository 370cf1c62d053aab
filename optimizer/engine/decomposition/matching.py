"""A student's best set where it is a matching of courses to times: compiled loops.

The best matching of each size follows from the one before along the augmenting path that gains
most, and each path gains no more than the one before. (``best_sets`` says when this is so,
``options`` holds the arrays that are worked in.)
"""

# ruff: noqa: C901, PLR0912, PLR0913, PLR0917 -- loops that are compiled as they stand
# mypy: disable-error-code="no-any-return, untyped-decorator"

from optimizer.engine.decomposition.arrays import loop
from optimizer.engine.decomposition.options import Options

NEVER = -1e12
"""The gain of a path that there is not."""


@loop
def matched(
    o: Options, courses: int, times: int, most: int, first: float, second: float, being: float
) -> float:
    """Find the best set where it is a matching of courses to times.

    Which club is the best one is left open first; then each that would be worth more as such than
    any taken so far is tried at each of its times.
    """
    for c in range(courses):
        for k in range(times):
            o.at[c, k] = -1
        for place in range(o.group[c], o.group[c + 1]):
            a = o.order[place]
            if o.at[c, o.kind[a]] < 0:
                o.at[c, o.kind[a]] = a
    worth = _matching(o, courses, times, most, first, second, -1, -1)
    top, count = being, o.size[0]
    for place in range(count):
        o.best[place] = o.order[place]
        top = max(top, o.more[o.order[place]])
    best = worth + top
    for c in range(courses):
        more = o.more[o.group[c]]
        if worth + more <= best:
            continue
        for k in range(times):
            a = o.at[c, k]
            if a < 0:
                continue
            others = _matching(o, courses, times, most - 1, second, 0.0, c, k)
            total = o.worth[a] + first + others + more
            if total > best:
                size = o.size[0]
                best, count = total, size + 1
                for place in range(size):
                    o.best[place] = o.order[place]
                o.best[size] = a
    o.size[0] = count
    return best


@loop
def _matching(
    o: Options,
    courses: int,
    times: int,
    most: int,
    first: float,
    second: float,
    without: int,
    gone: int,
) -> float:
    """Find the best matching of at most so many courses to times, one of each left out (-1: none).

    Gives its worth with bonuses (without any: 0); ``o.order`` lists its options.
    """
    for c in range(courses):
        o.mate[c, 0] = -1
    for k in range(times):
        o.mate[k, 1] = -1
    best, count, total = 0.0, 0, 0.0
    for size in range(1, most + 1):
        gain = _augmented(o, courses, times, without, gone)
        if gain <= NEVER / 2:
            break
        total += gain
        worth = total + first + (second if size > 1 else 0.0)
        if worth > best:
            best, count = worth, 0
            for c in range(courses):
                if o.mate[c, 0] >= 0:
                    o.order[count] = o.at[c, o.mate[c, 0]]
                    count += 1
        elif size > 1:
            break  # each path gains no more than the one before
    o.size[0] = count
    return best


@loop
def _augmented(o: Options, courses: int, times: int, without: int, gone: int) -> float:
    """Enlarge the best matching of its size by one; give what that gains, or ``NEVER``."""
    for c in range(courses):
        o.path[c, 0] = NEVER if o.mate[c, 0] >= 0 or c == without else 0.0
    for k in range(times):
        o.path[k, 1] = NEVER
    changed = True
    while changed:
        changed = False
        for c in range(courses):
            if o.path[c, 0] <= NEVER / 2:
                continue
            for k in range(times):
                a = o.at[c, k]
                if a < 0 or o.mate[c, 0] == k or k == gone:
                    continue
                gain = o.path[c, 0] + o.worth[a]
                if gain <= o.path[k, 1] + 1e-9 * (1.0 + abs(gain)):
                    continue
                o.path[k, 1], o.mate[k, 2] = gain, c
                other = o.mate[k, 1]
                if other >= 0:
                    o.path[other, 0] = gain - o.worth[o.at[other, k]]
                changed = True
    last = -1
    for k in range(times):
        if o.mate[k, 1] < 0 and (last < 0 or o.path[k, 1] > o.path[last, 1]):
            last = k
    if last < 0 or o.path[last, 1] <= NEVER / 2:
        return NEVER
    gain = o.path[last, 1]
    while last >= 0:
        c = o.mate[last, 2]
        before = o.mate[c, 0]
        o.mate[last, 1], o.mate[c, 0] = c, last
        last = before
    return gain
