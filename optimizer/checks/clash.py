"""A student, a staff member, a room: one thing at a time."""

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from models import CareGroup, Plan, School, Section, Slot, Text
from optimizer.checks.base import Finding, care_text, named, section_text, slot_text

CLASH = Text(
    "{who}时间冲突：{first}的 {first_slot} 与{second}的 {second_slot} 重叠。",
    "{who} is in two places at once: {first} on {first_slot} overlaps {second} on {second_slot}.",
)
MORE = Text(
    "{who}还有更多时间冲突，未列出（已列出 {count} 处）。",
    "{who} is in two places at once more often than the {count} times listed.",
)
MOST_SAID = 50
STUDENT = Text("学生 {id} ", "student {id}")
TEACHER = Text("教师 {id} ", "teacher {id}")
ROOM = Text("教室 {room} ", "room {room}")


class Meeting(NamedTuple):
    """A section or care group at one of its slots."""

    slot: Slot
    group: Section | CareGroup


def check(school: School, plan: Plan) -> Iterator[Finding]:
    """Find students, staff and rooms that two overlapping meetings share."""
    students: dict[str, list[Meeting]] = {}
    staff: dict[str, list[Meeting]] = {}
    rooms: dict[str, list[Meeting]] = {}
    for meeting in _meetings(school, plan):
        # A person listed twice in one group is a fault of form, not a clash.
        for student in dict.fromkeys(meeting.group.students):
            students.setdefault(student, []).append(meeting)
        for teacher in dict.fromkeys(meeting.group.staff):
            staff.setdefault(teacher, []).append(meeting)
        rooms.setdefault(meeting.group.room, []).append(meeting)
    for student, meetings in students.items():
        yield from _overlaps(school, STUDENT.fill(id=student), meetings)
    for teacher, meetings in staff.items():
        yield from _overlaps(school, TEACHER.fill(id=teacher), meetings)
    for room, meetings in rooms.items():
        yield from _overlaps(school, ROOM.fill(room=named(school.room[room])), meetings)


def _meetings(school: School, plan: Plan) -> Iterator[Meeting]:
    for section in plan.sections:
        for slot in section.slots:
            yield Meeting(school.slot[slot], section)
    for group in plan.care_groups:
        yield Meeting(school.slot[group.slot], group)


def _overlaps(school: School, who: Text, meetings: list[Meeting]) -> Iterator[Finding]:
    pairs = (pair for pair in combinations(meetings, 2) if pair[0].slot.overlaps(pair[1].slot))
    for count, (first, second) in enumerate(pairs):
        if count == MOST_SAID:  # Of somebody in thousands of groups there are millions of pairs.
            yield Finding("clash", MORE.fill(who=who, count=MOST_SAID))
            return
        text = CLASH.fill(
            who=who,
            first=_group_text(school, first.group),
            first_slot=slot_text(first.slot),
            second=_group_text(school, second.group),
            second_slot=slot_text(second.slot),
        )
        yield Finding("clash", text)


def _group_text(school: School, group: Section | CareGroup) -> Text:
    if isinstance(group, Section):
        return section_text(school, group)
    return care_text(school, group)
