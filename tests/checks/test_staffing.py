from typing import Any

import pytest

from models import Band, CareGroup, HomeClass, Plan, PolicyItem, School, StaffKind
from tests.builders import (
    SOURCE,
    add_groups,
    edit_care,
    edit_section,
    revised,
    tiny_plan,
    tiny_school,
    with_care,
    with_clause,
    with_course,
    with_new,
    with_settings,
    with_teacher,
)
from tests.checks.saying import broken, names, only, said

SCHOOL = tiny_school()
PLAN = tiny_plan(SCHOOL)


@pytest.mark.parametrize(
    "school",
    [
        with_teacher(SCHOOL, "t5", max_periods_week=4),
        with_teacher(SCHOOL, "t5", max_periods_day=2),
        with_teacher(SCHOOL, "t3", max_periods_week=2, max_periods_day=2),
        with_teacher(SCHOOL, "t1", available_slots=("mon2",), may_supervise=False),
        with_teacher(SCHOOL, "t2", cleared=False),
        with_care(SCHOOL, rota_grades=(5,)),
    ],
)
def test_exactly_at_the_limit(school: School) -> None:
    assert broken(school, PLAN) == []


def test_too_few_and_too_many_staff() -> None:
    two = with_course(SCHOOL, "chess", staff_needed=2)
    text = only(two, PLAN, "staffing")
    names(
        text, "chess-1", "t1", zh="有 1 位教师（t1），应为 2 位", en="has 1 staff (t1), not the 2"
    )
    both = edit_section(PLAN, "chess-1", staff=("t1", "t2"))
    assert broken(two, both) == []
    names(only(SCHOOL, both, "staffing"), "t1", "t2", zh="有 2 位", en="has 2 staff")


def test_a_person_listed_twice_counts_once() -> None:
    two = with_course(SCHOOL, "chess", staff_needed=2)
    twice = edit_section(PLAN, "chess-1", staff=("t1", "t1"))
    assert "staffing" in broken(two, twice)


def test_staff_of_a_care_group() -> None:
    texts = said(with_care(SCHOOL, staff_needed=2), PLAN, "staffing")
    assert len(texts) == 4
    names(texts[0], "care-mon1", "t5", zh="应为 2 位", en="not the 2")


def test_somebody_who_cannot_lead_the_course() -> None:
    text = only(SCHOOL, edit_section(PLAN, "chess-1", staff=("t4",)), "staffing")
    names(text, "t4", "chess-1", zh="能带的有 t1、t2", en="those who can are t1, t2")


def test_somebody_who_does_not_supervise() -> None:
    school = with_teacher(SCHOOL, "t4", may_supervise=False)
    text = only(school, edit_care(PLAN, "care-mon2", staff=("t4",)), "staffing")
    names(text, "t4", "care-mon2", zh="不承担托管", en="may not supervise")


def test_somebody_who_is_not_cleared() -> None:
    section = only(with_teacher(SCHOOL, "t1", cleared=False), PLAN, "staffing")
    names(section, "t1", "chess-1", zh="未通过准入审查", en="not cleared")
    assert len(said(with_teacher(SCHOOL, "t5", cleared=False), PLAN, "staffing")) == 4


def test_what_asks_for_somebody_to_be_cleared() -> None:
    """Of own staff the clause on conduct; of others also vetting and qualification."""
    school = with_teacher(SCHOOL, "t1", cleared=False)
    asked = {
        PolicyItem.VETTING_REQUIRED: "rule 1",
        PolicyItem.QUALIFICATION_REQUIRED: "rule 2",
    }
    for item, source in asked.items():
        school = with_clause(school, item, source=source)
    names(only(school, PLAN, "staffing"), "t1", "rule 1", zh="须经审核", en="vetting required")
    school = with_clause(school, PolicyItem.CONDUCT_REQUIRED, source="rule 4")
    own = only(school, PLAN, "staffing")
    names(own, "t1", "rule 4", zh="须无不良记录", en="conduct required")
    assert not any(source in own.en for source in asked.values())
    text = only(with_teacher(school, "t1", kind=StaffKind.EXTERNAL), PLAN, "staffing")
    names(text, "rule 4", *asked.values(), zh="须有资质", en="qualification required")


def test_somebody_who_is_not_there() -> None:
    school = with_teacher(SCHOOL, "t3", available_slots=("tue1", "mon2"))
    text = only(school, PLAN, "staffing")
    names(text, "t3", "art-1", "16:50-17:30", zh="周二", en="not available on Tue")
    school = with_teacher(SCHOOL, "t5", available_slots=("mon1", "mon2", "tue1"))
    names(only(school, PLAN, "staffing"), "t5", "care-tue2", zh="不能来", en="not available")


def test_one_period_a_week_too_many() -> None:
    text = only(with_teacher(SCHOOL, "t5", max_periods_week=3), PLAN, "staffing")
    names(text, "t5", zh="每周 4 节，最多 3 节", en="4 periods a week: at most 3")
    text = only(with_teacher(SCHOOL, "t4", max_periods_week=1), PLAN, "staffing")
    names(text, "t4", zh="每周 2 节，最多 1 节", en="2 periods a week: at most 1")


def test_one_period_a_day_too_many() -> None:
    texts = said(with_teacher(SCHOOL, "t5", max_periods_day=1), PLAN, "staffing")
    assert len(texts) == 2
    names(texts[1], "t5", zh="周二有 2 节，每天最多 1 节", en="2 periods on Tue: at most 1")


def test_sections_and_care_count_together() -> None:
    school = with_course(SCHOOL, "chess", leaders=("t1", "t2", "t5"))
    plan = edit_care(PLAN, "care-mon2", staff=("t1",))
    plan = edit_section(plan, "chess-1", staff=("t5",))
    assert broken(with_teacher(school, "t5", max_periods_week=4), plan) == []
    assert broken(with_teacher(school, "t5", max_periods_week=3), plan) == ["staffing"]


def rota(group: tuple[str, ...], *staff: str, **care: Any) -> tuple[School, Plan]:
    """Give grade 3 a rota of t1 and t5; some of Monday's second period are in their own group.

    Teacher t1, who leads chess then, has another period free.
    """
    rest = tuple(s for s in PLAN.care_groups[1].students if s not in group)
    plan = edit_care(PLAN, "care-mon2", students=rest)
    own = CareGroup(id="own", slot="mon2", room="r3", staff=staff, students=group)
    plan = edit_section(add_groups(plan, own), "chess-1", staff=("t3",))
    school = with_course(SCHOOL, "chess", leaders=("t1", "t2", "t3"))
    school = with_teacher(school, "t1", max_periods_week=1)
    school = with_new(
        school, "classes", HomeClass(id="d3", name="", grade=3, homeroom_teacher="t5")
    )
    return with_care(school, rota_grades=(3,), **care), plan


def test_homeroom_teachers_on_rota() -> None:
    text = only(*rota(("s32", "s43"), "t4"), "staffing")
    names(
        text,
        "own",
        "t4",
        "s32",
        zh="3 年级学生 1 人（s32），应由 3 年级的班主任（t1、t5）看管",
        en="(s32), who must be supervised by homeroom teachers of grade 3 (t1, t5)",
    )
    assert broken(*rota(("s32", "s43"), "t1")) == []


def test_another_grades_homeroom_teacher_will_not_do() -> None:
    """Of the two children one is in grade 4, and so is the class of t2."""
    text = only(*rota(("s32", "s43"), "t2"), "staffing")
    names(text, "own", "s32", zh="却由教师 t2 看管", en="but teacher t2 does")


def test_each_grade_on_the_rota_has_its_own() -> None:
    school, plan = rota(("s32", "s41"), "t1")
    assert broken(school, plan) == []
    both = with_care(school, rota_grades=(3, 4))
    texts = said(both, plan, "staffing")
    assert len(texts) == 5
    names(texts[-1], "own", "s41", zh="4 年级的班主任（t2）", en="teachers of grade 4 (t2)")


def test_of_two_in_a_group_all_are_homeroom_teachers() -> None:
    """One of grade 3 does for the rota; the other must have a class of a grade in the group."""
    school, plan = rota(("s32", "s41"), "t1", "t4", staff_needed=2)
    for group in plan.care_groups[:-1]:
        plan = edit_care(plan, group.id, staff=("t5", "t6"))
    classes = (HomeClass(id=f"e{g}", name="", grade=g, homeroom_teacher="t6") for g in (4, 5))
    school = with_new(school, "teachers", revised(school.teachers[0], id="t6", max_periods_week=4))
    school = with_new(school, "classes", *classes)
    text = only(school, plan, "staffing")
    names(
        text,
        "own",
        "t4",
        zh="只应由这些年级的班主任（t1、t2、t5、t6）",
        en="alone (t1, t2, t5, t6)",
    )
    assert broken(school, edit_care(plan, "own", staff=("t1", "t2"))) == []


def test_no_rota_where_none_of_its_grades_is_in_the_group() -> None:
    school, plan = rota(("s43", "s51"), "t4")
    assert broken(with_teacher(school, "t1", may_supervise=False), plan) == []


@pytest.mark.parametrize("scope", [{"grades": (3,)}, {"band": Band.LOWER}])
def test_the_policy_puts_grades_on_the_rota(scope: dict[str, Any]) -> None:
    school, plan = rota(("s32", "s43"), "t4")
    school = with_care(with_settings(school, lower_grades=(3,)), rota_grades=())
    assert broken(school, plan) == []
    text = only(with_clause(school, PolicyItem.ROTA, **scope), plan, "staffing")
    names(text, "own", "t4", SOURCE, zh="班主任（t1、t5）", en="teachers of grade 3 (t1, t5)")
    assert "own homeroom rota" not in text.en
    right = rota(("s32", "s43"), "t1")[1]
    assert broken(with_clause(school, PolicyItem.ROTA, **scope), right) == []
    assert broken(with_clause(school, PolicyItem.ROTA, grades=(6,)), plan) == []


def test_who_puts_grades_on_the_rota() -> None:
    """Grade 3 is on the school's rota and on the policy's."""
    school, plan = rota(("s32", "s43"), "t4")
    names(only(school, plan, "staffing"), zh="学校的班主任轮值设置", en="the school's own homeroom")
    both = with_clause(school, PolicyItem.ROTA, grades=(3,))
    names(only(both, plan, "staffing"), SOURCE, zh="设置、Circular", en="rota, Circular")
