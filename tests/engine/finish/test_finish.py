"""From sections and care groups to a whole plan: free seats, reasons, figures."""

from collections.abc import Sequence

import pytest

from models import (
    Aim,
    BoundProof,
    CareGroup,
    CareRooms,
    CareStaffLock,
    Force,
    HomeClass,
    Plan,
    PlanStatus,
    PolicyItem,
    Provenance,
    School,
    Section,
    UnmetReason,
)
from optimizer.checks import verify
from optimizer.engine import finish_plan
from optimizer.engine.finish.draft import DraftPlan
from optimizer.engine.finish.finish import fill_free_seats
from tests.builders import (
    aiming,
    restated,
    revised,
    tiny_plan,
    tiny_school,
    with_care,
    with_clause,
    with_course,
    with_locks,
    with_new,
    with_room,
    with_slot,
    with_student,
    with_teacher,
    with_wishes,
)
from tests.engine.schools import ball, clubs_only
from tests.rules.small import SEAT, small_school, student, wish

PROVENANCE = Provenance(
    version="0", engine="test", seed=1, workers=1, time_limit_seconds=0, seconds=0
)


def section(*students: str, **fields: object) -> Section:
    own = {"id": "ball-1", "course": "ball", "slots": ("mon2",), "room": "hall", "staff": ("t2",)}
    return Section.model_validate(own | fields | {"students": students})


def care(*students: str, **fields: object) -> CareGroup:
    own = {"id": "care-1", "slot": "mon1", "room": "r3", "staff": ("t1",)}
    return CareGroup.model_validate(own | fields | {"students": students})


def finished(school: School, sections: Sequence[Section], groups: Sequence[CareGroup] = ()) -> Plan:
    plan = finish_plan(school, sections, groups, PROVENANCE)
    assert verify(school, plan) == ()
    return plan


def seated(school: School, *sections: Section, groups: Sequence[CareGroup] = ()) -> set[str]:
    plan = finished(school, sections, groups)
    return {s for p in plan.sections for s in p.students}


def test_free_seats_are_filled() -> None:
    school = clubs_only()
    plan = finished(school, [section("a", "b")])
    assert plan.sections[0].students == ("a", "b", "c", "d")
    assert plan.value == 4 * SEAT
    assert plan.unmet == ()


def test_no_more_than_the_room_or_the_course_holds() -> None:
    three = with_course(clubs_only(), "ball", max_size=3)
    assert len(seated(three, section("a", "b"))) == 3
    assert len(seated(with_room(clubs_only(), "hall", seats=3), section("a", "b"))) == 3


def test_a_free_seat_goes_to_the_better_rank_first() -> None:
    school = with_course(clubs_only(), "ball", max_size=3)
    art = ball(id="art", slots=("tue1",), min_size=5, max_size=5, leaders=("t1",))
    school = revised(school, courses=(*school.courses, art))
    for name in "cd":
        others = [n for n in "cd" if n != name]
        changed = with_wishes(school, name, "art", "ball")
        assert seated(changed, section("a", "b")) == {"a", "b", *others}


def test_who_takes_a_free_seat_leaves_base_care() -> None:
    school = small_school(courses=(ball(slots=("mon1",)),))
    plan = finished(school, [section("a", "b", slots=("mon1",))], [care("c", "d")])
    assert plan.sections[0].students == ("a", "b", "c", "d")
    assert plan.care_groups == ()


def test_a_pinned_supervisor_keeps_the_last_one_in_care() -> None:
    school = small_school(courses=(ball(slots=("mon1",)),))
    school = with_locks(school, CareStaffLock(teacher="t1", slot="mon1"))
    plan = finished(school, [section("a", "b", slots=("mon1",))], [care("c", "d")])
    assert (len(plan.sections[0].students), len(plan.care_groups[0].students)) == (3, 1)


def test_no_free_seat_for_who_may_not_or_cannot() -> None:
    base = clubs_only()
    sections = [section("a", "b", "c")]
    for school in (
        with_wishes(base, "d"),
        with_student(base, "d", club_slots=("tue1",)),
        with_clause(base, PolicyItem.MAX_PERIODS_DAY, 0, grades=(4,)),
    ):
        grade = with_new(school, "classes", HomeClass(id="c4", name="", grade=4))
        grade = with_course(with_student(grade, "d", home_class="c4"), "ball", grades=(3, 4))
        assert seated(grade, *sections) == {"a", "b", "c"}


def test_no_free_seat_at_a_slot_that_is_closed_to_his_grade() -> None:
    """The others may stay longer than d's grade; he offered the slot all the same."""
    school = with_new(clubs_only(), "classes", HomeClass(id="c4", name="", grade=4))
    school = with_course(with_student(school, "d", home_class="c4"), "ball", grades=(3, 4))
    assert seated(school, section("a", "b", "c")) == {"a", "b", "c", "d"}
    early = with_clause(school, PolicyItem.LATEST_END, 17 * 60, grades=(4,))
    plan = finished(early, [section("a", "b", "c")])
    assert [(u.student, u.reason) for u in plan.unmet] == [("d", UnmetReason.OTHER_TIME)]


def test_no_free_seat_at_a_time_that_is_closed_to_the_content() -> None:
    """Grade 4, which is d's, has exams until 17:00 only, or by day only."""
    school = with_new(clubs_only(), "classes", HomeClass(id="c4", name="", grade=4))
    school = with_course(school, "ball", grades=(3, 4), content=("exams",))
    school = with_student(school, "d", home_class="c4")
    end = with_clause(school, PolicyItem.CONTENT_END, 17 * 60 + 30, subject="exams")
    assert seated(end, section("a", "b", "c")) == {"a", "b", "c", "d"}
    evening = with_slot(school, "mon2", evening_study=True)
    for ruled in (
        with_clause(end, PolicyItem.CONTENT_END, 17 * 60, subject="exams", grades=(4,)),
        with_clause(evening, PolicyItem.EVENING_BARRED_CONTENT, subject="exams", grades=(4,)),
        with_clause(evening, PolicyItem.EVENING_ALLOWED, grades=(3,)),
    ):
        plan = finished(ruled, [section("a", "b", "c")])
        assert [(u.student, u.reason) for u in plan.unmet] == [("d", UnmetReason.OTHER_TIME)]


def test_no_free_seat_where_grades_are_too_far_apart() -> None:
    school = with_new(clubs_only(), "classes", HomeClass(id="c4", name="", grade=4))
    school = with_course(with_student(school, "d", home_class="c4"), "ball", grades=(3, 4))
    assert seated(with_course(school, "ball", max_grade_span=1), section("a", "b")) == {*"abc"}


def test_no_free_seat_beside_the_clubs_he_wanted() -> None:
    school = clubs_only(
        courses=(ball(), ball(id="art", slots=("tue1",), min_size=1, leaders=("t1",))),
        wishes=(*(wish(n) for n in "abcd"), wish("d", "art", 2)),
    )
    art = section("d", id="art-1", course="art", slots=("tue1",), staff=("t1",))
    assert seated(school, section("a", "b", "c"), art) == {*"abcd"}
    assert len(finished(school, [section("a", "b", "c"), art]).sections[0].students) == 3
    both = with_student(school, "d", max_clubs=2)
    assert len(finished(both, [section("a", "b", "c"), art]).sections[0].students) == 4


def test_the_teacher_named_is_honoured_in_free_seats() -> None:
    school = with_course(clubs_only(), "ball", leaders=("t1", "t2"))
    school = with_wishes(school, "d", "ball", teacher="t1")
    assert seated(school, section("a", "b", "c")) == {"a", "b", "c"}
    assert seated(school, section("a", "b", "c", staff=("t1",))) == {*"abcd"}


def own_rooms() -> School:
    """Care for grades 3 and 4 together, in a room of either grade; d alone is of grade 4."""
    school = small_school(
        courses=(ball(slots=("mon1",), grades=(3, 4)),),
        classes=(
            HomeClass(id="c3", name="", grade=3, home_room="r3", homeroom_teacher="t1"),
            HomeClass(id="c4", name="", grade=4, home_room="r4", homeroom_teacher="t2"),
        ),
        rooms=(*small_school().rooms, revised(small_school().rooms[0], id="r4")),
        students=(*(student(n) for n in "abc"), student("d", home_class="c4")),
    )
    return with_care(school, rooms=CareRooms.OWN_GRADE, grade_span=2)


@pytest.mark.parametrize(("room", "expected"), [("r3", {*"abd"}), ("r4", {*"ab"})])
def test_the_last_of_a_grade_leaves_care_only_if_its_room_allows(
    room: str, expected: set[str]
) -> None:
    """In the room of grade 4 somebody of grade 4 must remain."""
    school = with_course(with_wishes(own_rooms(), "c"), "ball", max_size=3)
    plan = finished(school, [section("a", "b", slots=("mon1",))], [care("c", "d", room=room)])
    assert set(plan.sections[0].students) == expected


@pytest.mark.parametrize(("second", "expected"), [("t4", {*"abd"}), ("t2", {*"ab"})])
def test_the_last_of_a_grade_leaves_care_only_if_the_rota_allows(
    second: str, expected: set[str]
) -> None:
    """The group has two people: t1 and t4 have classes of grade 3, t2 of grade 4."""
    school = with_care(with_wishes(own_rooms(), "c"), rooms=CareRooms.ANY_HOME, rota_grades=(3,))
    school = with_care(school, staff_needed=2)
    for name in ("t3", "t4"):
        school = with_new(school, "teachers", revised(school.teachers[0], id=name))
    other = HomeClass(id="d3", name="", grade=3, homeroom_teacher="t4")
    school = with_new(school, "classes", other)
    school = with_course(school, "ball", leaders=("t3",), max_size=3)
    plan = finished(
        school,
        [section("a", "b", slots=("mon1",), staff=("t3",))],
        [care("c", "d", staff=("t1", second))],
    )
    assert set(plan.sections[0].students) == expected


def test_bound_and_status() -> None:
    points, first = (aiming(clubs_only(), aim) for aim in (Aim.MOST_POINTS, Aim.FIRST_CLUBS))
    full = [section(*"abcd")]
    best, better, proved = 4 * SEAT, 4 * SEAT + 1, (4, 4 * SEAT)
    for school, bound, firsts, status in (
        (points, best, None, PlanStatus.OPTIMAL),
        (points, better, None, PlanStatus.FEASIBLE),
        (points, None, None, PlanStatus.FEASIBLE),
        (first, best, proved, PlanStatus.OPTIMAL),
        (first, best, (4, better), PlanStatus.FEASIBLE),
        (first, best, None, PlanStatus.FEASIBLE),
        (first, better, proved, PlanStatus.FEASIBLE),
    ):
        proof = None if bound is None else BoundProof.EXACT_SEARCH
        plan = finish_plan(school, full, [], PROVENANCE, bound, proof, firsts)
        assert (plan.bound, plan.bound_proof, plan.status) == (bound, proof, status)
        assert verify(school, plan) == ()


def test_waived_clauses_are_listed() -> None:
    fields = {"force": Force.ADVISORY, "waived": True}
    school = with_clause(clubs_only(), PolicyItem.MAX_PERIODS_DAY, 0, **fields)
    school = with_clause(school, PolicyItem.MAX_MINUTES_DAY, 600, force=Force.ADVISORY)
    assert finished(school, [section("a", "b")]).waived == ("max_periods_day",)


def test_figures_of_the_plan_made_by_hand() -> None:
    """Its free seats are not for anyone, and no exchange is due: it comes out as it went in."""
    school = with_wishes(tiny_school(), "s41", "art")
    by_hand = restated(school, tiny_plan(school))
    plan = finished(school, by_hand.sections, by_hand.care_groups)
    assert (plan.value, plan.pay_fen) == (by_hand.value, by_hand.pay_fen)
    assert plan.school_digest == school.digest
    assert {(u.student, u.course, u.rank, u.reason) for u in plan.unmet} == {
        (u.student, u.course, u.rank, u.reason) for u in by_hand.unmet
    }


def test_pay_is_of_the_groups_that_are_left() -> None:
    """Filling the club empties base care, whose supervisor is not paid then."""
    school = small_school(courses=(ball(slots=("mon1",)),))
    school = with_teacher(with_teacher(school, "t1", pay_fen=100), "t2", pay_fen=1)
    plan = finished(school, [section("a", "b", slots=("mon1",))], [care("c", "d")])
    assert plan.pay_fen == 1


@pytest.mark.parametrize("first", ["a", "b"])
def test_a_free_seat_goes_to_the_wish_of_most_points_whatever_the_draw(first: str) -> None:
    """One wants it most, the other wants another course more that is not held."""
    other = "b" if first == "a" else "a"
    school = small_school(
        courses=(
            ball(min_size=1, max_size=1, slots=("mon2",)),
            ball(id="other", min_size=1, max_size=1, slots=("mon2",)),
        ),
        students=(student("a"), student("b")),
        wishes=(wish(first), wish(other, course="other", rank=1), wish(other, rank=2)),
    )
    draft = DraftPlan(school, {"ball-1": section()}, {})
    assert fill_free_seats(draft) == 1
    assert [*draft.members["ball-1"]] == [first]
