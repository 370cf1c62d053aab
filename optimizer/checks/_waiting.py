"""Who is next in line for the seats of a course, should one become free.

In line is whoever was refused a seat for want of it, or because he cannot leave where he is: not
those whom a lock, the policy, their times or their other wishes keep out of it. The order is that
of claims to a full section (see ``_holders``): the stronger first, without the seat that he would
give up for it; then who had a seat in the course before, then the draw. Where several sections are
open, his strongest claim counts.
"""

from models import Plan, School, UnmetReason, UnmetWish, draw_order
from optimizer.checks._changed import still_known
from optimizer.checks._holders import Holders, Strength
from optimizer.checks._moved import before_moves
from optimizer.checks._standing import Standing

STAYS = {UnmetReason.NEEDED, UnmetReason.CARE, UnmetReason.CARE_FULL}
"""Reasons that say that he cannot leave where he is."""


def waiting(school: School, plan: Plan) -> dict[str, list[str]]:
    """Give by open course who is next in line, the first first; courses in the plan's order."""
    standing = Standing(school, before_moves(school, still_known(school, plan)))
    holders = Holders(standing)
    claims: dict[str, dict[str, Strength]] = {}
    for unmet in plan.unmet:
        wish = standing.wish.get((unmet.student, unmet.course))
        sections = standing.open.get(unmet.course)
        if wish and sections and _waits(unmet):
            claims.setdefault(unmet.course, {})[unmet.student] = max(
                holders.claim(wish, section) for section in sections
            )
    return {course: _in_line(school, course, found) for course, found in claims.items()}


def _waits(unmet: UnmetWish) -> bool:
    lacks_seat = unmet.reason.is_full or unmet.reason in STAYS
    return lacks_seat and UnmetReason.DAY_LIMIT not in unmet.also


def _in_line(school: School, course: str, claims: dict[str, Strength]) -> list[str]:
    drawn = sorted(claims, key=lambda student: draw_order(school, student, course))
    return sorted(drawn, key=claims.__getitem__, reverse=True)
