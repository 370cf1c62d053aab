"""Who may share a group: the course's grades, the span of grades, the stages."""

from collections.abc import Iterator, Sequence

from models import CareGroup, Course, Plan, School, Section, Text
from optimizer.checks.base import (
    Finding,
    care_text,
    grades_in,
    join_ids,
    section_text,
    students_text,
)

WRONG_GRADE = Text(
    "{group}面向 {limit} 年级，学生 {students} 是 {grade} 年级。",
    "{group} is for grades {limit}, but {students} are in grade {grade}.",
)
SPAN = Text(
    "{group}有 {grades} 年级的学生，跨 {count} 个年级，最多跨 {limit} 个。",
    "{group} has students of grades {grades}, a span of {count} grades: at most {limit}.",
)
STAGES = Text(
    "{group}有 {grades} 年级的学生，混了学段 {stages}；不允许混学段。",
    "{group} has students of grades {grades}, which mixes the stages {stages}: not allowed.",
)


def check(school: School, plan: Plan) -> Iterator[Finding]:
    """Find students of a wrong grade and groups of too many grades or of two stages."""
    for section in plan.sections:
        course, text = school.course[section.course], section_text(school, section)
        span = course_span(school, course)
        yield from _wrong_grades(school, section, course, text)
        yield from _mix(school, section, text, span, course.mix_stages)
    care = school.settings.base_care
    for group in plan.care_groups:
        text = care_text(school, group)
        yield from _mix(school, group, text, care.grade_span, care.mix_stages)


def course_span(school: School, course: Course) -> int:
    """Give the most grades that a section of the course may span."""
    own = course.max_grade_span
    return school.settings.max_grade_span if own is None else own


def spans(grades: Sequence[int]) -> int:
    """Count the grades from the lowest to the highest."""
    return max(grades) - min(grades) + 1 if grades else 0


def stages_in(school: School, grades: Sequence[int]) -> list[str]:
    """Give the stages of some grades, each once."""
    return sorted({school.stage_of(grade).id for grade in grades})


def may_mix(school: School, course: Course, grades: Sequence[int]) -> bool:
    """Tell whether students of these grades may share a section of the course."""
    narrow = spans(grades) <= course_span(school, course)
    return narrow and (course.mix_stages or len(stages_in(school, grades)) <= 1)


def _wrong_grades(
    school: School, section: Section, course: Course, text: Text
) -> Iterator[Finding]:
    for grade in grades_in(school, section):
        if grade not in course.grades:
            wrong = [s for s in section.students if school.grade_of[s] == grade]
            facts = {"limit": join_ids(course.grades), "grade": grade}
            said = WRONG_GRADE.fill(group=text, students=students_text(wrong), **facts)
            yield Finding("cross_grade", said)


def _mix(
    school: School, group: Section | CareGroup, text: Text, span: int, mix_stages: bool
) -> Iterator[Finding]:
    grades = grades_in(school, group)
    facts = {"group": text, "grades": join_ids(grades)}
    if spans(grades) > span:
        yield Finding("cross_grade", SPAN.fill(count=spans(grades), limit=span, **facts))
    stages = stages_in(school, grades)
    if len(stages) > 1 and not mix_stages:
        yield Finding("cross_grade", STAGES.fill(stages=join_ids(stages), **facts))
