"""Cleared and qualified people, as many as needed, within their limits."""

from collections import Counter
from collections.abc import Collection, Iterator

from models import CareGroup, Plan, School, Section, Text, listed, rota_sources, weekday_text
from optimizer.checks._unfit import not_cleared
from optimizer.checks.base import (
    Finding,
    care_text,
    grades_in,
    join_ids,
    section_text,
    slot_text,
    students_text,
)

WRONG_COUNT = Text(
    "{group}有 {count} 位教师（{staff}），应为 {limit} 位。",
    "{group} has {count} staff ({staff}), not the {limit} it needs.",
)
NOT_LEADER = Text(
    "教师 {teacher} 不能带{group}；能带的有 {leaders}。",
    "teacher {teacher} cannot lead {group}; those who can are {leaders}.",
)
NOT_SUPERVISOR = Text(
    "教师 {teacher} 不能看管{group}：此人不承担托管。",
    "teacher {teacher} may not supervise {group}: base care is not among this person's duties.",
)
NOT_CLEARED = Text(
    "教师 {teacher} 不能带{group}：{why}。", "teacher {teacher} cannot be with {group}: {why}."
)
UNAVAILABLE = Text(
    "教师 {teacher} 在 {slot} 不能来，却安排了{group}。",
    "teacher {teacher} is not available on {slot} but is with {group}.",
)
OVER_WEEK = Text(
    "教师 {teacher} 每周 {count} 节，最多 {limit} 节。",
    "teacher {teacher} has {count} periods a week: at most {limit}.",
)
OVER_DAY = Text(
    "教师 {teacher} {day}有 {count} 节，每天最多 {limit} 节。",
    "teacher {teacher} has {count} periods on {day}: at most {limit} a day.",
)
NO_OWN_HOMEROOM = Text(
    "{group}有 {grade} 年级学生 {count} 人（{students}），应由 {grade} 年级的班主任（{allowed}）"
    "看管，却由教师 {staff} 看管（依据：{source}）。",
    "{group} has {count} students of grade {grade} ({students}), who must be supervised by "
    "homeroom teachers of grade {grade} ({allowed}), but teacher {staff} does (source: {source}).",
)
NOT_ON_ROTA = Text(
    "{group}有 {grades} 年级的学生，只应由这些年级的班主任（{allowed}）看管，"
    "却也由教师 {teacher} 看管（依据：{source}）。",
    "{group} has students of grades {grades} and must be supervised by homeroom teachers of "
    "these alone ({allowed}), but teacher {teacher} does so too (source: {source}).",
)


def check(school: School, plan: Plan) -> Iterator[Finding]:
    """Find staff who may not, cannot or need not be where they are planned."""
    texts = [
        *(text for section in plan.sections for text in _section(school, section)),
        *(text for group in plan.care_groups for text in _care(school, group)),
        *_loads(school, plan),
    ]
    yield from (Finding("staffing", text) for text in texts)


def rota_suits(school: School, grades: Collection[int], staff: Collection[str]) -> bool:
    """Tell whether a care group of just these grades has the staff that the rota asks for.

    All are homeroom teachers of its grades, and of each grade on the rota there is one at least.
    """
    bound = on_rota(school, grades)
    return not bound or (
        homeroom_teachers(school, grades).issuperset(staff)
        and all(not homeroom_teachers(school, (g,)).isdisjoint(staff) for g in bound)
    )


def on_rota(school: School, grades: Collection[int]) -> list[int]:
    """Give those of some grades that the homeroom rota binds."""
    return [grade for grade in sorted(grades) if rota_sources(school, grade)]


def homeroom_teachers(school: School, grades: Collection[int]) -> frozenset[str]:
    """Give the homeroom teachers of the classes of some grades."""
    teachers = (c.homeroom_teacher for c in school.classes if c.grade in grades)
    return frozenset(t for t in teachers if t is not None)


def _section(school: School, section: Section) -> Iterator[Text]:
    course, said = school.course[section.course], section_text(school, section)
    yield from _count(said, section.staff, course.staff_needed)
    for teacher in section.staff:
        if teacher not in course.leaders:
            facts = {"teacher": teacher, "leaders": join_ids(course.leaders)}
            yield NOT_LEADER.fill(group=said, **facts)
        yield from _may_come(school, said, teacher, section.slots)


def _care(school: School, group: CareGroup) -> Iterator[Text]:
    said, grades = care_text(school, group), grades_in(school, group)
    yield from _count(said, group.staff, school.settings.base_care.staff_needed)
    for teacher in group.staff:
        if not school.teacher[teacher].may_supervise:
            yield NOT_SUPERVISOR.fill(teacher=teacher, group=said)
        yield from _may_come(school, said, teacher, (group.slot,))
    yield from _on_rota(school, group, said, sorted(set(grades)))


def _on_rota(school: School, group: CareGroup, said: Text, grades: list[int]) -> Iterator[Text]:
    bound, alone = on_rota(school, grades), True
    for grade in bound:
        own = homeroom_teachers(school, (grade,))
        if own.isdisjoint(group.staff):
            alone = False
            students = [s for s in group.students if school.grade_of[s] == grade]
            facts = {"grade": grade, "count": len(students), "staff": join_ids(group.staff)}
            yield NO_OWN_HOMEROOM.fill(
                group=said,
                students=students_text(students),
                allowed=join_ids(sorted(own)),
                source=listed(rota_sources(school, grade)),
                **facts,
            )
    allowed = homeroom_teachers(school, grades)
    for teacher in group.staff if bound and alone else ():
        if teacher not in allowed:
            facts = {"grades": join_ids(grades), "allowed": join_ids(sorted(allowed))}
            sources = dict.fromkeys(s for grade in bound for s in rota_sources(school, grade))
            yield NOT_ON_ROTA.fill(group=said, teacher=teacher, source=listed(sources), **facts)


def _count(said: Text, staff: tuple[str, ...], needed: int) -> Iterator[Text]:
    count = len(set(staff))
    if count != needed:
        yield WRONG_COUNT.fill(group=said, count=count, staff=join_ids(staff), limit=needed)


def _may_come(school: School, said: Text, teacher: str, slots: tuple[str, ...]) -> Iterator[Text]:
    person = school.teacher[teacher]
    if not person.cleared:
        why = not_cleared(school, teacher)
        yield NOT_CLEARED.fill(teacher=teacher, group=said, why=why)
    for slot in slots:
        if not person.available(slot):
            facts = {"teacher": teacher, "slot": slot_text(school.slot[slot])}
            yield UNAVAILABLE.fill(group=said, **facts)


def _loads(school: School, plan: Plan) -> Iterator[Text]:
    week: Counter[str] = Counter()
    days: Counter[tuple[str, int]] = Counter()
    duties = [(t, slot) for s in plan.sections for t in dict.fromkeys(s.staff) for slot in s.slots]
    duties += [(t, g.slot) for g in plan.care_groups for t in dict.fromkeys(g.staff)]
    for teacher, slot in duties:
        week[teacher] += 1
        days[teacher, school.slot[slot].weekday] += 1
    for teacher, count in week.items():
        limit = school.teacher[teacher].max_periods_week
        if count > limit:
            yield OVER_WEEK.fill(teacher=teacher, count=count, limit=limit)
    for (teacher, day), count in days.items():
        limit = school.teacher[teacher].max_periods_day
        if count > limit:
            facts = {"teacher": teacher, "day": weekday_text(day)}
            yield OVER_DAY.fill(count=count, limit=limit, **facts)
