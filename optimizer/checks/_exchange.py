"""Exchanges of seats that are due: the rule by which equal claims are decided.

**An exchange.** With sections and staff as they are, some students, each once, form a ring or a
chain: each gives up one seat, or none where he may have one more club, and takes one that the
next one gives up. In a ring the last one takes what the first gave up. In a chain he goes without
one, or takes a free seat, and what the first gave up stays free. Afterwards all rules hold: sizes
and grades of the sections, named teachers, times, limits of a day, numbers of clubs; pinned seats
stay. Whoever comes back to base care takes the place of one of his grade who leaves it then in
this exchange, or one that is free; every group stays in order, so nobody is without supervision.

**It is due** if the plan's worth (``models.worth``) does not fall by it, and

1. it rises; or
2. by the draw: of those whose lot changes, the one who goes first is better off; or
3. by seats held before: somebody gets back a seat in a course in which he had one in the earlier
   plan (sheet *Previous*), and fewer such seats are lost than without it.

In 2 and 3 nobody is worse off who has priority where the one of whom they speak has none. Nobody in
2 is worse off whose number is lower than his; in 3 this goes only for seats in a course that their
holder had before, too. And no such seat passes from one who would be worse off to one who had none
in the course.

A plan in which no exchange is due is one that the lottery allows. By each that is made, the worth
of the plan rises, or else the number of seats held before that are lost falls, or else the list of
what the students have in the order of the draw becomes better: so making them comes to an end.

**How far it is looked for.** Up to ``LONGEST`` students an exchange, all ways tried where nothing
but the order of trying is in question; where base care, grades or a student who would be in it
twice stand in the way of the first found, others are tried, in all ``STEPS`` for each student's
move and less where much was tried for others (``PASS_STEPS``). Counts and not the clock decide, and
engine and check look in the same way: the check finds none in what the engine has finished. Of
exchanges of the first kind it asks only for those of two students, and these only where first clubs
come before points; the engine looks for longer ones, too, but once over.
"""

from collections.abc import Iterator, Sequence
from itertools import product

from models import CareGroup, Plan, School, Section
from optimizer.checks._arc import Arc
from optimizer.checks._graph import Graph
from optimizer.checks._quest import (
    BETTERING,
    FEW,
    LIMITS,
    LONGEST,
    PAIR,
    PASS_STEPS,
    STEPS,
    WORTH_KNOWING,
    Due,
    Quest,
    Why,
    may_be,
)
from optimizer.checks._reach import Reach
from optimizer.checks._scales import Scales
from optimizer.checks._seating import Move, Seating
from optimizer.checks._standing import Standing
from optimizer.checks._swaps import Swaps


class Exchanges:
    """Finds the exchanges that are due in a plan, and makes them.

    Parameters
    ----------
    swapped
        Whether swaps by the draw are made at once, in bulk, which is much faster than one by one.
    """

    def __init__(
        self,
        school: School,
        plan: Plan,
        standing: Standing | None = None,
        *,
        swapped: bool = False,
    ) -> None:
        self._plan, self._school = plan, school
        self.seating = Seating(school, plan, standing)
        scales = Scales(school, LONGEST)
        if swapped:
            Swaps(self.seating, scales).make()
        self._graph = Graph(self.seating, scales)
        self._made = 0
        self._given_up: set[Move] = set()
        self._left = PASS_STEPS
        self._first_arcs: dict[tuple[str, Why], list[Arc]] = {}
        self._looked_at, self._spent = "", 0
        """For whose sake was looked last, and how much was tried for it since seats changed."""
        self._lent: Reach | None = None

    def due(self, reasons: Sequence[Why] = tuple(Why)) -> Iterator[Due]:
        """Give exchanges that are due for some reasons, at most one for each student and reason.

        If they are made meanwhile (``make``), this goes on until there is none left.
        """
        if Why.WORTH in reasons:
            # First, for what ways weigh at most means little before these are made; and once over,
            # for that takes long, and hardly one more is found in another round.
            yield from self._for(Why.WORTH)
        made = -1
        while made != self._made:
            made = self._made
            for why in reasons:
                if why is not Why.WORTH:
                    yield from self._for(why)

    def _for(self, why: Why) -> Iterator[Due]:
        """Give exchanges due for one reason, in one go through all students."""
        told: set[str] = set()
        self._left = PASS_STEPS
        self._given_up.clear()
        for student, limit in self._turns(why):
            while student not in told:
                made, found = self._made, self._find(student, why, limit)
                if found is None:
                    break
                yield found
                if made == self._made:
                    told.add(student)

    def _turns(self, why: Why) -> Iterator[tuple[str, int]]:
        """Give students and how many may be in an exchange: first few, for these are quickly found.

        By the draw all that is due to one student comes before the next: nobody who comes later
        takes it from him, and what may be used for his sake is worked out once.
        """
        if why is Why.DRAW:
            self._graph.measure()
            yield from product(self._graph.place, LIMITS)
            return
        for limit in PAIR if why is Why.PAIR else LIMITS:
            self._graph.measure()
            for student in self._graph.place:
                yield student, limit

    def _find(self, student: str, why: Why, limit: int) -> Due | None:
        for arc in self._firsts(student, why):
            reach = self._reach(student, why)
            if arc.move not in self._given_up and may_be(self._graph, reach, why, arc, limit):
                quest = Quest(self._graph, reach, why, arc, steps=STEPS if self._left > 0 else FEW)
                found = quest.find(limit)
                self._left -= quest.spent
                self._spent += quest.spent
                if found is not None:
                    return found
                if quest.steps <= 0:
                    self._given_up.add(arc.move)
        return None

    def _reach(self, student: str, why: Why) -> Reach:
        """Give the ways that may be used for a student's sake.

        By the draw, once much has been tried in vain, only those by which nobody loses who may not:
        to work these out takes as long.
        """
        if student != self._looked_at:
            self._looked_at, self._spent, self._lent = student, 0, None
        if why is not Why.DRAW or self._spent < WORTH_KNOWING:
            return self._graph.all
        if self._lent is None:
            self._lent = self._graph.for_sake_of(student)
        return self._lent

    def _firsts(self, student: str, why: Why) -> list[Arc]:
        """List the arcs that exchanges for his sake may begin with, those best for him first."""
        key = student, why
        if key not in self._first_arcs:
            firsts = [arc for arc in self._graph.arcs(student) if _begins(arc, why)]
            firsts.sort(key=lambda a: (-a.own[0], -a.own[1], -a.own[2], a.end, a.start))
            self._first_arcs[key] = firsts
        return self._first_arcs[key]

    def make(self, due: Due) -> None:
        """Make an exchange that was found just now."""
        self.seating.change(due.moves, due.places)
        for move in due.moves:
            for why in Why:
                self._first_arcs.pop((move.student, why), None)
        self._graph.renew(due.moves)
        self._looked_at = ""
        self._made += 1

    def worse_off(self, due: Due) -> list[str]:
        """List who loses by an exchange that was found just now."""
        made = set(due.moves)
        arcs = (a for move in due.moves for a in self._graph.arcs(move.student))
        return [arc.student for arc in arcs if arc.worse and arc.move in made]

    def result(self) -> tuple[tuple[Section, ...], tuple[CareGroup, ...]]:
        """Give sections and care groups as they are after the exchanges made."""
        order = {s.id: n for n, s in enumerate(self._school.students)}

        def listed(members: set[str]) -> dict[str, tuple[str, ...]]:
            return {"students": tuple(sorted(members, key=order.__getitem__))}

        seating, care = self.seating, self.seating.care
        return (
            tuple(s.model_copy(update=listed(seating.members[s.id])) for s in self._plan.sections),
            tuple(
                g.model_copy(update=listed(care.members[g.id]))
                for g in self._plan.care_groups
                if g.id in care.members
            ),
        )


def _begins(arc: Arc, why: Why) -> bool:
    """Tell whether an exchange may begin with the arc."""
    if why in BETTERING:
        return arc.plan > 0
    if why is Why.HELD:
        return arc.better and arc.gets_back
    return arc.better
