"""Seats follow wishes: only what was wished for, once, and no more than wanted."""

from collections.abc import Iterator

from models import Plan, School, Section, Student, Text
from optimizer.checks.base import (
    Finding,
    join_ids,
    join_texts,
    named,
    seats_of,
    section_text,
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
    "学生 {student} 只愿由教师 {teacher} 带课程 {course}，但{section}由 {staff} 带。",
    "student {student} wants course {course} only with teacher {teacher}, but {section} is led "
    "by {staff}.",
)


def check(school: School, plan: Plan) -> Iterator[Finding]:
    """Find seats nobody wished for, double and surplus seats, and teachers not honoured."""
    seats = seats_of(school, plan)
    for student in school.students:
        for text in _student(school, student, seats[student.id]):
            yield Finding("wishes", text)


def _student(school: School, student: Student, seats: list[Section]) -> Iterator[Text]:
    wishes = {wish.course: wish for wish in school.wishes_of[student.id]}
    by_course: dict[str, list[Section]] = {}
    for section in seats:
        by_course.setdefault(section.course, []).append(section)
        wish = wishes.get(section.course)
        if wish is None:
            yield NOT_WISHED.fill(**_who(school, student, section))
        elif wish.teacher is not None and wish.teacher not in section.staff:
            staff = join_ids(section.staff)
            yield OTHER_TEACHER.fill(
                teacher=wish.teacher, staff=staff, **_who(school, student, section)
            )
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


def _who(school: School, student: Student, section: Section) -> dict[str, object]:
    return {
        "student": student.id,
        "course": named(school.course[section.course]),
        "section": section_text(school, section),
    }
