import pytest
from pydantic import ValidationError

from models import CareStaffLock, Lock, School, SeatLock, SectionLock
from tests.builders import (
    revised,
    with_course,
    with_locks,
    with_room,
    with_student,
    with_teacher,
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
    wish,
)
from tests.rules.solving import conflict, optimal

SCHOOL = small_school(courses=(ball(rooms=(), leaders=("t1", "t2")),))


def refused(who: str) -> SeatLock:
    return SeatLock(student=who, course="ball", granted=False)


@pytest.mark.parametrize("slot", ["mon1", "mon2", "tue1"])
@pytest.mark.parametrize("room", ["r3", "hall", None])
@pytest.mark.parametrize("staff", [("t1",), ("t2",), ()])
def test_a_section_with_slot_room_and_staff(
    slot: str, room: str | None, staff: tuple[str, ...]
) -> None:
    lock = SectionLock(course="ball", slots=(slot,), room=room, staff=staff)
    plan = optimal(with_locks(SCHOOL, lock))
    section = plan.sections[0]
    assert section.slots == (slot,)
    assert room in {None, section.room}
    assert {*staff} <= {*section.staff}
    assert plan.value == 4 * SEAT


def test_a_section_of_whatever_kind() -> None:
    """Nobody gains from it, and it opens all the same."""
    school = with_locks(SCHOOL, SectionLock(course="ball"))
    assert sizes(optimal(school)) == [4]
    few = with_course(school, "ball", min_size=5, max_size=5)
    assert conflict(few) == {"group_size", "locks"}


def test_two_locks_met_by_one_section() -> None:
    locks = [SectionLock(course="ball", room="hall"), SectionLock(course="ball", staff=("t1",))]
    section = optimal(with_locks(SCHOOL, *locks)).sections[0]
    assert (section.room, section.staff) == ("hall", ("t1",))


def test_two_locks_that_take_two_sections() -> None:
    locks = [SectionLock(course="ball", room="hall"), SectionLock(course="ball", room="r3")]
    two = with_course(SCHOOL, "ball", max_sections=2)
    plan = optimal(with_locks(two, *locks))
    assert sorted(s.room for s in plan.sections) == ["hall", "r3"]
    assert conflict(with_locks(SCHOOL, *locks)) == {"group_size", "rooms", "locks"}


def test_slots_of_a_pattern_in_part() -> None:
    double = with_course(SCHOOL, "ball", periods_per_session=2)
    section = optimal(with_locks(double, SectionLock(course="ball", slots=("mon2",)))).sections[0]
    assert section.slots == ("mon1", "mon2")
    alone = SectionLock(course="ball", slots=("tue1",))
    assert conflict(with_locks(double, alone)) == {"pattern", "locks"}


def test_all_of_several_staff() -> None:
    lock = SectionLock(course="ball", staff=("t1", "t2"))
    assert conflict(with_locks(SCHOOL, lock)) == {"staffing", "locks"}
    pair = with_course(SCHOOL, "ball", staff_needed=2, slots=("mon2",))
    assert sorted(optimal(with_locks(pair, lock)).sections[0].staff) == ["t1", "t2"]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_exactly_so_many_sections(count: int) -> None:
    school = with_course(SCHOOL, "ball", max_sections=2)
    plan = optimal(with_locks(school, opened(count)))
    assert sizes(plan) == {0: [], 1: [4], 2: [2, 2]}[count]


def test_one_section_more_than_takers_allow() -> None:
    school = with_course(SCHOOL, "ball", max_sections=3)
    assert sizes(optimal(with_locks(school, opened(2)))) == [2, 2]
    assert conflict(with_locks(school, opened(3))) == {"wishes", "group_size", "locks"}


def test_locks_that_contradict_each_other() -> None:
    assert conflict(with_locks(SCHOOL, opened(0), opened(1))) == {"locks"}
    assert conflict(with_locks(SCHOOL, granted("a"), refused("a"))) == {"locks"}
    assert conflict(with_locks(SCHOOL, granted("a"), opened(0))) == {"locks"}
    assert conflict(with_locks(SCHOOL, SectionLock(course="ball"), opened(0))) == {"locks"}


def rivals() -> School:
    """One seat less than takers; d ranks ball second, so that he would lose."""
    school = small_school(
        courses=(
            ball(max_size=3, slots=("mon2",)),
            ball(id="art", min_size=1, max_size=1, slots=("tue1",), leaders=("t1",)),
        ),
    )
    return with_wishes(school, "d", "art", "ball")


def test_a_seat_that_must_be() -> None:
    plan = optimal(rivals())
    assert plan.value == 4 * SEAT
    pinned = optimal(with_locks(rivals(), granted("d")))
    assert "d" in next(s.students for s in pinned.sections if s.course == "ball")
    assert pinned.value == 2 * SEAT + 40


def test_a_seat_that_must_not_be() -> None:
    plan = optimal(with_locks(SCHOOL, refused("b")))
    assert plan.sections[0].students == ("a", "c", "d")
    three = with_locks(with_course(SCHOOL, "ball", min_size=3), refused("b"))
    assert sizes(optimal(three)) == [3]
    assert conflict(with_locks(three, refused("c"), opened(1))) == {"group_size", "locks"}
    assert optimal(with_locks(three, refused("c"))).value == 0


def test_a_person_in_base_care() -> None:
    school = in_care_only()
    for name in ("t1", "t2"):
        lock = CareStaffLock(teacher=name, slot="mon1")
        assert optimal(with_locks(school, lock)).care_groups[0].staff == (name,)
    lock = CareStaffLock(teacher="t2", slot="mon1")
    unfit = with_locks(with_teacher(school, "t2", may_supervise=False), lock)
    assert conflict(unfit) == {"staffing", "locks"}
    away = with_locks(with_teacher(school, "t2", available_slots=("tue1",)), lock)
    assert conflict(away) == {"staffing", "locks"}


def test_two_people_in_base_care_at_once() -> None:
    locks = [CareStaffLock(teacher=name, slot="mon1") for name in ("t1", "t2")]
    school = with_locks(in_care_only(), *locks)
    assert conflict(school) == {"clash", "rooms", "staffing", "locks"}
    roomy = with_room(school, "hall", care_room=True)
    assert len(care_sizes(optimal(roomy))) == 2


def test_a_person_in_base_care_who_would_lead() -> None:
    """Ball waits: its only leader is pinned to base care at its only time."""
    school = small_school(courses=(ball(slots=("mon1",)),))
    lock: Lock = CareStaffLock(teacher="t2", slot="mon1")
    assert optimal(with_locks(school, lock)).value == 0
    assert conflict(with_locks(school, lock, opened(1))) == {
        "clash",
        "pattern",
        "staffing",
        "locks",
    }


def test_base_care_that_a_lock_keeps_from_ending() -> None:
    """All could be in ball, but then nobody would be left to supervise."""
    school = small_school(courses=(ball(slots=("mon1",)),))
    plan = optimal(with_locks(school, CareStaffLock(teacher="t1", slot="mon1")))
    assert (sizes(plan), care_sizes(plan)) == ([3], [1])


def test_a_lock_on_a_seat_of_one_who_is_absent() -> None:
    school = with_course(SCHOOL, "ball", slots=("mon2",))
    gone = with_student(school, "a", club_slots=("tue1",))
    assert conflict(with_locks(gone, granted("a"))) == {"attendance", "pattern", "locks"}
    assert sizes(optimal(with_locks(gone, granted("b")))) == [3]


def test_pinned_seats_beside_the_teachers_named() -> None:
    """Two sections told apart: one led by t1 for a, one in the hall."""
    school = small_school(
        courses=(ball(min_size=1, rooms=(), leaders=("t1", "t2"), max_sections=2),),
        students=tuple(student(n, stay_slots=()) for n in "abcd"),
        wishes=(wish("a", teacher="t1"), *(wish(n) for n in "bcd")),
        locks=(
            granted("a"),
            SectionLock(course="ball", slots=("tue1",), room="hall", staff=("t2",)),
        ),
    )
    plan = optimal(school)
    assert plan.value == 4 * SEAT
    led = {s.staff: s for s in plan.sections}
    assert "a" in led["t1",].students
    assert (led["t2",].room, led["t2",].slots) == ("hall", ("tue1",))
    assert revised(school, locks=()) != school


TWO_GROUPS = small_school(
    courses=(ball(max_sections=2, min_size=1, max_size=3, slots=("mon2", "tue1")),),
)


@pytest.mark.parametrize("slot", ["mon2", "tue1"])
def test_a_seat_in_a_certain_group(slot: str) -> None:
    """The slots say which of two groups: whoever is pinned sits there, and nobody loses by it."""
    lock = SeatLock(student="a", course="ball", slots=(slot,))
    plan = optimal(with_locks(TWO_GROUPS, lock))
    (mine,) = [s for s in plan.sections if "a" in s.students]
    assert mine.slots == (slot,)
    assert plan.value == 4 * SEAT


def test_seats_in_two_groups_open_both() -> None:
    locks = (
        SeatLock(student="a", course="ball", slots=("mon2",)),
        SeatLock(student="b", course="ball", slots=("tue1",)),
    )
    assert len(optimal(with_locks(TWO_GROUPS, *locks)).sections) == 2
    one = with_course(TWO_GROUPS, "ball", max_sections=1, max_size=4)
    assert "locks" in conflict(with_locks(one, *locks))


def test_a_seat_at_slots_that_he_does_not_offer() -> None:
    away = with_student(TWO_GROUPS, "a", club_slots=("mon2",))
    lock = SeatLock(student="a", course="ball", slots=("tue1",))
    assert {"attendance", "locks"} <= conflict(with_locks(away, lock))


def test_only_a_seat_that_is_given_names_its_group() -> None:
    with pytest.raises(ValidationError, match="takes no slots"):
        SeatLock(student="a", course="ball", slots=("mon2",), granted=False)
