"""What the care groups of each slot take in at most."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from math import comb
from typing import NamedTuple

from models import CareStaffLock, Slot
from optimizer.checks.bound.groups import Grades
from optimizer.checks.bound.trade import Trade
from optimizer.checks.staffing import on_rota, rota_suits

MOST_TEAMS = 5_000
"""Teams of supervisors to look at for one kind of group; beyond it any people will do."""


class Group(NamedTuple):
    """A kind of care group: what one of it costs, how many students it holds, how many may be."""

    grades: Grades
    cost: int
    holds: int
    most: int


def care_groups(trade: Trade) -> int:
    """Add up what care groups take in at most, less what is paid for them at the least."""
    locked = {x.slot for x in trade.school.locks if isinstance(x, CareStaffLock)}
    total = sum(_at(trade, slot, must=slot.id in locked) for slot in trade.school.slots)
    return total - sum(paid.all for paid in trade.paid)


def _at(trade: Trade, slot: Slot, must: bool) -> int:
    """Give what the groups at a slot take in; where there must be one there is."""
    staying = trade.facts.in_care_at(slot)
    best, regret = 0, None
    for group in _kinds(trade, slot, frozenset(staying)):
        takes = [_takes(trade, slot.id, group, staying, n) for n in _numbers(group, staying)]
        own = max([0, *takes])
        best += own
        if takes:
            regret = own - max(takes) if regret is None else min(regret, own - max(takes))
    return best - (regret or 0 if must else 0)


def _numbers(group: Group, staying: dict[int, int]) -> range:
    students = sum(staying[g] for g in group.grades)
    enough = -(-students // group.holds)
    # A group more than hold everybody takes in nothing but what it is paid for being there.
    return range(1, min(students, group.most, enough if group.cost >= 0 else students) + 1)


def _takes(trade: Trade, slot: str, group: Group, staying: dict[int, int], number: int) -> int:
    """Give what so many groups take in: the students who pay most, as many as they hold."""
    places, total = number * group.holds, -number * group.cost
    exact = trade.facts.groups.grades_matter
    if exact:  # one of each grade in each group, at the least
        places -= number * len(group.grades)
        if places < 0 or any(staying[g] < number for g in group.grades):
            return -(1 << 80)
    prices = {grade: trade.care.get((slot, grade), 0) for grade in group.grades}
    for grade in sorted(group.grades, key=lambda g: -prices[g]):
        there = number if exact else 0
        more = min(places, staying[grade] - there)
        total += prices[grade] * (there + more)
        places -= more
    return total


def _kinds(trade: Trade, slot: Slot, present: Grades) -> Iterator[Group]:
    """Give the kinds of groups that there could be at a slot."""
    waits: Counter[int] = Counter()
    for student, price in trade.prices.waits.get(slot.id, {}).items():
        if slot.id in trade.waits.get(student, {}):
            waits[trade.school.grade_of[student]] += price
    for grades in trade.facts.groups.sets(present):
        rooms, staff = trade.facts.groups.rooms(slot.id, grades), _staff(trade, slot.id, grades)
        if rooms and staff is not None:
            rent = min(trade.room(room.id, frozenset({slot.id})) for room in rooms)
            paid = [p.group for p in trade.paid if p.slot == slot.id and p.grades & grades]
            cost = staff + rent - sum(paid) - sum(waits[grade] for grade in grades)
            most = trade.school.settings.base_care.max_size
            yield Group(grades, cost, min(most, max(r.seats for r in rooms)), len(rooms))


def _staff(trade: Trade, slot: str, grades: Grades) -> int | None:
    """Give what the cheapest supervisors cost; None where there are not enough."""
    school, at = trade.school, frozenset({slot})
    needed = school.settings.base_care.staff_needed
    wages = {
        person.id: trade.staff(person.id, at)
        for person in school.teachers
        if person.may_supervise
        and person.available(slot)
        and person.id not in trade.facts.prospects.unfit
    }
    cheapest = sorted(wages.values())[:needed]
    if len(cheapest) < needed:
        return None
    if not on_rota(school, grades):
        return sum(cheapest)
    able = [t for t in wages if rota_suits_one(trade, grades, t)]
    if comb(len(able), needed) > MOST_TEAMS:
        return sum(sorted(wages[t] for t in able)[:needed])
    teams = [team for team in combinations(able, needed) if rota_suits(school, grades, team)]
    return min((sum(wages[t] for t in team) for team in teams), default=None)


def rota_suits_one(trade: Trade, grades: Grades, person: str) -> bool:
    """Tell whether a person is a homeroom teacher of any of the grades."""
    return any(c.grade in grades and c.homeroom_teacher == person for c in trade.school.classes)
