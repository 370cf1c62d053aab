"""A school in whole numbers, for ``timefold/Data.java``, which reads them in the same order.

Everything is an index in the school's own order, -1 for none. A list is its length and its items.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from benchmarks.peers.bookings import Bookings
from benchmarks.peers.reserve import Reserve
from models import CareGroup, Course, School, Section, Slot, Teacher, Wish
from optimizer.engine.finish.alternatives import allowed
from optimizer.engine.finish.draft import DraftPlan
from optimizer.ledger import pay_limit_fen, term_pay_fen
from optimizer.rules.context import slot_cliques
from optimizer.rules.pattern import patterns
from optimizer.rules.rooms import suits_care, suits_course


class Place(NamedTuple):
    """A section that a course may have, and where the search starts with it."""

    course: int
    slots: tuple[str, ...]
    room: str
    teacher: str


class Duty(NamedTuple):
    """A care group that there may be at a slot, and who and where at the start, if there is."""

    slot: str
    teacher: str | None
    room: str | None


class Question:
    """The school with a plan to start from.

    What it leaves out: sections and care groups of several staff, limits of a day, the homeroom
    rota, grades' own home rooms, locks. The generated schools have none of these; where a school
    has, the answer may fail the check.
    """

    def __init__(
        self, school: School, sections: Sequence[Section], care_groups: Sequence[CareGroup]
    ) -> None:
        self.school = school
        meets = {c.id: patterns(school, c) for c in school.courses}
        self.courses = [c for c in school.courses if meets[c.id] and self._can_be_held(c)]
        self.meets = meets
        self.patterns = list(dict.fromkeys(p for c in self.courses for p in meets[c.id]))
        self.moments = slot_cliques(school)
        self.slot = {slot.id: n for n, slot in enumerate(school.slots)}
        self.teacher = {teacher.id: n for n, teacher in enumerate(school.teachers)}
        self.room = {room.id: n for n, room in enumerate(school.rooms)}
        self.grade = {grade: n for n, grade in enumerate(school.grades)}
        self.course = {course.id: n for n, course in enumerate(self.courses)}
        self.pattern = {slots: n for n, slots in enumerate(self.patterns)}
        self.student = {student.id: n for n, student in enumerate(school.students)}
        self.seats: dict[tuple[str, str], int] = {}
        self.places = list(self._places(sections))
        self.duties = list(self._duties(care_groups))
        self.wishes = [
            w
            for w in school.wishes
            if w.course in self.course and allowed(school, w.student, w.course)
        ]

    def _rooms(self, course: Course) -> list[str]:
        found = (r for r in self.school.rooms if suits_course(course, (), r))
        return [room.id for room in found if room.seats >= course.min_size]

    def _leaders(self, course: Course) -> list[str]:
        return [name for name in course.leaders if self.school.teacher[name].cleared]

    def _can_be_held(self, course: Course) -> bool:
        return bool(course.max_sections and self._rooms(course) and self._leaders(course))

    def _places(self, sections: Sequence[Section]) -> Iterator[Place]:
        """Give each course its sections: those of the start, then others, here and there."""
        own: dict[str, list[Section]] = defaultdict(list)
        for section in sections:
            own[section.course].append(section)
        index = 0
        for course in self.courses:
            meets, rooms = self.meets[course.id], self._rooms(course)
            leaders = self._leaders(course)
            for n in range(course.max_sections):
                if n < len(own[course.id]):
                    held = own[course.id][n]
                    self.seats |= {(s, course.id): index for s in held.students}
                    yield Place(self.course[course.id], held.slots, held.room, held.staff[0])
                else:
                    here = (x[index % len(x)] for x in (meets, rooms, leaders))
                    yield Place(self.course[course.id], *here)  # type: ignore[arg-type]
                index += 1

    def _duties(self, care_groups: Sequence[CareGroup]) -> Iterator[Duty]:
        """Give as many as each slot needs if nobody is in a club."""
        most = Reserve(self.school, Bookings(self.school))
        for slot in self.school.slots:
            held = [group for group in care_groups if group.slot == slot.id]
            for group in held:
                yield Duty(slot.id, group.staff[0], group.room)
            for _ in range(len(held), most.groups(slot.id)):
                yield Duty(slot.id, None, None)

    def numbers(self) -> Iterator[int]:
        """Give all numbers in order."""
        yield from self._week()
        yield from self._people_and_rooms()
        yield from self._menu()
        yield len(self.places)
        for place in self.places:
            course, slots, room, teacher = place
            yield from (course, self.pattern[slots], self.room[room], self.teacher[teacher])
        yield len(self.duties)
        for duty in self.duties:
            yield self.slot[duty.slot]
            yield -1 if duty.teacher is None else self.teacher[duty.teacher]
            yield -1 if duty.room is None else self.room[duty.room]
        yield from self._students()
        yield len(self.wishes)
        for wish in self.wishes:
            yield from self._wish(wish)

    def _week(self) -> Iterator[int]:
        school, care = self.school, self.school.settings.base_care
        yield from (len(school.slots), len(self.moments))
        for slot in school.slots:
            yield slot.weekday
            yield from _listed([n for n, m in enumerate(self.moments) if slot.id in m])
        stages = list(dict.fromkeys(school.stage_of(g).id for g in school.grades))
        yield from _listed([stages.index(school.stage_of(g).id) for g in school.grades])
        yield from (care.max_size, care.grade_span, int(care.mix_stages))

    def _people_and_rooms(self) -> Iterator[int]:
        school = self.school
        yield len(school.teachers)
        for teacher in school.teachers:
            yield from (teacher.max_periods_week, teacher.max_periods_day)
            yield from self._slots(s for s in school.slots if teacher.available(s.id))
        yield len(school.rooms)
        for room in school.rooms:
            yield room.seats
            yield from self._slots(s for s in school.slots if room.available(s.id))
        limit = pay_limit_fen(school)
        yield -1 if limit is None else limit
        yield len(self.patterns)
        for slots in self.patterns:
            yield from _listed([self.slot[s] for s in slots])
        for slots in self.patterns:
            yield from (term_pay_fen(school, slots, t) for t in school.teachers)
        for slot in school.slots:
            yield from (self._care_pay(slot, t) for t in school.teachers)
        yield len(school.slots)
        for slot in school.slots:
            suiting = [r.id for r in school.rooms if suits_care(school, slot.id, r, ())]
            yield from _listed([self.room[r] for r in suiting])

    def _care_pay(self, slot: Slot, teacher: Teacher) -> int:
        if not teacher.may_supervise or not teacher.cleared:
            return -1
        return term_pay_fen(self.school, (slot.id,), teacher)

    def _menu(self) -> Iterator[int]:
        yield len(self.courses)
        for course in self.courses:
            span = course.max_grade_span or self.school.settings.max_grade_span
            yield from (course.min_size, course.max_size, span, int(course.mix_stages))
            yield from _listed([self.pattern[p] for p in self.meets[course.id]])
            yield from _listed([self.room[r] for r in self._rooms(course)])
            yield from _listed([self.teacher[t] for t in self._leaders(course)])

    def _students(self) -> Iterator[int]:
        school, draft = self.school, DraftPlan(self.school, {}, {})
        yield len(school.students)
        for student in school.students:
            stays = () if student.id in school.excluded else student.stay_slots
            yield from (self.grade[school.grade_of[student.id]], student.max_clubs)
            yield from _listed([self.slot[s] for s in sorted(draft.usable(student.id))])
            yield from _listed([self.slot[s] for s in stays])
            yield from _listed([school.seat_bonus(student.id, seats) for seats in range(3)])

    def _wish(self, wish: Wish) -> Iterator[int]:
        yield from (self.student[wish.student], self.course[wish.course])
        yield self.school.wish_points(wish)
        yield -1 if wish.teacher is None else self.teacher[wish.teacher]
        yield self.seats.get((wish.student, wish.course), -1)

    def _slots(self, slots: Iterator[Slot]) -> Iterator[int]:
        return _listed([self.slot[s.id] for s in slots])

    def sections(self, answer: Sequence[str]) -> list[Section]:
        """Read an answer's sections: a line for each place, then one for each wish."""
        members: dict[int, list[str]] = defaultdict(list)
        for wish, line in zip(self.wishes, answer[len(self.places) :], strict=True):
            members[int(line)].append(wish.student)
        found = []
        for n, line in enumerate(answer[: len(self.places)]):
            course = self.courses[self.places[n].course]
            slots, room, teacher = (int(word) for word in line.split())
            if len(members[n]) >= course.min_size:
                found.append(
                    Section(
                        id=f"{course.id}-{n}",
                        course=course.id,
                        slots=self.patterns[slots],
                        room=self.school.rooms[room].id,
                        staff=(self.school.teachers[teacher].id,),
                        students=tuple(members[n]),
                    )
                )
        return found


def _listed(items: Collection[int]) -> Iterator[int]:
    yield len(items)
    yield from items
