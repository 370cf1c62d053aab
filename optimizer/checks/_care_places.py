"""Places in base care, as they change hands when seats do."""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable
from typing import NamedTuple

from models import CareGroup, CareStaffLock, Plan, School
from optimizer.checks import cross_grade, rooms, staffing
from optimizer.checks._placing import Comer, Group, Placing


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
        self._could: dict[tuple[str, frozenset[int], frozenset[int]], bool] = {}
        self._now: dict[str, Group] = {}
        self._counts: dict[str, Counter[int]] = {}
        self._kinds: dict[str, Hashable] = {}
        self._homerooms: dict[str, set[int]] = defaultdict(set)
        for home in school.classes:
            if home.homeroom_teacher is not None:
                self._homerooms[home.homeroom_teacher].add(home.grade)
        self._has_rota = bool(staffing.on_rota(school, school.grades))

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
        if group is None:
            return False
        grade, counts = self.school.grade_of[student], self._counted(group)
        there = frozenset(counts)
        return not self._ordered(group, there if counts[grade] > 1 else there - {grade})

    def _counted(self, group: str) -> Counter[int]:
        """Count who is in a group, by grade."""
        if group not in self._counts:
            self._counts[group] = Counter(self.school.grade_of[s] for s in self.members[group])
        return self._counts[group]

    def arranged(self, changes: Iterable[Change], tries: int) -> tuple[Places | None, int]:
        """Place everyone who comes back; None where some group would be out of order.

        Whoever comes back takes the place of one of his grade who leaves at that slot, a class
        mate's first; else any place that is free. Only so much is tried as said, and how much was
        is given as well.
        """
        by_slot: dict[str, list[Change]] = defaultdict(list)
        for change in changes:
            by_slot[change.slot].append(change)
        found: Places = {}
        tried = 0
        for slot, here in by_slot.items():
            placed, more = self._at_slot(slot, here, tries - tried)
            tried += more
            if placed is None:
                return None, tried
            found |= placed
        return found, tried

    def _at_slot(self, slot: str, changes: list[Change], tries: int) -> tuple[Places | None, int]:
        comes = sorted(c.student for c in changes if c.comes)
        leaves = sorted(c.student for c in changes if not c.comes and (c.student, slot) in self.at)
        found: Places = dict.fromkeys(((student, slot) for student in leaves), None)
        after = {self.at[s, slot]: set(self.members[self.at[s, slot]]) for s in leaves}
        for student in leaves:
            after[self.at[student, slot]].remove(student)
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
        if not rest:
            held = all(self._in_order(group, after[group]) for group in touched)
            return (found if held else None), 0
        groups = {group: self._as_now(group) for group in self._groups_at[slot]}
        for group, members in after.items():
            groups[group] = self._as_group(group, members, left=group in touched)
        placing = Placing(groups, self._can_be, tries)
        homes, grades = self.school.student, self.school.grade_of
        placed = placing.place([Comer(s, grades[s], homes[s].home_class) for s in rest])
        if placed is None:
            return None, placing.tried
        placed_at = {(student, slot): group for student, group in placed.items()}
        return found | placed_at, placing.tried

    def _as_now(self, group: str) -> Group:
        if group not in self._now:
            self._now[group] = self._as_group(group, self.members[group], left=False)
        return self._now[group]

    def _as_group(self, group: str, students: Collection[str], *, left: bool) -> Group:
        grades = frozenset(self.school.grade_of[s] for s in students)
        mates = Counter(self.school.student[s].home_class for s in students)
        free = self._capacity(group) - len(students)
        return Group(self._kind(group), free, grades, left, mates)

    def _kind(self, group: str) -> Hashable:
        """Give what decides of which grades a group may be: who keeps it, and whose room it has."""
        if group not in self._kinds:
            self._kinds[group] = self._find_kind(self.group[group])
        return self._kinds[group]

    def _find_kind(self, group: CareGroup) -> Hashable:
        school = self.school
        staff = (frozenset(self._homerooms[t]) for t in group.staff)
        anywhere = rooms.suits_care(school, school.room[group.room], ())
        return (
            frozenset(staff) if self._has_rota else None,
            None if anywhere else school.home_room_grades.get(group.room),
            any((teacher, group.slot) in self._locks for teacher in group.staff),
        )

    def _grades(self, group: str) -> frozenset[int]:
        return frozenset(self._counted(group))

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

    def _capacity(self, group: str) -> int:
        room = self.school.room[self.group[group].room]
        return min(self.school.settings.base_care.max_size, room.seats)

    def _in_order(self, group: str, students: Collection[str]) -> bool:
        return self._ordered(group, frozenset(self.school.grade_of[s] for s in students))

    def _ordered(self, group: str, grades: frozenset[int]) -> bool:
        if (group, grades) not in self._order:
            self._order[group, grades] = self._orderly(self.group[group], grades)
        return self._order[group, grades]

    def _can_be(self, group: str, grades: frozenset[int], rest: frozenset[int]) -> bool:
        """Tell whether a group of these grades is in order with none, some or all of the rest.

        Whose room it is and who keeps it may be right only with more grades in it.
        """
        key = group, grades, rest
        if key not in self._could:
            self._could[key] = self._ordered(group, grades) or (
                self._narrow(grades)
                and any(self._can_be(group, grades | {g}, rest - {g}) for g in rest - grades)
            )
        return self._could[key]

    def _narrow(self, grades: Collection[int]) -> bool:
        """Tell whether students of these grades may share a group; with more they may not."""
        school, care, ordered = self.school, self.school.settings.base_care, sorted(grades)
        return cross_grade.spans(ordered) <= care.grade_span and (
            care.mix_stages or len(cross_grade.stages_in(school, ordered)) <= 1
        )

    def _orderly(self, group: CareGroup, grades: frozenset[int]) -> bool:
        """Tell whether a group of these grades is as the rules want it; one of none ends."""
        school = self.school
        if not grades:
            return not any((teacher, group.slot) in self._locks for teacher in group.staff)
        return (
            self._narrow(grades)
            and rooms.suits_care(school, school.room[group.room], grades)
            and staffing.rota_suits(school, grades, group.staff)
        )

    def move(self, places: Places) -> None:
        """Let students leave and come back as arranged; a group without any is gone."""
        for (student, slot), group in places.items():
            left = self.at.pop((student, slot), None)
            if left is not None:
                self.members[left].remove(student)
                self._now.pop(left, None)
                self._counts.pop(left, None)
            if group is not None:
                self._now.pop(group, None)
                self._counts.pop(group, None)
                self.members[group].add(student)
                self.at[student, slot] = group
        for slot in {slot for _, slot in places}:
            for group in [g for g in self._groups_at[slot] if not self.members[g]]:
                self._groups_at[slot].remove(group)
                del self.members[group], self.group[group]
            for grade in self.school.grades:
                self._free.pop((grade, slot), None)
