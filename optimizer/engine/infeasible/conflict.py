"""Which rule families cannot be kept together."""

from collections.abc import Callable, Collection, Sequence
from typing import Final

from models import FAMILIES, Family, School
from optimizer.checks import asked_anywhere, foresee
from optimizer.engine.infeasible.least_pay import said_of_pay
from optimizer.engine.params import DEFAULTS
from optimizer.errors import InfeasibleError

Proves = Callable[[Sequence[Family]], bool]
"""Tells whether it is proved that no plan keeps these families."""

_ORDER: tuple[Family, ...] = ("wishes", "cross_grade", "content", "clash", "pattern", "group_size")
"""What schools can least change, which is tried first, so that the answer names what they can."""

_CARE: Final[frozenset[Family]] = frozenset({"staffing", "rooms", "group_size", "clash", "budget"})
"""In conflict with ``attendance``: not all who asked to stay can be looked after."""


def conflicting_families(
    proves: Proves,
    in_time: Callable[[], bool] = lambda: True,
    left_in: Collection[Family] = (),
) -> tuple[Family, ...]:
    """Find a smallest-by-inclusion set of families that no plan keeps together.

    Deletion filter: what is still proved infeasible without some families does not need them; many
    are tried at once, then halves, down to each alone. A family whose proof does not finish stays
    in the answer, which then may be larger than needed but is still infeasible. So does every
    family not tried while ``in_time``.

    Parameters
    ----------
    proves
        Known to hold for all families.
    left_in
        Families that are not tried.
    """
    kept: list[Family] = list(FAMILIES)

    def drop(chosen: Sequence[Family], some_needed: bool = False) -> bool:
        """Leave out what is not needed; tell whether that was all of it."""
        nonlocal kept
        if not in_time():
            return False
        if not some_needed:
            fewer = [f for f in kept if f not in chosen]
            if proves(fewer):
                kept = fewer
                return True
        if len(chosen) == 1:
            return False
        middle = len(chosen) // 2
        all_gone = drop(chosen[:middle])
        drop(chosen[middle:], some_needed=all_gone)
        return False

    order = (*_ORDER, *(f for f in FAMILIES if f not in _ORDER))
    drop([f for f in order if f not in left_in], some_needed=not left_in)
    return tuple(kept)


def infeasible(school: School, families: tuple[Family, ...]) -> InfeasibleError:
    """Give what to raise for families in conflict."""
    found = foresee(school)
    asked = found.asked
    if not asked and "attendance" in families and _CARE.intersection(families):
        asked = asked_anywhere(school)
    because = found.because
    if "budget" in families:
        pay = said_of_pay(school, DEFAULTS.infeasible.program_seconds)
        because = because if pay is None else (*because, pay)
    return InfeasibleError(families, because, asked)


def foreseen(school: School) -> InfeasibleError | None:
    """Give what to raise where counts alone show that there is no plan; None where they do not."""
    found = foresee(school)
    if not found.because:
        return None
    named = tuple(family for family in FAMILIES if family in found.families)
    return InfeasibleError(named, found.because, found.asked)
