"""Who can attend which offer: the rules' ``forbids_seat``, worked out once for all students.

What a rule forbids hangs on the student's grade or on the slots he offers, so the first is asked of
one student a grade, and the second is a comparison of bits.
"""

from collections.abc import Iterable
from functools import cached_property

from models import School, Student
from optimizer.rules import content, cross_grade, hours
from optimizer.rules.context import Offer


class Attending:
    """Answers which offers a student can attend; for one school and its offers."""

    def __init__(self, school: School, offers: Iterable[Offer]) -> None:
        self.school = school
        self.bit = {slot.id: 1 << n for n, slot in enumerate(school.slots)}
        self.offers = tuple(offers)
        self.masks = [self.mask(offer.slots) for offer in self.offers]
        self._by_course: dict[str, list[Offer]] = {}
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
    def _samples(self) -> dict[int, Student]:
        """One student of each grade who takes part."""
        school = self.school
        return {school.grade_of[s.id]: s for s in school.students if s.id not in school.excluded}

    @cached_property
    def _open_to(self) -> dict[int, frozenset[int]]:
        """Offers that no rule closes to a grade, by grade."""
        forbids = (cross_grade.forbids_seat, hours.forbids_seat, content.forbids_seat)
        return {
            grade: frozenset(
                offer.index
                for offer in self.offers
                if grade in self.school.course[offer.course].grades
                and not any(forbid(self.school, student, offer) for forbid in forbids)
            )
            for grade, student in self._samples.items()
        }

    def usable(self, student: Student) -> int:
        """Give the slots at which the student can be in a section, as bits.

        He offers them, and they meet no other slot at which he asked to stay, unless the section is
        there as well.
        """
        return self.mask({*student.stay_slots, *student.club_slots})

    def offers_for(self, student: Student, course: str) -> list[Offer]:
        """Give the offers of a course that the student can attend."""
        if student.id in self.school.excluded:
            return []
        open_to = self._open_to[self.school.grade_of[student.id]]
        usable = self.usable(student)
        stays = self.mask(student.stay_slots)
        return [
            offer
            for offer in self._by_course.get(course, ())
            if offer.index in open_to
            and not self.masks[offer.index] & ~usable
            and not any(
                self.overlapping[slot] & stays & ~self.masks[offer.index] for slot in offer.slots
            )
        ]
