"""Who could deal with whom, and at which prices."""

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from models import UNIT, Prices, SectionLock, Wish
from optimizer.checks.bound.facts import Facts
from optimizer.checks.bound.groups import Grades
from optimizer.checks.bound.learning import Looks, Slots
from optimizer.checks.bound.paid import Paid, certain, saving

Kind = tuple[str, Slots, Grades]
"""A course, the slots of a section, and the grades that may be in it."""
MOST_LOCKS = 4
"""Locks of a course whose prices count; each set of them is tried on each section."""


class Option(NamedTuple):
    """A kind of section that a student could be in."""

    mask: int
    reach: int
    """Its slots, and all that meet them."""
    gain: int
    """What he gains by it, points apart."""
    course: str
    slots: Slots
    grades: Grades


class Trade:
    """A school's facts, and prices."""

    def __init__(self, facts: Facts, prices: Prices) -> None:
        self.school, self.facts, self.prices = facts.school, facts, prices
        self._options: dict[Looks, tuple[Option, ...]] = {}

    @cached_property
    def seat(self) -> dict[Kind, int]:
        """Prices of seats; the rest are free."""
        return {
            (course, frozenset(p.slots), frozenset(p.grades)): p.price
            for course, own in self.prices.seats.items()
            for p in own
        }

    @cached_property
    def care(self) -> dict[tuple[str, int], int]:
        """Prices of places in base care, by slot and grade."""
        return {(p.slot, p.grade): p.price for p in self.prices.care}

    def staff(self, person: str, slots: Slots) -> int:
        """Give what a person costs at some slots."""
        own = self.prices.staff.get(person)
        return sum(own.get(slot, 0) for slot in slots) if own else 0

    def room(self, room: str, slots: Slots) -> int:
        """Give what a room costs at some slots."""
        own = self.prices.rooms.get(room)
        return sum(own.get(slot, 0) for slot in slots) if own else 0

    @cached_property
    def locks(self) -> dict[str, dict[SectionLock, int]]:
        """Prices of locks on sections, by course."""
        found: dict[str, dict[SectionLock, int]] = {}
        for p in self.prices.locks:
            own = found.setdefault(p.lock.course, {})
            counts = p.lock in own or len(own) < MOST_LOCKS
            if counts and p.lock in self.school.locks:
                own[p.lock] = own.get(p.lock, 0) + p.price
        return {c: own for c, own in found.items() if not self.facts.prospects.unknown(c)}

    def points(self, points: int) -> int:
        """Give points in units."""
        return points * UNIT

    def opening(self, wish: Wish) -> int:
        """Give what a student pays for the course to be opened, besides his seat."""
        if self.facts.prospects.unknown(wish.course):
            return 0
        return self.prices.openings.get(wish.course, {}).get(wish.student, 0)

    def options(self, wish: Wish, looks: Looks) -> tuple[Option, ...]:
        """Give a student's ways to have a seat in a course, the best first."""
        if looks not in self._options:
            self._options[looks] = tuple(sorted(self._find_options(looks), key=_best_first))
        found, waits = self._options[looks], self.waits.get(wish.student)
        own = self._own_openings.get((wish.student, wish.course))
        if not waits and not own:
            return found
        return tuple(
            sorted((self._with_own(o, waits or {}, own or {}) for o in found), key=_best_first)
        )

    def _with_own(self, option: Option, waits: dict[str, int], own: dict[Kind, int]) -> Option:
        """Give an option with what only this student pays, or saves by it."""
        saved = sum(waits.get(slot, 0) for slot in option.slots)
        kind = option.course, option.slots, option.grades
        return option._replace(gain=option.gain + saved - own.get(kind, 0))

    def _find_options(self, looks: Looks) -> Iterator[Option]:
        course, grade = self.school.course[looks.course], looks.grade
        if self.facts.prospects.unknown(course.id):
            # As if it met whenever he likes, free of charge.
            gain = self._saved(looks, looks.stays)
            yield Option(0, 0, gain, course.id, looks.stays, frozenset())
            return
        bands = [band for band in self.facts.bands(course) if grade in band]
        for way in self.facts.attended(looks):
            saved = self._saved(looks, way.slots)
            mask, reach = self.facts.times.mask(way.slots), self.facts.times.reach(way.slots)
            for band in bands:
                gain = saved - self.seat.get((course.id, way.slots, band), 0)
                yield Option(mask, reach, gain, course.id, way.slots, band)

    def _saved(self, looks: Looks, slots: Slots) -> int:
        """Give what one of a grade saves who is in a section at some slots."""
        keys = [(slot, looks.grade) for slot in slots & looks.stays]
        saved = sum(self.care.get(key, 0) + self.paid_in_sections[key] for key in keys)
        return saved + self.facts.learning.freed(self.prices, looks, slots)

    @cached_property
    def openings(self) -> dict[Kind, dict[str, int]]:
        """What students pay for sections of just one kind."""
        return {
            (course, frozenset(p.slots), frozenset(p.grades)): p.openings
            for course, own in self.prices.seats.items()
            for p in own
            if p.openings
        }

    @cached_property
    def _own_openings(self) -> dict[tuple[str, str], dict[Kind, int]]:
        """The same by student and course."""
        found: dict[tuple[str, str], dict[Kind, int]] = {}
        for kind, prices in self.openings.items():
            for student, price in prices.items():
                found.setdefault((student, kind[0]), {})[kind] = price
        return found

    @cached_property
    def waits(self) -> dict[str, dict[str, int]]:
        """What students pay by the slots at which they stay and are in no section."""
        found: dict[str, dict[str, int]] = {}
        for slot, prices in self.prices.waits.items():
            for student, price in prices.items():
                if student in self.school.student and slot in self.facts.staying(student):
                    found.setdefault(student, {})[slot] = price
        return found

    @cached_property
    def paid(self) -> list[Paid]:
        """What is paid for care groups that must be, or are not saved."""
        found = [certain(self.facts, price) for price in self.prices.groups]
        found += [saving(self.facts, price) for price in self.prices.savings]
        return [paid for paid in found if paid is not None]

    @cached_property
    def paid_in_sections(self) -> Counter[tuple[str, int]]:
        """What students take in who stay at a slot and are in a section, by slot and grade."""
        found: Counter[tuple[str, int]] = Counter()
        for paid in self.paid:
            for grade in paid.grades:
                found[paid.slot, grade] += paid.student
        return found


def _best_first(option: Option) -> int:
    return -option.gain
