import pytest

from models import CareContent, CourseKind, Plan, PolicyItem, School, SeatLock, Section
from optimizer.checks import verify
from optimizer.checks._alternatives import wrong_offers
from optimizer.checks._standing import Standing
from tests.builders import (
    add_groups,
    edit_section,
    restated,
    revised,
    seat,
    tiny_plan,
    tiny_school,
    with_clause,
    with_course,
    with_locks,
    with_slot,
    with_student,
    with_wishes,
)

SCHOOL = tiny_school()
PLAN = tiny_plan(SCHOOL)


def alternative(school: School, student: str, section: str, plan: Plan = PLAN) -> list[str]:
    """Say what is found if this section is offered to a student instead of an unmet wish."""
    true = restated(school, plan)
    unmet = tuple(
        revised(u, alternative=section) if u.student == student else u for u in true.unmet
    )
    found = [
        f
        for f in verify(school, revised(true, unmet=unmet))
        if "lottery" not in f.text.en  # who would have what is another matter
    ]
    assert {f.family for f in found} <= {"claims"}
    return [f.text.en for f in found] + [f.text.zh for f in found]


@pytest.mark.parametrize(
    ("school", "student", "section"),
    [
        (SCHOOL, "s53", "art-1"),
        (SCHOOL, "s53", "choir-1"),
        (SCHOOL, "s34", "chess-1"),
        (SCHOOL, "s41", "choir-1"),
        (
            with_locks(
                with_wishes(SCHOOL, "s33", "choir", "chess"),
                SeatLock(student="s33", course="chess"),
            ),
            "s33",
            "chess-1",
        ),
        (with_course(SCHOOL, "chess", max_size=4), "s53", "chess-1"),
        (
            with_locks(SCHOOL, SeatLock(student="s53", course="chess", granted=False)),
            "s53",
            "chess-1",
        ),
    ],
)
def test_an_alternative_he_cannot_join(school: School, student: str, section: str) -> None:
    english, chinese = alternative(school, student, section)
    assert f"student {student} section {section}" in english
    assert "cannot join" in english
    assert f"学生 {student} 改选社团班 {section}" in chinese


def test_an_alternative_that_stretches_the_grades_too_far() -> None:
    school = with_course(SCHOOL, "choir", grades=(3, 4, 5), max_grade_span=2)
    assert len(alternative(school, "s53", "choir-1")) == 2
    school = with_course(school, "choir", max_grade_span=3)
    assert alternative(school, "s53", "choir-1") == []


def test_an_alternative_he_can_join() -> None:
    assert alternative(SCHOOL, "s53", "chess-1") == []
    assert alternative(SCHOOL, "s43", "chess-1") == []
    assert alternative(SCHOOL, "s34", "choir-1") == []


def test_an_alternative_in_a_course_he_is_in() -> None:
    school = with_course(SCHOOL, "chess", max_sections=2, min_size=1)
    school = with_wishes(with_course(school, "art", grades=(3, 4, 5)), "s43")
    school = with_student(with_wishes(school, "s33", "chess", "art"), "s33", max_clubs=2)
    second = Section(id="chess-2", course="chess", slots=("tue1",), room="r3", staff=("t2",))
    plan = seat(school, add_groups(PLAN, second), "s34", "chess-2")
    assert len(alternative(school, "s33", "chess-2", plan)) == 2
    assert alternative(school, "s53", "chess-2", plan) == []


@pytest.mark.parametrize(("limit", "findings"), [(1, 2), (2, 0)])
def test_an_alternative_beyond_the_limit_of_a_day(limit: int, findings: int) -> None:
    school = with_course(SCHOOL, "chess", kind=CourseKind.LEARNING)
    for slot in ("mon2", "tue1", "tue2"):
        school = with_slot(school, slot, care_content=CareContent.READING)
    school = with_wishes(school, "s43", "art")
    school = with_clause(school, PolicyItem.MAX_LEARNING_PERIODS_DAY, limit, grades=(4,))
    found = alternative(school, "s43", "chess-1")
    assert len([text for text in found if "改选" in text or "instead" in text]) == findings


def wrong_together(school: School, *offers: tuple[str, str], plan: Plan = PLAN) -> list[str]:
    """Say what is wrong with offers of which each by itself could be accepted."""
    standing = Standing(school, plan)
    assert [text.en for offer in offers for text in wrong_offers(standing, [offer])] == []
    return [said for text in wrong_offers(standing, offers) for said in (text.en, text.zh)]


def test_more_offers_than_free_seats() -> None:
    both = ("s43", "chess-1"), ("s53", "chess-1")
    english, chinese = wrong_together(SCHOOL, *both)
    assert "to students s43, s53, but only 1 seats are free" in english
    assert "学生 s43、s53" in chinese
    assert "只有 1 个空位" in chinese
    assert wrong_together(with_course(SCHOOL, "chess", max_size=6), *both) == []


def test_two_offers_to_one_student() -> None:
    school = with_course(SCHOOL, "choir", grades=(3, 4, 5), max_grade_span=3)
    english, chinese = wrong_together(school, ("s53", "chess-1"), ("s53", "choir-1"))
    assert "the plan offers student s53 several sections (chess-1, choir-1)" in english
    assert "学生 s53 改选不同的社团班" in chinese


def test_offers_that_stretch_the_grades_only_together() -> None:
    school = with_course(SCHOOL, "chess", max_grade_span=2, max_size=9)
    plan = edit_section(PLAN, "chess-1", students=("s42",))
    both = ("s34", "chess-1"), ("s53", "chess-1")
    school = with_student(school, "s34", club_slots=("mon2",))
    english, chinese = wrong_together(school, *both, plan=plan)
    assert "to students s34, s53, but their grades may not share it" in english
    assert "年级不能同班" in chinese
    assert wrong_together(with_course(school, "chess", max_grade_span=3), *both, plan=plan) == []


def test_offers_of_one_plan_are_looked_at_together() -> None:
    true = restated(SCHOOL, PLAN)
    offered = tuple(
        revised(u, alternative="chess-1") if u.student in {"s43", "s53"} else u for u in true.unmet
    )
    said = [f.text.en for f in verify(SCHOOL, revised(true, unmet=offered))]
    assert any("only 1 seats are free" in text for text in said)
