"""What the annealing works out, against plain sums over tiny schools, and what a move leaves."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from random import Random
from typing import Any

import numpy as np
import pytest

from models import Room, School
from optimizer.engine.decomposition.annealing import (
    accepted,
    anneal,
    book,
    draw,
    fits,
    make_room,
    move,
    seed_loops,
)
from optimizer.engine.decomposition.arrays import make_arrays
from optimizer.engine.decomposition.asking import ask, best_without, choose, make_takers
from optimizer.engine.decomposition.timetable import Annealer, Market, Prices
from optimizer.engine.solution import Solution
from optimizer.rules import Held, relax
from tests.rules.random_schools import random_school
from tests.rules.small import ball, slot, small_school, student, teacher, wish

NO_LOSS, ANY_LOSS = 1e-9, 1e300


def annealer(school: School, random: Random) -> Annealer:
    """Give an annealer at prices drawn at random."""
    r = relax(school)
    t = make_arrays(r)
    care = [[random.randint(0, 9) for _ in school.slots] for _ in school.grades]
    prices = Prices(
        np.array(care, float),
        np.array([random.randint(0, 20) for _ in t.way_offer], float),
        np.array([random.randint(0, 20) for _ in t.lead_way], float),
    )
    return Annealer(Market(r, t, prices), random.randrange(1000))


def annealers(name: str, count: int) -> Iterator[tuple[Random, Annealer]]:
    """Give annealers of random schools in which a section can open."""
    number = 0
    while count:
        number += 1
        random = Random(f"{name} {number}")
        found = annealer(random_school(random), random)
        if len(found.tables.lead_way) and len(found.state.way):
            count -= 1
            yield random, found


def set_up(a: Annealer, random: Random) -> None:
    """Open sections anyhow, at any prices."""
    t, x = a.tables, a.state
    for j, c in enumerate(t.section_course.tolist()):
        ways = range(t.course_ways[c], t.course_ways[c + 1])
        x.way[j] = random.choice([-1, *ways])
        x.price[j] = random.randint(0, 30)
        if x.way[j] >= 0:
            leads = range(t.way_leads[x.way[j]], t.way_leads[x.way[j] + 1])
            x.crew[j, : t.needed[c]] = random.sample(leads, int(t.needed[c]))


def brute(a: Annealer, s: int, without: int, given: int = -1) -> float:
    """Look at every set of a student's sections, one left out, one given for nothing."""
    t, x = a.tables, a.state
    options = []
    for i in range(t.student_wishes[s], t.student_wishes[s + 1]):
        c = t.wish_course[i]
        for j in range(t.course_sections[c], t.course_sections[c + 1]):
            w, crew = x.way[j], x.crew[j, : t.needed[c]]
            led = t.wish_teacher[i] < 0 or t.wish_teacher[i] in t.lead_person[crew]
            if w >= 0 and j != without and led and x.gain[i, t.way_local[w]] > -1e8:
                cost = 0.0 if j == given else x.price[j]
                closed = int(t.way_closed[w, 0])
                options.append(
                    (j, c, int(t.way_mask[w, 0]), closed, x.gain[i, t.way_local[w]] - cost)
                )
    best = 0.0 if given < 0 else -np.inf
    for count in range(1, int(t.most[s]) + 1):
        for some in combinations(options, count):
            clash = any(p[1] == q[1] or p[3] & q[2] for p, q in combinations(some, 2))
            if not clash and (given < 0 or given in {p[0] for p in some}):
                bonus = t.first[s] + (t.second[s] if count > 1 else 0.0)
                best = max(best, bonus + sum(p[4] for p in some))
    return float(best)


def test_what_a_seat_adds_and_the_price_of_a_section() -> None:
    seen: Counter[str] = Counter()
    for random, a in annealers("ask", 90):
        t, x = a.tables, a.state
        set_up(a, random)
        choose(t, x)
        takers = make_takers(t, x)
        for s, worth in enumerate(x.worth.tolist()):
            assert worth == pytest.approx(brute(a, s, -1))
        for j in np.flatnonzero(x.way >= 0).tolist():
            price, keen = ask(t, x, j, takers)
            c = t.section_course[j]
            students = t.wishes_of_course[t.course_wishes[c] : t.course_wishes[c + 1]].tolist()
            without, extra = takers.without[: len(students)], takers.extra[: len(students)]
            for n, s in enumerate(students):
                assert without[n] == pytest.approx(brute(a, s, j))
                best = brute(a, s, -1, j)
                assert max(extra[n], -1e8) == pytest.approx(max(best - without[n], -1e8))
                seen["extra"] += extra[n] > 0

            bounds = [
                float(np.maximum(0.0, extra - at).sum()) + t.size[c] * at
                for at in (price, 0.0, *np.maximum(extra, 0))
            ]
            assert bounds[0] == pytest.approx(min(bounds))
            assert keen == (extra > 0).sum()
            seen["full"] += price > 0
    assert seen["extra"] >= 60, seen
    assert seen["full"] >= 5, seen


def booked(a: Annealer) -> list[np.ndarray]:
    """Work out anew what the open sections take."""
    t, x = a.tables, a.state
    busy, day, week, used = (np.zeros_like(v) for v in (x.busy, x.day, x.week, x.used))
    for j in np.flatnonzero(x.way >= 0).tolist():
        w, c = x.way[j], t.section_course[j]
        slots = [k for k in t.way_slots[w] if k >= 0]
        for who in t.lead_person[x.crew[j, : t.needed[c]]]:
            busy[who, [k for k in t.way_overlaps[w] if k >= 0]] += 1
            week[who] += len(slots)
            for k in slots:
                day[who, t.slot_day[k]] += 1
        for q in (q for q in t.room_sets[c] if q >= 0):
            used[q, slots] += 1
    return [busy, day, week, used]


@pytest.mark.parametrize("heat", [NO_LOSS, 10.0, ANY_LOSS])
def test_the_state_after_moves_is_the_state_rebuilt(heat: float) -> None:
    opened = 0
    for number, (_, a) in enumerate(annealers("moves", 15)):
        t, x = a.tables, a.state
        choose(t, x)
        seed_loops(number)
        before = a.worth
        gained = anneal(t, x, 0, 200, 200, heat, heat, a.chances)
        assert a.worth - before == pytest.approx(gained)
        worth = x.worth.copy()
        choose(t, x)
        assert worth == pytest.approx(x.worth)
        for known, anew in zip((x.busy, x.day, x.week, x.used), booked(a), strict=True):
            assert (known == anew).all()
        assert (x.week <= t.teacher_week).all()
        assert (x.day <= t.teacher_day[:, np.newaxis]).all()
        assert (x.used <= t.room_limits).all()
        opened += int((x.way >= 0).sum())
    assert opened >= 5


def sections_in_turn(name: str, count: int, steps: int) -> Iterator[tuple[Annealer, int, Any]]:
    """Give sections to move, one after the other, where a way to hold their course is there."""
    for number, (_, a) in enumerate(annealers(name, count)):
        t, x = a.tables, a.state
        choose(t, x)
        room = make_room(t, x, a.chances)
        seed_loops(number)
        for step in range(steps):
            j = step % len(x.way)
            if t.course_ways[t.section_course[j]] < t.course_ways[t.section_course[j] + 1]:
                yield a, j, room


def test_what_is_not_done_leaves_no_trace() -> None:
    undone = 0
    for a, j, room in sections_in_turn("undone", 15, 60):
        t, x = a.tables, a.state
        before = [v.copy() for v in x]
        gain = move(t, x, j, False, NO_LOSS, room)
        assert gain >= 0
        if x.way[j] == before[0][j] and gain == 0 and (x.crew == before[1]).all():
            undone += 1
            named = t.named[t.section_course[j]]
            if not named:
                assert all((now == then).all() for now, then in zip(x, before, strict=True))
    assert undone >= 100


def test_losses_are_made_by_chance() -> None:
    """As often as exp(gain / heat) says; never none, never all."""
    assert all(accepted(gain, 5.0) for gain in (0.0, 1e-12, 7.0))
    seed_loops(1)
    for gain in (-1.0, -5.0, -15.0):
        made = sum(accepted(gain, 5.0) for _ in range(4000))
        assert made / 4000 == pytest.approx(np.exp(gain / 5.0), abs=0.03)


def test_moves_that_lose_are_made_when_hot_and_not_when_cold() -> None:
    lost: Counter[float] = Counter()
    for heat in (NO_LOSS, ANY_LOSS):
        for a, j, room in sections_in_turn("heat", 12, 100):
            lost[heat] += move(a.tables, a.state, j, False, heat, room) < -1e-6
    assert lost[NO_LOSS] == 0
    assert lost[ANY_LOSS] >= 20


def test_it_cools_over_the_moves() -> None:
    lost: Counter[int] = Counter()
    for number, (_, a) in enumerate(annealers("heat", 12)):
        chances = a.chances._replace(reprices=0.0)
        for first in (0, 9_900):
            choose(a.tables, a.state)
            seed_loops(number)
            for step in range(first, first + 60):
                gain = anneal(a.tables, a.state, step, step + 1, 10_000, ANY_LOSS, NO_LOSS, chances)
                lost[first] += gain < -1e-6
    assert lost[0] >= 10
    assert lost[9_900] == 0


@pytest.mark.parametrize(("most", "fitting"), [(1, False), (2, True)])
def test_everyone_of_a_team_has_his_limits(most: int, fitting: bool) -> None:
    people = (teacher("t1"), teacher("t2"), teacher("t3", max_periods_week=most))
    course = ball(max_sections=2, leaders=("t2", "t3"), staff_needed=2)
    a = annealer(small_school(teachers=people, courses=(course,)), Random(1))
    t, x = a.tables, a.state
    days = t.slot_day[t.way_slots[:, 0]].tolist()
    for j, way in enumerate((0, days.index(2))):
        x.way[j] = way
        x.crew[j, :2] = range(t.way_leads[way], t.way_leads[way + 1])
        if j == 0:
            book(t, x, j, 1)
    assert fits(t, x, 1, np.zeros(8, np.int64)) == fitting


def test_sections_that_are_pinned_stand_each_with_its_own_staff() -> None:
    course = ball(max_sections=2, leaders=("t2", "t3"), rooms=())
    people = tuple(teacher(name) for name in ("t1", "t2", "t3"))
    school = small_school(teachers=people, courses=(course,))
    a = annealer(school, Random(1))
    t, x = a.tables, a.state
    x.way[:], x.crew[:] = -1, -1
    key = a.market.relaxation.offers[int(t.way_offer[0])].key
    held = {key: Held(2, 2, frozenset({"r3", "hall"}), frozenset({"t2", "t3"}))}
    a.pin(Solution(school, held), {"ball"})
    led_by = {people[t.lead_person[lead]].id for lead in x.crew[:2, 0]}
    assert (x.way.tolist(), led_by) == ([0, 0], {"t2", "t3"})
    assert x.week.tolist() == [0, 1, 1]
    assert x.fixed.all()
    before = x.crew.copy()
    a.run(200, ANY_LOSS, ANY_LOSS)
    assert x.way.tolist() == [0, 0]
    assert np.array_equal(x.crew, before)


LIMITS = [
    ({"max_periods_week": 1}, {}, "tue1", False),
    ({"max_periods_week": 2}, {}, "tue1", True),
    ({"max_periods_day": 1}, {}, "tue1", True),
    ({"max_periods_day": 1}, {}, "mon2", False),
    ({"max_periods_day": 2}, {}, "mon2", True),
    ({}, {"leaders": ("t2", "t3")}, "mon1", False),
    ({}, {"leaders": ("t2", "t3"), "rooms": ()}, "mon1", True),
    ({}, {"rooms": ()}, "mon1", False),
]


@pytest.mark.parametrize(("person", "course", "slot", "fitting"), LIMITS)
def test_a_second_group_fits_where_staff_and_rooms_are_there(
    person: dict[str, int], course: dict[str, tuple[str, ...]], slot: str, fitting: bool
) -> None:
    """The first is on Monday, period 1, led by t2; the second is led by t3 where he may."""
    students = tuple(student(n, stay_slots=(), club_slots=("mon1", "mon2", "tue1")) for n in "abcd")
    school = small_school(
        teachers=(teacher("t1"), teacher("t2", **person), teacher("t3")),
        courses=(ball(max_sections=2, **course),),
        students=students,
    )
    a = annealer(school, Random(1))
    t, x = a.tables, a.state
    slots = [school.slots[t.way_slots[w, 0]].id for w in range(len(t.way_offer))]
    for j, where in enumerate(("mon1", slot)):
        x.way[j] = slots.index(where)
        leads = range(t.way_leads[x.way[j]], t.way_leads[x.way[j] + 1])
        x.crew[j, 0] = leads[j % len(leads)]
        if j == 0:
            book(t, x, j, 1)
    assert fits(t, x, 1, np.zeros(8, np.int64)) == fitting


@pytest.mark.parametrize(("least", "opens"), [(4, True), (5, False)])
def test_a_section_opens_only_if_enough_want_it(least: int, opens: bool) -> None:
    a = annealer(small_school(courses=(ball(min_size=least, max_size=6),)), Random(1))
    t, x = a.tables, a.state
    choose(t, x)
    seed_loops(1)
    anneal(t, x, 0, 100, 100, NO_LOSS, NO_LOSS, a.chances)
    assert (x.way[0] >= 0) == opens


def test_more_slots_than_bits_in_a_word() -> None:
    """Seventy: who stays at the last is saved a place there, and of two clubs then gets one."""
    slots = [slot(f"d{n}", 1 + n % 5, 420 + 50 * (n // 5), 465 + 50 * (n // 5)) for n in range(70)]
    names = "abcd"
    school = small_school(
        slots=tuple(slots),
        rooms=tuple(Room(id=name, name="", seats=8) for name in ("r3", "hall", "yard")),
        teachers=tuple(teacher(name) for name in ("t1", "t2", "t3")),
        students=tuple(
            student(n, stay_slots=("d69",), club_slots=("d68",), max_clubs=2) for n in names
        ),
        courses=(
            ball(slots=("d69",), rooms=()),
            ball(id="chess", slots=("d69",), rooms=(), leaders=("t3",)),
            ball(id="choir", slots=("d68",), rooms=(), leaders=("t3",)),
        ),
        wishes=tuple(
            wish(n, c, rank) for n in names for rank, c in enumerate(("ball", "chess", "choir"), 1)
        ),
    )
    a = annealer(school, Random(1))
    t, x = a.tables, a.state
    x.way[:] = t.course_ways[:3]
    x.crew[:, 0] = t.way_leads[x.way]
    wanted = choose(t, x)
    care = a.market.prices.care[0, 69]
    assert x.gain[:, 0].reshape(4, 3).tolist() == [[20 + care, 16 + care, 12]] * 4
    assert wanted.tolist() == [4, 0, 4]


def led_by_many(needed: int, count: int) -> Annealer:
    names = [f"x{n}" for n in range(count)]
    school = small_school(
        rooms=tuple(Room(id=name, name="", seats=8) for name in ("r3", "hall")),
        teachers=tuple(teacher(name) for name in ("t1", *names)),
        courses=(ball(leaders=tuple(names), staff_needed=needed),),
    )
    return annealer(school, Random(1))


@pytest.mark.parametrize(("needed", "count"), [(1, 30), (3, 10), (5, 5), (5, 9)])
def test_everybody_who_may_lead_is_tried(needed: int, count: int) -> None:
    """All of thirty; and of ten of whom three are needed, no team without the first only."""
    a = led_by_many(needed, count)
    t, x = a.tables, a.state
    seed_loops(3)
    seen: Counter[int] = Counter()
    teams: set[frozenset[int]] = set()
    per_day = np.zeros(8, np.int64)
    for _ in range(2000):
        draw(t, x, 0, a.chances)
        if x.way[0] >= 0:
            team = t.lead_person[x.crew[0, :needed]]
            assert len({*team.tolist()}) == needed
            assert all(t.lead_way[lead] == x.way[0] for lead in x.crew[0, :needed])
            assert fits(t, x, 0, per_day)
            seen.update(team.tolist())
            teams.add(frozenset(team.tolist()))
    assert len(seen) == count
    assert min(seen.values()) > 0.4 * max(seen.values())
    assert len(teams) >= {1: 30, 3: 110}.get(needed, 1 if count == 5 else 120)


def test_best_sets_leave_out_what_is_asked() -> None:
    for random, a in annealers("without", 10):
        t, x = a.tables, a.state
        set_up(a, random)
        choose(t, x)
        takers, sets = make_takers(t, x), np.empty((1, x.chosen.shape[1]), np.int64)
        for s in range(len(t.most)):
            for j in range(len(x.way)):
                best_without(t, x, s, j, takers.options, sets, 0)
                assert j not in sets[0]
