"""Model and check agree on limits of hours drawn tight around a plan, and on days called off."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from random import Random

import pytest

from models import Clause, MakeUpDay, Plan, Policy, PolicyItem, School, SchoolError, Term
from models.contents import HOMEWORK
from optimizer.checks import foresee, plan_value
from optimizer.checks._week import check_slots
from optimizer.engine.lp.highs import solve_here
from optimizer.rules import build, relax
from optimizer.rules._week import week_fits
from tests.builders import revised
from tests.rules.random_clauses import clause
from tests.rules.random_plans import random_plan
from tests.rules.random_schools import random_school
from tests.rules.small import small_school
from tests.rules.solving import broken_families, solved
from tests.rules.test_agreement import agree

PLANS = 24
FEBRUARY, LAST = date(2026, 2, 28), date(2026, 3, 22)
"""A Saturday worked by decree, and three weeks later."""


def tighter(school: School, plan: Plan) -> Iterator[tuple[str, tuple[Clause, ...]]]:
    """Give clauses that the plan just keeps, and such as it just breaks."""
    for step in (0, 1):
        for section in [s for s in plan.sections if s.students]:
            grades = (school.grade_of[section.students[0]],)
            end = max(school.slot[s].end_minute for s in section.slots) - step
            yield "clubs", (clause(PolicyItem.ACTIVITIES_END, end, grades=grades),)
        for group in [g for g in plan.care_groups if g.students]:
            slot, grade = school.slot[group.slot], school.grade_of[group.students[0]]
            if slot.evening_study:
                day = clause(PolicyItem.EVENING_WEEKDAY, slot.weekday + step, grades=(grade,))
                yield "evening day", (day,)
                start = clause(PolicyItem.LATEST_END, slot.start_minute + step, grades=(grade,))
                yield "evening start", (start,)
            if slot.care_contains:
                others = tuple(g for g in school.grades if g != grade)
                concerned = (grade,) if step else others or (9,)
                barred = clause(PolicyItem.BARRED_CONTENT, subject=HOMEWORK, grades=concerned)
                yield "homework", (barred,)
                most = clause(PolicyItem.MAX_LEARNING_PERIODS_DAY, 1, grades=(grade,))
                length = clause(PolicyItem.LEARNING_PERIOD_MINUTES, slot.minutes - step)
                yield "learning", (most, length)


@cache
def plans() -> list[tuple[School, Plan]]:
    """Give some random schools, each with a plan that keeps its rules."""
    found = []
    for number in range(1000):
        random = Random(f"hours {number}")
        school = random_school(random)
        plan = random_plan(random, build(school))
        if plan is not None and plan.care_groups:
            found.append((school, plan))
        if len(found) == PLANS:
            return found
    raise AssertionError


def bounded(school: School, plan: Plan) -> None:
    """Demand that the linear program admits a plan that keeps the rules: its bound is no lower."""
    lp = relax(school).lp
    solution = solve_here(lp, 20.0)
    assert solution is not None
    assert lp.bound(solution.duals) >= plan_value(school, plan)


def test_on_hours_drawn_tight() -> None:
    seen: Counter[tuple[str, bool]] = Counter()
    for school, plan in plans():
        tried: Counter[str] = Counter()
        for kind, clauses in tighter(school, plan):
            tried[kind] += 1
            if tried[kind] > 3:
                continue
            policy = revised(school.policy, clauses=(*school.policy.clauses, *clauses))
            changed = revised(school, policy=policy)
            own = plan.model_copy(update={"school_digest": changed.digest})
            broken = broken_families(changed, own)
            agree(changed, own, broken)
            if not broken:
                bounded(changed, own)
            seen[kind, bool(broken)] += 1
    kinds = ("clubs", "evening day", "evening start", "homework", "learning")
    assert all(seen[kind, broken] for kind in kinds for broken in (True, False)), seen


def test_what_is_foreseen_of_base_care_is_proved() -> None:
    """Homework is barred for a grade, or its learning limited: who can only be in care there."""
    seen: Counter[str] = Counter()
    for number in range(60):
        random = Random(f"foreseen {number}")
        school = random_school(random)
        grades = (random.choice(school.grades),)
        barred = clause(PolicyItem.BARRED_CONTENT, subject=HOMEWORK, grades=grades)
        most = clause(PolicyItem.MAX_LEARNING_PERIODS_DAY, 1, grades=grades)
        length = clause(PolicyItem.LEARNING_PERIOD_MINUTES, 39)
        clauses = random.choice([(barred,), (most, length)])
        school = revised(school, policy=Policy(clauses=clauses), locks=())
        found = foresee(school)
        said = [text.en for text in found.short]
        seen["care"] += any("only be in base care, but" in text for text in said)
        seen["learning"] += any("would learn for longer" in text for text in said)
        seen["neither"] += not said
        if said:
            assert solved(build(school, found.families)) is None, (number, said)
    assert min(seen[kind] for kind in ("care", "learning", "neither")) >= 5, seen


def dated(random: Random, school: School) -> School:
    """Call off days at random, in a longer term that begins on a worked Saturday."""
    weekdays = sorted({slot.weekday for slot in school.slots})
    usual = [
        day
        for day in map(date.fromordinal, range(FEBRUARY.toordinal() + 1, LAST.toordinal() + 1))
        if day.isoweekday() in (1, 2, 3, 4, 5, 6)
    ]
    often = random.choice(weekdays)
    gone = [d for d in usual if random.random() < (0.6 if d.isoweekday() == often else 0.1)]
    half = random.choice([0, len(gone) // 2, len(gone)])
    term = revised(
        school.term,
        first_date=FEBRUARY,
        last_date=LAST,
        holidays=tuple(gone[:half]),
        cancelled_days=tuple(gone[half:]),
        make_up_days=random.choice(
            [(), (MakeUpDay(date=FEBRUARY, follows=random.choice([1, *weekdays])),)]
        ),
    )
    value = len([d for d in weekdays if d <= 5])
    asked = random.choice(
        [
            clause(PolicyItem.MIN_WEEKDAYS, max(0, value - random.choice([0, 0, 1]))),
            clause(PolicyItem.WEEKEND_DAYS, len(weekdays) - value),
            clause(PolicyItem.MAKE_UP_SERVICE),
        ]
    )
    return revised(school, term=term, policy=revised(school.policy, clauses=(asked,)))


def test_on_the_dates_of_a_term() -> None:
    """Rule and check say the same of the slots; without slots that fit the model has no plan."""
    seen: Counter[tuple[PolicyItem, bool]] = Counter()
    for number in range(400):
        random = Random(f"dates {number}")
        try:
            school = dated(random, random_school(random))
        except SchoolError:
            continue
        fits = week_fits(school)
        assert fits is not any(check_slots(school)), school.term
        seen[school.policy.clauses[0].item, fits] += 1
    items = (PolicyItem.MIN_WEEKDAYS, PolicyItem.WEEKEND_DAYS, PolicyItem.MAKE_UP_SERVICE)
    assert all(seen[item, fits] >= 5 for item in items for fits in (True, False)), seen


@pytest.mark.parametrize("called_off", [0, 1, 2])
def test_the_model_asks_for_the_dates(called_off: int) -> None:
    """There are slots on Monday and Tuesday; of three Tuesdays two called off are most of them."""
    tuesdays = (date(2026, 3, 3), date(2026, 3, 10), date(2026, 3, 17))
    term = Term(
        first_date=date(2026, 3, 2),
        last_date=date(2026, 3, 22),
        cancelled_days=tuesdays[:called_off],
    )
    policy = Policy(clauses=(clause(PolicyItem.MIN_WEEKDAYS, 2),))
    model = build(small_school(term=term, policy=policy))
    assert (solved(model) is None) is (called_off == 2)
