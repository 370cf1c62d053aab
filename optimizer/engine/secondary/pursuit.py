"""One aim after the other is improved, satisfaction and the aims before it held.

Of each aim (1) in a small school everything is decided anew at once; otherwise (2) who leads and
who supervises, times and seats as they are, and where points may be given up which sections close:
that is small at any size, and mostly solved to the end; (3) neighbourhoods with seats, over and
over. What comes out is counted in the plan (``measured``), not taken from a model:
a plan is kept only where it is less in the aim, no more in those before it, and worth no less than
the best of the search less the tolerance.
"""

import threading
from dataclasses import replace
from functools import partial
from random import Random

from optimizer.engine.construct.closing import closable, lost_by_closing, without
from optimizer.engine.lns.neighbourhoods import (
    BEFORE,
    COURSES,
    SEATS,
    STAYS,
    Neighbourhoods,
    Sizes,
)
from optimizer.engine.lns.repair import Terms, repair
from optimizer.engine.secondary.allotted import Allotted
from optimizer.engine.secondary.holding import Reached
from optimizer.engine.secondary.targets import SECONDARY, matters
from optimizer.engine.session import Session
from optimizer.engine.solution import Candidate, Solution, count_seats, solution_of
from optimizer.engine.stages import plan_of
from optimizer.rules import Model, Subproblem, build, build_offers, total

CHANGES = len(SECONDARY) - 1
"""Number of the last aim."""


def improve(session: Session) -> None:
    """Improve the best plan of a session in the secondary aims, in the time kept for them."""
    found, worth, school = session.found, session.worth, session.school
    seconds = session.begin_secondary()
    if found is None or worth is None or session.crew.stopped or not seconds:
        return

    def work() -> None:
        solution = solution_of(school, build_offers(school), plan_of(school, found))
        if solution is not None:
            Pursuit(session, Candidate(solution, found, worth), seconds).improve()

    session.crew.wait([work], session.poll)


class Pursuit:
    """Fewer outsiders, less pay, evener loads, fewer changes, one after the other."""

    def __init__(self, session: Session, best: Candidate, seconds: float) -> None:
        self.session, self.school = session, session.school
        self.params = session.limits.params
        self.allotted = Allotted(session, seconds)
        self.reached = Reached(session.school, best, best.worth)
        self._lock = threading.Lock()

    def improve(self) -> None:
        """Go through the aims, each with a share of what is left."""
        for aim, (stage, _) in enumerate(SECONDARY):
            if self.allotted.done:
                return
            if not matters(self.school, aim):
                continue
            self.session.stage = stage
            self.reached = replace(self.reached, aim=aim)
            share = 1.0 if aim == CHANGES else self.params.secondary.aim_share
            with self.session.statistics.timed(stage), self.allotted.part(share):
                self._pursue()

    def _pursue(self) -> None:
        """Improve the plan in one aim."""
        params = self.params.secondary
        if count_seats(self.school) <= params.whole_seats and self._whole():
            return
        jobs = [self._duties]
        if self.reached.spare and self.reached.aim != CHANGES:
            jobs.append(self._closing)
        if self.session.repeatable:
            for job in jobs:
                job()
        else:
            self.session.crew.wait(jobs)
        if self.school.wishes:
            workers = range(self.session.limits.workers)
            self.session.crew.wait([partial(self._rounds, number) for number in workers])

    def _whole(self) -> bool:
        """Decide everything anew; tell whether nothing is left to gain."""
        school, reached = self.school, self.reached
        seconds = self.params.secondary.whole_share * self.allotted.left
        found = repair(
            reached.plan.solution,
            {course.id for course in school.courses},
            {student.id for student in school.students},
            self.session.crew,
            partial(self.allotted.effort, seconds),
            hinted=True,
            terms=Terms(aim=reached.set_aim),
        )
        self.take(found)
        return found is not None and found.proved

    def _duties(self) -> None:
        """Decide who leads and who supervises."""
        reached = self.reached
        part = self._any_leader(reached.plan.solution.subproblem((), ()))
        model = build(self.school, subproblem=part)
        model.cp.minimize(reached.aims_of(model))
        values = self._solved(model, self.params.secondary.duties_share)
        if values is not None:
            self._take(reached.plan.solution, model, values)

    def _closing(self) -> None:
        """Close sections besides, as brings the aim most for the points that may be given up.

        Points are counted section by section; whoever loses two seats at once may lose more, and
        where the plan is refused for that, there are fewer points to give up in the next try.
        """
        reached, few = self.reached, 0
        solution = reached.plan.solution
        lost = lost_by_closing(solution)
        part = self._any_leader(closable(solution, lost.keys()))
        for _ in range(self.params.secondary.closing_tries):
            if few >= reached.spare or self.allotted.done:
                return
            model = build(self.school, subproblem=part)
            gone = total(lost[key] * (1 - var) for key, var in model.stands.items())
            model.cp.add(gone <= reached.spare - few)
            reached.minimise(model, reached.aims_of(model), -1 * gone)
            values = self._solved(model, self.params.secondary.closing_share)
            if values is None:
                return
            closed = {key for key, var in model.stands.items() if not values[var.index]}
            worth = self._take(without(solution, closed), model, values)
            over = reached.plan.worth.points - reached.spare - worth
            if over <= 0:
                return
            few += over

    def _any_leader(self, part: Subproblem) -> Subproblem:
        """Let all sections have any leaders, but where a wish names one."""
        school = self.school
        named = {wish.course for wish in school.wishes if wish.teacher is not None}
        held = {
            key: held
            if key[0] in named
            else replace(held, staff=frozenset(school.course[key[0]].leaders))
            for key, held in part.held.items()
        }
        return replace(part, held=held)

    def _solved(self, model: Model, share: float) -> tuple[int, ...] | None:
        """Solve a model in which no student is free, in a share of what is left."""
        self.reached.plan.solution.hint(model)
        run = self.session.crew.solve(model.cp, self.allotted.effort(share * self.allotted.left))
        return run.solution

    def _take(self, solution: Solution, model: Model, values: tuple[int, ...]) -> int:
        """Take what a model made of a plan, if it is better; give its points."""
        after = solution.after(model, values)
        self.take(Candidate(after, solution.found(model, values), after.worth))
        return after.worth.points

    def _rounds(self, number: int) -> None:
        """Decide parts of the plan anew until time is over, or none seems to yield more."""
        session, aim = self.session, self.reached.aim
        random = Random(f"{session.limits.seed}:{number}:{aim}")
        staying = (STAYS,) if any(s.stay_slots for s in self.school.students) else ()
        before = (BEFORE,) if aim == CHANGES else ()
        lns, around = self.params.lns, self.params.secondary.students_around
        few, courses = lns.students_fewest, len(self.school.courses)
        sizes = Sizes((few, few, lns.students_most), (1, 1, courses), around)
        kinds = (*SEATS, *COURSES, *staying, *before)
        hoods = Neighbourhoods(self.school, session.crew, random, lns, sizes, kinds)
        while hoods.useful and not self.allotted.done:
            reached = self.reached
            terms = Terms(aim=reached.set_aim)
            hoods.repair(reached.plan, self.allotted.effort, self.take, terms)

    def take(self, found: Candidate | None) -> bool:
        """Keep a plan where it is better in the aim; tell whether it was."""
        if found is None:
            return False
        with self._lock:
            least = max(self.reached.searched, found.worth)
            after = replace(self.reached, plan=found, searched=least)
            better = self.reached.allows(found.worth) and self.reached.outdone_by(after)
            if better:
                self.reached = after
                self.session.replace(found.found, after.searched)
                self.session.statistics.improved(self.session.stage)
        return better
