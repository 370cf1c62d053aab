"""What a school could hold at all: for each course the times, people, rooms and children for it.

Everything here is true of every plan, so that what no prospect allows no plan can have. It is
worked out from the rules' statements, course by course, and never looks at how courses get into
each other's way.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from functools import cached_property
from math import comb
from typing import NamedTuple

from models import CareStaffLock, Course, School, SeatLock, SectionCountLock, Slot, SlotUse
from optimizer.checks import content, hours
from optimizer.checks._patterns import weekly_patterns
from optimizer.checks._unfit import why_unfit
from optimizer.checks.cross_grade import may_mix

MOST_PATTERNS = 20_000
MOST_SLOTS = 60
"""Of a course with more of either nothing is concluded."""

Slots = frozenset[str]


class Way(NamedTuple):
    """A way to hold a section of a course: its slots, and who and what there is for it then."""

    slots: Slots
    staff: tuple[str, ...]
    rooms: tuple[str, ...]
    takers: tuple[str, ...]
    """Children who wish for the course and could come."""


class Prospects:
    """The ways to hold each course of a school."""

    def __init__(self, school: School) -> None:
        self.school = school
        self._ways: dict[str, list[Way]] = {}
        self._patterns: dict[str, frozenset[Slots] | None] = {}
        self._usable: dict[tuple[object, ...], Slots] = {}

    @cached_property
    def unfit(self) -> frozenset[str]:
        """Staff who may not work with children here, whatever the plan."""
        return frozenset(t.id for t in self.school.teachers if why_unfit(self.school, t.id))

    @cached_property
    def refused(self) -> frozenset[tuple[str, str]]:
        """Seats that locks rule out, by student and course."""
        return frozenset(
            (lock.student, lock.course)
            for lock in self.school.locks
            if isinstance(lock, SeatLock) and not lock.granted
        )

    @cached_property
    def pinned_slots(self) -> dict[tuple[str, str], set[str]]:
        """Slots at which pinned seats are, by student and course."""
        found: dict[tuple[str, str], set[str]] = {}
        for lock in self.school.locks:
            if isinstance(lock, SeatLock):
                found.setdefault((lock.student, lock.course), set()).update(lock.slots)
        return found

    @cached_property
    def _in_care(self) -> dict[str, set[str]]:
        """Slots at which people are pinned to base care."""
        found: dict[str, set[str]] = {}
        for lock in self.school.locks:
            if isinstance(lock, CareStaffLock):
                found.setdefault(lock.teacher, set()).add(lock.slot)
        return found

    def free_staff(self, way: Way) -> tuple[str, ...]:
        """Give the leaders of a way who are not pinned to base care at its time."""
        slot = self.school.slot
        return tuple(
            name
            for name in way.staff
            if not any(
                slot[a].overlaps(slot[b]) for a in self._in_care.get(name, ()) for b in way.slots
            )
        )

    @cached_property
    def _most(self) -> dict[str, int]:
        most = {course.id: course.max_sections for course in self.school.courses}
        for lock in self.school.locks:
            if isinstance(lock, SectionCountLock):
                most[lock.course] = min(most[lock.course], lock.count)
        return most

    def most_sections(self, course: str) -> int:
        """Give the most sections that a course may open."""
        return self._most[course]

    def patterns(self, course: str) -> frozenset[Slots] | None:
        """Give the sets of slots that keep the course's pattern; None if they are too many."""
        if course not in self._patterns:
            about = self.school.course[course]
            few = _count(self.school, about) <= MOST_PATTERNS
            self._patterns[course] = weekly_patterns(self.school, about) if few else None
        return self._patterns[course]

    def staff(self, course: str, slots: Iterable[str]) -> tuple[str, ...]:
        """Give the leaders who could lead a section at these slots."""
        days = [self.school.slot[s].weekday for s in slots]
        found = []
        for name in self.school.course[course].leaders:
            person = self.school.teacher[name]
            if (
                name not in self.unfit
                and all(person.available(slot) for slot in slots)
                and len(days) <= person.max_periods_week
                and all(days.count(day) <= person.max_periods_day for day in days)
            ):
                found.append(name)
        return tuple(dict.fromkeys(found))

    def fitting_rooms(self, course: str) -> tuple[str, ...]:
        """Give the rooms that have what a course needs and seats for its least number."""
        about = self.school.course[course]
        return tuple(
            room.id
            for room in self.school.rooms
            if (not about.rooms or room.id in about.rooms)
            and set(about.room_features) <= set(room.features)
            and room.seats >= about.min_size
        )

    def rooms(self, course: str, slots: Iterable[str]) -> tuple[str, ...]:
        """Give the rooms in which a section could meet at these slots."""
        fitting = self.fitting_rooms(course)
        return tuple(r for r in fitting if all(self.school.room[r].available(s) for s in slots))

    def wishers(self, course: str) -> dict[str, str | None]:
        """Give the children who could have a seat by grade, policy and locks, and whom they name.

        When they stay is another matter.
        """
        school, about = self.school, self.school.course[course]
        admitted = {
            grade
            for grade in school.grades
            if grade in about.grades and not content.barred_for(school, about, grade)
        }
        return {
            wish.student: wish.teacher
            for wish in school.wishes_for[course]
            if school.grade_of[wish.student] in admitted
            and wish.student not in school.excluded
            and school.student[wish.student].max_clubs
            and (wish.student, course) not in self.refused
        }

    def usable(self, student: str, course: str) -> Slots:
        """Give the slots at which a child could be in a section of the course."""
        him, about = self.school.student[student], self.school.course[course]
        grade = self.school.grade_of[student]
        key = (him.stay_slots, him.club_slots, grade, about.content)
        if key not in self._usable:
            slot = self.school.slot
            stays = [slot[s] for s in him.stay_slots]
            self._usable[key] = frozenset(
                name
                for name in (*him.stay_slots, *him.club_slots)
                if not any(hours.seat_bans(self.school, slot[name], grade))
                and not any(content.time_bans(self.school, about, grade, slot[name]))
                and not any(slot[name].overlaps(other) for other in stays if other.id != name)
            )
        return self._usable[key]

    def ways(self, course: str) -> list[Way]:
        """Give every way to hold a section of the course; none means that it can never open."""
        if course not in self._ways:
            self._ways[course] = self._find_ways(course)
        return self._ways[course]

    def _find_ways(self, course: str) -> list[Way]:
        patterns, about = self.patterns(course), self.school.course[course]
        if not patterns:
            return []
        # Children who offer the same slots can come to the same ways.
        alike: dict[tuple[Slots, str | None], list[str]] = {}
        for student, teacher in self.wishers(course).items():
            alike.setdefault((self.usable(student, course), teacher), []).append(student)
        found = []
        for slots in sorted(patterns, key=sorted):
            staff, rooms = self.staff(course, slots), self.rooms(course, slots)
            if len(staff) < about.staff_needed or not rooms:
                continue
            takers = tuple(
                student
                for (usable, teacher), students in alike.items()
                if slots <= usable and (teacher is None or teacher in staff)
                for student in students
            )
            if self.enough(course, takers):
                found.append(Way(slots, staff, rooms, takers))
        return found

    def unknown(self, course: str) -> bool:
        """Tell whether there are too many ways to look at: nothing may be concluded."""
        return self.patterns(course) is None

    def most_together(self, course: str, students: Collection[str]) -> int:
        """Give the most of some children whose grades may share one section."""
        about = self.school.course[course]
        grades = Counter(self.school.grade_of[s] for s in students)
        windows = (
            [g for g in grades if low <= g and may_mix(self.school, about, (low, g))]
            for low in grades
        )
        return max((sum(grades[g] for g in window) for window in windows), default=0)

    def enough(self, course: str, students: Collection[str]) -> bool:
        """Tell whether some children are enough for a section of the course."""
        least = self.school.course[course].min_size
        return len(students) >= least and self.most_together(course, students) >= least

    def places(self, course: str) -> int:
        """Give the most children that one section of the course can hold."""
        rooms = {room for way in self.ways(course) for room in way.rooms}
        seats = max((self.school.room[r].seats for r in rooms), default=0)
        return min(self.school.course[course].max_size, seats)


def _count(school: School, course: Course) -> int:
    """Count, not too low, the sets of slots that there are to look at."""
    allowed: list[Slot] = [
        slot
        for slot in school.slots
        if slot.use is not SlotUse.CARE_ONLY and (course.slots is None or slot.id in course.slots)
    ]
    if course.periods_per_session > 1 and len(allowed) > MOST_SLOTS:
        return MOST_PATTERNS + 1
    days: dict[int, int] = {}
    for slot in allowed:
        days[slot.weekday] = days.get(slot.weekday, 0) + 1
    sessions = sum(comb(count, course.periods_per_session) for count in days.values())
    return comb(sessions, course.sessions_per_week)
