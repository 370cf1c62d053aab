"""What a student's seats weigh, for the plan and for himself."""

from collections.abc import Callable, Collection
from functools import partial
from typing import NamedTuple

from models import Aim, School, worth


class Weight(NamedTuple):
    """What a student's seats weigh; differences of sums over ``most`` students keep their order."""

    plan: int
    """For the plan: its worth first (``models.worth``), then as few seats held before lost as can
    be. Sums are compared as a plan's are."""
    own: tuple[int, int, int]
    """For himself, the greater the better: what they are worth, how many, at what ranks."""
    lost: int
    """Courses in which he had a seat before, and has to do without now."""


Change = tuple[int, tuple[int, int, int], int]
"""Of the plan's weight, of what he has (``Weight.own``), and of what is lost."""
Swap = Callable[[str | None, str | None], Change]
"""Weighs giving up a seat in one course and taking one in another; None where he does not."""
NOTHING: dict[str | None, int] = {None: 0}


class Scales:
    """Weighs the seats of one school's students.

    Parameters
    ----------
    most
        So many students at most change their seats at a time.
    """

    def __init__(self, school: School, most: int) -> None:
        self.school = school
        self._rank = {(w.student, w.course): w.rank for w in school.wishes}
        self._before: dict[str, list[str]] = {}
        for student, course in sorted(school.held_before):
            if (student, course) in self._rank:
                self._before.setdefault(student, []).append(course)
        wished = {s: [w.course for w in wishes] for s, wishes in school.wishes_of.items()}
        whole = [worth(school, s, courses) for s, courses in wished.items()]
        self._base = 1 + 2 * most * max((max(w.points, w.first_points) for w in whole), default=0)
        self.lost_base = 1 + 2 * most * max(map(len, self._before.values()), default=0)
        self._firsts = school.settings.weights.aim is not Aim.MOST_POINTS
        self._points: dict[str, dict[str | None, int]] = {}
        self._ranks: dict[str, dict[str | None, int]] = {}
        for student, own in school.wishes_of.items():
            self._points[student] = {None: 0, **{w.course: school.wish_points(w) for w in own}}
            self._ranks[student] = {None: 0, **{w.course: w.rank for w in own}}
        self._known: dict[tuple[str, frozenset[str]], Weight] = {}

    def before(self, student: str) -> Collection[str]:
        """Give the courses that he wished for and had a seat in before."""
        return self._before.get(student, ())

    def weigh(self, student: str, courses: frozenset[str]) -> Weight:
        """Weigh a student's seats in some courses that he wished for."""
        key = student, courses
        if key not in self._known:
            self._known[key] = self._weighed(student, courses)
        return self._known[key]

    def each_alone(self, student: str) -> bool:
        """Tell whether one seat for another weighs the same whatever else he has."""
        return not self._firsts and student not in self._before

    def changes(self, student: str, held: frozenset[str]) -> Swap:
        """Give what weighs the change where he gives up one of the seats he has, or takes one."""
        if student in self._before:
            return partial(self._changed, student, held, self.weigh(student, held))
        mine, ranks = self._points.get(student, NOTHING), self._ranks.get(student, NOTHING)
        points, count = sum(mine[course] for course in held), len(held)
        bonus = [self.school.seat_bonus(student, count + more) for more in (0, 1, -1)]
        first = self._base + self.school.seat_bonus(student, 1) if self._firsts else 0
        best = {c: max((mine[held_] for held_ in held - {c}), default=0) for c in (*held, None)}
        now, base, lost_base = self._whole(student, held), self._base, self.lost_base

        def change(left: str | None, taken: str | None) -> Change:
            more = (taken is not None) - (left is not None)
            then = points - mine[left] + mine[taken] + bonus[more]
            if first and count + more:
                then += (first + max(best[left], mine[taken])) * base
            own = then - now, more, ranks[left] - ranks[taken]
            return own[0] * lost_base, own, 0

        return change

    def _changed(
        self,
        student: str,
        held: frozenset[str],
        now: Weight,
        left: str | None,
        taken: str | None,
    ) -> Change:
        gone = held if left is None else held - {left}
        then = self.weigh(student, gone if taken is None else gone | {taken})
        a, b = then.own, now.own
        own = a[0] - b[0], a[1] - b[1], a[2] - b[2]
        return then.plan - now.plan, own, then.lost - now.lost

    def _weighed(self, student: str, courses: frozenset[str]) -> Weight:
        points = self._whole(student, courses)
        ranks = sum(self._rank[student, course] for course in courses)
        before = self._before.get(student, ())
        lost = sum(self._lost(student, course, courses) for course in before) if before else 0
        return Weight(points * self.lost_base - lost, (points, len(courses), -ranks), lost)

    def _whole(self, student: str, courses: frozenset[str]) -> int:
        """Give what the seats are worth (``models.worth``) as one number."""
        if not courses:
            return 0
        mine, bonus = self._points[student], self.school.seat_bonus
        points = [mine[course] for course in courses]
        whole = sum(points) + bonus(student, len(points))
        if not self._firsts:
            return whole
        first = max(points) + bonus(student, 1)
        return (self._base + first) * self._base + whole

    def _lost(self, student: str, course: str, courses: frozenset[str]) -> bool:
        """Tell whether he has to do without the course: not where better wishes fill his clubs."""
        rank = self._rank[student, course]
        better = sum(self._rank[student, held] < rank for held in courses)
        return course not in courses and better < self.school.student[student].max_clubs

    @property
    def more_points(self) -> int:
        """The least sum of weights for the plan at which its worth rises."""
        return self.lost_base // 2 + 1

    @property
    def greatest(self) -> int:
        """No sum of weights for the plan of so many students is greater."""
        return self._base**3 * self.lost_base
