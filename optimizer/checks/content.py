"""What the policy bars from the menu: kinds of content, kinds of provider, the unvetted."""

from collections.abc import Iterator

from models import CareGroup, Course, Plan, PolicyItem, School, Section, Text
from optimizer.checks.base import (
    Finding,
    care_text,
    grades_in,
    section_text,
    students_text,
)

BARRED_CONTENT = Text(
    "{group}含有 {grade} 年级禁止的内容 {content}，学生 {students} 不能参加（依据：{source}）。",
    "{group} contains {content}, which is barred for grade {grade}: students {students} cannot "
    "take part (source: {source}).",
)
COURSE_PROVIDER = Text(
    "{group}的课程由机构 {provider} 提供：{why}（依据：{source}）。",
    "the course of {group} is provided by {provider}: {why} (source: {source}).",
)
STAFF_PROVIDER = Text(
    "{group}的教师 {teacher} 受雇于机构 {provider}：{why}（依据：{source}）。",
    "teacher {teacher} of {group} is employed by {provider}: {why} (source: {source}).",
)
BARRED_KIND = Text("不允许 {kind} 类机构", "providers of the kind {kind} are barred")
NOT_VETTED = Text("该机构未通过遴选", "this provider is not vetted")
BAD_RECORD = Text("该机构有不良记录", "this provider has a bad record")


def check(school: School, plan: Plan) -> Iterator[Finding]:
    """Find groups whose content, provider or staff the policy bars."""
    for section in plan.sections:
        said = section_text(school, section)
        course = school.course[section.course]
        texts = [*_content(school, section, course, said), *_provider(school, course, said)]
        yield from (Finding("content", text) for text in texts)
        yield from _staff(school, section, said)
    for group in plan.care_groups:
        yield from _staff(school, group, care_text(school, group))


def barred_for(school: School, course: Course, grade: int) -> bool:
    """Tell whether the policy keeps a grade out of a course."""
    clauses = school.clauses(PolicyItem.BARRED_CONTENT, grade)
    if any(clause.subject in course.content for clause in clauses):
        return True
    return course.provider is not None and any(_provider_bans(school, course.provider))


def _content(school: School, section: Section, course: Course, said: Text) -> Iterator[Text]:
    for grade in grades_in(school, section):
        for clause in school.clauses(PolicyItem.BARRED_CONTENT, grade):
            if clause.subject in course.content:
                students = [s for s in section.students if school.grade_of[s] == grade]
                yield BARRED_CONTENT.fill(
                    group=said,
                    grade=grade,
                    content=clause.subject,
                    students=students_text(students),
                    source=clause.source,
                )


def _provider(school: School, course: Course, said: Text) -> Iterator[Text]:
    if course.provider is not None:
        for why, source in _provider_bans(school, course.provider):
            facts = {"provider": course.provider, "why": why, "source": source}
            yield COURSE_PROVIDER.fill(group=said, **facts)


def _staff(school: School, group: Section | CareGroup, said: Text) -> Iterator[Finding]:
    for teacher in group.staff:
        provider = school.teacher[teacher].provider
        if provider is None:
            continue
        for why, source in _provider_bans(school, provider):
            facts = {"teacher": teacher, "provider": provider, "why": why, "source": source}
            yield Finding("content", STAFF_PROVIDER.fill(group=said, **facts))


def _provider_bans(school: School, provider_id: str) -> Iterator[tuple[Text, str]]:
    provider = school.provider[provider_id]
    for clause in school.in_force(PolicyItem.BARRED_PROVIDER):
        if clause.subject == provider.kind:
            yield BARRED_KIND.fill(kind=provider.kind.value), clause.source
    for clause in school.in_force(PolicyItem.VETTING_REQUIRED):
        if not provider.vetted:
            yield NOT_VETTED, clause.source
        if provider.bad_record:
            yield BAD_RECORD, clause.source
