from collections.abc import Callable
from typing import Any

import pytest

from models import CareContent, PolicyItem, Provider, ProviderKind, School, SchoolError, StaffKind
from tests.builders import (
    SOURCE,
    tiny_plan,
    tiny_school,
    with_clause,
    with_course,
    with_new,
    with_slot,
    with_teacher,
)
from tests.checks.saying import broken, names, only, said

SCHOOL = tiny_school()
PLAN = tiny_plan(SCHOOL)
FIRM = Provider(id="firm", name="", kind=ProviderKind.TRAINING_FIRM)


def test_barred_content() -> None:
    school = with_course(SCHOOL, "chess", content=("exam_training", "homework"))
    barred = with_clause(school, PolicyItem.BARRED_CONTENT, subject="homework", grades=(3, 6))
    text = only(barred, PLAN, "content")
    names(text, "chess-1", "homework", "s31", "s33", SOURCE, zh="3 年级禁止", en="for grade 3")
    assert "s42" not in text.en


@pytest.mark.parametrize(
    "school",
    [
        with_clause(SCHOOL, PolicyItem.BARRED_CONTENT, subject="homework"),
        with_clause(
            with_course(SCHOOL, "choir", content=("homework",)),
            PolicyItem.BARRED_CONTENT,
            subject="homework",
            grades=(5,),
        ),
    ],
)
def test_content_that_is_not_barred(school: School) -> None:
    assert broken(school, PLAN) == []


# --- contents at their own times -----------------------------------------------------------

WINDOW: dict[str, Any] = {"subject": "homework"}
MON2 = (16 * 60 + 50, 17 * 60 + 30)
"""When chess is."""
TUE1 = 16 * 60
"""When art starts; it meets in both periods."""


def containing(course: str) -> School:
    return with_course(SCHOOL, course, content=("homework", "other"))


def test_content_exactly_within_its_time() -> None:
    school = with_clause(containing("chess"), PolicyItem.CONTENT_START, MON2[0], **WINDOW)
    assert broken(with_clause(school, PolicyItem.CONTENT_END, MON2[1], **WINDOW), PLAN) == []
    other = with_clause(SCHOOL, PolicyItem.CONTENT_END, 0, **WINDOW)
    assert broken(other, PLAN) == []


def test_content_too_early() -> None:
    school = with_clause(containing("chess"), PolicyItem.CONTENT_START, MON2[0] + 1, **WINDOW)
    texts = said(school, PLAN, "content")
    assert len(texts) == 3  # Grades 3, 4 and 5.
    names(
        texts[0],
        "chess-1",
        "homework",
        "s31",
        "s33",
        "16:50-17:30",
        "16:51",
        SOURCE,
        zh="最早 16:51",
        en="earliest",
    )
    assert "s42" not in texts[0].en
    names(texts[2], "s54", zh="5 年级学生", en="grade 5 students")


def test_content_too_late() -> None:
    """Art meets in both periods: the second is too late, grade 4 has no limit on it."""
    school = with_clause(containing("art"), PolicyItem.CONTENT_START, 0, **WINDOW)
    late = with_clause(school, PolicyItem.CONTENT_END, MON2[1] - 1, grades=(5,), **WINDOW)
    text = only(late, PLAN, "content")
    names(
        text,
        "art-1",
        "s51",
        "17:29",
        SOURCE,
        zh="最晚 17:29 结束",
        en="ends at 17:29 at the latest",
    )
    names(text, "16:50-17:30", zh="周二", en="Tue")
    twice = with_clause(school, PolicyItem.CONTENT_END, TUE1, grades=(5,), **WINDOW)
    assert len(said(twice, PLAN, "content")) == 2


@pytest.mark.parametrize("item", [PolicyItem.CONTENT_START, PolicyItem.CONTENT_END])
def test_content_for_which_a_grade_has_no_time(item: PolicyItem) -> None:
    value = 0 if item is PolicyItem.CONTENT_START else 24 * 60
    school = with_clause(containing("chess"), item, value, grades=(3,), **WINDOW)
    school = with_clause(school, item, value, grades=(5,), source="Other", **WINDOW)
    text = only(school, PLAN, "content")
    names(
        text,
        "chess-1",
        "s42",
        "homework",
        SOURCE,
        "Other",
        zh="可设的年级：3、5",
        en="grades: 3, 5",
    )
    assert broken(with_clause(school, item, value, grades=(4,), **WINDOW), PLAN) == []


def test_a_start_for_some_grades_and_an_end_for_others() -> None:
    """Each grade has a time; that none has both bounds does not matter."""
    school = with_clause(containing("chess"), PolicyItem.CONTENT_START, 0, grades=(3,), **WINDOW)
    assert len(said(school, PLAN, "content")) == 2
    ends = with_clause(school, PolicyItem.CONTENT_END, MON2[1], grades=(4, 5), **WINDOW)
    assert broken(ends, PLAN) == []


def test_content_barred_in_the_evening() -> None:
    item = PolicyItem.EVENING_BARRED_CONTENT
    evening = with_slot(containing("art"), "tue2", evening_study=True)
    text = only(with_clause(evening, item, grades=(5,), **WINDOW), PLAN, "content")
    names(text, "art-1", "s51", "homework", "16:50-17:30", SOURCE, zh="晚自习", en="evening study")
    assert "s41" not in text.en
    assert broken(with_clause(containing("art"), item, **WINDOW), PLAN) == []
    assert broken(with_clause(evening, item, subject="exams"), PLAN) == []
    assert broken(with_clause(evening, item, grades=(3,), **WINDOW), PLAN) == []


# --- providers -----------------------------------------------------------------------------


def provided(provider: Provider) -> School:
    return with_course(with_new(SCHOOL, "providers", provider), "chess", provider=provider.id)


def employed(provider: Provider) -> School:
    return with_teacher(with_new(SCHOOL, "providers", provider), "t5", provider=provider.id)


def test_content_that_is_barred_to_providers_alone() -> None:
    item = PolicyItem.PROVIDER_BARRED_CONTENT
    school = with_course(SCHOOL, "chess", content=("exam_training",))
    assert broken(with_clause(school, item, subject="exam_training"), PLAN) == []
    theirs = with_course(with_new(school, "providers", FIRM), "chess", provider="firm")
    text = only(with_clause(theirs, item, subject="exam_training", grades=(3,)), PLAN, "content")
    names(text, "chess-1", "s31", "s33", SOURCE, zh="不得由第三方机构", en="no provider may give")
    assert "s42" not in text.en


def test_staff_of_a_provider_leads_no_course_whose_content_is_barred_to_them() -> None:
    """T1 leads chess and comes from the firm; the course itself is the school's."""
    item, school = PolicyItem.PROVIDER_BARRED_CONTENT, with_new(SCHOOL, "providers", FIRM)
    school = with_teacher(school, "t1", kind=StaffKind.PROVIDER, provider="firm")
    barred = with_clause(school, item, subject="exam_training")
    with pytest.raises(SchoolError) as refused:
        with_course(barred, "chess", content=("exam_training",))
    (problem,) = refused.value.problems
    assert (problem.table, problem.field) == ("courses", "leaders")
    names(problem.text, "t1", SOURCE, zh="不得由第三方承担", en="third parties may not give")
    own = with_teacher(barred, "t1", kind=StaffKind.OWN, provider=None)
    with_course(own, "chess", content=("exam_training",))
    other = with_clause(school, item, subject="exam_training", grades=(6,))
    with_course(other, "chess", content=("exam_training",))


def test_a_course_of_a_barred_kind_of_provider() -> None:
    school = with_clause(provided(FIRM), PolicyItem.BARRED_PROVIDER, subject="training_firm")
    names(only(school, PLAN, "content"), "chess-1", "firm", SOURCE, zh="不允许", en="barred")


def test_staff_of_a_barred_kind_of_provider() -> None:
    school = with_clause(employed(FIRM), PolicyItem.BARRED_PROVIDER, subject="training_firm")
    texts = said(school, PLAN, "content")
    assert len(texts) == 4
    names(texts[0], "t5", "care-mon1", SOURCE, zh="受雇于", en="employed by")
    names(texts[0], zh="“培训机构”", en="'training firm'")
    school = with_teacher(with_teacher(school, "t5", provider=None), "t1", provider="firm")
    names(only(school, PLAN, "content"), "t1", "chess-1", zh="受雇于", en="employed by")


@pytest.mark.parametrize("where", [provided, employed])
def test_another_kind_of_provider_is_not_barred(where: Callable[[Provider], School]) -> None:
    school = where(FIRM)
    barred = with_clause(school, PolicyItem.BARRED_PROVIDER, subject="non_subject")
    assert broken(barred, PLAN) == []
    assert broken(with_clause(school, PolicyItem.VETTING_REQUIRED), PLAN) == []


def test_vetting() -> None:
    unvetted = FIRM.model_copy(update={"vetted": False})
    recorded = FIRM.model_copy(update={"bad_record": True})
    assert broken(provided(unvetted), PLAN) == []
    text = only(with_clause(provided(unvetted), PolicyItem.VETTING_REQUIRED), PLAN, "content")
    names(text, "firm", SOURCE, zh="未通过遴选", en="not vetted")
    text = only(with_clause(provided(recorded), PolicyItem.VETTING_REQUIRED), PLAN, "content")
    names(text, "firm", SOURCE, zh="不良记录", en="bad record")
    assert (
        len(said(with_clause(employed(recorded), PolicyItem.VETTING_REQUIRED), PLAN, "content"))
        == 4
    )


def test_premises_are_not_for_training_firms() -> None:
    def ruled(school: School) -> School:
        return with_clause(school, PolicyItem.NO_PREMISES, subject="training_firm")

    text = only(ruled(provided(FIRM)), PLAN, "content")
    names(text, "chess-1", "firm", SOURCE, zh="学校场地不得提供", en="premises are not for")
    other = FIRM.model_copy(update={"kind": ProviderKind.NON_SUBJECT})
    assert broken(ruled(provided(other)), PLAN) == []


def test_a_bad_record_is_the_business_of_the_clause_on_conduct() -> None:
    recorded = FIRM.model_copy(update={"bad_record": True})
    conduct = with_clause(provided(recorded), PolicyItem.CONDUCT_REQUIRED, source="conduct rule")
    for school in (conduct, with_clause(conduct, PolicyItem.VETTING_REQUIRED)):
        text = only(school, PLAN, "content")
        names(text, "firm", "conduct rule", zh="不良记录", en="bad record")
    unvetted = FIRM.model_copy(update={"vetted": False})
    assert broken(with_clause(provided(unvetted), PolicyItem.CONDUCT_REQUIRED), PLAN) == []


def test_base_care_that_is_homework() -> None:
    """A grade without written homework is in no base care that is spent on it."""
    item = PolicyItem.BARRED_CONTENT
    school = with_clause(SCHOOL, item, subject="written_homework", grades=(3,))
    texts = said(school, PLAN, "content")
    names(texts[0], "care-mon1", "s33", SOURCE, zh="不能在此托管", en="cannot be in base care")
    assert "written homework is barred for grade 3" in texts[0].en
    assert all("grade 3" in text.en for text in texts)
    for slot in SCHOOL.slots:
        school = with_slot(school, slot.id, care_content=CareContent.READING)
    assert broken(school, PLAN) == []


def test_base_care_has_no_homework_at_other_hours() -> None:
    school = with_clause(SCHOOL, PolicyItem.CONTENT_END, 1000, subject="written_homework")
    texts = said(school, PLAN, "content")
    assert texts
    assert all("16:50-17:30" in text.en for text in texts)
