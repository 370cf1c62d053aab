"""The plan refers to this school: its digest, known ids, nothing listed twice."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from models import CareGroup, Plan, School, Text
from optimizer.checks.base import Finding

OTHER_SCHOOL = Text(
    "方案属于学校 {found}，这里是学校 {expected}。",
    "the plan is for school {found}, this is school {expected}.",
)
OTHER_DIGEST = Text(
    "方案所依据的学校数据或政策已有改动（摘要 {found}，现为 {expected}）；"
    "编制时若用了 --policy，检查时也请给出；要看改动影响到哪些地方，用 zouban verify --changed；"
    "否则请重新编制。",
    "what the plan rests on has changed, in the school's data or the policy (digest {found}, now "
    "{expected}): if it was made with --policy, give the same here; to see what the change hits, "
    "use zouban verify --changed; else plan again.",
)
UNKNOWN = Text(
    "{where}提到{what} {id}，但学校没有。",
    "{where} names {what} {id}, which the school does not have.",
)
TWICE = Text(
    "方案中{what}编号 {id} 出现 {count} 次；编号不能重复。",
    "{what} id {id} stands in the plan {count} times: ids must be unique.",
)
LISTED_TWICE = Text(
    "{where}中{what} {id} 出现 {count} 次；每人只能出现一次。",
    "{where} lists {what} {id} {count} times: each person once.",
)
SECTION = Text("社团班", "section")
CARE = Text("托管组", "care group")
IN_SECTION = Text("社团班 {id} ", "section {id}")
IN_CARE = Text("托管组 {id} ", "care group {id}")
IN_CARE_BEFORE = Text("托管组 {id}（调剂前）", "care group {id} (before students were moved)")
IN_UNMET = Text("未满足志愿表", "the list of unmet wishes")
IN_OPENED = Text(
    "为志愿未满足的学生开的班", "the list of sections opened for students without their wishes"
)
COURSE = Text("课程", "course")
SLOT = Text("时段", "slot")
ROOM = Text("教室", "room")
TEACHER = Text("教师", "teacher")
STUDENT = Text("学生", "student")


def check(school: School, plan: Plan) -> Iterator[Finding]:
    """Find what makes the plan no plan of this school.

    Where school or data are others, that explains unknown ids, and they are not listed one by one.
    """
    if plan.school != school.settings.id:
        text = OTHER_SCHOOL.fill(found=plan.school, expected=school.settings.id)
        yield Finding("form", text)
    elif plan.school_digest != school.digest:
        text = OTHER_DIGEST.fill(found=plan.school_digest, expected=school.digest)
        yield Finding("form", text)
    else:
        yield from unknown_ids(school, plan)
    yield from _repeated(plan)


def unknown_ids(school: School, plan: Plan) -> Iterator[Finding]:
    """Find ids that the school (for alternatives, the plan) does not have.

    A plan with any of these cannot be looked at further.
    """
    sections = {section.id for section in plan.sections}
    for where, what, ids, known in _references(school, plan, sections):
        for name in ids:
            if name not in known:
                yield Finding("form", UNKNOWN.fill(where=where, what=what, id=name))


def _references(
    school: School, plan: Plan, sections: Collection[str]
) -> Iterator[tuple[Text, Text, Iterable[str], Collection[str]]]:
    for section in plan.sections:
        where = IN_SECTION.fill(id=section.id)
        yield where, COURSE, (section.course,), school.course
        yield where, SLOT, section.slots, school.slot
        yield where, ROOM, (section.room,), school.room
        yield where, TEACHER, section.staff, school.teacher
        yield where, STUDENT, section.students, school.student
    for where, group in _care(plan):
        yield where, SLOT, (group.slot,), school.slot
        yield where, ROOM, (group.room,), school.room
        yield where, TEACHER, group.staff, school.teacher
        yield where, STUDENT, group.students, school.student
    yield IN_UNMET, STUDENT, [u.student for u in plan.unmet], school.student
    yield IN_UNMET, COURSE, [u.course for u in plan.unmet], school.course
    named = [u.alternative for u in plan.unmet if u.alternative is not None]
    yield IN_UNMET, SECTION, named, sections
    yield IN_OPENED, SECTION, plan.opened_for_unmet, sections


def _care(plan: Plan) -> Iterator[tuple[Text, CareGroup]]:
    """Give the care groups with how they are spoken of, those that students were moved from too."""
    for group in plan.care_groups:
        yield IN_CARE.fill(id=group.id), group
    for group in plan.moved_from:
        yield IN_CARE_BEFORE.fill(id=group.id), group


def _repeated(plan: Plan) -> Iterator[Finding]:
    for what, ids in (
        (SECTION, [s.id for s in plan.sections]),
        (CARE, [g.id for g in plan.care_groups]),
        (CARE, [g.id for g in plan.moved_from]),
    ):
        for name, count in _more_than_once(ids):
            yield Finding("form", TWICE.fill(what=what, id=name, count=count))
    groups = [
        *((IN_SECTION.fill(id=s.id), s.staff, s.students) for s in plan.sections),
        *((where, g.staff, g.students) for where, g in _care(plan)),
    ]
    for where, staff, students in groups:
        for what, people in ((TEACHER, staff), (STUDENT, students)):
            for name, count in _more_than_once(people):
                facts = {"where": where, "what": what, "id": name, "count": count}
                yield Finding("form", LISTED_TWICE.fill(**facts))


def _more_than_once(ids: Collection[str]) -> list[tuple[str, int]]:
    if len(set(ids)) == len(ids):
        return []
    return [(name, count) for name, count in Counter(ids).items() if count > 1]
