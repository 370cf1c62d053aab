"""A plan looked at again after the school's data have changed."""

from models import PolicyItem, StaffKind
from optimizer.checks import books_changed, hit_by_change, verify
from tests.builders import (
    revised,
    tiny_plan,
    tiny_school,
    with_clause,
    with_room,
    with_settings,
    with_teacher,
    with_wishes,
)
from tests.checks.saying import names

SCHOOL = tiny_school()
PLAN = revised(
    tiny_plan(SCHOOL), books_digest=SCHOOL.digests.books, whole_digest=SCHOOL.digests.whole
)


def test_a_new_name_leaves_the_plan_valid_and_is_noticed() -> None:
    renamed = with_settings(SCHOOL, name="New name")
    assert verify(renamed, PLAN) == ()
    assert books_changed(renamed, PLAN)
    assert not books_changed(SCHOOL, PLAN)


def test_a_plan_that_knows_nothing_of_the_books_is_not_said_to_differ() -> None:
    assert not books_changed(with_settings(SCHOOL, name="New"), revised(PLAN, books_digest=""))


def test_a_change_that_hits_nothing() -> None:
    assert hit_by_change(with_settings(SCHOOL, lottery_seed=99), PLAN) == ()


def test_a_change_is_listed_by_what_it_hits_and_nothing_else() -> None:
    (finding,) = hit_by_change(with_room(SCHOOL, "studio", seats=2), PLAN)
    assert finding.family == "group_size"


def test_what_is_gone_is_named_and_then_what_lacks_it() -> None:
    gone = "art"
    wishers = {w.student for w in SCHOOL.wishes if w.course == gone}
    section = next(s for s in PLAN.sections if s.course == gone)
    left = revised(
        SCHOOL,
        courses=tuple(c for c in SCHOOL.courses if c.id != gone),
        wishes=tuple(w for w in SCHOOL.wishes if w.student not in wishers),
        locks=(),
    )
    first, *others = hit_by_change(left, PLAN)
    names(first.text, section.id, gone, zh="学校没有", en="does not have")
    # Those who stay at its slots are with nobody now.
    assert {f.family for f in others} == {"form", "attendance"}


def test_a_teacher_who_is_no_longer_there_leaves_groups_short() -> None:
    section = next(s for s in PLAN.sections if s.course == "art")
    away = with_teacher(SCHOOL, section.staff[0], available_slots=())
    assert {f.family for f in hit_by_change(away, PLAN)} == {"staffing"}


def test_a_wish_taken_back() -> None:
    section = next(s for s in PLAN.sections if s.students)
    student = section.students[0]
    found = hit_by_change(with_wishes(SCHOOL, student), PLAN)
    assert {f.family for f in found} == {"wishes"}
    assert any(student in f.text.en for f in found)


def test_an_outsider_whose_duty_own_staff_can_take_now() -> None:
    """The plan was in order while t2 could not come."""
    school = with_teacher(SCHOOL, "t1", kind=StaffKind.EXTERNAL)
    school = with_clause(school, PolicyItem.OWN_STAFF_FIRST)
    assert hit_by_change(with_teacher(school, "t2", available_slots=("mon1",)), PLAN) == ()
    (finding,) = hit_by_change(school, PLAN)
    names(finding.text, "chess-1", "t1", "t2", zh="应先安排本校教师", en="own staff come first")
