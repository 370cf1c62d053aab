"""A student's best set against looking at every set, for any number of clubs and slots."""

from collections import Counter
from itertools import combinations
from random import Random
from typing import Any

import numpy as np
import pytest

from optimizer.engine.decomposition import best_sets
from optimizer.engine.decomposition.arrays import WORD, in_words
from optimizer.engine.decomposition.best_sets import best_set
from optimizer.engine.decomposition.options import make_options

Option = tuple[float, float, int, int, int]
"""Worth, what it is worth as a first club besides, slots, slots closed by them, course."""
KINDS = ("single slots", "same times", "some overlap")


def drawn(random: Random, kind: str, slots: int) -> list[Option]:
    """Draw options of some courses; which times there are depends on the kind."""
    times = [1 << k for k in range(slots)]
    if kind == "same times":
        times = [1 << 2 * k | 1 << 2 * k + 1 for k in range(slots // 2)]
    if kind == "some overlap":
        times += [1 << k | 1 << random.randrange(slots) for k in range(slots)]
    beside = [0] * slots
    for a, b in [random.sample(range(slots), 2)] * (kind == "some overlap"):
        beside[a] |= 1 << b
        beside[b] |= 1 << a
    options = []
    for course in range(random.randint(1, 6)):
        more = random.choice([0.0, 0.0, float(random.randint(0, 30))])
        for _ in range(random.randint(1, 3)):
            mask = random.choice(times)
            closed = mask
            for k in range(slots):
                closed |= beside[k] if mask >> k & 1 else 0
            options.append((float(random.randint(-8, 30)), more, mask, closed, course))
    return options


def by_trying(options: list[Option], most: int, first: float, second: float, being: float) -> float:
    best = being
    for count in range(1, most + 1):
        bonus = first + (second if count > 1 else 0.0)
        for some in combinations(options, count):
            if len({option[4] for option in some}) < count:
                continue
            if any(a[3] & b[2] or b[3] & a[2] for a, b in combinations(some, 2)):
                continue
            top = max(being, *(option[1] for option in some))
            best = max(best, sum(option[0] for option in some) + bonus + top)
    return best


def filled(options: list[Option], slots: int) -> Any:
    words = -(-slots // WORD)
    o = make_options(len(options), words)
    for n, (worth, more, _, _, course) in enumerate(options):
        o.worth[n], o.more[n], o.course[n], o.section[n] = worth, more, course, n
    o.mask[:] = in_words([option[2] for option in options], slots)
    o.closed[:] = in_words([option[3] for option in options], slots)
    return o


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("slots", [7, 130])
def test_as_good_as_the_best_of_all_sets(kind: str, slots: int) -> None:
    random = Random(f"{kind} {slots}")
    seen: Counter[object] = Counter()
    for _ in range(250):
        few = random.randint(2, 6)  # of many slots, options are at few that are side by side
        options = drawn(random, kind, few)
        shift = random.randint(0, slots - few)
        options = [(w, m, mask << shift, c << shift, k) for w, m, mask, c, k in options]
        most, being = random.randint(0, 6), random.choice([0.0, 0.0, 9.0])
        first, second = random.choice([(12.0, 4.0), (0.0, 0.0), (0.0, 50.0), (24.0, 0.0)])
        o = filled(options, slots)
        worth = best_set(o, len(options), most, first, second, being)
        assert worth == pytest.approx(by_trying(options, most, first, second, being))
        chosen = [options[n] for n in o.best[: o.size[0]]]
        assert by_trying(chosen, len(chosen), first, second, being) == pytest.approx(worth)
        assert len(chosen) <= most
        seen[o.size[0]] += 1
        seen["matching"] += most > 3 and bool(best_sets._times(o, len(options)))
        seen["branching"] += most > 3 and not best_sets._times(o, len(options))
    assert min(seen[count] for count in range(4)) >= 5, seen
    assert seen["branching" if kind == "some overlap" else "matching"] >= 40, seen


def test_twelve_clubs_of_twelve_in_as_many_slots() -> None:
    """A matching of courses to slots: each section of a course but one is at another's slot."""
    random = Random(5)
    for _ in range(20):
        own = random.sample(range(12), 12)
        options: list[Option] = []
        for course in range(12):
            others = random.sample([k for k in range(12) if k != own[course]], 3)
            for k in (own[course], *others):
                worth = 20.0 if k == own[course] else 20.0 - random.randint(0, 1)
                options.append((worth, 0.0, 1 << k, 1 << k, course))
        o = filled(options, 12)
        assert best_set(o, len(options), 12, 12.0, 4.0, 0.0) == 12 * 20.0 + 16.0
        assert sorted(options[n][2] for n in o.best[:12]) == [1 << k for k in range(12)]


@pytest.mark.parametrize("crossing", [0, 1 << 5])
def test_no_more_clubs_than_he_wants_though_one_more_were_the_best_first_one(
    crossing: int,
) -> None:
    options: list[Option] = [(10.0, 0.0, 1 << k, 1 << k, k) for k in range(4)]
    options.append((-1.0, 30.0, 1 << 4 | crossing, 1 << 4 | crossing, 4))
    options.append((-2.0, 0.0, 1 << 4, 1 << 4, 4))
    o = filled(options, 6)
    assert bool(best_sets._times(o, len(options))) == (not crossing)
    assert best_set(o, len(options), 4, 0.0, 0.0, 0.0) == 3 * 10.0 - 1.0 + 30.0
    assert o.size[0] == 4


@pytest.mark.parametrize("crossing", [0, 1 << 5])
def test_no_club_at_all_where_each_costs_more_than_it_brings(crossing: int) -> None:
    """What a first club is worth already stays so without any other."""
    options: list[Option] = [(-1.0, 2.0, 1 << k, 1 << k, k) for k in range(4)]
    options.append((-1.0, 0.0, 1 << 4 | crossing, 1 << 4 | crossing, 4))
    options.append((-1.0, 0.0, 1 << 4, 1 << 4, 4))
    o = filled(options, 6)
    assert best_set(o, len(options), 4, 0.0, 0.0, 9.0) == 9.0
    assert o.size[0] == 0


def test_words_of_slots() -> None:
    mask = 1 | 1 << WORD - 1 | 1 << WORD | 1 << 2 * WORD + 3
    words = in_words([mask, 0], 2 * WORD + 4)
    assert words.tolist() == [[1 | 1 << WORD - 1, 1, 8], [0, 0, 0]]
    assert in_words([5], WORD).tolist() == [[5]]
    assert words.dtype == np.int64
