"""What is paid for care groups that must be, or are not saved.

Of n students of some grades who stay at a slot, X are in sections, and Q groups with any of these
grades, of at most c students each, hold the others: n - X <= c Q. As Q is whole, X + f Q >= f q
with q = n / c rounded up and f = n - c (q - 1): to save the first group takes f seats in sections,
each other one c >= f. Those whom no section could have then need their number / c groups, rounded
up, for certain.
"""

from typing import NamedTuple

from models import GroupPrice
from optimizer.checks.bound.facts import Facts
from optimizer.checks.bound.groups import Grades


class Paid(NamedTuple):
    """A price for groups with any of some grades."""

    slot: str
    grades: Grades
    group: int
    """What each group takes in."""
    student: int
    """What each student of the grades takes in who stays and is in a section."""
    all: int
    """What is paid at the least."""


def certain(facts: Facts, price: GroupPrice) -> Paid | None:
    """Give what is paid for those who are in base care for certain."""
    grades = frozenset(price.grades)
    holds = _holds(facts, price.slot, grades)
    if not holds:
        return None
    groups = -(-sum(facts.waiting_at[price.slot][g] for g in grades) // holds)
    return Paid(price.slot, grades, price.price, 0, groups * price.price)


def saving(facts: Facts, price: GroupPrice) -> Paid | None:
    """Give what is paid for the seats that it takes to save a group."""
    grades = frozenset(price.grades)
    holds = _holds(facts, price.slot, grades)
    students = sum(facts.staying_at[price.slot][g] for g in grades) if holds else 0
    if not students:
        return None
    groups = -(-students // holds)
    first = (students - holds * (groups - 1)) * price.price
    return Paid(price.slot, grades, first, price.price, first * groups)


def _holds(facts: Facts, slot: str, grades: Grades) -> int:
    if slot not in facts.school.slot:
        return 0
    return facts.groups.holds(slot, frozenset(facts.in_care_at(facts.school.slot[slot])), grades)
