"""The aims after satisfaction, in plans made at prices: as in those of the whole model."""

from dataclasses import replace
from typing import Any

import pytest

from models import Plan, School, Section
from optimizer.checks import verify
from optimizer.engine import Limits, SearchParams, solve
from optimizer.engine.lns.neighbourhoods import lost_seats
from optimizer.engine.params import DEFAULTS, SecondaryParams
from optimizer.engine.solution import Solution
from optimizer.rules import Key
from tests.builders import revised
from tests.engine.schools import STAYS_NOT, ball, clubs_only, previous, student, teacher, wish
from tests.engine.schools import with_weights as weighing
from tests.rules.small import SEAT

LARGE = Limits(seconds=6, workers=2, seed=1, engine="large")


def made(school: School, params: SearchParams = DEFAULTS) -> Plan:
    plan = solve(school, replace(LARGE, params=params))
    assert verify(school, plan) == ()
    return plan


def two_leaders(first: int, second: int, **more: Any) -> School:
    return clubs_only(
        courses=(ball(leaders=("t1", "t2"), slots=("mon2",)),),
        teachers=(teacher("t1", pay_fen=first), teacher("t2", pay_fen=second)),
        **more,
    )


@pytest.mark.parametrize(("first", "second"), [(5000, 8000), (8000, 5000)])
def test_the_cheaper_of_two_leaders(first: int, second: int) -> None:
    plan = made(two_leaders(first, second))
    assert (plan.value, plan.pay_fen) == (4 * SEAT, 5000)


def test_points_given_up_within_the_tolerance() -> None:
    """The seat of d alone costs 50 yuan; it is worth 44 points."""
    school = clubs_only(
        courses=(
            ball(min_size=1, slots=("mon2",), leaders=("t1",)),
            ball(id="art", min_size=1, slots=("tue1",), leaders=("t2",)),
        ),
        teachers=(teacher("t1"), teacher("t2", pay_fen=5000)),
        students=tuple(student(n, **STAYS_NOT) for n in "abcd"),
        wishes=(*(wish(n) for n in "abc"), wish("d", "art")),
    )
    assert (made(school).value, made(school).pay_fen) == (4 * SEAT, 5000)
    enough = weighing(school, tolerance=SEAT, aim="most_points")
    assert (made(enough).value, made(enough).pay_fen) == (3 * SEAT, 0)


@pytest.mark.parametrize("slot", ["mon2", "tue1"])
def test_fewest_changes(slot: str) -> None:
    """Either time is as good; the earlier plan's is kept."""
    school = clubs_only(courses=(ball(leaders=("t1",), slots=("mon2", "tue1")),))
    room = school.rooms[0].id
    held = Section(
        id="old", course="ball", slots=(slot,), room=room, staff=("t1",), students=("a",)
    )
    plan = made(previous(school, held))
    assert [section.slots for section in plan.sections] == [(slot,)]


def test_in_a_larger_school_who_lost_a_seat_is_free() -> None:
    """Ball is at both times for two each; a sat on Monday, and may again instead of another."""
    larger = SearchParams(secondary=SecondaryParams(whole_seats=0))
    school = clubs_only(
        courses=(
            ball(
                min_size=2, max_size=2, max_sections=2, leaders=("t1", "t2"), slots=("mon2", "tue1")
            ),
        )
    )
    room = school.rooms[0].id
    both = tuple(
        Section(id=slot, course="ball", slots=(slot,), room=room, staff=("t1",), students=pair)
        for slot, pair in (("mon2", ("a", "d")), ("tue1", ("b", "c")))
    )
    plan = made(revised(school, previous=both), larger)
    assert {s.slots: s.students for s in plan.sections} == {s.slots: s.students for s in both}


def test_who_lost_a_seat_that_he_still_wishes_for() -> None:
    """The seats of a and b are as they were, c is at another time, and d no longer wishes."""
    school = clubs_only(courses=(ball(slots=("mon2", "tue1")),), wishes=[wish(n) for n in "abc"])
    old = Section(
        id="old", course="ball", slots=("mon2",), room="r1", staff=("t1",), students=("a", "c", "d")
    )
    monday: Key = ("ball", ("mon2",), frozenset({3}), 0)
    tuesday: Key = ("ball", ("tue1",), frozenset({3}), 0)
    seats = {"a": frozenset({monday}), "b": frozenset({tuesday}), "c": frozenset({tuesday})}
    solution = Solution(school.model_copy(update={"previous": (old,)}), {}, seats)
    assert lost_seats(solution) == ["c"]
