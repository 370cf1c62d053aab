"""Faults that were found once, each as small as it could be made."""

import signal
from random import Random
from time import monotonic, sleep
from typing import Any

import pytest
from ortools.sat.python import cp_model

from models import FAMILIES, Course, Plan, PlanStatus, Room, School, SectionLock, Slot, SlotUse
from optimizer.checks import verify
from optimizer.engine import Limits, Progress, finish_plan, solve
from optimizer.engine.finish.extract import extract
from optimizer.engine.infeasible.conflict import conflicting_families
from optimizer.engine.lns.improve import Improver
from optimizer.engine.solver import Crew, Effort, Status
from optimizer.errors import InfeasibleError
from optimizer.rules import build
from optimizer.rules.pattern import patterns
from tests.builders import (
    revised,
    with_care,
    with_course,
    with_locks,
    with_new,
    with_slot,
    with_student,
)
from tests.rules.small import (
    MON1,
    MON2,
    ball,
    in_care_only,
    opened,
    slot,
    small_school,
    student,
    wish,
)
from tests.rules.solving import solved
from tests.tiny import tiny_school

ALONE = Limits(seconds=5, workers=1)


def test_a_class_larger_than_a_care_group_is_not_packed_whole() -> None:
    school = with_care(in_care_only(), max_size=3)
    school = with_new(school, "rooms", Room(id="care", name="", seats=9, care_room=True))
    plan = solve(school, ALONE)
    assert verify(school, plan) == ()
    assert max(len(group.students) for group in plan.care_groups) <= 3


def test_packed_groups_at_overlapping_slots_use_different_rooms() -> None:
    """The model had both groups elsewhere; each would rather be in their class's home room."""
    later = slot("later", 1, MON1.start_minute + 20, MON1.end_minute + 20)
    school = with_new(in_care_only(), "slots", later)
    for name in "ab":
        school = with_student(school, name, stay_slots=("later",), club_slots=())
    rooms = (Room(id=f"care{n}", name="", seats=9, care_room=True) for n in (1, 2))
    school = with_new(school, "rooms", *rooms)
    model = build(school)
    for (_, room, _), var in model.care_room.items():
        if room == "r3":
            model.cp.add(var == 0)
    solution = solved(model)
    assert solution is not None
    _, groups = extract(model, solution)
    assert sorted(len(group.students) for group in groups) == [2, 2]
    assert len({group.room for group in groups}) == 2


def _closed(school: School) -> School:
    return with_course(school, "ball", max_sections=0)


def _care_only(school: School) -> School:
    for name in ("mon2", "tue1"):
        school = with_slot(school, name, use=SlotUse.CARE_ONLY)
    return with_course(school, "ball", slots=("mon2", "tue1"))


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("close", [_closed, _care_only])
def test_wishes_but_no_way_to_hold_any_course(close: Any, workers: int) -> None:
    plan = solve(close(small_school()), Limits(seconds=5, workers=workers))
    assert (plan.status, plan.value, plan.sections) == (PlanStatus.OPTIMAL, 0, ())


def test_an_interrupt_while_the_plan_is_written_down_does_not_lose_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[None] = []

    def interrupted(*args: Any, **options: Any) -> Any:
        seen.append(None)
        if len(seen) == 1:  # a second one ends the program
            signal.raise_signal(signal.SIGINT)
        return finish_plan(*args, **options)

    monkeypatch.setattr("optimizer.engine.session.finish_plan", interrupted)
    assert solve(in_care_only(), ALONE).care_groups


def test_a_solver_that_was_just_starting_hears_a_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    """OR-Tools forgets ``stop_search`` on a solver that has not begun."""
    crew, begin = Crew(), cp_model.CpSolver.solve

    def stopped_first(solver: cp_model.CpSolver, *args: Any) -> Any:
        crew.stop()
        return begin(solver, *args)

    monkeypatch.setattr(cp_model.CpSolver, "solve", stopped_first)
    began = monotonic()
    assert crew.run(_market_split(), Effort(seconds=20, seed=1)).status is Status.UNKNOWN
    assert monotonic() - began < 5


def _market_split() -> cp_model.CpModel:
    """Make a model that takes very long to decide: few equations over many random weights."""
    cp, random = cp_model.CpModel(), Random(1)
    chosen = [cp.new_bool_var(f"chosen[{n}]") for n in range(60)]
    for _ in range(6):
        cp.add(cp_model.LinearExpr.weighted_sum(chosen, random.choices(range(1, 99), k=60)) == 1400)
    return cp


def test_one_worker_counts_what_a_round_costs_beside_the_solver(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Rounds on a small school take hardly any deterministic time, and the clock ran out."""
    rounds, run = [], Improver._round

    def counted(improver: Improver, *args: Any) -> None:
        rounds.append(args)
        run(improver, *args)

    monkeypatch.setattr(Improver, "_round", counted)
    monkeypatch.setattr(Improver, "_whole", lambda *_: None)
    # Nothing else may end the search: neither a proof by the whole model nor one by prices.
    monkeypatch.setattr("optimizer.engine.monolithic.linear_bounds", lambda *_: iter(()))
    solve(with_course(tiny_school(), "chess", max_sections=0), ALONE)
    assert 10 < len(rounds) < 300


def test_one_worker_settles_a_small_school_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Improver, "_round", lambda *_: pytest.fail("a round was not needed"))
    assert solve(tiny_school(), Limits(seconds=60, workers=1)).status is PlanStatus.OPTIMAL


def _families(school: School) -> set[str]:
    with pytest.raises(InfeasibleError) as caught:
        solve(school, ALONE)
    return set(caught.value.families)


def test_wishes_are_in_conflict_where_more_of_them_would_do() -> None:
    """Four students, two of whom wish for the course that must open with three."""
    school = small_school(courses=(ball(min_size=3),), wishes=(wish("a"), wish("b")))
    assert _families(with_locks(school, opened(1))) == {"wishes", "group_size", "locks"}


def test_two_pinned_sections_of_a_course_that_has_one() -> None:
    school = with_locks(
        small_school(courses=(ball(rooms=("hall", "r3")),)),
        SectionLock(course="ball", slots=("mon2",), room="hall"),
        SectionLock(course="ball", slots=("mon2",), room="r3"),
    )
    assert "group_size" in _families(school)


def test_a_conflict_is_not_looked_into_beyond_the_deadline() -> None:
    kept = conflicting_families(lambda _: pytest.fail("too late"), lambda: False)
    assert kept == FAMILIES


def test_sessions_that_interleave_are_one_pattern_in_time_order() -> None:
    """Four short periods in a row, breaks long enough to skip one: two sessions of two."""
    day = tuple(slot(f"p{n}", 1, 960 + 10 * n, 970 + 10 * n) for n in range(4))
    course = ball(sessions_per_week=2, periods_per_session=2, min_gap_days=0)
    school = clubs_on(day, course)
    assert patterns(school, course) == [("p0", "p1", "p2", "p3")]


def clubs_on(day: tuple[Slot, ...], course: Course) -> School:
    """Give the small school other slots, at which everyone comes for clubs only."""
    slots = tuple(s.id for s in day)
    students = tuple(student(name, stay_slots=(), club_slots=slots) for name in "abcd")
    return small_school(slots=day, courses=(course,), students=students)


def test_ids_as_long_as_they_may_be() -> None:
    """The ids of sections and care groups are longer still."""
    course, stay, club = "c" * 64, "s" * 64, "t" * 64
    school = small_school(
        slots=(revised(MON1, id=stay), revised(MON2, id=club)),
        courses=(ball(id=course, slots=(club,)),),
        students=tuple(student(name, stay_slots=(stay,), club_slots=(club,)) for name in "abcd"),
        wishes=tuple(wish(name, course) for name in "abcd"),
    )
    plan = solve(school, ALONE)
    assert (len(plan.sections), len(plan.care_groups)) == (1, 1)
    assert Plan.model_validate_json(plan.model_dump_json()) == plan


def test_a_run_with_no_work_left_is_no_fault() -> None:
    run = Crew().solve(_market_split(), Effort(seconds=5, seed=1, deterministic=-1.0))
    assert run.status is Status.UNKNOWN


def test_a_start_that_holds_is_not_lost_for_want_of_time() -> None:
    school = tiny_school()
    start = solve(school, ALONE)
    again = solve(school, Limits(seconds=0.001, workers=1), start=start)
    assert (again.sections, again.care_groups) == (start.sections, start.care_groups)
    assert again.value == start.value


def test_nothing_goes_on_when_whoever_is_told_of_it_fails() -> None:
    def fails(_: Progress) -> None:
        raise BrokenPipeError

    crew = Crew()
    with pytest.raises(BrokenPipeError):
        crew.wait([lambda: sleep(0.5)], lambda: fails(Progress("clubs", 0.0, 0.0, None, None)))
    assert crew.stopped
