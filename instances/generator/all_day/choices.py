"""What students choose: courses that they can attend together in the hidden timetable."""

from random import Random

import numpy as np
from numpy.typing import NDArray

from instances.generator.all_day.menu import CHOSEN
from instances.generator.all_day.timetable import Group
from instances.generator.all_day.week import mask

TRIES, MORE_TRIES = 12, 200
"""How often a student may begin again who finds fewer courses than he wants, or too few."""

Bits = NDArray[np.int64]


class Choices:
    """Seats the students of one grade in its groups, one after the other."""

    def __init__(self, random: Random, groups: list[Group]) -> None:
        self._random, self._groups = random, groups
        self._course = np.array([g.course for g in groups], np.int64)
        self._bits = np.array([mask(g.way) for g in groups], np.int64)
        self._seats = np.array([g.seats for g in groups], np.float64)
        self._left = self._seats.copy()
        self._courses = len({*self._course.tolist()})

    def seat(self, student: int, offered: int) -> list[int]:
        """Choose for a student among the groups at the slots that he offers; give the courses."""
        low, high = (min(n, self._courses) for n in CHOSEN)
        wanted = min(low + int(self._random.random() * (high - low + 1)), high)
        best: list[int] = []
        for tried in range(1, MORE_TRIES + 1):
            found = self._try(wanted, offered)
            if len(found) > len(best):
                best = found
            if len(best) == wanted or (tried >= TRIES and len(best) >= low):
                break
        for g in best:
            self._left[g] -= 1
            self._groups[g].students.append(student)
        return [int(self._course[g]) for g in best]

    def _try(self, wanted: int, free: int) -> list[int]:
        """Take group after group, those with many seats left more likely than others."""
        weight = np.where(self._left > 0, (self._left / self._seats) ** 3 * self._left, 0.0)
        weight[(self._bits & ~free) != 0] = 0.0
        chosen: list[int] = []
        while len(chosen) < wanted:
            heights = np.cumsum(weight)
            if heights[-1] <= 0:
                break
            g = int(np.searchsorted(heights, self._random.random() * heights[-1], side="right"))
            chosen.append(g)
            weight[(self._course == self._course[g]) | ((self._bits & self._bits[g]) != 0)] = 0.0
        return chosen
