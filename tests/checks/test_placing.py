"""Places in base care for those who come back together: found where trying all finds some, soon."""

from collections import Counter
from itertools import chain, combinations, product
from random import Random
from typing import Any

import pytest

from models import CareGroup
from optimizer.checks import Exchanges
from optimizer.checks._care_places import CarePlaces, Change
from optimizer.checks._graph import Graph
from optimizer.checks._placing import Comer, Group, Placing
from optimizer.checks._quest import STEPS, Quest, Why
from optimizer.checks._scales import Scales
from optimizer.checks._seating import Seating
from tests.builders import revised, with_care
from tests.checks.exchange_cases import exchange_case
from tests.tiny import tiny_plan, tiny_school

GRADES = (1, 2, 3, 4)
Allowed = dict[str, set[frozenset[int]]]


def subsets(grades: frozenset[int]) -> list[frozenset[int]]:
    sizes = (combinations(grades, n) for n in range(len(grades) + 1))
    return [frozenset(some) for some in chain.from_iterable(sizes)]


def can_be_of(allowed: Allowed, groups: dict[str, Group]) -> Any:
    """Tell from the grades that each kind may be of, with no thought to spare trying."""

    def can_be(name: str, grades: frozenset[int], rest: frozenset[int]) -> bool:
        return any(grades | more in allowed[str(groups[name].kind)] for more in subsets(rest))

    return can_be


def by_trying(groups: dict[str, Group], comers: list[Comer], allowed: Allowed) -> bool:
    for places in product(groups, repeat=len(comers)):
        if right(groups, comers, allowed, places):
            return True
    return False


def right(
    groups: dict[str, Group], comers: list[Comer], allowed: Allowed, places: tuple[str, ...]
) -> bool:
    counts = Counter(places)
    for name, group in groups.items():
        new = {c.grade for c, place in zip(comers, places, strict=True) if place == name}
        if counts[name] > group.free:
            return False
        if (new or group.left) and group.grades | new not in allowed[str(group.kind)]:
            return False
    return True


def random_case(number: int) -> tuple[dict[str, Group], list[Comer], Allowed]:
    random = Random(number)
    every = subsets(frozenset(GRADES))
    allowed = {kind: {s for s in every if random.random() < 0.45} for kind in "xyz"}
    groups = {}
    for n in range(random.randint(1, 4)):
        kind, left = random.choice("xyz"), random.random() < 0.4
        some = [s for s in every if left or s in allowed[kind]] or [frozenset({1})]
        grades = random.choice(some)
        groups[f"g{n}"] = Group(kind, random.randint(0, 2), grades, left, {})
    comers = [Comer(f"s{n}", random.choice(GRADES), "c") for n in range(random.randint(1, 4))]
    return groups, comers, allowed


def test_found_if_and_only_if_trying_finds_some() -> None:
    found: Counter[bool] = Counter()
    for number in range(600):
        groups, comers, allowed = random_case(number)
        placed = Placing(groups, can_be_of(allowed, groups), 10_000).place(comers)
        expected = by_trying(groups, comers, allowed)
        assert (placed is not None) is expected, number
        if placed is not None:
            places = tuple(placed[c.student] for c in comers)
            assert right(groups, comers, allowed, places), number
        found[expected] += 1
    assert min(found[True], found[False]) >= 150


def many(count: int, kinds: int) -> dict[str, Group]:
    return {
        f"g{n}": Group(str(n % kinds), 5, frozenset({1 + n % 2}), left=False, mates={})
        for n in range(count)
    }


@pytest.mark.parametrize("left", [False, True])
def test_in_vain_is_known_soon(left: bool) -> None:
    """Five could be anywhere; the sixth only where the second of his grade has no place."""
    groups = many(80, 1) | {"h": Group("h", 1, frozenset({6}), left, {})}
    comers = [Comer(f"a{n}", 1, "c") for n in range(5)] + [Comer(f"z{n}", 6, "c") for n in (1, 2)]

    def can_be(name: str, grades: frozenset[int], _: frozenset[int]) -> bool:
        return max(grades) - min(grades) <= 1

    placing = Placing(groups, can_be, 10_000)
    assert placing.place(comers) is None
    assert placing.tried <= 20


def test_equal_ways_are_tried_once() -> None:
    """One group would be right only with still more than come."""
    groups = many(30, 1) | {"h": Group("h", 9, frozenset({8}), left=True, mates={})}

    def can_be(name: str, grades: frozenset[int], rest: frozenset[int]) -> bool:
        return name != "h" or bool(rest)

    placing = Placing(groups, can_be, 100_000)
    assert placing.place([Comer(f"a{n}", 1 + n % 2, "c") for n in range(6)]) is None
    assert placing.tried <= 6_000


def test_trying_ends_when_the_count_is_used_up() -> None:
    groups = many(30, 30)

    def can_be(_: str, grades: frozenset[int], rest: frozenset[int]) -> bool:
        return bool(rest)

    placing = Placing(groups, can_be, 500)
    assert placing.place([Comer(f"a{n}", 1 + n % 2, "c") for n in range(8)]) is None
    assert 500 <= placing.tried <= 510


def back(*students: str) -> list[Change]:
    return [Change(name, "mon1", comes=True) for name in students]


def test_a_rota_may_be_kept_only_with_all_who_come() -> None:
    """Grade 3 is on the rota; one of the two who supervise has a class of it, one of grade 4."""
    school = with_care(tiny_school(), rota_grades=(3,), staff_needed=2)
    group = CareGroup(id="g", slot="mon1", room="r5", staff=("t1", "t2"), students=("s51",))
    places = CarePlaces(school, revised(tiny_plan(school), care_groups=(group,)))
    assert places.arranged(back("s31"), 99)[0] is None
    assert places.arranged(back("s41"), 99)[0] == {("s41", "mon1"): "g"}
    both = {("s31", "mon1"): "g", ("s41", "mon1"): "g"}
    assert places.arranged(back("s31", "s41"), 99)[0] == both


def test_a_home_room_may_be_right_only_with_all_who_come() -> None:
    """Who was in it leaves; then grade 3 may be in grade 5's room with grade 5 only."""
    school = with_care(tiny_school(), rooms="own_grade")
    group = CareGroup(id="g", slot="mon1", room="r5", staff=("t2",), students=("s41", "s51"))
    places = CarePlaces(school, revised(tiny_plan(school), care_groups=(group,)))
    leaves = Change("s51", "mon1", comes=False)
    assert places.arranged([leaves, *back("s31")], 99)[0] is None
    found, _ = places.arranged([leaves, *back("s31", "s52")], 99)
    assert found == {("s51", "mon1"): None, ("s31", "mon1"): "g", ("s52", "mon1"): "g"}


def test_who_comes_and_leaves_again_is_counted_anew() -> None:
    """There are two places: as students come and go, as many are left as there should be."""
    school = with_care(tiny_school(), max_size=2)
    group = CareGroup(id="g", slot="mon1", room="r5", staff=("t2",), students=("s51",))
    places = CarePlaces(school, revised(tiny_plan(school), care_groups=(group,)))
    found, _ = places.arranged(back("s31"), 99)
    assert found is not None
    places.move(found)
    assert places.arranged(back("s41"), 99)[0] is None
    places.move({("s51", "mon1"): None})
    assert places.arranged(back("s41"), 99)[0] == {("s41", "mon1"): "g"}


def test_places_tried_count_as_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the first places tried take all there is, nothing else is tried for that move."""
    school, plan = next(
        (school, plan)
        for school, plan in map(exchange_case, range(20))
        if any(len(due.moves) > 1 for due in Exchanges(school, plan).due())
    )
    due = next(d for d in Exchanges(school, plan).due() if len(d.moves) > 1)
    asked = []

    def arranged(_: Seating, moves: object, tries: int) -> tuple[None, int]:
        asked.append(tries)
        return None, tries

    monkeypatch.setattr(Seating, "arranged", arranged)
    graph = Graph(Seating(school, plan), Scales(school, 8))
    graph.measure()
    (first,) = (arc for arc in graph.arcs(due.student) if arc.move == due.moves[0])
    quest = Quest(graph, graph.all, Why(due.why), first)
    assert quest.find(8) is None
    assert len(asked) == 1
    assert 0 < asked[0] < STEPS
    assert quest.steps <= 0
