"""The published lottery: anyone can recompute a student's number from the seed."""

from hashlib import sha256
from typing import NamedTuple

from models.text import Text


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
