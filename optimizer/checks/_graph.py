"""The ways in which seats can change hands, as a graph over the sections.

Node 0 stands for no seat, the others for sections. An arc is one student who gives up the seat at
its start and takes one at its end; so an exchange is a ring of arcs, and a chain is a ring through
node 0.
"""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from optimizer.checks._arc import Arc
from optimizer.checks._care_places import Change
from optimizer.checks._reach import NONE, Cells, Lenders, Reach, Top
from optimizer.checks._scales import Scales
from optimizer.checks._seating import Move, Seating

NOBODY: frozenset[int] = frozenset()
UNCHANGED = 0, 0, 0
Ends = tuple[int, int]
"""Start and end of an arc."""

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
        self._arcs: dict[str, dict[Ends, Arc]] = {}
        self._care: dict[Move, Care] = {}
        self._changes: dict[Move, tuple[Change, ...]] = {}
        self._admitted: list[dict[int, frozenset[int] | None]] = [{} for _ in self.sections]
        """By end and grade."""
        self._loose: list[int] | None = None
        self._out: list[dict[int, dict[str, Arc]]] = [defaultdict(dict) for _ in self.sections]
        """By start, end and student."""
        self._sorted: list[dict[int, list[Arc]]] = [{} for _ in self.sections]
        self._ends: dict[int, list[tuple[int, list[Arc]]]] = {}
        self._headed: dict[int, tuple[NDArray[np.int64], NDArray[np.int64]]] = {}
        self._cells: dict[str, Cells] = {}
        self._lenders: Lenders | None = None
        self._stale = True
        self.all = self._without_bounds()
        """Ways over all arcs; what they weigh is that of the seats measured last."""
        for student in self.place:
            self._arcs[student] = self._arcs_of(student, {})
            for (start, end), arc in self._arcs[student].items():
                self._out[start][end][student] = arc

    def _arcs_of(self, student: str, known: dict[Ends, Arc]) -> dict[Ends, Arc]:
        """Give a student's arcs by start and end, some of which may be known."""
        seating, place, node = self.seating, self.place[student], self.node
        held = frozenset(seating.seats[student])
        section, grade = seating.section, seating.school.grade_of[student]
        change, before = self.scales.changes(student, held), self.scales.before(student)
        found = {}
        for leaves, takes in seating.swaps(student):
            key = start, end = node[leaves], node[takes]
            arc = known.get(key)
            if arc is None:
                left = None if leaves is None else section[leaves].course
                taken = None if takes is None else section[takes].course
                plan, own, lost = change(left, taken)
                arc = Arc(
                    plan,
                    place,
                    student,
                    start,
                    end,
                    grade,
                    own,
                    own < UNCHANGED,
                    lost > 0 and left in before,
                    lost < 0 and taken in before,
                    taken in before,
                    Move(student, leaves, takes),
                )
            found[key] = arc
        return found

    def renew(self, moves: Iterable[Move]) -> None:
        """Work out anew the arcs of students whose seats have changed."""
        touched = set[int]()
        for move in moves:
            student, before = move.student, self._arcs[move.student]
            even = move.leaves is not None and move.takes is not None
            known = before if even and self.scales.each_alone(student) else {}
            now = self._arcs[student] = self._arcs_of(student, known)
            gone = {key for key, arc in before.items() if now.get(key) is not arc}
            come = {key for key, arc in now.items() if before.get(key) is not arc}
            for start, end in gone:
                del self._out[start][end][student]
            for start, end in come:
                self._out[start][end][student] = now[start, end]
            for start, end in gone | come:
                self._sorted[start].pop(end, None)
                touched |= {start, end}
            for arc in before.values() if self._changes else ():
                self._changes.pop(arc.move, None)
            touched |= {self.node[move.leaves], self.node[move.takes]}
            self._cells.pop(student, None)
            if self._lenders is not None:
                self._lenders.change(self.place[student], self._cells_of(student))
        for node in touched:
            self._ends.pop(node, None)
            self._headed.pop(node, None)
            self._admitted[node].clear()
        self.all.forget(touched)
        self._care.clear()
        self._loose = None
        self._stale = True

    def arcs(self, student: str) -> Iterable[Arc]:
        """Give what a student could do."""
        return self._arcs[student].values()

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
        return self._admits(arc.end, arc.grade)

    def _admits(self, end: int, grade: int) -> frozenset[int] | None:
        known = self._admitted[end]
        if grade not in known:
            section = self.sections[end]
            known[grade] = None if section is None else self.seating.admits(section, grade)
        return known[grade]

    def measure(self) -> None:
        """Work out what ways of several arcs weigh at most, if seats have changed since."""
        if not self._stale:
            return
        self._stale = False
        if self.scales.greatest >= -NONE:
            self.all = self._without_bounds()
            return
        top, grade_of = self._none(), self.seating.school.grade_of
        admits = {
            grade: np.array([self._admits(n, grade) != NOBODY for n in range(len(self.sections))])
            for grade in {*grade_of.values()}
        }
        for student in self.place:
            cells = self._cells_of(student)
            cells.enter(top, admits[grade_of[student]][cells.end])
        self.all = self._over(top)

    def _without_bounds(self) -> Reach:
        return Reach(self, (self.scales.greatest, len(self.sections)))

    def for_sake_of(self, student: str) -> Reach:
        """Give the ways that an exchange by the draw may use for a student's sake."""
        if self.scales.greatest >= -NONE:
            return self.all
        if self._lenders is None:
            factors = [self.seating.school.factor(name) for name in self.place]
            cells = [self._cells_of(name) for name in self.place]
            self._lenders = Lenders(cells, factors, self._none())
        return self._over(self._lenders.top(self.place[student]))

    def _over(self, top: Top) -> Reach:
        free = [n for n, s in enumerate(self.sections) if s is not None and self.seating.free(s)]
        return Reach(self, top, free, self.can_shrink())

    def _none(self) -> Top:
        return np.full((len(self.sections), len(self.sections)), NONE, dtype=np.int64)

    def _cells_of(self, student: str) -> Cells:
        if student not in self._cells:
            self._cells[student] = Cells(self._arcs[student].values())
        return self._cells[student]

    def can_shrink(self) -> list[int]:
        """List the sections that may do with one student fewer."""
        if self._loose is None:
            shrinks = self.seating.can_shrink
            self._loose = [n for n, s in enumerate(self.sections) if s is not None and shrinks(s)]
        return self._loose

    def ends(self, node: int) -> list[tuple[int, list[Arc]]]:
        """Give the arcs that start at a node, by where they end, the heaviest first."""
        if node not in self._ends:
            known = self._sorted[node]
            for end, arcs in self._out[node].items():
                if arcs and end not in known:
                    known[end] = sorted(arcs.values(), reverse=True)
            self._ends[node] = sorted((end, arcs) for end, arcs in known.items())
        return self._ends[node]

    def heads(self, node: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Give where arcs from a node end, and what the heaviest one to each weighs."""
        if node not in self._headed:
            known = self.ends(node)
            self._headed[node] = (
                np.array([end for end, _ in known], dtype=np.int64),
                np.array([arcs[0].plan for _, arcs in known], dtype=np.int64),
            )
        return self._headed[node]
