"""The policy's hours: latest ends, evening study, daily limits, weekdays, who is left out."""

from collections.abc import Iterable, Iterator

from models import (
    CareGroup,
    Clause,
    Plan,
    PolicyItem,
    School,
    Section,
    Slot,
    Text,
    clock,
    weekday_text,
)
from models.late import only_late_care
from optimizer.checks._days import day_limits, over_day_limits, stays
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
LATER_THAN_EVENING = Text(
    "{end} 结束，晚于晚自习的最晚结束 {limit}（依据：{source}）：普通时段不能比晚自习更晚",
    "it ends at {end}, later than evening study may, {limit} (source: {source}): ordinary service "
    "goes on no longer than that",
)
EARLY_EVENING = Text(
    "晚自习 {start} 开始，早于普通时段的最晚结束 {limit}（依据：{source}）：这段时间不是晚自习，"
    "应按普通时段安排",
    "evening study starts at {start}, before the latest end {limit} of ordinary hours (source: "
    "{source}): that time is no evening study but ordinary service",
)
EVENING_WEEKDAY = Text(
    "晚自习只在{limit}（依据：{source}）", "evening study is only on {limit} (source: {source})"
)
LATE_CLUB = Text(
    "{end} 结束，晚于社团等课外活动的最晚结束 {limit}（依据：{source}）",
    "it ends at {end}, later than the latest end {limit} of clubs (source: {source})",
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


def slot_bans(school: School, slot: Slot, grade: int, *, in_clubs: bool = False) -> Iterator[Text]:
    """Say why the policy keeps a grade away from a slot; nothing where it does not.

    In base care they may stay later of whom only children with a right to late care asked to.
    """
    ordinary = school.clauses(PolicyItem.LATEST_END, grade)
    if slot.evening_study:
        for clause in ordinary:
            if slot.start_minute < _value(clause):
                facts = {"start": clock(slot.start_minute), "limit": clock(_value(clause))}
                yield EARLY_EVENING.fill(source=clause.source, **facts)
        latest = school.clauses(PolicyItem.EVENING_LATEST_END, grade)
        yield from _too_late(LATE_EVENING, latest, slot)
        yield from _other_day(school, PolicyItem.EVENING_WEEKDAY, EVENING_WEEKDAY, slot, grade)
    else:
        late = [*_too_late(LATE, ordinary, slot)]
        late = late or [*_too_late(LATER_THAN_EVENING, _ends_of_evenings(school, grade), slot)]
        # Asked last: it looks at every student.
        if late and (in_clubs or not only_late_care(school, slot.id, grade)):
            yield from late
    yield from _other_day(school, PolicyItem.SERVICE_WEEKDAY, WEEKDAY, slot, grade)
    if slot.evening_study and not _admits(school, PolicyItem.EVENING_ALLOWED, grade):
        yield NO_EVENINGS.fill(**_admitted(school, PolicyItem.EVENING_ALLOWED))


def seat_bans(school: School, slot: Slot, grade: int) -> Iterator[Text]:
    """Say why the policy keeps a grade from clubs at a slot; nothing where it does not."""
    yield from slot_bans(school, slot, grade, in_clubs=True)
    yield from _too_late(LATE_CLUB, school.clauses(PolicyItem.ACTIVITIES_END, grade), slot)


def _too_late(said: Text, clauses: Iterable[Clause], slot: Slot) -> Iterator[Text]:
    for clause in clauses:
        if slot.end_minute > _value(clause):
            ends = {"end": clock(slot.end_minute), "limit": clock(_value(clause))}
            yield said.fill(source=clause.source, **ends)


def _ends_of_evenings(school: School, grade: int) -> tuple[Clause, ...]:
    """Give the clauses on when a grade's evening study ends; of one without, the latest of all."""
    item = PolicyItem.EVENING_LATEST_END
    latest = sorted(school.in_force(item), key=_value)[-1:]
    return school.clauses(item, grade) or tuple(latest)


def _other_day(
    school: School, item: PolicyItem, said: Text, slot: Slot, grade: int
) -> Iterator[Text]:
    weekdays = school.clauses(item, grade)
    if weekdays and slot.weekday not in {clause.value for clause in weekdays}:
        yield said.fill(
            limit=join_texts(weekday_text(_value(clause)) for clause in weekdays),
            source=join_ids(dict.fromkeys(clause.source for clause in weekdays)),
        )


def _admits(school: School, item: PolicyItem, grade: int) -> bool:
    """Tell whether a grade is among those that clauses allow something; all are without any."""
    return not school.in_force(item) or bool(school.clauses(item, grade))


def _admitted(school: School, item: PolicyItem) -> dict[str, Text]:
    """Give the grades that clauses allow something, and their sources."""
    clauses = school.in_force(item)
    grades = {grade for clause in clauses for grade in school.scope(clause)}
    sources = dict.fromkeys(clause.source for clause in clauses)
    return {"grades": join_ids(sorted(grades)), "source": join_ids(sources)}


def _value(clause: Clause) -> int:
    """Give the value of a clause whose item needs one (the clause itself sees to that)."""
    assert clause.value is not None
    return clause.value


def _barred(
    school: School, group: Section | CareGroup, slot: Slot, said: Text
) -> Iterator[Finding]:
    bans = seat_bans if isinstance(group, Section) else slot_bans
    for grade in grades_in(school, group):
        for why in bans(school, slot, grade):
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
