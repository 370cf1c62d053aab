"""Neighbourhoods as parts of the school: what is free, what is learnt, and what never gets lost."""

from itertools import combinations
from random import Random
from typing import Any

import pytest

from instances import generate
from models import School
from optimizer.checks import verify
from optimizer.engine import Limits
from optimizer.engine.decomposition.duals import Programs
from optimizer.engine.lns.parts import PartNeighbourhoods
from optimizer.engine.lns.repair import repair
from optimizer.engine.params import LnsParams
from optimizer.engine.session import Session
from optimizer.engine.solution import Candidate
from optimizer.engine.solver import Crew, Effort
from optimizer.engine.stages import first_with_clubs, plan_of
from optimizer.engine.strategy import search

ROUND = Effort(20, 3, 0.6)
KINDS = ("students", "grade", "courses", "related", "slots")


@pytest.fixture(scope="module")
def school() -> School:
    return generate("mixed", 90, 9, 4).school


@pytest.fixture(scope="module")
def first(school: School) -> Candidate:
    found = first_with_clubs(Session(school, Limits(seconds=5, workers=1)))
    assert found is not None
    return found


def parts_of(school: School, **params: Any) -> PartNeighbourhoods:
    few = {"students_first": 20, "students_fewest": 5, "students_most": 40}
    return PartNeighbourhoods(school, Crew(), Random(7), LnsParams(**(few | params)))


def test_who_sits_in_a_course_that_is_free_is_free(school: School, first: Candidate) -> None:
    parts = parts_of(school)
    for kind in parts.kinds[2:]:
        for _ in range(10):
            courses, students = parts.part(kind, first.solution)
            inside = {
                s for s, keys in first.solution.seats.items() if any(k[0] in courses for k in keys)
            }
            assert 1 <= len(courses) <= int(kind.size)
            assert inside <= students
            assert len(students) <= max(40, len(inside))
            others = students - inside
            assert all(any(w.course in courses for w in school.wishes_of[s]) for s in others)


def test_parts_of_students_alone(school: School, first: Candidate) -> None:
    parts = parts_of(school)
    courses, students = parts.part(parts.kinds[0], first.solution)
    assert (len(courses), len(students)) == (0, 20)
    courses, students = parts.part(parts.kinds[1], first.solution)
    assert not courses
    assert len({school.grade_of[s] for s in students}) == 1


def test_courses_at_the_same_time(school: School, first: Candidate) -> None:
    parts = parts_of(school)
    for _ in range(10):
        courses, _ = parts.part(parts.kinds[4], first.solution)
        used = [[k[1] for k in first.solution.held if k[0] == c] for c in sorted(courses)]
        pairs = ({a.id, b.id} for a, b in combinations(school.slots, 2))
        assert any(all(any(pair & {*at} for at in own) for own in used) for pair in pairs)


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_decides_anew_what_is_free_and_nothing_else(
    school: School, first: Candidate, name: str
) -> None:
    parts = parts_of(school)
    kind = next(k for k in parts.kinds if k.name == name)
    courses, students = parts.part(kind, first.solution)
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


def test_sizes_and_weights_follow_what_rounds_yield(school: School) -> None:
    parts = parts_of(school, students_give_up=3)
    params = parts.params
    kind, other = parts.kinds[:2]
    assert kind.weight == other.weight == params.weight_better
    parts.learn(kind, found=True, better=True)
    assert kind.size == pytest.approx(26.0)
    assert (kind.weight, parts.failures) == (params.weight_better, 0)
    for _ in range(3):
        parts.learn(kind, found=False, better=False)
    assert kind.size == pytest.approx(26.0 * 0.7**3)
    assert kind.weight < params.weight_better * 0.6
    assert other.weight == params.weight_better
    assert [parts.failures, parts.useful] == [3, False]
    parts.learn(kind, found=True, better=True)
    assert [parts.failures, parts.useful] == [0, True]
    for _ in range(20):
        parts.learn(kind, found=True, better=False)
    assert kind.size == 40
    for _ in range(20):
        parts.learn(kind, found=False, better=False)
    assert kind.size == 5


def test_rounds_take_the_kinds_that_yield_most(school: School, first: Candidate) -> None:
    """With all other weights gone only one kind is left to take."""
    parts = parts_of(school)
    for kind in parts.kinds[:-1]:
        kind.weight = 0.0
    before = [k.size for k in parts.kinds]
    parts.round(first, lambda _seconds, _seed: ROUND)
    after = [k.size for k in parts.kinds]
    assert after[:-1] == before[:-1]
    assert after[-1] != before[-1]


def test_where_no_prices_come_parts_are_decided_anew(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The constructed plan is gone on from: at least as good, and with clubs, whatever fails."""
    monkeypatch.setattr(Programs, "markets", lambda _self: [])
    rounds: list[Candidate] = []
    inside = PartNeighbourhoods.round

    def counted(self: PartNeighbourhoods, best: Candidate, effort: object) -> Candidate | None:
        rounds.append(best)
        return inside(self, best, effort) if len(rounds) < 3 else None  # type: ignore[arg-type]

    monkeypatch.setattr(PartNeighbourhoods, "round", counted)
    monkeypatch.setattr(PartNeighbourhoods, "useful", property(lambda _: len(rounds) < 3))
    session = Session(school, Limits(seconds=60, workers=1, engine="large"))
    with session.crew.stopping_on_interrupt():
        search(session, None)
    assert len(rounds) == 3
    assert session.worth is not None
    assert session.worth >= rounds[0].worth
    assert rounds[0].worth.points > 0
