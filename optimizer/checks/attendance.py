"""Everyone who asked to stay is looked after; nobody is where he did not offer to be."""

from collections.abc import Iterator

from models import CareGroup, Plan, PolicyItem, School, Section, SlotUse, Student, Text
from optimizer.checks.base import (
    Finding,
    by_policy,
    care_of,
    care_text,
    seats_of,
    section_text,
    slot_text,
)

NOWHERE = Text(
    "学生 {student} 要求在 {slot} 留校，但既不在社团班也不在托管组{by}。",
    "student {student} asked to stay on {slot} but is in no section and no care group then{by}.",
)
BOTH = Text(
    "学生 {student} 在 {slot} 同时安排在{section}和{care}；只能在一处。",
    "student {student} is in both {section} and {care} on {slot}: it must be one of them.",
)
SEAT_UNOFFERED = Text(
    "学生 {student} 在 {slot} 不留校，却安排在{section}{by}。",
    "student {student} did not offer {slot} but has a seat in {section}{by}.",
)
CARE_UNOFFERED = Text(
    "学生 {student} 没有要求在 {slot} 留校，却安排在{care}{by}。",
    "student {student} did not ask to stay on {slot} but is in {care}{by}.",
)
CLUBS_ONLY = Text(
    "{slot} 只开社团，不应有{care}。",
    "{slot} is for clubs only: there can be no base care then, but there is {care}.",
)


def check(school: School, plan: Plan) -> Iterator[Finding]:
    """Find who asked to stay and is nowhere, and who is where he did not offer to be."""
    seats, care = seats_of(school, plan), care_of(school, plan)
    for student in school.students:
        for text in _student(school, student, seats[student.id], care[student.id]):
            yield Finding("attendance", text)
    for group in plan.care_groups:
        slot = school.slot[group.slot]
        if slot.use is SlotUse.CLUBS_ONLY:
            text = CLUBS_ONLY.fill(slot=slot_text(slot), care=care_text(school, group))
            yield Finding("attendance", text)


def _student(
    school: School, student: Student, seats: list[Section], care: list[CareGroup]
) -> Iterator[Text]:
    section_at = {slot: section for section in seats for slot in section.slots}
    group_at = {group.slot: group for group in care}
    required = () if student.id in school.excluded else student.stay_slots
    for slot_id in required:
        section, group = section_at.get(slot_id), group_at.get(slot_id)
        if section is None and group is None:
            by = by_policy(school, PolicyItem.NO_REFUSAL, student.id)
            yield NOWHERE.fill(student=student.id, slot=slot_text(school.slot[slot_id]), by=by)
        if section is not None and group is not None:
            yield BOTH.fill(
                student=student.id,
                slot=slot_text(school.slot[slot_id]),
                section=section_text(school, section),
                care=care_text(school, group),
            )
    willing = by_policy(school, PolicyItem.VOLUNTARY, student.id)
    for slot_id, section in section_at.items():
        if slot_id not in student.stay_slots and slot_id not in student.club_slots:
            yield SEAT_UNOFFERED.fill(
                student=student.id,
                slot=slot_text(school.slot[slot_id]),
                section=section_text(school, section),
                by=willing,
            )
    for slot_id, group in group_at.items():
        if slot_id not in student.stay_slots:
            yield CARE_UNOFFERED.fill(
                student=student.id,
                slot=slot_text(school.slot[slot_id]),
                care=care_text(school, group),
                by=willing,
            )
