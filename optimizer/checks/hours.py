"""The policy's hours: latest ends, evening study, daily limits, weekdays, who is left out."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from models import (
    CareContent,
    CareGroup,
    Clause,
    CourseKind,
    Plan,
    PolicyItem,
    School,
    Section,
    Slot,
    Text,
    clock,
    weekday_text,
)
from optimizer.checks._week import check_slots
from optimizer.checks.base import (
    Finding,
    care_of,
    care_text,
    grades_in,
    join_ids,
    join_texts,
    seats_of,
    section_text,
    slot_text,
    students_text,
)

BARRED = Text(
    "{group}：{grade} 年级学生 {students} 不能安排在 {slot}，{why}。",
    "{group}: grade {grade} students {students} cannot be there on {slot}: {why}.",
)
LATE = Text(
    "{end} 结束，晚于规定的最晚 {limit}（依据：{source}）",
    "it ends at {end}, later than the latest end {limit} (source: {source})",
)
LATE_EVENING = Text(
    "晚自习 {end} 结束，晚于规定的最晚 {limit}（依据：{source}）",
    "evening study ends at {end}, later than the latest end {limit} (source: {source})",
)
WEEKDAY = Text(
    "服务日只有{limit}（依据：{source}）", "the service days are only {limit} (source: {source})"
)
NO_EVENINGS = Text(
    "该年级不设晚自习（可设的年级：{grades}；依据：{source}）",
    "there is no evening study for this grade (only for grades: {grades}; source: {source})",
)
EXCLUDED = Text(
    "学生 {student} 属于不在服务范围的群体 {subject}，却安排在{groups}（依据：{source}）。",
    "student {student} is in the excluded group {subject} but is planned in {groups} "
    "(source: {source}).",
)
NOT_ELIGIBLE = Text(
    "{grade} 年级学生 {student} 不是服务对象（服务的年级：{grades}），却安排在{groups}"
    "（依据：{source}）。",
    "grade {grade} student {student} is not eligible (eligible grades: {grades}) but is planned in "
    "{groups} (source: {source}).",
)
DAY = Text("学生 {student} {day}{why}。", "student {student} on {day}: {why}.")
EVENING_MINUTES = Text(
    "晚自习 {count} 分钟，最多 {limit} 分钟（依据：{source}）",
    "{count} minutes of evening study, at most {limit} (source: {source})",
)
MINUTES = Text(
    "留校 {count} 分钟，最多 {limit} 分钟（依据：{source}）",
    "{count} minutes, at most {limit} (source: {source})",
)
PERIODS = Text(
    "留校 {count} 节，最多 {limit} 节（依据：{source}）",
    "{count} periods, at most {limit} (source: {source})",
)
LEARNING = Text(
    "学习类 {count} 节，最多 {limit} 节（依据：{source}）",
    "{count} learning periods, at most {limit} (source: {source})",
)


class Stay(NamedTuple):
    """A slot at which a student is in a section or in care, and whether it is learning."""

    slot: Slot
    learning: bool


def check(school: School, plan: Plan) -> Iterator[Finding]:
    """Find students who are there when the policy forbids it, or too long."""
    for section in plan.sections:
        for slot in section.slots:
            yield from _barred(school, section, school.slot[slot], section_text(school, section))
    for group in plan.care_groups:
        yield from _barred(school, group, school.slot[group.slot], care_text(school, group))
    seats, care = seats_of(school, plan), care_of(school, plan)
    limits = {grade: day_limits(school, grade) for grade in school.grades}
    for student in school.students:
        own = (seats[student.id], care[student.id])
        yield from _excluded(school, student.id, *own)
        clauses = limits[school.grade_of[student.id]]
        for day, why in over_day_limits(clauses, stays(school, *own)):
            yield Finding("hours", DAY.fill(student=student.id, day=weekday_text(day), why=why))
    yield from (Finding("hours", text) for text in check_slots(school))


def slot_bans(school: School, slot: Slot, grade: int) -> Iterator[Text]:
    """Say why the policy keeps a grade away from a slot; nothing where it does not."""
    late, item = (
        (LATE_EVENING, PolicyItem.EVENING_LATEST_END)
        if slot.evening_study
        else (LATE, PolicyItem.LATEST_END)
    )
    for clause in school.clauses(item, grade):
        if slot.end_minute > _value(clause):
            ends = {"end": clock(slot.end_minute), "limit": clock(_value(clause))}
            yield late.fill(source=clause.source, **ends)
    weekdays = school.clauses(PolicyItem.SERVICE_WEEKDAY, grade)
    if weekdays and slot.weekday not in {clause.value for clause in weekdays}:
        yield WEEKDAY.fill(
            limit=join_texts(weekday_text(_value(clause)) for clause in weekdays),
            source=join_ids(dict.fromkeys(clause.source for clause in weekdays)),
        )
    if slot.evening_study and not _admits(school, PolicyItem.EVENING_ALLOWED, grade):
        yield NO_EVENINGS.fill(**_admitted(school, PolicyItem.EVENING_ALLOWED))


def _admits(school: School, item: PolicyItem, grade: int) -> bool:
    """Tell whether a grade is among those that clauses allow something; all are without any."""
    return not school.in_force(item) or bool(school.clauses(item, grade))


def _admitted(school: School, item: PolicyItem) -> dict[str, Text]:
    """Give the grades that clauses allow something, and their sources."""
    clauses = school.in_force(item)
    grades = {grade for clause in clauses for grade in school.scope(clause)}
    sources = dict.fromkeys(clause.source for clause in clauses)
    return {"grades": join_ids(sorted(grades)), "source": join_ids(sources)}


def day_limits(school: School, grade: int) -> tuple[Clause, ...]:
    """Give the clauses that limit a grade's day."""
    items = (
        PolicyItem.EVENING_MAX_MINUTES,
        PolicyItem.MAX_MINUTES_DAY,
        PolicyItem.MAX_PERIODS_DAY,
        PolicyItem.MAX_LEARNING_PERIODS_DAY,
    )
    return tuple(clause for item in items for clause in school.clauses(item, grade))


def of_learning(clause: Clause) -> bool:
    """Tell whether a limit of a day counts learning only: it depends on what is done then."""
    return clause.item is PolicyItem.MAX_LEARNING_PERIODS_DAY


def stays(school: School, seats: Iterable[Section], care: Iterable[CareGroup]) -> list[Stay]:
    """List the slots of some sections and care groups, learning or not."""
    found = []
    for section in seats:
        learning = school.course[section.course].kind is CourseKind.LEARNING
        found += [Stay(school.slot[slot], learning) for slot in section.slots]
    found += [care_stay(school.slot[group.slot]) for group in care]
    return found


def care_stay(slot: Slot) -> Stay:
    """Give what being in base care at a slot counts as."""
    return Stay(slot, slot.care_content is CareContent.HOMEWORK)


def over_day_limits(clauses: Iterable[Clause], there: list[Stay]) -> Iterator[tuple[int, Text]]:
    """Give each weekday on which one student's stays exceed a limit, and which limit."""
    for clause in clauses:
        said, evening = _DAY_TEXTS[clause.item], clause.item is PolicyItem.EVENING_MAX_MINUTES
        totals: dict[int, int] = {}
        for stay in there:
            if stay.slot.evening_study is evening:
                weekday = stay.slot.weekday
                totals[weekday] = totals.get(weekday, 0) + _amount(clause.item, stay)
        for weekday, count in totals.items():
            if count > _value(clause):
                facts = {"count": count, "limit": clause.value, "source": clause.source}
                yield weekday, said.fill(**facts)


_DAY_TEXTS = {
    PolicyItem.EVENING_MAX_MINUTES: EVENING_MINUTES,
    PolicyItem.MAX_MINUTES_DAY: MINUTES,
    PolicyItem.MAX_PERIODS_DAY: PERIODS,
    PolicyItem.MAX_LEARNING_PERIODS_DAY: LEARNING,
}


def _amount(item: PolicyItem, stay: Stay) -> int:
    """Count one stay in the unit of a daily limit."""
    if item is PolicyItem.MAX_PERIODS_DAY:
        return 1
    if item is PolicyItem.MAX_LEARNING_PERIODS_DAY:
        return int(stay.learning)
    return stay.slot.minutes


def _value(clause: Clause) -> int:
    """Give the value of a clause whose item needs one (the clause itself sees to that)."""
    assert clause.value is not None
    return clause.value


def _barred(
    school: School, group: Section | CareGroup, slot: Slot, said: Text
) -> Iterator[Finding]:
    for grade in grades_in(school, group):
        for why in slot_bans(school, slot, grade):
            students = [s for s in group.students if school.grade_of[s] == grade]
            facts = {"grade": grade, "students": students_text(students), "why": why}
            text = BARRED.fill(group=said, slot=slot_text(slot), **facts)
            yield Finding("hours", text)


def _excluded(
    school: School, student_id: str, seats: list[Section], care: list[CareGroup]
) -> Iterator[Finding]:
    if not seats and not care:
        return
    groups, grade = school.student[student_id].groups, school.grade_of[student_id]
    admitted = _admits(school, PolicyItem.ELIGIBLE, grade)
    if not groups and admitted:
        return
    where = join_texts(
        [section_text(school, s) for s in seats] + [care_text(school, g) for g in care]
    )
    for clause in school.clauses(PolicyItem.EXCLUDED_GROUP, grade):
        named = [g for g in groups if school.group[g].goes_by(clause.subject)]
        if named:
            facts = {"subject": join_ids(named), "source": clause.source}
            yield Finding("hours", EXCLUDED.fill(student=student_id, groups=where, **facts))
    if not admitted:
        allowed = _admitted(school, PolicyItem.ELIGIBLE)
        text = NOT_ELIGIBLE.fill(student=student_id, grade=grade, groups=where, **allowed)
        yield Finding("hours", text)
