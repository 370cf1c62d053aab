"""What the last stage may cost: time until the deadline and, with one worker, the solver's work."""

from collections.abc import Callable
from dataclasses import dataclass

from ortools.sat.python import cp_model

from optimizer.engine.params import DEFAULTS, SearchParams
from optimizer.engine.solver import Crew, Effort, Run


@dataclass
class Work:
    """Runs small models one after the other, within what is left."""

    crew: Crew
    seconds: float
    """What all runs together may take, by the clock; shares are of this."""
    elapsed: Callable[[], float]
    """Seconds since the stage began."""
    seed: int = 1
    deterministic: float | None = None
    """Deterministic time for all runs together; None where the clock alone counts."""
    params: SearchParams = DEFAULTS

    def __post_init__(self) -> None:
        self._before = self.crew.account.spent

    @property
    def spent(self) -> float:
        """Deterministic time that it took so far."""
        return self.crew.account.spent - self._before

    @property
    def left(self) -> float:
        """Seconds left."""
        return max(0.0, self.seconds - self.elapsed())

    @property
    def done(self) -> bool:
        """Whether nothing more is to be started."""
        over = self.deterministic is not None and self.spent >= self.deterministic
        self.crew.account.cut |= not over and not self.left
        return over or not self.left or self.crew.stopped

    def run(self, cp: cp_model.CpModel, share: float) -> Run:
        """Run a model on a share of the whole, or on what is left if that is less."""
        least = self.params.arrange.run_seconds
        if self.deterministic is None:
            effort = Effort(min(self.left, max(least, self.seconds * share)), self.seed)
        else:
            work = min(self.deterministic - self.spent, self.deterministic * share)
            effort = Effort(self.left, self.seed, work)
        return self.crew.solve(cp, effort)
