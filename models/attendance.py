"""What really happened in a term: absences, joinings, leavings, substitutes, what was called off.

Whoever the plan expects is taken to have been there unless a record says otherwise. There can be a
hundred thousand records, so they are plain tuples; who refers to nothing or contradicts another is
found by ``optimizer.ledger.find_problems``, with the row it stands in.
"""

from datetime import date
from typing import NamedTuple


class Absence(NamedTuple):
    """A student was away at a slot of a day, or all day."""

    row: int
    student: str
    day: date
    slot: str | None = None
    """None: at every slot of the day."""
    note: bool = False
    """Whether the family handed in a written note."""


class Joining(NamedTuple):
    """A student's first day in the service."""

    row: int
    student: str
    day: date


class Leaving(NamedTuple):
    """A student's last day in the service."""

    row: int
    student: str
    day: date


class Substitute(NamedTuple):
    """Somebody stood in for a member of staff."""

    row: int
    day: date
    slot: str
    absent: str
    substitute: str


class Cancelled(NamedTuple):
    """Something planned did not take place and is neither charged nor paid."""

    row: int
    day: date
    slot: str | None = None
    """None: at every slot of the day."""
    group: str | None = None
    """Id of the section or care group; None: every group."""


class Attendance(NamedTuple):
    """The records of a term, or of a part of it."""

    absences: tuple[Absence, ...] = ()
    joinings: tuple[Joining, ...] = ()
    leavings: tuple[Leaving, ...] = ()
    substitutes: tuple[Substitute, ...] = ()
    cancelled: tuple[Cancelled, ...] = ()
