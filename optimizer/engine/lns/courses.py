"""Neighbourhoods of a few courses: when they meet and who is in them, with all of base care."""

from collections.abc import Callable
from functools import partial
from random import Random

from models import School
from optimizer.engine.lns.parts import concerned
from optimizer.engine.lns.repair import Terms, repair
from optimizer.engine.objective import weighed
from optimizer.engine.solution import Candidate
from optimizer.engine.solver import Crew, Effort
from optimizer.rules.budget import PARTS

ROUND_SECONDS = 4.0
COURSES, FEWEST_COURSES, MOST_COURSES = 2.0, 1.0, 4.0
STUDENTS, FEWEST, MOST = 150.0, 60.0, 250.0
LARGER, SMALLER = 1.2, 0.8
"""How many courses and students a neighbourhood has, and how that changes with what the last one
took: one that is solved to the end may be larger."""
SEATS_EVERY, MOST_SEATED = 3, 600
"""Every so many rounds the timetable stays and seats are given anew, of so many students at most:
that is solved in a moment."""
DEAR, DEARER, PATIENCE = 1, 1.5, 3
"""What spending a whole purse beyond it costs at first, as a multiple of all points; how much more
it costs once so many neighbourhoods brought the plan no nearer to the purse."""


class CourseNeighbourhoods:
    """Chooses neighbourhoods, and how large they may be by how the last ones went."""

    def __init__(self, school: School, crew: Crew, random: Random) -> None:
        self.school, self.crew, self.random = school, crew, random
        self.courses = [course.id for course in school.courses if school.wishes_for[course.id]]
        self.students = [s.id for s in school.students if school.wishes_of[s.id]]
        self.width, self.size = COURSES, STUDENTS
        self.rounds = 0

    def round(
        self, best: Candidate, effort: Callable[[float, int], Effort], penalty: int | None = None
    ) -> Candidate | None:
        """Decide one neighbourhood of a plan anew.

        Parameters
        ----------
        penalty
            Points for each part of a purse that is spent beyond it; None: nothing may be.
        """
        self.rounds += 1
        seating = self.rounds % SEATS_EVERY == 0
        courses, students = self._seats() if seating else self._choose(best)
        allowed = partial(effort, ROUND_SECONDS, self.random.randrange(2**31))
        found = repair(
            best.solution, courses, students, self.crew, allowed, True, Terms(penalty=penalty)
        )
        if not seating:
            self._learn(found is not None and found.proved)
        return found

    def _seats(self) -> tuple[set[str], set[str]]:
        """Give no courses, and as many students as may be."""
        count = min(len(self.students), MOST_SEATED)
        return set(), set(self.random.sample(self.students, count))

    def _choose(self, best: Candidate) -> tuple[set[str], set[str]]:
        """Give courses, and students: who is in them, and others who wish for them."""
        courses = set(self.random.sample(self.courses, min(len(self.courses), int(self.width))))
        return courses, concerned(courses, best.solution, int(self.size), self.random)

    def _learn(self, solved: bool) -> None:
        if self.random.random() < 0.5:
            self.width = _within(self.width, solved, FEWEST_COURSES, MOST_COURSES)
        else:
            self.size = _within(self.size, solved, FEWEST, MOST)


def _within(size: float, grows: bool, least: float, most: float) -> float:
    return min(most, max(least, size * (LARGER if grows else SMALLER)))


def penalty_for(school: School, candidate: Candidate, times: float = DEAR) -> int:
    """Give points for each part of a purse spent beyond it: a whole one outweighs all points."""
    return max(1, round(times * weighed(school, candidate.worth) / PARTS))


def bring_within(
    candidate: Candidate,
    neighbourhoods: CourseNeighbourhoods,
    effort: Callable[[float, int], Effort],
    ended: Callable[[Candidate], bool],
) -> Candidate | None:
    """Bring a plan that spends too much within its purse; None if time ran out before.

    At a price for what is beyond it, which rises where that does not help.
    """
    times, vain = float(DEAR), 0
    while candidate.overspent and not ended(candidate):
        price = penalty_for(neighbourhoods.school, candidate, times)
        found = neighbourhoods.round(candidate, effort, price)
        if found is None:
            vain += 1
        else:
            vain = vain + 1 if found.overspent >= candidate.overspent else 0
            candidate = found
        if vain >= PATIENCE:
            times, vain = times * DEARER, 0
    return None if candidate.overspent else candidate
