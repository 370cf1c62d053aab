from collections.abc import Callable

import pytest

from models import PolicyItem, Provider, ProviderKind, School
from tests.builders import (
    SOURCE,
    tiny_plan,
    tiny_school,
    with_clause,
    with_course,
    with_new,
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


def provided(provider: Provider) -> School:
    return with_course(with_new(SCHOOL, "providers", provider), "chess", provider=provider.id)


def employed(provider: Provider) -> School:
    return with_teacher(with_new(SCHOOL, "providers", provider), "t5", provider=provider.id)


def test_a_course_of_a_barred_kind_of_provider() -> None:
    school = with_clause(provided(FIRM), PolicyItem.BARRED_PROVIDER, subject="training_firm")
    names(only(school, PLAN, "content"), "chess-1", "firm", SOURCE, zh="不允许", en="barred")


def test_staff_of_a_barred_kind_of_provider() -> None:
    school = with_clause(employed(FIRM), PolicyItem.BARRED_PROVIDER, subject="training_firm")
    texts = said(school, PLAN, "content")
    assert len(texts) == 4
    names(texts[0], "t5", "care-mon1", "training_firm", SOURCE, zh="受雇于", en="employed by")
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
