"""Random schools with own staff first, plans of them, and takeovers tried one by one."""

from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from models import CareGroup, Plan, PolicyItem, School, SchoolError, Section, StaffKind
from optimizer.engine.finish.extract import extract
from optimizer.ledger import plan_pay_fen
from optimizer.rules import build, total
from tests.builders import revised, with_budget, with_clause
from tests.rules.random_plans import bare_plan
from tests.rules.random_schools import random_school
from tests.rules.solving import broken_families, solved

OUTSIDE = (StaffKind.EXTERNAL, StaffKind.VOLUNTEER)


class Change(NamedTuple):
    """A person takes the place of another in a group."""

    group: str
    leaves: str
    takes: str


def mixed_school(random: Random) -> School:
    """Make a school with people from outside, mostly cheaper ones, in which own staff come first.

    No policy of it moves the unmet, and everybody can do much: else hardly anything may pass on.
    """
    for _ in range(200):
        school = random_school(random)
        teachers = []
        for person in school.teachers:
            fields: dict[str, object] = {"provider": None, "may_supervise": True}
            fields["max_periods_week"] = random.choice([1, 2, 3, 5, 9])
            if random.random() < 0.4:
                fields |= {"kind": random.choice(OUTSIDE), "pay_fen": random.choice([0, 30, 90])}
            teachers.append(revised(person, **fields))
        everyone = [t.id for t in teachers]
        courses = [
            revised(c, leaders=tuple(random.sample(everyone, 3)), provider=None)
            for c in school.courses
        ]
        try:
            school = school.replaced(teachers=tuple(teachers), courses=tuple(courses))
        except SchoolError:
            continue
        if not school.in_force(PolicyItem.MOVE_UNMET):
            grades = (3,) if random.random() < 0.2 else ()
            return with_clause(school, PolicyItem.OWN_STAFF_FIRST, grades=grades)
    raise AssertionError


def outsiders_plan(random: Random, school: School) -> Plan | None:
    """Give a plan that likes sections and outsiders; None where there is none."""
    model = build(school)
    outside = {t.id for t in school.teachers if t.kind is not StaffKind.OWN}
    wanted = [(random.randint(-1, 9), var) for var in model.opened]
    wanted += [
        (random.randint(0, 5) + 3 * (who in outside), var)
        for (_, who), var in (model.lead | model.supervise).items()
    ]
    model.cp.maximize(total(weight * var for weight, var in wanted))
    solution = solved(model)
    return None if solution is None else bare_plan(school, *extract(model, solution))


def case(number: int) -> tuple[School, Plan]:
    """Give a school and a plan of it that keeps all rules but own staff first."""
    for attempt in range(200):
        random = Random(f"{number}.{attempt}")
        school = mixed_school(random)
        plan = outsiders_plan(random, school)
        outside = {t.id for t in school.teachers if t.kind is not StaffKind.OWN}
        if plan is not None and any(person in outside for _, person in duties_of(plan)):
            return tightened(random, school, plan), plan
    raise AssertionError


def tightened(random: Random, school: School, plan: Plan) -> School:
    """Leave own staff and the purse no more than the plan takes, or a little more."""
    load = Counter(
        person
        for group in groups_of(plan)
        for person in group.staff
        for _ in (group.slots if isinstance(group, Section) else (group.slot,))
    )
    teachers = [
        revised(t, max_periods_week=max(1, load[t.id] + random.choice([0, 0, 1, 9])))
        if t.kind is StaffKind.OWN
        else t
        for t in school.teachers
    ]
    school = school.replaced(teachers=tuple(teachers))
    if random.random() < 0.5:
        pay = plan_pay_fen(school, plan)
        school = with_budget(school, sum_fen=pay + random.choice([0, 0, 60, 100, 200]))
    return school


def changed(plan: Plan, changes: tuple[Change, ...]) -> Plan:
    """Give the plan with other people in some groups."""
    groups: dict[str, Section | CareGroup] = {g.id: g for g in groups_of(plan)}
    for group, leaves, takes in changes:
        staff = tuple(takes if person == leaves else person for person in groups[group].staff)
        groups[group] = groups[group].model_copy(update={"staff": staff})
    sections = tuple(g for g in groups.values() if isinstance(g, Section))
    care = tuple(g for g in groups.values() if isinstance(g, CareGroup))
    return plan.model_copy(update={"sections": sections, "care_groups": care})


def groups_of(plan: Plan) -> list[Section | CareGroup]:
    return [*plan.sections, *plan.care_groups]


def duties_of(plan: Plan) -> Iterator[tuple[str, str]]:
    for group in groups_of(plan):
        for person in group.staff:
            yield group.id, person


def tried(school: School, plan: Plan, group: str, outsider: str, most: int) -> bool:
    """Tell whether so many own staff at most can take a duty over: every way is tried."""
    own = [t.id for t in school.teachers if t.kind is StaffKind.OWN]
    duties = [(g, person) for g, person in duties_of(plan) if person in own]

    def further(changes: tuple[Change, ...]) -> bool:
        *_, last = changes
        there = dict(duties_now(changed(plan, changes)))
        if len(there[last.group]) == len({*there[last.group]}) and not broken_families(
            school, changed(plan, changes)
        ):
            return True
        if len(changes) == most:
            return False
        people = {c.takes for c in changes}
        return any(
            further((*changes, Change(given, last.takes, next_one)))
            for given, holder in duties
            if holder == last.takes
            for next_one in own
            if next_one not in people
        )

    return any(further((Change(group, outsider, first),)) for first in own)


def duties_now(plan: Plan) -> Iterator[tuple[str, tuple[str, ...]]]:
    for group in groups_of(plan):
        yield group.id, group.staff
