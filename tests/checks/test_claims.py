from typing import Any

import pytest

from models import Force, Plan, PlanStatus, PolicyItem, School, SeatLock, UnmetReason, UnmetWish
from optimizer.checks import verify
from tests.builders import (
    drop_groups,
    restated,
    revised,
    tiny_plan,
    tiny_school,
    with_clause,
    with_locks,
    with_settings,
    with_student,
    with_wishes,
)

SCHOOL = tiny_school()
PLAN = tiny_plan(SCHOOL)


def claimed(plan: Plan, school: School = SCHOOL, **fields: Any) -> list[tuple[str, str]]:
    """Say what is found, in both languages, if the plan claims this; it must be about claims."""
    found = verify(school, revised(plan, **fields))
    assert {finding.family for finding in found} <= {"claims"}, found
    return [finding.text for finding in found]


@pytest.mark.parametrize("value", [421, 423])
def test_points_that_are_not_there(value: int) -> None:
    (text,) = claimed(PLAN, value=value)
    assert f"{value} 分，重算为 422 分" in text[0]
    assert f"{value} points, recomputed they are 422" in text[1]


@pytest.mark.parametrize("pay", [89_999, 90_001])
def test_pay_that_is_not_the_ledgers(pay: int) -> None:
    (text,) = claimed(PLAN, pay_fen=pay)
    assert f"{pay / 100:.2f} 元，重算为 900.00 元" in text[0]
    assert f"{pay / 100:.2f} yuan over the term, recomputed it is 900.00" in text[1]


@pytest.mark.parametrize(
    ("status", "bound", "holds"),
    [
        (PlanStatus.FEASIBLE, None, True),
        (PlanStatus.FEASIBLE, 422, True),
        (PlanStatus.FEASIBLE, 423, True),
        (PlanStatus.FEASIBLE, 421, False),
        (PlanStatus.OPTIMAL, 422, True),
        (PlanStatus.OPTIMAL, 423, False),
        (PlanStatus.OPTIMAL, 421, False),
        (PlanStatus.OPTIMAL, None, False),
    ],
)
def test_status_and_bound(status: PlanStatus, bound: int | None, holds: bool) -> None:
    assert len(claimed(PLAN, status=status, bound=bound)) == (0 if holds else 1)


def test_what_is_said_about_the_bound() -> None:
    (text,) = claimed(PLAN, bound=421)
    assert "上界 421 低于满意度 422" in text[0]
    assert "bound 421 is below its value 422" in text[1]
    (text,) = claimed(PLAN, status=PlanStatus.OPTIMAL, bound=430)
    assert "上界为 430，满意度为 422" in text[0]
    assert "its bound is 430 and its value 422" in text[1]
    (text,) = claimed(PLAN, status=PlanStatus.OPTIMAL)
    assert "未证明" in text[0]
    assert "not proved" in text[1]


def test_the_published_seed() -> None:
    (text,) = claimed(PLAN, lottery_seed=2)
    assert "种子为 2，学校公布的是 1" in text[0]
    assert "seed is 2, the school published 1" in text[1]


def test_what_was_waived() -> None:
    school = with_clause(
        SCHOOL, PolicyItem.LATEST_END, 1, force=Force.ADVISORY, waived=True, grades=(3,)
    )
    school = with_clause(
        school, PolicyItem.LATEST_END, 1, force=Force.ADVISORY, waived=True, grades=(4,)
    )
    plan = restated(school, PLAN)
    assert claimed(plan, school) == []
    (text,) = claimed(plan, school, waived=())
    assert "放宽的条款为 -，学校放宽的是 latest_end" in text[0]
    assert "says that - was waived, the school waives latest_end" in text[1]
    assert len(claimed(PLAN, waived=("latest_end",))) == 1


def test_a_refused_wish_that_is_not_listed() -> None:
    (text,) = claimed(PLAN, unmet=PLAN.unmet[1:])
    assert "学生 s34 第 1 志愿 chess 国际象棋 未满足，却不在" in text[0]
    assert "wish 1 of student s34, course chess 国际象棋" in text[1]


@pytest.mark.parametrize(("student", "course"), [("s31", "choir"), ("s31", "chess")])
def test_a_granted_wish_that_is_listed(student: str, course: str) -> None:
    rank = 1 if course == "chess" else 2
    extra = UnmetWish(student=student, course=course, rank=rank, reason=UnmetReason.FULL)
    (text,) = claimed(PLAN, unmet=(*PLAN.unmet, extra))
    assert student in text[0]
    assert "已满足" in text[0]
    assert f"student {student} and course {course}" in text[1]
    assert "granted" in text[1]


def test_a_listed_wish_that_nobody_made() -> None:
    extra = UnmetWish(student="s52", course="chess", rank=1, reason=UnmetReason.FULL)
    (text,) = claimed(PLAN, unmet=(*PLAN.unmet, extra))
    assert "学生 s52 的课程 chess 国际象棋，但没有这条志愿" in text[0]
    assert "s52 and course chess 国际象棋, but there is no such wish" in text[1]


def test_a_wish_listed_twice_and_with_a_wrong_rank() -> None:
    (text,) = claimed(PLAN, unmet=(*PLAN.unmet, PLAN.unmet[0]))
    assert "s34 的课程 chess 国际象棋 出现 2 次" in text[0]
    assert "s34 and course chess 国际象棋 2 times" in text[1]
    (text,) = claimed(PLAN, unmet=(revised(PLAN.unmet[0], rank=2), *PLAN.unmet[1:]))
    assert "写作第 2 志愿，应为第 1 志愿" in text[0]
    assert "rank 2: it is 1" in text[1]


def test_all_the_clubs_he_wanted_from_better_ranks() -> None:
    school = with_wishes(SCHOOL, "s33", "chess", "choir")
    plan = revised(PLAN, school_digest=school.digest)
    assert claimed(plan, school) == []
    extra = UnmetWish(student="s33", course="choir", rank=2, reason=UnmetReason.WANTED)
    (text,) = claimed(plan, school, unmet=(*PLAN.unmet, extra))
    assert "已有足够的更优先志愿" in text[0]


def test_as_many_clubs_as_wanted_but_not_all_from_better_ranks() -> None:
    school = with_wishes(SCHOOL, "s33", "choir", "chess")
    school = with_locks(school, SeatLock(student="s33", course="chess"))
    plan = restated(school, PLAN)
    (own,) = (u for u in plan.unmet if u.student == "s33")
    assert (own.rank, own.reason, own.because) == (1, UnmetReason.WANTED, ("chess",))
    assert claimed(plan, school) == []
    (text,) = claimed(plan, school, unmet=PLAN.unmet)
    assert "s33" in text[0]


def test_points_hold_bonus_and_priority() -> None:
    # s41 has 10 + 12 points, now thrice instead of twice; s33 has priority anyway.
    school = with_student(SCHOOL, "s41", groups=("hardship",))
    assert restated(school, PLAN).value == 422 + 22
    weights = revised(SCHOOL.settings.weights, first_seat=0, second_seat=0)
    assert restated(with_settings(SCHOOL, weights=weights), PLAN).value == 422 - 7 * 24 - 36 - 2 * 8


def test_a_wrong_plan_is_not_asked_whether_it_is_finished() -> None:
    plan = restated(SCHOOL, drop_groups(PLAN, "care-mon1"))
    assert {finding.family for finding in verify(SCHOOL, plan)} == {"attendance"}
