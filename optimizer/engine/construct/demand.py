"""Who wishes for what, can come when, and what a seat would bring: arrays that follow the seats.

What does not follow the seats is looked up once a school: one ``Demand`` takes it from another.

Shapes: S students, K slots; of one course W wishes, P patterns, N people to be named, B sets of
grades.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from models import Course, Wish
from optimizer.engine.finish.alternatives import allowed
from optimizer.engine.finish.draft import DraftPlan
from optimizer.engine.objective import counts_firsts, first_weight
from optimizer.rules.content import time_barred
from optimizer.rules.cross_grade import section_bands
from optimizer.rules.pattern import patterns

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
    patterns: list[tuple[str, ...]]
    """Slots that a section may meet at."""
    meets: Bools
    """(K, P): at which slots those of a pattern are."""
    can_all: Bools
    """(W, P): whether the student can be in the course at all slots of a pattern."""
    bands: list[frozenset[int]]
    """Grades that may share a section."""
    of_band: Bools
    """(B, W): whether the student's grade is one of them."""
    names: list[str | None]
    """Who may have to lead it for the sake of wishes that name him, and nobody."""
    under: Bools
    """(N, W): which wishes could be met then."""


class Demand:
    """The wishes that are left, beside the seats of a draft.

    Parameters
    ----------
    like
        One of the same school, whatever its seats.
    """

    def __init__(self, draft: DraftPlan, like: "Demand | None" = None) -> None:
        self.school, self.draft = draft.school, draft
        if like is None:
            self._look_up()
        else:
            self._take_from(like)
        school = self.school
        self.taken = np.zeros((len(school.students), len(school.slots)), np.bool_)
        """(S, K): whether a seat keeps the student from the slot."""
        self.left = np.array([s.max_clubs for s in school.students], np.int64)
        self.held = np.zeros(len(school.students), np.int64)
        for student, seats in draft.seats.items():
            for course, section in seats.items():
                self.seated(student, course, draft.sections[section].slots)

    def _look_up(self) -> None:
        school = self.school
        self.number = {s.id: n for n, s in enumerate(school.students)}
        self.slot = {slot.id: n for n, slot in enumerate(school.slots)}
        self.reach = np.array(
            [[a.overlaps(b) for b in school.slots] for a in school.slots], np.bool_
        ).reshape(len(school.slots), len(school.slots))
        """(K, K): whether two slots meet at one moment; each does with itself."""
        self.grade = np.array([school.grade_of[s.id] for s in school.students], np.int64)
        self._bonus()
        usable = self._usable()
        self.of = {course.id: self._wanted(course, usable) for course in school.courses}

    def _bonus(self) -> None:
        """Set what a student's next seat brings beside the points of the wish: (S, 3)."""
        school = self.school
        times, being = first_weight(school) if counts_firsts(school) else (0, 0)
        self.times: int = times
        """How often the points of a first club count once more."""
        rows = []
        for student in school.students:
            one, two = (school.seat_bonus(student.id, n) for n in (1, 2))
            rows.append([one + times * (being + one), two - one, 0])
        self.bonus: Ints = np.array(rows, np.int64).reshape(-1, 3)

    def _take_from(self, like: "Demand") -> None:
        self.number, self.slot, self.reach = like.number, like.slot, like.reach
        self.grade, self.times, self.bonus = like.grade, like.times, like.bonus
        self.of = {c: replace(w, waits=np.ones_like(w.waits)) for c, w in like.of.items()}

    def _usable(self) -> Bools:
        """Give the slots that each student can use: (S, K)."""
        found = np.zeros((len(self.school.students), len(self.school.slots)), np.bool_)
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
        ways, bands = patterns(school, course), section_bands(school, course)
        meets = np.zeros((len(school.slots), len(ways)), np.bool_)
        for n, slots in enumerate(ways):
            meets[self.slots(slots), n] = True
        return Wanted(
            wishes,
            student,
            points,
            can,
            np.ones(len(wishes), np.bool_),
            ways,
            meets,
            ~_any(~can, meets),
            bands,
            np.array([np.isin(self.grade[student], list(band)) for band in bands], np.bool_),
            *_by_name(wishes),
        )

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

    def free_by_pattern(self, wanted: Wanted, rows: Ints) -> Bools:
        """Tell which of some waiting wishes a section of each pattern could meet: (rows, P)."""
        found: Bools = wanted.can_all[rows] & ~_any(self.taken[wanted.student[rows]], wanted.meets)
        return found

    def waiting(self, wanted: Wanted, worth: Ints) -> Ints:
        """Give the wishes that may still be granted, those of the greatest worth first."""
        rows: Ints = np.flatnonzero(wanted.waits & (self.left[wanted.student] > 0))
        ordered: Ints = rows[np.argsort(-worth[rows], kind="stable")]
        return ordered

    def seated(self, student: str, course: str, slots: tuple[str, ...]) -> None:
        """Take note of a seat."""
        n = self.number[student]
        self.held[n] += 1
        self.left[n] -= 1
        self.taken[n] |= self.reach[self.slots(slots)].any(axis=0)
        wanted = self.of[course]
        wanted.waits[wanted.student == n] = False


def _any(at: Bools, meets: Bools) -> Bools:
    """Tell for each row which patterns have one of its slots: (rows, P)."""
    found: Bools = at.astype(np.float32) @ meets.astype(np.float32) > 0
    return found


def _by_name(wishes: Sequence[Wish]) -> tuple[list[str | None], Bools]:
    """Give the teachers that may have to lead, and whose wishes could be met under each."""
    names = sorted({w.teacher for w in wishes if w.teacher is not None})
    under = [[w.teacher in (None, name) for w in wishes] for name in (*names, None)]
    return [*names, None], np.array(under, np.bool_)
