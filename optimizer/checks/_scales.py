"""What a student's seats weigh, for the plan and for himself."""

from typing import NamedTuple

from models import School, Worth, worth


class Weight(NamedTuple):
    """What a student's seats weigh; differences of sums over ``most`` students keep their order."""

    plan: int
    """For the plan: its worth first (``models.worth``), then as few seats held before lost as can
    be. Sums are compared as a plan's are."""
    own: tuple[int, int, int]
    """For himself, the greater the better: what they are worth, how many, at what ranks."""
    lost: int
    """Courses in which he had a seat before, and has to do without now."""


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
        self._known: dict[tuple[str, frozenset[str]], Weight] = {}

    def weigh(self, student: str, courses: frozenset[str]) -> Weight:
        """Weigh a student's seats in some courses that he wished for."""
        key = student, courses
        if key not in self._known:
            self._known[key] = self._weighed(student, courses)
        return self._known[key]

    def _weighed(self, student: str, courses: frozenset[str]) -> Weight:
        points = self._whole(worth(self.school, student, courses))
        ranks = [self._rank[student, course] for course in courses]
        lost = sum(self._lost(student, course, courses) for course in self._before.get(student, ()))
        own = points, len(courses), -sum(ranks)
        return Weight(points * self.lost_base - lost, own, lost)

    def _whole(self, worth_: Worth) -> int:
        return (worth_.first_clubs * self._base + worth_.first_points) * self._base + worth_.points

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
