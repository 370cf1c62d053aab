from models import CareStaffLock, School, SlotUse, UnmetReason
from tests.builders import (
    revised,
    with_care,
    with_locks,
    with_new,
    with_slot,
    with_student,
    with_teacher,
)
from tests.rules.small import (
    SEAT,
    ball,
    care_sizes,
    granted,
    in_care_only,
    placed,
    sizes,
    slot,
    small_school,
    student,
    teacher,
    wish,
)
from tests.rules.solving import conflict, optimal

OTHER_SLOT_ONLY = ball(slots=("mon2",))


def test_everyone_who_stays_is_in_care_or_in_a_club() -> None:
    school = small_school(courses=(ball(slots=("mon1",), max_size=3),))
    plan = optimal(school)
    assert (sizes(plan), care_sizes(plan), plan.value) == ([3], [1], 3 * SEAT)


def test_clubs_for_all_leave_no_care() -> None:
    plan = optimal(small_school(courses=(ball(slots=("mon1",)),)))
    assert (sizes(plan), care_sizes(plan)) == ([4], [])


def test_whoever_offers_a_slot_for_clubs_only_needs_no_care() -> None:
    """Nobody could supervise in the second period."""
    school = with_teacher(in_care_only(), "t1", available_slots=("mon1",))
    school = with_teacher(school, "t2", available_slots=("mon1",))
    assert care_sizes(optimal(school)) == [4]


def test_one_who_stays_where_nobody_can_supervise() -> None:
    school = with_teacher(in_care_only(), "t1", available_slots=("mon1",))
    school = with_teacher(school, "t2", available_slots=("mon1",))
    stays = with_student(school, "a", stay_slots=("mon1", "mon2"), club_slots=())
    assert conflict(stays) == {"attendance", "staffing"}


def test_care_full_and_one_more_student() -> None:
    """One supervisor, one group of four at most."""
    school = in_care_only(teachers=(teacher("t1"),))
    assert care_sizes(optimal(school)) == [4]
    more = with_new(school, "students", student("e"))
    assert conflict(more) == {"attendance", "clash", "group_size", "staffing"}
    assert care_sizes(optimal(with_care(more, max_size=5))) == [5]


def test_a_club_takes_whom_care_cannot() -> None:
    school = small_school(
        courses=(ball(slots=("mon1",), min_size=1, max_size=1),),
        students=tuple(student(name) for name in "abcde"),
    )
    school = with_teacher(school, "t2", may_supervise=False)
    plan = optimal(school)
    assert (sizes(plan), care_sizes(plan)) == ([1], [4])
    unwanted = revised(school, wishes=())
    assert conflict(unwanted) == {"attendance", "wishes", "clash", "group_size", "staffing"}


def test_no_seat_at_a_slot_not_offered() -> None:
    school = small_school(courses=(OTHER_SLOT_ONLY,))
    assert sizes(optimal(with_locks(school, granted("a")))) == [4]
    absent = with_student(school, "a", club_slots=("tue1",))
    plan = optimal(absent)
    assert sizes(plan) == [3]
    assert [(u.student, u.reason) for u in plan.unmet] == [("a", UnmetReason.TIME)]
    assert conflict(with_locks(absent, granted("a"))) == {"attendance", "pattern", "locks"}


def test_both_slots_of_a_double_period_must_be_offered() -> None:
    school = small_school(courses=(ball(periods_per_session=2),))
    assert sizes(optimal(school)) == [4]
    absent = with_student(school, "d", club_slots=("tue1",))
    assert sizes(optimal(absent)) == [3]
    assert conflict(with_locks(absent, granted("d"))) == {"attendance", "pattern", "locks"}


def clubs_only(**fields: object) -> School:
    school = with_new(in_care_only(), "slots", slot("wed1", 3, 960, 1000))
    return with_slot(school, "wed1", **fields)


def test_no_care_where_nobody_stays() -> None:
    lock = CareStaffLock(teacher="t1", slot="wed1")
    open_to_all = clubs_only()
    assert conflict(with_locks(open_to_all, lock)) == {"attendance", "group_size", "locks"}
    stays = with_student(open_to_all, "a", stay_slots=("mon1", "wed1"))
    assert care_sizes(optimal(with_locks(stays, lock))) == [1, 4]


def test_no_care_at_a_slot_for_clubs_only() -> None:
    lock = CareStaffLock(teacher="t1", slot="wed1")
    closed = clubs_only(use=SlotUse.CLUBS_ONLY)
    assert conflict(with_locks(closed, lock)) == {"attendance", "locks"}


def test_nobody_is_placed_who_offers_nothing() -> None:
    school = small_school(
        students=(student("a", stay_slots=(), club_slots=()), student("b")),
        wishes=(wish("b"),),
        courses=(ball(min_size=1),),
    )
    plan = optimal(school)
    assert set(placed(plan)) == {"b"}
