"""The best plan of a very small school, found by looking at all of them.

Knows nothing of the model: ways to open sections, to seat students and to hold base care are
written down one after the other, and the check judges each. What breaks a rule already and can
only break more by adding students or care groups is not followed up.
"""

from collections.abc import Iterator
from itertools import combinations, product
from math import comb, prod
from typing import NamedTuple

from models import CareGroup, Course, Family, Plan, School, Section
from optimizer.checks import CHECKS, plan_value
from optimizer.checks._firsts import first_clubs
from tests.rules.random_plans import bare_plan

Way = tuple[tuple[str, ...], str, tuple[str, ...]]
"""Slots, room and staff of a section."""


class Best(NamedTuple):
    """What there is among all plans that the check has nothing against."""

    points: int
    """The most points of any."""
    in_order: tuple[int, int, int]
    """Most students with a club; with so many, most points of first clubs; then most points."""


def best_of_all(school: School) -> Best | None:
    """Look at every plan; None if there is none."""
    return _Search(school).best()


def ways_to_open(school: School) -> int:
    """Count the ways to open sections of all courses, about what the search would take."""
    search = _Search(school)
    return prod(
        sum(comb(len(search.ways(course)), k) for k in range(course.max_sections + 1))
        for course in school.courses
    )


class _Search:
    def __init__(self, school: School) -> None:
        self.school = school
        self.empty = bare_plan(school, (), ())
        self._may_sit: dict[tuple[object, ...], bool] = {}
        self._care: dict[tuple[str, tuple[str, ...]], list[tuple[CareGroup, ...]]] = {}

    def best(self) -> Best | None:
        if any(CHECKS["hours"](self.school, self.empty)):
            return None  # It concerns the slots themselves.
        school = self.school
        found = [((*first_clubs(school, p), plan_value(school, p)), p) for p in self.seatings()]
        found.sort(key=lambda pair: pair[0][-1], reverse=True)
        points = next((worth[-1] for worth, plan in found if self.has_care(plan)), None)
        if points is None:
            return None
        found.sort(key=lambda pair: pair[0], reverse=True)
        return Best(points, next(worth for worth, plan in found if self.has_care(plan)))

    def keeps(self, plan: Plan, *families: Family) -> bool:
        return not any(any(CHECKS[f](self.school, plan)) for f in families)

    def with_sections(self, *sections: Section) -> Plan:
        return self.empty.model_copy(update={"sections": sections})

    def seatings(self) -> Iterator[Plan]:
        """Give every way to open sections and seat students, whatever base care needs."""
        for openings in product(*(list(self.openings(c)) for c in self.school.courses)):
            sections = tuple(section for own in openings for section in own)
            if self.keeps(self.with_sections(*sections), "clash", "staffing", "budget"):
                for plan in self.seated(sections):
                    if self.keeps(plan, "group_size", "cross_grade"):
                        yield plan

    def openings(self, course: Course) -> Iterator[tuple[Section, ...]]:
        """Give every way to open sections of a course, each possible on its own."""
        ways = self.ways(course)
        for count in range(course.max_sections + 1):
            for chosen in combinations(ways, count):
                yield tuple(_section(course, n, way) for n, way in enumerate(chosen))

    def ways(self, course: Course) -> list[Way]:
        slots = combinations(self.school.slot, course.periods_per_week)
        staff = combinations(course.leaders, course.staff_needed)
        families: tuple[Family, ...] = ("pattern", "rooms", "staffing", "content")
        return [
            way
            for way in product(slots, self.school.room, staff)
            if self.keeps(self.with_sections(_section(course, 0, way)), *families)
        ]

    def seated(self, sections: tuple[Section, ...]) -> Iterator[Plan]:
        """Give every way to seat the students, each of whom could sit so on his own."""
        numbers = range(len(sections))
        choices = [c for k in range(len(sections) + 1) for c in combinations(numbers, k)]
        students = list(self.school.student)
        options = [
            [c for c in choices if self.may_sit(student, [sections[n] for n in c])]
            for student in students
        ]
        for seats in product(*options):
            yield self.with_sections(
                *(
                    section.model_copy(
                        update={
                            "students": tuple(
                                s for s, own in zip(students, seats, strict=True) if n in own
                            )
                        }
                    )
                    for n, section in enumerate(sections)
                )
            )

    def may_sit(self, student: str, sections: list[Section]) -> bool:
        """Tell whether a student may have just these seats, whoever else has some."""
        key = (student, *((s.course, s.slots, s.staff) for s in sections))
        if key not in self._may_sit:
            who = self.school.student[student]
            offered = {*who.stay_slots, *who.club_slots}
            alone = (s.model_copy(update={"students": (student,)}) for s in sections)
            self._may_sit[key] = all(offered.issuperset(s.slots) for s in sections) and self.keeps(
                self.with_sections(*alone), "wishes", "clash", "hours", "content"
            )
        return self._may_sit[key]

    def has_care(self, plan: Plan) -> bool:
        """Tell whether base care can be held so that nothing at all is broken."""
        slots = [self.care_at(plan, slot) for slot in self.school.slot]
        return self.extended(plan, slots)

    def extended(self, plan: Plan, slots: list[list[tuple[CareGroup, ...]]]) -> bool:
        if not slots:
            return self.keeps(plan, *CHECKS)
        for groups in slots[0]:
            more = plan.model_copy(update={"care_groups": (*plan.care_groups, *groups)})
            fine = self.keeps(more, "clash", "staffing", "budget", "hours")
            if fine and self.extended(more, slots[1:]):
                return True
        return False

    def care_at(self, plan: Plan, slot: str) -> list[tuple[CareGroup, ...]]:
        """Give every way to hold base care at a slot that breaks nothing then and there."""
        busy = {s for p in plan.sections if slot in p.slots for s in p.students}
        waiting = tuple(
            s.id
            for s in self.school.students
            if slot in s.stay_slots and s.id not in busy and s.id not in self.school.excluded
        )
        if (slot, waiting) not in self._care:
            self._care[slot, waiting] = list(self.dealings(slot, waiting))
        return self._care[slot, waiting]

    def dealings(self, slot: str, waiting: tuple[str, ...]) -> Iterator[tuple[CareGroup, ...]]:
        for parts in _partitions(waiting):
            options = [list(self.groups(slot, n, part)) for n, part in enumerate(parts)]
            for groups in product(*options):
                plan = self.empty.model_copy(update={"care_groups": groups})
                if self.keeps(plan, "clash"):
                    yield groups

    def groups(self, slot: str, number: int, students: tuple[str, ...]) -> Iterator[CareGroup]:
        needed = self.school.settings.base_care.staff_needed
        for room, staff in product(self.school.room, combinations(self.school.teacher, needed)):
            group = CareGroup(
                id=f"{slot}-{number}", slot=slot, room=room, staff=staff, students=students
            )
            plan = self.empty.model_copy(update={"care_groups": (group,)})
            if self.keeps(plan, "group_size", "cross_grade", "rooms", "staffing", "content"):
                yield group


def _section(course: Course, number: int, way: Way) -> Section:
    slots, room, staff = way
    return Section(
        id=f"{course.id}-{number}", course=course.id, slots=slots, room=room, staff=staff
    )


def _partitions(items: tuple[str, ...]) -> Iterator[list[tuple[str, ...]]]:
    """Give every way to put items into groups."""
    if not items:
        yield []
        return
    first, rest = items[0], items[1:]
    for parts in _partitions(rest):
        yield [(first,), *parts]
        for n, part in enumerate(parts):
            yield [*parts[:n], (first, *part), *parts[n + 1 :]]
