"""What one student could have at given prices, as arrays that compiled loops work in."""

# mypy: disable-error-code="untyped-decorator"

from typing import NamedTuple

import numpy as np
from numba import njit

from optimizer.engine.decomposition.arrays import Floats, Ints


class Options(NamedTuple):
    """Room for the options of one student, O, and for what is worked out with them.

    The options of a course stand side by side. V words of slots as bits.
    """

    worth: Floats
    more: Floats
    """(O,): what an option is worth besides as the best of the student's clubs, never below 0."""
    mask: Ints
    """(O, V): slots."""
    closed: Ints
    """(O, V): those slots and whatever overlaps them."""
    section: Ints
    course: Ints
    best: Ints
    """(O + 3,): options of the best set found."""
    size: Ints
    """(1,): how many these are."""
    group: Ints
    """(O + 1,): where the options of each course begin."""
    order: Ints
    """(O,): options of each course, best first."""
    kind: Ints
    """(O,): number of an option's time."""
    level: Ints
    """(O + 1, 3): by depth of the search, next option, option taken (-1: none) and clubs so far."""
    total: Floats
    """(O + 1, 2): by depth, worth with bonuses, and the best of ``more``."""
    used: Ints
    """(O + 1, V): by depth, slots that are closed."""
    at: Ints
    """(O, O): best option of a course at a time, -1 for none."""
    path: Floats
    """(O, 2): gain of the best path that leaves a course, and that reaches a time."""
    mate: Ints
    """(O, 3): time of a course, course of a time, course from which a time was reached."""


@njit(nogil=True, cache=True)
def make_options(count: int, words: int) -> Options:
    """Make room for so many options."""
    return Options(
        np.empty(count),
        np.empty(count),
        np.empty((count, words), np.int64),
        np.empty((count, words), np.int64),
        np.empty(count, np.int64),
        np.empty(count, np.int64),
        np.empty(count + 3, np.int64),
        np.empty(1, np.int64),
        np.empty(count + 1, np.int64),
        np.empty(count, np.int64),
        np.empty(count, np.int64),
        np.empty((count + 1, 3), np.int64),
        np.empty((count + 1, 2)),
        np.empty((count + 1, words), np.int64),
        np.empty((count, count), np.int64),
        np.empty((count, 2)),
        np.empty((count, 3), np.int64),
    )
