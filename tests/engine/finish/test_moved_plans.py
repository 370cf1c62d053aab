"""Plans with moved seats as starts and as earlier plans; whatever the school, the check agrees."""

from collections import Counter
from random import Random

from models import Plan, PlanStatus, School
from optimizer.checks import before_moves, verify
from optimizer.engine import Limits, finish_plan, solve
from optimizer.engine.pin import pin
from optimizer.rules import build
from tests.builders import revised
from tests.checks import test_by_trying as trying
from tests.engine.finish.test_moved import PROVENANCE, full_ball, in_care, moved, moving, two_places
from tests.engine.schools import previous
from tests.rules.random_schools import random_school
from tests.rules.solving import optimal, optimal_in_one_run, solved

CASES = 40


def test_a_start_with_moved_seats_fits_as_it_was_before() -> None:
    school = in_care()
    plan = optimal(school)
    before = before_moves(school, plan)
    model = build(school)
    assert not pin(model, plan)
    model = build(school)
    assert pin(model, before)
    assert solved(model) is not None


def test_a_start_with_moved_seats_is_not_lost() -> None:
    for school in (in_care(), moving(full_ball())):
        start = optimal(school)
        again = solve(school, Limits(seconds=0.001, workers=1), start=start)
        assert (again.sections, again.care_groups) == (start.sections, start.care_groups)
        assert (again.moved_from, again.unmet) == (start.moved_from, start.unmet)
        assert again.value == start.value
        longer = solve(school, Limits(seconds=5, workers=1), start=start)
        assert (longer.status, longer.value) == (PlanStatus.OPTIMAL, start.value)


def test_changes_are_counted_against_a_plan_with_moved_seats() -> None:
    """The plan stays as it is, moved seats and all."""
    school = in_care()
    plan = optimal(school)
    again = optimal(previous(school, *plan.sections))
    assert again.sections == plan.sections


def test_a_search_with_two_workers_gives_a_plan_that_holds() -> None:
    for school in (in_care(), moving(full_ball()), two_places(3, 3)):
        plan = solve(school, Limits(seconds=3, workers=2, seed=1))
        assert verify(school, plan) == ()
        assert moved(school, plan)


def refusing(random: Random) -> tuple[School, Plan]:
    """Give a random school of one wish each, and a plan that keeps its rules and refuses some."""
    while True:
        school = trying.random_school(random)
        school = revised(school, wishes=[w for w in school.wishes if w.rank == 1])
        plan = trying.random_plan(random, school)
        if trying.rules_kept(school, plan):
            return trying.random_locks(random, school, plan), plan


def test_whatever_the_school() -> None:
    """The check has nothing against who was moved, and who was not."""
    seen: Counter[str] = Counter()
    for number in range(CASES):
        school, start = refusing(Random(f"moved {number}"))
        school = moving(school, grades=Random(number).choice(((), (3, 4))))
        plan = finish_plan(school, start.sections, start.care_groups, PROVENANCE)
        assert verify(school, plan) == (), number
        seen["moved"] += bool(moved(school, plan))
        seen["several"] += len(moved(school, plan)) > 1
        seen["left care"] += bool(plan.moved_from)
        seen["not moved"] += any(u.student not in moved(school, plan) for u in plan.unmet)
    assert min(seen.values()) >= 10, seen


def test_after_a_search() -> None:
    """Reasons, lottery and bound are those of the plan before."""
    seen: Counter[str] = Counter()
    for number in range(400):
        school = moving(random_school(Random(f"any {number}")))
        school = revised(school, wishes=[w for w in school.wishes if w.rank == 1], locks=())
        if solved(build(school)) is not None:
            plan = optimal_in_one_run(school)
            seen["moved" if moved(school, plan) else "nobody"] += 1
        if seen["moved"] >= 4 and seen["nobody"] >= 3:
            break
    assert min(seen["moved"], seen["nobody"]) >= 3, seen
