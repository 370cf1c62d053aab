"""Groups are neither too small nor too large, and fit their rooms."""

from collections import Counter
from collections.abc import Iterator

from models import CareGroup, Plan, School, Section, Text
from optimizer.checks.base import Finding, care_text, named, section_text

TOO_SMALL = Text(
    "{group}只有 {count} 人，最少需要 {limit} 人。",
    "{group} has {count} students, below the minimum of {limit}.",
)
TOO_LARGE = Text(
    "{group}有 {count} 人，最多 {limit} 人。",
    "{group} has {count} students, above the maximum of {limit}.",
)
ROOM_FULL = Text(
    "{group}有 {count} 人，教室 {room} 只有 {limit} 个座位。",
    "{group} has {count} students but room {room} has {limit} seats.",
)
TOO_MANY = Text(
    "课程 {course} 开了 {count} 个社团班，最多 {limit} 个。",
    "course {course} has {count} sections, above the maximum of {limit}.",
)


def check(school: School, plan: Plan) -> Iterator[Finding]:
    """Find sections and care groups outside their sizes, and courses with too many sections."""
    for section in plan.sections:
        course = school.course[section.course]
        text = section_text(school, section)
        yield from _size(school, section, text, course.min_size, course.max_size)
    for group in plan.care_groups:
        most = school.settings.base_care.max_size
        yield from _size(school, group, care_text(school, group), 1, most)
    yield from _sections(school, plan)


def _sections(school: School, plan: Plan) -> Iterator[Finding]:
    for course_id, count in Counter(s.course for s in plan.sections).items():
        course = school.course[course_id]
        if count > course.max_sections:
            facts = {"course": named(course), "count": count, "limit": course.max_sections}
            yield Finding("group_size", TOO_MANY.fill(**facts))


def _size(
    school: School, group: Section | CareGroup, text: Text, least: int, most: int
) -> Iterator[Finding]:
    count, room = len(group.students), school.room[group.room]
    if count < least:
        yield Finding("group_size", TOO_SMALL.fill(group=text, count=count, limit=least))
    if count > most:
        yield Finding("group_size", TOO_LARGE.fill(group=text, count=count, limit=most))
    if count > room.seats:
        facts = {"group": text, "count": count, "room": named(room), "limit": room.seats}
        yield Finding("group_size", ROOM_FULL.fill(**facts))
