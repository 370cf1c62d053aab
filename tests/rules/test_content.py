from typing import Any

import pytest

from models import (
    Family,
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
    with_slot,
    with_student,
    with_teacher,
)
from tests.rules.small import (
    MON1,
    MON2,
    SEAT,
    TUE1,
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


# --- contents at their own times -------------------------------------------------------------

WINDOW: dict[str, Any] = {"subject": "exams"}


def at(*slots: str, **fields: Any) -> School:
    """Let ball, which contains exams, meet at one of these slots."""
    return with_course(small_school(), "ball", slots=slots, content=("exams",), **fields)


@pytest.mark.parametrize(
    ("item", "fitting", "wrong", "elsewhere"),
    [
        (PolicyItem.CONTENT_START, MON2.start_minute, MON2.start_minute + 1, set()),
        (PolicyItem.CONTENT_END, MON2.end_minute, MON2.end_minute - 1, {"pattern"}),
    ],
)
def test_content_at_its_own_time(
    item: PolicyItem, fitting: int, wrong: int, elsewhere: set[Family]
) -> None:
    """The other slots are before mon2: too early, too, but not too late."""
    school = at("mon2")
    assert optimal(with_clause(school, item, fitting, **WINDOW)).value == 4 * SEAT
    ruled = with_clause(school, item, wrong, **WINDOW)
    plan = optimal(ruled)
    assert {u.reason for u in plan.unmet} == {UnmetReason.TIME}
    assert len(plan.unmet) == 4
    assert conflict(with_locks(ruled, granted("a"))) == {"content", "locks", *elsewhere}
    other = with_clause(school, item, wrong, subject="contests")
    assert optimal(other).value == 4 * SEAT


def test_content_moves_to_its_own_time() -> None:
    early = with_clause(at("mon2", "tue1"), PolicyItem.CONTENT_END, TUE1.end_minute, **WINDOW)
    assert [s.slots for s in optimal(early).sections] == [("tue1",)]
    late = with_clause(at("mon2", "tue1"), PolicyItem.CONTENT_START, MON2.start_minute, **WINDOW)
    assert [s.slots for s in optimal(late).sections] == [("mon2",)]
    never = with_clause(late, PolicyItem.CONTENT_END, TUE1.end_minute, **WINDOW)
    assert conflict(with_locks(never, granted("a"))) == {"content", "locks"}


def test_every_slot_is_within_the_time_of_the_content() -> None:
    double = at("mon1", "mon2", periods_per_session=2)
    item = PolicyItem.CONTENT_END
    assert optimal(with_clause(double, item, MON2.end_minute, **WINDOW)).value == 4 * SEAT
    assert optimal(with_clause(double, item, MON1.end_minute, **WINDOW)).value == 0


@pytest.mark.parametrize("item", [PolicyItem.CONTENT_START, PolicyItem.CONTENT_END])
def test_content_is_for_grades_that_have_a_time_for_it(item: PolicyItem) -> None:
    """Ball is at mon2, within every time given here; grade 4 has none."""
    value = MON2.start_minute if item is PolicyItem.CONTENT_START else MON2.end_minute
    school = with_care_mixed(with_course(two_grades(), "ball", mix_stages=True))
    ruled = with_clause(school, item, value, grades=(3,), **WINDOW)
    plan = optimal(ruled)
    assert plan.value == 2 * SEAT
    assert {(u.student, u.reason) for u in plan.unmet} == {
        ("c", UnmetReason.NOT_ELIGIBLE),
        ("d", UnmetReason.NOT_ELIGIBLE),
    }
    assert conflict(with_locks(ruled, granted("c"))) == {"content", "locks"}
    fourth = with_clause(ruled, item, value, grades=(4,), **WINDOW)
    assert optimal(with_locks(fourth, granted("c"))).value == 4 * SEAT
    elsewhere = with_clause(school, item, value, grades=(9,), **WINDOW)
    assert {u.student for u in optimal(elsewhere).unmet} == set("abcd")


def test_times_of_content_by_grade() -> None:
    """Grade 3 has exams until mon2 ends, grade 4 until it starts."""
    school = with_care_mixed(with_course(two_grades(), "ball", mix_stages=True))
    item = PolicyItem.CONTENT_END
    school = with_clause(school, item, MON2.end_minute, grades=(3,), **WINDOW)
    school = with_clause(school, item, MON2.start_minute, grades=(4,), **WINDOW)
    assert {(u.student, u.reason) for u in optimal(school).unmet} == {
        ("c", UnmetReason.TIME),
        ("d", UnmetReason.TIME),
    }


def test_content_barred_in_the_evening() -> None:
    item = PolicyItem.EVENING_BARRED_CONTENT
    evening = with_slot(at("mon2", "tue1"), "mon2", evening_study=True)
    plan = optimal(with_clause(evening, item, **WINDOW))
    assert [s.slots for s in plan.sections] == [("tue1",)]
    ruled = with_clause(with_course(evening, "ball", slots=("mon2",)), item, **WINDOW)
    assert {u.reason for u in optimal(ruled).unmet} == {UnmetReason.TIME}
    assert conflict(with_locks(ruled, granted("a"))) == {"pattern", "content", "locks"}
    by_day = with_slot(ruled, "mon2", evening_study=False)
    assert optimal(with_locks(by_day, granted("a"))).value == 4 * SEAT
    for fields in ({"subject": "exams", "grades": (4,)}, {"subject": "contests"}):
        other = with_course(evening, "ball", slots=("mon2",))
        assert optimal(with_clause(other, item, **fields)).value == 4 * SEAT


# --- providers -----------------------------------------------------------------------------


def test_content_that_is_barred_to_providers_alone() -> None:
    school = with_course(small_school(providers=PROVIDERS), "ball", content=("exams",))
    theirs = with_course(school, "ball", provider="good")
    for one, fields, seats in (
        (school, {"subject": "exams"}, 4),
        (theirs, {"subject": "exams"}, 0),
        (theirs, {"subject": "contests"}, 4),
        (theirs, {"subject": "exams", "grades": (4,)}, 4),
    ):
        ruled = with_clause(one, PolicyItem.PROVIDER_BARRED_CONTENT, **fields)
        assert optimal(ruled).value == seats * SEAT
        if not seats:
            assert conflict(with_locks(ruled, granted("a"))) == {"content", "locks"}


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
        (PolicyItem.NO_PREMISES, "training_firm", ["firm"]),
        (PolicyItem.VETTING_REQUIRED, None, ["new", "bad"]),
        (PolicyItem.CONDUCT_REQUIRED, None, ["bad"]),
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
            reason = UnmetReason.NO_STAFF if staff else UnmetReason.NOT_ELIGIBLE
            assert {u.reason for u in plan.unmet} == {reason}


def test_nobody_of_a_barred_provider_supervises() -> None:
    school = in_care_only(providers=PROVIDERS, teachers=(teacher("t1", provider="new"),))
    assert optimal(school).care_groups
    ruled = with_clause(school, PolicyItem.VETTING_REQUIRED)
    assert conflict(ruled) == {"attendance", "staffing", "content"}
    assert optimal(with_new(ruled, "teachers", teacher("t2"))).care_groups[0].staff == ("t2",)
