from models import CareGroup, CareRooms, Plan, Room, School
from tests.builders import (
    add_groups,
    edit_care,
    tiny_plan,
    tiny_school,
    with_care,
    with_class,
    with_course,
    with_new,
    with_room,
)
from tests.checks.saying import broken, names, only

SCHOOL = tiny_school()
PLAN = tiny_plan(SCHOOL)


def test_rooms_that_the_course_may_use() -> None:
    assert broken(with_course(SCHOOL, "chess", rooms=("r3", "r4")), PLAN) == []
    text = only(with_course(SCHOOL, "chess", rooms=("r3", "r5")), PLAN, "rooms")
    names(text, "chess-1", "r4", "r3 3 年级教室", "r5", zh="课程只能用", en="may use only")


def test_features_that_the_course_needs() -> None:
    room = with_room(SCHOOL, "r4", features=("piano", "mirror"))
    room = with_room(room, "r5", features=("piano", "mirror", "stage"))
    assert broken(with_course(room, "chess", room_features=("piano", "mirror")), PLAN) == []
    text = only(with_course(room, "chess", room_features=("piano", "stage")), PLAN, "rooms")
    names(text, "chess-1", "r4", "stage", zh="缺少", en="lacks stage")
    assert "piano" not in text.en


def test_a_room_that_is_not_available() -> None:
    slots = ("mon1", "mon2", "tue1")
    assert broken(with_room(SCHOOL, "r4", available_slots=slots), PLAN) == []
    text = only(with_room(SCHOOL, "r4", available_slots=("mon2", "mon1")), PLAN, "rooms")
    names(text, "choir-1", "r4", "16:00-16:40", zh="周二", en="not available on Tue")


def test_a_care_room_that_is_not_available() -> None:
    text = only(with_room(SCHOOL, "r5", available_slots=("mon1", "mon2", "tue1")), PLAN, "rooms")
    names(text, "care-tue2", "r5", "16:50-17:30", zh="不可用", en="not available")


def test_care_in_a_room_that_is_no_home_room() -> None:
    school = with_room(SCHOOL, "studio", seats=10)
    plan = edit_care(PLAN, "care-mon1", room="studio")
    text = only(school, plan, "rooms")
    names(text, "care-mon1", "studio 画室", zh="不是班级教室", en="no class's home room")
    assert broken(with_room(school, "studio", care_room=True), plan) == []


def two_groups(room: str, other: str) -> tuple[School, Plan]:
    """Divide care on Tuesday's second period: grades 3 and 4 in ``room``, 5 in ``other``."""
    hall = Room(id="hall", name="礼堂", seats=40, care_room=True)
    school = with_care(with_new(SCHOOL, "rooms", hall), rooms=CareRooms.OWN_GRADE)
    low = ("s31", "s32", "s33", "s42", "s43")
    plan = edit_care(PLAN, "care-tue2", students=low, room=room)
    high = CareGroup(id="high", slot="tue2", room=other, staff=("t2",), students=("s52", "s53"))
    return school, add_groups(plan, high)


def test_care_in_a_home_room_of_its_own_grades() -> None:
    assert broken(*two_groups("r4", "r5")) == []
    assert broken(*two_groups("r3", "hall")) == []
    text = only(*two_groups("r5", "hall"), "rooms")
    names(text, "care-tue2", "r5", zh="3、4 年级的学生，却在 5 年级的教室", en="room r5 5")
    assert "grades 3, 4" in text.en
    assert "of grade 5" in text.en


def test_a_care_room_may_be_another_grades_home_room() -> None:
    school, plan = two_groups("r4", "hall")
    assert broken(with_class(school, "c3", home_room="hall"), plan) == []


def test_any_home_room_will_do_unless_the_school_says_otherwise() -> None:
    school, plan = two_groups("r5", "r3")
    assert broken(school, plan) == ["rooms"]
    assert broken(with_care(school, rooms=CareRooms.ANY_HOME), plan) == []
