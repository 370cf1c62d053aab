"""Which staff and rooms are free, and whether enough is left of them, and of money, for base care.

What is said of base care is an estimate, made to be quick: at each slot as many groups as those who
wait need, neighbouring grades sharing, each with a room and staff of the usual pay. The exact model
has the last word (``closing``).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import median_low

import numpy as np
from numpy.typing import NDArray

from models import Cost, Course, Room, School, Section, StaffKind, Teacher
from optimizer.ledger.tariffs import budget_limits, pay_costs
from optimizer.rules.content import provider_barred
from optimizer.rules.cross_grade import care_bands
from optimizer.rules.rooms import suits_care, suits_course

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
NEARLY = 1e-9


class Resources:
    """Staff, rooms and money beside the sections opened so far.

    Shapes: T staff, R rooms, K slots, L limits on pay.
    """

    def __init__(self, school: School, reach: Bools) -> None:
        self.school, self.reach = school, reach
        self.slot = {slot.id: n for n, slot in enumerate(school.slots)}
        self.day = np.array([slot.weekday for slot in school.slots], np.int64)
        self.person = {t.id: n for n, t in enumerate(school.teachers)}
        self.room = {r.id: n for n, r in enumerate(school.rooms)}
        self.there = np.array([self._times(t) for t in school.teachers], np.bool_).reshape(
            len(self.person), len(self.slot)
        )
        self.busy = np.zeros(self.there.shape, np.int64)
        self.used = np.zeros((len(self.room), len(self.slot)), np.int64)
        """(T, K) and (R, K): sections that keep somebody, or a room, from a slot."""
        self.week = np.array([t.max_periods_week for t in school.teachers], np.int64)
        self.days = np.repeat(
            np.array([[t.max_periods_day] for t in school.teachers], np.int64).reshape(-1, 1),
            8,
            axis=1,
        )
        """(T, 8): periods left by weekday."""
        self.limits = budget_limits(school)
        self.spent = np.zeros(len(self.limits), np.int64)
        self._supervisors = np.array([t.may_supervise for t in school.teachers], np.bool_)
        self._care_rooms = np.array(
            [[suits_care(school, s.id, r, ()) for s in school.slots] for r in school.rooms],
            np.bool_,
        ).reshape(self.used.shape)
        self._usual_pay()
        self._suiting: dict[tuple[str, tuple[str, ...]], list[int]] = {}
        """By course and slots: the rooms that suit, free or not."""
        self.leads = Counter(t for course in school.courses for t in course.leaders)

    def _times(self, teacher: Teacher) -> list[bool]:
        """Tell at which slots the person may work."""
        if not teacher.cleared or provider_barred(self.school, teacher.provider):
            return [False] * len(self.slot)
        return [teacher.available(slot.id) for slot in self.school.slots]

    def _usual_pay(self) -> None:
        """Set what one supervisor usually costs at a slot, by limit: (L, K)."""
        found = np.zeros((len(self.limits), len(self.slot)), np.int64)
        for k, slot in enumerate(self.school.slots):
            able = [
                teacher
                for n, teacher in enumerate(self.school.teachers)
                if teacher.may_supervise and self.there[n, k]
            ]
            costs = [pay_costs(self.school, (slot.id,), teacher) for teacher in able]
            for n, limit in enumerate(self.limits):
                sums = [sum(cost[c] for c in cost if c in limit.costs) for cost in costs]
                found[n, k] = median_low(sums) if sums else 0
        self._care_pay = found

    def pay(self, staff: Iterable[str], slots: Sequence[str]) -> Ints:
        """Give what people cost at some slots, by limit: (L,)."""
        cost: Counter[Cost] = Counter()
        for name in staff if self.limits else ():
            cost.update(pay_costs(self.school, slots, self.school.teacher[name]))
        sums = [sum(cost[c] for c in cost if c in limit.costs) for limit in self.limits]
        return np.array(sums, np.int64)

    def staff(self, course: Course, slots: Sequence[str], named: str | None) -> list[str] | None:
        """Choose who leads a section at these slots: own staff first, then who leads little else.

        Parameters
        ----------
        named
            Who has to be among them, if anybody.
        """
        at = [self.slot[slot] for slot in slots]
        able = [name for name in course.leaders if self._has_time(self.person[name], at)]
        if len(able) < course.staff_needed or (named is not None and named not in able):
            return None

        def order(name: str) -> tuple[bool, bool, int, int, str]:
            own = self.school.teacher[name].kind is StaffKind.OWN
            return (
                name != named,
                not own,
                self.leads[name],
                -int(self.week[self.person[name]]),
                name,
            )

        return sorted(able, key=order)[: course.staff_needed]

    def _has_time(self, person: int, at: Sequence[int]) -> bool:
        if self.week[person] < len(at) or not self.there[person, at].all():
            return False
        if self.busy[person, at].any():
            return False
        days = Counter(self.day[at].tolist())
        return all(self.days[person, day] >= count for day, count in days.items())

    def rooms(self, course: Course, slots: Sequence[str]) -> list[Room]:
        """List the free rooms for a section: those first that base care cannot use."""
        at = [self.slot[slot] for slot in slots]
        key = course.id, tuple(slots)
        if key not in self._suiting:
            self._suiting[key] = [
                n
                for n, room in enumerate(self.school.rooms)
                if room.seats >= course.min_size and suits_course(course, key[1], room)
            ]
        suiting = np.array(self._suiting[key], np.int64)
        free = suiting[~self.used[suiting][:, at].any(axis=1)]
        found = [self.school.rooms[n] for n in free.tolist()]

        def order(room: Room) -> tuple[int, bool, int, str]:
            seats = min(room.seats, course.max_size)
            return -seats, bool(self._care_rooms[self.room[room.id], at].any()), room.seats, room.id

        return sorted(found, key=order)

    def book(self, section: Section, sign: int = 1) -> None:
        """Take what a section needs; with sign -1 give it back."""
        at = [self.slot[slot] for slot in section.slots]
        near = self.reach[at].sum(axis=0)
        self.used[self.room[section.room]] += sign * near
        self.spent += sign * self.pay(section.staff, section.slots)
        for name in section.staff:
            n = self.person[name]
            self.busy[n] += sign * near
            self.week[n] -= sign * len(at)
            np.subtract.at(self.days[n], self.day[at], sign)

    def lack(self, groups: Ints) -> NDArray[np.float64]:
        """Say what so many care groups at each slot lack: rooms, people, hours and money in all.

        Returns
        -------
        (2 K + 1 + L,)
        """
        needed = groups * self.school.settings.base_care.staff_needed
        rooms = (self._care_rooms & (self.used == 0)).sum(axis=0)
        idle = self.there & (self.busy == 0) & (self.days[:, self.day] > 0)
        idle &= (self._supervisors & (self.week > 0))[:, None]
        hours = np.minimum(self.week, idle.sum(axis=1)).sum()
        money = self.spent + (self._care_pay * needed).sum(axis=1)
        most = np.array([limit.limit_fen for limit in self.limits], np.int64)
        found = [groups - rooms, needed - idle.sum(axis=0), [needed.sum() - hours], money - most]
        lack: NDArray[np.float64] = np.maximum(0.0, np.concatenate(found))
        return lack


class Waiting:
    """Who is left in base care: (K, G) students by slot and grade, and the groups they need."""

    def __init__(self, school: School) -> None:
        self.school = school
        self.slot = {slot.id: n for n, slot in enumerate(school.slots)}
        self.grade = {grade: n for n, grade in enumerate(school.grades)}
        self.count = np.zeros((len(self.slot), len(self.grade)), np.int64)
        for student in school.students:
            if student.id not in school.excluded:
                for slot in student.stay_slots:
                    self.count[self.slot[slot], self.grade[school.grade_of[student.id]]] += 1
        self._most = school.settings.base_care.max_size
        self._last = self._shares()
        self.groups = np.array([self._groups(row) for row in self.count], np.int64)

    def _shares(self) -> list[int]:
        """Give for each grade the highest that may share a group whose lowest it is."""
        bands = care_bands(self.school)
        return [
            max(self.grade[g] for band in bands if grade in band for g in band if g >= grade)
            for grade in self.school.grades
        ]

    def _groups(self, row: Ints) -> int:
        """Count groups, what a grade leaves free going to its upper neighbours."""
        count = 0
        spare = [0] * len(row)
        for grade, here in enumerate(row.tolist()):
            waiting = here
            for last in range(grade, len(row)):
                used = min(spare[last], waiting)
                spare[last] -= used
                waiting -= used
            if waiting > 0:
                more = -(-waiting // self._most)
                count += more
                spare[self._last[grade]] += more * self._most - waiting
        return count

    def leave(self, student: str, slots: Iterable[str], sign: int = 1) -> None:
        """Let a student leave base care, where he is in it; with sign -1 let him come back."""
        stays = self.school.student[student].stay_slots
        grade = self.grade[self.school.grade_of[student]]
        for slot in slots:
            if slot in stays:
                self.count[self.slot[slot], grade] -= sign

    def count_groups(self, slots: Iterable[str]) -> None:
        """Count the groups anew at some slots."""
        for slot in slots:
            n = self.slot[slot]
            self.groups[n] = self._groups(self.count[n])
