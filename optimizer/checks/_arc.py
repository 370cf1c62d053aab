"""One student's part in an exchange of seats."""

from typing import NamedTuple

from optimizer.checks._seating import Move


class Arc(NamedTuple):
    """One student's part in an exchange, and what changes by it."""

    plan: int
    """Change of weight for the plan (``Weight.plan``)."""
    order: int
    """Order among arcs of the same weight: those who go last in the draw first."""
    student: str
    start: int
    end: int
    grade: int
    own: tuple[int, int, int]
    """Change of what he has (``Weight.own``); the first that is not 0 says which way."""
    worse: bool
    """Whether he loses by it."""
    gives_up: bool
    """Whether he has to do without a course that he had before, for this seat given up."""
    gets_back: bool
    """Whether he gets a seat back in a course that he had before and was doing without."""
    had: bool
    """Whether he had a seat before in the course of the seat that he takes."""
    move: Move

    @property
    def better(self) -> bool:
        """Whether he would rather have it so."""
        return self.own > (0, 0, 0)
