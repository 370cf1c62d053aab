"""Whether some way to deal students and staff to a plan's care groups keeps every rule.

A model fixed to a plan knows of base care how many of each grade wait at a slot, its rooms and its
staff; who is in which group stays open. So it admits a plan exactly when some dealing is right.
"""

from collections.abc import Iterator
from itertools import permutations, product

from models import CareGroup, Family, Plan, School
from optimizer.checks import CHECKS
from tests.builders import revised

SETTLED_BY_DEALING: tuple[Family, ...] = ("group_size", "cross_grade", "rooms", "staffing")


def best_dealt(school: School, plan: Plan) -> Plan:
    """Deal every slot's students and staff to its groups so that no rule breaks, if that can be."""
    groups: list[CareGroup] = []
    for slot in dict.fromkeys(g.slot for g in plan.care_groups):
        here = [g for g in plan.care_groups if g.slot == slot]
        right = (d for d in _dealings(school, plan, slot, here) if _right(school, plan, d))
        groups += next(right, here)
    return revised(plan, care_groups=tuple(groups))


def _right(
    school: School,
    plan: Plan,
    groups: list[CareGroup],
    families: tuple[Family, ...] = SETTLED_BY_DEALING,
) -> bool:
    alone = plan.model_copy(update={"care_groups": tuple(groups)})
    return not any(any(CHECKS[family](school, alone)) for family in families)


def _dealings(
    school: School, plan: Plan, slot: str, groups: list[CareGroup]
) -> Iterator[list[CareGroup]]:
    busy = {s for section in plan.sections if slot in section.slots for s in section.students}
    waiting = [
        s.id
        for s in school.students
        if slot in s.stay_slots and s.id not in busy and s.id not in school.excluded
    ]
    by_grade = [[s for s in waiting if school.grade_of[s] == g] for g in school.grades]
    shares = product(*(list(_shares(len(mates), len(groups))) for mates in by_grade))
    staffings = list(_staffings(groups))
    whoever_leads = tuple(f for f in SETTLED_BY_DEALING if f != "staffing")
    for share in shares:
        students: list[list[str]] = [[] for _ in groups]
        for mates, counts in zip(by_grade, share, strict=True):
            left = list(mates)
            for members, count in zip(students, counts, strict=True):
                members.extend(left[:count])
                del left[:count]
        dealt = [
            g.model_copy(update={"students": tuple(members)})
            for g, members in zip(groups, students, strict=True)
        ]
        for staffing in staffings if _right(school, plan, dealt, whoever_leads) else ():
            yield [
                g.model_copy(update={"staff": staff})
                for g, staff in zip(dealt, staffing, strict=True)
            ]


def _shares(count: int, groups: int) -> Iterator[tuple[int, ...]]:
    """Give every way to write a number as a sum of so many."""
    if groups == 1:
        yield (count,)
        return
    for first in range(count + 1):
        for rest in _shares(count - first, groups - 1):
            yield (first, *rest)


def _staffings(groups: list[CareGroup]) -> Iterator[list[tuple[str, ...]]]:
    """Give every way to deal the groups' staff out anew, evenly where that can be."""
    yield [g.staff for g in groups]
    people = [t for g in groups for t in g.staff]
    each, over = divmod(len(people), len(groups))
    if len(set(people)) == len(people) and not over:
        for order in permutations(people):
            yield [tuple(order[n * each : (n + 1) * each]) for n in range(len(groups))]
