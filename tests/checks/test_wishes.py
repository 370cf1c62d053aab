from models import CareGroup, Section
from tests.builders import (
    add_groups,
    edit_care,
    edit_section,
    seat,
    tiny_plan,
    tiny_school,
    with_course,
    with_student,
    with_wishes,
)
from tests.checks.saying import broken, names, only

SCHOOL = tiny_school()
PLAN = tiny_plan(SCHOOL)


def test_a_seat_nobody_wished_for() -> None:
    text = only(SCHOOL, seat(SCHOOL, PLAN, "s52", "chess-1"), "wishes")
    names(text, "s52", "chess-1", "chess 国际象棋", zh="没有报课程", en="did not wish")


def test_two_seats_in_one_course() -> None:
    school = with_course(SCHOOL, "chess", max_sections=2, min_size=1)
    school = with_student(school, "s33", max_clubs=2)
    second = Section(
        id="chess-2", course="chess", slots=("tue1",), room="r3", staff=("t2",), students=()
    )
    plan = seat(SCHOOL, add_groups(PLAN, second), "s33", "chess-2")
    names(only(school, plan, "wishes"), "s33", "chess-1", "chess-2", "2", zh="最多 1", en="most 1")


def test_as_many_clubs_as_wanted_and_one_more() -> None:
    assert broken(with_student(SCHOOL, "s31", max_clubs=2), PLAN) == []
    text = only(with_student(SCHOOL, "s31", max_clubs=1), PLAN, "wishes")
    names(text, "s31", "chess-1", "choir-1", zh="有 2 个名额", en="at most 1")


def test_the_teacher_named_in_the_wish() -> None:
    assert broken(with_wishes(SCHOOL, "s33", "chess", teacher="t1"), PLAN) == []
    text = only(with_wishes(SCHOOL, "s33", "chess", teacher="t2"), PLAN, "wishes")
    names(text, "s33", "chess-1", "t2", "t1", zh="只愿", en="only with")


def test_the_teacher_named_may_lead_with_another() -> None:
    school = with_course(with_wishes(SCHOOL, "s33", "chess", teacher="t2"), "chess", staff_needed=2)
    assert broken(school, edit_section(PLAN, "chess-1", staff=("t1", "t2"))) == []


def test_care_is_not_wished_for() -> None:
    group = CareGroup(id="more", slot="mon2", room="r3", staff=("t2",), students=("s52",))
    less = tuple(s for s in PLAN.care_groups[1].students if s != "s52")
    assert broken(SCHOOL, add_groups(edit_care(PLAN, "care-mon2", students=less), group)) == []
