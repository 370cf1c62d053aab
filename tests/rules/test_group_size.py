import pytest

from models import CareRooms, CareStaffLock, School, UnmetReason
from tests.builders import (
    revised,
    with_care,
    with_course,
    with_locks,
    with_new,
    with_room,
    with_student,
    with_wishes,
)
from tests.rules.small import (
    SEAT,
    ball,
    care_sizes,
    granted,
    in_care_only,
    opened,
    sizes,
    small_school,
    student,
    teacher,
    wish,
)
from tests.rules.solving import conflict, optimal

SCHOOL = small_school()
GRADES = {
    grade: {"home_class": f"c{grade}", "stay_slots": ("mon1",), "club_slots": ()}
    for grade in (3, 4)
}


def test_as_many_takers_as_the_minimum() -> None:
    assert sizes(optimal(with_course(SCHOOL, "ball", min_size=4))) == [4]


def test_one_taker_less_than_the_minimum() -> None:
    school = with_course(SCHOOL, "ball", min_size=5, max_size=5)
    plan = optimal(school)
    assert (plan.sections, plan.value) == ((), 0)
    assert {u.reason for u in plan.unmet} == {UnmetReason.TOO_FEW}
    assert conflict(with_locks(school, opened(1))) == {"group_size", "locks"}
    assert conflict(with_locks(school, granted("a"))) == {"group_size", "locks"}


def test_the_course_does_not_open_when_one_of_the_fewest_leaves() -> None:
    at_the_limit = with_course(SCHOOL, "ball", min_size=4)
    assert optimal(at_the_limit).value == 4 * SEAT
    one_less = with_wishes(at_the_limit, "d")
    plan = optimal(one_less)
    assert plan.value == 0
    assert {u.reason for u in plan.unmet} == {UnmetReason.TOO_FEW}


def test_as_many_seats_as_the_maximum() -> None:
    school = with_course(SCHOOL, "ball", max_size=3)
    plan = optimal(school)
    assert sizes(plan) == [3]
    assert [u.reason for u in plan.unmet] == [UnmetReason.FULL_LOTTERY]
    three = [granted(name) for name in "abc"]
    assert sizes(optimal(with_locks(school, *three))) == [3]
    assert conflict(with_locks(school, *three, granted("d"))) == {"group_size", "locks"}


def test_as_many_seats_as_the_room_has() -> None:
    locks = [granted(name) for name in "abcd"]
    pinned = with_locks(SCHOOL, *locks)
    assert sizes(optimal(with_room(pinned, "hall", seats=4))) == [4]
    small = with_room(pinned, "hall", seats=3)
    assert conflict(small) == {"group_size", "rooms", "locks"}
    assert sizes(optimal(with_room(SCHOOL, "hall", seats=3))) == [3]


def test_the_larger_room_is_taken() -> None:
    school = with_course(with_room(SCHOOL, "hall", seats=3), "ball", rooms=("hall", "r3"))
    plan = optimal(school)
    assert (sizes(plan), plan.sections[0].room) == ([4], "r3")


def test_no_section_in_a_room_below_its_minimum() -> None:
    """Two sections of at least 2 and a room of 1 seat: 5 seats in all, but only one section."""
    school = with_course(SCHOOL, "ball", max_sections=2, rooms=("hall", "r3"), slots=("mon2",))
    school = with_course(school, "ball", leaders=("t1", "t2"))
    tight = with_room(school, "hall", seats=2)
    assert sizes(optimal(with_locks(tight, opened(2)))) == [2, 2]
    tiny = with_room(school, "hall", seats=1)
    assert sizes(optimal(tiny)) == [4]
    assert conflict(with_locks(tiny, opened(2))) == {
        "group_size",
        "rooms",
        "clash",
        "pattern",
        "locks",
    }


def split(max_sections: int) -> School:
    """Four takers, two to a section, at two times."""
    return with_course(SCHOOL, "ball", max_size=2, max_sections=max_sections)


def test_as_many_sections_as_the_course_may_have() -> None:
    assert sizes(optimal(split(2))) == [2, 2]
    plan = optimal(split(1))
    assert sizes(plan) == [2]
    assert {u.reason for u in plan.unmet} == {UnmetReason.FULL_LOTTERY}


def test_one_section_more_than_the_course_may_have() -> None:
    assert sizes(optimal(with_locks(split(2), opened(2)))) == [2, 2]
    assert conflict(with_locks(split(1), opened(2))) == {"group_size", "locks"}
    assert conflict(with_locks(split(0), opened(1))) == {"group_size", "locks"}
    assert optimal(split(0)).sections == ()


@pytest.mark.parametrize("sections", [2, 3])
def test_several_sections_at_one_time_are_split_evenly(sections: int) -> None:
    """Seven takers in sections of 2 to 4 that all meet at once."""
    names = "abcdefg"
    school = small_school(
        courses=(ball(max_sections=3, slots=("mon2",), rooms=(), leaders=("t1", "t2", "t3")),),
        students=tuple(student(name, stay_slots=()) for name in names),
        wishes=tuple(wish(name) for name in names),
        teachers=tuple(teacher(f"t{n}") for n in (1, 2, 3)),
    )
    school = with_new(school, "rooms", revised(school.rooms[0], id="r4", seats=2))
    plan = optimal(with_locks(school, opened(sections)))
    assert plan.value == 7 * SEAT
    assert sizes(plan) == ([3, 4] if sections == 2 else [2, 2, 3])


def test_care_groups_hold_their_size() -> None:
    school = in_care_only(teachers=(teacher("t1"),))
    assert care_sizes(optimal(school)) == [4]
    tight = with_care(school, max_size=3)
    assert conflict(tight) == {"attendance", "clash", "group_size", "staffing"}
    helped = with_new(tight, "teachers", teacher("t2"))
    assert conflict(helped) == {"attendance", "clash", "group_size", "rooms"}
    assert care_sizes(optimal(with_room(helped, "hall", care_room=True))) == [1, 3]


def test_care_groups_fit_their_room() -> None:
    school = in_care_only(teachers=(teacher("t1"),))
    assert care_sizes(optimal(with_room(school, "r3", seats=4))) == [4]
    small = with_room(school, "r3", seats=3)
    assert conflict(small) == {"attendance", "clash", "group_size", "rooms"}
    both = with_room(with_new(small, "teachers", teacher("t2")), "hall", care_room=True, seats=1)
    assert care_sizes(optimal(both)) == [1, 3]


def test_no_more_care_groups_than_students() -> None:
    """Two supervisors are pinned to one slot at which one student stays."""
    school = with_room(in_care_only(), "hall", care_room=True)
    locks = [CareStaffLock(teacher=t, slot="mon1") for t in ("t1", "t2")]
    pair = revised(school, students=school.students[:2])
    assert care_sizes(optimal(with_locks(pair, *locks))) == [1, 1]
    alone = revised(school, students=school.students[:1])
    assert conflict(with_locks(alone, *locks)) == {"clash", "group_size", "staffing", "locks"}


def two_grades(seats: int) -> School:
    """Own home rooms, two grades a group: who is in a room that seats one is of its own grade."""
    school = in_care_only(
        rooms=tuple(revised(r, id=i) for r, i in zip(SCHOOL.rooms, ("r3", "r4"), strict=True)),
        classes=(
            SCHOOL.classes[0],
            revised(SCHOOL.classes[0], id="c4", grade=4, home_room="r4", homeroom_teacher="t2"),
        ),
        students=(
            student("a", **GRADES[3]),
            student("b", **GRADES[4]),
            student("c", **GRADES[4]),
        ),
    )
    school = with_care(school, rooms=CareRooms.OWN_GRADE, grade_span=2)
    return with_room(with_room(school, "r3", seats=seats), "r4", seats=2)


def test_a_room_with_fewer_seats_than_the_group_has_grades() -> None:
    plan = optimal(two_grades(seats=1))
    assert {g.room: g.students for g in plan.care_groups} == {"r3": ("a",), "r4": ("b", "c")}
    crowded = with_new(two_grades(seats=1), "students", student("d", **GRADES[3]))
    assert "group_size" in conflict(crowded)
    assert care_sizes(optimal(with_room(crowded, "r3", seats=2))) == [2, 2]


def test_an_absent_taker_does_not_count() -> None:
    """Whoever is there at no slot of the course is no taker, and the reason says too few."""
    school = with_course(SCHOOL, "ball", min_size=4, slots=("mon2",))
    assert sizes(optimal(school)) == [4]
    absent = with_student(school, "d", club_slots=("tue1",))
    reasons = {u.student: u.reason for u in optimal(absent).unmet}
    assert reasons == dict.fromkeys("abc", UnmetReason.TOO_FEW) | {"d": UnmetReason.TIME}
