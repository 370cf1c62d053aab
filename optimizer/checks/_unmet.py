"""The list of unmet wishes as it should be: reasons and alternatives, worked out from a plan."""

from models import Plan, School, Section, UnmetReason, UnmetWish
from optimizer.checks._alternatives import Offers
from optimizer.checks._moved import moved
from optimizer.checks._opening import Openings
from optimizer.checks._reasons import Reasons, Verdict
from optimizer.checks._standing import Standing
from optimizer.checks._trials import Way
from optimizer.checks.plan_index import PlanIndex


def ways(school: School, plan: Plan) -> list[tuple[str, Way]]:
    """Find wishes that could simply be granted as things stand: the student, and how.

    Each by itself: to take one may close another. A finished plan has none.
    """
    standing = PlanIndex(school, plan).before.standing
    reasons = Reasons(standing)
    found = ((w, reasons.way(w)) for w in school.wishes if standing.unmet(w))
    return [(wish.student, way) for wish, way in found if way is not None]


def could_open(school: School, plan: Plan, failed: set[str] | None = None) -> Section | None:
    """Give a section with students that could be added to a plan as it stands, if there is one.

    The students leave base care for it, and a group without any ends; nothing else changes.

    Parameters
    ----------
    failed
        Courses not to be tried again; those that are tried in vain come to these.
    """
    return Openings(Standing(school, plan)).found(set() if failed is None else failed)


def unmet_wishes(school: School, plan: Plan) -> tuple[UnmetWish, ...]:
    """List the wishes that were not granted, each with its reason and an alternative.

    A wish counts as unmet unless the student holds as many clubs as he wanted, all of better rank.
    Where students were moved to another activity, the reasons are those of the plan before that.
    What could simply be granted is listed as ``full``: the plan is not finished.
    """
    index = PlanIndex(school, plan)
    now, standing = index.standing, index.before.standing
    reasons = Reasons(standing)
    unmet = []
    for wish in school.wishes:
        if now.unmet(wish):
            found = reasons.reason(wish)
            verdict = found if isinstance(found, Verdict) else Verdict(UnmetReason.FULL)
            unmet.append(verdict.of(wish))
    given = {student: sections[0].id for student, sections in moved(school, plan).items()}
    offers = given | Offers(now).make(u for u in unmet if u.student not in given)
    return tuple(u.model_copy(update={"alternative": offers.get(u.student)}) for u in unmet)
