"""Contradictions proved by numbers of students alone, and never of a sound school."""

from collections.abc import Callable
from random import Random

import pytest

from instances import generate
from models import (
    FAMILIES,
    CareStaffLock,
    Family,
    PolicyItem,
    School,
    SeatLock,
    SectionCountLock,
    SectionLock,
)
from optimizer.engine import Limits, solve
from optimizer.engine.infeasible.counts import contradiction
from optimizer.engine.solver import Crew, Effort
from optimizer.errors import InfeasibleError
from optimizer.rules import build
from tests.builders import revised, with_budget, with_clause, with_locks
from tests.rules.random_schools import random_school
from tests.rules.solving import solved

BLOCKS, SCHOOLS = 6, 180
EFFORT = Effort(20.0, seed=1)


def found(school: School) -> tuple[Family, ...] | None:
    return contradiction(school, Crew(), EFFORT, lambda: True)


@pytest.mark.parametrize("block", range(BLOCKS))
def test_what_is_proved_is_so_and_most_of_it_is(block: int) -> None:
    contradictory = proved = 0
    for number in range(block, SCHOOLS, BLOCKS):
        school = random_school(Random(f"counts {number}"))
        families = found(school)
        if families is not None:
            assert solved(build(school, families)) is None, number
            proved += 1
        contradictory += families is not None or solved(build(school)) is None
    assert 0 < 0.8 * contradictory <= proved


@pytest.fixture(scope="module")
def school() -> School:
    return generate("mixed", 300, 24, 0).school


def no_staff(school: School) -> School:
    return revised(school, teachers=tuple(revised(t, may_supervise=False) for t in school.teachers))


def no_rooms(school: School) -> School:
    return revised(school, rooms=tuple(revised(r, available_slots=()) for r in school.rooms))


def no_home_rooms(school: School) -> School:
    shut = {c.home_room for c in school.classes}
    rooms = (revised(r, available_slots=()) if r.id in shut else r for r in school.rooms)
    return revised(school, rooms=tuple(rooms))


def too_little_money(school: School) -> School:
    budget = school.settings.budget
    assert budget is not None
    assert budget.sum_fen is not None
    return with_budget(school, sum_fen=budget.sum_fen * 3 // 10)


def no_slot_left(school: School) -> School:
    return with_clause(school, PolicyItem.LATEST_END, min(s.end_minute for s in school.slots) - 1)


def one_period_a_day(school: School) -> School:
    return with_clause(school, PolicyItem.MAX_PERIODS_DAY, 1)


def two_counts(school: School) -> School:
    course = school.courses[0].id
    locks = (SectionCountLock(course=course, count=n) for n in (0, 1))
    return with_locks(school, *locks)


def pinned_and_barred(school: School) -> School:
    wish = school.wishes[0]
    locks = (SeatLock(student=wish.student, course=wish.course, granted=g) for g in (True, False))
    return with_locks(school, *locks)


def no_supervisor_pinned(school: School) -> School:
    person = next(t.id for t in school.teachers if not t.may_supervise)
    return with_locks(school, CareStaffLock(teacher=person, slot=school.slots[0].id))


def in_two_places(school: School) -> School:
    """One person is pinned to two courses at one moment."""
    for one in school.courses:
        for other in school.courses:
            for person in sorted(set(one.leaders).intersection(other.leaders)):
                for slot in school.slots:
                    if one.id < other.id and school.teacher[person].available(slot.id):
                        return with_locks(
                            school,
                            SectionLock(course=one.id, slots=(slot.id,), staff=(person,)),
                            SectionLock(course=other.id, slots=(slot.id,), staff=(person,)),
                        )
    raise AssertionError


def more_pinned_than_seats(school: School) -> School:
    course = school.courses[0]
    takers = [w.student for w in school.wishes_for[course.id]]
    many = takers[: course.max_size * course.max_sections + 1]
    return with_locks(school, *(SeatLock(student=s, course=course.id) for s in many))


KINDS: list[tuple[Callable[[School], School], set[Family]]] = [
    (no_staff, {"attendance", "staffing"}),
    (no_rooms, {"attendance", "rooms"}),
    (no_home_rooms, {"attendance", "rooms"}),
    (too_little_money, {"attendance", "staffing", "budget"}),
    (no_slot_left, {"attendance", "hours"}),
    (one_period_a_day, {"attendance", "hours"}),
    (two_counts, {"locks"}),
    (pinned_and_barred, {"locks"}),
    (no_supervisor_pinned, {"staffing", "locks"}),
    (in_two_places, {"clash", "staffing", "locks"}),
    (more_pinned_than_seats, {"group_size", "locks"}),
]


@pytest.mark.parametrize(("spoil", "families"), KINDS, ids=[k[0].__name__ for k in KINDS])
def test_each_kind_of_contradiction_is_named(
    school: School, spoil: Callable[[School], School], families: set[Family]
) -> None:
    with pytest.raises(InfeasibleError) as caught:
        solve(spoil(school), Limits(seconds=60, engine="large"))
    assert families <= set(caught.value.families)
    assert len(caught.value.families) <= 4
    places = [FAMILIES.index(f) for f in caught.value.families]
    assert places == sorted(places)


def test_a_sound_school_is_not_refused(school: School) -> None:
    assert found(school) is None
