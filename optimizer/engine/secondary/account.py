"""What the secondary aims may cost: seconds or, with one worker, the work that stands for them."""

from collections.abc import Iterator
from contextlib import contextmanager

from optimizer.engine.session import Session
from optimizer.engine.solver import Effort
from optimizer.rules import Model


class Account:
    """What is left of the time or work, for all of it and for the part at hand."""

    def __init__(self, session: Session, seconds: float) -> None:
        self.session, self.seconds = session, seconds
        self._began, self._before = session.clock.elapsed, session.crew.work
        self._counted = 0.0
        self._until = seconds

    @property
    def spent(self) -> float:
        """Seconds gone, or those that the work done stands for."""
        session = self.session
        if session.repeatable:
            work = session.crew.work - self._before + self._counted
            return work / session.params.work_per_second
        return session.clock.elapsed - self._began

    @property
    def left(self) -> float:
        """Seconds left for the part at hand."""
        return max(0.0, self._until - self.spent)

    @property
    def done(self) -> bool:
        """Whether nothing more is to be begun."""
        return not self.left or not self.session.clock.left or self.session.crew.stopped

    @contextmanager
    def part(self, share: float) -> Iterator[None]:
        """Let what is done within have a share of what is left."""
        spent = self.spent
        self._until = spent + share * max(0.0, self.seconds - spent)
        try:
            yield
        finally:
            self._until = self.seconds

    def effort(self, seconds: float, seed: int | None = None) -> Effort:
        """Say what a run of about so many seconds may cost, within the part at hand."""
        session, seconds = self.session, min(seconds, self.left)
        seed = session.limits.seed if seed is None else seed
        if session.repeatable:
            return Effort(session.clock.left, seed, seconds * session.params.work_per_second)
        return Effort(seconds, seed)

    def count(self, model: Model) -> None:
        """Count what a run cost besides the solver's own work."""
        costs = self.session.params
        self._counted += costs.run_work + costs.variable_work * len(model.cp.proto.variables)
