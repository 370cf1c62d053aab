"""What the stages and workers of one search share."""

import threading
from collections.abc import Mapping
from random import Random

from optimizer.engine.construct import locked_courses
from optimizer.engine.decomposition.rounding import Rounding, Spare
from optimizer.engine.lp.highs import LpProcess
from optimizer.engine.session import Session
from optimizer.engine.solution import Candidate
from optimizer.engine.solver import Effort
from optimizer.rules import Held, Key


class Shared:
    """One search's session, incumbent and limits."""

    def __init__(self, session: Session, share: float = 1.0) -> None:
        self.session, self.school = session, session.school
        self.best: Candidate | None = None
        self._lock = threading.Lock()
        self.building = threading.Lock()
        """Models are built one after the other: side by side, each takes as long as both."""
        params = session.limits.params
        each = params.finish.seconds_a_student
        self._finish = params.finish.seconds + each * len(self.school.students)
        self.share = share
        """Share of the time left that is for this search; less than 1 if another follows."""
        self._until = session.allowance.elapsed + share * session.allowance.left

    @property
    def left(self) -> float:
        """Seconds to search in; with one worker by the account of work."""
        session = self.session
        if self.share < 1:
            return min(session.allowance.left, max(0.0, self._until - session.allowance.elapsed))
        return max(0.0, session.allowance.left - self._finish)

    @property
    def too_late(self) -> bool:
        """Whether whoever is still at work is left behind."""
        late = self.session.clock.left < self._finish / 2
        self.session.account.cut |= late
        return self.session.crew.stopped or late

    @property
    def done(self) -> bool:
        """Whether the search is to end."""
        return self.session.done or not self.left

    def effort(self, seconds: float, seed: int | None = None) -> Effort:
        """Say what a run of about so many seconds may cost."""
        return self.session.allowance.effort(min(seconds, self.left), seed)

    def rounding(
        self,
        held: Mapping[Key, Held],
        process: LpProcess,
        random: Random,
        spare: Spare,
        penalty: int | None = None,
    ) -> Rounding:
        """Make ready to seat everyone on a timetable; see ``Rounding``."""
        params = self.session.limits.params.rounding
        with self.building:
            return Rounding(
                self.school,
                held,
                process,
                self.effort,
                random,
                spare,
                penalty=penalty,
                params=params,
            )

    def take(self, found: Candidate | None) -> bool:
        """Keep a plan if it is the best of this search; tell whether it was."""
        if found is None:
            return False
        with self._lock:
            better = self.best is None or found.worth > self.best.worth
            if better:
                self.best = found
                self.session.keep(found.found, found.worth)
        return better

    @property
    def pinned(self) -> frozenset[str]:
        """Courses whose sections stay as they are in the first plan."""
        return locked_courses(self.school)
