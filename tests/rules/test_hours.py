from typing import Any

import pytest

from models import (
    CareContent,
    CourseKind,
    Family,
    Force,
    GroupKind,
    HomeClass,
    Level,
    PolicyItem,
    School,
    Stage,
    StudentGroup,
    UnmetReason,
)
from tests.builders import (
    revised,
    with_clause,
    with_course,
    with_locks,
    with_new,
    with_settings,
    with_slot,
    with_student,
    with_wishes,
)
from tests.rules.small import (
    MON1,
    MON2,
    SEAT,
    TUE1,
    ball,
    granted,
    in_care_only,
    opened,
    placed,
    small_school,
    student,
    wish,
)
from tests.rules.solving import conflict, optimal

STAYS_BOTH = in_care_only(
    students=tuple(student(n, stay_slots=("mon1", "mon2"), club_slots=()) for n in "ab")
)
CLUB_LATER = with_locks(small_school(courses=(ball(slots=("mon2",)),)), granted("a"))
"""All stay for mon1 and come to mon2 for ball only."""
MUST_STAY: set[Family] = {"attendance", "hours"}


def evening(school: School) -> School:
    return with_slot(school, "mon2", evening_study=True)


def test_latest_end_in_care() -> None:
    item = PolicyItem.LATEST_END
    assert optimal(with_clause(STAYS_BOTH, item, MON2.end_minute)).care_groups
    assert conflict(with_clause(STAYS_BOTH, item, MON2.end_minute - 1)) == MUST_STAY


def test_late_care_goes_on_after_the_latest_end() -> None:
    """Only for grades of which nobody else asked to stay then, and never in a club."""
    group = StudentGroup(id="g1", name="", kind=GroupKind.SPECIAL_NEEDS)
    school = revised(STAYS_BOTH, groups=(group,))
    late = with_clause(school, PolicyItem.LATEST_END, MON2.end_minute - 1)
    late = with_clause(late, PolicyItem.LATE_CARE, subject="special_needs")
    assert conflict(late) == MUST_STAY
    everybody = tuple(revised(s, groups=("g1",)) for s in late.students)
    assert optimal(revised(late, students=everybody)).care_groups
    assert conflict(revised(late, students=(*everybody[:1], *late.students[1:]))) == MUST_STAY
    ended = with_clause(CLUB_LATER, PolicyItem.LATEST_END, MON2.end_minute - 1)
    ended = with_clause(revised(ended, groups=(group,)), PolicyItem.LATE_CARE, subject="g1")
    ended = revised(ended, students=tuple(revised(s, groups=("g1",)) for s in ended.students))
    assert conflict(ended) == {"pattern", "hours", "locks"}


def test_latest_end_in_a_club() -> None:
    item = PolicyItem.LATEST_END
    assert optimal(with_clause(CLUB_LATER, item, MON2.end_minute)).value == 4 * SEAT
    early = with_clause(CLUB_LATER, item, MON2.end_minute - 1)
    assert conflict(early) == {"pattern", "hours", "locks"}
    plan = optimal(revised(early, locks=()))
    assert plan.value == 0
    assert {u.reason for u in plan.unmet} == {UnmetReason.TIME}


def test_latest_end_is_not_about_evening_study() -> None:
    item = PolicyItem.LATEST_END
    assert optimal(with_clause(evening(STAYS_BOTH), item, MON1.end_minute)).care_groups
    assert conflict(with_clause(STAYS_BOTH, item, MON1.end_minute)) == MUST_STAY


def test_latest_end_of_evening_study() -> None:
    item = PolicyItem.EVENING_LATEST_END
    school = evening(STAYS_BOTH)
    assert optimal(with_clause(school, item, MON2.end_minute)).care_groups
    assert conflict(with_clause(school, item, MON2.end_minute - 1)) == MUST_STAY
    # Nor is anything gained by not marking an evening as such.
    assert optimal(with_clause(STAYS_BOTH, item, MON2.end_minute)).care_groups
    assert conflict(with_clause(STAYS_BOTH, item, MON2.end_minute - 1)) == MUST_STAY


def test_minutes_of_evening_study() -> None:
    item = PolicyItem.EVENING_MAX_MINUTES
    school = evening(STAYS_BOTH)
    assert optimal(with_clause(school, item, 40)).care_groups
    assert conflict(with_clause(school, item, 39)) == MUST_STAY
    assert optimal(with_clause(STAYS_BOTH, item, 39)).care_groups


@pytest.mark.parametrize(
    ("item", "exact"), [(PolicyItem.MAX_MINUTES_DAY, 80), (PolicyItem.MAX_PERIODS_DAY, 2)]
)
def test_a_day_in_care(item: PolicyItem, exact: int) -> None:
    assert optimal(with_clause(STAYS_BOTH, item, exact)).care_groups
    assert conflict(with_clause(STAYS_BOTH, item, exact - 1)) == MUST_STAY
    assert optimal(with_clause(evening(STAYS_BOTH), item, exact // 2)).care_groups
    apart = with_student(STAYS_BOTH, "a", stay_slots=("mon1", "tue1"))
    apart = with_student(apart, "b", stay_slots=("mon2", "tue1"))
    assert optimal(with_clause(apart, item, exact // 2)).care_groups


@pytest.mark.parametrize(
    ("item", "exact"), [(PolicyItem.MAX_MINUTES_DAY, 80), (PolicyItem.MAX_PERIODS_DAY, 2)]
)
def test_a_day_of_care_and_a_club(item: PolicyItem, exact: int) -> None:
    assert optimal(with_clause(CLUB_LATER, item, exact)).value == 4 * SEAT
    less = with_clause(CLUB_LATER, item, exact - 1)
    assert conflict(less) == {"attendance", "pattern", "hours", "locks"}
    plan = optimal(with_clause(small_school(), item, exact - 1))
    assert plan.value == 4 * SEAT
    assert plan.sections[0].slots != ("mon2",)


def test_a_club_in_place_of_care_makes_the_day_no_longer() -> None:
    school = small_school(courses=(ball(slots=("mon1",)),))
    assert optimal(with_clause(school, PolicyItem.MAX_PERIODS_DAY, 1)).value == 4 * SEAT


def test_learning_periods_in_care() -> None:
    item = PolicyItem.MAX_LEARNING_PERIODS_DAY
    assert optimal(with_clause(STAYS_BOTH, item, 2)).care_groups
    assert conflict(with_clause(STAYS_BOTH, item, 1)) == MUST_STAY
    reading = with_slot(STAYS_BOTH, "mon2", care_content=CareContent.READING)
    assert optimal(with_clause(reading, item, 1)).care_groups
    assert optimal(with_clause(evening(STAYS_BOTH), item, 1)).care_groups


def test_learning_periods_of_care_and_a_course() -> None:
    """Homework in the first period, and a learning course in the second."""
    item = PolicyItem.MAX_LEARNING_PERIODS_DAY
    learning = with_course(CLUB_LATER, "ball", kind=CourseKind.LEARNING)
    assert optimal(with_clause(learning, item, 2)).value == 4 * SEAT
    less = with_clause(learning, item, 1)
    assert conflict(less) == {"attendance", "pattern", "hours", "locks"}
    assert optimal(with_clause(CLUB_LATER, item, 1)).value == 4 * SEAT
    reading = with_slot(less, "mon1", care_content=CareContent.READING)
    assert optimal(reading).value == 4 * SEAT


def test_a_club_saves_a_learning_period() -> None:
    """Homework care is learning, ball is not: with none allowed, all must be in ball."""
    item = PolicyItem.MAX_LEARNING_PERIODS_DAY
    school = with_clause(small_school(courses=(ball(slots=("mon1",)),)), item, 0)
    assert optimal(school).value == 4 * SEAT
    one_more = with_wishes(school, "d")
    assert conflict(one_more) == {"attendance", "wishes", "hours"}
    crowded = with_course(school, "ball", max_size=3)
    assert conflict(crowded) == {"attendance", "group_size", "hours"}


def test_service_weekdays() -> None:
    """A clause for each weekday; without any, every day is one."""
    item = PolicyItem.SERVICE_WEEKDAY
    monday = with_clause(small_school(courses=(ball(slots=("tue1",)),)), item, 1)
    plan = optimal(monday)
    assert {u.reason for u in plan.unmet} == {UnmetReason.TIME}
    pinned = with_locks(monday, opened(1), granted("a"))
    assert conflict(pinned) == {"pattern", "hours", "locks"}
    assert optimal(with_clause(pinned, item, 2)).value == 4 * SEAT
    tuesday = with_clause(in_care_only(), item, 2)
    assert conflict(tuesday) == MUST_STAY


def test_evening_study_for_some_grades_only() -> None:
    item = PolicyItem.EVENING_ALLOWED
    assert optimal(with_clause(evening(STAYS_BOTH), item, grades=(3,))).care_groups
    assert conflict(with_clause(evening(STAYS_BOTH), item, grades=(4,))) == MUST_STAY
    assert optimal(with_clause(STAYS_BOTH, item, grades=(4,))).care_groups
    both = with_clause(with_clause(evening(STAYS_BOTH), item, grades=(4,)), item, grades=(3,))
    assert optimal(both).care_groups


def test_a_club_in_evening_study_for_some_grades_only() -> None:
    item = PolicyItem.EVENING_ALLOWED
    allowed = with_clause(evening(CLUB_LATER), item, level=Level.PRIMARY)
    assert optimal(allowed).value == 4 * SEAT
    juniors = with_clause(evening(CLUB_LATER), item, level=Level.JUNIOR)
    assert conflict(juniors) == {"pattern", "hours", "locks"}
    plan = optimal(revised(juniors, locks=()))
    assert plan.value == 0
    assert {u.reason for u in plan.unmet} == {UnmetReason.TIME}


def boarder(**fields: Any) -> School:
    school = small_school(
        groups=(StudentGroup(id="boarder", name=""),),
        courses=(ball(slots=("mon1",)),),
    )
    school = with_student(school, "a", groups=("boarder",))
    return with_clause(school, PolicyItem.EXCLUDED_GROUP, subject="boarder", **fields)


def test_an_excluded_group_has_no_seat_and_no_care() -> None:
    plan = optimal(boarder())
    assert placed(plan) == ["b", "c", "d"]
    assert [(u.student, u.reason) for u in plan.unmet] == [("a", UnmetReason.NOT_ELIGIBLE)]
    assert conflict(with_locks(boarder(), granted("a"))) == {"hours", "locks"}


def test_an_excluded_group_of_another_grade_or_stage() -> None:
    assert optimal(boarder(grades=(4,))).value == 4 * SEAT
    stages = (
        Stage(id="primary", name="", grades=(3,)),
        Stage(id="junior", name="", grades=(7,)),
    )
    school = with_settings(small_school(courses=(ball(slots=("mon1",)),)), stages=stages)
    school = with_student(
        revised(school, groups=(StudentGroup(id="boarder", name=""),)), "a", groups=("boarder",)
    )
    for stage, seats in (("junior", 4), ("primary", 3)):
        item = PolicyItem.EXCLUDED_GROUP
        excluding = with_clause(school, item, subject="boarder", stage=stage)
        assert optimal(excluding).value == seats * SEAT


def test_a_group_excluded_by_its_kind() -> None:
    group = StudentGroup(id="live-in", name="", kind=GroupKind.BOARDER)
    school = small_school(groups=(group,), courses=(ball(slots=("mon1",)),))
    school = with_student(school, "a", groups=("live-in",))
    item = PolicyItem.EXCLUDED_GROUP
    plan = optimal(with_clause(school, item, subject="boarder"))
    assert placed(plan) == ["b", "c", "d"]
    pinned = with_locks(with_clause(school, item, subject="boarder"), granted("a"))
    assert conflict(pinned) == {"hours", "locks"}
    assert optimal(with_clause(school, item, subject="bus")).value == 4 * SEAT


def test_whoever_is_not_eligible_has_no_seat_and_no_care() -> None:
    item = PolicyItem.ELIGIBLE
    school = small_school(courses=(ball(slots=("mon1",), grades=(3, 7)),))
    school = with_new(school, "classes", HomeClass(id="c7", name="", grade=7))
    school = with_student(school, "a", home_class="c7")
    primary = with_clause(school, item, level=Level.PRIMARY)
    plan = optimal(primary)
    assert placed(plan) == ["b", "c", "d"]
    assert [(u.student, u.reason) for u in plan.unmet] == [("a", UnmetReason.NOT_ELIGIBLE)]
    assert conflict(with_locks(primary, granted("a"))) == {"hours", "locks"}
    all_of_them = with_clause(primary, item, level=Level.JUNIOR)
    assert optimal(with_locks(all_of_them, granted("a"))).value == 4 * SEAT


def test_earliest_end() -> None:
    """It concerns the school's slots: Monday ends with mon2, Tuesday with tue1."""
    item = PolicyItem.EARLIEST_END
    assert optimal(with_clause(in_care_only(), item, TUE1.end_minute)).care_groups
    assert conflict(with_clause(in_care_only(), item, TUE1.end_minute + 1)) == {"hours"}
    other_grade = with_clause(in_care_only(), item, TUE1.end_minute + 1, grades=(4,))
    assert optimal(other_grade).care_groups


def test_earliest_end_is_not_about_evening_study() -> None:
    item = PolicyItem.EARLIEST_END
    only_monday = in_care_only(slots=(MON1, MON2), students=(student("a", club_slots=()),))
    exact = with_clause(only_monday, item, MON2.end_minute)
    assert optimal(exact).care_groups
    assert conflict(evening(exact)) == {"hours"}


def test_the_strictest_of_several_clauses() -> None:
    item = PolicyItem.MAX_PERIODS_DAY
    school = with_clause(with_clause(STAYS_BOTH, item, 3), item, 2)
    assert optimal(school).care_groups
    assert conflict(with_clause(school, item, 1)) == MUST_STAY


def test_a_waived_clause_binds_nobody() -> None:
    fields = {"force": Force.ADVISORY, "waived": True}
    school = with_clause(STAYS_BOTH, PolicyItem.MAX_PERIODS_DAY, 1, **fields)
    plan = optimal(school)
    assert plan.waived == ("max_periods_day",)
    advisory = with_clause(STAYS_BOTH, PolicyItem.MAX_PERIODS_DAY, 1, force=Force.ADVISORY)
    assert conflict(advisory) == MUST_STAY


def test_a_limit_on_the_day_leaves_one_club_of_two() -> None:
    school = small_school(
        courses=(ball(slots=("mon2",)), ball(id="art", slots=("tue1",), leaders=("t1",))),
        students=tuple(student(n, max_clubs=2) for n in "ab"),
        wishes=tuple(wish(n, c, r) for n in "ab" for r, c in ((1, "ball"), (2, "art"))),
    )
    assert len(optimal(with_clause(school, PolicyItem.MAX_PERIODS_DAY, 2)).sections) == 2
    plan = optimal(with_clause(school, PolicyItem.MAX_PERIODS_DAY, 1))
    assert [s.course for s in plan.sections] == ["art"]
    assert {u.reason for u in plan.unmet} == {UnmetReason.TOO_LONG_DAY}
