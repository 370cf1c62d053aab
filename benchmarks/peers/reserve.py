"""What a planner keeps back for base care while he makes the timetable."""

from collections import defaultdict
from collections.abc import Iterable
from math import ceil
from statistics import median

from benchmarks.peers.bookings import Bookings
from models import School
from optimizer.ledger import pay_limit_fen, term_pay_fen
from optimizer.rules.rooms import suits_care

NEARLY = 1e-6


class Reserve:
    """How many students are expected in base care, and whether there is enough for them."""

    def __init__(self, school: School, bookings: Bookings) -> None:
        self.school = school
        self.bookings = bookings
        self.care = school.settings.base_care
        self.expected: dict[str, dict[int, float]] = {
            slot.id: dict.fromkeys(school.grades, 0.0) for slot in school.slots
        }
        for student in school.students:
            if student.id not in school.excluded:
                for slot in student.stay_slots:
                    self.expected[slot][school.grade_of[student.id]] += 1
        self._purse = pay_limit_fen(school)
        self._supervisors = [t for t in school.teachers if t.may_supervise and t.cleared]
        self._usual_pay = {
            slot.id: int(median([term_pay_fen(school, (slot.id,), t) for t in self._supervisors]))
            if self._supervisors
            else 0
            for slot in school.slots
        }

    def groups(self, slot: str) -> int:
        """Count the groups for those expected, neighbouring grades sharing what is left over."""
        count = 0
        spare: dict[int, int] = defaultdict(int)  # free seats by the highest grade they may go to
        for grade in self.school.grades:
            waiting = ceil(self.expected[slot][grade] - NEARLY)
            if waiting <= 0:
                continue
            for last in sorted(spare):
                if last >= grade:
                    used = min(spare[last], waiting)
                    spare[last] -= used
                    waiting -= used
            more = ceil(waiting / self.care.max_size)
            count += more
            spare[self._last(grade)] += more * self.care.max_size - waiting
        return count

    def _last(self, grade: int) -> int:
        """Give the highest grade that may share a group with this one as its lowest."""
        stage = self.school.stage_of(grade)
        return max(
            g
            for g in self.school.grades
            if grade <= g < grade + self.care.grade_span
            and (self.care.mix_stages or self.school.stage_of(g) == stage)
        )

    def suffices(self, slots: Iterable[str], pay_fen: int) -> bool:
        """Tell whether care is possible beside sections at these slots that cost so much in all."""
        groups = {slot.id: self.groups(slot.id) for slot in self.school.slots}
        needed = {slot: self.care.staff_needed * n for slot, n in groups.items()}
        if any(self._rooms(s) < groups[s] or self._people(s) < needed[s] for s in slots):
            return False
        if sum(self.bookings.periods_left(t) for t in self._supervisors) < sum(needed.values()):
            return False
        care_fen = sum(count * self._usual_pay[slot] for slot, count in needed.items())
        return self._purse is None or pay_fen + care_fen <= self._purse

    def _rooms(self, slot: str) -> int:
        return sum(
            suits_care(self.school, slot, room, ()) and self.bookings.is_free(room.id, (slot,))
            for room in self.school.rooms
        )

    def _people(self, slot: str) -> int:
        return sum(self.bookings.has_time(t, (slot,)) for t in self._supervisors)
