"""Places in base care, as they change hands when seats do."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from models import CareGroup, CareStaffLock, Plan, School
from optimizer.checks import cross_grade, rooms, staffing


class Change(NamedTuple):
    """A student who leaves base care at a slot, or comes back to it."""

    student: str
    slot: str
    comes: bool


Places = dict[tuple[str, str], str | None]
"""By student and slot: the care group that he is in from now on, None where he leaves."""


class CarePlaces:
    """Who is in which care group, and how those who come back can be placed."""

    def __init__(self, school: School, plan: Plan) -> None:
        self.school = school
        self.group = {g.id: g for g in sorted(plan.care_groups, key=lambda g: g.id)}
        self.members = {g.id: set(g.students) for g in self.group.values()}
        self.at: dict[tuple[str, str], str] = {}
        self._groups_at: dict[str, list[str]] = defaultdict(list)
        for group in self.group.values():
            self._groups_at[group.slot].append(group.id)
            for student in group.students:
                self.at[student, group.slot] = group.id
        locks = [lock for lock in school.locks if isinstance(lock, CareStaffLock)]
        self._locks = {(lock.teacher, lock.slot) for lock in locks}
        self._order: dict[tuple[str, frozenset[int]], bool] = {}
        self._free: dict[tuple[int, str], bool] = {}

    def is_free(self, grade: int, slot: str) -> bool:
        """Tell whether one more student of the grade could be placed as things stand."""
        if (grade, slot) not in self._free:
            self._free[grade, slot] = any(
                len(self.members[group]) < self._capacity(group)
                and self._orderly(self.group[group], self._grades(group) | {grade})
                for group in self._groups_at[slot]
            )
        return self._free[grade, slot]

    def stuck(self, student: str, slot: str) -> bool:
        """Tell whether base care is out of order when he leaves and nobody takes his place."""
        group = self.at.get((student, slot))
        return group is not None and not self._in_order(group, self.members[group] - {student})

    def arranged(self, changes: Iterable[Change]) -> Places | None:
        """Place everyone who comes back; None where some group would be out of order.

        Whoever comes back takes the place of one of his grade who leaves at that slot, a class
        mate's first; else any place that is free.
        """
        by_slot: dict[str, list[Change]] = defaultdict(list)
        for change in changes:
            by_slot[change.slot].append(change)
        found: Places = {}
        for slot, here in by_slot.items():
            placed = self._at_slot(slot, here)
            if placed is None:
                return None
            found |= placed
        return found

    def _at_slot(self, slot: str, changes: list[Change]) -> Places | None:
        comes = sorted(c.student for c in changes if c.comes)
        leaves = sorted(c.student for c in changes if not c.comes and (c.student, slot) in self.at)
        found: Places = dict.fromkeys(((student, slot) for student in leaves), None)
        after = {
            group: set(self.members[group]).difference(leaves) for group in self._groups_at[slot]
        }
        rest = []
        for student in comes:
            place = self._handed_on(student, slot, leaves)
            if place is None:
                rest.append(student)
                continue
            leaves.remove(place)
            group = self.at[place, slot]
            after[group].add(student)
            found[student, slot] = group
        touched = {self.at[student, slot] for student in leaves}
        placed = self._placed(rest, after, touched)
        if placed is None:
            return None
        return found | {(student, slot): group for student, group in placed.items()}

    def _grades(self, group: str) -> frozenset[int]:
        return frozenset(self.school.grade_of[s] for s in self.members[group])

    def _handed_on(self, student: str, slot: str, leaves: list[str]) -> str | None:
        """Choose who hands his place on to a student: of his grade, best one who could not go."""
        school = self.school
        grade, home = school.grade_of[student], school.student[student].home_class
        mates = [s for s in leaves if school.grade_of[s] == grade]
        return min(
            mates,
            key=lambda s: (not self.stuck(s, slot), school.student[s].home_class != home, s),
            default=None,
        )

    def _placed(
        self, students: list[str], after: Mapping[str, set[str]], touched: set[str]
    ) -> dict[str, str] | None:
        """Place the others where there is room, one after the other; go back where that fails."""
        if not students:
            held = all(self._in_order(group, after[group]) for group in touched)
            return {} if held else None
        first, *others = students
        for group in self._fitting(first, after):
            after[group].add(first)
            placed = self._placed(others, after, touched | {group})
            after[group].remove(first)
            if placed is not None:
                return {first: group} | placed
        return None

    def _fitting(self, student: str, after: Mapping[str, set[str]]) -> list[str]:
        """List the groups with a place left, the one with most of his class first."""
        homes = self.school.student
        home = homes[student].home_class
        free = [group for group in after if len(after[group]) < self._capacity(group)]
        mates = {g: sum(homes[s].home_class == home for s in after[g]) for g in free}
        return sorted(free, key=lambda g: (-mates[g], g))

    def _capacity(self, group: str) -> int:
        room = self.school.room[self.group[group].room]
        return min(self.school.settings.base_care.max_size, room.seats)

    def _in_order(self, group: str, students: Collection[str]) -> bool:
        grades = frozenset(self.school.grade_of[s] for s in students)
        if (group, grades) not in self._order:
            self._order[group, grades] = self._orderly(self.group[group], grades)
        return self._order[group, grades]

    def _orderly(self, group: CareGroup, grades: frozenset[int]) -> bool:
        """Tell whether a group of these grades is as the rules want it; one of none ends."""
        school, care = self.school, self.school.settings.base_care
        if not grades:
            return not any((teacher, group.slot) in self._locks for teacher in group.staff)
        allowed = staffing.rota(school, grades)
        ordered = sorted(grades)
        return (
            cross_grade.spans(ordered) <= care.grade_span
            and (care.mix_stages or len(cross_grade.stages_in(school, ordered)) == 1)
            and rooms.suits_care(school, school.room[group.room], grades)
            and (allowed is None or allowed.issuperset(group.staff))
        )

    def move(self, places: Places) -> None:
        """Let students leave and come back as arranged; a group without any is gone."""
        for (student, slot), group in places.items():
            left = self.at.pop((student, slot), None)
            if left is not None:
                self.members[left].remove(student)
            if group is not None:
                self.members[group].add(student)
                self.at[student, slot] = group
        for slot in {slot for _, slot in places}:
            for group in [g for g in self._groups_at[slot] if not self.members[g]]:
                self._groups_at[slot].remove(group)
                del self.members[group], self.group[group]
            for grade in self.school.grades:
                self._free.pop((grade, slot), None)
