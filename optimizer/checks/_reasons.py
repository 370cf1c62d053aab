"""Why a wish was not granted: the first reason that applies, in the order of ``UnmetReason``.

- ``not_eligible``: the policy excludes the student, or bars the course (its content for his grade,
  whatever the time, its provider for all); the course is not for his grade; a lock denies him the
  seat.
- No section is open. What shuts it for all comes first (``closed``, ``no_times``), then ``time``,
  then the rest of ``_opening``.
- ``time``: none of the course's weekly patterns lies in the slots he can use: those he offers, less
  those that the policy's hours close to his grade, those at which it keeps the course's content
  from his grade, and those that overlap another slot at which he asked to stay.
- Each open section is tried (see ``_trials``). In each something is in the way. The section meant
  is the one in which what comes first does so latest, and of several such the one with least in
  the way; the reason is what comes first there, and ``also`` is the rest.

So a reason is true of every open section but those in whose way something earlier is, and granting
the wish in the section meant breaks what reason and ``also`` name and nothing else. If a section
has nothing in the way, the wish could simply be granted: the plan is not finished.
"""

from typing import NamedTuple

from models import Section, UnmetReason, UnmetWish, Wish
from optimizer.checks._giving_up import Obstacle
from optimizer.checks._opening import Openings
from optimizer.checks._standing import Standing
from optimizer.checks._trials import Trials, Way

ORDER = {reason: number for number, reason in enumerate(UnmetReason)}


class Verdict(NamedTuple):
    """Why a wish was not granted."""

    reason: UnmetReason
    because: tuple[str, ...] = ()
    also: tuple[UnmetReason, ...] = ()
    section: Section | None = None
    """The section meant, or one that could be opened."""

    def of(self, wish: Wish) -> UnmetWish:
        """Enter the wish in the list of unmet wishes."""
        return UnmetWish(
            student=wish.student,
            course=wish.course,
            rank=wish.rank,
            reason=self.reason,
            because=self.because,
            also=self.also,
        )


class Reasons:
    """Finds the reasons for the unmet wishes of one plan."""

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        self._trials = Trials(standing)
        self._openings = Openings(standing)

    def reason(self, wish: Wish) -> Verdict | Way:
        """Give the reason for an unmet wish, or the way in which it could simply be granted."""
        standing, student, course = self.standing, wish.student, wish.course
        if not standing.eligible(student, course):
            return Verdict(UnmetReason.NOT_ELIGIBLE)
        sections = standing.open[course]
        shut = None if sections else self._openings.shut(course)
        if shut is not None:
            return Verdict(shut)
        if not self._openings.fits_somehow(course, standing.usable_for(student, course)):
            return Verdict(UnmetReason.TIME)
        if not sections:
            why = self._openings.why(course)
            if isinstance(why, Section):
                return Verdict(UnmetReason.COULD_OPEN, section=why)
            return Verdict(why.reason, why.because)
        return self._nearest(wish, sections)

    def way(self, wish: Wish) -> Way | None:
        """Give the way in which an unmet wish could simply be granted, if there is one."""
        standing, student, course = self.standing, wish.student, wish.course
        if standing.eligible(student, course):
            for section in standing.open[course]:
                if not standing.full(section):
                    found = self._trials.try_seat(wish, section)
                    if isinstance(found, Way):
                        return found
        return None

    def _nearest(self, wish: Wish, sections: list[Section]) -> Verdict | Way:
        tried: list[tuple[tuple[Obstacle, ...], Section]] = []
        for section in sections:
            found = self._trials.try_seat(wish, section)
            if isinstance(found, Way):
                return found
            tried.append((found, section))
        found, section = max(tried, key=lambda t: (ORDER[t[0][0].reason], -len(t[0])))
        first = found[0]
        also = tuple(obstacle.reason for obstacle in found[1:])
        return Verdict(first.reason, first.because, also, section)
