"""The independent check: it recomputes everything from School and Plan and trusts no solver."""

import logging
from collections.abc import Callable, Collection, Iterator
from time import monotonic
from typing import Final

from models import Family, Plan, School, Text
from optimizer.checks import (
    attendance,
    budget,
    claims,
    clash,
    content,
    cross_grade,
    form,
    group_size,
    hours,
    locks,
    pattern,
    rooms,
    staffing,
    wishes,
)
from optimizer.checks._changed import still_known
from optimizer.checks._exchange import Exchanges
from optimizer.checks._foresee import Foreseen, asked_anywhere, foresee
from optimizer.checks._moved import before_moves
from optimizer.checks._open_to import grades_of
from optimizer.checks._opened_for import check_opened_for, could_open_for_unmet, own_could_lead
from optimizer.checks._own_first import OwnFirst, WhyOutside, check_own_first, own_staff_first
from optimizer.checks._quest import Why
from optimizer.checks._turns import Turns, check_turns
from optimizer.checks._unmet import could_open, unmet_wishes, ways
from optimizer.checks._waiting import waiting
from optimizer.checks.base import Finding, FindingFamily
from optimizer.checks.bound import Proof, counted_firsts, proved_bound
from optimizer.checks.claims import plan_value
from optimizer.checks.content import policy_bars
from optimizer.checks.form import unknown_ids
from optimizer.checks.plan_index import PlanIndex
from optimizer.errors import CheckError

LOG = logging.getLogger("zouban.checks")

Check = Callable[[School, Plan], Iterator[Finding]]

CHECKS: Final[dict[Family, Check]] = {
    "attendance": attendance.check,
    "wishes": wishes.check,
    "clash": clash.check,
    "group_size": group_size.check,
    "cross_grade": cross_grade.check,
    "pattern": pattern.check,
    "rooms": rooms.check,
    "staffing": staffing.check,
    "hours": hours.check,
    "content": content.check,
    "budget": budget.check,
    "locks": locks.check,
}
BEFORE_MOVES: Final = Text(
    "除去调剂的学生，方案也应合规，但：{text}",
    "the plan must hold without those who were moved to another activity too, but: {text}",
)


_passed: list[tuple[School, Plan]] = []
"""What passed last: engine and command ask about the same plan one after the other, and at 5,000
students an answer takes 7 s."""


def verify(school: School, plan: Plan) -> tuple[Finding, ...]:
    """Find everything that is wrong with a plan; an empty answer means that it holds.

    Ids that the school does not know end the search, for nothing about them can be looked up.
    Whether a plan is finished and fair is asked only once it keeps every rule.
    """
    began = monotonic()
    found = _findings(school, plan)
    LOG.info("checked in %.2f s: %d findings", monotonic() - began, len(found))
    if not found:
        _passed[:] = [(school, plan)]
    return found


def _alike(plan: Plan, other: Plan) -> bool:
    """Tell whether two plans are the same but for their provenance."""
    return plan.model_copy(update={"provenance": other.provenance}) == other


def _findings(school: School, plan: Plan) -> tuple[Finding, ...]:
    found = list(form.check(school, plan))
    if any(unknown_ids(school, plan)):
        return tuple(found)
    broken = [finding for check in CHECKS.values() for finding in check(school, plan)]
    index = PlanIndex(school, plan)
    broken += _broken_before_moves(index, broken)
    found += broken
    found += claims.check(index)
    if not broken:
        found += _could_have(school, plan)
        found += check_opened_for(index)
        found += claims.check_unmet(index)
    return tuple(found)


def hit_by_change(school: School, plan: Plan) -> tuple[Finding, ...]:
    """Find what a change of the school's data hits in a plan made before it.

    First everything that the plan names and the school no longer has; then, with that gone, every
    rule that the plan does not keep; if there is nothing of that, who could have which duty now.
    What the plan says about itself is not asked: it was said of the data as they were.
    """
    found = list(unknown_ids(school, plan))
    left = still_known(school, plan)
    found += [finding for check in CHECKS.values() for finding in check(school, left)]
    return tuple(found or _could_have(school, left))


def _could_have(school: School, plan: Plan) -> Iterator[Finding]:
    """Find duties that others are to have, in a plan that keeps the rules otherwise."""
    yield from check_turns(school, plan)
    yield from check_own_first(school, plan)


def books_changed(school: School, plan: Plan) -> bool:
    """Tell whether data have changed on which the plan does not rest, but ledger and prints do."""
    same = plan.books_digest in {"", school.digests.books}
    return plan.school_digest == school.digest and not same


def _broken_before_moves(index: PlanIndex, known: Collection[Finding]) -> Iterator[Finding]:
    """Find what would be wrong without the seats that students were moved to.

    Nothing may rest on those: neither a section's being open nor the care of the others.
    """
    if index.before is index:
        return
    for family, check in CHECKS.items():
        # Fewer seats break no more wishes, and that somebody is not moved is the point of it.
        if family != "wishes":
            for finding in check(index.school, index.before.plan):
                if finding not in known:
                    yield Finding(family, BEFORE_MOVES.fill(text=finding.text))


def require_valid(school: School, plan: Plan) -> None:
    """Let a plan pass, or say what is wrong with it.

    The plan that ``verify`` let pass last is known, whatever it says of how it came about: nothing
    rests on that.

    Raises
    ------
    CheckError
        If ``verify`` finds anything; it holds every finding.
    """
    if _passed and _passed[0][0] is school and _alike(plan, _passed[0][1]):
        return
    found = verify(school, plan)
    if found:
        raise CheckError([finding.text for finding in found])


__all__ = [
    "CHECKS",
    "Exchanges",
    "Finding",
    "FindingFamily",
    "Foreseen",
    "OwnFirst",
    "Proof",
    "Turns",
    "Why",
    "WhyOutside",
    "asked_anywhere",
    "before_moves",
    "books_changed",
    "check_own_first",
    "could_open",
    "could_open_for_unmet",
    "counted_firsts",
    "foresee",
    "grades_of",
    "hit_by_change",
    "own_could_lead",
    "own_staff_first",
    "plan_value",
    "policy_bars",
    "proved_bound",
    "require_valid",
    "still_known",
    "unknown_ids",
    "unmet_wishes",
    "verify",
    "waiting",
    "ways",
]
