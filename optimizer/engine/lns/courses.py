"""Neighbourhoods of a few courses: when they meet and who is in them, with all of base care."""

from collections.abc import Callable
from functools import partial
from random import Random

from models import School
from optimizer.engine.lns.parts import concerned
from optimizer.engine.lns.repair import Terms, repair
from optimizer.engine.objective import weighed
from optimizer.engine.params import DEFAULTS, ThriftParams
from optimizer.engine.solution import Candidate
from optimizer.engine.solver import Crew, Effort
from optimizer.rules.budget import PARTS


class CourseNeighbourhoods:
    """Chooses neighbourhoods, and how large they may be by how the last ones went."""

    def __init__(
        self,
        school: School,
        crew: Crew,
        random: Random,
        params: ThriftParams = DEFAULTS.thrift,
    ) -> None:
        self.school, self.crew, self.random, self.params = school, crew, random, params
        self.courses = [course.id for course in school.courses if school.wishes_for[course.id]]
        self.students = [s.id for s in school.students if school.wishes_of[s.id]]
        self.width, self.size = params.courses_first, params.students_first
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
        seating = self.rounds % self.params.seats_every == 0
        courses, students = self._seats() if seating else self._choose(best)
        allowed = partial(effort, self.params.round_seconds, self.random.randrange(2**31))
        found = repair(
            best.solution, courses, students, self.crew, allowed, True, Terms(penalty=penalty)
        )
        if not seating:
            self._learn(found is not None and found.proved)
        return found

    def _seats(self) -> tuple[set[str], set[str]]:
        """Give no courses, and as many students as may be."""
        count = min(len(self.students), self.params.most_seated)
        return set(), set(self.random.sample(self.students, count))

    def _choose(self, best: Candidate) -> tuple[set[str], set[str]]:
        """Give courses, and students: who is in them, and others who wish for them."""
        chosen = self.courses
        if self.random.random() < self.params.slot_share:
            # What is saved is saved at a slot, by all that meets then.
            slot = self.random.choice(self.school.slots).id
            chosen = sorted({key[0] for key in best.solution.held if slot in key[1]}) or chosen
        courses = set(self.random.sample(chosen, min(len(chosen), int(self.width))))
        return courses, concerned(courses, best.solution, int(self.size), self.random)

    def _learn(self, solved: bool) -> None:
        params = self.params
        times = params.larger if solved else params.smaller
        if self.random.random() < 0.5:
            width = max(params.courses_fewest, self.width * times)
            self.width = min(params.courses_most, width)
        else:
            size = max(params.students_fewest, self.size * times)
            self.size = min(params.students_most, size)


def penalty_for(school: School, candidate: Candidate, times: float) -> int:
    """Give points for each part of a purse spent beyond it: a whole one outweighs all points."""
    return max(1, round(times * weighed(school, candidate.worth) / PARTS))


def bring_within(
    candidate: Candidate,
    neighbourhoods: CourseNeighbourhoods,
    effort: Callable[[float, int], Effort],
    ended: Callable[[Candidate], bool],
    dear: float | None = None,
) -> Candidate | None:
    """Bring a plan that spends too much within its purse; None if time ran out before.

    At a price for what is beyond it, which rises where that does not help.

    Parameters
    ----------
    dear
        The price of a whole purse at first, as a multiple of all points; None: the usual one.
    """
    params = neighbourhoods.params
    times, vain = params.dear if dear is None else dear, 0
    while candidate.overspent and not ended(candidate):
        price = penalty_for(neighbourhoods.school, candidate, times)
        found = neighbourhoods.round(candidate, effort, price)
        if found is None:
            vain += 1
        else:
            vain = vain + 1 if found.overspent >= candidate.overspent else 0
            candidate = found
        if vain >= params.patience:
            times, vain = times * params.dearer, 0
    return None if candidate.overspent else candidate
