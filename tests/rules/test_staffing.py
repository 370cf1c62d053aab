from typing import Any

import pytest

from models import Band, HomeClass, PolicyItem, Room, School, SectionLock
from optimizer.engine.finish.extract import extract
from optimizer.rules import build
from tests.builders import (
    revised,
    with_care,
    with_class,
    with_clause,
    with_course,
    with_locks,
    with_new,
    with_room,
    with_settings,
    with_student,
    with_teacher,
)
from tests.rules.small import (
    SEAT,
    ball,
    care_sizes,
    in_care_only,
    loads,
    opened,
    small_school,
    student,
    teacher,
)
from tests.rules.solving import conflict, optimal, solved

PINNED = with_locks(small_school(courses=(ball(slots=("mon2",)),)), opened(1))
CARE = in_care_only(teachers=(teacher("t1"),))


def test_only_the_leaders_of_the_course() -> None:
    assert optimal(PINNED).sections[0].staff == ("t2",)
    busy = with_teacher(PINNED, "t2", max_periods_week=0)
    assert conflict(busy) == {"staffing", "locks"}
    assert optimal(with_course(busy, "ball", leaders=("t2", "t1"))).sections[0].staff == ("t1",)
    wrong = with_locks(PINNED, SectionLock(course="ball", staff=("t1",)))
    assert conflict(wrong) == {"staffing", "locks"}


@pytest.mark.parametrize("needed", [1, 2, 3])
def test_as_many_staff_as_a_section_needs(needed: int) -> None:
    school = with_new(PINNED, "teachers", teacher("t3"), teacher("t4"))
    leaders = ("t1", "t2", "t3")[:needed]
    exact = with_course(school, "ball", staff_needed=needed, leaders=leaders)
    assert sorted(optimal(exact).sections[0].staff) == sorted(leaders)
    one_away = with_teacher(exact, leaders[-1], available_slots=("mon1",))
    assert conflict(one_away) == {"pattern", "staffing", "locks"}
    spare = with_course(one_away, "ball", leaders=(*leaders, "t4"))
    assert len(optimal(spare).sections[0].staff) == needed


def test_different_staff_for_sections_at_one_time() -> None:
    school = with_new(revised(PINNED, locks=(opened(2),)), "teachers", teacher("t3"), teacher("t4"))
    pairs = {"max_sections": 2, "max_size": 2, "rooms": (), "staff_needed": 2}
    four = with_course(school, "ball", leaders=("t1", "t2", "t3", "t4"), **pairs)
    plan = optimal(four)
    assert sorted(t for s in plan.sections for t in s.staff) == ["t1", "t2", "t3", "t4"]
    three = with_course(school, "ball", leaders=("t1", "t2", "t3"), **pairs)
    assert conflict(three) == {"clash", "pattern", "staffing", "locks"}


def test_as_many_supervisors_as_a_care_group_needs() -> None:
    both = with_care(in_care_only(), staff_needed=2)
    assert sorted(optimal(both).care_groups[0].staff) == ["t1", "t2"]
    assert conflict(with_care(both, staff_needed=3)) == {"attendance", "staffing"}


def test_two_supervisors_for_each_of_two_groups() -> None:
    school = with_care(in_care_only(), staff_needed=2, max_size=2)
    school = with_room(school, "hall", care_room=True)
    four = with_new(school, "teachers", teacher("t3"), teacher("t4"))
    assert sorted(t for g in optimal(four).care_groups for t in g.staff) == ["t1", "t2", "t3", "t4"]
    three = with_new(school, "teachers", teacher("t3"))
    assert conflict(three) == {"attendance", "clash", "group_size", "staffing"}


@pytest.mark.parametrize("fields", [{"may_supervise": False}, {"cleared": False}])
def test_only_who_may_supervise(fields: dict[str, bool]) -> None:
    assert care_sizes(optimal(CARE)) == [4]
    assert conflict(with_teacher(CARE, "t1", **fields)) == {"attendance", "staffing"}


def test_only_the_cleared_lead() -> None:
    school = with_course(PINNED, "ball", leaders=("t1", "t2"))
    assert optimal(with_teacher(school, "t1", cleared=False)).sections[0].staff == ("t2",)


def test_available_at_every_slot() -> None:
    double = with_course(PINNED, "ball", periods_per_session=2, slots=("mon1", "mon2"))
    there = with_teacher(double, "t2", available_slots=("mon1", "mon2"))
    assert optimal(there).value == 4 * SEAT
    half = with_teacher(double, "t2", available_slots=("mon2", "tue1"))
    assert conflict(half) == {"pattern", "staffing", "locks"}


def stays_all_week(periods: int) -> School:
    """One supervisor and so many periods of care: mon1, mon2, tue1 in this order."""
    slots = ("mon1", "mon2", "tue1")
    return with_student(CARE, "a", stay_slots=slots[:periods], club_slots=())


@pytest.mark.parametrize("periods", [1, 2, 3])
def test_periods_a_week(periods: int) -> None:
    exact = with_teacher(stays_all_week(periods), "t1", max_periods_week=periods)
    assert loads(optimal(exact)) == {"t1": periods}
    assert conflict(with_teacher(exact, "t1", max_periods_week=periods - 1)) == {
        "attendance",
        "staffing",
    }


def test_periods_a_day() -> None:
    """Two on Monday, one on Tuesday."""
    exact = with_teacher(stays_all_week(3), "t1", max_periods_day=2)
    assert loads(optimal(exact)) == {"t1": 3}
    assert conflict(with_teacher(exact, "t1", max_periods_day=1)) == {"attendance", "staffing"}
    assert loads(optimal(with_teacher(stays_all_week(1), "t1", max_periods_day=1))) == {"t1": 1}


def test_sections_and_care_count_together() -> None:
    """One person for care in the first period and ball in the second."""
    alone = with_class(PINNED, "c3", homeroom_teacher=None)
    alone = revised(alone, teachers=(teacher("t2"),))
    exact = with_teacher(alone, "t2", max_periods_week=2, max_periods_day=2)
    assert loads(optimal(exact)) == {"t2": 2}
    for field in ("max_periods_week", "max_periods_day"):
        less = with_teacher(exact, "t2", **{field: 1})
        assert "staffing" in conflict(less)
        helped = with_new(less, "teachers", teacher("t1"))
        assert loads(optimal(helped)) == {"t1": 1, "t2": 1}


def test_every_slot_of_a_section_counts() -> None:
    double = with_course(PINNED, "ball", periods_per_session=2, slots=("mon1", "mon2"))
    assert optimal(with_teacher(double, "t2", max_periods_week=2)).value == 4 * SEAT
    assert conflict(with_teacher(double, "t2", max_periods_week=1)) == {
        "pattern",
        "staffing",
        "locks",
    }


def test_a_tired_teacher_leads_where_he_is_worth_most() -> None:
    """One period left: ball for three takers rather than care, which another can do."""
    school = with_teacher(small_school(), "t2", max_periods_week=1)
    plan = optimal(school)
    assert (plan.value, loads(plan)["t2"]) == (4 * SEAT, 1)


def on_rota(**care: object) -> School:
    """Grades 3 and 4, homeroom teachers t1 and t2, and t3 who has no class."""
    school = in_care_only(
        rooms=(Room(id="r3", name="", seats=6), Room(id="r4", name="", seats=6)),
        classes=tuple(
            HomeClass(id=f"c{g}", name="", grade=g, home_room=f"r{g}", homeroom_teacher=t)
            for g, t in ((3, "t1"), (4, "t2"))
        ),
        teachers=(teacher("t1"), teacher("t2"), teacher("t3")),
        students=(
            *(student(n, club_slots=()) for n in "ab"),
            *(student(n, club_slots=(), home_class="c4") for n in "cd"),
        ),
    )
    return with_care(school, **care)


def away(school: School, *names: str) -> School:
    for name in names:
        school = with_teacher(school, name, available_slots=("tue1",))
    return school


def test_homeroom_teachers_supervise_the_grades_on_rota() -> None:
    school = on_rota(rota_grades=(3,))
    plan = optimal(away(school, "t2"))
    assert {g.staff: g.students for g in plan.care_groups} == {
        ("t1",): ("a", "b"),
        ("t3",): ("c", "d"),
    }
    assert conflict(away(school, "t1")) == {"attendance", "staffing"}
    assert len(optimal(away(on_rota(), "t1")).care_groups) == 2


def test_a_group_of_two_grades_is_with_the_homeroom_teacher_of_that_on_the_rota() -> None:
    school = on_rota(rota_grades=(3,), grade_span=2)
    plan = optimal(away(school, "t2", "t3"))
    assert [(g.staff, len(g.students)) for g in plan.care_groups] == [(("t1",), 4)]
    assert conflict(away(school, "t1", "t3")) == {"attendance", "staffing"}


def test_one_person_for_two_grades_on_the_rota_has_a_class_of_each() -> None:
    """There is one room: t1 can be with both grades only if he has a class of grade 4 as well."""
    school = on_rota(rota_grades=(3, 4), grade_span=2)
    school = revised(with_class(school, "c4", home_room="r3"), rooms=school.rooms[:1])
    assert {"attendance", "staffing"} <= conflict(school)
    other = HomeClass(id="d4", name="", grade=4, homeroom_teacher="t1")
    plan = optimal(with_new(school, "classes", other))
    assert [(g.staff, len(g.students)) for g in plan.care_groups] == [(("t1",), 4)]


WHOLE = (("t1", "t2"), ("t3", "t4"))


@pytest.mark.parametrize("enough", [True, False])
def test_groups_of_many_grades_are_put_together_of_those_there(enough: bool) -> None:
    """Two groups of grades 3 to 5, two people each: who has a class of all three is with anybody.

    The others have one grade each, and no two of them make three.
    """
    grades, children = (3, 4, 5), (3, 4, 5, 3, 4, 5)
    own = {"t1": grades, "t2": (3,), "t3": (4,), "t4": (5, 3) if enough else (5,)}
    school = in_care_only(
        rooms=tuple(Room(id=r, name="", seats=3, care_room=True) for r in ("x", "y")),
        classes=tuple(
            HomeClass(id=f"c{g}{t}", name="", grade=g, homeroom_teacher=t)
            for t, some in own.items()
            for g in some
        ),
        teachers=tuple(map(teacher, own)),
        students=tuple(
            student(f"s{n}", club_slots=(), home_class=f"c{g}t1") for n, g in enumerate(children)
        ),
    )
    school = with_care(school, rota_grades=grades, grade_span=3, staff_needed=2)
    model = build(school)
    model.cp.add(model.care_groups["mon1", grades] == 2)
    solution = solved(model)
    assert (solution is not None) is enough
    if solution is not None:
        teams = {group.staff for group in extract(model, solution)[1]}
        assert {frozenset(team) for team in teams} == {frozenset({*team}) for team in WHOLE}


def test_grades_not_on_rota_need_no_homeroom_teacher() -> None:
    school = on_rota(rota_grades=(3,), grade_span=2, max_size=2)
    plan = optimal(away(school, "t2"))
    assert {g.staff: g.students for g in plan.care_groups}["t3",] == ("c", "d")
    third = revised(school, students=tuple(revised(s, home_class="c3") for s in school.students))
    assert conflict(away(third, "t2")) == {"attendance", "clash", "group_size", "staffing"}


def test_two_of_the_rota_in_one_group() -> None:
    school = on_rota(rota_grades=(3, 4), grade_span=2, staff_needed=2)
    plan = optimal(school)
    assert [sorted(g.staff) for g in plan.care_groups] == [["t1", "t2"]]
    assert conflict(away(school, "t2")) == {"attendance", "staffing"}


@pytest.mark.parametrize("scope", [{"grades": (3,)}, {"band": Band.LOWER}])
def test_the_policy_puts_grades_on_the_rota(scope: dict[str, Any]) -> None:
    school = with_settings(on_rota(), lower_grades=(3,))
    ruled = with_clause(school, PolicyItem.ROTA, **scope)
    plan = optimal(away(ruled, "t2"))
    assert {g.staff: g.students for g in plan.care_groups}["t1",] == ("a", "b")
    assert conflict(away(ruled, "t1")) == {"attendance", "staffing"}
    assert len(optimal(away(school, "t1")).care_groups) == 2


def test_grades_on_the_rota_by_policy_in_groups_of_several_grades() -> None:
    school = with_clause(on_rota(grade_span=2), PolicyItem.ROTA, grades=(3,))
    plan = optimal(away(school, "t2", "t3"))
    assert [(g.staff, len(g.students)) for g in plan.care_groups] == [(("t1",), 4)]
    assert conflict(away(school, "t1", "t3")) == {"attendance", "staffing"}
    pairs = optimal(away(with_care(school, max_size=2), "t2"))
    assert {g.staff: g.students for g in pairs.care_groups}["t3",] == ("c", "d")


def test_the_rota_of_the_policy_beside_that_of_the_school() -> None:
    """Grade 3 is on the school's rota, grade 4 on the policy's: t3 can be with neither."""
    school = with_clause(on_rota(rota_grades=(3,)), PolicyItem.ROTA, grades=(4,))
    assert {g.staff for g in optimal(school).care_groups} == {("t1",), ("t2",)}
    for name in ("t1", "t2"):
        assert conflict(away(school, name)) == {"attendance", "staffing"}
