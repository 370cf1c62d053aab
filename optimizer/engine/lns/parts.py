"""Neighbourhoods of a plan as parts of the school: at any size, whichever strategy made the plan.

A part is some courses, whose timetable is decided anew, and some students, whose seats are: all who
sit in one of these courses and others who wish for one. All of base care is free besides. Parts are
chosen in several ways; kinds that yield better plans are taken more often (the adaptive weights of
ALNS), and each learns how large its parts may be.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from random import Random

from models import School
from optimizer.engine.lns.repair import repair
from optimizer.engine.params import LnsParams
from optimizer.engine.solution import Candidate, Solution
from optimizer.engine.solver import Crew, Effort


@dataclass
class Kind:
    """A way to choose a part: how large its parts are at the moment, and how often it is taken."""

    name: str
    size: float
    fewest: float
    most: float
    weight: float


class PartNeighbourhoods:
    """Chooses parts at random and decides them anew."""

    def __init__(self, school: School, crew: Crew, random: Random, params: LnsParams) -> None:
        self.school, self.crew, self.random, self.params = school, crew, random, params
        self.failures = 0
        self.students = [s.id for s in school.students if school.wishes_of[s.id]]
        self.courses = [c.id for c in school.courses if school.wishes_for[c.id] and c.max_sections]
        few, first = float(params.students_fewest), float(params.students_first)
        most = float(params.students_most)
        some, courses = params.courses_first, min(params.courses_most, float(len(self.courses)))
        weight = params.weight_better
        self.kinds = [
            *(Kind(name, first, few, most, weight) for name in ("students", "grade")),
            *(Kind(name, some, 1.0, courses, weight) for name in ("courses", "related", "slots")),
        ]

    @property
    def useful(self) -> bool:
        """Whether another round may well find something."""
        return bool(self.students) and self.failures < self.params.students_give_up

    def round(self, best: Candidate, effort: Callable[[float, int], Effort]) -> Candidate | None:
        """Decide one part of a plan anew."""
        kind = self.choose()
        courses, students = self.part(kind, best.solution)
        allowed = partial(effort, self.params.students_seconds, self.random.randrange(2**31))
        found = repair(best.solution, courses, students, self.crew, allowed, hinted=True)
        self.learn(kind, found is not None, found is not None and found.worth > best.worth)
        return found

    def choose(self) -> Kind:
        """Choose a kind, the more often the more it yielded."""
        return self.random.choices(self.kinds, [k.weight for k in self.kinds])[0]

    def learn(self, kind: Kind, found: bool, better: bool) -> None:
        """Take note of how a round went."""
        params = self.params
        times = params.students_more if found else params.students_fewer
        kind.size = min(kind.most, max(kind.fewest, kind.size * times))
        reward = params.weight_found if found else params.weight_nothing
        reward = params.weight_better if better else reward
        kind.weight = params.memory * kind.weight + (1 - params.memory) * reward
        self.failures = 0 if better else self.failures + 1

    def part(self, kind: Kind, solution: Solution) -> tuple[set[str], set[str]]:
        """Choose courses and students of a part."""
        if kind.name == "students":
            return set(), self._some(self.students, int(kind.size))
        if kind.name == "grade":
            grade = self.random.choice(self.school.grades)
            mates = [s for s in self.students if self.school.grade_of[s] == grade]
            return set(), self._some(mates, int(kind.size))
        choose = {"courses": self._any, "related": self._related, "slots": self._at_slots}
        courses = choose[kind.name](int(kind.size), solution)
        return courses, self.concerned(courses, solution)

    def concerned(self, courses: set[str], solution: Solution) -> set[str]:
        """Give who sits in the courses, and some who wish for one, as many as a part may have."""
        return concerned(courses, solution, self.params.students_most, self.random)

    def _some(self, items: list[str], count: int) -> set[str]:
        return set(self.random.sample(items, min(count, len(items))))

    def _any(self, count: int, _: Solution) -> set[str]:
        return self._some(self.courses, count)

    def _related(self, count: int, _: Solution) -> set[str]:
        """Choose a course and some that are wished for by the same students, or led by the same."""
        first = self.random.choice(self.courses)
        near: Counter[str] = Counter()
        for wish in self.school.wishes_for[first]:
            near.update(w.course for w in self.school.wishes_of[wish.student])
        leaders = set(self.school.course[first].leaders)
        for course in self.courses:
            if leaders.intersection(self.school.course[course].leaders):
                near[course] = 2 * near[course] + 1
        ordered = [c for c, _ in near.most_common() if c != first and c in self.courses]
        return {first} | self._some(ordered[: self.params.near * count], count - 1)

    def _at_slots(self, count: int, solution: Solution) -> set[str]:
        """Choose among the courses that meet at one of two slots."""
        slots = self._some([slot.id for slot in self.school.slots], 2)
        there = {key[0] for key in solution.held if not slots.isdisjoint(key[1])}
        return self._some(sorted(there) or self.courses, count)


def concerned(courses: set[str], solution: Solution, most: int, random: Random) -> set[str]:
    """Give who sits in the courses, and as many of those who wish for one as make so many."""
    inside = {s for s, keys in solution.seats.items() if any(key[0] in courses for key in keys)}
    others = {w.student for c in courses for w in solution.school.wishes_for[c]} - inside
    room = min(len(others), max(0, most - len(inside)))
    return inside.union(random.sample(sorted(others), room))
