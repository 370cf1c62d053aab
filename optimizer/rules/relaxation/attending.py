"""Who can attend which offer: the rules' ``forbids_seat``, worked out once for all students.

What a rule forbids hangs on the student's grade or on the slots he offers, so the first is asked of
one student a grade, and the second is a comparison of bits.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property, reduce
from operator import or_
from types import MappingProxyType
from typing import NamedTuple

from models import FAMILIES, Family, School, Student
from optimizer.rules.context import Offer

Forbids = Callable[[School, Student, Offer], bool]
"""A rule's ``forbids_seat``."""


class Kind(NamedTuple):
    """What decides which offers a student can attend: grade, and slots as bits."""

    grade: int
    usable: int
    stays: int


class Numbers(NamedTuple):
    """How many students there are for seats."""

    able: dict[tuple[int, int], int]
    """(grade, offer): students who could have a seat there."""
    takers: dict[tuple[int, str], int]
    """(grade, course): students who could have a seat in it."""


class Attending:
    """Answers which offers a student can attend; for one school, its offers and the rules kept."""

    def __init__(
        self,
        school: School,
        offers: Iterable[Offer],
        families: Iterable[Family] = FAMILIES,
        forbids: Mapping[Family, Forbids] = MappingProxyType({}),
    ) -> None:
        self.school = school
        self.families = frozenset(families)
        asked = self.families - {"attendance"}  # of each student, in bits
        self._forbids = [forbid for family, forbid in forbids.items() if family in asked]
        self.bit = {slot.id: 1 << n for n, slot in enumerate(school.slots)}
        self.offers = tuple(offers)
        self.masks = [self.mask(offer.slots) for offer in self.offers]
        self._by_course: dict[str, list[Offer]] = {}
        self._reached: dict[tuple[Kind, str], int] = {}
        for offer in self.offers:
            self._by_course.setdefault(offer.course, []).append(offer)

    def mask(self, slots: Iterable[str]) -> int:
        """Give slots as bits."""
        return sum(self.bit[slot] for slot in slots)

    @cached_property
    def overlapping(self) -> dict[str, int]:
        """For each slot, the other slots that meet it on the clock, as bits."""
        slots = self.school.slots
        return {
            a.id: self.mask(b.id for b in slots if b.id != a.id and a.overlaps(b)) for a in slots
        }

    @cached_property
    def _beside(self) -> list[int]:
        """For each offer, the slots that its own meet on the clock, as bits, without its own."""
        if not {"clash", "attendance"} <= self.families:
            return [0] * len(self.offers)
        found = []
        for offer, mask in zip(self.offers, self.masks, strict=True):
            beside = 0
            for slot in offer.slots:
                beside |= self.overlapping[slot]
            found.append(beside & ~mask)
        return found

    @cached_property
    def _open_to(self) -> dict[int, frozenset[int]]:
        """Offers that no rule closes to a grade, by grade."""
        school = self.school
        # Whether a student is excluded is not asked here: of a grade's students one who is not.
        excluded = sorted(school.students, key=lambda s: s.id not in school.excluded)
        samples = {school.grade_of[s.id]: s for s in excluded}
        return {
            grade: frozenset(
                offer.index
                for offer in self.offers
                if not any(forbid(school, student, offer) for forbid in self._forbids)
            )
            for grade, student in samples.items()
        }

    def usable(self, student: Student) -> int:
        """Give the slots at which the student can be in a section, as bits: those he offers."""
        if "attendance" not in self.families:
            return (1 << len(self.bit)) - 1
        return self.mask({*student.stay_slots, *student.club_slots})

    def kind(self, student: Student) -> Kind | None:
        """Give what the offers of a student hang on; None for one who has no seat anywhere."""
        excluded = student.id in self.school.excluded
        if excluded and "hours" in self.families:
            return None
        stays = 0 if excluded else self.mask(student.stay_slots)
        return Kind(self.school.grade_of[student.id], self.usable(student), stays)

    def offers_for(self, student: Student, course: str) -> list[Offer]:
        """Give the offers of a course that the student can attend.

        He offers their slots, and these meet no other slot at which he asked to stay, unless the
        section is there as well.
        """
        kind = self.kind(student)
        if kind is None:
            return []
        open_to = self._open_to[kind.grade]
        return [
            offer
            for offer in self._by_course.get(course, ())
            if offer.index in open_to
            and not self.masks[offer.index] & ~kind.usable
            and not self._beside[offer.index] & kind.stays
        ]

    def reach(self, student: Student, chosen: Collection[int]) -> int:
        """Give the slots at which the student could be in one of the chosen offers, as bits."""
        kind, courses = self.kind(student), list(self._by_course)
        if kind is None:
            return 0
        if "wishes" in self.families:
            courses = [wish.course for wish in self.school.wishes_of[student.id]]
        reached = 0
        for course in courses:
            key = kind, course
            if key not in self._reached:
                offers = self.offers_for(student, course)
                masks = (self.masks[o.index] for o in offers if o.index in chosen)
                self._reached[key] = reduce(or_, masks, 0)
            reached |= self._reached[key]
        return reached

    def numbers(self, chosen: Collection[int]) -> Numbers:
        """Count the students for seats in the chosen offers: those who wish, if that matters."""
        kinds = {student.id: self.kind(student) for student in self.school.students}
        everyone = Counter(kind for kind in kinds.values() if kind is not None)
        able: dict[tuple[int, int], int] = {}
        takers: Counter[tuple[int, str]] = Counter()
        for course, offers in self._by_course.items():
            wishing = everyone
            if "wishes" in self.families:
                wished = (kinds[w.student] for w in self.school.wishes_for[course])
                wishing = Counter(kind for kind in wished if kind is not None)
            groups: dict[tuple[int, int], list[int]] = defaultdict(list)
            for index in (o.index for o in offers if o.index in chosen):
                groups[self.masks[index], self._beside[index]].append(index)
            for kind, count in wishing.items():
                fitting = [
                    indices
                    for (mask, beside), indices in groups.items()
                    if not mask & ~kind.usable and not beside & kind.stays
                ]
                mine = [i for indices in fitting for i in indices if i in self._open_to[kind.grade]]
                for index in mine:
                    able[kind.grade, index] = able.get((kind.grade, index), 0) + count
                takers[kind.grade, course] += count if mine else 0
        return Numbers(able, dict(takers))
