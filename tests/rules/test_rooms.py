import pytest

from models import CareRooms, HomeClass, Room, School, SectionLock
from tests.builders import revised, with_care, with_course, with_locks, with_new, with_room
from tests.rules.small import (
    SEAT,
    ball,
    care_sizes,
    in_care_only,
    opened,
    small_school,
    student,
    teacher,
)
from tests.rules.solving import conflict, optimal

SCHOOL = small_school(courses=(ball(rooms=()),))


def room_of(school: School) -> str:
    plan = optimal(with_locks(school, opened(1)))
    assert plan.value == 4 * SEAT
    return plan.sections[0].room


def test_only_the_rooms_of_the_course() -> None:
    assert room_of(with_course(SCHOOL, "ball", rooms=("hall",))) == "hall"
    assert room_of(with_course(SCHOOL, "ball", rooms=("r3",))) == "r3"
    pinned = with_locks(
        with_course(SCHOOL, "ball", rooms=("r3",)), SectionLock(course="ball", room="hall")
    )
    assert conflict(pinned) == {"rooms", "locks"}


def test_every_feature_of_the_course() -> None:
    school = with_room(SCHOOL, "hall", features=("mats", "bars"))
    school = with_room(school, "r3", features=("mats",))
    assert room_of(with_course(school, "ball", room_features=("mats", "bars"))) == "hall"
    pinned = with_locks(
        with_course(school, "ball", room_features=("mats", "bars")),
        SectionLock(course="ball", room="r3"),
    )
    assert conflict(pinned) == {"rooms", "locks"}


def test_a_room_available_at_every_slot() -> None:
    school = with_course(SCHOOL, "ball", rooms=("hall",), slots=("mon1", "mon2"))
    school = with_course(school, "ball", periods_per_session=2)
    assert room_of(with_room(school, "hall", available_slots=("mon1", "mon2"))) == "hall"
    half = with_room(school, "hall", available_slots=("mon1",))
    assert conflict(with_locks(half, opened(1))) == {"pattern", "rooms", "locks"}
    whole_week = with_course(half, "ball", periods_per_session=1)
    assert optimal(whole_week).sections[0].slots == ("mon1",)


def test_two_sections_in_the_only_room() -> None:
    """At one time only one fits, at two times both do."""
    school = with_course(SCHOOL, "ball", rooms=("hall",), leaders=("t1", "t2"), slots=("mon2",))
    school = with_course(school, "ball", max_sections=2, max_size=2)
    two = with_locks(school, opened(2))
    assert conflict(two) == {"clash", "pattern", "rooms", "locks"}
    assert len(optimal(with_course(two, "ball", slots=("mon2", "tue1"))).sections) == 2
    assert len(optimal(with_course(two, "ball", rooms=("hall", "r3"))).sections) == 2


def test_care_in_home_rooms_and_care_rooms_only() -> None:
    care = in_care_only()
    assert optimal(care).care_groups[0].room == "r3"
    closed = with_room(care, "r3", available_slots=("mon2",))
    assert conflict(closed) == {"attendance", "rooms"}
    assert optimal(with_room(closed, "hall", care_room=True)).care_groups[0].room == "hall"
    no_home = revised(care, classes=(HomeClass(id="c3", name="", grade=3),))
    assert conflict(no_home) == {"attendance", "rooms"}
    assert optimal(with_room(no_home, "hall", care_room=True)).care_groups[0].room == "hall"


def test_as_many_care_groups_as_rooms() -> None:
    two = with_care(in_care_only(), max_size=2)
    assert care_sizes(optimal(with_room(two, "hall", care_room=True))) == [2, 2]
    assert conflict(two) == {"attendance", "clash", "group_size", "rooms"}


def two_classes(**care: object) -> School:
    """Grades 3 and 4 with home rooms r3 and r4, two students in each, a supervisor for each."""
    rooms = tuple(Room(id=f"r{g}", name="", seats=6) for g in (3, 4))
    school = small_school(
        rooms=(*rooms, Room(id="hall", name="", seats=6)),
        classes=tuple(HomeClass(id=f"c{g}", name="", grade=g, home_room=f"r{g}") for g in (3, 4)),
        courses=(),
        students=(
            *(student(n, club_slots=()) for n in "ab"),
            *(student(n, club_slots=(), home_class="c4") for n in "cd"),
        ),
        wishes=(),
    )
    return with_care(school, **care)


def closed(school: School, room: str) -> School:
    return with_room(school, room, available_slots=())


@pytest.mark.parametrize("rooms", list(CareRooms))
def test_each_grade_in_its_own_room(rooms: CareRooms) -> None:
    assert care_sizes(optimal(two_classes(rooms=rooms))) == [2, 2]


def test_the_room_of_another_grade() -> None:
    """With one grade a group, grade 3 may use the room of grade 4 only where any will do."""
    school = with_new(two_classes(), "rooms", Room(id="r5", name="", seats=6, care_room=False))
    school = with_new(school, "classes", HomeClass(id="c5", name="", grade=5, home_room="r5"))
    shut = closed(school, "r3")
    plan = optimal(shut)
    assert {g.room for g in plan.care_groups} == {"r4", "r5"}
    own = with_care(shut, rooms=CareRooms.OWN_GRADE)
    assert conflict(own) == {"attendance", "cross_grade", "rooms"}
    assert care_sizes(optimal(with_room(own, "hall", care_room=True))) == [2, 2]


def test_a_group_of_two_grades_in_the_room_of_either() -> None:
    school = two_classes(rooms=CareRooms.OWN_GRADE, grade_span=2)
    for room in ("r3", "r4"):
        plan = optimal(closed(school, room))
        assert care_sizes(plan) == [4]
    assert conflict(closed(closed(school, "r3"), "r4")) == {"attendance", "rooms"}


def test_groups_of_two_grades_need_a_student_of_the_rooms_own() -> None:
    """Three groups of at most two, and rooms of grade 3 only: each holds a third grader."""
    school = two_classes(rooms=CareRooms.OWN_GRADE, grade_span=2, max_size=2)
    school = closed(school, "r4")
    school = with_new(school, "classes", HomeClass(id="c3b", name="", grade=3, home_room="hall"))
    plan = optimal(school)
    assert {g.room: len({school.grade_of[s] for s in g.students}) for g in plan.care_groups} == {
        "r3": 2,
        "hall": 2,
    }
    only_fourth = revised(
        school,
        students=(
            student("a", club_slots=()),
            *(student(n, club_slots=(), home_class="c4") for n in "bcd"),
        ),
    )
    assert conflict(only_fourth) >= {"attendance", "group_size", "rooms"}


def test_a_home_room_shared_by_two_grades_is_each_ones_own() -> None:
    school = two_classes(rooms=CareRooms.OWN_GRADE, max_size=2)
    shared = revised(
        school,
        classes=tuple(HomeClass(id=f"c{g}", name="", grade=g, home_room="r3") for g in (3, 4)),
        teachers=(teacher("t1"), teacher("t2")),
    )
    assert conflict(shared) == {"attendance", "clash", "group_size", "rooms"}
    roomy = with_care(shared, max_size=4, grade_span=2)
    assert care_sizes(optimal(roomy)) == [4]
