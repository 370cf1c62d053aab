"""Rooms suit what happens in them."""

from collections.abc import Collection, Iterator

from models import CareGroup, CareRooms, Plan, Room, School, Section, Text
from optimizer.checks.base import (
    Finding,
    care_text,
    grades_in,
    join_ids,
    join_texts,
    named,
    section_text,
    slot_text,
)

NOT_ALLOWED = Text(
    "{group}在教室 {room}，课程只能用 {allowed}。",
    "{group} is in room {room}, but its course may use only {allowed}.",
)
NO_FEATURE = Text(
    "{group}在教室 {room}，缺少所需的 {missing}。",
    "{group} is in room {room}, which lacks {missing}.",
)
UNAVAILABLE = Text(
    "{group}在教室 {room}，但该教室 {slot} 不可用。",
    "{group} is in room {room}, which is not available on {slot}.",
)
NO_CARE_ROOM = Text(
    "{group}在教室 {room}，它既不是班级教室，也不可用于托管。",
    "{group} is in room {room}, which is no class's home room and no care room.",
)
OTHER_GRADE = Text(
    "{group}有 {grades} 年级的学生，却在 {owners} 年级的教室 {room}；托管只能用本年级的教室。",
    "{group} has students of grades {grades} but is in room {room} of grade {owners}: base care "
    "must use a home room of its own grades.",
)


def check(school: School, plan: Plan) -> Iterator[Finding]:
    """Find sections and care groups in rooms that do not suit them."""
    for section in plan.sections:
        for text in _section(school, section):
            yield Finding("rooms", text)
    for group in plan.care_groups:
        for text in _care(school, group):
            yield Finding("rooms", text)


def suits_care(school: School, room: Room, grades: Collection[int]) -> bool:
    """Tell whether base care for these grades may be in a room that is a home or care room."""
    own_only = school.settings.base_care.rooms is CareRooms.OWN_GRADE
    owners = school.home_room_grades.get(room.id, frozenset())
    return room.care_room or not own_only or not owners.isdisjoint(grades)


def _section(school: School, section: Section) -> Iterator[Text]:
    course, room = school.course[section.course], school.room[section.room]
    facts = {"group": section_text(school, section), "room": named(room)}
    if course.rooms and room.id not in course.rooms:
        allowed = join_texts(named(school.room[r]) for r in course.rooms)
        yield NOT_ALLOWED.fill(allowed=allowed, **facts)
    missing = [f for f in course.room_features if f not in room.features]
    if missing:
        yield NO_FEATURE.fill(missing=join_ids(missing), **facts)
    for slot in section.slots:
        if not room.available(slot):
            yield UNAVAILABLE.fill(slot=slot_text(school.slot[slot]), **facts)


def _care(school: School, group: CareGroup) -> Iterator[Text]:
    room, grades = school.room[group.room], grades_in(school, group)
    facts = {"group": care_text(school, group), "room": named(room)}
    owners = school.home_room_grades.get(room.id, frozenset())
    if not owners and not room.care_room:
        yield NO_CARE_ROOM.fill(**facts)
    elif grades and not suits_care(school, room, grades):
        said = {"grades": join_ids(grades), "owners": join_ids(sorted(owners))}
        yield OTHER_GRADE.fill(**said, **facts)
    if not room.available(group.slot):
        yield UNAVAILABLE.fill(slot=slot_text(school.slot[group.slot]), **facts)
