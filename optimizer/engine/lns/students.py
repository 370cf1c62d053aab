"""Neighbourhoods of a large plan: some students' seats, with all of base care, decided anew."""

from collections.abc import Callable
from functools import partial
from random import Random

from models import School
from optimizer.engine.lns.repair import repair
from optimizer.engine.params import LnsParams
from optimizer.engine.solution import Candidate
from optimizer.engine.solver import Crew, Effort


class StudentNeighbourhoods:
    """Chooses neighbourhoods, and how large they may be by how the last ones went."""

    def __init__(self, school: School, crew: Crew, random: Random, params: LnsParams) -> None:
        self.crew, self.random, self.params = crew, random, params
        self.size = float(params.students_first)
        self.failures = 0
        self.students = [s.id for s in school.students if school.wishes_of[s.id]]

    @property
    def useful(self) -> bool:
        """Whether another round may well find something."""
        return bool(self.students) and self.failures < self.params.students_give_up

    def round(self, best: Candidate, effort: Callable[[float, int], Effort]) -> Candidate | None:
        """Decide one neighbourhood of a plan anew."""
        params = self.params
        count = min(len(self.students), int(self.size))
        chosen = set(self.random.sample(self.students, count))
        allowed = partial(effort, params.students_seconds, self.random.randrange(2**31))
        found = repair(best.solution, (), chosen, self.crew, allowed, hinted=True)
        if found:
            self.size = min(params.students_most, self.size * params.students_more)
        else:
            self.size = max(params.students_fewest, self.size * params.students_fewer)
        better = found is not None and found.worth > best.worth
        self.failures = 0 if better else self.failures + 1
        return found
