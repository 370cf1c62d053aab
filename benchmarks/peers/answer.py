"""What a peer is asked and what it answers."""

from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from pydantic import BaseModel

from models import CareGroup, School, Section


class Task(NamedTuple):
    """A school to plan, and what it may cost."""

    school: School
    seconds: float
    seed: int
    folder: Path
    """An empty folder for the peer's own files; ``start`` leaves a mark in it."""

    def start(self) -> float:
        """Start the clock: what comes before, such as building a model, is not counted.

        Returns
        -------
        float
            The moment, in seconds of the monotonic clock.
        """
        (self.folder / STARTED).touch()
        return monotonic()


class Answer(BaseModel):
    """A peer's plan, if it has one, in parts; the rest of a plan is worked out by ``judge``."""

    sections: tuple[Section, ...] | None = None
    care_groups: tuple[CareGroup, ...] = ()
    bound: float | None = None
    """As the peer states it: of the floating-point solvers not a certified one."""
    seconds: float
    """From the start of the clock until the peer had its plan."""
    fault: bool = False
    """The run broke off through a fault in the benchmark, which says nothing about the peer."""
    note: str = ""
    """What there is to say: the solver's own status, or why there is no plan."""


Peer = Callable[[Task], Answer]

SCHOOL, ANSWER, STARTED = "school.json", "answer.json", "started"
"""Files in the task's folder: the question, the answer, and the mark that the clock is running."""
