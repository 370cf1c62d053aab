"""Who holds the seats of a full section, as somebody who was refused one is told.

A claim is *stronger* than another if the seat is worth more to the plan with it, each given the
other seats that its holder has (``models.worth``), or just as much and its holder alone has
priority. Where two are equal, whoever had a seat in the course before goes first, and then the draw
counts (``draw_order``). Seats that are pinned are set aside. Of the others:

- ``full_lottery``: some are held by equal claims with a better number, the rest by such, by those
  who held them before, or by stronger claims.
- ``full_stronger``: some are held by stronger claims, the rest by who held them before.
- ``full_held``: all are held by equal claims of those who held them before.
- ``full_pinned``: there are none.
- ``full``: none of these can be shown. Then the seat of a claim that is no better can still not
  change hands by itself: that would be an exchange that is due (see ``_lottery``).
"""

from functools import cache
from typing import NamedTuple

from models import Section, UnmetReason, Wish, Worth, draw_order, worth
from optimizer.checks._giving_up import Obstacle, could_give_up
from optimizer.checks._standing import Standing


class Strength(NamedTuple):
    """How strong a claim is; the greater the stronger."""

    gain: Worth
    factor: int


class Held(NamedTuple):
    """The seats of a section that are not pinned, by the claims they are held by."""

    weakest: Strength | None
    """None where there are no such seats."""
    last: tuple[bool, int]
    """Of the weakest claims, the place in the draw of the one that goes last."""
    newcomers: bool
    """Whether one of the weakest claims is of somebody who did not hold the seat before."""
    stronger: bool
    """Whether some claims are stronger than the weakest."""


class Holders:
    """Finds why the seats of full sections are others'."""

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        self._held = cache(self._find_held)
        self._section = {s.id: s for s in standing.plan.sections}

    def reason(self, wish: Wish, section: Section, gives_up: tuple[Section, ...]) -> UnmetReason:
        """Say how the seats of a full section are held against a wish.

        Parameters
        ----------
        gives_up
            Seats of his that he would give up for this one.
        """
        held, school = self._held(section.id), self.standing.school
        if held.weakest is None:
            return UnmetReason.FULL_PINNED
        given = {s.course for s in gives_up}
        mine = self._strength(wish.student, wish.course, given)
        if held.weakest > mine:
            return UnmetReason.FULL_STRONGER
        place = draw_order(school, wish.student, wish.course)
        if held.weakest < mine or held.last > place:
            return UnmetReason.FULL
        if held.newcomers or not place[0]:
            return UnmetReason.FULL_LOTTERY
        return UnmetReason.FULL_STRONGER if held.stronger else UnmetReason.FULL_HELD

    def claim(self, wish: Wish, section: Section) -> Strength:
        """Tell how strong a claim to a seat in a section is, without what is given up for it."""
        standing = self.standing
        choices = could_give_up(standing, wish, standing.clashing(wish.student, section))
        gives_up = () if isinstance(choices, Obstacle) else choices[0]
        return self._strength(wish.student, wish.course, {held.course for held in gives_up})

    def _strength(self, student: str, course: str, given: set[str]) -> Strength:
        """Tell how strong a claim to a seat in a course is, without the seats given up for it."""
        school = self.standing.school
        held = (section.course for section in self.standing.seats[student])
        beside = [c for c in held if c != course and c not in given]
        gain = worth(school, student, [*beside, course]) - worth(school, student, beside)
        return Strength(gain, school.factor(student))

    def _find_held(self, section_id: str) -> Held:
        section, standing = self._section[section_id], self.standing
        free = [s for s in section.students if (s, section.course) not in standing.seat_locks]
        claims = {s: self._strength(s, section.course, set()) for s in free}
        weakest = min(claims.values(), default=None)
        weak = [
            draw_order(standing.school, s, section.course) for s in free if claims[s] == weakest
        ]
        return Held(
            weakest,
            max(weak, default=(False, 0)),
            any(new for new, _ in weak),
            len(weak) < len(free),
        )
