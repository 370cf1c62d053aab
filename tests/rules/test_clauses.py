"""Model and check read the policy's clauses alike: slot by slot, course by course, without a plan.

What they say of plans is compared in ``test_agreement``; here every clause is met more often.
"""

from collections import Counter
from itertools import combinations
from random import Random

from models import Clause, Force, Policy, PolicyItem, School, SchoolError
from optimizer.checks import content as content_check
from optimizer.checks import hours as hours_check
from optimizer.checks import staffing as staffing_check
from optimizer.checks._week import check_slots
from optimizer.rules import content, hours, staffing
from optimizer.rules._week import week_fits
from tests.builders import revised
from tests.rules.random_clauses import CONTENT, OF_THE_SLOTS, clause, of_a_week, slots_of, special
from tests.rules.random_schools import random_school

SCHOOLS, MANY = 60, 100
ITEMS = (
    PolicyItem.EVENING_ALLOWED,
    PolicyItem.EVENING_BARRED_CONTENT,
    PolicyItem.CONTENT_START,
    PolicyItem.CONTENT_END,
    PolicyItem.ROTA,
)
LEAST = 8
"""How often each clause must have mattered, and stood where it did not."""


def under(school: School, clauses: tuple[Clause, ...]) -> School:
    return revised(school, policy=Policy(clauses=(*school.policy.clauses, *clauses)))


def without(school: School, item: PolicyItem) -> School:
    clauses = tuple(c for c in school.policy.clauses if c.item is not item)
    return revised(school, policy=Policy(clauses=clauses))


def test_what_slots_must_be_like() -> None:
    mattered: Counter[PolicyItem] = Counter()
    stood: Counter[PolicyItem] = Counter()
    for number in range(MANY):
        random = Random(number)
        school = random_school(random)
        for grade in school.grades:
            concerned = random.choice([(), (grade,), (grade,), (9,)])
            own = slots_of(school.slots, grade)
            for clauses in of_a_week(own, concerned, random.choice((0, 0, 1, -1))):
                ruled = under(school, clauses)
                fits = week_fits(ruled)
                assert fits is not any(check_slots(ruled)), (number, clauses)
                if week_fits(school):
                    (stood if fits else mattered).update(c.item for c in clauses)
    for counts in (mattered, stood):
        assert all(counts[item] >= LEAST for item in OF_THE_SLOTS), counts


def test_homework_beside_contents_with_their_own_time() -> None:
    """A content window makes room for clubs in homework time, for its grades only."""
    seen: Counter[tuple[bool, bool]] = Counter()
    for number in range(SCHOOLS):
        random = Random(f"homework {number}")
        school = revised(random_school(random), policy=Policy())
        wanted = list(of_a_week(slots_of(school.slots, school.grades[0]), (), 0))
        ruled = under(school, wanted[-1] if wanted else ())
        window = clause(
            random.choice([PolicyItem.CONTENT_START, PolicyItem.CONTENT_END]),
            0,
            subject=CONTENT,
            grades=random.choice([(), school.grades[:1], school.grades[-1:]]),
        )
        outcome = []
        for tried in (ruled, under(ruled, (window,))):
            outcome.append(week_fits(tried))
            assert outcome[-1] is not any(check_slots(tried)), number
        seen[outcome[0], outcome[1]] += 1
    assert min(seen[False, False], seen[False, True], seen[True, True]) >= 5, seen
    assert not seen[True, False], seen


def barred(school: School) -> set[tuple[object, ...]]:
    """List what the model side bars, after comparing it with the check side."""
    found: set[tuple[object, ...]] = set()
    for grade in school.grades:
        for slot in school.slots:
            by_hours = hours.slot_barred(school, grade, slot)
            assert by_hours is any(hours_check.slot_bans(school, slot, grade))
            found |= {(grade, slot.id)} if by_hours else set()
            for course in school.courses:
                then = content.time_barred(school, course, grade, slot)
                assert then is any(content_check.time_bans(school, course, grade, slot))
                found |= {(grade, slot.id, course.id)} if then else set()
        for course in school.courses:
            out = content.grade_barred(school, course, grade)
            out |= content.provider_barred(school, course.provider)
            assert out is content_check.barred_for(school, course, grade)
            found |= {(grade, course.id)} if out else set()
    for band in (*combinations(school.grades, 1), *combinations(school.grades, 2)):
        bound = staffing_check.on_rota(school, band)
        assert staffing.rota_grades(school, band) == {*bound}
        for staff in combinations(school.teacher, 2):
            suits = staffing.suits_rota(school, band, staff)
            assert suits is staffing_check.rota_suits(school, band, staff)
        if bound:
            found.add(band)
    return found


def test_where_and_when_and_with_whom() -> None:
    mattered: Counter[PolicyItem] = Counter()
    stood: Counter[PolicyItem] = Counter()
    for number in range(4 * SCHOOLS):
        random = Random(f"special {number}")
        school = random_school(random)
        try:
            ruled = under(school, tuple(special(random, school.grades, school.slots)))
        except SchoolError:  # A grade on the rota has no homeroom teacher.
            continue
        found = barred(ruled)
        for item in {c.item for c in ruled.rules.clauses}:
            (stood if barred(without(ruled, item)) == found else mattered)[item] += 1
    for counts in (mattered, stood):
        assert all(counts[item] >= LEAST / 2 for item in ITEMS), counts


def test_late_care() -> None:
    """Base care after the latest end, of grades in which the right children stay or others too."""
    counts: Counter[bool] = Counter()
    for number in range(SCHOOLS):
        random = Random(f"late {number}")
        school = random_school(random)
        grade = random.choice(school.grades)
        students = (
            revised(s, groups=("hardship",))
            if school.grade_of[s.id] == grade and random.random() < 0.9
            else s
            for s in school.students
        )
        ends = sorted({slot.end_minute for slot in school.slots})
        clauses = (
            clause(PolicyItem.LATEST_END, random.choice(ends) - 1),
            clause(PolicyItem.LATE_CARE, subject="hardship", force=Force.ADVISORY),
        )
        ruled = under(revised(school, students=tuple(students)), clauses)
        counts[barred(ruled) == barred(without(ruled, PolicyItem.LATE_CARE))] += 1
    assert min(counts[True], counts[False]) >= 5, counts
