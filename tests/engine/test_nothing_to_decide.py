"""Schools with little or nothing to plan."""

import pytest

from models import PlanStatus, PolicyItem, School, SlotUse, StudentGroup, UnmetReason
from optimizer.checks import verify
from optimizer.engine import Limits, solve
from tests.builders import revised, with_clause, with_course, with_slot, with_student
from tests.engine.schools import STAYS_NOT, ball, clubs_only, student, wish
from tests.rules.small import MON1, SEAT, in_care_only, small_school

WORKERS = pytest.mark.parametrize("workers", [1, 2])


def planned(school: School, workers: int) -> tuple[int, int, int]:
    """Give the numbers of sections and care groups, and the value, which is proved best."""
    plan = solve(school, Limits(seconds=3, workers=workers))
    assert verify(school, plan) == ()
    assert (plan.status, plan.bound) == (PlanStatus.OPTIMAL, plan.value)
    return len(plan.sections), len(plan.care_groups), plan.value


@WORKERS
@pytest.mark.parametrize(
    ("school", "expected"),
    [
        (small_school(students=(), wishes=()), (0, 0, 0)),
        (small_school(wishes=()), (0, 1, 0)),
        (in_care_only(), (0, 1, 0)),
        (clubs_only(wishes=()), (0, 0, 0)),
        (clubs_only(courses=(), wishes=()), (0, 0, 0)),
        (in_care_only(slots=(MON1,), students=(student("a", club_slots=()),)), (0, 1, 0)),
        (
            small_school(students=(student("a", stay_slots=(), club_slots=()),), wishes=()),
            (0, 0, 0),
        ),
        (
            clubs_only(students=(student("a", max_clubs=0, **STAYS_NOT),), wishes=()),
            (0, 0, 0),
        ),
    ],
    ids=[
        "nobody",
        "no wishes",
        "no courses",
        "clubs only, no wishes",
        "clubs only, no courses",
        "one slot, one student",
        "nobody stays",
        "nobody wants a club",
    ],
)
def test_nothing_to_decide(school: School, expected: tuple[int, int, int], workers: int) -> None:
    assert planned(school, workers) == expected


@WORKERS
@pytest.mark.parametrize(
    "school",
    [
        with_course(small_school(), "ball", max_sections=0),
        with_course(small_school(), "ball", sessions_per_week=3, min_gap_days=5),
        with_slot(
            with_course(small_school(), "ball", slots=("mon1",)), "mon1", use=SlotUse.CARE_ONLY
        ),
        with_course(small_school(), "ball", min_size=5, max_size=5),
    ],
    ids=["no sections", "no pattern", "care only", "too few"],
)
def test_wishes_that_nothing_can_come_of(school: School, workers: int) -> None:
    """The bound of everyone's best wishes is far off, and yet all is proved."""
    assert planned(school, workers) == (0, 1, 0)


@WORKERS
def test_everybody_has_his_wish(workers: int) -> None:
    assert planned(clubs_only(), workers) == (1, 0, 4 * SEAT)


@WORKERS
def test_the_excluded_are_left_out(workers: int) -> None:
    school = revised(small_school(), groups=(StudentGroup(id="boarder", name=""),))
    for name in "abcd":
        school = with_student(school, name, groups=("boarder",))
    school = with_clause(school, PolicyItem.EXCLUDED_GROUP, subject="boarder")
    assert planned(school, workers) == (0, 0, 0)
    plan = solve(school, Limits(seconds=3, workers=workers))
    assert {u.reason for u in plan.unmet} == {UnmetReason.NOT_ELIGIBLE}
    assert len(plan.unmet) == 4


@WORKERS
def test_points_that_are_all_nought(workers: int) -> None:
    """No seat is worth anything, and whoever can have one is still seated."""
    school = clubs_only(courses=(ball(min_size=1),), wishes=tuple(wish(n) for n in "abcd"))
    weights = revised(school.settings.weights, rank_points=(0,), first_seat=0, second_seat=0)
    school = revised(school, settings=revised(school.settings, weights=weights))
    _, _, value = planned(school, workers)
    assert value == 0
