"""What is set free of a plan, whichever strategy made it and whatever it is improved in.

A neighbourhood is some courses, whose sections are decided anew, and some students, whose seats
are: all who sit in one of these courses, and others who wish for one. All of base care is free
besides.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple

from models import School
from optimizer.engine.lns.choice import Choice, Kind, Outcome
from optimizer.engine.lns.repair import NO_TERMS, Terms, repair
from optimizer.engine.params import DEFAULTS, LnsParams
from optimizer.engine.solution import Candidate, Solution
from optimizer.engine.solver import Crew, Effort

SEATS = ("students", "grade")
"""Kinds in which the timetable stands: any students; some of one grade."""
COURSES = ("courses", "related", "slots")
"""Any courses; one and those near it; some that meet at the same time."""
STAYS, BEFORE = "stays", "before"
"""Some of a grade who stay at one slot, where whole groups of base care are saved; courses and
seats that are not as in the earlier plan."""


Efforts = Callable[[float, int], Effort]
"""Says what a run of so many seconds with a seed may cost."""


class Neighbourhood(NamedTuple):
    """What is free."""

    courses: set[str]
    students: set[str]


class Sizes(NamedTuple):
    """How large neighbourhoods are at first, at least and at most."""

    students: tuple[float, float, float]
    """Where only students are free."""
    courses: tuple[float, float, float]
    around: int
    """Students that are free at most, where courses are, besides those who sit in these."""


def usual_sizes(params: LnsParams) -> Sizes:
    """Give the sizes of neighbourhoods of a large school."""
    first, few, most = params.students_first, params.students_fewest, params.students_most
    return Sizes((first, few, most), (params.courses_first, 1.0, params.courses_most), most)


class Neighbourhoods:
    """Chooses neighbourhoods at random, and has them decided."""

    def __init__(
        self,
        school: School,
        crew: Crew,
        random: Random,
        params: LnsParams = DEFAULTS.lns,
        sizes: Sizes | None = None,
        kinds: Sequence[str] = (*SEATS, *COURSES),
    ) -> None:
        self.school, self.crew, self.random, self.params = school, crew, random, params
        self.sizes = usual_sizes(params) if sizes is None else sizes
        self.students = [s.id for s in school.students if school.wishes_of[s.id]]
        self.courses = [c.id for c in school.courses if school.wishes_for[c.id] and c.max_sections]
        self.places = sorted({slot for s in school.students for slot in s.stay_slots})
        self.ways: dict[str, Callable[[int, Solution], Neighbourhood]] = {
            "students": self._seats,
            "grade": self._grade,
            "courses": self._any,
            "related": self._related,
            "slots": self._at_slots,
            STAYS: self._staying,
            BEFORE: self._as_before,
        }
        self.choice = Choice([self._kind(name) for name in kinds], random, params)

    def _kind(self, name: str) -> Kind:
        of_courses = name in (*COURSES, BEFORE)
        first, few, most = self.sizes.courses if of_courses else self.sizes.students
        if of_courses:
            most = min(most, max(1.0, float(len(self.courses))))
        return Kind(name, min(first, most), min(few, most), most, self.params.weight_better)

    @property
    def useful(self) -> bool:
        """Whether another round may well find something."""
        return bool(self.students) and self.choice.failures < self.params.students_give_up

    def round(
        self, solution: Solution, decide: Callable[[Neighbourhood, float, int], Outcome]
    ) -> None:
        """Have one neighbourhood of a plan decided, and learn from it.

        Parameters
        ----------
        decide
            Is told how many times as long as usual it may take, and a seed.
        """
        kind, account = self.choice.choose(), self.crew.account
        free, before = self.free(kind, solution), account.own
        outcome = decide(free, self.choice.patience, self.random.randrange(2**31))
        self.choice.learn(kind, outcome, account.own - before)

    def repair(
        self,
        best: Candidate,
        effort: Efforts,
        take: Callable[[Candidate | None], bool],
        terms: Terms = NO_TERMS,
    ) -> None:
        """Decide one neighbourhood of a plan anew, by a model of its own.

        Parameters
        ----------
        take
            Is given what came out, and tells whether that is better.
        """

        def decide(free: Neighbourhood, patience: float, seed: int) -> Outcome:
            seconds = patience * self.params.repair_seconds
            found = repair(
                best.solution, *free, self.crew, lambda: effort(seconds, seed), True, terms
            )
            solved = found is not None and found.proved
            return Outcome(found is not None, solved, take(found))

        self.round(best.solution, decide)

    def free(self, kind: Kind, solution: Solution) -> Neighbourhood:
        """Choose a neighbourhood of a kind."""
        return self.ways[kind.name](int(kind.size), solution)

    def _some(self, items: list[str], count: int) -> set[str]:
        return set(self.random.sample(items, min(count, len(items))))

    def _around(self, courses: set[str], solution: Solution) -> Neighbourhood:
        """Add who sits in the courses, and as many of those who wish for one as may be."""
        inside = {s for s, keys in solution.seats.items() if any(k[0] in courses for k in keys)}
        others = {w.student for c in courses for w in self.school.wishes_for[c]} - inside
        room = max(0, self.sizes.around - len(inside))
        return Neighbourhood(courses, inside | self._some(sorted(others), room))

    def _seats(self, count: int, _: Solution) -> Neighbourhood:
        return Neighbourhood(set(), self._some(self.students, count))

    def _grade(self, count: int, _: Solution) -> Neighbourhood:
        grade = self.random.choice(self.school.grades)
        mates = [s for s in self.students if self.school.grade_of[s] == grade]
        return Neighbourhood(set(), self._some(mates, count))

    def _any(self, count: int, solution: Solution) -> Neighbourhood:
        return self._around(self._some(self.courses, count), solution)

    def _related(self, count: int, solution: Solution) -> Neighbourhood:
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
        others = self._some(ordered[: self.params.near * count], count - 1)
        return self._around({first} | others, solution)

    def _at_slots(self, count: int, solution: Solution) -> Neighbourhood:
        """Choose among the courses that meet at a slot, or at one of two."""
        at = self._some([slot.id for slot in self.school.slots], self.random.choice((1, 2)))
        there = {key[0] for key in solution.held if not at.isdisjoint(key[1])}
        return self._around(self._some(sorted(there) or self.courses, count), solution)

    def _staying(self, count: int, solution: Solution) -> Neighbourhood:
        school, slot = self.school, self.random.choice(self.places)
        there = [s for s in self.students if slot in school.student[s].stay_slots]
        grades = sorted({school.grade_of[s] for s in there})
        if not grades:
            return self._seats(count, solution)
        grade = self.random.choice(grades)
        mates = [s for s in there if school.grade_of[s] == grade]
        return Neighbourhood(set(), self._some(mates, count))

    def _as_before(self, count: int, solution: Solution) -> Neighbourhood:
        """Choose courses that do not meet as they did, and who lost a seat that he wishes for."""
        meet = {(key[0], frozenset(key[1])) for key in solution.held}
        met = {(p.course, frozenset(p.slots)) for p in self.school.previous}
        known = set(self.courses)
        courses = self._some(sorted({course for course, _ in meet ^ met} & known), count)
        lost = lost_seats(solution)
        wanted = {w.student for c in courses for w in self.school.wishes_for[c]}
        first = [s for s in lost if s in wanted] if courses else lost
        students = self._around(courses, solution).students
        return Neighbourhood(courses, students | self._some(first, self.sizes.around))


def lost_seats(solution: Solution) -> list[str]:
    """Give who has not a seat any more that he had in the earlier plan, nor wishes it away."""
    school = solution.school
    had = {(s, p.course, frozenset(p.slots)) for p in school.previous for s in p.students}
    now = {(s, k[0], frozenset(k[1])) for s, keys in solution.seats.items() for k in keys}
    wished = {(wish.student, wish.course) for wish in school.wishes}
    lost = {s for s, course, _ in had - now if (s, course) in wished}
    return [student.id for student in school.students if student.id in lost]
