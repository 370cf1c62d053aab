"""Where everyone stands in a plan, and what keeps a student from one more seat."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import cache

from models import CareGroup, CareStaffLock, Plan, School, SeatLock, Section, Text, Wish
from optimizer.checks import content, cross_grade, hours, rooms, staffing
from optimizer.checks._days import care_stay, day_limits, over_day_limits, stays
from optimizer.checks._times import Times
from optimizer.checks.base import care_of, grades_in, seats_of


class Standing:
    """Who holds what in a plan, looked up fast; for one plan of one school."""

    def __init__(self, school: School, plan: Plan) -> None:
        self.school = school
        self.plan = plan
        self.seats = seats_of(school, plan)
        self.care = care_of(school, plan)
        self.open: dict[str, list[Section]] = {c.id: [] for c in school.courses}
        for section in plan.sections:
            self.open[section.course].append(section)
        self.wish = {(w.student, w.course): w for w in school.wishes}
        self.seat_locks = {
            (lock.student, lock.course): lock.granted
            for lock in school.locks
            if isinstance(lock, SeatLock)
        }
        self._care_locks = {
            (lock.teacher, lock.slot) for lock in school.locks if isinstance(lock, CareStaffLock)
        }
        self._care_at: dict[str, list[CareGroup]] = {slot.id: [] for slot in school.slots}
        for group in plan.care_groups:
            self._care_at[group.slot].append(group)
        self.care_grades = {
            group.id: Counter(school.grade_of[s] for s in group.students)
            for group in plan.care_groups
        }
        self.times = Times(school)
        self.mask = {s.id: self.times.mask(s.slots) for s in plan.sections}
        self._day_limits = {g: day_limits(school, g) for g in school.grades}
        self.grades = {s.id: grades_in(school, s) for s in plan.sections}
        # Many students offer the same slots, and many courses have the same bans.
        self._usable_of = cache(self._usable)
        self.usable_at = cache(self._usable_for)
        self.admits = cache(self._admitted)
        self._may_join = cache(self._grade_may_join)
        self._reach = cache(self._reach_of)
        self.care_takes = cache(self._care_takes)
        self._care_bans = cache(self._care_bans_of)
        self._any_day = cache(self._allows_any_day)

    def unmet(self, wish: Wish) -> bool:
        """Tell whether a wish was not granted although the student would have taken it."""
        ranks = []
        for section in self.seats[wish.student]:
            if section.course == wish.course:
                return False
            held = self.wish.get((wish.student, section.course))
            if held is not None and held.rank < wish.rank:
                ranks.append(held.rank)
        return len(ranks) < self.school.student[wish.student].max_clubs

    def eligible(self, student: str, course: str) -> bool:
        """Tell whether grade, policy and locks let the student into the course."""
        admitted = self.admits(course, self.school.grade_of[student])
        excluded = student in self.school.excluded
        return admitted and not excluded and self.seat_locks.get((student, course), True)

    def _admitted(self, course_id: str, grade: int) -> bool:
        course = self.school.course[course_id]
        return grade in course.grades and not content.barred_for(self.school, course, grade)

    def usable(self, student: str) -> frozenset[str]:
        """Give the slots at which the student can be in a club.

        He offers them, the policy's hours let his grade be there, and they do not overlap another
        slot at which he asked to stay.
        """
        him = self.school.student[student]
        return self._usable_of(him.stay_slots, him.club_slots, self.school.grade_of[student])

    def _usable(self, stay: tuple[str, ...], club: tuple[str, ...], grade: int) -> frozenset[str]:
        slot = self.school.slot
        return frozenset(
            name
            for name in (*stay, *club)
            if not any(hours.seat_bans(self.school, slot[name], grade))
            and not any(slot[name].overlaps(slot[s]) for s in stay if s != name)
        )

    def usable_for(self, student: str, course: str) -> frozenset[str]:
        """Give the slots at which he can be in a course: where the policy allows its content."""
        return self.usable_at(course, self.school.grade_of[student], self.usable(student))

    def _usable_for(self, course: str, grade: int, slots: frozenset[str]) -> frozenset[str]:
        school, about = self.school, self.school.course[course]
        if not about.content:
            return slots
        return frozenset(
            slot
            for slot in slots
            if not any(content.time_bans(school, about, grade, school.slot[slot]))
        )

    def could_be_there(self, student: str, section: Section) -> bool:
        """Tell whether the section meets only at slots that the student can use."""
        return self.usable_for(student, section.course).issuperset(section.slots)

    def clashes(self, student: str, section: Section) -> bool:
        """Tell whether the section meets at the time of a seat that the student holds."""
        return bool(self._reach(student) & self.mask[section.id])

    def _reach_of(self, student: str) -> int:
        return self.times.reach(slot for held in self.seats[student] for slot in held.slots)

    def clashing(self, student: str, section: Section) -> list[Section]:
        """Give the seats that the student holds at the time of the section."""
        mask, reach = self.mask[section.id], self.times.reach
        return [held for held in self.seats[student] if reach(held.slots) & mask]

    def full(self, section: Section) -> bool:
        """Tell whether the section has no free seat."""
        room, course = self.school.room[section.room], self.school.course[section.course]
        return len(section.students) >= min(course.max_size, room.seats)

    def admits_grade(self, student: str, section: Section) -> bool:
        """Tell whether the student's grade may join those in the section."""
        return self._may_join(section.id, section.course, self.school.grade_of[student])

    def _grade_may_join(self, section: str, course: str, grade: int) -> bool:
        grades = [*self.grades[section], grade]
        return cross_grade.may_mix(self.school, self.school.course[course], grades)

    def day_allows(
        self, student: str, gains: Iterable[Section] = (), gives_up: Iterable[Section] = ()
    ) -> bool:
        """Tell whether the policy's limits on a day hold after a change of seats."""
        return not self.over_day(student, gains, gives_up)

    def over_day(
        self, student: str, gains: Iterable[Section] = (), gives_up: Iterable[Section] = ()
    ) -> tuple[Text, ...]:
        """Say which of the policy's limits on a day a change of seats would exceed.

        At slots that he gains he leaves base care, at slots that he gives up he returns to it
        where he asked to stay.
        """
        lost = {s.id for s in gives_up}
        seats = [s for s in self.seats[student] if s.id not in lost]
        return self.over_day_with(student, [*seats, *gains])

    def allows_any_day(self, student: str) -> bool:
        """Tell whether no limit of the policy can be exceeded on his days, whatever his seats."""
        return self._any_day(self.school.student[student].stay_slots, self.school.grade_of[student])

    def _allows_any_day(self, stay: tuple[str, ...], grade: int) -> bool:
        barred = any(self._care_bans(slot, grade) for slot in stay)
        return not self._day_limits[grade] and not barred

    def over_day_with(self, student: str, seats: Sequence[Section]) -> tuple[Text, ...]:
        """Say which of the policy's limits on a day he would exceed with just these seats."""
        if self.allows_any_day(student):
            return ()
        grade = self.school.grade_of[student]
        taken = {slot for section in seats for slot in section.slots}
        care = [s for s in self.school.student[student].stay_slots if s not in taken]
        barred = tuple(why for slot in care for why in self._care_bans(slot, grade))
        limits = self._day_limits[grade]
        if not limits:
            return barred
        there = stays(self.school, seats, ())
        there += [care_stay(self.school.slot[slot]) for slot in care]
        return (*barred, *(why for _, why in over_day_limits(limits, there)))

    def _care_bans_of(self, slot: str, grade: int) -> tuple[Text, ...]:
        return content.care_bans(self.school, self.school.slot[slot], grade)

    def can_leave_care(self, student: str, section: Section) -> bool:
        """Tell whether base care stays in order when the student leaves it for a section."""
        grade = self.school.grade_of[student]
        left = (g for g in self.care[student] if g.slot in section.slots)
        return all(self.in_order(g, self.care_grades[g.id] - Counter({grade: 1})) for g in left)

    def in_order(self, group: CareGroup, left: Counter[int]) -> bool:
        """Tell whether a care group is in order with the students left in it, counted by grade."""
        if not left:  # The group ends, unless somebody is pinned to it.
            return not any((t, group.slot) in self._care_locks for t in group.staff)
        return self._suits(group, left.keys())

    def _suits(self, group: CareGroup, grades: Collection[int]) -> bool:
        """Tell whether a care group's room and staff are right for these grades."""
        right = staffing.rota_suits(self.school, grades, group.staff)
        return right and rooms.suits_care(self.school, self.school.room[group.room], grades)

    def _care_takes(self, slot: str, grade: int) -> bool:
        """Tell whether some care group at a slot has a place for one more student of a grade."""
        return any(self._takes(group, grade) for group in self._care_at[slot])

    def _takes(self, group: CareGroup, grade: int) -> bool:
        care, seats = self.school.settings.base_care, self.school.room[group.room].seats
        if len(group.students) >= min(care.max_size, seats):
            return False
        grades = {*self.care_grades[group.id], grade}
        narrow = cross_grade.spans(sorted(grades)) <= care.grade_span
        mixed = len(cross_grade.stages_in(self.school, sorted(grades))) > 1
        return narrow and (care.mix_stages or not mixed) and self._suits(group, grades)

    def could_join(self, student: str, section: Section) -> bool:
        """Tell whether a student could take a free seat, however many clubs he wanted."""
        return (
            not self.full(section)
            and not self.clashes(student, section)
            and all(held.course != section.course for held in self.seats[student])
            and self.eligible(student, section.course)
            and self.could_be_there(student, section)
            and self.admits_grade(student, section)
            and self.day_allows(student, gains=(section,))
            and self.can_leave_care(student, section)
        )
