"""The search of a large school.

(1) A first plan: base care for everyone, with clubs only where locks ask for them. (2) The linear
relaxation of the school: its exact bound, and with some places in base care to spare its dual
values as prices. (3) In cycles, by every worker on its own: a timetable annealed at these prices,
rooms for it, seats by relaxation, and the rest rounded exactly. (4) What time is left goes to
neighbourhoods of the best plan, decided anew by CP-SAT, (5) and a little of it to less pay and
evener loads in base care.
"""

import threading
from dataclasses import replace
from functools import partial

from models import Plan
from optimizer.engine.conflict import foreseen, infeasible
from optimizer.engine.counts import contradiction
from optimizer.engine.large.cycles import Worker
from optimizer.engine.large.first import first_plan, locked_courses
from optimizer.engine.large.pricing import Programs
from optimizer.engine.large.seating import Seated
from optimizer.engine.large.standing import standing_of
from optimizer.engine.large.tidy import tidy
from optimizer.engine.session import WORK_PER_SECOND, Session
from optimizer.engine.solver import Effort
from optimizer.rules import Offer, build_offers

NAME = "cpsat-large"
FIRST_SECONDS, FIRST_THREADS = 25.0, 4
PROOF_SECONDS, CONFLICT_SECONDS = 5.0, 12.0
"""What one proof of a contradiction and the search for fewer families in it may take."""
TIDY_SHARE, TIDY_SECONDS = 0.06, 4.0
"""Share of the time that goes to pay and loads in the end, and seconds at most."""
FINISH_SECONDS, FINISH_SECONDS_A_STUDENT = 0.7, 0.003
"""What finishing and checking a plan takes."""


def search(session: Session, start: Plan | None) -> None:
    """Search a large school; what was found is in the session.

    Raises
    ------
    InfeasibleError
        Proved: no plan keeps all rules.
    """
    large = Large(session)
    session.crew.wait([lambda: large.search(start)], session.poll, lambda: large.too_late)
    session.crew.cut_short()
    session.closed = True


class Large:
    """One search: what its stages and workers share."""

    def __init__(self, session: Session) -> None:
        self.session, self.school = session, session.school
        self.best: Seated | None = None
        self._lock = threading.Lock()
        self.building = threading.Lock()
        """Models are built one after the other: side by side, each takes as long as both."""
        self._finish = FINISH_SECONDS + FINISH_SECONDS_A_STUDENT * len(self.school.students)
        self._tidy = min(TIDY_SECONDS, TIDY_SHARE * session.limits.seconds)
        self.tidying = False

    @property
    def left(self) -> float:
        """Seconds to search in."""
        return max(0.0, self.session.clock.left - self._finish - (not self.tidying) * self._tidy)

    @property
    def too_late(self) -> bool:
        """Whether whoever is still at work is left behind."""
        return self.session.crew.stopped or self.session.clock.left < self._finish / 2

    @property
    def done(self) -> bool:
        """Whether the search is to end."""
        if self.session.repeatable and self.work_left <= 0:
            return True
        return self.session.done or not self.left

    @property
    def work_left(self) -> float:
        """What is left of the deterministic time that stands for the limit with one worker."""
        return WORK_PER_SECOND * self.session.limits.seconds - self.session.crew.work

    def effort(self, seconds: float, seed: int | None = None) -> Effort:
        """Say what a run of about so many seconds may cost."""
        seed = self.session.limits.seed if seed is None else seed
        if self.session.repeatable:
            return Effort(self.left, seed, seconds * WORK_PER_SECOND)
        return Effort(min(seconds, self.left), seed)

    def take(self, found: Seated | None) -> bool:
        """Keep a plan if it is the best of this search; tell whether it was."""
        if found is None:
            return False
        with self._lock:
            better = self.best is None or found.worth > self.best.worth
            if better:
                self.best = found
                self.session.keep(found.found, found.worth)
        return better

    def search(self, start: Plan | None) -> None:
        """Go through the stages."""
        session = self.session
        if foreseen(self.school) is not None:
            self._refuse()
        offers = build_offers(self.school)
        self._first(start, offers)
        if not self.done:
            session.stage = "prices"
            self._priced()
        self.tidying = True
        if self.best is not None and not session.crew.stopped:
            tidy(self)

    def _first(self, start: Plan | None, offers: list[Offer]) -> None:
        session = self.session
        session.stage = "care"
        if start is not None and session.found is not None:  # it keeps every rule
            standing = standing_of(self.school, offers, start)
            if standing is not None:
                self.best = Seated(standing, session.found, standing.worth)
                return
        # All or nothing: little relaxation, and the portfolio where it may be used.
        threads = 1 if session.repeatable else FIRST_THREADS
        effort = replace(self.effort(FIRST_SECONDS), threads=threads, linearization=1)
        self.take(first_plan(self.school, session.crew, effort))
        if self.best is None and not self.done:
            self._refuse()

    def _refuse(self) -> None:
        """Look for a contradiction among the rules, for which numbers of students often do."""
        crew, until = self.session.crew, self.session.clock.elapsed + CONFLICT_SECONDS
        families = contradiction(
            self.school,
            crew,
            self.effort(PROOF_SECONDS),
            lambda: not crew.stopped and self.session.clock.elapsed < until and self.left > 0,
        )
        if families is not None:
            raise infeasible(self.school, families)
        short = foreseen(self.school)
        if short is not None:
            raise short

    def _priced(self) -> None:
        """Solve the linear programs, and go on from their prices.

        A worker starts as soon as there are prices; the one that waits for the bound follows.
        """
        programs = Programs(self.session)

        def work(number: int) -> None:
            market = programs.market()
            if market is not None and not self.done:
                self.session.stage = "clubs"
                Worker(self, market, number).work()

        def first() -> None:
            programs.price(self.left)
            work(0)

        def second() -> None:
            programs.bound(self.left)
            work(1)

        others = [partial(work, n) for n in range(2, self.session.limits.workers)]
        if self.session.repeatable:
            programs.arrange()
            programs.bound(self.left)
            self.session.crew.wait([first])
        else:
            self.session.crew.wait([first, second, programs.arrange, *others])

    @property
    def pinned(self) -> frozenset[str]:
        """Courses whose sections stay as they are in the first plan."""
        return locked_courses(self.school)
