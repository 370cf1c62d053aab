"""What a search may still spend: seconds of the clock or, with one worker, of the account."""

from optimizer.engine.account import Account
from optimizer.engine.limits import Clock, Limits
from optimizer.engine.solver import Effort


class Allowance:
    """What is left of a search's limit."""

    def __init__(self, limits: Limits, clock: Clock, account: Account) -> None:
        self._clock, self._account, self._seed = clock, account, limits.seed
        self._per_second = limits.params.session.work_per_second
        self._seconds, self._kept = limits.seconds, 0.0
        self.repeatable = limits.workers == 1
        """Whether the account says when to stop, the clock only where that is too late."""

    def keep(self, seconds: float) -> None:
        """Keep so many seconds for what comes after the search, from now on."""
        self._clock.keep(seconds)
        self._kept = seconds

    @property
    def elapsed(self) -> float:
        """Seconds since the start; with one worker those that the work done stands for."""
        if not self.repeatable:
            return self._clock.elapsed
        return self._account.spent / self._per_second

    @property
    def left(self) -> float:
        """Seconds left to search in."""
        on_clock = self._clock.left
        if not self.repeatable:
            return on_clock
        left = max(0.0, self._seconds - self._kept - self.elapsed)
        if on_clock:
            return left
        self._account.cut |= left > 0
        return 0.0

    def effort(self, seconds: float, seed: int | None = None) -> Effort:
        """Say what a run of so many seconds may cost."""
        seed = self._seed if seed is None else seed
        if self.repeatable:
            return Effort(self._clock.left, seed, seconds * self._per_second)
        return Effort(min(seconds, self._clock.left), seed)
