"""Whose wishes cannot be met is moved to another activity, where the policy says so."""

from typing import Any

import pytest

from models import (
    CareGroup,
    CareRooms,
    CareStaffLock,
    HomeClass,
    Plan,
    PolicyItem,
    Provenance,
    School,
    SeatLock,
    Section,
    StudentGroup,
    UnmetReason,
    lottery_number,
)
from optimizer.checks import verify
from optimizer.engine import finish_plan
from tests.builders import (
    revised,
    with_care,
    with_clause,
    with_course,
    with_locks,
    with_new,
    with_settings,
    with_student,
    with_teacher,
)
from tests.engine.schools import STAYS_NOT, ball, clubs_only, student, teacher, wish
from tests.rules.small import SEAT, small_school
from tests.rules.solving import optimal


def moving(school: School, **scope: Any) -> School:
    return with_clause(school, PolicyItem.MOVE_UNMET, **scope)


def full_ball(**art: Any) -> School:
    """Ball takes two of a, b and c; art, which u and v wish for, has two seats more."""
    art = {"slots": ("tue1",), "leaders": ("t1",), "rooms": ("r3",)} | art
    return clubs_only(
        courses=(
            ball(slots=("mon2",), max_size=2),
            ball(id="art", **art),
        ),
        students=tuple(student(n, **STAYS_NOT) for n in "abcuv"),
        wishes=(*(wish(n) for n in "abc"), *(wish(n, "art") for n in "uv")),
    )


def moved(school: School, plan: Plan) -> dict[str, str]:
    """Give to which section each student was moved."""
    wished = {(w.student, w.course) for w in school.wishes}
    return {
        student: section.id
        for section in plan.sections
        for student in section.students
        if (student, section.course) not in wished
    }


def last(school: School, *names: str) -> str:
    """Give who has the highest number."""
    return max(names, key=lambda s: lottery_number(school.settings.lottery_seed, s))


def test_who_was_refused_is_moved() -> None:
    school = moving(full_ball())
    plan = optimal(school)
    loser = last(school, *"abc")
    assert moved(school, plan) == {loser: "art-1"}
    assert [(u.student, u.reason, u.alternative) for u in plan.unmet] == [
        (loser, UnmetReason.FULL_LOTTERY, "art-1")
    ]


def test_the_seat_counts_for_nothing() -> None:
    with_it, without = optimal(moving(full_ball())), optimal(full_ball())
    assert (with_it.value, with_it.bound) == (without.value, without.bound) == (4 * SEAT, 4 * SEAT)
    assert moved(full_ball(), without) == {}


def test_priority_is_moved_before_the_draw() -> None:
    """Two wait for one seat: one who lost the draw for ball, and one who may not be there."""
    school = full_ball(max_size=3)
    school = revised(
        school,
        students=(*school.students, student("d", **STAYS_NOT)),
        wishes=(*school.wishes, wish("d")),
        groups=(StudentGroup(id="left", name="", priority=True),),
    )
    barred = last(school, *"abcd")
    school = moving(with_locks(school, SeatLock(student=barred, course="ball", granted=False)))
    loser = last(school, *({*"abcd"} - {barred}))
    assert moved(school, optimal(school)) == {loser: "art-1"}
    prior = with_student(school, barred, groups=("left",))
    assert moved(prior, optimal(prior)) == {barred: "art-1"}


def test_only_in_the_grades_that_the_policy_names() -> None:
    assert moved(full_ball(), optimal(moving(full_ball(), grades=(4,)))) == {}


@pytest.mark.parametrize(
    "school",
    [
        full_ball(max_size=2),
        with_locks(full_ball(), *(SeatLock(student=n, course="art", granted=False) for n in "abc")),
        revised(
            full_ball(),
            students=[
                revised(s, club_slots=("mon2",)) if s.id in "abc" else s
                for s in full_ball().students
            ],
        ),
    ],
    ids=["full", "lock", "time"],
)
def test_nobody_is_moved_to_a_seat_he_cannot_take(school: School) -> None:
    plan = optimal(moving(school))
    assert moved(school, plan) == {}
    assert [u.reason for u in plan.unmet] == [UnmetReason.FULL_LOTTERY]


def test_nobody_is_moved_where_grades_would_be_too_far_apart() -> None:
    school = with_new(full_ball(grades=(3, 4)), "classes", HomeClass(id="c4", name="", grade=4))
    for name in "abc":
        school = with_student(school, name, home_class="c4")
    school = moving(with_course(school, "ball", grades=(4,)))
    assert len(moved(school, optimal(school))) == 1
    narrow = with_course(school, "art", max_grade_span=1)
    assert moved(narrow, optimal(narrow)) == {}


@pytest.mark.parametrize(("limit", "expected"), [(1, 0), (2, 1)])
def test_nobody_is_moved_beyond_the_limits_of_his_day(limit: int, expected: int) -> None:
    """Ball is on Tuesday; a, b and c stay on Monday, period 1, and art is in period 2."""
    school = with_course(full_ball(slots=("mon2",)), "ball", slots=("tue1",))
    for name in "abc":
        school = with_student(school, name, stay_slots=("mon1",))
    school = moving(with_clause(school, PolicyItem.MAX_PERIODS_DAY, limit))
    assert len(moved(school, optimal(school))) == expected


@pytest.mark.parametrize("seed", range(1, 7))
def test_of_several_the_lowest_number_has_the_seat(seed: int) -> None:
    """Ball is not opened, for only three wish for it; art has one seat left."""
    school = with_course(full_ball(max_size=3), "ball", min_size=4, max_size=4)
    school = with_settings(moving(school), lottery_seed=seed)
    ordered = sorted("abc", key=lambda s: lottery_number(seed, s))
    assert moved(school, optimal(school)) == {ordered[0]: "art-1"}


def two_places(art: int, music: int) -> School:
    """Ball is not opened; art and music have two students each and room for this many."""
    return moving(
        clubs_only(
            courses=(
                ball(slots=("mon2",), min_size=4),
                ball(id="music", slots=("mon2",), max_size=music, leaders=("t3",), rooms=("r3",)),
                ball(id="art", slots=("tue1",), max_size=art, leaders=("t1",), rooms=("r3",)),
            ),
            teachers=(teacher("t1"), teacher("t2"), teacher("t3")),
            students=tuple(student(n, **STAYS_NOT) for n in "abcuvwx"),
            wishes=(
                *(wish(n) for n in "abc"),
                *(wish(n, "art") for n in "uv"),
                *(wish(n, "music") for n in "wx"),
            ),
        )
    )


@pytest.mark.parametrize(
    ("art", "music", "expected"),
    [
        (3, 4, ["music-1", "art-1", "music-1"]),
        (4, 3, ["art-1", "art-1", "music-1"]),
        (3, 3, ["art-1", "music-1"]),
    ],
)
def test_the_emptiest_first_then_by_id(art: int, music: int, expected: list[str]) -> None:
    school = two_places(art, music)
    ordered = sorted("abc", key=lambda s: lottery_number(1, s))
    assert moved(school, optimal(school)) == dict(zip(ordered, expected, strict=False))


def test_nobody_is_moved_to_what_he_wished_for() -> None:
    """Ball is led by t2 only, whom c does not want: he is refused it, and not moved there."""
    school = with_course(full_ball(), "ball", max_size=4, leaders=("t1", "t2"))
    school = with_teacher(with_course(school, "art", max_size=2), "t1", max_periods_week=1)
    wishes = tuple(revised(w, teacher="t1") if w.student == "c" else w for w in school.wishes)
    school = moving(revised(school, wishes=wishes))
    plan = optimal(school)
    assert moved(school, plan) == {}
    assert [(u.student, u.reason) for u in plan.unmet] == [("c", UnmetReason.TEACHER)]


def in_care(**care: Any) -> School:
    """All stay on Monday, period 1, when ball is held; d alone wishes for art, which is not."""
    school = small_school(
        courses=(ball(slots=("mon1",), max_size=4), ball(id="art", min_size=4, leaders=("t1",))),
        wishes=(*(wish(n) for n in "abc"), wish("d", "art")),
        teachers=(teacher("t1", pay_fen=100), teacher("t2", pay_fen=1)),
    )
    return moving(with_care(school, **care))


def test_who_is_moved_leaves_base_care() -> None:
    """He was alone in it: the group ends, and its supervisor is not paid."""
    school = in_care()
    plan = optimal(school)
    assert moved(school, plan) == {"d": "ball-1"}
    assert (plan.care_groups, plan.pay_fen) == ((), 1)
    assert [(g.slot, g.students) for g in plan.moved_from] == [("mon1", ("d",))]


def test_nobody_leaves_a_group_that_is_pinned() -> None:
    school = with_locks(in_care(), CareStaffLock(teacher="t1", slot="mon1"))
    plan = optimal(school)
    assert (moved(school, plan), plan.moved_from) == ({}, ())
    assert plan.care_groups[0].students == ("d",)


PROVENANCE = Provenance(
    version="0", engine="test", seed=1, workers=1, time_limit_seconds=0, seconds=0
)


@pytest.mark.parametrize("seed", range(1, 5))
def test_who_was_kept_in_care_goes_when_another_has_left(seed: int) -> None:
    """In the room of grade 3 somebody of grade 3 must remain: c, until d of grade 4 has left.

    Whichever of them the lottery names first.
    """
    school = small_school(
        courses=(
            ball(slots=("mon1",), grades=(3, 4)),
            ball(id="art", grades=(3, 4), min_size=4),
        ),
        classes=(
            HomeClass(id="c3", name="", grade=3, home_room="r3", homeroom_teacher="t1"),
            HomeClass(id="c4", name="", grade=4, homeroom_teacher="t2"),
        ),
        students=(*(student(n) for n in "abc"), student("d", home_class="c4")),
        wishes=(wish("a"), wish("b"), wish("c", "art"), wish("d", "art")),
    )
    school = with_care(school, rooms=CareRooms.OWN_GRADE, grade_span=2)
    school = with_settings(moving(school), lottery_seed=seed)
    club = Section(
        id="ball-1",
        course="ball",
        slots=("mon1",),
        room="hall",
        staff=("t2",),
        students=("a", "b"),
    )
    care = CareGroup(id="care", slot="mon1", room="r3", staff=("t1",), students=("c", "d"))
    plan = finish_plan(school, [club], [care], PROVENANCE)
    assert verify(school, plan) == ()
    assert moved(school, plan) == {"c": "ball-1", "d": "ball-1"}
    assert (plan.care_groups, plan.moved_from) == ((), (care,))
