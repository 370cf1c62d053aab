"""Why a course is not open: what stands in the way of one section of it, all else as it stands.

The trial. A section of the course is added to the plan: in one of its weekly patterns, with as many
of its leaders as it needs, in one room, for students who wished for it, can come, hold no seat at
that time and have fewer clubs than they wanted. The patterns are sifted in this order, each step
keeping those that pass; the first step that keeps none is the reason:

- ``closed``: the school lets it have no section (its most sections, or a lock on their number).
- ``no_times``: the school's slots allow it no weekly pattern.
- ``too_few``: of those who wished for it, fewer than its minimum size are eligible and can come to
  one pattern or another.
- ``too_few_at_once``: to no pattern can so many come that may share a section.
- ``no_staff``: at none of these are enough of its leaders fit to lead (cleared, of no barred
  provider, there at all its slots, its periods within their own limits).
- ``no_room``: at none of these is there a room that suits it and has seats for the minimum.
- ``staff_busy``: at none of these are enough of those leaders free, with the periods they have
  beside it.
- ``room_busy``: at none of these is such a room free.
- ``too_few_left``: at none of these are enough of those who could come without a club, or with one
  alone that they rank lower (see ``_trials``).
- ``too_long_day``: at none of these are enough of those whose day would keep the policy's limits.
- ``budget``: at none of these is the pay of any of the free leaders within what the budget leaves,
  all pay for base care that they would leave counted as saved.
- ``could_open``: one of these sections can be added, and breaks nothing.
- ``not_opened``: none can: it takes changes to other sections or to base care as well.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import combinations, count, islice
from typing import Final

from models import CareGroup, Course, Section, SectionCountLock, UnmetReason, Wish
from optimizer.checks import cross_grade
from optimizer.checks._giving_up import Obstacle, could_give_up
from optimizer.checks._patterns import weekly_patterns
from optimizer.checks._resources import Resources
from optimizer.checks._standing import Standing

Slots = frozenset[str]

MOST_TEAMS: Final = 200
"""Teams tried of those who are free: more than a real course has."""
MOST_NAMED: Final = 3
"""Bottlenecks named: more people or rooms than that are none."""


class Openings:
    """Finds why courses are not open in one plan."""

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        self._resources = Resources(standing.school, standing.plan, standing.times)
        self._counted = {
            lock.course: lock.count
            for lock in standing.school.locks
            if isinstance(lock, SectionCountLock)
        }
        self.patterns = cache(self._patterns)
        self.why = cache(self._why)
        self._takers = cache(self._find_takers)

    def _patterns(self, course: str) -> frozenset[frozenset[str]]:
        return weekly_patterns(self.standing.school, self.standing.school.course[course])

    def wishes_for(self, course: str) -> Sequence[Wish]:
        """Give the wishes for a course that a section of it would be opened for."""
        return self.standing.school.wishes_for[course]

    def wanted(self) -> Iterable[str]:
        """Give the courses that are waited for, the one that most wait for first."""
        standing = self.standing
        waiting = Counter(w.course for w in standing.school.wishes if standing.unmet(w))
        return (course for course, _ in waiting.most_common())

    def found(self, failed: set[str]) -> Section | None:
        """Give a section that could be opened as things stand, of the course most wait for.

        Its students are as few as it needs. The course may have others already. Courses that failed
        before are passed over, and those that fail now come to them.
        """
        standing = self.standing
        for course in self.wanted():
            if course in failed:
                continue
            most = standing.school.course[course].max_sections
            if len(standing.open[course]) < min(most, self._counted.get(course, most)):
                why = self.why(course)
                if isinstance(why, Section):
                    return why
            failed.add(course)
        return None

    def shut(self, course: str) -> UnmetReason | None:
        """Say why the school has no section of the course, whoever might come."""
        most = self.standing.school.course[course].max_sections
        if not min(most, self._counted.get(course, most)):
            return UnmetReason.CLOSED
        return None if self.patterns(course) else UnmetReason.NO_TIMES

    def fits_somehow(self, course: str, usable: frozenset[str]) -> bool:
        """Tell whether one of the course's weekly patterns lies in these slots."""
        return any(pattern <= usable for pattern in self.patterns(course))

    def _why(self, course_id: str) -> Obstacle | Section:
        """Give the first step that no pattern passes, or a section that could be opened."""
        course = self.standing.school.course[course_id]
        turnout = self._turnout(course)
        come = (n for (_, slots), n in turnout.items() if self.fits_somehow(course_id, slots))
        if sum(come) < course.min_size:
            return Obstacle(UnmetReason.TOO_FEW)
        left = sorted(self.patterns(course_id), key=sorted)
        for reason, passes in self._steps(course, turnout):
            before, left = left, [slots for slots in left if passes(slots)]
            if not left:
                return Obstacle(reason, self._named(course, reason, before))
        found = next(self._sections(course, left), None)
        return found or Obstacle(UnmetReason.NOT_OPENED)

    def _steps(
        self, course: Course, turnout: Counter[tuple[int, Slots]]
    ) -> list[tuple[UnmetReason, Callable[[Slots], bool]]]:
        resources, needed = self._resources, course.staff_needed

        def attended(slots: Slots) -> bool:
            grades = Counter[int]()
            for (grade, usable), number in turnout.items():
                grades[grade] += number * (slots <= usable)
            return self._most_together(course, grades) >= course.min_size

        return [
            (UnmetReason.TOO_FEW_AT_ONCE, attended),
            (UnmetReason.NO_STAFF, lambda at: len(resources.fit_staff(course, at)) >= needed),
            (UnmetReason.NO_ROOM, lambda at: bool(resources.fit_rooms(course, at))),
            (UnmetReason.STAFF_BUSY, lambda at: len(resources.free_staff(course, at)) >= needed),
            (UnmetReason.ROOM_BUSY, lambda at: bool(resources.free_rooms(course, at))),
            (UnmetReason.TOO_FEW_LEFT, lambda at: self._enough_left(course, at, days=False)),
            (UnmetReason.TOO_LONG_DAY, lambda at: self._enough_left(course, at)),
            (UnmetReason.BUDGET, lambda at: self._affordable(course, at)),
        ]

    def _named(
        self, course: Course, reason: UnmetReason, patterns: Iterable[Slots]
    ) -> tuple[str, ...]:
        """Name the people or rooms that are the bottleneck, if they are few."""
        found: dict[str, None] = {}
        for slots in patterns:
            if reason is UnmetReason.STAFF_BUSY:
                found |= dict.fromkeys(self._resources.fit_staff(course, slots))
            elif reason is UnmetReason.ROOM_BUSY:
                found |= {room.id: None for room in self._resources.fit_rooms(course, slots)}
        return tuple(found) if len(found) <= MOST_NAMED else ()

    def _turnout(self, course: Course) -> Counter[tuple[int, Slots]]:
        """Count who wished for the course and may be in it, by grade and slots he can use."""
        standing, found = self.standing, Counter[tuple[int, Slots]]()
        for wish in self.wishes_for(course.id):
            if standing.eligible(wish.student, course.id):
                grade = standing.school.grade_of[wish.student]
                found[grade, standing.usable_for(wish.student, course.id)] += 1
        return found

    def _windows(self, course: Course, grades: Iterable[int]) -> Iterator[list[int]]:
        """Give the grades that may share a section, from each one up."""
        ordered = sorted(set(grades))
        for low in ordered:
            yield [
                g
                for g in ordered
                if g >= low and cross_grade.may_mix(self.standing.school, course, [low, g])
            ]

    def _most_together(self, course: Course, grades: Counter[int]) -> int:
        """Count the most that may share a section, of some students counted by grade."""
        there = [grade for grade, count in grades.items() if count]
        windows = self._windows(course, there)
        return max((sum(grades[g] for g in window) for window in windows), default=0)

    def _find_takers(
        self, course_id: str, slots: Slots, days: bool = True
    ) -> tuple[list[Wish], list[Wish]]:
        """List whose wish the section could meet: as they are, and if they gave one seat up.

        Parameters
        ----------
        days
            Whether the policy's limits of a day are to be kept.
        """
        standing, free, willing = self.standing, list[Wish](), list[Wish]()
        course = standing.school.course[course_id]
        section = self._section(course, slots)
        mask, reach = standing.times.mask(slots), standing.times.reach
        for wish in self.wishes_for(course.id):
            student = wish.student
            if any(held.course == course.id for held in standing.seats[student]) or not (
                standing.eligible(student, course.id)
                and slots <= standing.usable_for(student, course.id)
            ):
                continue
            clashing = [held for held in standing.seats[student] if reach(held.slots) & mask]
            choices = could_give_up(standing, wish, clashing)
            if not isinstance(choices, Obstacle) and any(
                not days or standing.day_allows(student, gains=(section,), gives_up=choice)
                for choice in choices
            ):
                (willing if choices[0] else free).append(wish)
        return free, willing

    def _section(self, course: Course, slots: Slots) -> Section:
        taken = {section.id for section in self.standing.plan.sections}
        names = (f"{course.id}-{number}" for number in count(1))
        return Section(
            id=next(name for name in names if name not in taken),
            course=course.id,
            slots=tuple(slot.id for slot in self.standing.school.slots if slot.id in slots),
            room=self.standing.school.rooms[0].id,
            staff=(),
        )

    def _enough_left(self, course: Course, slots: Slots, days: bool = True) -> bool:
        free, willing = self._takers(course.id, slots, days)
        grades = Counter(self.standing.school.grade_of[w.student] for w in (*free, *willing))
        return self._most_together(course, grades) >= course.min_size

    def _affordable(self, course: Course, slots: Slots) -> bool:
        free, willing = self._takers(course.id, slots)
        leaving = {wish.student for wish in (*free, *willing)}
        groups = {g.id: g for s in leaving for g in self.standing.care[s] if g.slot in slots}
        ended = [g for g in groups.values() if leaving.issuperset(g.students)]
        staff = self._resources.free_staff(course, slots)
        return self._resources.affords(staff, course.staff_needed, slots, ended)

    def _sections(self, course: Course, patterns: Iterable[Slots]) -> Iterator[Section]:
        """Find sections that could be opened as things stand."""
        resources, grade_of = self._resources, self.standing.school.grade_of
        for slots in sorted(patterns, key=lambda p: -len(self._takers(course.id, p)[0])):
            room = max(resources.free_rooms(course, slots), key=lambda r: r.seats)
            section = self._section(course, slots).model_copy(update={"room": room.id})
            free, _ = self._takers(course.id, slots)
            gather = cache(partial(self._gather, course, section))
            staff = resources.free_staff(course, slots)
            for team in islice(combinations(staff, course.staff_needed), MOST_TEAMS):
                wishes = [w for w in free if w.teacher is None or w.teacher in team]
                for window in self._windows(course, (grade_of[w.student] for w in wishes)):
                    there = tuple(w.student for w in wishes if grade_of[w.student] in window)
                    for students, ended in gather(there):
                        if resources.affords(team, len(team), slots, ended):
                            yield section.model_copy(update={"staff": team, "students": students})

    def _gather(
        self, course: Course, section: Section, waiting: tuple[str, ...]
    ) -> list[tuple[tuple[str, ...], tuple[CareGroup, ...]]]:
        """Take as many students as the section needs, and as base care can do without.

        Gives some such choices, each with the care groups that end: the first of those waiting, and
        all of a care group first, whose pay would be saved.
        """
        care, room = self.standing.care, self.standing.school.room[section.room]
        most = min(course.max_size, room.seats)
        groups = {g.id: g for s in waiting for g in care[s] if g.slot in section.slots}
        whole = [g.students for g in groups.values() if {*waiting}.issuperset(g.students)]
        found = []
        for first in [(), *(students for students in whole if len(students) <= most)]:
            order = (*first, *(s for s in waiting if s not in first))
            found.append(self._leaving(section, order, max(course.min_size, len(first))))
        return [choice for choice in found if choice is not None]

    def _leaving(
        self, section: Section, waiting: Sequence[str], wanted: int
    ) -> tuple[tuple[str, ...], tuple[CareGroup, ...]] | None:
        """Let so many students leave base care, the first that can; None where too few can."""
        standing, taken = self.standing, list[str]()
        left = {g.id: Counter(standing.care_grades[g.id]) for g in standing.plan.care_groups}
        tried = True
        while tried and len(taken) < wanted:
            tried = False
            for student in waiting:
                if student in taken or len(taken) == wanted:
                    continue
                grade = Counter({standing.school.grade_of[student]: 1})
                groups = [g for g in standing.care[student] if g.slot in section.slots]
                rest = [left[g.id] - grade for g in groups]
                if all(map(standing.in_order, groups, rest)):
                    taken.append(student)
                    left |= {g.id: grades for g, grades in zip(groups, rest, strict=True)}
                    tried = True
        if len(taken) < wanted:
            return None
        ended = (g for g in standing.plan.care_groups if g.students and not left[g.id])
        return tuple(taken), tuple(ended)
