"""What shows before any plan: courses that can never open, locks that cannot be kept."""

from typing import Any

import pytest

from models import CareStaffLock, Lock, PolicyItem, Problem, School, SectionLock, SlotUse
from optimizer.checks import foresee
from tests.builders import (
    revised,
    with_clause,
    with_course,
    with_locks,
    with_room,
    with_slot,
    with_student,
    with_teacher,
)
from tests.rules.small import (
    MON2,
    TUE1,
    ball,
    granted,
    opened,
    slot,
    small_school,
    student,
    teacher,
    wish,
)

REFUSED = granted("a").model_copy(update={"granted": False})


def closed(school: School) -> Problem | None:
    found = foresee(school).closed
    assert len(found) <= 1
    return found[0] if found else None


def never(school: School, field: str, *words: str) -> None:
    """Demand that the course is named, with the column to blame and the cause."""
    problem = closed(school)
    assert problem is not None
    assert (problem.table, problem.row, problem.field) == ("courses", 0, field)
    assert problem.severity == "warning"
    for word in words:
        assert word in problem.text.en
    assert "不可能开班" in problem.text.zh


def test_content_that_the_policy_bars() -> None:
    ban: dict[str, Any] = {"subject": "group_tutoring", "source": "notice 7"}
    plain = with_course(small_school(), "ball", grades=(3, 4))
    school = with_course(plain, "ball", content=("group_tutoring",))
    barred = with_clause(school, PolicyItem.BARRED_CONTENT, **ban)
    never(barred, "content", "group tutoring is barred for grade 3 (source: notice 7)")
    assert "集体补课" in foresee(barred).closed[0].text.zh
    # Too few are left of a grade that it is not barred for; the ban is what leaves so few.
    other = plain.classes[0].model_copy(update={"id": "c4", "grade": 4})
    some = barred.replaced(
        classes=(*barred.classes, other),
        students=(*barred.students, student("e", home_class="c4")),
        wishes=(*barred.wishes, wish("e")),
        policy=with_clause(school, PolicyItem.BARRED_CONTENT, **ban, grades=(3,)).policy,
    )
    never(some, "content", "is barred for grade 3 (")
    # With so few wishes in all it is not the ban.
    never(with_course(some, "ball", min_size=6, max_size=8), "min_size", "only 1 children")
    (pin,) = foresee(with_locks(some, granted("a"))).pins
    assert "bars course ball 球类 for student a: content group tutoring is" in pin.text.en


def test_a_course_that_can_open_is_not_named() -> None:
    assert closed(small_school()) is None
    assert foresee(small_school()).because == ()


def test_leaders_on_another_day() -> None:
    school = with_teacher(small_school(), "t2", available_slots=("mon1",))
    school = with_course(school, "ball", slots=("tue1",))
    never(school, "leaders", "takes 1 staff", "Tue 16:00-16:40", "t2: Mon 16:00-16:40")


def test_leaders_who_are_never_there_together() -> None:
    school = with_course(small_school(), "ball", leaders=("t1", "t2"), staff_needed=2)
    assert closed(school) is None
    school = with_teacher(school, "t1", available_slots=("mon1", "mon2"))
    school = with_teacher(school, "t2", available_slots=("tue1",))
    never(school, "leaders", "takes 2 staff", "t1: Mon 16:00-16:40, Mon 16:50-17:30", "t2: Tue")


def test_a_day_each_of_a_course_on_two_days() -> None:
    course = {"leaders": ("t1", "t2"), "sessions_per_week": 2, "slots": ("mon2", "tue1")}
    school = with_course(small_school(), "ball", **course)
    assert closed(school) is None
    school = with_teacher(school, "t1", available_slots=("mon2",))
    never(with_teacher(school, "t2", available_slots=("tue1",)), "leaders")


def test_no_periods_for_the_leader() -> None:
    school = with_course(small_school(), "ball", periods_per_session=2)
    assert closed(school) is None
    never(with_teacher(school, "t2", max_periods_day=1), "leaders", "at most 1 periods a day")
    never(with_teacher(school, "t2", max_periods_week=1), "leaders", "1 a week")


def test_two_periods_where_a_day_has_one_slot() -> None:
    course = {"periods_per_session": 2, "slots": ("mon2", "tue1")}
    never(with_course(small_school(), "ball", **course), "periods_per_session", "2 periods", "Mon")


def test_two_days_where_there_is_one() -> None:
    course = {"sessions_per_week": 2, "slots": ("mon1", "mon2")}
    never(with_course(small_school(), "ball", **course), "sessions_per_week", "2 sessions a week")


def test_the_room_at_other_times() -> None:
    school = with_course(small_school(), "ball", slots=("mon2",))
    never(with_room(school, "hall", available_slots=("tue1",)), "rooms", "hall", "Mon 16:50-17:30")


def test_leader_and_room_at_different_times() -> None:
    school = with_room(small_school(), "hall", available_slots=("tue1",))
    never(
        with_teacher(school, "t2", available_slots=("mon2",)), "slots", "leaders at Mon", "at Tue"
    )


def test_fewer_wishes_than_a_section_takes() -> None:
    school = with_course(small_school(), "ball", min_size=4)
    assert closed(school) is None
    fewer = revised(school, wishes=tuple(wish(name) for name in "abc"))
    never(fewer, "min_size", "takes 4 children", "only 3 children who could come")
    never(with_locks(school, REFUSED), "min_size", "only 3 children")
    # While no wishes have been gathered, nothing is said of their number.
    assert closed(revised(school, wishes=())) is None


def test_children_who_cannot_come_together() -> None:
    school = with_course(small_school(), "ball", min_size=4, slots=("mon2", "tue1"))
    school = with_student(school, "a", club_slots=("mon2",))
    assert closed(school) is None
    school = with_student(school, "b", club_slots=("tue1",))
    never(school, "min_size", "4 wish for it", "can more than 3 come together")


def test_a_provider_that_the_policy_bars() -> None:
    school = with_course(small_school(providers=_firm()), "ball", provider="firm")
    assert closed(school) is None
    barred = with_clause(school, PolicyItem.BARRED_PROVIDER, subject="training_firm")
    never(barred, "provider", "'firm'", "providers of the kind 'training firm' are barred")
    sent = with_teacher(small_school(providers=_firm()), "t2", provider="firm")
    barred = with_clause(sent, PolicyItem.BARRED_PROVIDER, subject="training_firm")
    never(barred, "leaders", "t2: employed by firm", "'training firm' are barred")


def _firm() -> tuple[Any, ...]:
    from models import Provider, ProviderKind  # noqa: PLC0415

    return (Provider(id="firm", name="", kind=ProviderKind.TRAINING_FIRM),)


@pytest.mark.parametrize("lock", [opened(0), None])
def test_a_course_that_is_meant_to_stay_closed_is_not_named(lock: Lock | None) -> None:
    school = with_teacher(small_school(), "t2", available_slots=())
    assert closed(school) is not None
    if lock is None:
        school = with_course(school, "ball", max_sections=0)
    else:
        school = with_locks(school, lock)
    assert closed(school) is None


TWO = small_school(
    courses=(ball(max_sections=2), ball(id="chess", slots=("mon2",))),
    wishes=tuple(wish(n, c, r) for n in "abcd" for r, c in enumerate(("ball", "chess"), 1)),
    students=tuple(student(name, max_clubs=2) for name in "abcd"),
    teachers=(teacher("t1"), teacher("t2"), teacher("t3")),
)
HALL = SectionLock(course="ball", room="hall", slots=("mon2",))
LATE = slot("late", 1, 16 * 60 + 55, 17 * 60 + 35)


def care(person: str, at: str) -> CareStaffLock:
    return CareStaffLock(teacher=person, slot=at)


PINS: list[tuple[str, School, list[tuple[str, int, str]]]] = [
    ("kept", with_locks(TWO, granted("a"), opened(1), HALL, care("t1", "mon1")), []),
    (
        "yes and no",
        with_locks(TWO, granted("a"), REFUSED),
        [("lock-yes-and-no", 1, "granted")],
    ),
    (
        "never wished",
        with_locks(revised(TWO, wishes=TWO.wishes[2:]), granted("b"), granted("a")),
        [("lock-not-wished", 1, "course")],
    ),
    (
        "another grade",
        with_locks(with_course(TWO, "ball", grades=(3, 4)), granted("a")),
        [],
    ),
    (
        "at no time of his",
        with_locks(with_student(TWO, "a", club_slots=("tue1",)), granted("a", "chess")),
        [("lock-no-time", 0, "course")],
    ),
    (
        "wants no clubs",
        with_locks(
            with_student(revised(TWO, wishes=TWO.wishes[2:]), "a", max_clubs=1),
            granted("b"),
            granted("b", "chess"),
            granted("c"),
        ),
        [],
    ),
    (
        "more clubs than wanted",
        with_locks(with_student(TWO, "a", max_clubs=1), granted("a"), granted("a", "chess")),
        [("lock-too-many-clubs", 1, "student")],
    ),
    (
        "two at one time",
        with_locks(with_course(TWO, "ball", slots=("mon2",)), granted("a"), granted("a", "chess")),
        [("lock-clash", 1, "course")],
    ),
    (
        "more than seats",
        with_locks(
            with_course(TWO, "chess", max_size=2),
            *(granted(name, "chess") for name in "abc"),
        ),
        [("lock-too-many", 2, "course")],
    ),
    (
        "a closed course",
        with_locks(TWO, opened(0), granted("a")),
        [("lock-closed", 1, "course")],
    ),
    (
        "a course that can never open",
        with_locks(with_room(TWO, "hall", available_slots=()), granted("a")),
        [("lock-never-opens", 0, "course")],
    ),
    (
        "in a group at no time of his",
        with_locks(
            with_student(TWO, "a", club_slots=("mon2",)),
            granted("a").model_copy(update={"slots": ("tue1",)}),
        ),
        [("lock-no-time", 0, "course")],
    ),
    (
        "in two groups of one course",
        with_locks(
            TWO,
            granted("a").model_copy(update={"slots": ("tue1",)}),
            granted("a").model_copy(update={"slots": ("mon2",)}),
        ),
        [("lock-no-time", 0, "course"), ("lock-no-time", 1, "course")],
    ),
    (
        "one section, and no time for all",
        with_locks(
            with_student(
                with_student(with_course(TWO, "ball", max_sections=1), "a", club_slots=("mon2",)),
                "b",
                stay_slots=(),
                club_slots=("tue1",),
            ),
            granted("a"),
            granted("b"),
        ),
        [("lock-apart", 1, "course")],
    ),
    (
        "staff no leader",
        with_locks(TWO, SectionLock(course="ball", staff=("t3",))),
        [("lock-not-leader", 0, "staff")],
    ),
    (
        "two leaders of one",
        with_locks(
            with_course(TWO, "ball", leaders=("t1", "t2")),
            SectionLock(course="ball", staff=("t1", "t2")),
        ),
        [("lock-staff-count", 0, "staff")],
    ),
    (
        "not cleared",
        with_locks(
            with_course(with_teacher(TWO, "t1", cleared=False), "ball", leaders=("t1", "t2")),
            SectionLock(course="ball", staff=("t1",)),
        ),
        [("lock-unfit", 0, "staff")],
    ),
    (
        "of a provider that the policy bars",
        with_clause(
            with_locks(
                with_teacher(revised(TWO, providers=_firm()), "t2", provider="firm"),
                SectionLock(course="ball", staff=("t2",)),
                CareStaffLock(teacher="t2", slot="mon1"),
            ),
            PolicyItem.BARRED_PROVIDER,
            subject="training_firm",
        ),
        [("lock-unfit", 0, "staff"), ("lock-unfit", 1, "teacher")],
    ),
    (
        "a room that does not suit",
        with_locks(TWO, SectionLock(course="ball", room="r3")),
        [("lock-room-unfit", 0, "room")],
    ),
    (
        "not at these slots",
        with_locks(TWO, SectionLock(course="chess", slots=("tue1",))),
        [("lock-not-then", 0, "slots")],
    ),
    (
        "the room is not free then",
        with_locks(with_room(TWO, "hall", available_slots=("tue1",)), HALL),
        [("lock-room-not-then", 0, "room")],
    ),
    (
        "the leader is not there then",
        with_locks(
            with_teacher(TWO, "t2", available_slots=("tue1",)),
            SectionLock(course="ball", slots=("mon2",), staff=("t2",)),
        ),
        [("lock-staff-not-then", 0, "staff")],
    ),
    (
        "two numbers of sections",
        with_locks(TWO, opened(1), opened(2)),
        [("lock-counts-differ", 1, "count")],
    ),
    ("more than the most", with_locks(TWO, opened(3)), [("lock-over-most", 0, "count")]),
    (
        "too few children",
        with_locks(with_course(TWO, "ball", min_size=3), opened(2)),
        [("lock-too-few", 0, "count")],
    ),
    (
        "one section at two times",
        with_locks(
            TWO,
            opened(1),
            SectionLock(course="ball", slots=("mon2",)),
            SectionLock(course="ball", slots=("tue1",)),
        ),
        [("lock-too-many-groups", 2, "course")],
    ),
    (
        "care and club at one time",
        with_locks(
            with_student(
                revised(TWO, slots=(*TWO.slots, LATE)), "b", stay_slots=("late",), club_slots=()
            ),
            SectionLock(course="ball", slots=("mon2",), staff=("t2",)),
            care("t2", "late"),
        ),
        [("lock-staff-not-then", 0, "staff")],
    ),
    (
        "two rooms at once",
        with_locks(TWO, HALL, SectionLock(course="chess", room="hall", slots=("mon2",))),
        [("lock-room-at-once", 1, "room")],
    ),
    (
        "two clubs at once",
        with_locks(
            TWO,
            SectionLock(course="ball", staff=("t2",), slots=("mon2",)),
            SectionLock(course="chess", staff=("t2",), slots=("mon2",)),
        ),
        [("lock-two-at-once", 1, "staff")],
    ),
    (
        "no supervisor",
        with_locks(with_teacher(TWO, "t1", may_supervise=False), care("t1", "mon1")),
        [("lock-no-supervisor", 0, "teacher")],
    ),
    (
        "not there",
        with_locks(with_teacher(TWO, "t1", available_slots=("tue1",)), care("t1", "mon1")),
        [("lock-staff-not-then", 0, "slot")],
    ),
    ("nobody stays", with_locks(TWO, care("t1", "tue1")), [("lock-nobody-stays", 0, "slot")]),
    (
        "more periods than he may work",
        with_locks(
            with_teacher(TWO, "t2", max_periods_day=1),
            care("t2", "mon1"),
            SectionLock(course="ball", slots=("mon2",), staff=("t2",)),
        ),
        [("lock-over-day", 1, "staff")],
    ),
    (
        "more periods than he may work in a week",
        with_locks(
            with_teacher(TWO, "t2", max_periods_week=1),
            care("t2", "mon1"),
            SectionLock(course="ball", slots=("mon2",), staff=("t2",)),
        ),
        [("lock-over-week", 1, "staff")],
    ),
]


@pytest.mark.parametrize(("school", "expected"), [c[1:] for c in PINS], ids=[c[0] for c in PINS])
def test_pins_that_cannot_be_kept(school: School, expected: list[tuple[str, int, str]]) -> None:
    found = foresee(school).pins
    assert [(p.code, p.row, p.field) for p in found] == expected
    for problem in found:
        assert (problem.table, problem.severity) == ("locks", "error")
        assert problem.text.zh.endswith("。")
        assert problem.text.en.endswith(".")


def test_a_care_only_slot_is_no_time_for_a_club() -> None:
    school = with_slot(small_school(), MON2.id, use=SlotUse.CARE_ONLY)
    school = with_slot(school, TUE1.id, use=SlotUse.CARE_ONLY)
    school = with_slot(school, "mon1", use=SlotUse.CARE_ONLY)
    never(school, "periods_per_session", "a session takes 1 periods")


def test_what_was_foreseen_is_of_the_school_that_is_asked_of() -> None:
    good, bad = small_school(), with_locks(small_school(), granted("a"))
    once = foresee(good)
    assert foresee(good) is once
    assert foresee(bad) is not once
    assert foresee(bad).prospects.school is bad
    assert foresee(good).prospects.school is good
