"""Seats follow wishes: only what was wished for, once, and no more than wanted.

Where the policy says that an application which cannot be met is moved to another activity, students
without any seat of their own wishes are, if there is one they can take. That none can be opened for
them is asked once the plan keeps every rule (``_opened_for``).
"""

from collections.abc import Iterator

from models import Plan, PolicyItem, School, Section, Student, Text
from optimizer.checks._moved import clause, place_for
from optimizer.checks._standing import Standing
from optimizer.checks.base import (
    Finding,
    by_policy,
    join_ids,
    join_texts,
    named,
    seats_of,
    section_text,
    students_text,
)

NOT_WISHED = Text(
    "学生 {student} 没有报课程 {course}，却在{section}有名额。",
    "student {student} did not wish for course {course} but has a seat in {section}.",
)
TWICE = Text(
    "学生 {student} 在课程 {course} 有 {count} 个名额（{sections}）；最多 1 个。",
    "student {student} has {count} seats in course {course} ({sections}): at most 1.",
)
TOO_MANY = Text(
    "学生 {student} 有 {count} 个名额（{sections}），最多想要 {limit} 个。",
    "student {student} has {count} seats ({sections}) but wants at most {limit}.",
)
OTHER_TEACHER = Text(
    "学生 {student} 只愿由教师 {teacher} 带课程 {course}，但{section}由 {staff} 带{by}。",
    "student {student} wants course {course} only with teacher {teacher}, but {section} is led "
    "by {staff}{by}.",
)
MOVED_BESIDE = Text(
    "学生 {student} 已有所报课程的名额（{sections}），却又被调剂到{section}；"
    "只有志愿全未满足的学生才调剂（依据：{source}）。",
    "student {student} has a seat he wished for ({sections}) but was moved to {section} as well: "
    "only who has none is moved (source: {source}).",
)
MOVED_TWICE = Text(
    "学生 {student} 被调剂到 {count} 个社团班（{sections}）；最多 1 个（依据：{source}）。",
    "student {student} was moved to {count} sections ({sections}): at most 1 (source: {source}).",
)
NOT_MOVED = Text(
    "学生 {student} 的志愿全未满足，应调剂到其他合适的活动（依据：{source}）；"
    "{section}有空位，他可以参加，却没有安排。",
    "no wish of student {student} was granted, and he must be moved to another suitable activity "
    "(source: {source}): {section} has a free seat that he could take, but he was not moved.",
)

OPENED_FOR_OTHERS = Text(
    "{section}写明是为志愿未满足的学生开的，却有学生 {students}：不是应调剂的学生，或另有名额。",
    "{section} is said to be opened for students whose wishes could not be met, but {students} in "
    "it are not to be moved, or hold another seat.",
)


def check(school: School, plan: Plan) -> Iterator[Finding]:
    """Find seats nobody wished for, double and surplus seats, and teachers not honoured.

    And students who were not moved to another activity although they should have been.
    """
    seats = seats_of(school, plan)
    for student in school.students:
        for text in _student(school, student, seats[student.id]):
            yield Finding("wishes", text)
    texts = [*_opened(school, plan, seats), *_left_out(school, plan, seats)]
    yield from (Finding("wishes", text) for text in texts)


def _left_out(school: School, plan: Plan, seats: dict[str, list[Section]]) -> Iterator[Text]:
    """Find who was not moved although he could be."""
    if not school.in_force(PolicyItem.MOVE_UNMET):
        return
    standing = Standing(school, plan)
    for student in school.students:
        rule = clause(school, student)
        if rule is None or seats[student.id]:
            continue
        place = place_for(standing, student.id)
        if place is not None:
            facts = {"student": student.id, "source": rule.source}
            yield NOT_MOVED.fill(section=section_text(school, place), **facts)


def _opened(school: School, plan: Plan, seats: dict[str, list[Section]]) -> Iterator[Text]:
    """Find sections opened for the unmet that hold others."""
    for section in plan.sections:
        if section.id in plan.opened_for_unmet:
            wrong = [
                s
                for s in section.students
                if clause(school, school.student[s]) is None or len(seats[s]) > 1
            ]
            if wrong or not section.students:
                facts = {"section": section_text(school, section)}
                yield OPENED_FOR_OTHERS.fill(students=students_text(wrong), **facts)


def _student(school: School, student: Student, seats: list[Section]) -> Iterator[Text]:
    wishes = {wish.course: wish for wish in school.wishes_of[student.id]}
    rule = clause(school, student)
    by_course: dict[str, list[Section]] = {}
    for section in seats:
        by_course.setdefault(section.course, []).append(section)
        wish = wishes.get(section.course)
        if wish is None and rule is None:
            yield NOT_WISHED.fill(**_who(school, student, section))
        elif wish is not None and wish.teacher is not None and wish.teacher not in section.staff:
            staff = join_ids(section.staff)
            yield OTHER_TEACHER.fill(
                teacher=wish.teacher,
                staff=staff,
                by=by_policy(school, PolicyItem.TEACHER_CHOICE, student.id),
                **_who(school, student, section),
            )
    if rule is not None:
        yield from _moved(school, student, seats, rule.source)
    for course, sections in by_course.items():
        if len(sections) > 1:
            yield TWICE.fill(
                student=student.id,
                course=named(school.course[course]),
                count=len(sections),
                sections=join_ids(s.id for s in sections),
            )
    if len(seats) > student.max_clubs:
        yield TOO_MANY.fill(
            student=student.id,
            count=len(seats),
            limit=student.max_clubs,
            sections=join_texts(section_text(school, s) for s in seats),
        )


def _moved(school: School, student: Student, seats: list[Section], source: str) -> Iterator[Text]:
    wished = {wish.course for wish in school.wishes_of[student.id]}
    own = [section for section in seats if section.course in wished]
    others = [section for section in seats if section.course not in wished]
    facts = {"student": student.id, "source": source}
    if own:
        for section in others:
            held = join_texts(section_text(school, s) for s in own)
            yield MOVED_BESIDE.fill(sections=held, section=section_text(school, section), **facts)
    elif len(others) > 1:
        listed = join_texts(section_text(school, s) for s in others)
        yield MOVED_TWICE.fill(count=len(others), sections=listed, **facts)


def _who(school: School, student: Student, section: Section) -> dict[str, object]:
    return {
        "student": student.id,
        "course": named(school.course[section.course]),
        "section": section_text(school, section),
    }
