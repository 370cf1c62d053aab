from models import CareGroup, School, Stage
from tests.builders import (
    add_groups,
    edit_care,
    tiny_plan,
    tiny_school,
    with_care,
    with_course,
    with_settings,
)
from tests.checks.saying import broken, names, only, said

SCHOOL = tiny_school()
PLAN = tiny_plan(SCHOOL)


def two_stages(school: School = SCHOOL) -> School:
    low = Stage(id="primary", name="小学", grades=(3, 4))
    high = Stage(id="junior", name="初中", grades=(5,))
    return with_settings(school, stages=(low, high))


def test_a_grade_that_the_course_is_not_for() -> None:
    text = only(with_course(SCHOOL, "chess", grades=(3, 4)), PLAN, "cross_grade")
    names(text, "chess-1", "s54", "5", zh="面向 3、4 年级", en="for grades 3, 4")
    assert "s31" not in text.en


def test_a_span_of_grades_at_the_limit_and_over() -> None:
    assert broken(with_course(SCHOOL, "chess", max_grade_span=3), PLAN) == []
    text = only(with_course(SCHOOL, "chess", max_grade_span=2), PLAN, "cross_grade")
    names(text, "chess-1", zh="3、4、5 年级的学生，跨 3 个年级，最多跨 2 个", en="span of 3")
    assert "at most 2" in text.en


def test_the_span_of_the_school_holds_where_the_course_has_none() -> None:
    school = with_settings(SCHOOL, max_grade_span=2)
    names(only(school, PLAN, "cross_grade"), "chess-1", zh="最多跨 2 个", en="at most 2")
    assert broken(with_course(school, "chess", max_grade_span=3), PLAN) == []


def test_stages_in_a_section() -> None:
    school = with_care(two_stages(), mix_stages=True)
    texts = said(school, PLAN, "cross_grade")
    assert len(texts) == 2
    names(texts[0], "chess-1", zh="混了学段 junior、primary", en="mixes the stages junior, primary")
    names(texts[1], "art-1", zh="4、5 年级", en="grades 4, 5")
    for course in ("chess", "art"):
        school = with_course(school, course, mix_stages=True)
    assert broken(school, PLAN) == []


def test_stages_in_care() -> None:
    school = with_course(
        with_course(two_stages(), "chess", mix_stages=True), "art", mix_stages=True
    )
    texts = said(school, PLAN, "cross_grade")
    assert len(texts) == 4
    names(texts[0], "care-mon1", "junior", "primary", zh="不允许", en="not allowed")


def test_the_span_of_care() -> None:
    assert broken(with_care(SCHOOL, grade_span=3), PLAN) == []
    texts = said(with_care(SCHOOL, grade_span=2), PLAN, "cross_grade")
    assert len(texts) == 4
    names(texts[0], "care-mon1", zh="跨 3 个年级，最多跨 2 个", en="span of 3 grades: at most 2")


def test_a_span_counts_the_grades_between() -> None:
    school = with_care(SCHOOL, grade_span=2)
    plan = PLAN
    for group in PLAN.care_groups:
        low = tuple(s for s in group.students if s[1] != "5")
        high = tuple(s for s in group.students if s[1] == "5")
        plan = edit_care(plan, group.id, students=low, room="r5")
        other = CareGroup(
            id=f"other-{group.slot}", slot=group.slot, room="r3", staff=("t2",), students=high
        )
        plan = add_groups(plan, other)
    assert broken(school, plan) == []
    tue1 = next(g for g in plan.care_groups if g.id == "care-tue1")
    other = next(g for g in plan.care_groups if g.id == "other-tue1")
    moved = edit_care(plan, "care-tue1", students=tuple(s for s in tue1.students if s != "s33"))
    moved = edit_care(moved, "other-tue1", students=(*other.students, "s33"))
    names(only(school, moved, "cross_grade"), "other-tue1", zh="3、5 年级", en="span of 3")
