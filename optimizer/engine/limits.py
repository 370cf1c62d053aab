"""How long to search, and what is told meanwhile."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import isfinite
from time import monotonic
from typing import Final

from models import School, Text, listed
from optimizer.engine.params import DEFAULTS, SearchParams
from optimizer.errors import LimitsError

MOST_SECONDS: Final = 7 * 24 * 3600
MOST_WORKERS: Final = 256
MOST_SEED: Final = 2**31 - 1
"""The solver takes no greater one."""
ENGINES: Final = "whole", "large", "sectioning"

SECONDS = Text(
    "时限（seconds）应为大于 0、不超过 {most} 的秒数，这里是 {value}。",
    "seconds (the time limit) must be more than 0 and at most {most}, found {value}.",
)
WORKERS = Text(
    "并行数（workers）应为 1 到 {most} 的整数，这里是 {value}。",
    "workers must be a whole number from 1 to {most}, found {value}.",
)
SEED = Text(
    "随机种子（seed）应为 0 到 {most} 的整数，这里是 {value}。",
    "seed must be a whole number from 0 to {most}, found {value}.",
)
ENGINE = Text(
    "求解引擎（engine）应为 {known} 之一，或不指定（None），这里是 {value}。",
    "engine must be one of {known}, or None to have it chosen, found {value}.",
)
PARAMS = Text(
    "搜索参数（params）应为 SearchParams，这里是 {value}。",
    "params must be SearchParams, found {value}.",
)
ENOUGH_SECONDS, ENOUGH_A_STUDENT, ENOUGH_A_WISH = 5.0, 0.006, 0.0015
"""A rough guess of what a plan worth having takes, in seconds on two cores."""


@dataclass(frozen=True)
class Limits:
    """How long and how widely to search.

    With one worker the search is cut by the solver's deterministic time instead of the clock (which
    stays as a safety net at ``seconds``), so that the same school and seed give the same plan.

    Raises
    ------
    LimitsError
        For limits that make no sense; says all that is wrong with them.
    """

    seconds: float = 60.0
    seed: int = 1
    workers: int = 2
    engine: str | None = None
    """The engine to use, one of ``ENGINES``; None: by what the school is like."""
    params: SearchParams = DEFAULTS
    """What else steers the search."""

    def __post_init__(self) -> None:
        """Refuse what makes no sense."""
        wrong = tuple(self._wrong())
        if wrong:
            raise LimitsError(wrong)

    def _wrong(self) -> Iterator[Text]:
        seconds: object = self.seconds
        number = isinstance(seconds, int | float) and not isinstance(seconds, bool)
        if not (number and isfinite(self.seconds) and 0 < self.seconds <= MOST_SECONDS):
            yield SECONDS.fill(most=MOST_SECONDS, value=_shown(seconds))
        if not _whole(self.workers, 1, MOST_WORKERS):
            yield WORKERS.fill(most=MOST_WORKERS, value=_shown(self.workers))
        if not _whole(self.seed, 0, MOST_SEED):
            yield SEED.fill(most=MOST_SEED, value=_shown(self.seed))
        if self.engine is not None and self.engine not in ENGINES:
            yield ENGINE.fill(known=listed(ENGINES), value=_shown(self.engine))
        params: object = self.params
        if not isinstance(params, SearchParams):
            yield PARAMS.fill(value=_shown(params))


def _whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _shown(value: object) -> str:
    """Write what was found, not at any length."""
    text = repr(value)
    return text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN] + "..."


MOST_SHOWN: Final = 40


def enough_seconds(school: School, tried: float = 0.0) -> int:
    """Give a limit that is likely to be enough for a school, in whole seconds.

    Parameters
    ----------
    tried
        A limit that was not enough: twice as long is said at the least.
    """
    students, wishes = len(school.students), len(school.wishes)
    usual = ENOUGH_SECONDS + ENOUGH_A_STUDENT * students + ENOUGH_A_WISH * wishes
    return min(MOST_SECONDS, round(max(usual, 2 * tried)))


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

    def __init__(self, seconds: float, kept: float = 0.0, began: float | None = None) -> None:
        self._start = monotonic() if began is None else began
        self._seconds, self._kept = seconds, kept

    def keep(self, seconds: float) -> None:
        """Keep so many seconds before the deadline from the search, from now on."""
        self._kept = seconds

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
