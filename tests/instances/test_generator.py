"""Made-up schools: always plannable, always the same, and as the styles describe them."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from statistics import mean, median

import pytest

from instances import AFTER_SCHOOL, STYLES, Generated, StyleName, generate
from models import PayUnit, School, SlotUse, StaffKind
from models.validation import find_problems
from optimizer.checks import CHECKS, plan_value
from optimizer.ledger import plan_pay_fen

ROOT = Path(__file__).resolve().parents[2]
SIZES = ((30, 3), (60, 6), (120, 12), (120, 60), (300, 24), (700, 8))


def assert_sound(made: Generated) -> None:
    """The witness keeps every rule; exchanges of seats may still be due, which finishing makes."""
    school, witness = made.school, made.witness
    findings = [f for check in CHECKS.values() for f in check(school, witness)]
    assert not findings, [finding.text.en for finding in findings[:5]]
    assert plan_value(school, witness) == witness.value
    assert plan_pay_fen(school, witness) == witness.pay_fen
    assert not find_problems(made.school)


def seats(made: Generated) -> int:
    return sum(len(section.students) for section in made.witness.sections)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("students", "courses"), SIZES)
@pytest.mark.parametrize("style", STYLES)
def test_every_school_has_a_plan(style: StyleName, students: int, courses: int, seed: int) -> None:
    made = generate(style, students, courses, seed)
    assert_sound(made)
    assert len(made.school.students) == students
    assert len(made.school.courses) == courses


@pytest.mark.parametrize(("students", "courses"), [(1000, 50), (2000, 100)])
@pytest.mark.parametrize("style", STYLES)
def test_larger_schools_have_a_plan_worth_the_name(
    style: StyleName, students: int, courses: int
) -> None:
    made = generate(style, students, courses, 7)
    assert_sound(made)
    assert seats(made) > 1.2 * students


def test_a_very_large_school_has_a_plan() -> None:
    assert_sound(generate("nine-year", 5000, 200, 0))


@pytest.mark.skipif("ZOUBAN_LARGE" not in os.environ, reason="set ZOUBAN_LARGE for 20,000 students")
@pytest.mark.parametrize("style", STYLES)
def test_20000_students(style: StyleName) -> None:
    assert_sound(generate(style, 20_000, 800, 0))


@pytest.mark.parametrize("style", STYLES)
def test_a_seed_always_makes_the_same_school_and_plan(style: StyleName) -> None:
    first, second = generate(style, 120, 12, 5), generate(style, 120, 12, 5)
    assert first == second
    assert first.school.digest == second.school.digest
    assert generate(style, 120, 12, 6).school != first.school


def test_the_order_of_hashes_does_not_matter() -> None:
    script = (
        "from hashlib import sha256\n"
        "from instances import STYLES, generate\n"
        "for style in STYLES:\n"
        "    made = generate(style, 300, 24, 1)\n"
        "    text = made.school.model_dump_json() + made.witness.model_dump_json()\n"
        "    print(sha256(text.encode()).hexdigest())"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def test_random_numbers_are_the_same_on_every_machine() -> None:
    school = generate("mixed", 60, 6, 0).school
    assert school.students[0].name == "曹志静"
    assert school.courses[0].name == "魔方"
    wished = " ".join(wish.course for wish in school.wishes[:8])
    assert wished == "C006 C005 C004 C004 C005 C006 C005 C004"


@pytest.mark.parametrize(
    ("style", "students", "courses", "said"),
    [
        ("primary", 100, 10, "style: one of clubhour, mixed, nine-year, all-day, not 'primary'"),
        ("mixed", 29, 10, "students: at least 30, not 29"),
        ("mixed", 30, 2, "courses: at least 3, not 2"),
    ],
)
def test_parameters_out_of_range_are_told(
    style: StyleName, students: int, courses: int, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        generate(style, students, courses, 0)


@pytest.fixture(scope="module", params=AFTER_SCHOOL)
def school(request: pytest.FixtureRequest) -> School:
    return generate(request.param, 1000, 60, 3).school


def test_classes_have_about_42(school: School) -> None:
    sizes = Counter(student.home_class for student in school.students)
    assert 40 <= mean(sizes.values()) <= 43
    assert max(sizes.values()) <= school.settings.base_care.max_size
    assert school.grades == (tuple(range(1, 10)) if school.settings.stages else tuple(range(1, 7)))


def test_courses_are_as_wide_and_large_as_described(school: School) -> None:
    for course in school.courses:
        assert 2 <= len(course.grades) <= 6
        assert course.grades == tuple(range(course.grades[0], course.grades[-1] + 1))
        assert course.min_size == 8
        assert 20 <= course.max_size <= 36
        assert 1 <= course.max_sections <= 4
    assert len({course.name for course in school.courses}) == len(school.courses)
    features = Counter(course.room_features for course in school.courses)
    assert len(features) == 6
    assert features["普通教室",] > len(school.courses) / 4
    for grade in school.grades:
        assert sum(grade in course.grades for course in school.courses) >= 3


def test_patterns_have_their_shares(school: School) -> None:
    patterns = Counter(
        (course.sessions_per_week, course.periods_per_session) for course in school.courses
    )
    if school.slots[0].use is SlotUse.CARE_ONLY:
        assert patterns == {(1, 1): 60}
    else:
        assert patterns == {(1, 1): 30, (1, 2): 9, (2, 1): 21}
        assert all(c.min_gap_days == 2 for c in school.courses if c.sessions_per_week == 2)


def test_students_stay_as_described(school: School) -> None:
    first, second = school.slots[0], school.slots[1]
    stays = [{*student.stay_slots} for student in school.students]
    there = sum(first.id in own for own in stays) / len(stays)
    if first.use is SlotUse.CARE_ONLY:
        assert there == 1
        assert second.use is SlotUse.CLUBS_ONLY
        assert all(second.id in student.club_slots for student in school.students)
    else:
        assert there == pytest.approx(0.85, abs=0.04)
        both = sum({first.id, second.id} <= own for own in stays)
        assert both / (there * len(stays)) == pytest.approx(0.9, abs=0.04)


def test_nine_years_have_two_stages_and_evening_study() -> None:
    school = generate("nine-year", 300, 24, 0).school
    ends = {
        (clause.item.value, clause.stage): clause.value
        for clause in school.policy.clauses
        if clause.stage is not None
    }
    assert ends["latest_end", "primary"] < ends["latest_end", "junior"]  # type: ignore[operator]
    assert "evening_latest_end" in {item for item, _ in ends}
    evenings = [slot for slot in school.slots if slot.evening_study]
    assert evenings
    assert all(slot.grades == (7, 8, 9) for slot in evenings)
    studying = {s.id for s in school.students if {e.id for e in evenings} & {*s.stay_slots}}
    assert {school.grade_of[s] for s in studying} == {7, 8, 9}
    # Families of grades 5-6 offer an hour that their stage's latest end forbids.
    late = {slot.id for slot in school.slots if slot.end_minute == ends["latest_end", "junior"]}
    assert {school.grade_of[s.id] for s in school.students if late & {*s.club_slots}} == {5, 6}


def test_wishes_are_few_ranked_and_skewed(school: School) -> None:
    counts = Counter(len(school.wishes_of[student.id]) for student in school.students)
    counts.pop(0, None)
    assert set(counts) <= {3, 4, 5, 6}
    assert {student.max_clubs for student in school.students} <= {0, 1, 2, 3}
    eligible = all(
        school.grade_of[wish.student] in school.course[wish.course].grades for wish in school.wishes
    )
    assert eligible
    popular = [len(wishes) for wishes in school.wishes_for.values()]
    assert max(popular) > 2.5 * median(popular)


def test_a_tenth_has_priority(school: School) -> None:
    priority = sum(
        any(school.group[g].priority for g in student.groups) for student in school.students
    )
    assert priority / len(school.students) == pytest.approx(0.1, abs=0.03)


def test_staff_are_as_described(school: School) -> None:
    staff = school.teachers
    assert len(school.students) / len(staff) == pytest.approx(16, abs=1)
    outside = [t for t in staff if t.kind is StaffKind.EXTERNAL]
    own = [t for t in staff if t.kind is StaffKind.OWN]
    assert len(outside) / len(staff) == pytest.approx(0.12, abs=0.02)
    assert all(t.may_supervise for t in own)
    assert not any(t.may_supervise for t in outside)
    dearest = max(t.pay_fen or 0 for t in own)
    assert all((t.pay_fen or 0) > dearest for t in outside)
    assert {t.pay_unit for t in own} == {PayUnit.PERIOD}
    led = Counter(leader for course in school.courses for leader in course.leaders)
    assert all(1 <= led[t.id] <= 3 for t in staff)
    assert all(4 <= t.max_periods_week <= 9 for t in staff)
    share = mean(len(t.available_slots or ()) / len(school.slots) for t in staff)
    assert share == pytest.approx(0.85, abs=0.03)


def test_the_budget_is_a_little_less_than_clubs_for_all_would_cost(school: School) -> None:
    made = generate(_style(school), 1000, 60, 3)
    budget = school.settings.budget.sum_fen
    assert budget is not None
    assert 0.97 <= made.witness.pay_fen / budget <= 1


def _style(school: School) -> StyleName:
    return next(style for style in STYLES if school.settings.id.startswith(style))


def test_a_care_group_joins_as_many_grades_as_the_style_says(school: School) -> None:
    span = school.settings.base_care.grade_span
    assert span == (1 if _style(school) == "clubhour" else 2)


def test_the_term_is_the_autumn_of_2026(school: School) -> None:
    term = school.term
    assert (term.first_date.isoformat(), term.last_date.isoformat()) == ("2026-09-01", "2027-01-15")
    assert {day.isoformat() for day in term.holidays} >= {f"2026-10-0{d}" for d in range(1, 8)}
    assert {day.date.isoweekday() for day in term.make_up_days} == {6, 7}
