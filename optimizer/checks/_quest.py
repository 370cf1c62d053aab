"""Looking for one exchange that begins with one student's move."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from optimizer.checks._arc import Arc
from optimizer.checks._care_places import Places
from optimizer.checks._graph import NOBODY, Care, Graph
from optimizer.checks._reach import Reach
from optimizer.checks._seating import Move

LONGEST = 8
"""Most students in an exchange."""
STEPS, AGAIN, FEW = 1_000, 300, 20
"""How much is tried for one student's move before it is given up; when places come to before are
gone through again; and when much has been tried for others (``PASS_STEPS``)."""
PASS_STEPS = 400_000
"""How much is tried in one go through all students before little is tried for the rest."""
WORTH_KNOWING = 10
"""How much is tried for one student before it is worked out who may give something up for him."""
LIMITS = (2, 3, 5, LONGEST)
"""Numbers of students that are tried one after the other: short exchanges are found first."""
PAIR = LIMITS[:1]


NOTHING: frozenset[object] = frozenset()


class Why(StrEnum):
    """Why an exchange is due."""

    WORTH = "worth"
    """The plan is worth more."""
    PAIR = "pair"
    """The same, and no more than two students take part."""
    HELD = "held"
    DRAW = "draw"


BETTERING = frozenset({Why.WORTH, Why.PAIR})
"""Reasons by which the plan is worth more, whoever loses."""


class Due(NamedTuple):
    """An exchange that is due, and for whose sake."""

    why: Why
    student: str
    moves: tuple[Move, ...]
    """His is the first; each takes the seat that the next one gives up."""
    places: Places


def least_weight(graph: Graph, why: Why) -> int:
    """Give what an exchange that is due for a reason weighs at least for the plan."""
    if why in BETTERING:
        return graph.scales.more_points
    return 1 if why is Why.HELD else 0


def may_be(graph: Graph, reach: Reach, why: Why, first: Arc, limit: int) -> bool:
    """Tell whether some ways weigh as much as an exchange must that begins with an arc."""
    longest = reach.bounds(first.start, limit - 1)[limit - 1]
    return first.plan + longest[first.end] >= least_weight(graph, why)


@dataclass
class Quest:
    """One search, for the sake of the student who makes the first move."""

    graph: Graph
    reach: Reach
    """The ways that are gone."""
    why: Why
    first: Arc
    thorough: bool = False
    """Whether places that were come to before are gone through again."""
    steps: int = STEPS
    spent: int = 0
    """How much was tried, at most."""
    doubt: bool = False
    """Whether something was passed over that might have been an exchange."""
    path: list[Arc] = field(default_factory=list)
    passed: set[int] = field(default_factory=set)
    """Nodes on the way."""
    bounds: list[list[int]] = field(default_factory=list)
    """What ways to the target weigh at most."""
    students: set[str] = field(default_factory=set)
    """Who is on the way."""
    net: dict[tuple[int, str], int] = field(default_factory=dict)
    """By grade and slot where places in base care are short, how many more are needed; never 0."""
    seen: dict[object, tuple[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        school = self.graph.seating.school
        self.need = least_weight(self.graph, self.why)
        self.target = self.first.start
        self.factor, self.place = school.factor(self.first.student), self.first.order

    def find(self, limit: int) -> Due | None:
        """Find an exchange of at most so many students that is due."""
        self.bounds = self.reach.bounds(self.target, limit)
        self.seen.clear()
        allowed = self.steps
        found = self._after(self.first, 0, limit)
        self.spent = allowed - self.steps
        if found is not None or limit < LONGEST or not self.doubt or self.steps <= 0:
            return found
        self.thorough, self.steps = True, min(AGAIN, allowed)
        self.spent += self.steps
        return self._after(self.first, 0, limit)

    def _after(self, arc: Arc, weight: int, left: int) -> Due | None:
        """Go on after an arc, if so many students may still take part, this one included."""
        care = self.graph.care(arc)
        if care:
            self._shift(care, 1)
        weight += arc.plan
        if arc.end != self.target and self._known(arc, weight, left - 1):
            found = None
        else:
            self.path.append(arc)
            self.passed.add(arc.end)
            self.students.add(arc.student)
            if arc.end == self.target:
                found = self._closed(weight)
            else:
                found = self._onwards(arc.end, weight, left - 1)
            self.students.discard(arc.student)
            self.passed.discard(arc.end)
            self.path.pop()
        if care:
            self._shift(care, -1)
        return found

    def _shift(self, care: Care, sign: int) -> None:
        net = self.net
        for key, change in care:
            after = net.get(key, 0) + sign * change
            if after:
                net[key] = after
            else:
                del net[key]

    def _onwards(self, node: int, weight: int, left: int) -> Due | None:
        """Go on from a node: with nobody who gives up a seat there, or with somebody."""
        last = self.path[-1] if self.path[-1].end == node else None
        found = self._nobody(node, weight, left)
        return found or (self._somebody(node, last, weight, left) if left else None)

    def _somebody(self, node: int, last: Arc | None, weight: int, left: int) -> Due | None:
        """Let somebody give up a seat at the node, for the sake of the last one if any."""
        goes = None if last is None else self.graph.admitted(last)
        for end_node, arcs, most in self.reach.ways(
            self.target, node, self.need - weight, left - 1
        ):
            alike: set[object] = set()
            passed, ends = end_node in self.passed, end_node == self.target
            for arc in arcs:
                if arc.plan < most:
                    break
                self.steps -= 1
                if self.steps <= 0:
                    return None
                if (
                    not (goes is None or arc.grade in goes)
                    or (arc.worse and not self._may_lose(arc, last))
                    or not self._admitted(arc)
                ):
                    continue
                if passed or arc.student in self.students:
                    self.doubt = True
                    continue
                if not (ends or self.thorough):
                    # What follows depends on nothing else of him: it is known at once.
                    like = arc.plan, arc.had, arc.grade, self.graph.care(arc)
                    if like in alike:
                        continue
                    alike.add(like)
                found = self._after(arc, weight, left)
                if found is not None:
                    return found
        return None

    def _admitted(self, arc: Arc) -> bool:
        """Tell whether grades let him in: at the end of the ring, in the place of the first."""
        goes = self.graph.admitted(arc)
        if arc.end == self.target and goes is not None:
            return self.first.grade in goes
        return goes != NOBODY

    def _nobody(self, node: int, weight: int, left: int) -> Due | None:
        """End a chain in a free seat, or begin it with a seat that stays free."""
        graph = self.graph
        section = graph.sections[node]
        if section is not None:
            if not graph.seating.free(section) or graph.admitted(self.path[-1]) is not None:
                return None
            if self.target == 0:
                return self._closed(weight)
            return None if 0 in self.passed else self._through(0, weight, left)
        target, least, bounds = self.target, self.need - weight, self.bounds[left]
        for start in graph.can_shrink():  # hundreds, of which few will do
            if start == target:
                found = self._closed(weight)
            elif bounds[start] >= least and left and start not in self.passed:
                found = self._through(start, weight, left)
            else:
                continue
            if found is not None:
                return found
        return None

    def _through(self, node: int, weight: int, left: int) -> Due | None:
        """Go on from a node to which nobody comes."""
        self.passed.add(node)
        if node == 0:
            found = self._onwards(node, weight, left)
        else:
            found = self._somebody(node, None, weight, left)
        self.passed.discard(node)
        return found

    def _known(self, last: Arc, weight: int, left: int) -> bool:
        """Tell whether the place was come to before in no worse a way."""
        if self.thorough:
            return False
        net = frozenset(self.net.items()) if self.net else NOTHING
        grade = last.grade if self.graph.admitted(last) is not None else None
        key = last.end, last.had, net, grade
        before = self.seen.get(key)
        if before is not None and before[0] >= weight and before[1] >= left:
            return True
        self.seen[key] = weight, left
        return False

    def _may_lose(self, arc: Arc, last: Arc | None) -> bool:
        """Tell whether the rule lets a student be worse off."""
        if self.why in BETTERING:
            return True
        if arc.gives_up and not (last and last.had):
            return False
        late = arc.order > self.place
        if self.why is Why.HELD:
            late = late or not arc.gives_up
        return late and self.graph.seating.school.factor(arc.student) <= self.factor

    def _closed(self, weight: int) -> Due | None:
        if weight < self.need:
            return None
        moves = tuple(arc.move for arc in self.path)
        places = None
        if all(change <= 0 for change in self.net.values()):
            places, tried = self.graph.seating.arranged(moves, max(self.steps, 0))
            self.steps -= tried
        if places is None:
            self.doubt = True
            return None
        return Due(self.why, self.first.student, moves, places)
