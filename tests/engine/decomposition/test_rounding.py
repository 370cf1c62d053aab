"""Seats on a timetable: a plan of it, no better than the best of these and mostly as good."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import NamedTuple

import numpy as np
import pytest

from models import Aim, BaseCare, School, Settings, Worth
from optimizer.engine.decomposition.care_groups import Groups
from optimizer.engine.decomposition.rounding import Rounding, Spare
from optimizer.engine.lp.highs import LpProcess
from optimizer.engine.objective import objective, weighed
from optimizer.engine.params import DEFAULTS
from optimizer.engine.solution import Candidate, solution_of
from optimizer.engine.solver import Crew, Effort
from optimizer.rules import Held, Key, Subproblem, build, build_offers
from tests.builders import aiming, with_budget
from tests.rules.random_plans import bare_plan, random_plan
from tests.rules.random_schools import random_school
from tests.rules.small import ball, small_school, student, teacher, wish
from tests.rules.solving import broken_families, run

NOTHING = Spare(0)


@pytest.fixture(scope="module")
def process() -> Iterator[LpProcess]:
    with LpProcess(Crew()) as own:
        yield own


def effort(seconds: float) -> Effort:
    return Effort(20.0, seed=1, deterministic=min(2.0, seconds))


def rounding(
    school: School, held: dict[Key, Held], process: LpProcess, spare: Spare = NOTHING
) -> Rounding:
    return Rounding(school, held, process, effort, Random(1), spare)


class Timetable(NamedTuple):
    """Sections that may open in a school, and the best that can be made of them."""

    school: School
    held: dict[Key, Held]
    best: int


def timetables(count: int) -> Iterator[Timetable]:
    """Give timetables of random plans."""
    number = 0
    while count:
        number += 1
        random = Random(f"seating {number}")
        school = aiming(random_school(random), random.choice([*Aim]))
        if any(lock.kind != "seat" for lock in school.locks):
            continue
        plan = random_plan(random, build(school))
        solution = None if plan is None else solution_of(school, build_offers(school), plan)
        if solution is None or not solution.held:
            continue
        held = {key: replace(stands, least=0) for key, stands in solution.held.items()}
        everyone = frozenset(school.student)
        model = build(school, subproblem=Subproblem(students=everyone, held=held))
        model.cp.maximize(objective(model).weighted)
        count -= 1
        yield Timetable(school, held, run(model.cp)[1])


@pytest.mark.parametrize("jointly", [True, False])
def test_seats_on_a_timetable_are_nearly_the_best_there_are(
    jointly: bool, process: LpProcess
) -> None:
    """Whether groups are chosen with the seats, as in small schools, or after them."""

    def seated(school: School, held: dict[Key, Held], least: Worth) -> Candidate | None:
        r = rounding(school, held, process)
        if not jointly:
            r.bare = None
        return r.seat(least)

    seen: Counter[str] = Counter()
    for school, held, best in timetables(16):
        found = seated(school, held, Worth())
        seen["timetables"] += 1
        if found is None:
            assert not best or seen["given up"] < 4
            seen["given up"] += best > 0
            continue
        assert broken_families(school, bare_plan(school, *found.found)) == set()
        for key, stands in found.solution.held.items():
            assert stands.most <= held[key].most
            assert stands.rooms <= held[key].rooms
            assert stands.staff <= held[key].staff
        worth = weighed(school, found.worth)
        assert worth <= best
        seen["best"] += worth == best > 0
        seen["worse"] += worth < best
        assert seated(school, held, found.worth) is None or worth < best
    assert seen["best"] >= 8, seen
    assert seen["worse"] <= 4, seen


def one_course(**changes: object) -> tuple[School, dict[Key, Held]]:
    """Ball on Monday, period 1, where all four stay, as the only section."""
    people = tuple(teacher(t, pay_fen=100) for t in ("t1", "t2"))
    school = small_school(
        **({"courses": (ball(slots=("mon1",), min_size=1),), "teachers": people} | changes)
    )
    [offer] = build_offers(school)
    return school, {offer.key: Held(0, 1, frozenset({"hall"}), frozenset({"t2"}))}


def care_side(r: Rounding, key: tuple[str, int]) -> int | None:
    """Give how many the row of places asks for."""
    return r.lp.high[r.rows[r.model.care_row[key]]]


def test_places_to_spare_are_asked_for_where_somebody_may_be_in_a_section(
    process: LpProcess,
) -> None:
    school, held = one_course()
    key = "mon1", 3
    plain = rounding(school, held, process)
    assert (plain.busy, plain.spared[key], care_side(plain, key)) == ({key}, 0, 4)
    for spare, places in ((Spare(2), 2), (Spare(2, {key: 1}), 2), (Spare(1, {key: 3}), 3)):
        more = rounding(school, held, process, spare)
        row = more.rows[more.model.care_row[key]]
        assert more.spared[key] == places
        assert more.lp.low[row] == more.lp.high[row] == 4 + places
        [share] = more.model.care_share.values()
        assert more.lp.upper[share.index] == plain.lp.upper[share.index] + places


def test_whole_groups_with_places_to_spare(process: LpProcess) -> None:
    """Of four who stay and two places more, groups of four: two seats save the second one."""
    school, held = one_course()
    r = rounding(school, held, process, Spare(2))
    lp = r._with_whole_groups()
    [row] = range(len(r.lp.low), len(lp.low))
    [share], [groups] = r.model.care_share.values(), r.model.care_groups.values()
    entries = zip(lp.rows, lp.columns, lp.coefficients, strict=True)
    assert {(column, times) for n, column, times in entries if n == row} == {
        (share.index, 1),
        (groups.index, -2),
    }
    assert (lp.low[row], lp.high[row]) == (None, 2)


def test_some_of_each_purse_is_left_for_sections_half_open(process: LpProcess) -> None:
    school, held = one_course()
    poor = with_budget(school, sum_fen=100_000)
    r = rounding(poor, held, process)
    assert r.seat(Worth(points=10**6)) is None  # nothing is as good as that
    [row] = [r.rows[n] for n in r.model.budget_rows]
    left = 100_000 - round(DEFAULTS.rounding.saved_share * 100_000)
    assert r.lp.high[row] == left
    r._save(0.0, groups=2)  # at the usual pay of a supervisor
    assert r.lp.high[row] == left - 200
    r._save(0.01)
    assert r.lp.high[row] == left - 200 - round(0.01 * (left - 200))


def test_what_is_whole_stays_and_what_is_not_is_loose(process: LpProcess) -> None:
    """a sits, b sits for a half, c and d do not; the section is open for as much as is said."""
    school, held = one_course()
    [key] = held
    r = rounding(school, held, process)
    seat = {s: var.index for (s, _), var in r.model.seat.items()}
    [opened] = r.model.opened
    values = np.zeros(len(r.lp.gain))
    values[seat["a"]], values[seat["b"]], values[opened.index] = 1.0, 0.5, 1.0
    whole, loose = r._rounded(values)
    assert (whole.seats, loose) == ({"a": frozenset({key})}, {"b"})
    assert (whole.held[key].least, whole.held[key].most) == (1, 1)
    values[opened.index] = 0.75
    half, loose = r._rounded(values)
    assert (half.seats, loose) == ({}, {"a", "b"})  # it may close
    assert (half.held[key].least, half.held[key].most) == (0, 1)
    values[opened.index] = 1e-7
    values[seat["a"]] = values[seat["b"]] = 0.0
    closed, loose = r._rounded(values)
    assert (closed.held, closed.seats, loose) == ({}, {}, set())


@pytest.mark.parametrize(
    ("takers", "seats"), [(0.4, None), (0.6, 2), (2.4, 2), (2.6, 3), (3.9, 4), (7.0, 4)]
)
def test_sections_for_so_many_takers(takers: float, seats: int | None, process: LpProcess) -> None:
    """Of 2 to 4 students, one section: none for less than half a student, never more than fit."""
    school, held = one_course(courses=(ball(slots=("mon1",)),))
    [key] = held
    solution, taken = rounding(school, held, process)._as_taken({key: takers})
    assert taken == ({} if seats is None else {key: seats})
    assert {k: (h.least, h.most) for k, h in solution.held.items()} == (
        {} if seats is None else {key: (1, 1)}
    )


@pytest.mark.parametrize(
    ("takers", "count", "seats"), [(4.03, 1, 4), (4.2, 2, 4), (6.4, 2, 6), (9.9, 2, 8)]
)
def test_as_many_sections_as_takers_need(
    takers: float, count: int, seats: int, process: LpProcess
) -> None:
    """Of two sections of 2 to 4: a second one only where the first does not do."""
    names = "abcdefghij"
    school = small_school(
        students=tuple(student(n) for n in names),
        wishes=tuple(wish(n) for n in names),
        teachers=tuple(teacher(t) for t in ("t1", "t2", "t3")),
        courses=(
            ball(slots=("mon2",), max_sections=2, leaders=("t2", "t3"), rooms=("hall", "r3")),
        ),
    )
    [offer] = build_offers(school)
    held = {offer.key: Held(0, 2, frozenset({"hall", "r3"}), frozenset({"t2", "t3"}))}
    solution, taken = rounding(school, held, process)._as_taken({offer.key: takers})
    assert (solution.held[offer.key].least, solution.held[offer.key].most) == (count, count)
    assert taken == {offer.key: seats}


def test_groups_are_for_those_who_wait_in_the_relaxation(process: LpProcess) -> None:
    """Six stay, the club has two seats, and a group four: two groups, or two more seats."""
    names = "abcdef"
    school, held = one_course(
        students=tuple(student(n) for n in names),
        wishes=tuple(wish(n) for n in names),
        courses=(ball(slots=("mon1",), max_size=2),),
    )
    r = rounding(school, held, process)
    solution = r._solve(r._with_whole_groups())
    assert solution is not None
    groups = r._whole_groups(solution)
    assert groups is not None
    assert groups.care["groups", "mon1", (3,)] == 1  # for four; t1 alone may supervise beside t2
    assert not any(groups.missing.values())
    found = r.seat(Worth())
    assert found is not None
    assert [len(s.students) for s in found.found[0]] == [2]
    assert [len(g.students) for g in found.found[1]] == [4]


def test_just_these_groups_and_no_others(process: LpProcess) -> None:
    school, held = one_course()
    r = rounding(school, held, process, Spare(3))
    solution = r._solve(r._with_whole_groups())
    assert solution is not None
    groups = r._whole_groups(solution)
    assert groups is not None
    lp = r._within(groups)
    [var] = r.model.care_groups.values()
    count = groups.care.get(("groups", "mon1", (3,)), 0)
    assert lp.lower[var.index] == lp.upper[var.index] == count
    row = r.rows[r.model.care_row["mon1", 3]]
    assert lp.low[row] == lp.high[row] == 4 + DEFAULTS.rounding.least_spare
    assert r.lp.high[row] == 4 + 3  # and its own program as it was


@pytest.mark.parametrize(("seats", "lacking"), [(2, 0), (1, 1)])
def test_settled_groups_without_a_place_for_everybody_say_where_they_lack_some(
    process: LpProcess, seats: int, lacking: int
) -> None:
    """Four stay, and a group holds two; what is to spare may be used up."""
    school, held = one_course(
        courses=(ball(slots=("mon1",), min_size=1, max_size=seats),),
        wishes=tuple(wish(s.id) for s in small_school().students),
        settings=Settings(id="small", name="", base_care=BaseCare(max_size=2)),
    )
    r = rounding(school, held, process, Spare(1))
    solution, short = r._fitted(Groups({("groups", "mon1", (3,)): 1}, {}))
    assert solution is not None
    assert short == ({("mon1", 3): lacking} if lacking else {})
    r._keep_more(0, short, only=bool(short))
    assert r.spared["mon1", 3] == 1 + 1 + lacking


def test_where_not_even_relaxed_is_so_much_to_spare_there_is_a_plan_without(
    process: LpProcess,
) -> None:
    """One room and one group of four hold the four who stay, and not forty more."""
    school, held = one_course(
        settings=Settings(id="s", name="", base_care=BaseCare(max_size=4)),
        wishes=tuple(wish(s.id) for s in small_school().students),
    )
    r = Rounding(
        school,
        held,
        process,
        effort,
        Random(1),
        Spare(40),
        params=DEFAULTS.rounding.model_copy(update={"joint_seats": 0}),
    )
    assert r._solve(r._with_whole_groups()) is None
    assert r.seat(Worth()) is not None


def test_what_does_not_beat_the_best_is_given_up_before_it_is_rounded(
    process: LpProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    school, held = one_course()
    r = rounding(school, held, process)
    monkeypatch.setattr(r, "_whole_groups", lambda *_: pytest.fail("gone on with"))
    best = Worth(4, 4 * 44, 4 * 44)
    assert r.seat(best) is None
