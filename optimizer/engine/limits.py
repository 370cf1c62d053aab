"""How long to search, and what is told meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic


@dataclass(frozen=True)
class Limits:
    """How long and how widely to search.

    With one worker the search is cut by the solver's deterministic time instead of the clock (which
    stays as a safety net at ``seconds``), so that the same school and seed give the same plan.
    """

    seconds: float = 60.0
    seed: int = 1
    workers: int = 2
    engine: str | None = None
    """The engine to use, "whole" or "large"; None: by the school's size."""


@dataclass(frozen=True)
class Progress:
    """Where the search stands. ``value`` and ``bound`` are None as long as there are none."""

    stage: str
    seconds: float
    time_left: float
    value: int | None
    bound: int | None
    first_clubs: int | None = None
    """Students with a club so far; None where points alone count, or there is no plan yet."""
    first_clubs_bound: int | None = None
    """In no plan are there more; None where points alone count."""

    @property
    def gap(self) -> float | None:
        """(bound - value) / value, where that makes sense."""
        if self.value is None or self.bound is None or not self.value:
            return None
        return (self.bound - self.value) / self.value


OnProgress = Callable[[Progress], None]


class Clock:
    """Time since the start of a solve and until its deadline, in seconds.

    Some seconds before the deadline may be kept from the search for what comes after it.
    """

    def __init__(self, seconds: float, kept: float = 0.0) -> None:
        self._start = monotonic()
        self._seconds, self._kept = seconds, kept

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return monotonic() - self._start

    @property
    def left(self) -> float:
        """Seconds left to search in, never negative."""
        return max(0.0, self.until_deadline - self._kept)

    @property
    def until_deadline(self) -> float:
        """Seconds until the deadline, never negative."""
        return max(0.0, self._seconds - self.elapsed)
