"""What each student does best at the prices: clubs that do not clash, as many as he wants."""

from typing import NamedTuple

from models import SeatLock
from optimizer.checks.bound.trade import Option, Trade

MOST_STEPS = 3_000
"""Sets of clubs of one student to look at; beyond it, clashes are let pass: that proves less."""


class Club(NamedTuple):
    """A course that a student could be in, with the ways to be in it, the best first."""

    options: tuple[Option, ...]
    points: int
    """Points in units, less what the opening costs."""
    pinned: bool


def students(trade: Trade) -> int:
    """Add up the best that each student can do, in units."""
    school = trade.school
    total = 0
    for student in school.students:
        if student.id not in school.excluded:
            grade = school.grade_of[student.id]
            alone = sum(trade.care.get((slot, grade), 0) for slot in student.stay_slots)
            alone += sum(trade.waits.get(student.id, {}).values())
            owed = trade.facts.learning.owed(trade.prices, student.id)
            total += _best(trade, student.id) - alone - owed
    return total


def _best(trade: Trade, student: str) -> int:
    """Give what a student gains by his best set of clubs."""
    school = trade.school
    clubs = _clubs(trade, student)
    most = min(school.student[student].max_clubs, len(clubs))
    bonus = [trade.points(school.seat_bonus(student, n)) for n in range(most + 1)]
    return Choice(clubs, bonus).best()


def _clubs(trade: Trade, student: str) -> list[Club]:
    school, found = trade.school, []
    pinned = {
        lock.course
        for lock in school.locks
        if isinstance(lock, SeatLock) and lock.student == student and lock.granted
    }
    for wish in school.wishes_of[student]:
        looks = trade.facts.looks(wish)
        options = () if looks is None else trade.options(wish, looks)
        if options:
            points = trade.points(school.wish_points(wish)) - trade.opening(wish)
            found.append(Club(options, points, wish.course in pinned))
    return found


class Choice:
    """A choice among clubs. ``bonus`` says what so many of them are worth besides."""

    def __init__(self, clubs: list[Club], bonus: list[int]) -> None:
        # Those that he must have first, then those that may gain most.
        self.clubs = sorted(clubs, key=lambda c: (not c.pinned, -_gain(c)))
        self.bonus, self.steps, self.found = bonus, 0, 0

    def best(self) -> int:
        """Give the most that a set of clubs without clashes gains."""
        loose = self._loosely(0, 0, 0)
        if self._clash_free():
            return loose
        nothing = -(1 << 80)
        self.found = nothing
        self._search(0, 0, 0, 0)
        return loose if self.steps > MOST_STEPS or self.found == nothing else self.found

    def _loosely(self, first: int, held: int, gained: int) -> int:
        """Give what may be gained at most with clubs from ``first`` on, clashes let pass."""
        rest = self.clubs[first:]
        must = [_gain(c) for c in rest if c.pinned]
        free = sorted((_gain(c) for c in rest if not c.pinned), reverse=True)
        total, count = gained + sum(must), min(held + len(must), len(self.bonus) - 1)
        best = total + self.bonus[count]
        for gain in free[: max(0, len(self.bonus) - 1 - count)]:
            total, count = total + gain, count + 1
            best = max(best, total + self.bonus[count])
        return best

    def _clash_free(self) -> bool:
        """Tell whether the best ways of the clubs he could have do not clash anyhow."""
        taken = 0
        for club in self.clubs:
            option = club.options[0]
            if option.mask & taken:
                return False
            taken |= option.reach
        return True

    def _search(self, number: int, taken: int, held: int, gained: int) -> None:
        self.steps += 1
        if self.steps > MOST_STEPS or self._loosely(number, held, gained) <= self.found:
            return
        if number == len(self.clubs):
            self.found = gained + self.bonus[held]
            return
        club = self.clubs[number]
        if held + 1 < len(self.bonus):
            for option in club.options:
                if not option.mask & taken:
                    gain = club.points + option.gain
                    self._search(number + 1, taken | option.reach, held + 1, gained + gain)
        if not club.pinned:
            self._search(number + 1, taken, held, gained)


def _gain(club: Club) -> int:
    return club.points + club.options[0].gain
