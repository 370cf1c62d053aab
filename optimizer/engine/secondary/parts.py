"""Neighbourhoods for the secondary aims: those of the search for satisfaction, and two more.

Whole care groups are saved slot by slot, so some of a grade who stay at one slot are set free
together; and what is not as in the earlier plan is tried as it was.
"""

from random import Random

from models import School
from optimizer.engine.lns.parts import Kind, PartNeighbourhoods, concerned
from optimizer.engine.params import SearchParams
from optimizer.engine.solution import Solution
from optimizer.engine.solver import Crew

STAYS, BEFORE = "stays", "before"


class AimParts(PartNeighbourhoods):
    """Chooses parts of a plan for one of the secondary aims."""

    def __init__(
        self, school: School, crew: Crew, random: Random, params: SearchParams, changes: bool
    ) -> None:
        super().__init__(school, crew, random, params.lns)
        self.students_around = params.secondary.students_around
        few, most = float(params.lns.students_fewest), float(params.lns.students_most)
        courses, weight = float(max(1, len(self.courses))), params.lns.weight_better
        self.places = sorted({slot for s in school.students for slot in s.stay_slots})
        staying = (STAYS,) if self.places else ()
        self.kinds = [
            *(Kind(name, few, few, most, weight) for name in ("students", "grade", *staying)),
            *(Kind(name, 1.0, 1.0, courses, weight) for name in ("courses", "related", "slots")),
            *(Kind(name, 1.0, 1.0, courses, weight) for name in (BEFORE,) if changes),
        ]

    def part(self, kind: Kind, solution: Solution) -> tuple[set[str], set[str]]:
        """Choose courses and students of a part."""
        if kind.name == STAYS:
            return set(), self._staying(int(kind.size))
        if kind.name == BEFORE:
            return self._as_before(int(kind.size), solution)
        return super().part(kind, solution)

    def concerned(self, courses: set[str], solution: Solution) -> set[str]:
        """Give who sits in the courses, and some who wish for one."""
        return concerned(courses, solution, self.students_around, self.random)

    def _staying(self, count: int) -> set[str]:
        """Choose some of one grade who stay at one slot."""
        school, slot = self.school, self.random.choice(self.places)
        there = [s for s in self.students if slot in school.student[s].stay_slots]
        grades = sorted({school.grade_of[s] for s in there})
        if not grades:
            return self._some(self.students, count)
        grade = self.random.choice(grades)
        return self._some([s for s in there if school.grade_of[s] == grade], count)

    def _as_before(self, count: int, solution: Solution) -> tuple[set[str], set[str]]:
        """Choose courses that do not meet as they did, and who lost a seat that he wishes for."""
        meet = {(key[0], frozenset(key[1])) for key in solution.held}
        met = {(p.course, frozenset(p.slots)) for p in self.school.previous}
        known = set(self.courses)
        others = sorted({course for course, _ in meet ^ met} & known)
        courses = self._some(others, count) if others else set()
        lost = lost_seats(solution)
        wanted = {w.student for c in courses for w in self.school.wishes_for[c]}
        first = [s for s in lost if s in wanted] if courses else lost
        free = self.concerned(courses, solution)
        return courses, free | self._some(first, self.students_around)


def lost_seats(solution: Solution) -> list[str]:
    """Give who has not a seat any more that he had in the earlier plan, nor wishes it away."""
    school = solution.school
    had = {(s, p.course, frozenset(p.slots)) for p in school.previous for s in p.students}
    now = {(s, k[0], frozenset(k[1])) for s, keys in solution.seats.items() for k in keys}
    wished = {(wish.student, wish.course) for wish in school.wishes}
    lost = {s for s, course, _ in had - now if (s, course) in wished}
    return [student.id for student in school.students if student.id in lost]
