"""The timetable a planner makes by rule of thumb, before anybody is seated.

Most wanted courses first, one section of each in turn, then a second of each that is wanted by more
than there are places, and so on. The slots go round: each section takes the next pattern at which
somebody who can lead it and a room that suits it are free and enough who wished for the course are
there; the first such person and room will do.

Base care must remain possible. The planner reckons that a section fills up to its size with those
who wished for it, evenly over their grades; from that follows how many care groups each slot needs.
A section opens only if each of its slots keeps as many free supervisors and home rooms as groups,
if the staff together keep enough periods for all groups, and if the purse covers sections and care
at the usual pay. That is no proof: what it gets wrong shows when care is dealt (``today``).
"""

from collections import Counter

from benchmarks.peers.bookings import Bookings
from benchmarks.peers.reserve import Reserve
from models import Course, School, Section
from optimizer.engine.finish.alternatives import allowed
from optimizer.engine.finish.draft import DraftPlan
from optimizer.ledger import term_pay_fen
from optimizer.rules.pattern import patterns
from optimizer.rules.rooms import suits_course


def rule_of_thumb(school: School) -> list[Section]:
    """Make a timetable: sections with slots, room and staff, and nobody in them."""
    planner = _Planner(school)
    wanted = sorted(school.courses, key=lambda c: -len(planner.wishers[c.id]))
    sections: list[Section] = []
    for number in range(1, max((c.max_sections for c in wanted), default=0) + 1):
        for course in wanted:
            if number <= course.max_sections:
                opened = planner.open(course, number)
                sections += [] if opened is None else [opened]
    return sections


class _Planner:
    """Opens one section after the other."""

    def __init__(self, school: School) -> None:
        self.school = school
        self.draft = DraftPlan(school, {}, {})
        self.wishers = {
            c.id: [w.student for w in school.wishes_for[c.id] if allowed(school, w.student, c.id)]
            for c in school.courses
        }
        self.bookings = Bookings(school)
        self.reserve = Reserve(school, self.bookings)
        self.placed: Counter[str] = Counter()
        self.pay = 0
        self.next = 0
        """Where in the week to look first."""

    def open(self, course: Course, number: int) -> Section | None:
        """Open a section of the course where it fits, from the next pattern on; None if nowhere."""
        options = patterns(self.school, course)
        for step in range(len(options)):
            slots = options[(self.next + step) % len(options)]
            section = self._section(course, number, slots)
            if section is not None and self._take(section):
                self.next += step + 1
                return section
        return None

    def _section(self, course: Course, number: int, slots: tuple[str, ...]) -> Section | None:
        """Find staff and a room at these slots."""
        leaders = [self.school.teacher[name] for name in course.leaders]
        staff = [t.id for t in leaders if self.bookings.has_time(t, slots)][: course.staff_needed]
        rooms = (
            room.id
            for room in self.school.rooms
            if room.seats >= course.min_size
            and suits_course(course, slots, room)
            and self.bookings.is_free(room.id, slots)
        )
        room = next(rooms, None)
        if room is None or len(staff) < course.staff_needed:
            return None
        name = f"{course.id}-{number}"
        return Section(id=name, course=course.id, slots=slots, room=room, staff=tuple(staff))

    def _take(self, section: Section) -> bool:
        """Open the section if enough would come and base care stays possible."""
        course = self.school.course[section.course]
        there = [
            s for s in self.wishers[course.id] if self.draft.can_use(s, course.id, section.slots)
        ]
        room = self.school.room[section.room]
        size = min(course.max_size, room.seats, len(there) - self.placed[course.id])
        if size < course.min_size:
            return False
        pay = sum(
            term_pay_fen(self.school, section.slots, self.school.teacher[t]) for t in section.staff
        )
        staying = {slot: self._staying(there, slot) for slot in section.slots}
        self.bookings.book(section)
        for slot, grades in staying.items():
            for grade, count in grades.items():
                self.reserve.expected[slot][grade] -= count * size / len(there)
        if self.reserve.suffices(section.slots, self.pay + pay):
            self.pay += pay
            self.placed[course.id] += size
            return True
        self.bookings.book(section, -1)
        for slot, grades in staying.items():
            for grade, count in grades.items():
                self.reserve.expected[slot][grade] += count * size / len(there)
        return False

    def _staying(self, students: list[str], slot: str) -> Counter[int]:
        """Count by grade those who would otherwise be in base care at the slot."""
        return Counter(
            self.school.grade_of[s] for s in students if slot in self.school.student[s].stay_slots
        )
