"""Reasons against trying: grant the wish by force, and see that what the reason names breaks.

Nothing of how reasons are found is used: seats, sections and base care are changed in a copy of the
plan, and the rules looked at.
"""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import product
from random import Random
from typing import NamedTuple

import pytest

from models import Plan, School, SeatLock, Section, UnmetReason, UnmetWish, Wish
from optimizer.checks import CHECKS, Exchanges, Finding, unmet_wishes, ways
from optimizer.checks._patterns import weekly_patterns
from optimizer.rules import build
from tests.builders import edit_care, edit_section, revised
from tests.checks.test_by_trying import case as tiny_case
from tests.rules.random_plans import random_plan
from tests.rules.random_schools import random_school

CASES = 90
R = UnmetReason
SIGNS: dict[UnmetReason, tuple[tuple[str, str], ...]] = {
    R.TEACHER: (("wishes", "only with teacher"),),
    R.OTHER_TIME: (
        ("attendance", "did not offer"),
        ("clash", "overlaps care group"),
        ("hours", "cannot be there"),
        ("content", "cannot take part"),
        ("attendance", "in both"),
    ),
    R.CLASH: (("clash", "overlaps section"),),
    R.WANTED: (("wishes", "wants at most"),),
    R.FULL: (("group_size", "above the maximum"), ("group_size", "seats")),
    R.GRADES: (("cross_grade", "section"),),
    R.NEEDED: (("group_size", "below the minimum"),),
    R.DAY_LIMIT: (("hours", "at most"),),
    R.CARE: (("rooms", "care group"), ("staffing", "care group"), ("locks", "supervise")),
    R.CARE_FULL: (("attendance", "in no section"),),
}
"""What breaks where a reason applies: family, and words of its message."""
FULL = (R.FULL, R.FULL_PINNED, R.FULL_HELD, R.FULL_STRONGER, R.FULL_LOTTERY)


class Case(NamedTuple):
    """A school, a plan that keeps its rules, and what it gives as reasons."""

    school: School
    plan: Plan
    unmet: tuple[UnmetWish, ...]
    grantable: frozenset[tuple[str, str]]


def found(school: School, plan: Plan) -> set[Finding]:
    return {finding for check in CHECKS.values() for finding in check(school, plan)}


def of(school: School, plan: Plan) -> Case:
    could = {(student, way.section.course) for student, way in ways(school, plan)}
    return Case(school, plan, unmet_wishes(school, plan), frozenset(could))


@cache
def case(number: int) -> Case:
    """Give a random school and a random plan of it; every third is of many kinds of rules."""
    if number % 3:
        return of(*tiny_case(number))
    for attempt in range(100):
        random = Random(f"{number}.{attempt}")
        school = random_school(random)
        plan = random_plan(random, build(school))
        if plan is not None and not found(school, plan):
            return of(school, plan)
    raise AssertionError


def seats(plan: Plan, student: str) -> list[Section]:
    return [section for section in plan.sections if student in section.students]


def overlap(school: School, one: Section, other: Section) -> bool:
    return any(school.slot[a].overlaps(school.slot[b]) for a in one.slots for b in other.slots)


def lower(school: School, wish: Wish, held: Section) -> bool:
    """Tell whether he ranks a seat he holds lower, and may give it up."""
    key = (wish.student, held.course)
    pinned = {(k.student, k.course) for k in school.locks if isinstance(k, SeatLock)}
    rank = next(w.rank for w in school.wishes if (w.student, w.course) == key)
    return rank > wish.rank and key not in pinned


def given_up(school: School, plan: Plan, wish: Wish, section: Section) -> list[list[Section]]:
    """Give what he may give up for a seat: nothing, if that does not help."""
    own = seats(plan, wish.student)
    in_the_way = [held for held in own if overlap(school, held, section)]
    if in_the_way:
        one = len(in_the_way) == 1 and lower(school, wish, in_the_way[0])
        return [in_the_way] if one else [[]]
    if len(own) < school.student[wish.student].max_clubs:
        return [[]]
    return [[held] for held in own if lower(school, wish, held)] or [[]]


def granted(school: School, plan: Plan, wish: Wish, section: Section) -> Iterator[Plan]:
    """Grant a wish by force, in each way that his exchange and base care leave open."""
    who = wish.student
    for gives_up in given_up(school, plan, wish, section):
        taken = edit_section(plan, section.id, students=(*section.students, who))
        for held in gives_up:
            rest = tuple(s for s in held.students if s != who)
            taken = edit_section(taken, held.id, students=rest)
        stays = school.student[who].stay_slots
        left = {slot for held in gives_up for slot in held.slots} - {*section.slots}
        back = [slot for slot in left if slot in stays]
        there = [[g.id for g in plan.care_groups if g.slot == slot] for slot in back]
        changed = left_care(taken, [who], section)
        yield changed
        for groups in product(*there):
            placed = changed
            if groups and all(any(g.id == name for g in placed.care_groups) for name in groups):
                for name in groups:
                    group = next(g for g in placed.care_groups if g.id == name)
                    placed = edit_care(placed, name, students=(*group.students, who))
                yield placed


def left_care(plan: Plan, students: list[str], section: Section) -> Plan:
    """Take students out of base care at a section's slots; a group without any ends."""
    for group in plan.care_groups:
        if group.slot in section.slots and not {*students}.isdisjoint(group.students):
            rest = tuple(s for s in group.students if s not in students)
            plan = edit_care(plan, group.id, students=rest)
    return revised(plan, care_groups=tuple(g for g in plan.care_groups if g.students))


def sign_of(finding: Finding) -> UnmetReason | None:
    """Say which reason a broken rule belongs to."""
    for reason, signs in SIGNS.items():
        if any(finding.family == family and words in finding.text.en for family, words in signs):
            return reason
    return None


def broken_by(school: School, plan: Plan, wish: Wish, section: Section) -> set[UnmetReason | None]:
    """Give the reasons whose signs show when a wish is granted, in the way with the fewest."""
    options = granted(school, plan, wish, section)
    signs = min(({sign_of(f) for f in found(school, p)} for p in options), key=len)
    # Who keeps a club at that time may have one too many, which says nothing more.
    return signs - {R.WANTED} if R.CLASH in signs else signs


def named(unmet: UnmetWish) -> set[UnmetReason]:
    return {R.FULL if reason in FULL else reason for reason in (unmet.reason, *unmet.also)}


@pytest.mark.parametrize("number", range(CASES))
def test_what_a_reason_names_breaks_and_nothing_else(number: int) -> None:
    school, plan, unmet, grantable = case(number)
    wishes = {(w.student, w.course): w for w in school.wishes}
    order = list(UnmetReason)
    for refused in unmet:
        sections = [s for s in plan.sections if s.course == refused.course]
        wish = wishes[refused.student, refused.course]
        broken = [broken_by(school, plan, wish, section) for section in sections]
        if (refused.student, refused.course) in grantable:
            assert any(not signs for signs in broken), refused
        elif sections and refused.reason not in {R.NOT_ELIGIBLE, R.TIME}:
            assert all(broken), (refused, broken)
            assert named(refused) in broken, (refused, broken)
            for signs in broken:
                first = min(order.index(s) for s in signs if s is not None)
                assert first <= order.index(min(named(refused), key=order.index)), refused


@pytest.mark.parametrize("number", range(CASES))
def test_who_is_not_eligible_or_never_there(number: int) -> None:
    """Alone in a section, in each weekly pattern, something about himself breaks."""
    school, plan, unmet, _ = case(number)
    patterns = {c.id: weekly_patterns(school, c) for c in school.courses}
    signs = {
        R.NOT_ELIGIBLE: {"cross_grade", "content", "hours", "locks"},
        R.TIME: {"attendance", "hours", "content", "clash"},
    }
    for refused in unmet:
        if refused.reason not in signs:
            continue
        course = school.course[refused.course]
        for slots in patterns[course.id]:
            alone = Section(
                id="alone", course=course.id, slots=tuple(slots), room="r3", staff=("t1",)
            )
            bare = revised(left_care(plan, [refused.student], alone), sections=(alone,))
            taken = edit_section(bare, "alone", students=(refused.student,))
            new = found(school, taken) - found(school, bare)
            assert {f.family for f in new} & signs[refused.reason], (refused, slots)


@pytest.mark.parametrize("number", range(CASES))
def test_what_is_offered_can_all_be_accepted_together(number: int) -> None:
    """Each seat goes to one student, and sizes, grades and times are kept."""
    school, plan, unmet, _ = case(number)
    offers = {(u.student, u.alternative) for u in unmet if u.alternative is not None}
    assert len(offers) == len({student for student, _ in offers})
    changed = plan
    for student, name in sorted(offers):
        section = next(s for s in changed.sections if s.id == name)
        changed = edit_section(changed, section.id, students=(*section.students, student))
        changed = left_care(changed, [student], section)
    kept = {"group_size", "cross_grade", "clash", "attendance", "hours", "content"}
    broken = {f for f in found(school, changed) if f.family in kept}
    assert not {f for f in broken if "care group" not in f.text.en}
    wanted = [f.text.en for f in found(school, changed) if f.family == "wishes"]
    assert not any("wants at most" in text for text in wanted)


def test_the_cases_reach_the_reasons() -> None:
    count = Counter(r for n in range(CASES) for u in case(n).unmet for r in (u.reason, *u.also))
    for reason in (*SIGNS, R.NOT_ELIGIBLE, R.TIME, R.FULL_STRONGER, R.FULL_LOTTERY):
        if reason is not R.WANTED:  # It takes a pinned seat that is in the way.
            assert count[reason] > 0, (reason, count)
    assert sum(u.alternative is not None for n in range(CASES) for u in case(n).unmet) > 100


@pytest.mark.parametrize("number", range(0, CASES, 2))
def test_nothing_can_simply_be_granted_once_exchanges_that_are_due_are_made(number: int) -> None:
    school, plan, _, _ = case(number)
    exchanges = Exchanges(school, plan)
    for due in exchanges.due():
        exchanges.make(due)
    sections, groups = exchanges.result()
    assert ways(school, revised(plan, sections=sections, care_groups=groups)) == []
