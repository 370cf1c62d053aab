"""The figures are right, and say the same wherever they are shown."""

import pytest

from models import (
    Aim,
    BoundProof,
    Budget,
    Clause,
    Lang,
    Plan,
    PlanStatus,
    PolicyItem,
    School,
    StudentGroup,
    UnmetReason,
    yuan,
)
from models.policy import Policy
from optimizer.checks import verify
from optimizer.report import (
    Summary,
    plan_rows,
    reason_text,
    school_figures,
    school_rows,
    summary,
)
from optimizer.report.gap_words import bound_text
from optimizer.report.words import PROOFS, percent
from tests.report.example import Shape, make_plan, make_school


def changed(figures: Summary, **changes: object) -> Summary:
    return Summary(**(vars(figures) | changes))


def test_the_example_is_a_valid_plan(school: School, plan: Plan) -> None:
    assert verify(school, plan) == ()


def test_figures_of_a_plan(school: School, plan: Plan) -> None:
    found = summary(school, plan)
    # 80 students, 10 slots, 3 sections of 20 each and 20 students in care at each slot.
    assert (found.students, found.wishing, found.with_club, found.with_nothing) == (80, 80, 80, 0)
    assert (found.sections, found.courses_open, found.courses) == (30, 30, 30)
    assert (found.seats, found.care_places, found.care_groups) == (600, 200, 40)
    assert found.unmet == ((UnmetReason.CLASH, 60),)
    assert found.unmet_wishes == 60
    assert found.value == plan.value
    assert found.pay_fen == plan.pay_fen


def test_first_choice_and_nothing_are_counted_among_those_who_wish() -> None:
    shape = Shape(days=1, sections=1, students=40)
    school = make_school(shape)
    plan = make_plan(school, shape)
    found = summary(school, plan)
    # Only every second student wishes at all.
    assert (found.students, found.wishing, found.with_first_choice) == (40, 20, 20)
    empty = plan.model_copy(update={"sections": ()})
    assert summary(school, empty).with_nothing == 20


def test_excluded_students_take_no_part(school: School, plan: Plan) -> None:
    barred = Clause(item=PolicyItem.EXCLUDED_GROUP, subject="boarder", source="rule 1")
    first = school.students[0].model_copy(update={"groups": ("boarder",)})
    other = school.replaced(
        groups=(StudentGroup(id="boarder", name="住宿生"),),
        policy=Policy(clauses=(barred,)),
        students=(first, *school.students[1:]),
    )
    assert summary(other, plan).students == 79
    assert school_figures(other).wishing == 79


def test_figures_of_a_school(school: School) -> None:
    found = school_figures(school)
    assert (found.students, found.courses, found.slots, found.staff) == (80, 30, 10, 7)
    assert found.wishes == len(school.wishes)
    assert found.club_seats == 30 * 22
    assert found.section_periods == 30
    # 80 students need two groups of at most 45 at each of ten slots.
    assert found.care_periods == 20
    assert found.staff_periods == 3 * 40 + 4 * 10
    assert found.budget_fen is None


@pytest.mark.parametrize(
    ("value", "bound", "zh", "en"),
    [
        (1000, None, "未求得上界", "no bound"),
        (1000, 1000, "不存在更好的方案", "no plan is better"),
        (1000, 1013, "1.30%", "1.30 %"),
        # Rounded up: a gap is never made to look smaller.
        (3000, 3001, "0.04%", "0.04 %"),
        (0, 10, "不超过 10 分", "more than 10 points"),
    ],
)
def test_the_bound_in_words(
    school: School, plan: Plan, value: int, bound: int | None, zh: str, en: str
) -> None:
    points = changed(summary(school, plan), aim=Aim.MOST_POINTS)
    text = bound_text(changed(points, value=value, bound=bound))
    assert zh in text.zh
    assert en in text.en


def test_shares() -> None:
    assert percent(1, 3) == "33.3"
    assert percent(0, 0) == "-"


@pytest.mark.parametrize("reason", UnmetReason)
def test_every_reason_has_words(reason: UnmetReason) -> None:
    text = reason_text(reason)
    assert text.zh
    assert text.en
    assert text.zh != text.en


@pytest.mark.parametrize("proof", BoundProof)
def test_every_proof_has_words(proof: BoundProof) -> None:
    assert PROOFS[proof].zh != PROOFS[proof].en


def test_every_status_has_words(school: School, plan: Plan) -> None:
    for status in PlanStatus:
        figures = changed(summary(school, plan), status=status)
        assert plan_rows(figures, "zh")[0][1] != plan_rows(figures, "en")[0][1]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_rows_are_complete_in_both_languages(school: School, plan: Plan, lang: Lang) -> None:
    rows = plan_rows(summary(school, plan), lang) + school_rows(school_figures(school), lang)
    assert all(value for _, value in rows)
    # The reasons why wishes were not granted stand below their number, without a label.
    assert [label for label, _ in rows].count("") == 1
    chinese = any("一" <= c <= "鿿" for row in rows for part in row for c in part)
    assert chinese == (lang == "zh")


def test_groups_and_reasons_read_like_sentences(school: School, plan: Plan) -> None:
    figures = changed(summary(school, plan), sections=29, courses_open=20, courses=20)
    english = plan_rows(figures, "en")
    assert ("Opened", "29 groups in 20 of 20 courses") in english
    assert ("开班", "29 个班，20 门课中开 20 门") in plan_rows(figures, "zh")
    assert english[-1] == (
        "",
        "60 because every group the student could attend meets at the time of a club that is a "
        "better choice or pinned",
    )
    one = changed(figures, sections=1, courses_open=1)
    assert dict(plan_rows(one, "en"))["Opened"] == "1 group in 1 of 20 courses"


def test_pay_is_shown_against_the_budget(school: School, plan: Plan) -> None:
    settings = school.settings.model_copy(update={"budget": Budget(sum_fen=20_000_050)})
    limited = school.replaced(settings=settings)
    shown = dict(plan_rows(summary(limited, plan), "zh"))
    assert shown["全学期课酬"] == f"{yuan(plan.pay_fen)} 元"
    assert shown["全学期预算"] == "200000.50 元"
    assert dict(plan_rows(summary(school, plan), "en"))["Budget over the term"] == "none set"
    assert ("Budget over the term", "200000.50 yuan") in school_rows(school_figures(limited), "en")
