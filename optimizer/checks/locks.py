"""What the planner pinned stays pinned."""

from collections.abc import Iterator

from models import (
    CareStaffLock,
    Plan,
    School,
    SeatLock,
    Section,
    SectionCountLock,
    SectionLock,
    Text,
)
from optimizer.checks.base import Finding, join_ids, join_texts, named, slot_text, slots_text

NO_SECTION = Text(
    "锁定：课程 {course} 应有一个社团班满足（{what}），但没有。",
    "pinned: course {course} must have a section with {what}, but has none.",
)
AT_SLOTS = Text("时段 {slots}", "slots {slots}")
IN_ROOM = Text("教室 {room}", "room {room}")
WITH_STAFF = Text("教师 {staff}", "staff {staff}")
OPEN = Text("开班", "any slots")
COUNT = Text(
    "锁定：课程 {course} 应开 {limit} 个社团班，实际开了 {count} 个。",
    "pinned: course {course} must open {limit} sections, but {count} are open.",
)
NO_SEAT_THEN = Text(
    "锁定：学生 {student} 应在课程 {course} {slots}的班有名额，但没有。",
    "pinned: student {student} must have a seat in a section of course {course} on {slots}, but "
    "has "
    "none.",
)
NO_SEAT = Text(
    "锁定：学生 {student} 应在课程 {course} 有名额，但没有。",
    "pinned: student {student} must have a seat in course {course}, but has none.",
)
SEAT = Text(
    "锁定：学生 {student} 不应在课程 {course} 有名额，却在社团班 {section}。",
    "pinned: student {student} must have no seat in course {course}, but is in section {section}.",
)
NO_CARE = Text(
    "锁定：教师 {teacher} 应在 {slot} 看管托管，但没有安排。",
    "pinned: teacher {teacher} must supervise base care on {slot}, but does not.",
)


def check(school: School, plan: Plan) -> Iterator[Finding]:
    """Find locks that the plan does not keep."""
    open_sections: dict[str, list[Section]] = {c.id: [] for c in school.courses}
    for section in plan.sections:
        open_sections[section.course].append(section)
    for lock in school.locks:
        if isinstance(lock, CareStaffLock):
            texts = _care_staff(school, plan, lock)
        elif isinstance(lock, SectionLock):
            texts = _section(school, open_sections[lock.course], lock)
        elif isinstance(lock, SectionCountLock):
            texts = _count(school, open_sections[lock.course], lock)
        else:
            texts = _seat(school, open_sections[lock.course], lock)
        yield from (Finding("locks", text) for text in texts)


def _care_staff(school: School, plan: Plan, lock: CareStaffLock) -> Iterator[Text]:
    if not any(g.slot == lock.slot and lock.teacher in g.staff for g in plan.care_groups):
        yield NO_CARE.fill(teacher=lock.teacher, slot=slot_text(school.slot[lock.slot]))


def _section(school: School, sections: list[Section], lock: SectionLock) -> Iterator[Text]:
    for section in sections:
        in_room = lock.room is None or section.room == lock.room
        if in_room and {*lock.slots} <= {*section.slots} and {*lock.staff} <= {*section.staff}:
            return
    what = []
    if lock.slots:
        what.append(AT_SLOTS.fill(slots=slots_text(school, lock.slots)))
    if lock.room is not None:
        what.append(IN_ROOM.fill(room=named(school.room[lock.room])))
    if lock.staff:
        what.append(WITH_STAFF.fill(staff=join_ids(lock.staff)))
    course = named(school.course[lock.course])
    yield NO_SECTION.fill(course=course, what=join_texts(what or [OPEN]))


def _count(school: School, sections: list[Section], lock: SectionCountLock) -> Iterator[Text]:
    if len(sections) != lock.count:
        course = named(school.course[lock.course])
        yield COUNT.fill(course=course, limit=lock.count, count=len(sections))


def _seat(school: School, sections: list[Section], lock: SeatLock) -> Iterator[Text]:
    holding = [s for s in sections if lock.student in s.students and {*lock.slots} <= {*s.slots}]
    facts = {"student": lock.student, "course": named(school.course[lock.course])}
    if lock.granted and not holding:
        slots = slots_text(school, lock.slots)
        yield (NO_SEAT_THEN if lock.slots else NO_SEAT).fill(slots=slots, **facts)
    if not lock.granted and holding:
        yield SEAT.fill(section=join_ids(s.id for s in holding), **facts)
