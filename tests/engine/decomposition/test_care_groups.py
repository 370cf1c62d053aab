"""Whole care groups for so many who wait, against every number of groups."""

from collections.abc import Iterator
from itertools import product
from random import Random

import pytest

from models import HomeClass, Room, School
from optimizer.engine.decomposition.care_groups import whole_groups
from optimizer.engine.lp.highs import LpProcess
from optimizer.engine.solver import Crew, Effort
from optimizer.rules import Subproblem
from tests.builders import with_budget
from tests.rules.matrix_schools import care
from tests.rules.small import small_school, student, teacher


@pytest.fixture(scope="module")
def process() -> Iterator[LpProcess]:
    with LpProcess(Crew()) as own:
        yield own


def school_of(size: int, rooms: int, people: int, purse: int | None = None) -> School:
    """Grades 3 and 4 apart, at one slot; each person costs 10 fen."""
    school = small_school(
        settings=care(max_size=size),
        rooms=tuple(Room(id=f"r{n}", name="", seats=9, care_room=True) for n in range(rooms)),
        classes=tuple(HomeClass(id=f"c{g}", name="", grade=g) for g in (3, 4)),
        teachers=tuple(teacher(f"t{n}", pay_fen=10) for n in range(people)),
        students=(student("a"), student("b", home_class="c4")),
        courses=(),
        wishes=(),
    )
    return school if purse is None else with_budget(school, sum_fen=purse)


def test_places_are_missing_where_they_cost_least(process: LpProcess) -> None:
    missed = best_found = 0
    for number in range(40):
        random = Random(f"groups {number}")
        size, rooms, people = random.randint(1, 4), random.randint(1, 4), random.randint(1, 4)
        purse = random.choice([None, None, 20, 30])
        school = school_of(size, rooms, people, purse)
        waiting = {("mon1", g): random.randint(0, 6) for g in (3, 4)}
        price = {key: random.choice([0.0, 1.0, 5.0, 20.0]) for key in waiting}
        part = Subproblem(waiting=waiting, may_miss=True)
        found = whole_groups(school, part, price, process, Effort(20.0, 1))
        assert found is not None
        groups = {g: found.care.get(("groups", "mon1", (g,)), 0) for g in (3, 4)}
        most = min(rooms, people, *([] if purse is None else [purse // 10]))
        assert sum(groups.values()) <= most
        lacks = {k: max(0, n - size * groups[k[1]]) for k, n in waiting.items()}
        assert all(found.missing[key] >= lack for key, lack in lacks.items())
        least = min(
            sum((1 + price[k]) * max(0, n - size * a[k[1] - 3]) for k, n in waiting.items())
            for a in product(range(most + 1), repeat=2)
            if sum(a) <= most
        )
        costs = sum((1 + price[key]) * missing for key, missing in found.missing.items())
        assert least <= costs <= 2 * least + 1e-9
        best_found += costs == least
        missed += least > 0
    assert missed >= 15, missed
    assert best_found >= 35, best_found


def test_where_more_may_be_spent_places_come_first(process: LpProcess) -> None:
    school = school_of(2, 4, 4, purse=10)
    part = Subproblem(waiting={("mon1", 3): 4}, may_miss=True)
    kept = whole_groups(school, part, {}, process, Effort(20.0, 1))
    free = whole_groups(school, part, {}, process, Effort(20.0, 1), may_overspend=True)
    assert kept is not None
    assert free is not None
    assert (kept.missing["mon1", 3], free.missing["mon1", 3]) == (2, 0)
    assert free.care["groups", "mon1", (3,)] == 2
