"""The ways in which seats can change hands, as a graph over the sections.

Node 0 stands for no seat, the others for sections. An arc is one student who gives up the seat at
its start and takes one at its end; so an exchange is a ring of arcs, and a chain is a ring through
node 0.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.checks._care_places import Change
from optimizer.checks._scales import Scales
from optimizer.checks._seating import Move, Seating

NONE = -(2**60)
"""Stands for "no way" where weights are added up."""
NOBODY: frozenset[int] = frozenset()


class Arc(NamedTuple):
    """One student's part in an exchange, and what changes by it."""

    plan: int
    """Change of weight for the plan (``Weight.plan``)."""
    order: int
    """Order among arcs of the same weight: those who go last in the draw first."""
    student: str
    start: int
    end: int
    grade: int
    own: tuple[int, int, int]
    """Change of what he has (``Weight.own``); the first that is not 0 says which way."""
    worse: bool
    """Whether he loses by it."""
    gives_up: bool
    """Whether he has to do without a course that he had before, for this seat given up."""
    gets_back: bool
    """Whether he gets a seat back in a course that he had before and was doing without."""
    had: bool
    """Whether he had a seat before in the course of the seat that he takes."""
    move: Move

    @property
    def better(self) -> bool:
        """Whether he would rather have it so."""
        return self.own > (0, 0, 0)


Care = tuple[tuple[tuple[int, str], int], ...]
"""By grade and slot where places in base care are short: how many more he needs, or fewer."""


class Graph:
    """All arcs of a seating, kept up to date as seats change."""

    def __init__(self, seating: Seating, scales: Scales) -> None:
        self.seating, self.scales = seating, scales
        self.sections = [None, *seating.section]
        self.node = {section: n for n, section in enumerate(self.sections)}
        numbers = sorted(seating.school.lottery_numbers.items(), key=lambda item: item[1])
        self.place = {student: n for n, (student, _) in enumerate(numbers)}
        """Each student's place in the draw, the first being 0."""
        self.arcs: dict[str, list[Arc]] = {}
        self.out: list[dict[int, list[Arc]]] = [defaultdict(list) for _ in self.sections]
        self._care: dict[Move, Care] = {}
        self._changes: dict[Move, tuple[Change, ...]] = {}
        self._top: NDArray[np.int64] | None = None
        self._admitted: list[dict[int, frozenset[int] | None]] = [{} for _ in self.sections]
        """By end and grade."""
        self._loose: list[int] | None = None
        self._ends: dict[int, list[tuple[int, list[Arc]]]] = {}
        self._headed: dict[int, tuple[NDArray[np.int64], NDArray[np.int64]]] = {}
        self._columns: dict[int, list[list[int]]] = {}
        self._bounds: dict[int, list[NDArray[np.int64]]] = {}
        self._ways: list[dict[tuple[int, int, int], list[int]]] = [{} for _ in self.sections]
        """By node; then by target, what is needed, and number of arcs."""
        self._stale = True
        for student in self.place:
            self.arcs[student] = self._arcs_of(student)
            for arc in self.arcs[student]:
                self.out[arc.start][arc.end].append(arc)
        for ends in self.out:
            for arcs in ends.values():
                arcs.sort(reverse=True)

    def _arcs_of(self, student: str) -> list[Arc]:
        seating, school = self.seating, self.seating.school
        held = frozenset(seating.seats[student])
        now = self.scales.weigh(student, held)
        found = []
        for move in seating.moves(student):
            left = None if move.leaves is None else seating.section[move.leaves].course
            taken = None if move.takes is None else seating.section[move.takes].course
            then = self.scales.weigh(
                student, (held - {left}) | ({taken} if taken is not None else set())
            )
            own = _less(then.own, now.own)
            found.append(
                Arc(
                    then.plan - now.plan,
                    self.place[student],
                    student,
                    self.node[move.leaves],
                    self.node[move.takes],
                    school.grade_of[student],
                    own,
                    own < (0, 0, 0),
                    then.lost > now.lost and (student, left) in school.held_before,
                    then.lost < now.lost and (student, taken) in school.held_before,
                    (student, taken) in school.held_before,
                    move,
                )
            )
        return found

    def renew(self, students: Iterable[str]) -> None:
        """Work out anew the arcs of students whose seats have changed."""
        touched = set[int]()
        for student in students:
            for arc in self.arcs[student]:
                self.out[arc.start][arc.end].remove(arc)
                self._changes.pop(arc.move, None)
                touched |= {arc.start, arc.end}
            self.arcs[student] = self._arcs_of(student)
            for arc in self.arcs[student]:
                arcs = self.out[arc.start][arc.end]
                arcs.append(arc)
                arcs.sort(reverse=True)
                touched |= {arc.start, arc.end}
        for node in touched:
            self._ends.pop(node, None)
            self._headed.pop(node, None)
            self._ways[node].clear()
            self._admitted[node].clear()
        self._care.clear()
        self._loose = None
        self._stale = True

    def care(self, arc: Arc) -> Care:
        """Give what an arc needs of base care, where that cannot simply be had or left."""
        if arc.move not in self._care:
            changes = self._changes.get(arc.move)
            if changes is None:
                changes = self._changes[arc.move] = tuple(self.seating.care_changes(arc.move))
            grade, places = arc.grade, self.seating.care
            self._care[arc.move] = tuple(
                ((grade, change.slot), 1 if change.comes else -1)
                for change in changes
                if not places.is_free(grade, change.slot)
                or (not change.comes and places.stuck(arc.student, change.slot))
            )
        return self._care[arc.move]

    def admitted(self, arc: Arc) -> frozenset[int] | None:
        """Give the grades of which somebody must go for the student's sake; None: nobody need."""
        known = self._admitted[arc.end]
        if arc.grade not in known:
            section = arc.move.takes
            known[arc.grade] = None if section is None else self.seating.admits(section, arc.grade)
        return known[arc.grade]

    def measure(self) -> None:
        """Work out what ways of several arcs weigh at most, if seats have changed since."""
        count, seating = len(self.sections), self.seating
        if not self._stale or self.scales.greatest >= -NONE:
            return
        self._stale = False
        self._columns.clear()
        for known in self._ways:
            known.clear()
        self._bounds.clear()
        one = np.full((count, count), NONE, dtype=np.int64)
        for start, ends in enumerate(self.out):
            for end, arcs in ends.items():
                possible = (arc.plan for arc in arcs if self.admitted(arc) != NOBODY)
                one[start, end] = next(possible, NONE)
        for node, section in enumerate(self.sections):
            if section is not None and seating.free(section):
                one[node, 0] = max(one[node, 0], 0)
        one[0, self.can_shrink()] = np.maximum(one[0, self.can_shrink()], 0)
        self._top = one

    def bounds(self, target: int, arcs: int) -> list[list[int]]:
        """Give by number of arcs, 0 to so many, and node what ways to the target weigh at most.

        A way may be of fewer arcs than said.
        """
        if self._top is None:
            return [[self.scales.greatest] * len(self.sections)] * (arcs + 1)
        if target not in self._columns:
            last = np.full(len(self.sections), NONE, dtype=np.int64)
            last[target] = 0
            self._columns[target], self._bounds[target] = [last.tolist()], [last]
        columns, bounds = self._columns[target], self._bounds[target]
        while len(columns) <= arcs:
            bounds.append(np.maximum(bounds[-1], (self._top + bounds[-1][None, :]).max(axis=1)))
            columns.append(bounds[-1].tolist())
        return columns

    def ways(
        self, target: int, node: int, need: int, arcs: int
    ) -> Iterator[tuple[int, list[Arc], int]]:
        """Give where arcs from a node lead to, the heaviest way to the target first.

        Only ways that weigh as much as is needed, of so many more arcs at most. With each end the
        arcs that lead there are given, and the least that they must weigh.
        """
        known, bounds = self.ends(node), self.bounds(target, arcs)[arcs]
        key = target, need, arcs
        order = self._ways[node].get(key)
        if order is None:
            order = self._ways[node][key] = self._find_ways(target, node, need, arcs)
        for number in order:
            end, out = known[number]
            yield end, out, need - bounds[end]

    def _find_ways(self, target: int, node: int, need: int, arcs: int) -> list[int]:
        """Sift and sort the ends of arcs from a node, by their numbers."""
        if self._top is None:
            known = self.ends(node)
            return sorted(range(len(known)), key=lambda n: -known[n][1][0].plan)
        # Mostly few of many will do: they are sifted all at once.
        ends, heaviest = self._heads(node)
        weights = heaviest + self._bounds[target][arcs][ends]
        enough = np.flatnonzero(weights >= need)
        order: list[int] = enough[np.argsort(-weights[enough], kind="stable")].tolist()
        return order

    def can_shrink(self) -> list[int]:
        """List the sections that may do with one student fewer."""
        if self._loose is None:
            shrinks = self.seating.can_shrink
            self._loose = [n for n, s in enumerate(self.sections) if s is not None and shrinks(s)]
        return self._loose

    def ends(self, node: int) -> list[tuple[int, list[Arc]]]:
        """Give the arcs that start at a node, by where they end."""
        if node not in self._ends:
            self._ends[node] = sorted((n, arcs) for n, arcs in self.out[node].items() if arcs)
        return self._ends[node]

    def _heads(self, node: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Give where arcs from a node end, and what the heaviest one to each weighs."""
        if node not in self._headed:
            known = self.ends(node)
            self._headed[node] = (
                np.array([end for end, _ in known], dtype=np.int64),
                np.array([arcs[0].plan for _, arcs in known], dtype=np.int64),
            )
        return self._headed[node]


def _less(a: tuple[int, int, int], b: tuple[int, int, int]) -> tuple[int, int, int]:
    return a[0] - b[0], a[1] - b[1], a[2] - b[2]
