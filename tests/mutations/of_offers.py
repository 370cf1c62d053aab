"""Mutants of the clauses on what is offered, by whom, and to whom."""

from collections.abc import Iterator
from functools import partial

from models import (
    CareGroup,
    Course,
    Plan,
    PolicyItem,
    Provider,
    ProviderKind,
    School,
    Section,
    SlotUse,
    StaffKind,
    Wish,
)
from optimizer.checks._moved import before_moves
from tests.builders import (
    add_groups,
    edit_care,
    edit_section,
    rest_in_care,
    revised,
    with_course,
    with_new,
    with_slot,
    with_teacher,
)
from tests.instances.regime_plans import placed, with_provider
from tests.mutations.mutants import Mutant, State


def barred_content(school: School, plan: Plan) -> Iterator[Mutant]:
    """Let a course that is held be of a content that is barred."""
    for item in (PolicyItem.BARRED_CONTENT, PolicyItem.PROVIDER_BARRED_CONTENT):
        for clause in school.in_force(item):
            concerned = school.scope(clause)
            held = {
                section.course
                for section in plan.sections
                if any(school.grade_of[s] in concerned for s in section.students)
            }
            if item is PolicyItem.PROVIDER_BARRED_CONTENT:
                held = {course for course in held if school.course[course].provider}
            for course in sorted(held)[:3]:
                make = partial(_with_content, school, plan, course, str(clause.subject))
                yield Mutant(item, f"{course}: {clause.subject}", (clause,), make)


def _with_content(school: School, plan: Plan, course: str, content: str) -> State:
    words = (*school.course[course].content, content)
    return with_course(school, course, content=words), plan


def evening_content(school: School, plan: Plan) -> Iterator[Mutant]:
    """Hold a course of barred content instead of base care in an evening."""
    for clause in school.in_force(PolicyItem.EVENING_BARRED_CONTENT):
        evenings = [g.id for g in plan.care_groups if school.slot[g.slot].evening_study]
        for group in evenings[:2]:
            make = partial(_lesson_at_night, school, plan, group, str(clause.subject))
            name = f"{clause.subject} instead of {group}"
            yield Mutant(PolicyItem.EVENING_BARRED_CONTENT, name, (clause,), make)


def late_clubs(school: School, plan: Plan) -> Iterator[Mutant]:
    """Hold a course instead of base care when there is only late care left."""
    for clause in school.in_force(PolicyItem.ACTIVITIES_END):
        late = [g for g in plan.care_groups if school.slot[g.slot].end_minute > (clause.value or 0)]
        for group in late[:3]:
            clubs_too = with_slot(school, group.slot, use=SlotUse.ANY)
            make = partial(_lesson_at_night, clubs_too, plan, group.id, "reading")
            name = f"a lesson instead of {group.id}"
            yield Mutant(PolicyItem.ACTIVITIES_END, name, (clause,), make)


def _lesson_at_night(school: School, plan: Plan, group_id: str, content: str) -> State:
    """Make a lesson of a care group: the same children, person and place, and nobody surprised."""
    group = next(g for g in plan.care_groups if g.id == group_id)
    grades = tuple(sorted({school.grade_of[s] for s in group.students}))
    course = Course(
        id="night-lesson",
        name="",
        content=(content,),
        grades=grades,
        leaders=group.staff,
        staff_needed=len(group.staff),
        min_size=1,
        max_size=100,
        max_grade_span=9,
    )
    section = Section(
        id="night-lesson",
        course=course.id,
        slots=(group.slot,),
        room=group.room,
        staff=group.staff,
        students=group.students,
    )
    school = with_new(_wishing(school, group.students), "courses", course)
    wishes = (
        Wish(student=s, course=course.id, rank=1 + len(school.wishes_of[s])) for s in group.students
    )
    school = with_new(school, "wishes", *wishes)
    kept = revised(plan, care_groups=tuple(g for g in plan.care_groups if g.id != group_id))
    return school, add_groups(kept, section)


def _wishing(school: School, students: tuple[str, ...]) -> School:
    """Let students want a club more."""
    more = (
        revised(s, max_clubs=s.max_clubs + 1) if s.id in students else s for s in school.students
    )
    return school.replaced(students=tuple(more))


def windows(school: School, plan: Plan) -> Iterator[Mutant]:
    """Give a course that is held outside the hours of a content that content."""
    for item in (PolicyItem.CONTENT_START, PolicyItem.CONTENT_END):
        for clause in school.in_force(item):
            for section in plan.sections:
                slots = [school.slot[s] for s in section.slots]
                early = min(s.start_minute for s in slots) < (clause.value or 0)
                late = max(s.end_minute for s in slots) > (clause.value or 0)
                if early if item is PolicyItem.CONTENT_START else late:
                    make = partial(_with_content, school, plan, section.course, str(clause.subject))
                    yield Mutant(item, f"{section.course}: {clause.subject}", (clause,), make)


def providers(school: School, plan: Plan) -> Iterator[Mutant]:
    """Let a barred sort of body, one not vetted or one of bad record hold a course or a group."""
    if school.in_force(PolicyItem.NO_PREMISES):
        body = Provider(id="newcomer", name="newcomer", kind=ProviderKind.TRAINING_FIRM)
        yield from _of_body(school, plan, PolicyItem.NO_PREMISES, body)
    for clause in school.in_force(PolicyItem.BARRED_PROVIDER):
        body = Provider(id="newcomer", name="newcomer", kind=ProviderKind(str(clause.subject)))
        yield from _of_body(school, plan, PolicyItem.BARRED_PROVIDER, body)
    for clause in school.in_force(PolicyItem.VETTING_REQUIRED):
        for fields in ({"vetted": False}, {"bad_record": True}):
            body = Provider(id="newcomer", name="newcomer", kind=ProviderKind.PUBLIC, **fields)
            yield from _of_body(school, plan, clause.item, body)
            for own in school.providers:
                if any(school.course[s.course].provider == own.id for s in plan.sections):
                    make = partial(_provider, school, plan, own.id, fields)
                    yield Mutant(clause.item, f"{own.id} {fields}", (clause,), make)


def _provider(school: School, plan: Plan, provider: str, fields: dict[str, bool]) -> State:
    return with_provider(school, provider, **fields), plan


def _of_body(school: School, plan: Plan, item: PolicyItem, body: Provider) -> Iterator[Mutant]:
    clauses = school.in_force(item)
    what = f"{body.kind} vetted={body.vetted} bad={body.bad_record}"
    for section in plan.sections[:2]:
        make = partial(_course_of, school, plan, section.course, body)
        yield Mutant(item, f"{section.course} by {what}", clauses, make)
    for group in plan.care_groups[:2]:
        make = partial(_care_of, school, plan, group.staff[0], body)
        yield Mutant(item, f"{group.staff[0]} of {what} in base care", clauses, make)


def _course_of(school: School, plan: Plan, course: str, body: Provider) -> State:
    return with_course(with_new(school, "providers", body), course, provider=body.id), plan


def _care_of(school: School, plan: Plan, teacher: str, body: Provider) -> State:
    sent = {"kind": StaffKind.PROVIDER, "provider": body.id}
    return with_teacher(with_new(school, "providers", body), teacher, **sent), plan


def takes_part(school: School, plan: Plan) -> Iterator[Mutant]:
    """Let children take part who may not: of other grades, or of groups that are kept out."""
    admitted = school.in_force(PolicyItem.ELIGIBLE)
    barred = school.in_force(PolicyItem.EXCLUDED_GROUP)
    for student in sorted(school.excluded):
        groups = [g for g in school.groups if g.id in school.student[student].groups]
        own = tuple(c for c in barred if any(g.goes_by(c.subject) for g in groups))
        grade = school.grade_of[student]
        slots = [s for s in school.slots if s.admits_grade(grade) and not s.evening_study]
        slots = [s for s in slots if s.id not in school.student[student].stay_slots]
        if slots:
            make = partial(placed, school, plan, student, slots[0].id)
            item = PolicyItem.EXCLUDED_GROUP if own else PolicyItem.ELIGIBLE
            yield Mutant(item, f"{student} at {slots[0].id}", own or admitted, make)


def turned_away(school: School, plan: Plan) -> Iterator[Mutant]:
    """Look after one child less than asked, or keep one who did not ask."""
    for item in (PolicyItem.NO_REFUSAL, PolicyItem.VOLUNTARY):
        clauses = school.in_force(item)
        for group in plan.care_groups[:3] if clauses else ():
            if item is PolicyItem.NO_REFUSAL:
                who = group.students[0] if len(group.students) > 1 else None
            else:
                who = _not_asking(school, group)
            if who is not None:
                make = partial(_swapped, school, plan, group, who)
                yield Mutant(item, f"{who} and {group.id}", clauses, make)


def _not_asking(school: School, group: CareGroup) -> str | None:
    grades = {school.grade_of[s] for s in group.students}
    free = (
        s.id
        for s in school.students
        if group.slot not in s.stay_slots
        and s.id not in school.excluded
        and school.grade_of[s.id] in grades
    )
    return next(free, None)


def _swapped(school: School, plan: Plan, group: CareGroup, student: str) -> State:
    """Take a child out of a care group, or put him in."""
    there = set(group.students) ^ {student}
    return school, edit_care(plan, group.id, students=tuple(sorted(there)))


def left_unmoved(school: School, plan: Plan) -> Iterator[Mutant]:
    """Leave the children without a club whom the plan moved to another activity."""
    clauses = school.in_force(PolicyItem.MOVE_UNMET)
    wished = {(wish.student, wish.course) for wish in school.wishes}
    if not clauses:
        return
    yield Mutant(
        PolicyItem.MOVE_UNMET, "nobody", clauses, lambda: (school, before_moves(school, plan))
    )
    for section in plan.sections:
        for student in section.students:
            if (student, section.course) not in wished:
                make = partial(_unmoved, school, plan, section, student)
                yield Mutant(PolicyItem.MOVE_UNMET, f"{student} is not moved", clauses, make)


def _unmoved(school: School, plan: Plan, section: Section, student: str) -> State:
    left = tuple(s for s in section.students if s != student)
    moved_back = edit_section(plan, section.id, students=left)
    return school, rest_in_care(school, moved_back)


def named_teacher(school: School, plan: Plan) -> Iterator[Mutant]:
    """Let a family have chosen another teacher than the one its child got."""
    clauses = school.in_force(PolicyItem.TEACHER_CHOICE)
    seats = {(s, x.course) for x in plan.sections for s in x.students}
    for number, wish in enumerate(school.wishes if clauses else ()):
        others = sorted(set(school.course[wish.course].leaders) - {wish.teacher})
        if wish.teacher and others and (wish.student, wish.course) in seats:
            make = partial(_other_teacher, school, plan, number, others[0])
            name = f"{wish.student} wants {others[0]} for {wish.course}"
            yield Mutant(PolicyItem.TEACHER_CHOICE, name, clauses, make)


def _other_teacher(school: School, plan: Plan, number: int, teacher: str) -> State:
    wishes = list(school.wishes)
    wishes[number] = wishes[number].model_copy(update={"teacher": teacher})
    return school.replaced(wishes=tuple(wishes)), plan


GENERATORS = (
    barred_content,
    evening_content,
    late_clubs,
    windows,
    providers,
    takes_part,
    turned_away,
    left_unmoved,
    named_teacher,
)
