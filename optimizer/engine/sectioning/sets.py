"""Sets of slots in compiled loops.

A set of one word is a number in its record, one of several words an array. The loops are compiled
apart for either, and what is for the other is left out.
"""

# ruff: noqa: ARG001
# mypy: disable-error-code="no-untyped-def"

from numba import types
from numba.extending import overload

from optimizer.engine.sectioning.records import BITS, Ints, Records


def meet(a: Ints, b: Ints) -> bool:
    """Tell whether two sets of slots have one in common."""
    raise NotImplementedError


@overload(meet)
def _meet(a, b):
    if isinstance(a, types.Integer):
        return lambda a, b: a & b != 0

    def several(a, b):
        found = 0
        for k in range(len(a)):
            found |= a[k] & b[k]
        return found != 0

    return several


def inside(a: Ints, b: Ints) -> bool:
    """Tell whether all slots of one set are in another."""
    raise NotImplementedError


@overload(inside)
def _inside(a, b):
    if isinstance(a, types.Integer):
        return lambda a, b: a & ~b == 0

    def several(a, b):
        beyond = 0
        for k in range(len(a)):
            beyond |= a[k] & ~b[k]
        return beyond == 0

    return several


def has(a: Ints, slot: int) -> int:
    """Tell whether a slot is in a set."""
    raise NotImplementedError


@overload(has)
def _has(a, slot):
    if isinstance(a, types.Integer):
        return lambda a, slot: (a >> slot) & 1
    return lambda a, slot: (a[slot // BITS] >> (slot % BITS)) & 1


def occupy(student: Records, closed: Ints) -> None:
    """Add the slots of a set to those at which a student has no time left."""
    raise NotImplementedError


@overload(occupy)
def _occupy(student, closed):
    if isinstance(closed, types.Integer):

        def one(student, closed):
            student.busy |= closed

        return one

    def several(student, closed):
        for k in range(len(closed)):
            student.busy[k] |= closed[k]

    return several


def set_free(student: Records) -> None:
    """Take all slots out of those at which a student has no time left."""
    raise NotImplementedError


@overload(set_free)
def _set_free(student):
    if isinstance(student.typeof("busy"), types.Integer):

        def one(student):
            student.busy = 0

        return one

    def several(student):
        for k in range(len(student.busy)):
            student.busy[k] = 0

    return several
