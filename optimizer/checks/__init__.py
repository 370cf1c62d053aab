"""The independent check: it recomputes everything from School and Plan and trusts no solver."""

from collections.abc import Callable, Iterator
from typing import Final

from models import Family, Plan, School
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
from optimizer.checks.base import Finding, FindingFamily
from optimizer.checks.claims import plan_value
from optimizer.errors import CheckError

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


def verify(school: School, plan: Plan) -> tuple[Finding, ...]:
    """Find everything that is wrong with a plan; an empty answer means that it holds.

    Ids that the school does not know end the search, for nothing about them can be looked up.
    Whether a plan is finished and fair is asked only once it keeps every rule.
    """
    found = list(form.check(school, plan))
    if any(form.unknown_ids(school, plan)):
        return tuple(found)
    broken = [finding for check in CHECKS.values() for finding in check(school, plan)]
    found += broken
    found += claims.check(school, plan)
    if not broken:
        found += claims.check_unmet(school, plan)
    return tuple(found)


def require_valid(school: School, plan: Plan) -> None:
    """Let a plan pass, or say what is wrong with it.

    Raises
    ------
    CheckError
        If ``verify`` finds anything; it holds every finding.
    """
    found = verify(school, plan)
    if found:
        raise CheckError([finding.text for finding in found])


__all__ = ["CHECKS", "Finding", "FindingFamily", "plan_value", "require_valid", "verify"]
