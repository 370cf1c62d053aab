"""Which people and rooms are taken when."""

from collections import Counter
from collections.abc import Sequence

from models import School, Section, Teacher
from optimizer.rules.staffing import available


class Bookings:
    """Staff and rooms of the sections opened so far."""

    def __init__(self, school: School) -> None:
        self.school = school
        self._taken: set[tuple[str, str]] = set()
        """(person or room, slot), with the slots that overlap it."""
        self._week: Counter[str] = Counter()
        self._day: Counter[tuple[str, int]] = Counter()
        self._at_once = {
            slot.id: [other.id for other in school.slots if other.overlaps(slot)]
            for slot in school.slots
        }

    def book(self, section: Section, sign: int = 1) -> None:
        """Take what a section needs; with sign -1 give it back."""
        names = (section.room, *section.staff)
        at = {(n, other) for n in names for slot in section.slots for other in self._at_once[slot]}
        if sign > 0:
            self._taken |= at
        else:
            self._taken -= at
        for person in section.staff:
            for slot in section.slots:
                self._week[person] += sign
                self._day[person, self.school.slot[slot].weekday] += sign

    def is_free(self, name: str, slots: Sequence[str]) -> bool:
        """Tell whether a person or room is not taken at any of the slots."""
        return not any((name, slot) in self._taken for slot in slots)

    def periods_left(self, teacher: Teacher) -> int:
        """Give the periods a week that a person may still work."""
        return teacher.max_periods_week - self._week[teacher.id]

    def has_time(self, teacher: Teacher, slots: Sequence[str]) -> bool:
        """Tell whether a person may and can work at the slots besides what is booked."""
        days = Counter(self.school.slot[slot].weekday for slot in slots)
        return (
            available(tuple(slots), teacher)
            and self.is_free(teacher.id, slots)
            and self.periods_left(teacher) >= len(slots)
            and all(
                self._day[teacher.id, day] + more <= teacher.max_periods_day
                for day, more in days.items()
            )
        )
