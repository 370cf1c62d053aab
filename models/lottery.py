"""The published lottery: anyone can recompute a student's number from the seed."""

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from models.text import Text

if TYPE_CHECKING:
    from models.school import School


class Asked(NamedTuple):
    """The order in which children are asked who stay where not all can be looked after."""

    slots: tuple[str, ...]
    order: tuple[str, ...]
    first: int
    """So many of them have priority."""
    over: int
    """At least so many cannot be looked after; 0 where counts do not tell."""
    text: Text


def lottery_number(seed: int, student_id: str) -> int:
    """Give the student's lottery number, 0 to 2**64 - 1; the lower one goes first."""
    digest = sha256(f"{seed}:{student_id}".encode()).digest()
    return int.from_bytes(digest[:8], "big")


def deal_order(school: "School", student: str) -> tuple[bool, int]:
    """Give a student's order where what is dealt has no points; the lower one goes first.

    Priority goes before the draw.
    """
    return student not in school.priority, school.lottery_numbers[student]


def draw_order(school: "School", student: str, course: str) -> tuple[bool, int]:
    """Give a student's order in the draw for a course; the lower one goes first.

    A seat held before goes before the draw: whoever had one in the course in the earlier plan
    (sheet *Previous*) comes first, and then the number counts. Priority is in the points.
    """
    return (student, course) not in school.held_before, school.lottery_numbers[student]
