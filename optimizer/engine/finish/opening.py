"""Sections that the search left out although they can be opened as things stand."""

from models import Plan, PlanStatus, Provenance
from optimizer.checks import could_open
from optimizer.engine.finish.draft import DraftPlan


def open_one(draft: DraftPlan, failed: set[str]) -> bool:
    """Open a section that breaks nothing, of the course most wait for; tell whether there was one.

    Its students leave base care for it; a section of a course that is shut is not opened. Courses
    that failed are passed over, and those that fail now come to them: what one section more takes
    away seldom lets another open.
    """
    section = could_open(draft.school, so_far(draft), failed)
    if section is None:
        return False
    draft.open(section)
    return True


def so_far(draft: DraftPlan) -> Plan:
    """Give a plan of which nothing is known yet but who is where."""
    school = draft.school
    sections, groups = draft.result()
    return Plan(
        school=school.settings.id,
        school_digest=school.digests.plan,
        status=PlanStatus.FEASIBLE,
        sections=sections,
        care_groups=groups,
        value=0,
        pay_fen=0,
        lottery_seed=school.settings.lottery_seed,
        provenance=Provenance(
            version="", engine="", seed=0, workers=1, time_limit_seconds=0, seconds=0
        ),
    )
