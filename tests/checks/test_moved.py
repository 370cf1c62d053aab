"""Where the policy moves unmet applications: who may and must be moved, and what stays as it was.

In the plan made by hand s53 was refused art, which is full; chess has one seat left, which he could
take on Monday, period 2.
"""

from collections.abc import Callable
from typing import Any

import pytest

from models import (
    CareContent,
    CareGroup,
    CareStaffLock,
    CourseKind,
    Plan,
    PolicyItem,
    School,
    SeatLock,
    StudentGroup,
    UnmetReason,
    lottery_number,
)
from optimizer.checks import before_moves, plan_value, verify
from tests.builders import (
    SOURCE,
    add_groups,
    edit_care,
    edit_section,
    rest_in_care,
    restated,
    revised,
    seat,
    tiny_plan,
    tiny_school,
    unseat,
    with_clause,
    with_course,
    with_locks,
    with_slot,
    with_student,
    with_wishes,
)
from tests.checks.saying import names, only

TINY = tiny_school()
PLAN = tiny_plan(TINY)


def moving(school: School = TINY, **scope: Any) -> School:
    """Let the policy move the unmet: those of grade 5, unless said otherwise."""
    return with_clause(school, PolicyItem.MOVE_UNMET, **({"grades": (5,)} | scope))


SCHOOL = moving()


def move(school: School, plan: Plan, *moves: tuple[str, str]) -> Plan:
    """Move students to sections; the plan says truthfully what it was before."""
    before = plan.care_groups
    for student, section in moves:
        plan = seat(school, plan, student, section)
    plan = revised(plan, care_groups=[g for g in plan.care_groups if g.students])
    left = [group for group in before if group not in plan.care_groups]
    return restated(school, revised(plan, moved_from=left))


MOVED = move(SCHOOL, PLAN, ("s53", "chess-1"))


def unmet(plan: Plan, student: str = "s53") -> list[tuple[UnmetReason, str | None]]:
    return [(u.reason, u.alternative) for u in plan.unmet if u.student == student]


def test_who_was_moved_holds_a_seat_that_counts_for_nothing() -> None:
    assert verify(SCHOOL, MOVED) == ()
    assert "s53" in MOVED.sections[0].students
    assert "s53" not in MOVED.care_groups[1].students
    assert plan_value(SCHOOL, MOVED) == MOVED.value == 422
    # He was refused art all the same, and is told where he is now.
    assert unmet(MOVED) == [(UnmetReason.FULL_LOTTERY, "chess-1")]


def test_before_the_move_the_plan_was_the_one_made_by_hand() -> None:
    before = before_moves(SCHOOL, MOVED)
    assert (before.sections, before.moved_from) == (PLAN.sections, ())
    members = {g.id: {*g.students} for g in before.care_groups}
    assert members == {g.id: {*g.students} for g in PLAN.care_groups}
    untouched = restated(SCHOOL, PLAN)
    assert before_moves(SCHOOL, untouched) is untouched


def test_who_should_have_been_moved() -> None:
    text = only(SCHOOL, PLAN, "wishes")
    names(text, "s53", "chess-1", SOURCE, zh="应调剂", en="must be moved")


@pytest.mark.parametrize(
    "change",
    [
        lambda s: with_course(s, "chess", max_size=3),
        lambda s: with_course(s, "chess", grades=(3, 4)),
        lambda s: with_course(s, "chess", max_grade_span=2),
        lambda s: with_locks(s, SeatLock(student="s53", course="chess", granted=False)),
        lambda s: with_clause(s, PolicyItem.BARRED_CONTENT, subject="boards", grades=(5,)),
        lambda s: with_student(s, "s53", stay_slots=("mon1", "tue1", "tue2")),
        lambda s: with_wishes(s, "s53"),
        lambda s: with_clause(s, PolicyItem.MAX_LEARNING_PERIODS_DAY, 1, grades=(5,)),
    ],
    ids=["full", "grade", "span", "lock", "content", "time", "no wish", "day"],
)
def test_nobody_is_moved_to_a_seat_he_cannot_take(change: Callable[[School], School]) -> None:
    """Nobody else of grade 5 is in chess; care is for homework on Monday, period 1, only."""
    school = with_course(SCHOOL, "chess", content=("boards",), kind=CourseKind.LEARNING)
    for slot in ("mon2", "tue1", "tue2"):
        school = with_slot(school, slot, care_content=CareContent.READING)
    school = with_wishes(school, "s54")
    plan = unseat(school, PLAN, "s54", "chess-1")
    only(school, plan, "wishes")
    school = change(school)
    assert verify(school, restated(school, rest_in_care(school, plan))) == ()


def alone_in_care(student: str) -> Plan:
    """Give the plan with a care group of his own for a student on Monday, period 2."""
    alone = CareGroup(id="alone", slot="mon2", room="r3", staff=("t2",), students=(student,))
    rest = tuple(s for s in PLAN.care_groups[1].students if s != student)
    return add_groups(edit_care(PLAN, "care-mon2", students=rest), alone)


def test_nobody_is_moved_out_of_a_group_that_must_stay() -> None:
    plan = alone_in_care("s53")
    only(SCHOOL, plan, "wishes")
    school = with_locks(SCHOOL, CareStaffLock(teacher="t2", slot="mon2"))
    assert verify(school, restated(school, plan)) == ()


def test_whom_the_policy_excludes_is_not_moved() -> None:
    school = revised(SCHOOL, groups=(*SCHOOL.groups, StudentGroup(id="boarder", name="")))
    school = with_student(school, "s53", groups=("boarder",))
    school = with_clause(school, PolicyItem.EXCLUDED_GROUP, subject="boarder")
    plan = PLAN
    for group in PLAN.care_groups:
        rest = tuple(s for s in group.students if s != "s53")
        plan = edit_care(plan, group.id, students=rest)
    assert verify(school, restated(school, plan)) == ()


def test_a_group_that_all_were_moved_out_of_ends() -> None:
    plan = move(SCHOOL, alone_in_care("s53"), ("s53", "chess-1"))
    assert [(g.id, g.students) for g in plan.moved_from] == [("alone", ("s53",))]
    assert "alone" not in {g.id for g in plan.care_groups}
    assert verify(SCHOOL, plan) == ()


@pytest.mark.parametrize("school", [TINY, moving(grades=(3, 4))], ids=["no clause", "other grade"])
def test_moved_although_the_policy_says_nothing(school: School) -> None:
    # In grades 3 and 4 s34 and s43 should have been, to the one seat left in choir.
    school = with_course(school, "choir", max_size=3)
    text = only(school, seat(school, PLAN, "s53", "chess-1"), "wishes")
    names(text, "s53", "chess-1", zh="没有报课程", en="did not wish")


def test_who_did_not_apply_is_not_moved() -> None:
    school = with_course(SCHOOL, "chess", max_size=6)
    plan = move(school, seat(school, PLAN, "s52", "chess-1"), ("s53", "chess-1"))
    names(only(school, plan, "wishes"), "s52", zh="没有报课程", en="did not wish")


def test_moved_beside_a_seat_he_wished_for() -> None:
    school = with_student(with_course(SCHOOL, "chess", max_size=6), "s51", max_clubs=2)
    plan = move(school, PLAN, ("s53", "chess-1"), ("s51", "chess-1"))
    text = only(school, plan, "wishes")
    names(text, "s51", "art-1", "chess-1", SOURCE, zh="却又被调剂", en="as well")


def test_moved_twice() -> None:
    school = with_course(SCHOOL, "choir", grades=(3, 4, 5), max_grade_span=3)
    school = with_student(school, "s53", max_clubs=2)
    plan = move(school, PLAN, ("s53", "chess-1"), ("s53", "choir-1"))
    text = only(school, plan, "wishes")
    names(text, "s53", "chess-1", "choir-1", "2", SOURCE, zh="最多 1 个", en="at most 1")


def test_a_section_may_not_be_open_for_those_moved_to_it() -> None:
    school = with_course(SCHOOL, "chess", min_size=5)
    text = only(school, MOVED, "group_size")
    names(text, "chess-1", "4", "5", zh="除去调剂的学生", en="without those who were moved")
    assert verify(with_course(school, "chess", min_size=4), MOVED) != ()  # another school
    again = restated(with_course(school, "chess", min_size=4), MOVED)
    assert verify(with_course(school, "chess", min_size=4), again) == ()


def test_care_must_have_had_a_place_for_who_was_moved() -> None:
    """Group 2 of Monday has seven; with s53 it would have one more than its room has seats."""
    rooms = tuple(revised(r, seats=6) if r.id == "r5" else r for r in SCHOOL.rooms)
    school = revised(SCHOOL, rooms=rooms)
    for slot in ("mon1", "tue2"):
        school = revised(
            school,
            students=[
                revised(s, stay_slots=[x for x in s.stay_slots if x != slot])
                if s.id in {"s33", "s43", "s52"}
                else s
                for s in school.students
            ],
        )
    plan = rest_in_care(school, MOVED)
    before = before_moves(school, rest_in_care(school, PLAN))
    plan = revised(plan, moved_from=[g for g in before.care_groups if g.slot == "mon2"])
    text = only(school, plan, "group_size")
    names(text, "care-mon2", "7", "6", zh="除去调剂的学生", en="without those who were moved")


def test_what_it_was_before_must_be_told() -> None:
    text = only(SCHOOL, revised(MOVED, moved_from=()), "attendance")
    names(text, "s53", zh="除去调剂的学生", en="without those who were moved")


@pytest.mark.parametrize(
    "change",
    [
        {"room": "r3"},
        {"students": tuple(s for s in MOVED.moved_from[0].students if s != "s52")},
    ],
)
def test_what_it_was_before_must_be_what_it_is_and_the_moved(change: dict[str, Any]) -> None:
    left = revised(MOVED.moved_from[0], **change)
    found = verify(SCHOOL, revised(MOVED, moved_from=(left,)))
    texts = [f.text for f in found if f.family == "claims"]
    assert len(texts) == 1
    names(texts[0], "care-mon2", zh="调剂出去", en="moved out of")


def test_nobody_was_moved_from_a_group_that_is_as_it_was() -> None:
    school = with_course(SCHOOL, "chess", max_size=4)
    plan = restated(school, revised(PLAN, moved_from=PLAN.care_groups[:1]))
    names(only(school, plan, "claims"), "care-mon1", zh="调剂出去", en="moved out of")


def test_ids_in_what_it_was_before() -> None:
    left = MOVED.moved_from[0]
    unknown = revised(MOVED, moved_from=(revised(left, students=("nobody",)),))
    names(
        verify(SCHOOL, unknown)[0].text,
        "care-mon2",
        "nobody",
        zh="调剂前",
        en="before students were moved",
    )
    twice = verify(SCHOOL, revised(MOVED, moved_from=(left, left)))
    assert {f.family for f in twice} == {"form"}


@pytest.mark.parametrize("named", [None, "art-1"])
def test_the_alternative_is_where_he_is(named: str | None) -> None:
    listed = [revised(u, alternative=named) if u.student == "s53" else u for u in MOVED.unmet]
    found = verify(SCHOOL, revised(MOVED, unmet=listed))
    assert len(found) == 1
    fact = named or "chess-1"
    names(found[0].text, "s53", "chess-1", fact, zh="已被调剂到", en="moved to")


def test_a_seat_he_wished_for_comes_first() -> None:
    """Art has a free seat: he should have that one."""
    school = with_course(SCHOOL, "art", max_size=4)
    text = only(school, MOVED, "claims")
    names(text, "s53", "art-1", zh="直接加入", en="simply take")


def test_to_be_moved_does_not_lose_him_the_draw() -> None:
    """s51 was moved to chess although the lottery gives him the seat in art that s53 has."""
    plan = seat(SCHOOL, unseat(SCHOOL, PLAN, "s51", "art-1"), "s53", "art-1")
    text = only(SCHOOL, move(SCHOOL, plan, ("s51", "chess-1")), "claims")
    names(text, "art-1", "s51", "s53", zh="抽签", en="lottery")


def for_one_seat() -> tuple[School, str, str]:
    """Refuse s52 choir and s53 art, and give who of them draws the lower number, and the other."""
    school = with_wishes(SCHOOL, "s52", "choir")
    low, high = sorted(("s52", "s53"), key=lambda s: lottery_number(1, s))
    return school, low, high


def test_the_lower_number_is_moved_first() -> None:
    school, low, high = for_one_seat()
    assert verify(school, move(school, PLAN, (low, "chess-1"))) == ()
    text = only(school, move(school, PLAN, (high, "chess-1")), "claims")
    numbers = (str(lottery_number(1, s)) for s in (low, high))
    names(text, "chess-1", low, high, *numbers, zh="应先安排前者", en="comes first")


def test_priority_is_moved_before_the_draw() -> None:
    school, low, high = for_one_seat()
    school = with_student(school, high, groups=("hardship",))
    assert verify(school, move(school, PLAN, (high, "chess-1"))) == ()
    text = only(school, move(school, PLAN, (low, "chess-1")), "claims")
    names(text, "chess-1", low, high, zh="前者优先", en="the former has priority")


@pytest.mark.parametrize(
    "change",
    [
        with_wishes,
        lambda s, low: with_wishes(s, low, "chess", teacher="t2"),
        lambda s, low: with_locks(s, SeatLock(student=low, course="chess", granted=False)),
        lambda s, low: with_student(s, low, stay_slots=("mon1", "tue1", "tue2")),
    ],
    ids=["no wish", "his own wish", "lock", "time"],
)
def test_nobody_is_passed_over_who_could_not_have_the_seat(
    change: Callable[[School, str], School],
) -> None:
    school, low, high = for_one_seat()
    school = change(school, low)
    plan = move(school, rest_in_care(school, PLAN), (high, "chess-1"))
    assert verify(school, plan) == ()


def test_the_last_of_his_grade_in_care_is_not_passed_over() -> None:
    """When it was his turn the group may not have been in order without him."""
    school, low, high = for_one_seat()
    assert verify(school, move(school, alone_in_care(low), (high, "chess-1"))) == ()


def test_the_day_keeps_its_limits_with_and_without_the_move() -> None:
    """At most one period a day for grade 5, who stay two: broken either way, and said once."""
    school = with_clause(SCHOOL, PolicyItem.MAX_PERIODS_DAY, 1, grades=(5,))
    found = [f.text.en for f in verify(school, restated(school, MOVED)) if f.family == "hours"]
    assert len(found) == len(set(found))
    assert not any("without those" in text for text in found)


def test_whatever_it_says_of_moves_it_gets_an_answer() -> None:
    odd = edit_section(revised(MOVED, moved_from=PLAN.care_groups), "chess-1", students=("s53",))
    assert verify(SCHOOL, odd)
