"""Why a wish was not granted: the first reason that applies, worked out anew.

In the order of ``UnmetReason``, each looking only at what the ones before leave over:

- ``not_eligible``: the policy excludes the student, or bars the course (its content for his grade,
  whatever the time, its provider for all); the course is not for his grade; a lock denies him the
  seat.
- ``time``: none of the course's weekly patterns lies in the slots he can use: those he offers, less
  those that the policy's hours close to his grade, those at which it keeps the course's content
  from his grade, and those that overlap another slot at which he asked to stay.
- No section is open. ``too_few``: of those who wished for it, fewer than its minimum size have
  neither of the reasons above. ``not_opened``: otherwise.
- ``teacher``: no open section has the teacher he names.
- ``other_time``: of those, none meets only at slots he can use.
- ``clash``: of those, each overlaps a seat he holds.
- ``full``: of those, none has a free seat.
- ``grades``: of those, none may take his grade beside the grades in it.
- ``limit``: he holds as many clubs as he wanted; or in each of those he would exceed a limit of
  the policy on a day; or base care could not be kept in order without him.

If none applies he could simply take a seat: the plan is not finished.
"""

from collections.abc import Callable
from functools import cache

from models import Section, UnmetReason, Wish
from optimizer.checks._patterns import weekly_patterns
from optimizer.checks._standing import Standing


class Reasons:
    """Finds the reasons for the unmet wishes of one plan."""

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        self._patterns = cache(self._find_patterns)
        self._fits_somehow = cache(self._find_fit)
        self._turnout = cache(self._find_turnout)

    def reason(self, wish: Wish) -> UnmetReason | Section:
        """Give the reason for an unmet wish, or a section that the student could simply join."""
        standing, student = self.standing, wish.student
        if not standing.eligible(student, wish.course):
            return UnmetReason.NOT_ELIGIBLE
        if not self._fits_somehow(wish.course, standing.usable_for(student, wish.course)):
            return UnmetReason.TIME
        sections = standing.open[wish.course]
        if not sections:
            few = self._turnout(wish.course) < standing.school.course[wish.course].min_size
            return UnmetReason.TOO_FEW if few else UnmetReason.NOT_OPENED
        for reason, passes in self._sieves(wish):
            sections = [section for section in sections if passes(section)]
            if not sections:
                return reason
        return sections[0]

    def _sieves(self, wish: Wish) -> list[tuple[UnmetReason, Callable[[Section], bool]]]:
        standing, student = self.standing, wish.student
        wants_more = len(standing.seats[student]) < standing.school.student[student].max_clubs
        return [
            (UnmetReason.TEACHER, lambda s: wish.teacher is None or wish.teacher in s.staff),
            (UnmetReason.OTHER_TIME, lambda s: standing.could_be_there(student, s)),
            (UnmetReason.CLASH, lambda s: not standing.clashes(student, s)),
            (UnmetReason.FULL, lambda s: not standing.full(s)),
            (UnmetReason.GRADES, lambda s: standing.admits_grade(student, s)),
            (UnmetReason.LIMIT, lambda s: wants_more and self._undisturbed(student, s)),
        ]

    def could_join(self, student: str, section: Section) -> bool:
        """Tell whether a student could take a free seat, however many clubs he wanted."""
        standing = self.standing
        return (
            all(held.course != section.course for held in standing.seats[student])
            and standing.eligible(student, section.course)
            and standing.could_be_there(student, section)
            and not standing.clashes(student, section)
            and not standing.full(section)
            and standing.admits_grade(student, section)
            and self._undisturbed(student, section)
        )

    def _undisturbed(self, student: str, section: Section) -> bool:
        allowed = self.standing.day_allows(student, gains=(section,))
        return allowed and self.standing.can_leave_care(student, section)

    def _find_patterns(self, course: str) -> frozenset[frozenset[str]]:
        return weekly_patterns(self.standing.school, self.standing.school.course[course])

    def _find_fit(self, course: str, usable: frozenset[str]) -> bool:
        return any(pattern <= usable for pattern in self._patterns(course))

    def _find_turnout(self, course: str) -> int:
        """Count who wished for the course and could come to it, at some time or other."""
        wishes = self.standing.school.wishes_for[course]
        return sum(
            self.standing.eligible(wish.student, course)
            and self._fits_somehow(course, self.standing.usable_for(wish.student, course))
            for wish in wishes
        )
