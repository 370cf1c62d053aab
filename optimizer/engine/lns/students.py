"""Neighbourhoods of a large plan: some students' seats, with all of base care, decided anew."""

from collections.abc import Callable
from functools import partial
from random import Random

from models import School
from optimizer.engine.lns.repair import repair
from optimizer.engine.solution import Candidate
from optimizer.engine.solver import Crew, Effort

ROUND_SECONDS = 4.0
FEWEST, MOST = 40, 600
GIVE_UP = 12
"""Rounds without a better plan after which neighbourhoods of students are exhausted."""


class StudentNeighbourhoods:
    """Chooses neighbourhoods, and how large they may be by how the last ones went."""

    def __init__(self, school: School, crew: Crew, random: Random) -> None:
        self.crew, self.random = crew, random
        self.size = 150.0
        self.failures = 0
        self.students = [s.id for s in school.students if school.wishes_of[s.id]]

    @property
    def useful(self) -> bool:
        """Whether another round may well find something."""
        return bool(self.students) and self.failures < GIVE_UP

    def round(self, best: Candidate, effort: Callable[[float, int], Effort]) -> Candidate | None:
        """Decide one neighbourhood of a plan anew."""
        count = min(len(self.students), int(self.size))
        chosen = set(self.random.sample(self.students, count))
        allowed = partial(effort, ROUND_SECONDS, self.random.randrange(2**31))
        found = repair(best.solution, (), chosen, self.crew, allowed, hinted=True)
        self.size = min(MOST, self.size * 1.3) if found else max(FEWEST, self.size * 0.7)
        better = found is not None and found.worth > best.worth
        self.failures = 0 if better else self.failures + 1
        return found
