"""Neighbourhoods of a plan: what is free, what is learnt, and what never gets lost."""

from dataclasses import replace
from itertools import combinations
from random import Random
from typing import Any

import pytest

from instances import generate
from models import School
from optimizer.checks import verify
from optimizer.engine import Limits
from optimizer.engine.decomposition.duals import Programs
from optimizer.engine.lns.neighbourhoods import COURSES, SEATS, STAYS, Neighbourhoods
from optimizer.engine.lns.repair import repair
from optimizer.engine.params import LnsParams
from optimizer.engine.session import Session
from optimizer.engine.solution import Candidate
from optimizer.engine.solver import Crew, Effort
from optimizer.engine.stages import first_with_clubs, plan_of
from optimizer.engine.strategy import search

ROUND = Effort(20, 3, 0.6)


@pytest.fixture(scope="module")
def school() -> School:
    return generate("mixed", 90, 9, 4).school


@pytest.fixture(scope="module")
def first(school: School) -> Candidate:
    found = first_with_clubs(Session(school, Limits(seconds=5, workers=1)))
    assert found is not None
    return found


def hoods_of(
    school: School, kinds: tuple[str, ...] = (*SEATS, *COURSES), **params: Any
) -> Neighbourhoods:
    few = {"students_first": 20, "students_fewest": 5, "students_most": 40}
    return Neighbourhoods(school, Crew(), Random(7), LnsParams(**(few | params)), kinds=kinds)


@pytest.mark.parametrize("name", COURSES)
def test_who_sits_in_a_course_that_is_free_is_free(
    school: School, first: Candidate, name: str
) -> None:
    hoods = hoods_of(school, (name,))
    [kind] = hoods.choice.kinds
    for size in (1.0, 2.0, 3.9):
        kind.size = size
        courses, students = hoods.free(kind, first.solution)
        inside = {
            s for s, keys in first.solution.seats.items() if any(k[0] in courses for k in keys)
        }
        assert 1 <= len(courses) <= int(size)
        assert inside <= students
        wish = {w.student for course in courses for w in school.wishes_for[course]}
        assert len(students) == max(min(40, len(inside | wish)), len(inside))
        assert students - inside <= wish


def test_kinds_of_students_alone(school: School, first: Candidate) -> None:
    hoods = hoods_of(school, (*SEATS, STAYS))
    some, grade, stays = (hoods.free(kind, first.solution) for kind in hoods.choice.kinds)
    assert not some.courses | grade.courses | stays.courses
    assert len(some.students) == 20
    assert len({school.grade_of[s] for s in grade.students}) == 1
    assert len({school.grade_of[s] for s in stays.students}) == 1
    assert any(
        all(slot.id in school.student[s].stay_slots for s in stays.students)
        for slot in school.slots
    )


def test_courses_at_the_same_time(school: School, first: Candidate) -> None:
    """All that meet at one slot, or at one of two, where so many may be free."""
    hoods = hoods_of(school, ("slots",))
    kind, slots = hoods.choice.kinds[0], [slot.id for slot in school.slots]
    kind.size = 1000.0
    meet = {
        slot: frozenset(key[0] for key in first.solution.held if slot in key[1]) for slot in slots
    }
    one = {meet[slot] for slot in slots if meet[slot]}
    two = {meet[a] | meet[b] for a, b in combinations(slots, 2)}
    seen = {frozenset(hoods.free(kind, first.solution).courses) for _ in range(40)}
    assert seen <= one | two | {frozenset(hoods.courses)}
    assert seen & one
    assert seen - one


def test_related_courses_share_wishes_or_leaders(school: School, first: Candidate) -> None:
    """Of two courses one comes of the two nearest of the other."""
    hoods = hoods_of(school, ("related",))
    for _ in range(10):
        courses, _ = hoods.free(hoods.choice.kinds[0], first.solution)
        assert len(courses) == 2
        a, b = sorted(courses)
        wish = [{w.student for w in school.wishes_for[c]} for c in (a, b)]
        lead = [set(school.course[c].leaders) for c in (a, b)]
        assert wish[0] & wish[1] or lead[0] & lead[1]


@pytest.mark.parametrize("name", [*SEATS, *COURSES])
def test_each_kind_decides_anew_what_is_free_and_nothing_else(
    school: School, first: Candidate, name: str
) -> None:
    hoods = hoods_of(school, (name,))
    courses, students = hoods.free(hoods.choice.kinds[0], first.solution)
    found = repair(first.solution, courses, students, Crew(), lambda: ROUND, hinted=True)
    assert found is not None
    assert found.worth == found.solution.worth
    rules = [f for f in verify(school, plan_of(school, found.found)) if f.family != "claims"]
    assert rules == []
    for student, keys in first.solution.seats.items():
        if student not in students:
            assert found.solution.seats[student] == keys
    stands = {k: h for k, h in first.solution.held.items() if k[0] not in courses}
    assert {k: h for k, h in found.solution.held.items() if k[0] not in courses} == stands


def test_a_round_is_given_what_was_learnt_and_pays_for_itself(
    school: School, first: Candidate
) -> None:
    hoods = hoods_of(school, ("courses",))
    [kind], crew = hoods.choice.kinds, hoods.crew
    crew.account.pay(3.0)
    hoods.choice.patience = 2.5
    allowed, taken = [], []

    def effort(seconds: float, seed: int) -> Effort:
        allowed.append(seconds)
        return replace(ROUND, seed=seed)

    def take(found: Candidate | None) -> bool:
        taken.append(found)
        return False

    hoods.repair(first, effort, take)
    assert allowed == [2.5 * hoods.params.repair_seconds]
    assert len(taken) == 1
    assert kind.took == pytest.approx(crew.account.spent - 3.0)
    assert 0 < kind.took < 3
    assert hoods.choice.failures == 1


def test_where_no_prices_come_parts_are_decided_anew(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The constructed plan is gone on from: at least as good, and with clubs, whatever fails."""
    monkeypatch.setattr(Programs, "markets", lambda _self: [])
    rounds: list[Candidate] = []
    inside = Neighbourhoods.repair

    def counted(self: Neighbourhoods, best: Candidate, *given: Any) -> None:
        rounds.append(best)
        if len(rounds) < 3:
            inside(self, best, *given)

    monkeypatch.setattr(Neighbourhoods, "repair", counted)
    monkeypatch.setattr(Neighbourhoods, "useful", property(lambda _: len(rounds) < 3))
    session = Session(school, Limits(seconds=60, workers=1, engine="large"))
    with session.crew.stopping_on_interrupt():
        search(session, None)
    assert len(rounds) == 3
    assert session.worth is not None
    assert session.worth >= rounds[0].worth
    assert rounds[0].worth.points > 0
