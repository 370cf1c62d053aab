"""What a student would give up for a seat that he would rather have.

One seat, that he ranks lower: the only one he holds at that time, or, where he has no club at that
time but as many as he wanted, any one of them. A seat is ranked lower if its wish has the greater
rank number, his seats are then worth no less (``models.worth``), and it is not pinned.
"""

from collections.abc import Sequence
from typing import NamedTuple

from models import Section, UnmetReason, Wish, worth
from optimizer.checks._standing import Standing


class Obstacle(NamedTuple):
    """What is in the way of a wish, and who or what that is (see ``UnmetWish.because``)."""

    reason: UnmetReason
    because: tuple[str, ...] = ()


def could_give_up(
    standing: Standing, wish: Wish, clashing: Sequence[Section]
) -> Obstacle | list[tuple[Section, ...]]:
    """Give what he could give up for a seat, one way or another, or what forbids it.

    Parameters
    ----------
    clashing
        The seats that he holds at the time of the other.
    """
    if clashing:
        if len(clashing) == 1 and ranked_lower(standing, wish, clashing[0]):
            return [(clashing[0],)]
        return Obstacle(UnmetReason.CLASH, tuple(held.course for held in clashing))
    seats = standing.seats[wish.student]
    if len(seats) < standing.school.student[wish.student].max_clubs:
        return [()]
    lower = [held for held in seats if ranked_lower(standing, wish, held)]
    if not lower:
        return Obstacle(UnmetReason.WANTED, tuple(held.course for held in seats))
    lower.sort(key=lambda held: -standing.wish[wish.student, held.course].rank)
    return [(held,) for held in lower]


def ranked_lower(standing: Standing, wish: Wish, held: Section) -> bool:
    """Tell whether a student would rather have what he wishes than a seat that he holds."""
    school, student = standing.school, wish.student
    other = standing.wish.get((student, held.course))
    if other is None or other.rank <= wish.rank or (student, held.course) in standing.seat_locks:
        return False
    now = [section.course for section in standing.seats[student]]
    then = [wish.course, *(course for course in now if course != held.course)]
    return worth(school, student, then) >= worth(school, student, now)
