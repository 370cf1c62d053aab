"""Contradictory schools: proved infeasible, and the families that cannot be kept together."""

from collections.abc import Sequence
from itertools import combinations, count
from random import Random

import pytest

from models import FAMILIES, CareStaffLock, Family, PolicyItem, School, SectionLock
from models.labels import FAMILY_NAMES
from optimizer.engine import Limits, solve
from optimizer.engine.infeasible.conflict import conflicting_families
from optimizer.errors import InfeasibleError
from optimizer.rules import build
from tests.builders import (
    revised,
    with_budget,
    with_clause,
    with_course,
    with_locks,
    with_room,
    with_slot,
    with_student,
    with_teacher,
)
from tests.engine.schools import ball, clubs_only, teacher
from tests.rules.random_schools import random_school
from tests.rules.small import granted, in_care_only, opened, slot, small_school
from tests.rules.solving import solved

PAID = small_school(teachers=(teacher("t1", pay_fen=5000), teacher("t2", pay_fen=5000)))


def no_staff() -> School:
    school = in_care_only()
    for name in ("t1", "t2"):
        school = with_teacher(school, name, may_supervise=False)
    return school


def no_slot_left() -> School:
    """The policy closes every slot to the grade."""
    return with_clause(in_care_only(), PolicyItem.LATEST_END, 16 * 60)


def contradictory_locks() -> School:
    pinned = SectionLock(course="ball", slots=("mon2",), room="hall", staff=("t2",))
    other = CareStaffLock(teacher="t2", slot="late")
    school = small_school(slots=(*small_school().slots, slot("late", 1, 17 * 60, 17 * 60 + 40)))
    school = with_student(school, "a", stay_slots=("late",), club_slots=())
    return with_locks(school, pinned, other)


CASES: list[tuple[str, School, set[Family]]] = [
    ("no staff", no_staff(), {"attendance", "staffing"}),
    (
        "no rooms",
        with_room(in_care_only(), "r3", available_slots=()),
        {"attendance", "rooms"},
    ),
    (
        "budget below base care",
        with_budget(revised(PAID, courses=(), wishes=()), sum_fen=4999),
        {"attendance", "staffing", "budget"},
    ),
    ("no slot left by the hours", no_slot_left(), {"attendance", "hours"}),
    # Without staffing the model has no staff, neither free nor pinned.
    ("locks against each other", contradictory_locks(), {"clash", "staffing", "locks"}),
    (
        "locks on one count",
        with_locks(small_school(), opened(0), opened(1)),
        {"locks"},
    ),
    (
        "a pinned seat of one who is away",
        with_locks(
            with_student(with_course(small_school(), "ball", slots=("mon2",)), "a", club_slots=()),
            granted("a"),
        ),
        {"attendance", "pattern", "locks"},
    ),
    (
        "the slots themselves end too early",
        with_clause(in_care_only(), PolicyItem.EARLIEST_END, 23 * 60),
        {"hours"},
    ),
    (
        "too few for a pinned section",
        with_locks(clubs_only(courses=(ball(min_size=5, max_size=5),)), opened(1)),
        {"group_size", "locks"},
    ),
]


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize(("school", "families"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_the_families_in_conflict(school: School, families: set[Family], workers: int) -> None:
    with pytest.raises(InfeasibleError) as caught:
        solve(school, Limits(seconds=10, workers=workers))
    assert set(caught.value.families) == families
    assert caught.value.exit_code == 3
    for family in families:
        assert FAMILY_NAMES[family].zh in caught.value.say("zh")
        assert FAMILY_NAMES[family].en in caught.value.say("en")


def test_families_are_in_the_order_of_the_list() -> None:
    with pytest.raises(InfeasibleError) as caught:
        solve(CASES[2][1], Limits(seconds=10))
    places = [FAMILIES.index(f) for f in caught.value.families]
    assert places == sorted(places)


def test_one_step_less_is_no_conflict() -> None:
    assert solve(with_budget(revised(PAID, courses=(), wishes=()), sum_fen=5000)).care_groups
    longer = with_slot(with_clause(in_care_only(), PolicyItem.LATEST_END, 16 * 60 + 40), "mon2")
    assert solve(longer).care_groups


def infeasible_school(number: int) -> School:
    for attempt in count():
        school = random_school(Random(f"{number}.{attempt}"))
        if solved(build(school)) is None:
            return school
    raise AssertionError


@pytest.mark.parametrize("number", range(25))
def test_no_family_can_be_left_out_of_a_conflict(number: int) -> None:
    school = infeasible_school(number)
    families = conflicting_families(lambda kept: solved(build(school, kept)) is None)
    assert solved(build(school, families)) is None
    for fewer in combinations(families, len(families) - 1):
        assert solved(build(school, fewer)) is not None, fewer


def test_a_family_whose_proof_does_not_finish_stays_in_the_conflict() -> None:
    """Proofs finish only while the rooms are left in."""
    school = no_staff()
    families = conflicting_families(
        lambda kept: "rooms" in kept and solved(build(school, kept)) is None
    )
    assert set(families) == {"attendance", "rooms", "staffing"}


def test_families_left_in_are_not_tried() -> None:
    asked: list[tuple[Family, ...]] = []

    def proves(families: Sequence[Family]) -> bool:
        asked.append(tuple(families))
        return True

    left_in: tuple[Family, ...] = ("wishes",)
    assert conflicting_families(proves, left_in=left_in) == left_in
    assert asked == [left_in]
