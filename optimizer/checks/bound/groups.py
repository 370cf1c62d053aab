"""Which care groups there could be."""

from functools import cache
from itertools import combinations

from models import CareRooms, Room, School, Slot
from optimizer.checks import content, hours
from optimizer.checks.cross_grade import spans, stages_in
from optimizer.checks.rooms import suits_care
from optimizer.checks.staffing import on_rota

Grades = frozenset[int]


class Groups:
    """The care groups that a school could have."""

    def __init__(self, school: School) -> None:
        self.school = school
        care = school.settings.base_care
        self.grades_matter = care.rooms is CareRooms.OWN_GRADE or bool(
            on_rota(school, school.grades)
        )
        """Whether rooms or supervisors hang on which grades are in a group."""
        self.sets, self.rooms, self.admits = cache(self._sets), cache(self._rooms), cache(self._may)

    def _may(self, slot: Slot, grade: int) -> bool:
        """Tell whether the policy lets a grade be in base care at a slot."""
        return not any(content.care_bans(self.school, slot, grade)) and not any(
            hours.slot_bans(self.school, slot, grade)
        )

    def _sets(self, present: Grades) -> list[Grades]:
        """Give the largest sets of grades that may share a group, or each set where it matters."""
        care = self.school.settings.base_care
        windows = [
            frozenset(
                g
                for g in present
                if low <= g
                and spans((low, g)) <= care.grade_span
                and (care.mix_stages or len(stages_in(self.school, (low, g))) == 1)
            )
            for low in sorted(present)
        ]
        if not self.grades_matter:
            return [w for w in windows if not any(w < other for other in windows)]
        sets = (
            frozenset(chosen)
            for window in windows
            for size in range(1, len(window) + 1)
            for chosen in combinations(sorted(window), size)
        )
        return list(dict.fromkeys(sets))

    def _rooms(self, slot: str, grades: Grades) -> list[Room]:
        """Give the rooms that a group of some grades could be in."""
        return [
            room
            for room in self.school.rooms
            if room.available(slot)
            and (room.care_room or self.school.home_room_grades.get(room.id))
            and suits_care(self.school, room, grades)
        ]

    def holds(self, slot: str, present: Grades, grades: Grades) -> int:
        """Give the most students that a group with any of some grades holds; 0 without a group."""
        rooms = (
            room
            for chosen in self.sets(present)
            if not chosen.isdisjoint(grades)
            for room in self.rooms(slot, chosen)
        )
        most = self.school.settings.base_care.max_size
        return min(most, max((room.seats for room in rooms), default=0))
