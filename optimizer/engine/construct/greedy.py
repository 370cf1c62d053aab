"""Opens one section after the other, the one that brings most first, and seats who gets most of it.

What a course brings only falls as others open, so it is looked at anew only when its turn comes
(lazy greedy search). A section opens where somebody to lead it and a room are free, enough who
wished for it are there, and base care, as far as can be told quickly, stays as possible as it was.
"""

from collections import Counter
from collections.abc import Callable
from heapq import heapify, heappop, heappush
from random import Random
from typing import NamedTuple

import numpy as np

from models import Course, PolicyItem, Section, SectionCountLock
from optimizer.engine.construct.demand import Bools, Demand, Ints
from optimizer.engine.construct.resources import NEARLY, Resources, Waiting
from optimizer.engine.finish.draft import DraftPlan
from optimizer.engine.params import DEFAULTS, ConstructParams

DAY_ITEMS = (
    PolicyItem.MAX_PERIODS_DAY,
    PolicyItem.MAX_MINUTES_DAY,
    PolicyItem.EVENING_MAX_MINUTES,
    PolicyItem.MAX_LEARNING_PERIODS_DAY,
)
"""What limits a student's day."""
TRIAL = "trial"


class Way(NamedTuple):
    """A way to open one more section of a course, and what it brings at most."""

    worth: int
    coming: int
    """Of how many students one can choose."""
    slots: tuple[str, ...]
    grades: frozenset[int]
    named: str | None
    """Who has to lead it, for the sake of those who named him."""


class Greedy:
    """Adds sections and seats to a draft whose care groups are left out.

    Parameters
    ----------
    like
        The demand of the same school, whatever its seats, where it has been looked up.
    """

    def __init__(
        self,
        draft: DraftPlan,
        ended: Callable[[], bool] = lambda: False,
        attempt: int = 0,
        params: ConstructParams = DEFAULTS.construction,
        like: Demand | None = None,
    ) -> None:
        self.draft, self.school, self.ended, self.params = draft, draft.school, ended, params
        random, noise = Random(attempt), params.noise if attempt else 0.0
        near, fill = params.near, params.fill
        self.near = near[attempt // len(fill) % len(near)]
        self.fill = fill[attempt % len(fill)]
        self.favour = {c.id: 1 + random.uniform(-noise, noise) for c in self.school.courses}
        """What the worth of each course is multiplied by when its turn is decided."""
        self.demand = Demand(draft, like)
        self.resources = Resources(self.school, self.demand.reach)
        self.waiting = Waiting(self.school)
        self.sections: Counter[str] = Counter()
        for section in draft.sections.values():
            self.resources.book(section)
            self.sections[section.course] += 1
            for student in section.students:
                self.waiting.leave(student, section.slots)
        self.waiting.count_groups(self.demand.slot)
        self.load = np.zeros(len(self.school.slots), np.int64)
        """(K,): sections at each slot."""
        self.most = {c.id: c.max_sections for c in self.school.courses}
        for lock in self.school.locks:
            if isinstance(lock, SectionCountLock):
                self.most[lock.course] = lock.count
        self.limits_days = any(self.school.in_force(item) for item in DAY_ITEMS)
        self.grades: dict[str, frozenset[int]] = {}
        """By section opened here: the grades that may be in it."""

    def open_all(self) -> None:
        """Open sections until none can be opened any more."""
        left = [course for course in self.school.courses if self.most[course.id]]
        for _ in range(self.params.passes):
            before = len(self.draft.sections)
            left = self._pass(left)
            if len(self.draft.sections) == before or self.ended():
                break

    def _pass(self, courses: list[Course]) -> list[Course]:
        """Open what can be opened of these courses; give those that stay waiting."""
        order = {course.id: n for n, course in enumerate(courses)}
        heap = [(-self._at_most(c) * self.favour[c.id], order[c.id]) for c in courses]
        heapify(heap)
        stuck = []
        while heap and not self.ended():
            _, n = heappop(heap)
            course = courses[n]
            ways = self._ways(course)
            if not ways:
                continue
            worth = ways[0].worth * self.favour[course.id]
            if heap and -heap[0][0] > worth:
                heappush(heap, (-worth, n))
            elif self._open(course, ways):
                if self.sections[course.id] < self.most[course.id]:
                    heappush(heap, (-worth, n))
            else:
                stuck.append(course)
        return stuck

    def _at_most(self, course: Course) -> int:
        wanted = self.demand.of[course.id]
        return _best(self.demand.worth(wanted)[wanted.waits], course.max_size)

    def _ways(self, course: Course) -> list[Way]:
        """List the ways to open one more section, the best first."""
        if self.sections[course.id] >= self.most[course.id]:
            return []
        wanted = self.demand.of[course.id]
        worth = self.demand.worth(wanted)
        rows = self.demand.waiting(wanted, worth)
        free = self.demand.free_by_pattern(wanted, rows)
        places = max(course.min_size, int(self.fill * course.max_size))
        found = []
        for k, named in enumerate(wanted.names):
            for j, band in enumerate(wanted.bands):
                there = free & (wanted.under[k, rows] & wanted.of_band[j, rows])[:, None]
                coming = there.sum(axis=0)
                enough = np.flatnonzero(coming >= course.min_size)
                brings = _best_of_each(there[:, enough], worth[rows], places)
                for n, sure in zip(enough.tolist(), brings.tolist(), strict=True):
                    way = Way(sure, int(coming[n]), wanted.patterns[n], band, named)
                    found.append(((n, k, j), way))
        return self._in_order([way for _, way in sorted(found, key=lambda item: item[0])])

    def _in_order(self, found: list[Way]) -> list[Way]:
        """Sort ways: among those as good as the best, the one at the least crowded time first."""
        best = self.near * max((w.worth for w in found), default=0)
        load, slot = self.load.tolist(), self.demand.slot

        def crowding(way: Way) -> int:
            return max(load[slot[name]] for name in way.slots)

        found.sort(key=lambda w: (w.worth < best, crowding(w), -w.worth, -w.coming))
        return found

    def _open(self, course: Course, ways: list[Way]) -> bool:
        """Open a section in the best way that works out."""
        refused = 0
        for way in ways:
            section = self._section(course, way)
            if section is None:
                continue
            if self._take(section):
                self.grades[section.id] = way.grades
                return True
            refused += 1
            if refused >= self.params.hopeless:
                break
        return False

    def _section(self, course: Course, way: Way) -> Section | None:
        """Find staff, a room and students for a way to open a section."""
        staff = self.resources.staff(course, way.slots, way.named)
        rooms = self.resources.rooms(course, way.slots) if staff else []
        if staff is None or not rooms:
            return None
        places = max(course.min_size, int(self.fill * min(course.max_size, rooms[0].seats)))
        students = self._takers(course, way, staff, places)
        if len(students) < course.min_size:
            return None
        return Section(
            id=f"{course.id}+{self.sections[course.id] + 1}",
            course=course.id,
            slots=way.slots,
            room=rooms[0].id,
            staff=tuple(staff),
            students=tuple(students),
        )

    def _takers(self, course: Course, way: Way, staff: list[str], most: int) -> list[str]:
        """Choose students: who gets most of it, then who has least else to hope for."""
        demand, school = self.demand, self.school
        wanted = demand.of[course.id]
        free = np.flatnonzero(demand.free(wanted, demand.slots(way.slots)))
        worth = demand.worth(wanted)
        found: list[str] = []
        for n in free[np.argsort(-worth[free], kind="stable")].tolist():
            wish = wanted.wishes[n]
            if len(found) == most:
                break
            if (
                school.grade_of[wish.student] in way.grades
                and (wish.teacher is None or wish.teacher in staff)
                and self._day_allows(wish.student, course, way.slots)
            ):
                found.append(wish.student)
        return found

    def _day_allows(self, student: str, course: Course, slots: tuple[str, ...]) -> bool:
        """Tell whether the policy's limits of a day are kept if he has a seat more."""
        if not self.limits_days:
            return True
        draft = self.draft
        draft.sections[TRIAL] = Section(
            id=TRIAL, course=course.id, slots=slots, room=TRIAL, staff=()
        )
        kept = draft.within_days(student, [*draft.seats[student].values(), TRIAL])
        del draft.sections[TRIAL]
        return kept

    def _take(self, section: Section) -> bool:
        """Open the section unless base care then lacks more than it did."""
        before = self.resources.lack(self.waiting.groups)
        self.resources.book(section)
        for student in section.students:
            self.waiting.leave(student, section.slots)
        self.waiting.count_groups(section.slots)
        if (self.resources.lack(self.waiting.groups) > before + NEARLY).any():
            self.resources.book(section, -1)
            for student in section.students:
                self.waiting.leave(student, section.slots, -1)
            self.waiting.count_groups(section.slots)
            return False
        self.draft.open(section)
        self.sections[section.course] += 1
        self.load[self.demand.slots(section.slots)] += 1
        for student in section.students:
            self.demand.seated(student, section.course, section.slots)
        return True


def _best(worth: Ints, most: int) -> int:
    """Add up the largest few."""
    if len(worth) > most:
        worth = np.partition(worth, len(worth) - most)[len(worth) - most :]
    return int(worth.sum())


def _best_of_each(there: Bools, worth: Ints, most: int) -> Ints:
    """Add up the largest few of those there, column by column; the rows are the largest first."""
    first = there & (np.cumsum(there, axis=0) <= most)
    found: Ints = (first * worth[:, None]).sum(axis=0)
    return found
