"""Where everyone stands in a plan, and what keeps a student from one more seat."""

from collections.abc import Iterable
from functools import cache

from models import CareGroup, CareStaffLock, Plan, School, SeatLock, Section, Wish
from optimizer.checks import content, cross_grade, hours, rooms, staffing
from optimizer.checks.base import care_of, grades_in, seats_of


class Standing:
    """Who holds what in a plan, looked up fast; for one plan of one school."""

    def __init__(self, school: School, plan: Plan) -> None:
        self.school = school
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
        self._day_limits = {g: hours.day_limits(school, g) for g in school.grades}
        self._grades = {s.id: grades_in(school, s) for s in plan.sections}
        # Many students offer the same slots, and many courses have the same bans.
        self._usable_of = cache(self._usable)
        self._usable_at = cache(self._usable_for)
        self._admitted_to = cache(self._admitted)

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
        admitted = self._admitted_to(course, self.school.grade_of[student])
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
            if not any(hours.slot_bans(self.school, slot[name], grade))
            and not any(slot[name].overlaps(slot[s]) for s in stay if s != name)
        )

    def usable_for(self, student: str, course: str) -> frozenset[str]:
        """Give the slots at which he can be in a course: where the policy allows its content."""
        return self._usable_at(course, self.school.grade_of[student], self.usable(student))

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
        slot = self.school.slot
        return any(
            slot[mine].overlaps(slot[theirs])
            for held in self.seats[student]
            for mine in held.slots
            for theirs in section.slots
        )

    def full(self, section: Section) -> bool:
        """Tell whether the section has no free seat."""
        room, course = self.school.room[section.room], self.school.course[section.course]
        return len(section.students) >= min(course.max_size, room.seats)

    def admits_grade(self, student: str, section: Section) -> bool:
        """Tell whether the student's grade may join those in the section."""
        grades = [*self._grades[section.id], self.school.grade_of[student]]
        return cross_grade.may_mix(self.school, self.school.course[section.course], grades)

    def day_allows(
        self, student: str, gains: Iterable[Section] = (), gives_up: Iterable[Section] = ()
    ) -> bool:
        """Tell whether the policy's limits on a day hold after a change of seats.

        At slots that he gains he leaves base care, at slots that he gives up he returns to it
        where he asked to stay.
        """
        clauses = self._day_limits[self.school.grade_of[student]]
        if not clauses:
            return True
        lost = {s.id for s in gives_up}
        seats = [s for s in self.seats[student] if s.id not in lost] + list(gains)
        taken = {slot for section in seats for slot in section.slots}
        there = hours.stays(self.school, seats, ())
        there += [
            hours.care_stay(self.school.slot[slot])
            for slot in self.school.student[student].stay_slots
            if slot not in taken
        ]
        return not any(hours.over_day_limits(clauses, there))

    def can_leave_care(self, student: str, section: Section) -> bool:
        """Tell whether base care stays in order when the student leaves it for a section."""
        left = [g for g in self.care[student] if g.slot in section.slots]
        return all(self._in_order_without(student, group) for group in left)

    def _in_order_without(self, student: str, group: CareGroup) -> bool:
        school = self.school
        grades = {school.grade_of[s] for s in group.students if s != student}
        if not grades:  # The group ends, unless somebody is pinned to it.
            return not any((t, group.slot) in self._care_locks for t in group.staff)
        allowed = staffing.rota(school, grades)
        on_rota = allowed is None or allowed.issuperset(group.staff)
        return on_rota and rooms.suits_care(school, school.room[group.room], grades)
