"""Finding places in base care, at one slot, for those who come back to it together.

The way is a plain search that goes back where it fails. So that a failure costs little, groups that
are alike are tried once, so are equal ways to place some of them, and who has fewest places is
placed first. What is tried is counted, and with the count used up nothing is found.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import NamedTuple

LOOKED_AT = 8
"""So many groups that are looked at count as one thing tried."""
CanBe = Callable[[str, frozenset[int], frozenset[int]], bool]
"""Tells of a group, its grades and some more whether it is in order with them and none, some or
all of these more."""


class Group(NamedTuple):
    """A group as it is before anybody comes."""

    kind: Hashable
    """Groups of the same kind may be of the same grades."""
    free: int
    grades: frozenset[int]
    left: bool
    """Whether somebody leaves it whose place nobody of his grade takes; else it is in order."""
    mates: Mapping[str, int]
    """Students by home class."""


class Comer(NamedTuple):
    """Who comes back."""

    student: str
    grade: int
    home_class: str


class Placing:
    """One search; groups by id.

    Parameters
    ----------
    tries
        How much may be tried; ``tried`` says how much was.
    """

    def __init__(self, groups: Mapping[str, Group], can_be: CanBe, tries: int) -> None:
        self._groups, self._can_be = groups, can_be
        self._tries, self._cost = tries, 1 + len(groups) // LOOKED_AT
        self.tried = self._cost
        self._joined: dict[str, tuple[Comer, ...]] = {}
        self._failed: set[Hashable] = set()

    def place(self, comers: Sequence[Comer]) -> dict[str, str] | None:
        """Give everybody's group, each in order in the end; None where none such was found."""
        rest = frozenset(comer.grade for comer in comers)
        places = {
            grade: sum(g.free for name, g in self._groups.items() if self._fits(name, grade, rest))
            for grade in rest
        }
        count = Counter(comer.grade for comer in comers)
        if any(places[grade] < count[grade] for grade in rest):
            return None
        ordered = sorted(comers, key=lambda c: (places[c.grade], c.grade, c.student))
        return self._placed(ordered) if self._possible(rest) else None

    def _placed(self, comers: list[Comer]) -> dict[str, str] | None:
        if not comers:
            return {}
        if self.tried >= self._tries:
            return None
        self.tried += self._cost
        first, *others = comers
        rest = frozenset(comer.grade for comer in others)
        for name in self._fitting(first, rest):
            before = self._joined.get(name, ())
            self._joined[name] = (*before, first)
            placed = self._others(others, rest)
            self._joined[name] = before
            if placed is not None:
                return {first.student: name} | placed
        return None

    def _others(self, others: list[Comer], rest: frozenset[int]) -> dict[str, str] | None:
        """Place the others, unless that was in vain before, be it with other groups alike."""
        state = (
            len(others),
            frozenset(
                Counter(self._alike(name) for name, new in self._joined.items() if new).items()
            ),
        )
        if state in self._failed:
            return None
        placed = self._placed(others) if self._possible(rest) else None
        if placed is None:
            self._failed.add(state)
        return placed

    def _alike(self, name: str) -> Hashable:
        kind, free, grades, left, _ = self._groups[name]
        return kind, free, grades, left, tuple(c.grade for c in self._joined.get(name, ()))

    def _grades(self, name: str) -> frozenset[int]:
        joined = self._joined.get(name)
        grades = self._groups[name].grades
        return grades.union(c.grade for c in joined) if joined else grades

    def _possible(self, rest: frozenset[int]) -> bool:
        """Tell whether each group that changes can be in order with some of those who follow."""
        changed = {n for n, g in self._groups.items() if g.left} | {
            n for n, new in self._joined.items() if new
        }
        return all(self._can_be(name, self._grades(name), rest) for name in changed)

    def _fits(self, name: str, grade: int, rest: frozenset[int]) -> bool:
        """Tell whether a group has a place left and can be in order with one of a grade in it."""
        free = self._groups[name].free - len(self._joined.get(name, ()))
        return free > 0 and self._can_be(name, self._grades(name) | {grade}, rest)

    def _fitting(self, comer: Comer, rest: frozenset[int]) -> list[str]:
        """List the groups for one who comes, the one with most of his class first."""
        home = comer.home_class

        def mates(name: str) -> int:
            joined = self._joined.get(name, ())
            return self._groups[name].mates.get(home, 0) + sum(c.home_class == home for c in joined)

        fitting = [name for name in self._groups if self._fits(name, comer.grade, rest)]
        return sorted(fitting, key=lambda name: (-mates(name), name))
