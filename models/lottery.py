"""The published lottery: anyone can recompute a student's number from the seed."""

from collections.abc import Collection
from hashlib import sha256
from typing import TYPE_CHECKING

from models.worth import worth

if TYPE_CHECKING:
    from models.school import School


def lottery_number(seed: int, student_id: str) -> int:
    """Give the student's lottery number, 0 to 2**64 - 1; the lower one goes first."""
    digest = sha256(f"{seed}:{student_id}".encode()).digest()
    return int.from_bytes(digest[:8], "big")


def draw_order(school: "School", student: str, course: str) -> tuple[bool, int]:
    """Give a student's order in the draw for a course; the lower one goes first.

    A seat held before goes before the draw: whoever had one in the course in the earlier plan
    (sheet *Previous*) comes first, and then the number counts.
    """
    return (student, course) not in school.held_before, school.lottery_numbers[student]


def equal_claims(
    school: "School",
    course: str,
    one: tuple[str, Collection[str]],
    other: tuple[str, Collection[str]],
) -> bool:
    """Tell whether two students' claims to a seat in a course are equal, so that the draw decides.

    They are where the seat is worth the same for both, each given the other seats that he has, and
    both or neither have priority.

    Parameters
    ----------
    one, other
        A student, and the courses that he has seats in beside this one.
    """
    factors, gains = zip(*(_claim(school, course, *who) for who in (one, other)), strict=True)
    return bool(factors[0] == factors[1] and gains[0] == gains[1])


def _claim(
    school: "School", course: str, student: str, beside: Collection[str]
) -> tuple[int, object]:
    others = [c for c in beside if c != course]
    gain = worth(school, student, [*others, course]) - worth(school, student, others)
    return school.factor(student), gain
