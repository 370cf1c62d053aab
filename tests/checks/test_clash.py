from models import CareGroup, Plan, School, Slot
from optimizer.checks import CHECKS, clash
from tests.builders import (
    add_groups,
    edit_section,
    rest_in_care,
    revised,
    tiny_plan,
    tiny_school,
    with_course,
    with_new,
    with_student,
)
from tests.checks.saying import broken, names, only, said

SCHOOL = tiny_school()
PLAN = tiny_plan(SCHOOL)


def between(start: int, end: int, room: str, staff: str) -> tuple[School, Plan]:
    """Let s52 stay on Monday only at a slot of its own, in a care group of its own."""
    slot = Slot(id="mon1x", weekday=1, start_minute=start, end_minute=end)
    school = with_student(
        with_new(SCHOOL, "slots", slot), "s52", stay_slots=("mon1x", "tue1", "tue2")
    )
    own = CareGroup(id="own", slot="mon1x", room=room, staff=(staff,), students=("s52",))
    return school, add_groups(rest_in_care(school, PLAN), own)


def test_a_student_in_two_sections_at_once() -> None:
    plan = edit_section(PLAN, "choir-1", slots=("mon2", "tue1"))
    found = [f.text for f in CHECKS["clash"](SCHOOL, plan) if "s31" in f.text.en]
    names(found[0], "s31", "chess-1", "choir-1", "16:50-17:30", zh="学生", en="student")


def test_a_student_in_two_care_groups_at_once() -> None:
    second = CareGroup(id="second", slot="mon1", room="r3", staff=("t2",), students=("s52",))
    text = only(SCHOOL, add_groups(PLAN, second), "clash")
    names(text, "s52", "care-mon1", "second", zh="重叠", en="overlaps")


def test_a_teacher_in_two_places_at_once() -> None:
    school = with_course(SCHOOL, "chess", leaders=("t1", "t2", "t5"))
    text = only(school, edit_section(PLAN, "chess-1", staff=("t5",)), "clash")
    names(text, "t5", "chess-1", "care-mon2", "16:50-17:30", zh="教师", en="teacher")


def test_a_room_used_twice_at_once() -> None:
    text = only(SCHOOL, edit_section(PLAN, "chess-1", room="r5"), "clash")
    names(text, "r5 5 年级教室", "chess-1", "care-mon2", zh="教室", en="room")


def test_different_slots_that_overlap_on_the_clock() -> None:
    assert broken(*between(16 * 60 + 30, 17 * 60, "r3", "t2")) == []
    rooms = said(*between(16 * 60 + 30, 17 * 60, "r5", "t2"), "clash")
    assert len(rooms) == 2
    names(rooms[0], "16:00-16:40", "16:30-17:00", "own", "care-mon1", zh="重叠", en="overlaps")
    staff = said(*between(16 * 60 + 30, 17 * 60, "r3", "t5"), "clash")
    assert len(staff) == 2


def test_one_minute_too_long_and_just_not() -> None:
    assert broken(*between(16 * 60 + 40, 16 * 60 + 50, "r5", "t5")) == []
    for start, end in ((16 * 60 + 39, 16 * 60 + 50), (16 * 60 + 40, 16 * 60 + 51)):
        assert len(said(*between(start, end, "r5", "t2"), "clash")) == 1


def test_a_section_that_meets_itself() -> None:
    plan = edit_section(PLAN, "art-1", slots=("tue1", "tue1"))
    kinds = {f.text.en.split()[0] for f in CHECKS["clash"](SCHOOL, plan)}
    assert kinds == {"student", "teacher", "room"}


def test_somebody_in_a_hundred_groups_at_once_is_not_listed_for_each_pair() -> None:
    group = PLAN.care_groups[0]
    many = tuple(
        revised(group, id=f"care-{n}", staff=(), students=group.students[:1], room="r3")
        for n in range(100)
    )
    found = list(clash.check(SCHOOL, revised(PLAN, care_groups=many, sections=())))
    assert len(found) == 2 * (clash.MOST_SAID + 1)
    assert "more often than the 50 times listed" in found[-1].text.en
