from typing import Any

import pytest

from models import (
    HomeClass,
    PolicyItem,
    Provider,
    ProviderKind,
    School,
    Stage,
    UnmetReason,
)
from tests.builders import (
    with_clause,
    with_course,
    with_locks,
    with_new,
    with_settings,
    with_student,
    with_teacher,
)
from tests.rules.small import (
    SEAT,
    ball,
    granted,
    in_care_only,
    opened,
    sizes,
    small_school,
    teacher,
)
from tests.rules.solving import conflict, optimal

FIRM = Provider(id="firm", name="", kind=ProviderKind.TRAINING_FIRM)
NEW = Provider(id="new", name="", vetted=False)
BAD = Provider(id="bad", name="", bad_record=True)
GOOD = Provider(id="good", name="")
PROVIDERS = (FIRM, NEW, BAD, GOOD)


def two_grades() -> School:
    """The students c and d are of grade 4; ball contains exams, and chess does not."""
    courses = tuple(
        ball(id=name, grades=(3, 4), min_size=1, slots=(slot,), content=content)
        for name, slot, content in (("ball", "mon2", ("exams",)), ("chess", "tue1", ()))
    )
    school = with_new(
        small_school(courses=courses), "classes", HomeClass(id="c4", name="", grade=4)
    )
    for name in "cd":
        school = with_student(school, name, home_class="c4")
    return with_settings(
        school,
        base_care=school.settings.base_care.model_copy(update={"grade_span": 2}),
        stages=(Stage(id="low", name="", grades=(3,)), Stage(id="high", name="", grades=(4,))),
    )


@pytest.mark.parametrize(
    ("concerns", "kept_out"),
    [({"grades": (4,)}, "cd"), ({"stage": "high"}, "cd"), ({"grades": (5,)}, ""), ({}, "abcd")],
)
def test_content_barred_for_some_grades(concerns: dict[str, Any], kept_out: str) -> None:
    school = with_course(two_grades(), "ball", mix_stages=True)
    school = with_care_mixed(school)
    item = PolicyItem.BARRED_CONTENT
    barred = with_clause(school, item, subject="exams", **concerns)
    plan = optimal(barred)
    assert plan.value == (4 - len(kept_out)) * SEAT
    assert {u.student for u in plan.unmet} == set(kept_out)
    assert {u.reason for u in plan.unmet} <= {UnmetReason.NOT_ELIGIBLE}
    for name in "abcd":
        pinned = with_locks(barred, granted(name))
        if name in kept_out:
            assert conflict(pinned) == {"content", "locks"}
        else:
            assert optimal(pinned).value == plan.value


def with_care_mixed(school: School) -> School:
    care = school.settings.base_care.model_copy(update={"mix_stages": True})
    return with_settings(school, base_care=care)


def test_other_content_is_not_barred() -> None:
    school = with_course(small_school(), "ball", content=("sports",))
    barred = with_clause(school, PolicyItem.BARRED_CONTENT, subject="exams")
    assert optimal(barred).value == 4 * SEAT


def provided(provider: str, *, staff: bool) -> School:
    """Ball, or the one who leads it, comes from a provider."""
    school = small_school(providers=PROVIDERS)
    if staff:
        return with_teacher(school, "t2", provider=provider)
    return with_course(school, "ball", provider=provider)


@pytest.mark.parametrize("staff", [True, False])
@pytest.mark.parametrize(
    ("item", "subject", "barred"),
    [
        (PolicyItem.BARRED_PROVIDER, "training_firm", ["firm"]),
        (PolicyItem.BARRED_PROVIDER, "public", []),
        (PolicyItem.VETTING_REQUIRED, None, ["new", "bad"]),
    ],
)
def test_providers(staff: bool, item: PolicyItem, subject: str | None, barred: list[str]) -> None:
    for provider in PROVIDERS:
        school = provided(provider.id, staff=staff)
        assert optimal(school).value == 4 * SEAT
        ruled = with_clause(school, item, subject=subject)
        plan = optimal(ruled)
        assert sizes(plan) == ([] if provider.id in barred else [4])
        if provider.id in barred:
            needed = {"staffing"} if staff else set()
            assert conflict(with_locks(ruled, opened(1))) == {"content", "locks", *needed}
            reason = UnmetReason.NOT_OPENED if staff else UnmetReason.NOT_ELIGIBLE
            assert {u.reason for u in plan.unmet} == {reason}


def test_nobody_of_a_barred_provider_supervises() -> None:
    school = in_care_only(providers=PROVIDERS, teachers=(teacher("t1", provider="new"),))
    assert optimal(school).care_groups
    ruled = with_clause(school, PolicyItem.VETTING_REQUIRED)
    assert conflict(ruled) == {"attendance", "staffing", "content"}
    assert optimal(with_new(ruled, "teachers", teacher("t2"))).care_groups[0].staff == ("t2",)
