"""What ways of several arcs weigh at most: what a search need not try is known before it begins.

Of all arcs between two nodes the heaviest counts. Arcs that take no student, to a free seat or from
one that may stay free, are not counted. Either all arcs are looked at, or only those that
an exchange by the draw may use for one student's sake: those by which nobody loses, and those of
students who go after him and have no priority that he has not (``Lenders``). Who would be in an
exchange twice, and base care, are left out of account: a search may still find nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from optimizer.checks._arc import Arc

NONE = -(2**60)
"""Stands for "no way" where weights are added up."""
BLOCK, MOST_BLOCKS = 32, 16
"""Students at least whose arcs are kept as one matrix, and how many of these there may be."""

Top = NDArray[np.int64]
"""By start and end, the weight of the heaviest arc."""


class Ends(Protocol):
    """What is asked of a graph."""

    def ends(self, node: int) -> list[tuple[int, list[Arc]]]:
        """Give the arcs that start at a node, by where they end, the heaviest first."""

    def heads(self, node: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Give where arcs from a node end, and what the heaviest one to each weighs."""


class Reach:
    """Ways over some of the arcs of a graph.

    Parameters
    ----------
    top
        The heaviest arcs; or, where they are too heavy to be added up, what no way weighs more than
        and the number of nodes.
    free, loose
        Sections with a free seat, and those that may do with one student fewer.
    """

    def __init__(
        self,
        graph: Ends,
        top: Top | tuple[int, int],
        free: Sequence[int] = (),
        loose: Sequence[int] = (),
    ) -> None:
        self._graph, self._top = graph, top
        self._free = np.array(free, dtype=np.int64)
        self._loose = np.array(loose, dtype=np.int64)
        self._columns: dict[int, list[list[int]]] = {}
        self._bounds: dict[int, list[NDArray[np.int64]]] = {}
        self._ways: dict[int, dict[tuple[int, int, int], list[int]]] = defaultdict(dict)
        """By node; then by target, what is needed, and number of arcs."""

    def forget(self, nodes: Iterable[int]) -> None:
        """Sift arcs that start at some nodes anew, for they have changed."""
        for node in nodes:
            self._ways.pop(node, None)

    def bounds(self, target: int, arcs: int) -> list[list[int]]:
        """Give by number of arcs, 0 to so many, and node what ways to the target weigh at most.

        A way may be of fewer arcs than said, and those that take no student are not counted.
        """
        top = self._top
        if isinstance(top, tuple):
            most, count = top
            return [[most] * count] * (arcs + 1)
        if target not in self._columns:
            last = np.full(len(top), NONE, dtype=np.int64)
            last[target] = 0
            self._with_nobody(last)
            self._columns[target], self._bounds[target] = [last.tolist()], [last]
        columns, bounds = self._columns[target], self._bounds[target]
        while len(columns) <= arcs:
            last = bounds[-1]
            # Where one arc more gave nothing, one more gives nothing either.
            done = len(bounds) > 1 and last is bounds[-2]
            more = last if done else np.maximum(last, _one_more(top, last))
            self._with_nobody(more)
            done = done or np.array_equal(more, last)
            bounds.append(last if done else more)
            columns.append(columns[-1] if done else more.tolist())
        return columns

    def _with_nobody(self, bounds: NDArray[np.int64]) -> None:
        """Let ways begin with arcs that take no student."""
        if len(self._loose):
            bounds[0] = max(bounds[0], bounds[self._loose].max())
        if len(self._free):
            bounds[self._free] = np.maximum(bounds[self._free], bounds[0])

    def ways(
        self, target: int, node: int, need: int, arcs: int
    ) -> Iterator[tuple[int, list[Arc], int]]:
        """Give where arcs from a node lead to, the heaviest way to the target first.

        Only ways that weigh as much as is needed, of so many more arcs at most. With each end the
        arcs that lead there are given, and the least that they must weigh.
        """
        known, bounds = self._graph.ends(node), self.bounds(target, arcs)[arcs]
        key = target, need, arcs
        order = self._ways[node].get(key)
        if order is None:
            order = self._ways[node][key] = self._find_ways(target, node, need, arcs)
        for number in order:
            end, out = known[number]
            yield end, out, need - bounds[end]

    def _find_ways(self, target: int, node: int, need: int, arcs: int) -> list[int]:
        """Sift and sort the ends of arcs from a node, by their numbers."""
        if isinstance(self._top, tuple):
            known = self._graph.ends(node)
            return sorted(range(len(known)), key=lambda n: -known[n][1][0].plan)
        # Mostly few of many will do: they are sifted all at once.
        ends, heaviest = self._graph.heads(node)
        weights = heaviest + self._bounds[target][arcs][ends]
        enough = np.flatnonzero(weights >= need)
        order: list[int] = enough[np.argsort(-weights[enough], kind="stable")].tolist()
        return order


def _one_more(top: Top, last: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give what ways of one more arc weigh at most; at first they end at a few nodes only."""
    ends = np.flatnonzero(last > NONE // 2)
    if 2 * len(ends) < len(last):
        top, last = top[:, ends], last[ends]
    found: NDArray[np.int64] = (top + last).max(axis=1, initial=NONE)
    return found


class Cells:
    """The arcs of one student, no two of which have the same start and end."""

    def __init__(self, arcs: Iterable[Arc]) -> None:
        rows = [(arc.start, arc.end, arc.plan, arc.worse) for arc in arcs]
        table = np.array(rows, dtype=np.int64).reshape(-1, 4)
        self.start, self.end, self.plan = table[:, 0], table[:, 1], table[:, 2]
        self.worse = table[:, 3] > 0

    def enter(self, top: Top, those: NDArray[np.bool_]) -> None:
        """Enter some of them where they are heavier than what is there."""
        if those.any():
            where, flat = self.cell(len(top))[those], top.reshape(-1)
            flat[where] = np.maximum(flat[where], self.plan[those])

    def cell(self, nodes: int) -> NDArray[np.int64]:
        """Give the place of each in a matrix, row after row."""
        return self.start * nodes + self.end


class Lenders:
    """Arcs, by those for whose sake they may be used by the draw; kept up to date.

    Students are taken in blocks, of which each has a matrix of its own, so that little need be
    worked out anew where one of them changes seats.

    Parameters
    ----------
    cells
        Each student's arcs, those first who go first in the draw.
    factors
        Factors on their points.
    """

    def __init__(self, cells: Sequence[Cells], factors: Sequence[int], none: Top) -> None:
        self._cells, self._none = [*cells], none
        self._factors = np.array(factors)
        self._block = max(BLOCK, -(-len(cells) // MOST_BLOCKS))
        self._blocks = -(-len(cells) // self._block)
        self._gains: dict[int, Top] = {}
        """By block: arcs by which nobody loses."""
        self._losses: dict[tuple[int, int], Top] = {}
        """By factor and block: arcs by which students of the factor lose."""
        self._tails: dict[tuple[int, int], Top] = {}
        """The same of a block and all after it."""
        self._all_gains: Top | None = None

    def change(self, place: int, cells: Cells) -> None:
        """Take the arcs of the student at a place in the draw as they are now."""
        self._cells[place] = cells
        factor, block = int(self._factors[place]), place // self._block
        self._gains.pop(block, None)
        self._losses.pop((factor, block), None)
        for number in range(block + 1):
            self._tails.pop((factor, number), None)
        self._all_gains = None

    def top(self, place: int) -> Top:
        """Give the heaviest arcs for the sake of the one at a place in the draw."""
        if self._all_gains is None:
            self._all_gains = self._none.copy()
            for block in range(self._blocks):
                np.maximum(self._all_gains, self._gains_of(block), out=self._all_gains)
        found = self._all_gains.copy()
        block = -(-(place + 1) // self._block)
        for factor in {*self._factors.tolist()}:
            if factor <= self._factors[place]:
                np.maximum(found, self._tail(factor, block), out=found)
                self._enter(found, factor, place + 1, block * self._block)
        return found

    def _gains_of(self, block: int) -> Top:
        if block not in self._gains:
            found = self._gains[block] = self._none.copy()
            for cells in self._cells[block * self._block : (block + 1) * self._block]:
                cells.enter(found, ~cells.worse)
        return self._gains[block]

    def _tail(self, factor: int, block: int) -> Top:
        """Give the arcs by which students of a factor lose, of a block and of all after it."""
        if block >= self._blocks:
            return self._none
        key = factor, block
        if key not in self._losses:
            self._losses[key] = self._none.copy()
            self._enter(self._losses[key], factor, block * self._block, (block + 1) * self._block)
        if key not in self._tails:
            self._tails[key] = np.maximum(self._losses[key], self._tail(factor, block + 1))
        return self._tails[key]

    def _enter(self, found: Top, factor: int, first: int, end: int) -> None:
        there = np.flatnonzero(self._factors[first:end] == factor) + first
        for place in there.tolist():
            self._cells[place].enter(found, self._cells[place].worse)
