"""What the policy bars from the menu: contents, contents at other times, kinds of provider."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from models import CareGroup, Clause, Course, Plan, PolicyItem, School, Section, Slot, Text, clock
from models.bodies import bans
from models.labels import BANS, PROVIDER_KINDS, subject_text
from optimizer.checks.base import (
    Finding,
    care_text,
    grades_in,
    join_ids,
    section_text,
    slot_text,
    students_text,
)

CONTENT = Text(
    "{group}中 {grade} 年级学生 {students} 不能参加：{why}。",
    "grade {grade} students {students} of {group} cannot take part: {why}.",
)
BARRED_CONTENT = Text(
    "{grade} 年级禁止的内容 {content}（依据：{source}）",
    "content {content} is barred for grade {grade} (source: {source})",
)
BARRED_TO_PROVIDERS = Text(
    "内容 {content} 不得由第三方机构为 {grade} 年级开设（依据：{source}）",
    "no provider may give content {content} to grade {grade} (source: {source})",
)
NO_TIME_FOR_CONTENT = Text(
    "{grade} 年级不设内容 {content}（可设的年级：{grades}；依据：{source}）",
    "content {content} is not for grade {grade} (only for grades: {grades}; source: {source})",
)
TOO_EARLY = Text(
    "{slot}上课，而内容 {content} 最早 {limit} 开始（依据：{source}）",
    "it meets on {slot}, content {content} starts at {limit} at the earliest (source: {source})",
)
TOO_LATE = Text(
    "{slot}上课，而内容 {content} 最晚 {limit} 结束（依据：{source}）",
    "it meets on {slot}, content {content} ends at {limit} at the latest (source: {source})",
)
NOT_IN_EVENINGS = Text(
    "{slot}是晚自习，不得安排内容 {content}（依据：{source}）",
    "{slot} is evening study, which bars content {content} (source: {source})",
)
CARE = Text(
    "{group}中 {grade} 年级学生 {students} 不能在此托管：{why}；请为该年级另设托管内容为“阅读”的"
    "时段。",
    "grade {grade} students {students} of {group} cannot be in base care there: {why}. Make slots "
    "of their own for the grade, with reading as care content.",
)
COURSE_PROVIDER = Text(
    "{group}的课程由机构 {provider} 提供：{why}（依据：{source}）。",
    "the course of {group} is provided by {provider}: {why} (source: {source}).",
)
STAFF_PROVIDER = Text(
    "{group}的教师 {teacher} 受雇于机构 {provider}：{why}（依据：{source}）。",
    "teacher {teacher} of {group} is employed by {provider}: {why} (source: {source}).",
)
BY = Text("{why}（依据：{source}）", "{why} (source: {source})")


Contents = tuple[str, ...]


def check(school: School, plan: Plan) -> Iterator[Finding]:
    """Find groups whose content, provider or staff the policy bars."""
    for section in plan.sections:
        said = section_text(school, section)
        course = school.course[section.course]
        texts = [*_content(school, section, course, said), *_provider(school, course, said)]
        yield from (Finding("content", text) for text in texts)
        yield from _staff(school, section, said)
    for group in plan.care_groups:
        said = care_text(school, group)
        yield from (Finding("content", text) for text in _care(school, group, said))
        yield from _staff(school, group, said)


def barred_for(school: School, course: Course, grade: int) -> bool:
    """Tell whether the policy keeps a grade out of a course, whenever it meets."""
    return bool(content_bans(school, course, (grade,))) or provider_barred(school, course.provider)


def content_bans(school: School, course: Course, grades: Iterable[int]) -> tuple[Text, ...]:
    """Say which content keeps grades out of a course whenever it meets, each ban once."""
    return _bans(school, course.content, grades, course.provider is not None)


def _bans(
    school: School, contents: Contents, grades: Iterable[int], provided: bool = False
) -> tuple[Text, ...]:
    found: dict[_Ban, list[int]] = {}
    for grade in grades:
        for ban in _grade_bans(school, contents, grade, provided):
            found.setdefault(ban, []).append(grade)
    return tuple(ban.say(join_ids(own)) for ban, own in found.items())


def care_bans(school: School, slot: Slot, grade: int) -> tuple[Text, ...]:
    """Say why the policy keeps a grade out of base care at a slot for what is done in it."""
    contents = slot.care_contains
    if not contents:
        return ()
    return (*_bans(school, contents, (grade,)), *_time_bans(school, contents, grade, slot))


def policy_bars(school: School, course: Course, grade: int) -> tuple[Text, ...]:
    """Say why the policy keeps a grade out of a course; nothing where it does not."""
    return (*content_bans(school, course, (grade,)), *provider_bans(school, course.provider))


def provider_bans(school: School, provider: str | None) -> tuple[Text, ...]:
    """Say why the policy bars an outside body, and with it its courses and its staff."""
    found = () if provider is None else _provider_bans(school, provider)
    return tuple(BY.fill(why=why, source=source) for why, source in found)


def provider_barred(school: School, provider: str | None) -> bool:
    """Tell whether the policy bars an outside body, and with it its courses and its staff."""
    return bool(provider_bans(school, provider))


def time_bans(school: School, course: Course, grade: int, slot: Slot) -> Iterator[Text]:
    """Say why a course's content is not for a grade at a slot; nothing where it is."""
    yield from _time_bans(school, course.content, grade, slot)


def _time_bans(school: School, contents: Contents, grade: int, slot: Slot) -> Iterator[Text]:
    def clauses(item: PolicyItem) -> Iterator[tuple[int, dict[str, object]]]:
        for clause in _on(contents, school.clauses(item, grade)):
            limit = clause.value or 0
            yield limit, _facts(clause) | {"limit": clock(limit)}

    for start, facts in clauses(PolicyItem.CONTENT_START):
        if slot.start_minute < start:
            yield TOO_EARLY.fill(slot=slot_text(slot), **facts)
    for end, facts in clauses(PolicyItem.CONTENT_END):
        if slot.end_minute > end:
            yield TOO_LATE.fill(slot=slot_text(slot), **facts)
    if slot.evening_study:
        for _, facts in clauses(PolicyItem.EVENING_BARRED_CONTENT):
            yield NOT_IN_EVENINGS.fill(slot=slot_text(slot), **facts)


def _facts(clause: Clause) -> dict[str, object]:
    return {"content": subject_text(str(clause.subject), clause.item), "source": clause.source}


def _on(contents: Contents, clauses: tuple[Clause, ...]) -> Iterator[Clause]:
    return (clause for clause in clauses if clause.subject in contents)


class _Ban(NamedTuple):
    """A content that is barred for a grade, whatever the time."""

    text: Text
    content: Text
    source: Text
    grades: Text = Text("", "")
    """Those that it is for, where the policy gives them a time."""

    def say(self, grade: object) -> Text:
        facts = {"content": self.content, "source": self.source, "grades": self.grades}
        return self.text.fill(grade=grade, **facts)


def _grade_bans(
    school: School, contents: Contents, grade: int, provided: bool = False
) -> Iterator[_Ban]:
    bans = {PolicyItem.BARRED_CONTENT: BARRED_CONTENT}
    if provided:
        bans[PolicyItem.PROVIDER_BARRED_CONTENT] = BARRED_TO_PROVIDERS
    for item, text in bans.items():
        for clause in _on(contents, school.clauses(item, grade)):
            content = subject_text(str(clause.subject), clause.item)
            yield _Ban(text, content, join_ids((clause.source,)))
    for word in contents:
        windows = [
            clause
            for item in (PolicyItem.CONTENT_START, PolicyItem.CONTENT_END)
            for clause in school.in_force(item)
            if clause.subject == word
        ]
        grades = {g for clause in windows for g in school.scope(clause)}
        if windows and grade not in grades:
            sources = join_ids(dict.fromkeys(clause.source for clause in windows))
            yield _Ban(
                NO_TIME_FOR_CONTENT,
                subject_text(word, windows[0].item),
                sources,
                join_ids(sorted(grades)),
            )


def _content(school: School, section: Section, course: Course, said: Text) -> Iterator[Text]:
    for grade in grades_in(school, section) if course.content else ():
        students = [s for s in section.students if school.grade_of[s] == grade]
        facts = {"group": said, "grade": grade, "students": students_text(students)}
        bans = [*content_bans(school, course, (grade,))]
        for slot in section.slots:
            bans += time_bans(school, course, grade, school.slot[slot])
        yield from (CONTENT.fill(why=why, **facts) for why in bans)


def _care(school: School, group: CareGroup, said: Text) -> Iterator[Text]:
    for grade in grades_in(school, group):
        students = [s for s in group.students if school.grade_of[s] == grade]
        facts = {"group": said, "grade": grade, "students": students_text(students)}
        for why in care_bans(school, school.slot[group.slot], grade):
            yield CARE.fill(why=why, **facts)


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
    for ban, clause in bans(school, provider):
        kind = PROVIDER_KINDS[provider.kind] if provider.kind else ""
        yield BANS[ban].fill(kind=kind), clause.source
