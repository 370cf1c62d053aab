"""The search of a large school.

(1) A first plan, where none was constructed: base care for everyone, with clubs only where locks
ask for them. (2) The linear relaxation of the school: its exact bound, and with some places in base
care to spare its dual values as prices. (3) Over and over, by every worker on its own: a timetable
annealed at them, rooms for it, seats by relaxation, and the rest rounded exactly. (4) What time is
left goes to neighbourhoods of the best plan, decided anew by CP-SAT.
"""

from dataclasses import replace
from functools import partial
from random import Random

from models import Plan
from optimizer.engine.construct import first_plan
from optimizer.engine.decomposition.duals import Programs
from optimizer.engine.decomposition.shared import Shared
from optimizer.engine.decomposition.thrift import care_is_dear, count_first, improve_courses
from optimizer.engine.decomposition.worker import Worker, improve_parts
from optimizer.engine.infeasible.conflict import foreseen, infeasible
from optimizer.engine.infeasible.counts import contradiction
from optimizer.engine.lns.repair import NO_TERMS, Terms
from optimizer.engine.session import Session
from optimizer.engine.solution import Candidate, solution_of
from optimizer.rules import Offer, build_offers

NAME = "cpsat-large"


def search(
    session: Session, start: Plan | None, first: Candidate | None = None, share: float = 1.0
) -> None:
    """Search a large school; what was found is in the session.

    Parameters
    ----------
    first
        The best so far, where it is this one, in the model's words as well.
    share
        Of the time left. With less than all of it another search goes on from what was found: the
        bound is left to that.

    Raises
    ------
    InfeasibleError
        Proved: no plan keeps all rules.
    """
    shared = Decomposition(session, share)
    shared.best = first
    session.crew.wait([lambda: shared.search(start)], session.poll, lambda: shared.too_late)
    session.crew.cut_short()
    session.closed = share == 1


class Decomposition(Shared):
    """One search, stage by stage."""

    counted = False
    """Whether the best plan is of a timetable in which groups are whole."""

    def search(self, start: Plan | None) -> None:
        """Go through the stages."""
        session = self.session
        if foreseen(self.school) is not None:
            self._refuse()
        offers = build_offers(self.school)
        if self.best is None:
            self._first(start, offers)
        if not self.done:
            session.stage = "prices"
            self._priced()

    def _first(self, start: Plan | None, offers: list[Offer]) -> None:
        session = self.session
        session.stage = "care"
        if start is not None and session.found is not None:  # it keeps every rule
            solution = solution_of(self.school, offers, start)
            if solution is not None:
                self.best = Candidate(solution, session.found, solution.worth)
                return
        # All or nothing: little relaxation, and the portfolio where it may be used.
        params = session.limits.params.first_plan
        threads = 1 if session.repeatable else params.threads
        dear = care_is_dear(self.school, params.dear_times)
        seconds = min(params.dear_seconds, params.seconds) if dear else params.seconds
        effort = replace(self.effort(seconds), threads=threads, linearization=1)
        terms = Terms(penalty=1) if dear else NO_TERMS
        with session.crew.timed("care"):
            first = first_plan(self.school, session.crew, effort, terms)
        if first is not None and not first.overspent:
            self.take(first)
        elif not self.done:
            self._refuse(money=first is not None)

    def _refuse(self, money: bool = False) -> None:
        """Look for a contradiction among the rules, for which numbers of students often do.

        If it can only be one of money, the linear program is asked alone, for the time being.
        """
        params = self.session.limits.params.infeasible
        session = self.session
        crew, until = session.crew, session.allowance.elapsed + params.fewer_seconds
        families = contradiction(
            self.school,
            crew,
            self.effort(params.run_seconds),
            lambda: not crew.stopped and session.allowance.elapsed < until and self.left > 0,
            params,
            relaxed_only=money,
        )
        if families is not None:
            raise infeasible(self.school, families)
        short = foreseen(self.school)
        if short is not None:
            raise short

    def _counts(self) -> bool:
        """Where money is short, begin with whole groups; tell whether that yields a plan."""
        limits = self.session.limits
        if care_is_dear(self.school, limits.params.first_plan.dear_times):
            self.session.stage = "clubs"
            self.counted = count_first(self, Random(f"{limits.seed}:0"))
        return self.counted

    def _priced(self) -> None:
        """Solve the linear programs, and go on from their prices.

        A worker starts as soon as there are prices; the one that waits for the bound follows.
        """
        programs = Programs(self.session)

        def work(number: int) -> None:
            markets = programs.markets()
            if not markets:  # not in time, or not at all: from the plan that there is
                self.session.stage = "clubs"
                improve = improve_courses if self.counted else improve_parts
                improve(self, Random(f"{self.session.limits.seed}:{number}"))
            elif not self.done:
                self.session.stage = "clubs"
                Worker(self, markets, number).work()

        def first() -> None:
            if self._counts():
                programs.skip()
            else:
                programs.price(self.effort(self.left))
            work(0)

        def bound() -> None:
            if self.share == 1:
                timed = self.session.limits.params.bound.timed_share * self.left
                programs.bound(self.effort(self.left), self.effort(timed))
            if self.best is None and not self.done:
                self._refuse()

        def second() -> None:
            bound()
            work(1)

        others = [partial(work, n) for n in range(2, self.session.limits.workers)]
        if self.session.repeatable:
            programs.arrange()
            bound()
            self.session.crew.wait([first])
        else:
            self.session.crew.wait([first, second, programs.arrange, *others])
