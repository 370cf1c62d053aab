"""Every reason for a refusal comes out of a solve, and the check confirms it."""

import pytest

from models import (
    CareContent,
    CourseKind,
    HomeClass,
    PolicyItem,
    School,
    SeatLock,
    Stage,
    StudentGroup,
    UnmetReason,
)
from tests.builders import (
    revised,
    with_budget,
    with_clause,
    with_course,
    with_locks,
    with_new,
    with_settings,
    with_slot,
    with_student,
    with_teacher,
    with_wishes,
)
from tests.engine.schools import STAYS_NOT, ball, clubs_only, student, teacher, wish
from tests.rules.small import SEAT, granted, opened, slot, small_school
from tests.rules.solving import optimal

AT_MON2 = clubs_only(courses=(ball(slots=("mon2",)),))


def refused(school: School) -> dict[str, UnmetReason]:
    """Give the reason for each student's refused wish for ball."""
    return {u.student: u.reason for u in optimal(school).unmet if u.course == "ball"}


def other_grade() -> School:
    school = with_new(AT_MON2, "classes", HomeClass(id="c4", name="", grade=4))
    return with_student(school, "d", home_class="c4")


@pytest.mark.parametrize(
    "school",
    [
        other_grade(),
        with_locks(AT_MON2, SeatLock(student="d", course="ball", granted=False)),
        with_clause(
            with_course(other_grade(), "ball", grades=(3, 4), content=("exams",)),
            PolicyItem.BARRED_CONTENT,
            subject="exams",
            grades=(4,),
        ),
        with_clause(
            with_student(
                revised(AT_MON2, groups=(StudentGroup(id="boarder", name=""),)),
                "d",
                groups=("boarder",),
            ),
            PolicyItem.EXCLUDED_GROUP,
            subject="boarder",
        ),
    ],
    ids=["grade", "lock", "content", "excluded"],
)
def test_not_eligible(school: School) -> None:
    assert refused(school) == {"d": UnmetReason.NOT_ELIGIBLE}


def test_no_time_that_he_offers() -> None:
    absent = with_student(AT_MON2, "d", club_slots=("tue1",))
    assert refused(absent) == {"d": UnmetReason.TIME}


def test_no_time_that_the_policy_leaves() -> None:
    """Grade 4 must go home before the second period, which d had offered."""
    school = with_course(other_grade(), "ball", grades=(3, 4))
    early = with_clause(school, PolicyItem.LATEST_END, 17 * 60, grades=(4,))
    assert refused(early) == {"d": UnmetReason.TIME}


def with_exams(school: School, item: PolicyItem, value: int | None, *grades: int) -> School:
    """Let ball contain exams, and a clause speak of exams for some grades."""
    school = with_course(school, "ball", grades=(3, 4), content=("exams",))
    return with_clause(school, item, value, subject="exams", grades=grades)


def test_no_time_that_the_policy_leaves_for_the_content() -> None:
    """Both grades may stay until 17:30, but grade 4 has exams until 17:00 only."""
    school = with_exams(other_grade(), PolicyItem.CONTENT_END, 17 * 60 + 30, 3)
    assert refused(school) == {"d": UnmetReason.NOT_ELIGIBLE}
    early = with_clause(school, PolicyItem.CONTENT_END, 17 * 60, subject="exams", grades=(4,))
    assert refused(early) == {"d": UnmetReason.TIME}
    evening = with_slot(other_grade(), "mon2", evening_study=True)
    school = with_exams(evening, PolicyItem.EVENING_BARRED_CONTENT, None, 4)
    assert refused(school) == {"d": UnmetReason.TIME}


def test_no_evening_study_for_his_grade() -> None:
    evening = with_course(other_grade(), "ball", grades=(3, 4))
    evening = with_slot(evening, "mon2", evening_study=True)
    assert refused(evening) == {}
    ruled = with_clause(evening, PolicyItem.EVENING_ALLOWED, grades=(3,))
    assert refused(ruled) == {"d": UnmetReason.TIME}


def test_no_time_beside_a_slot_he_stays_at() -> None:
    """What he stays for overlaps the only time of the course."""
    school = with_new(AT_MON2, "slots", slot("late", 1, 17 * 60, 17 * 60 + 40))
    tied = with_student(school, "d", stay_slots=("late",), club_slots=("mon2",))
    assert refused(tied) == {"d": UnmetReason.TIME}


def test_too_few() -> None:
    school = with_course(AT_MON2, "ball", min_size=5, max_size=5)
    assert refused(school) == dict.fromkeys("abcd", UnmetReason.TOO_FEW)


def test_too_few_of_those_who_can_come() -> None:
    school = with_course(AT_MON2, "ball", min_size=4)
    assert refused(school) == {}
    absent = with_student(school, "d", club_slots=("tue1",))
    assert refused(absent) == dict.fromkeys("abc", UnmetReason.TOO_FEW) | {"d": UnmetReason.TIME}
    fourth = with_course(other_grade(), "ball", min_size=4)
    early = with_exams(fourth, PolicyItem.CONTENT_END, 17 * 60 + 30, 3)
    early = with_clause(early, PolicyItem.CONTENT_END, 17 * 60, subject="exams", grades=(4,))
    assert refused(early) == dict.fromkeys("abc", UnmetReason.TOO_FEW) | {"d": UnmetReason.TIME}


@pytest.mark.parametrize(
    ("school", "reason"),
    [
        (with_teacher(AT_MON2, "t2", max_periods_week=0), UnmetReason.NO_STAFF),
        (with_course(AT_MON2, "ball", max_sections=0), UnmetReason.CLOSED),
        (with_locks(AT_MON2, opened(0)), UnmetReason.CLOSED),
        (with_budget(with_teacher(AT_MON2, "t2", pay_fen=1), sum_fen=0), UnmetReason.BUDGET),
    ],
    ids=["staff", "sections", "lock", "budget"],
)
def test_not_opened(school: School, reason: UnmetReason) -> None:
    assert refused(school) == dict.fromkeys("abcd", reason)


def test_the_teacher_named_leads_none() -> None:
    school = with_course(AT_MON2, "ball", leaders=("t1", "t2"))
    school = with_teacher(with_wishes(school, "d", "ball", teacher="t1"), "t1", max_periods_week=0)
    assert refused(school) == {"d": UnmetReason.TEACHER}


def test_all_sections_at_another_time() -> None:
    """Three come on Monday only, d on Tuesday only; it could be held on either day."""
    school = with_course(AT_MON2, "ball", slots=("mon2", "tue1"))
    for name in "abc":
        school = with_student(school, name, club_slots=("mon2",))
    school = with_student(school, "d", club_slots=("tue1",))
    assert refused(school) == {"d": UnmetReason.OTHER_TIME}


def two_courses(**students: object) -> School:
    """Ball and art at one time."""
    return clubs_only(
        courses=(
            ball(slots=("mon2",), min_size=1),
            ball(id="art", slots=("mon2",), min_size=1, rooms=("r3",), leaders=("t1",)),
        ),
        wishes=(*(wish(n) for n in "abc"), wish("d", "art", 1), wish("d", "ball", 2)),
        students=tuple(student(n, **({"max_clubs": 2} | STAYS_NOT)) for n in "abcd"),
    )


def test_a_clash_with_a_seat_he_holds() -> None:
    assert refused(two_courses()) == {"d": UnmetReason.CLASH}


def test_no_wish_is_refused_to_who_has_what_he_wanted() -> None:
    assert refused(with_student(two_courses(), "d", max_clubs=1)) == {}


def test_full() -> None:
    three = with_course(with_wishes(AT_MON2, "d", "ball"), "ball", max_size=3)
    assert list(refused(three).values()) == [UnmetReason.FULL_LOTTERY]


def test_grades_too_far_apart() -> None:
    school = with_new(AT_MON2, "classes", HomeClass(id="c5", name="", grade=5))
    school = with_student(school, "d", home_class="c5")
    school = with_course(school, "ball", grades=(3, 5), max_grade_span=3)
    assert refused(school) == {}
    assert refused(with_course(school, "ball", max_grade_span=2)) == {"d": UnmetReason.GRADES}
    stages = (Stage(id="low", name="", grades=(3,)), Stage(id="high", name="", grades=(5,)))
    assert refused(with_settings(school, stages=stages)) == {"d": UnmetReason.GRADES}


def test_as_many_clubs_as_he_wanted() -> None:
    """He is pinned to his second choice, and wanted one."""
    school = clubs_only(
        courses=(
            ball(slots=("mon2",)),
            ball(id="art", slots=("tue1",), min_size=1, leaders=("t1",)),
        ),
        wishes=(*(wish(n) for n in "abcd"), wish("d", "art", 2)),
    )
    assert refused(with_locks(school, granted("d", "art"))) == {"d": UnmetReason.WANTED}


def test_no_more_learning_that_day() -> None:
    """Homework first; ball is learning too, and d must do without either."""
    school = small_school(
        courses=(ball(slots=("mon2",), min_size=1, kind=CourseKind.LEARNING),),
        students=(
            *(student(n, **STAYS_NOT) for n in "abc"),
            student("d", stay_slots=("mon1",), club_slots=("mon2",)),
        ),
    )
    limited = with_clause(school, PolicyItem.MAX_LEARNING_PERIODS_DAY, 1)
    assert refused(limited) == {"d": UnmetReason.DAY_LIMIT}
    reading = with_slot(limited, "mon1", care_content=CareContent.READING)
    assert refused(reading) == {}


def test_the_alternative_has_a_free_seat_at_his_time() -> None:
    """Ball is full; there is room in art on Tuesday, and in music only when he is not there."""
    school = clubs_only(
        courses=(
            ball(slots=("mon2",), max_size=2),
            ball(id="art", slots=("tue1",), leaders=("t1",), rooms=("r3",)),
            ball(id="music", slots=("mon1",), leaders=("t3",), rooms=("r3",)),
        ),
        teachers=(teacher("t1"), teacher("t2"), teacher("t3")),
        students=(
            *(student(n, **STAYS_NOT) for n in "abc"),
            *(student(n, stay_slots=(), club_slots=("mon1", "tue1")) for n in "uvwx"),
        ),
        wishes=(
            *(wish(n) for n in "abc"),
            *(wish(n, "art") for n in "uv"),
            *(wish(n, "music") for n in "wx"),
        ),
    )
    plan = optimal(school)
    assert [(u.reason, u.alternative) for u in plan.unmet] == [(UnmetReason.FULL_LOTTERY, "art-1")]


def alternatives(school: School) -> set[str | None]:
    return {u.alternative for u in optimal(school).unmet}


def one_alternative(**art: object) -> School:
    """Ball takes two of three; art has room for the third, unless something forbids it."""
    return clubs_only(
        courses=(
            ball(slots=("mon2",), max_size=2),
            ball(id="art", slots=("tue1",), leaders=("t1",), rooms=("r3",), **art),
        ),
        students=(
            *(student(n, **STAYS_NOT) for n in "abc"),
            *(student(n, **STAYS_NOT) for n in "uv"),
        ),
        wishes=(*(wish(n) for n in "abc"), *(wish(n, "art") for n in "uv")),
    )


def test_nothing_is_offered_that_he_may_not_join() -> None:
    assert alternatives(one_alternative()) == {"art-1"}
    assert alternatives(one_alternative(max_size=2)) == {None}
    pinned = with_locks(
        one_alternative(), *(SeatLock(student=n, course="art", granted=False) for n in "abc")
    )
    assert alternatives(pinned) == {None}
    fourth = with_new(
        one_alternative(grades=(3, 4)), "classes", HomeClass(id="c4", name="", grade=4)
    )
    for name in "abc":
        fourth = with_student(fourth, name, home_class="c4")
    fourth = with_course(fourth, "ball", grades=(4,))
    assert alternatives(fourth) == {"art-1"}
    assert alternatives(with_course(fourth, "art", max_grade_span=1)) == {None}
    exams = with_course(fourth, "art", content=("exams",))
    barred = with_clause(exams, PolicyItem.BARRED_CONTENT, subject="exams", grades=(4,))
    assert alternatives(barred) == {None}
    late = with_clause(exams, PolicyItem.CONTENT_START, 16 * 60 + 1, subject="exams")
    assert alternatives(late) == {None}


def test_the_value_is_what_the_granted_wishes_are_worth() -> None:
    plan = optimal(one_alternative())
    assert plan.value == 4 * SEAT


def test_a_free_seat_is_offered_by_priority_before_the_draw() -> None:
    """Two are refused ball: one by the draw, the other by a pin, who has the last number."""
    school = one_alternative(max_size=3)
    group = StudentGroup(id="left", name="", priority=True)
    school = revised(
        school,
        students=(*school.students, student("d", **STAYS_NOT)),
        wishes=(*school.wishes, wish("d")),
        groups=(group,),
    )
    *others, barred = sorted("abcd", key=school.lottery_numbers.__getitem__)
    school = with_locks(school, SeatLock(student=barred, course="ball", granted=False))

    def offered(asked: School) -> set[str]:
        return {u.student for u in optimal(asked).unmet if u.alternative is not None}

    assert offered(school) == {others[-1]}
    assert offered(with_student(school, barred, groups=("left",))) == {barred}
