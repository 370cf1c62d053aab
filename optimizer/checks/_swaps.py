"""Exchanges by the draw of one student or two, in bulk, before anything longer is looked for.

Most exchanges that are due in a plan fresh from a search are of this kind, and there are thousands
of them where each student has many wishes. Here students are bits in the order of the draw. So who
could be the other one, a member of the section wanted who goes later, has no better claim, and
could use the seat that is left, is found for all of them at once; nothing is worked out for others.
Each one made is due by the rule of ``_exchange``; what else is due is left to it.
"""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from optimizer.checks._quest import FEW
from optimizer.checks._scales import Scales, Swap
from optimizer.checks._seating import Move, Seating

UNCHANGED = 0, 0, 0


class Wanted(NamedTuple):
    """What a student would rather have, by giving up one seat, or none, for another."""

    own: tuple[int, int, int]
    """How much better it is for him (``Weight.own``)."""
    plan: int
    """What changes for the plan (``Weight.plan``)."""
    leaves: str | None
    takes: str


class Swaps:
    """The short exchanges of one seating that are due by the draw.

    Attributes
    ----------
    looked_at
        How many students were looked at as the other one.
    """

    def __init__(self, seating: Seating, scales: Scales) -> None:
        self._seating, self._scales, self._school = seating, scales, seating.school
        numbers = self._school.lottery_numbers
        self._order = sorted(numbers, key=numbers.__getitem__)
        self._bit = {student: 1 << place for place, student in enumerate(self._order)}
        self._suits: dict[str | None, int] = dict.fromkeys(seating.section, 0)
        """Who could be in a section, other seats aside; anybody can be in none."""
        for student, bit in self._bit.items():
            for section in seating.suiting(student):
                self._suits[section] |= bit
        self._suits[None] = (1 << len(self._order)) - 1
        self._members = {
            section: sum(self._bit[student] for student in there)
            for section, there in seating.members.items()
        }
        self._free = {section for section in seating.section if seating.free(section)}
        self._factors = {student: self._school.factor(student) for student in self._order}
        self._no_better = {
            factor: sum(bit for s, bit in self._bit.items() if self._factors[s] <= factor)
            for factor in {*self._factors.values()}
        }
        """Who has no priority over students of a factor."""
        self._changes: dict[str, Swap] = {}
        self.looked_at = 0

    def make(self) -> None:
        """Make them, student after student in the order of the draw, until none is left."""
        waiting: Collection[str] = self._order
        while waiting:
            touched = set[str]()
            for student in [s for s in self._order if s in waiting]:
                touched |= self._all_for(student)
            waiting = {w.student for course in touched for w in self._school.wishes_for[course]}

    def _all_for(self, student: str) -> set[str]:
        """Make all exchanges for one student, the best first; give the courses concerned."""
        touched = set[str]()
        while moves := self._best_for(student):
            sections = {name for move in moves for name in move[1:] if name is not None}
            touched |= {self._seating.course_of[name] for name in sections}
        return touched

    def _best_for(self, student: str) -> tuple[Move, ...]:
        """Make the best exchange for a student that is found, and give its moves."""
        for wanted in sorted(self._wanted(student), key=lambda w: (w.own, w.plan), reverse=True):
            for moves in self._ways(student, wanted):
                places, _ = self._seating.arranged(moves, FEW)
                if places is not None:
                    self._seating.change(moves, places)
                    self._note(moves)
                    return moves
        return ()

    def _note(self, moves: tuple[Move, ...]) -> None:
        for student, leaves, takes in moves:
            self._changes.pop(student, None)
            for section in (leaves, takes):
                if section is not None:
                    self._members[section] ^= self._bit[student]
        for section in {name for move in moves for name in move[1:] if name is not None}:
            if self._seating.free(section):
                self._free.add(section)
            else:
                self._free.discard(section)

    def _later(self, student: str) -> int:
        """Give those who may lose something for a student's sake."""
        return self._no_better[self._factors[student]] & -(2 * self._bit[student])

    def _wanted(self, student: str) -> Iterator[Wanted]:
        """Give what is better for him and is free, or somebody later has."""
        seating, later = self._seating, self._later(student)
        change = self._change(student)
        for takes in seating.suiting(student):
            if takes in self._free or self._members[takes] & later:
                for leaves in seating.given_for(student, takes):
                    plan, own, _ = change(self._course(leaves), self._course(takes))
                    if own > UNCHANGED:
                        yield Wanted(own, plan, leaves, takes)

    def _ways(self, student: str, wanted: Wanted) -> Iterator[tuple[Move, ...]]:
        """Give how he could come to what he wants, who costs the plan least first."""
        seating, leaves, takes = self._seating, wanted.leaves, wanted.takes
        if not seating.day_allows(student, leaves, takes):
            return
        first = Move(student, leaves, takes)
        stays_free = leaves is None or seating.can_shrink(leaves)
        if takes in self._free and stays_free and wanted.plan >= 0:
            yield (first,)
        goals = set[str | None]() if leaves is None else {leaves}
        goals |= {None, *self._free} - {takes} if stays_free else set()
        there = self._members[takes] & self._later(student)
        found = [
            (-weight, -place, goal or "")
            for goal in goals
            if there & self._suits[goal]
            for weight, place in self._others(there & self._suits[goal], wanted, student, goal)
        ]
        for _, place, goal in sorted(found):
            yield first, Move(self._order[-place], takes, goal or None)

    def _others(
        self, there: int, wanted: Wanted, student: str, goal: str | None
    ) -> Iterator[tuple[int, int]]:
        """Give what it weighs, and their places in the draw, if others hand over their seats."""
        seating, course, goes = self._seating, self._course(wanted.takes), self._course(goal)
        had = course in self._scales.before(student)
        while there:
            place = there.bit_length() - 1
            there ^= 1 << place
            other = self._order[place]
            self.looked_at += 1
            weight, own, lost = self._change(other)(course, goes)
            gives_up = own < UNCHANGED and lost > 0 and course in self._scales.before(other)
            if (
                wanted.plan + weight >= 0
                and (had or not gives_up)
                and seating.could_swap(other, wanted.takes, goal)
            ):
                yield weight, place

    def _course(self, section: str | None) -> str | None:
        return None if section is None else self._seating.course_of[section]

    def _change(self, student: str) -> Swap:
        if student not in self._changes:
            held = frozenset(self._seating.seats[student])
            self._changes[student] = self._scales.changes(student, held)
        return self._changes[student]
