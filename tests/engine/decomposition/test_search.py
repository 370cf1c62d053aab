"""The large engine: the same rules, checked plans only, a bound that holds."""

from random import Random

import pytest

from instances import generate
from models import (
    BoundProof,
    Plan,
    School,
    SeatLock,
    SectionCountLock,
    SectionLock,
    Worth,
    plan_worth,
)
from optimizer.checks import verify
from optimizer.engine import Limits, engine_for, solve
from optimizer.errors import InfeasibleError, NoPlanError
from optimizer.rules import build
from tests.engine.schools import counted, whatever_found
from tests.rules.random_schools import random_school
from tests.rules.solving import optimal_in_one_run, solved


def test_the_engine_is_chosen_by_size_or_forced() -> None:
    small, large = generate("mixed", 120, 12, 0).school, generate("mixed", 1000, 50, 0).school
    assert engine_for(small) == "both"
    assert engine_for(large) == "large"
    assert engine_for(small, "large") == "large"
    assert engine_for(large, "whole") == "whole"


@pytest.mark.parametrize("number", range(6))
def test_any_school(number: int) -> None:
    """Whatever its rules and locks: a plan that the check accepts, or a proof of none."""
    school = random_school(Random(f"large {number}"))
    limits = Limits(seconds=12, workers=2, engine="large")
    if solved(build(school)) is None:
        with pytest.raises((InfeasibleError, NoPlanError)):
            solve(school, limits)
        return
    plan = solve(school, limits)
    assert verify(school, plan) == ()
    best = optimal_in_one_run(school)
    assert plan.bound is not None
    assert plan_worth(school, plan) <= plan_worth(school, best)
    assert max(plan.value, best.value) <= plan.bound


@pytest.fixture(scope="module")
def school() -> School:
    return generate("mixed", 150, 12, 3).school


@pytest.fixture(scope="module")
def plan(school: School) -> Plan:
    return solve(school, Limits(seconds=12, engine="large"))


@pytest.mark.slow
def test_a_generated_school(school: School, plan: Plan) -> None:
    assert verify(school, plan) == ()
    assert plan.provenance.engine == "cpsat-large"
    assert plan.bound_proof is BoundProof.LINEAR_PROGRAM
    assert plan.gap is not None
    assert plan.gap < 0.25


@pytest.mark.slow
def test_locks_are_kept(school: School, plan: Plan) -> None:
    section = plan.sections[0]
    other = next(c for c in school.courses if c.id != section.course and c.max_sections > 1)
    locked = school.model_copy(
        update={
            "locks": (
                SectionLock(course=section.course, slots=section.slots, room=section.room),
                SectionCountLock(course=other.id, count=1),
                SeatLock(student=section.students[0], course=section.course),
            )
        }
    )
    locked = School.model_validate(locked.model_dump())
    assert verify(locked, solve(locked, Limits(seconds=10, engine="large"))) == ()


@pytest.mark.slow
def test_a_start_is_not_lost(school: School, plan: Plan) -> None:
    seen: list[Worth] = []
    limits = Limits(seconds=8, engine="large")
    again = solve(school, limits, plan, on_plan=lambda p: seen.append(plan_worth(school, p)))
    assert plan_worth(school, again) >= plan_worth(school, plan)
    assert seen
    assert seen == sorted(seen)


@pytest.mark.slow
def test_a_start_of_another_school_is_no_harm(school: School, plan: Plan) -> None:
    gone = plan.sections[0].students[0]
    data = school.model_dump()
    data["students"] = [s for s in data["students"] if s["id"] != gone]
    data["wishes"] = [w for w in data["wishes"] if w["student"] != gone]
    smaller = School.model_validate(data)
    again = whatever_found(smaller, Limits(seconds=6, engine="large"), plan)
    assert verify(smaller, again) == ()


def test_one_worker_repeats_itself() -> None:
    """By counts of its work, so that the clock has no part in it however busy the machine is."""
    school = generate("clubhour", 80, 8, 1).school
    limits = counted(1.0, "large", seed=5)
    first, second = solve(school, limits), solve(school, limits)
    assert first.sections == second.sections
    assert first.care_groups == second.care_groups
    assert (first.value, first.bound) == (second.value, second.bound)
    assert first.value > 0
    assert max(p.provenance.seconds for p in (first, second)) < 100
