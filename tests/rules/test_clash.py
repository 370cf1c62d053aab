import pytest

from models import Course, School, SectionCountLock
from tests.builders import with_locks, with_new, with_slot, with_student
from tests.rules.small import (
    MON1,
    SEAT,
    ball,
    care_sizes,
    granted,
    in_care_only,
    opened,
    sizes,
    slot,
    small_school,
    student,
    teacher,
    wish,
)
from tests.rules.solving import conflict, optimal

LATER, OVERLAPPING = 16 * 60 + 40, 16 * 60 + 39
"""Starts that just touch, and just overlap, the first period of Monday."""


def two_periods(start: int) -> School:
    """Art and ball at two periods, the second of which starts then; all want both."""
    second = slot("next", 1, start, start + 40)
    return small_school(
        slots=(MON1, second),
        courses=(ball(id="art", slots=("mon1",), leaders=("t1",)), ball(slots=("next",))),
        students=tuple(
            student(n, stay_slots=(), club_slots=("mon1", "next"), max_clubs=2) for n in "abcd"
        ),
        wishes=tuple(wish(n, c, r) for n in "abcd" for r, c in ((1, "art"), (2, "ball"))),
    )


def test_a_student_in_two_periods_that_touch() -> None:
    plan = optimal(two_periods(LATER))
    assert (sizes(plan), plan.value) == ([4, 4], 4 * (SEAT + 24))


def test_a_student_in_two_periods_that_overlap_by_a_minute() -> None:
    plan = optimal(two_periods(OVERLAPPING))
    assert sum(sizes(plan)) == 4
    pinned = with_locks(two_periods(OVERLAPPING), granted("a", "art"), granted("a", "ball"))
    assert conflict(pinned) == {"clash", "locks"}
    assert optimal(with_slot(pinned, "next", start_minute=LATER)).value == 4 * (SEAT + 24)


def test_a_leader_at_two_periods() -> None:
    def led_by_one(start: int) -> School:
        school = two_periods(start)
        courses = tuple(_led(c, "t1") for c in school.courses)
        return with_locks(
            small_school(
                slots=school.slots,
                courses=courses,
                students=school.students,
                wishes=school.wishes,
            ),
            opened(1, "art"),
            opened(1, "ball"),
        )

    assert len(optimal(led_by_one(LATER)).sections) == 2
    assert conflict(led_by_one(OVERLAPPING)) == {"clash", "staffing", "locks"}


def _led(course: Course, leader: str) -> Course:
    return course.model_copy(update={"leaders": (leader,)})


def room_shared(start: int) -> School:
    """Care in the only room at the first period, ball in the same room at the second."""
    second = slot("next", 1, start, start + 40)
    school = small_school(
        slots=(MON1, second),
        rooms=small_school().rooms[:1],
        courses=(ball(slots=("next",), rooms=()),),
        students=(
            student("a", club_slots=()),
            student("b", stay_slots=(), club_slots=("next",)),
            student("c", stay_slots=(), club_slots=("next",)),
        ),
        wishes=(wish("b"), wish("c")),
    )
    return with_locks(school, opened(1))


def test_a_room_at_two_periods() -> None:
    plan = optimal(room_shared(LATER))
    assert {plan.sections[0].room, plan.care_groups[0].room} == {"r3"}
    families = conflict(room_shared(OVERLAPPING))
    assert families == {"attendance", "clash", "group_size", "rooms", "locks"}


def supervised(start: int, supervisors: int) -> School:
    """Some stay at the first period, others at the second, and there is a room for each."""
    second = slot("next", 1, start, start + 40)
    return in_care_only(
        slots=(MON1, second),
        rooms=tuple(r.model_copy(update={"care_room": True}) for r in small_school().rooms),
        teachers=tuple(teacher(f"t{n + 1}") for n in range(supervisors)),
        students=(
            student("a", club_slots=()),
            student("b", stay_slots=("next",), club_slots=()),
        ),
    )


def test_a_supervisor_at_two_periods() -> None:
    assert care_sizes(optimal(supervised(LATER, 1))) == [1, 1]
    assert care_sizes(optimal(supervised(OVERLAPPING, 2))) == [1, 1]
    assert conflict(supervised(OVERLAPPING, 1)) == {"attendance", "clash", "staffing"}


def test_a_club_while_he_must_be_in_care() -> None:
    """He stays at the first period, and the club overlaps it."""
    second = slot("next", 1, OVERLAPPING, OVERLAPPING + 40)
    school = small_school(
        slots=(MON1, second),
        courses=(ball(slots=("next",), min_size=1),),
        students=(student("a", club_slots=("next",)), student("b", club_slots=("next",))),
        wishes=(wish("a"), wish("b")),
    )
    assert optimal(school).value == 0
    assert conflict(with_locks(school, granted("a"))) == {"attendance", "clash", "locks", "pattern"}
    free = with_student(school, "a", stay_slots=())
    assert sizes(optimal(with_locks(free, granted("a")))) == [1]


@pytest.mark.parametrize("sections", [1, 2])
def test_sections_of_one_course_share_nobody(sections: int) -> None:
    """One leader, one room: two sections fit only because there are two times."""
    school = small_school(
        courses=(ball(max_sections=3, min_size=1, max_size=2),),
        students=tuple(student(n, stay_slots=()) for n in "abcd"),
    )
    assert sizes(optimal(with_locks(school, opened(sections)))) == [2] * sections


def test_one_section_more_than_there_are_times() -> None:
    school = small_school(
        courses=(ball(max_sections=3, min_size=1, max_size=2),),
        students=tuple(student(n, stay_slots=()) for n in "abcd"),
    )
    three = with_locks(school, SectionCountLock(course="ball", count=3))
    assert conflict(three) == {"attendance", "clash", "group_size", "staffing", "locks"}
    helped = with_new(three, "slots", slot("wed1", 3, 960, 1000))
    helped = with_student(helped, "a", club_slots=("mon2", "wed1"))
    assert len(optimal(helped).sections) == 3
