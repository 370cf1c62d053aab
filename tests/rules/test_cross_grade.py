from typing import Any

import pytest

from models import BaseCare, CareRooms, HomeClass, Room, School, Settings, Stage, UnmetReason
from tests.builders import with_care, with_course, with_locks, with_settings
from tests.rules.small import (
    SEAT,
    ball,
    care_sizes,
    granted,
    opened,
    sizes,
    small_school,
    student,
    teacher,
    wish,
)
from tests.rules.solving import conflict, optimal

STAGES = (
    Stage(id="primary", name="", grades=(3, 4, 5)),
    Stage(id="junior", name="", grades=(6,)),
)


def four_grades(**changes: Any) -> School:
    """One student of each grade from 3 to 6, and one supervisor."""
    grades = (3, 4, 5, 6)
    fields: dict[str, Any] = {
        "settings": Settings(id="small", name="", base_care=BaseCare(max_size=9, grade_span=4)),
        "rooms": (Room(id="hall", name="", seats=9), Room(id="r3", name="", seats=9)),
        "classes": tuple(HomeClass(id=f"c{g}", name="", grade=g, home_room="r3") for g in grades),
        "students": tuple(student(f"s{g}", home_class=f"c{g}") for g in grades),
        "wishes": tuple(wish(f"s{g}") for g in grades),
        "courses": (ball(grades=grades, min_size=1),),
        "teachers": (teacher("t1"), teacher("t2", may_supervise=False)),
    }
    return small_school(**(fields | changes))


SCHOOL = four_grades()
ALL = [granted(f"s{g}") for g in (3, 4, 5, 6)]


def test_the_grades_of_a_course() -> None:
    assert sizes(optimal(SCHOOL)) == [4]
    narrow = with_course(SCHOOL, "ball", grades=(3, 4, 5))
    plan = optimal(narrow)
    assert sizes(plan) == [3]
    assert [(u.student, u.reason) for u in plan.unmet] == [("s6", UnmetReason.NOT_ELIGIBLE)]
    assert sizes(optimal(with_locks(narrow, *ALL[:3]))) == [3]
    assert conflict(with_locks(narrow, ALL[3])) == {"cross_grade", "locks"}


@pytest.mark.parametrize("own", [True, False])
def test_the_span_of_grades_in_a_section(own: bool) -> None:
    """The course's own limit, or else the school's."""

    def at_most(span: int) -> School:
        if own:
            return with_course(SCHOOL, "ball", max_grade_span=span)
        return with_settings(SCHOOL, max_grade_span=span)

    assert sizes(optimal(with_locks(at_most(4), *ALL))) == [4]
    plan = optimal(at_most(3))
    assert sizes(plan) == [3]
    assert [u.reason for u in plan.unmet] == [UnmetReason.GRADES]
    assert conflict(with_locks(at_most(3), *ALL)) == {"group_size", "cross_grade", "locks"}


def test_the_courses_own_span_goes_before_the_schools() -> None:
    school = with_settings(with_course(SCHOOL, "ball", max_grade_span=4), max_grade_span=1)
    assert sizes(optimal(school)) == [4]


def test_two_sections_of_near_grades() -> None:
    school = with_course(SCHOOL, "ball", max_grade_span=2, max_sections=2)
    plan = optimal(with_locks(school, *ALL))
    grades = sorted(sorted(SCHOOL.grade_of[s] for s in p.students) for p in plan.sections)
    assert grades == [[3, 4], [5, 6]]
    narrower = with_course(school, "ball", max_grade_span=1)
    assert conflict(with_locks(narrower, *ALL)) == {"group_size", "cross_grade", "locks"}


def test_stages_are_not_mixed_unless_allowed() -> None:
    staged = with_care(with_settings(SCHOOL, stages=STAGES), mix_stages=True)
    assert sizes(optimal(staged)) == [3]
    pinned = with_locks(staged, ALL[2], ALL[3])
    assert conflict(pinned) == {"group_size", "cross_grade", "locks"}
    assert sizes(optimal(with_course(pinned, "ball", mix_stages=True))) == [4]


def test_a_span_over_a_stage_in_between() -> None:
    """Grades 3 and 5 are of one stage, grade 4 is not."""
    stages = (Stage(id="odd", name="", grades=(3, 5)), Stage(id="even", name="", grades=(4, 6)))
    school = with_care(with_settings(SCHOOL, stages=stages), mix_stages=True)
    assert sizes(optimal(with_locks(school, ALL[0], ALL[2]))) == [2]
    assert conflict(with_locks(school, ALL[0], ALL[1])) == {"group_size", "cross_grade", "locks"}


def test_the_span_of_grades_in_a_care_group() -> None:
    """One supervisor: all four grades must share a group."""
    school = four_grades(courses=(), wishes=())
    assert care_sizes(optimal(school)) == [4]
    narrow = with_care(school, grade_span=3)
    assert conflict(narrow) == {"attendance", "clash", "cross_grade", "staffing"}
    more = four_grades(
        settings=narrow.settings,
        rooms=tuple(r.model_copy(update={"care_room": True}) for r in SCHOOL.rooms),
        teachers=(teacher("t1"), teacher("t2")),
        courses=(),
        wishes=(),
    )
    assert len(care_sizes(optimal(more))) == 2


def test_stages_in_a_care_group() -> None:
    school = with_settings(four_grades(courses=(), wishes=()), stages=STAGES)
    assert care_sizes(optimal(with_care(school, mix_stages=True))) == [4]
    assert conflict(school) == {"attendance", "clash", "cross_grade", "staffing"}


def test_a_club_brings_the_grades_in_care_nearer() -> None:
    """With the sixth grader in ball, the others span three grades."""
    school = with_care(with_course(SCHOOL, "ball", slots=("mon1",), max_size=1), grade_span=3)
    plan = optimal(school)
    assert plan.value == SEAT
    assert plan.sections[0].students in {("s3",), ("s6",)}


def test_sections_of_one_grade_each_are_counted_together() -> None:
    school = with_course(SCHOOL, "ball", max_grade_span=1, max_sections=2)
    assert sizes(optimal(with_locks(school, opened(2)))) == [1, 1]
    assert conflict(with_locks(school, opened(3))) == {"group_size", "locks"}


@pytest.mark.parametrize("grades", [range(1, 7), range(1, 10)])
def test_one_group_for_more_grades_than_may_share_it(grades: range) -> None:
    """Own home rooms: with the rule left out, a group of all the grades would do."""
    school = four_grades(
        settings=Settings(
            id="small",
            name="",
            base_care=BaseCare(max_size=9, grade_span=2, rooms=CareRooms.OWN_GRADE),
        ),
        classes=tuple(HomeClass(id=f"c{g}", name="", grade=g, home_room="r3") for g in grades),
        students=tuple(student(f"s{g}", home_class=f"c{g}") for g in grades),
        teachers=(teacher("t1", max_periods_day=9), teacher("t2", may_supervise=False)),
        courses=(),
        wishes=(),
    )
    assert conflict(school) == {"attendance", "clash", "cross_grade", "staffing"}
    wide = with_care(school, grade_span=len(grades))
    assert care_sizes(optimal(wide)) == [len(grades)]
