"""The parts of the search of many courses a student: against a state made anew, and brute force."""

from itertools import combinations, pairwise
from random import Random
from typing import Any

import numpy as np
import pytest
from numpy.lib.recfunctions import repack_fields

from instances import generate
from optimizer.engine.sectioning.anneal import anneal, close_small, first_timetable
from optimizer.engine.sectioning.groups import move_group, swap_groups
from optimizer.engine.sectioning.problem import Problem, Sectioning, make_problem
from optimizer.engine.sectioning.records import BITS, Ints, with_sets
from optimizer.engine.sectioning.seats import force, seat_chain
from optimizer.engine.sectioning.state import (
    UNMET,
    VALUE,
    State,
    capacity,
    commit,
    drop,
    new_state,
    rollback,
)
from tests.engine.schools import with_idle_slots

PATIENCE = 60
SETS = {
    "way": ("at", "closed"),
    "group": ("within",),
    "staff": ("free",),
    "room": ("free",),
    "wish": ("slots", "within"),
}


@pytest.fixture(scope="module", params=[(60, 12, 24, 0), (90, 15, 34, 0), (60, 12, 24, 50)])
def sectioning(request: pytest.FixtureRequest) -> Sectioning:
    """Weeks of 20, 40 and 70 slots, with double periods and courses twice a week."""
    *size, more = request.param
    return make_problem(with_idle_slots(generate("all-day", *size).school, more))


@pytest.fixture
def state(sectioning: Sectioning) -> State:
    x = new_state(sectioning.problem)
    first_timetable(sectioning.problem, x, 5)
    close_small(sectioning.problem, x)
    return x


def bits(words: Ints) -> list[int]:
    """Give the numbers of the slots in a set."""
    row = np.atleast_1d(words).tolist()
    return [BITS * n + k for n, word in enumerate(row) for k in range(BITS) if word >> k & 1]


def assert_sound(p: Problem, x: State) -> None:
    """All that is kept beside timetable and seats says what these say; no rule is broken."""
    staff, room = np.zeros_like(x.staff_busy), np.zeros_like(x.room_busy)
    day, week = np.zeros_like(x.staff_day), np.zeros(len(p.staff), np.int64)
    for g, group in enumerate(p.group):
        way, leader, where = (int(x.group[name][g]) for name in ("way", "leader", "room"))
        members = x.members[g, : x.group["count"][g]].tolist()
        assert sorted(members) == np.flatnonzero(x.wish["seat"] == g).tolist()
        if way < 0:
            assert (leader, where, members) == (-1, -1, [])
            continue
        course = p.course[group["course"]]
        assert course["ways"] <= way < p.course["ways"][group["course"] + 1]
        assert not members or course["least"] <= len(members) <= capacity(p, x, g)
        for u in members:
            assert not (p.way["at"][way] & ~p.wish["slots"][u]).any()
            assert p.way["grades"][way] >> p.wish["grade"][u] & 1
            assert p.wish["teacher"][u] in {-1, leader}
            assert p.wish["course"][u] == group["course"]
        closed, mask = bits(p.way["closed"][way]), bits(p.way["at"][way])
        assert not set(mask) - set(bits(p.staff["free"][leader] & p.room["free"][where]))
        staff[leader, closed] += 1
        room[where, closed] += 1
        week[leader] += len(mask)
        np.add.at(day[leader], p.slot_day[mask], 1)
    assert (staff == x.staff_busy).all()
    assert (room == x.room_busy).all()
    assert (day == x.staff_day).all()
    assert (week == x.staff["week"]).all()
    assert staff.max() <= 1  # no slots overlap here
    assert room.max() <= 1
    assert (week <= p.staff["week"]).all()
    assert (day <= p.staff["day"][:, None]).all()
    assert_students(p, x)


def assert_students(p: Problem, x: State) -> None:
    value = 0
    for s in range(len(p.student) - 1):
        wishes = range(int(p.student["wishes"][s]), int(p.student["wishes"][s + 1]))
        held = [u for u in wishes if x.wish["seat"][u] >= 0]
        ways = [x.group["way"][x.wish["seat"][u]] for u in held]
        together = np.bitwise_or.reduce(p.way["at"][ways], initial=0)
        assert sum(len(bits(p.way["at"][w])) for w in ways) == len(bits(together))
        assert (
            x.student["busy"][s] == np.bitwise_or.reduce(p.way["closed"][ways], initial=0)
        ).all()
        assert x.student["seats"][s] == len(held) <= p.student["wanted"][s]
        value += int(p.wish["weight"][held].sum())
        value += int(p.student["first"][s]) * (len(held) > 0)
        value += int(p.student["second"][s]) * (len(held) > 1)
    assert x.numbers[VALUE] == value
    unmet = x.wish["unmet"][: x.numbers[UNMET]]
    assert sorted(unmet.tolist()) == np.flatnonzero(x.wish["seat"] < 0).tolist()
    assert (x.wish["unmet"][x.wish["unmet_at"][unmet]] == unmet).all()


def told(x: State) -> tuple[object, ...]:
    """Give what a state says, whatever the order of members and of the unmet."""
    return (
        x.group[["way", "leader", "room", "count"]].tolist(),
        x.wish["seat"].tolist(),
        x.student["seats"].tolist(),
        x.student["busy"].tolist(),
        x.staff.tolist(),
        x.staff_busy.tolist(),
        x.staff_day.tolist(),
        x.room_busy.tolist(),
        x.numbers[[UNMET, VALUE]].tolist(),
    )


def in_two_words(p: Problem) -> Problem:
    """Give a problem of one word a set with a second word of nothing."""
    parts: dict[str, Any] = {}
    for part, names in SETS.items():
        made = getattr(p, part)
        rest = repack_fields(made[[name for name in made.dtype.names if name not in names]])
        sets = {name: np.stack([made[name], 0 * made[name]], axis=1) for name in names}
        parts[part] = with_sets(rest, **sets)
    return p._replace(**parts)


def test_sets_of_one_word_are_numbers_and_make_the_same_moves_as_longer_ones() -> None:
    one = make_problem(generate("all-day", 60, 12, 24).school).problem
    seen = []
    for p, word in ((one, ()), (in_two_words(one), (2,))):
        x = new_state(p)
        assert p.way["at"].shape[1:] == x.student["busy"].shape[1:] == word
        first_timetable(p, x, 5)
        close_small(p, x)
        anneal(p, x, 2000, 30.0, 1)
        seen.append((x.group.tolist(), x.wish.tolist(), x.members.tolist(), x.numbers.tolist()))
    assert seen[0] == seen[1]


def test_the_first_timetable_is_sound_and_seats_most(sectioning: Sectioning, state: State) -> None:
    assert_sound(sectioning.problem, state)
    assert state.numbers[UNMET] < 0.12 * len(sectioning.problem.wish)


@pytest.mark.parametrize("heat", [0.5, 1e4])
def test_after_many_moves_the_state_is_as_if_made_anew(
    sectioning: Sectioning, state: State, heat: float
) -> None:
    stood = 0
    for seed in range(4):
        stood += anneal(sectioning.problem, state, 500, heat, seed)
        assert_sound(sectioning.problem, state)
    assert stood > 100


def test_a_cold_annealing_never_loses(sectioning: Sectioning, state: State) -> None:
    for seed in range(10):
        before = int(state.numbers[VALUE])
        anneal(sectioning.problem, state, 50, 1e-9, seed)
        assert state.numbers[VALUE] >= before


def test_a_hot_one_does(sectioning: Sectioning, state: State) -> None:
    values = []
    for seed in range(20):
        anneal(sectioning.problem, state, 20, 1e9, seed)
        values.append(int(state.numbers[VALUE]))
    assert any(later < earlier for earlier, later in pairwise(values))


def test_whatever_was_done_can_be_taken_back(sectioning: Sectioning, state: State) -> None:
    p, random = sectioning.problem, Random(1)
    out: Ints = np.empty(len(p.wish) + 1, np.int64)
    stood = 0
    for turn in range(400):
        commit(state)
        before = told(state)
        g = random.randrange(len(p.group))
        c = int(p.group["course"][g])
        w = random.randrange(int(p.course["ways"][c]), int(p.course["ways"][c + 1]))
        if turn % 4 == 0:
            stood += move_group(p, state, g, w, 30.0, out, PATIENCE)
        elif turn % 4 == 1:
            h = random.randrange(len(p.group))
            if h != g and state.group["way"][h] not in {-1, state.group["way"][g]}:
                stood += swap_groups(p, state, g, h, 30.0, out, PATIENCE)
        else:
            u = random.randrange(len(p.wish))
            g = random.randrange(int(p.course["groups"][c]), int(p.course["groups"][c + 1]))
            if state.wish["seat"][u] < 0:
                seat_chain(p, state, u, PATIENCE)
            elif p.wish["course"][u] == c and state.group["way"][g] >= 0:
                force(p, state, u, g, out, 0)
        rollback(p, state, 0)
        assert told(state) == before
    assert stood > 8
    assert_sound(p, state)


def test_a_chain_that_fails_changes_nothing_and_one_that_works_costs_nobody(
    sectioning: Sectioning, state: State
) -> None:
    p = sectioning.problem
    for u in range(0, len(p.wish), 7):
        commit(state)
        if state.wish["seat"][u] >= 0:
            continue
        before, value = told(state), int(state.numbers[VALUE])
        if seat_chain(p, state, u, 500):
            assert state.numbers[VALUE] > value
        else:
            assert told(state) == before


def test_a_chain_finds_a_seat_whenever_the_matching_has_one() -> None:
    """Wish by wish the seats of a student become a largest matching of courses to slots."""
    made = generate("all-day", 40, 12, 21)
    p = make_problem(made.school).problem
    assert all(len(bits(way)) == 1 for way in p.way["at"])
    lost = 0
    for seed in range(30):
        x = new_state(p)
        wide = np.zeros((len(p.group), x.members.shape[1] + 5), np.int64)  # for the seats added
        x = x._replace(members=wide)
        first_timetable(p, x, seed)
        student = seed % (len(p.student) - 1)
        own = range(int(p.student["wishes"][student]), int(p.student["wishes"][student + 1]))
        for u in own:  # everybody else keeps his seat; there is one for this student in each group
            _leave(p, x, u)
        p.course["most"][:] += 5
        p.room["seats"][:] += 5
        p.course["least"][:] = 0
        order = list(own)
        Random(seed).shuffle(order)
        for u in order:
            seat_chain(p, x, u, 10_000)
        p.course["most"][:] -= 5
        p.room["seats"][:] -= 5
        slots = [
            {
                int(x.group["way"][g])
                for g in range(int(p.course["groups"][c]), int(p.course["groups"][c + 1]))
                if x.group["way"][g] >= 0
            }
            for c in (int(p.wish["course"][u]) for u in own)
        ]
        times = [{bits(p.way["at"][w])[0] for w in ways} for ways in slots]
        assert x.student["seats"][student] == matching(times)
        lost += matching(times) < len(times)
    assert 3 <= lost <= 27


def _leave(p: Problem, x: State, u: int) -> None:
    if x.wish["seat"][u] >= 0:
        drop(p, x, u)
        commit(x)


def matching(times: list[set[int]]) -> int:
    """Give the most courses that can have a time of their own, by Hall's theorem."""
    everyone = range(len(times))
    short = max(
        len(some) - len(set().union(*(times[i] for i in some)))
        for size in range(len(times) + 1)
        for some in combinations(everyone, size)
    )
    return len(times) - short
