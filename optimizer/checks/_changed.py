"""What a change of the school's data hits in a plan that was made before it.

The plan is taken as it is, less what the school no longer has, and every rule is asked again. What
the plan says about itself (points, reasons, draw) is not asked: that was said of the old data.
"""

from collections.abc import Collection, Iterable
from typing import TypeVar

from models import CareGroup, Plan, School, Section

G = TypeVar("G", Section, CareGroup)


def still_known(school: School, plan: Plan) -> Plan:
    """Give the plan less all that the school does not know.

    A section or group without its course, slots or room is gone altogether; people who are gone
    leave the others as they are.
    """
    sections = tuple(
        _without_strangers(school, section)
        for section in plan.sections
        if section.course in school.course and _held(school, section.slots, section.room)
    )
    groups = tuple(_groups(school, plan.care_groups))
    there = {section.id for section in sections}
    return plan.model_copy(
        update={
            "school": school.settings.id,
            "school_digest": school.digest,
            "sections": sections,
            "care_groups": groups,
            "moved_from": tuple(_groups(school, plan.moved_from)),
            "opened_for_unmet": tuple(name for name in plan.opened_for_unmet if name in there),
            "unmet": (),
        }
    )


def _groups(school: School, groups: Iterable[CareGroup]) -> Iterable[CareGroup]:
    return (
        _without_strangers(school, group)
        for group in groups
        if _held(school, (group.slot,), group.room)
    )


def _held(school: School, slots: Collection[str], room: str) -> bool:
    return room in school.room and all(slot in school.slot for slot in slots)


def _without_strangers(school: School, group: G) -> G:
    staff = tuple(t for t in group.staff if t in school.teacher)
    students = tuple(s for s in group.students if s in school.student)
    return group.model_copy(update={"staff": staff, "students": students})
