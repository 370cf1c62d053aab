"""Who wishes for what, can come when, and what a seat would bring: arrays that follow the seats.

Shapes: S students, K slots, W wishes for one course.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models import Course, Wish
from optimizer.engine.finish.alternatives import allowed
from optimizer.engine.finish.draft import DraftPlan
from optimizer.engine.objective import counts_firsts, first_weight
from optimizer.rules.content import time_barred

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass
class Wanted:
    """The wishes for one course that may be granted at all."""

    wishes: list[Wish]
    student: Ints
    """(W,): numbers of the students."""
    points: Ints
    can: Bools
    """(W, K): whether the student can be in the course at the slot."""
    waits: Bools
    """(W,): whether the wish is not granted yet."""


class Demand:
    """The wishes that are left, beside the seats of a draft."""

    def __init__(self, draft: DraftPlan) -> None:
        school = self.school = draft.school
        self.draft = draft
        self.number = {s.id: n for n, s in enumerate(school.students)}
        self.slot = {slot.id: n for n, slot in enumerate(school.slots)}
        self.reach = np.array(
            [[a.overlaps(b) for b in school.slots] for a in school.slots], np.bool_
        ).reshape(len(school.slots), len(school.slots))
        """(K, K): whether two slots meet at one moment; each does with itself."""
        self.grade = np.array([school.grade_of[s.id] for s in school.students], np.int64)
        self.taken = np.zeros((len(school.students), len(school.slots)), np.bool_)
        """(S, K): whether a seat keeps the student from the slot."""
        self.left = np.array([s.max_clubs for s in school.students], np.int64)
        self.held = np.zeros(len(school.students), np.int64)
        self._bonus()
        usable = self._usable()
        self.of = {course.id: self._wanted(course, usable) for course in school.courses}
        for student, seats in draft.seats.items():
            for course, section in seats.items():
                self.seated(student, course, draft.sections[section].slots)

    def _bonus(self) -> None:
        """Set what a student's next seat brings beside the points of the wish: (S, 3)."""
        school = self.school
        times, being = first_weight(school) if counts_firsts(school) else (0, 0)
        self.times = times
        """How often the points of a first club count once more."""
        rows = []
        for student in school.students:
            one, two = (school.seat_bonus(student.id, n) for n in (1, 2))
            rows.append([one + times * (being + one), two - one, 0])
        self.bonus = np.array(rows, np.int64).reshape(-1, 3)

    def _usable(self) -> Bools:
        """Give the slots that each student can use: (S, K)."""
        found = np.zeros_like(self.taken)
        for n, student in enumerate(self.school.students):
            found[n, [self.slot[s] for s in self.draft.usable(student.id)]] = True
        return found

    def _wanted(self, course: Course, usable: Bools) -> Wanted:
        school = self.school
        wishes = [w for w in school.wishes_for[course.id] if allowed(school, w.student, w.course)]
        student = np.array([self.number[w.student] for w in wishes], np.int64)
        can = usable[student]
        if course.content:
            for grade in set(self.grade[student].tolist()):
                barred = [time_barred(school, course, grade, slot) for slot in school.slots]
                can[np.ix_(self.grade[student] == grade, np.array(barred, np.bool_))] = False
        points = np.array([school.wish_points(w) for w in wishes], np.int64)
        return Wanted(wishes, student, points, can, np.ones(len(wishes), np.bool_))

    def slots(self, names: tuple[str, ...]) -> Ints:
        """Give the numbers of some slots."""
        return np.array([self.slot[name] for name in names], np.int64)

    def worth(self, wanted: Wanted) -> Ints:
        """Give what a seat would bring, wish by wish, as its student's next one."""
        held = self.held[wanted.student]
        first = np.where(held == 0, 1 + self.times, 1)
        return wanted.points * first + self.bonus[wanted.student, np.minimum(held, 2)]

    def free(self, wanted: Wanted, at: Ints) -> Bools:
        """Tell whose wish a section at these slots could meet, wish by wish."""
        who = wanted.student
        found: Bools = (
            wanted.waits
            & (self.left[who] > 0)
            & wanted.can[:, at].all(axis=1)
            & ~self.taken[np.ix_(who, at)].any(axis=1)
        )
        return found

    def seated(self, student: str, course: str, slots: tuple[str, ...]) -> None:
        """Take note of a seat."""
        n = self.number[student]
        self.held[n] += 1
        self.left[n] -= 1
        self.taken[n] |= self.reach[self.slots(slots)].any(axis=0)
        wanted = self.of[course]
        wanted.waits[wanted.student == n] = False
