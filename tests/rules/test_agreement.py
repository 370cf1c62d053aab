"""The model of a school and the independent check agree on fixed plans."""

from collections import Counter
from functools import cache
from itertools import count
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from models import FAMILIES, Family, Plan, Policy, PolicyItem, School
from optimizer.checks import form
from optimizer.engine.pin import pin
from optimizer.rules import build
from tests.builders import revised, tiny_plan, tiny_school
from tests.rules.dealing import SETTLED_BY_DEALING, best_dealt
from tests.rules.random_clauses import OF_THE_SLOTS
from tests.rules.random_plans import Mutation, made_of, random_plan
from tests.rules.random_schools import random_school
from tests.rules.solving import broken_families, fits, solved, without
from tests.rules.tightening import tightened

EXAMPLES = 120
COMPARED = 200
ITEMS = (
    PolicyItem.EVENING_ALLOWED,
    PolicyItem.EVENING_BARRED_CONTENT,
    PolicyItem.CONTENT_START,
    PolicyItem.CONTENT_END,
    PolicyItem.ROTA,
)
"""Each must have decided whether a plan is right, and have stood where it did not matter."""
LOOSE: tuple[Family, ...] = ("hours", "content", "budget", "locks", "wishes")


@cache
def case(number: int) -> tuple[School, Plan]:
    """Give a random school and a plan that keeps its rules, most of them, or hardly misses."""
    for attempt in count():
        random = Random(f"{number}.{attempt}")
        school = random_school(random)
        loose: list[tuple[Family, ...]] = [(random.choice(LOOSE),), LOOSE]
        for dropped in [(), *(loose if random.random() < 0.5 else [])]:
            plan = random_plan(random, build(school, without(*dropped)))
            if plan is not None:
                return varied(random, school, plan)
    raise AssertionError


def varied(random: Random, school: School, plan: Plan) -> tuple[School, Plan]:
    mutation = Mutation(random, school)
    changes = random.choice((0, 0, 1, 1, 2, 3))
    for _ in range(changes):
        plan = mutation.of(plan)
    if not changes or random.random() < 0.5:
        school = tightened(random, school, plan)
    plan = plan.model_copy(update={"school_digest": school.digest})
    assert not any(form.check(school, plan))
    return school, plan


def alike(plan: Plan) -> list[Counter[tuple[object, ...]]]:
    """Give what a model fixed to the plan knows of its sections.

    Rooms and staff of base care may be dealt otherwise than the plan has them, and better.
    """
    meets = [(s, (s.course, frozenset(s.slots))) for s in plan.sections]
    return [
        Counter((*key,) for _, key in meets),
        Counter((*key, s.room) for s, key in meets),
        Counter((*key, t) for s, key in meets for t in s.staff),
        Counter((*key, student) for s, key in meets for student in s.students),
    ]


def twins(plan: Plan) -> bool:
    """Tell whether two sections of a course meet at the same slots."""
    meets = [(s.course, frozenset(s.slots)) for s in plan.sections]
    return len(set(meets)) < len(meets)


def school_without(school: School, item: PolicyItem) -> School:
    clauses = tuple(clause for clause in school.policy.clauses if clause.item is not item)
    return revised(school, policy=Policy(clauses=clauses))


def agree(school: School, plan: Plan, broken: set[Family]) -> None:
    model = build(school)
    solution = solved(model) if pin(model, plan) else None
    if not broken:
        assert solution is not None
    if solution is not None:
        made = made_of(model, solution)
        assert alike(made) == alike(plan)
        assert broken_families(school, made) == set()
    elif not twins(plan) and broken <= {"attendance", *SETTLED_BY_DEALING}:
        assert broken_families(school, best_dealt(school, plan))


def test_model_and_check_agree_on_fixed_plans() -> None:
    """The model admits a plan exactly when the check finds nothing.

    Which students and staff are in which of several care groups of a slot, or of several sections
    of a course at the same slots, is left open in the model: there, when there is a way to deal
    them that the check has nothing against.
    """
    seen: Counter[str] = Counter()
    decide: Counter[PolicyItem] = Counter()
    stand: Counter[PolicyItem] = Counter()

    def compare(number: int) -> None:
        school, plan = case(number)
        broken = broken_families(school, plan)
        agree(school, plan, broken)
        seen.update(broken)
        seen["none"] += not broken
        for item in {clause.item for clause in school.rules.clauses}:
            without_it = broken_families(school_without(school, item), plan) != broken
            (decide if without_it else stand)[item] += 1

    # Which numbers are drawn must not depend on what other modules happen to be loaded.
    for number in Random("agreement").sample(range(10**6), COMPARED):
        compare(number)
    assert all(seen[family] for family in FAMILIES), seen
    assert seen["none"] > COMPARED / 10, seen
    assert all(decide[item] and stand[item] for item in ITEMS), (decide, stand)
    for counts in (decide, stand):
        assert sum(counts[item] for item in OF_THE_SLOTS) > COMPARED / 20, counts


def test_the_check_has_nothing_against_what_the_model_makes() -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None)
    @given(st.integers(0, 10**6))
    def make(number: int) -> None:
        random = Random(number)
        school = random_school(random)
        plan = random_plan(random, build(school))
        if plan is not None:
            assert broken_families(school, plan) == set()
        seen["none" if plan is None else "some"] += 1

    make()
    assert min(seen.values()) > EXAMPLES / 5, seen


def admitted_without(school: School, plan: Plan, family: Family) -> bool:
    """Tell whether the plan fits the model without the family, as far as that can express it."""
    if family == "pattern" and any(len(s.slots) > 1 for s in plan.sections):
        return True  # Without patterns there are single slots, and what is pinned.
    held = Counter(s.course for s in plan.sections)
    if family == "group_size" and any(n > school.course[c].max_sections for c, n in held.items()):
        return True  # Sections beyond the most are counted only where they are pinned.
    return fits(school, plan, without(family))


def test_what_breaks_one_family_only_fits_without_it() -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None)
    @given(st.integers(0, 10**6))
    def admit(number: int) -> None:
        school, plan = case(number)
        broken = broken_families(school, plan)
        for family in FAMILIES:
            if broken <= {family}:
                assert admitted_without(school, plan, family), family
                seen.update(broken)

    admit()
    assert len(seen) >= 7, seen


def test_the_plan_made_by_hand() -> None:
    school = tiny_school()
    plan = tiny_plan(school)
    assert fits(school, plan)
    for family in without("pattern"):
        assert fits(school, plan, without(family)), family


def test_nothing_of_another_school_fits() -> None:
    school = tiny_school()
    plan = tiny_plan(school)
    fewer = tiny_school(students=school.students[1:], wishes=school.wishes[2:])
    assert not fits(fewer, plan)
