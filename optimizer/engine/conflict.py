"""Which rule families cannot be kept together."""

from collections.abc import Callable

from ortools.sat.python import cp_model

from models import FAMILIES, Family, School
from optimizer.engine.solver import Run, Status
from optimizer.rules import build

MOST_SEATS = 50_000
"""Most pairs of a student and a course that a model without ``wishes`` may have."""


def conflicting_families(
    school: School,
    prove: Callable[[cp_model.CpModel], Run],
    in_time: Callable[[], bool] = lambda: True,
) -> tuple[Family, ...]:
    """Find a smallest-by-inclusion set of families that no plan keeps together.

    Deletion filter: leave families out one at a time; what is still proved infeasible without a
    family does not need it. ``prove`` runs a model for as long as there is time; a family whose
    proof does not finish stays in the answer, which then may be larger than needed but is still
    infeasible. So does every family not tried while ``in_time``, and ``wishes`` in a large school:
    without it anyone may have a seat in anything, which is more than a model can hold. The order
    tries first what schools can least change, so that the answer names what they can.
    """
    kept: list[Family] = list(FAMILIES)
    for family in (*_ORDER, *(f for f in FAMILIES if f not in _ORDER)):
        if not in_time():
            break
        if family == "wishes" and len(school.students) * len(school.courses) > MOST_SEATS:
            continue
        fewer = [f for f in kept if f != family]
        if prove(build(school, fewer).cp).status is Status.INFEASIBLE:
            kept = fewer
    return tuple(kept)


_ORDER: tuple[Family, ...] = ("wishes", "cross_grade", "content", "clash", "pattern", "group_size")
