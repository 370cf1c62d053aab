"""What a search did: the time, calls and improvements of each stage, and how value and bound went.

All of it is kept in the plan's provenance, so that a figure can be drawn of any plan, and told to
the log as it happens.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from models import StageUse, TracePoint
from optimizer.engine.limits import Clock

LOG = logging.getLogger("zouban.engine")
MOST_POINTS = 1000
"""Points of a trace that are kept; of more, every second one between the first and the last goes.
"""


@dataclass
class _Use:
    calls: int = 0
    seconds: float = 0.0
    improvements: int = 0


class Statistics:
    """Counts what stages do; may be called from any thread."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._uses: dict[str, _Use] = {}
        self._trace: list[TracePoint] = []
        self._here = threading.local()

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Count what is done within as a call of a stage; stages may hold others.

        Stages that several threads are in at once have the seconds of all of them.
        """
        inside: list[str] = self._inside()
        inside.append(stage)
        began = self._clock.elapsed
        try:
            yield
        finally:
            inside.pop()
            took = self._clock.elapsed - began
            with self._lock:
                use = self._uses.setdefault(stage, _Use())
                use.calls += 1
                use.seconds += took
            LOG.debug("%s took %.3f s", stage, took)

    def _inside(self) -> list[str]:
        if not hasattr(self._here, "stages"):
            self._here.stages = []
        found: list[str] = self._here.stages
        return found

    def improved(self, otherwise: str) -> None:
        """Count a better plan for the innermost stage that this thread is in, or another."""
        stage = [otherwise, *self._inside()][-1]
        with self._lock:
            self._uses.setdefault(stage, _Use()).improvements += 1

    def reached(self, value: int | None, bound: int | None, first_clubs: int | None = None) -> None:
        """Note where the search stands, where that has changed."""
        seconds = round(self._clock.elapsed, 3)
        with self._lock:
            last = self._trace[-1] if self._trace else None
            if last and (last.value, last.bound, last.first_clubs) == (value, bound, first_clubs):
                return
            point = TracePoint(seconds=seconds, value=value, bound=bound, first_clubs=first_clubs)
            self._trace.append(point)
            if len(self._trace) > MOST_POINTS:
                self._trace[1:-1] = self._trace[2:-1:2]
        LOG.info("value %s, bound %s after %.1f s", value, bound, seconds)

    @property
    def stages(self) -> tuple[StageUse, ...]:
        """What each stage did, in the order in which they ended first."""
        with self._lock:
            return tuple(
                StageUse(
                    stage=name,
                    calls=use.calls,
                    seconds=round(use.seconds, 3),
                    improvements=use.improvements,
                )
                for name, use in self._uses.items()
            )

    @property
    def trace(self) -> tuple[TracePoint, ...]:
        """Value and bound over time."""
        with self._lock:
            return tuple(self._trace)
