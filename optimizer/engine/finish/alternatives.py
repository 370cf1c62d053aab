"""What else a student could join, and who is moved there where the policy asks for it."""

from collections.abc import Collection, Iterable

from models import Plan, School, SeatLock, deal_order
from optimizer.checks import could_open_for_unmet, own_could_lead
from optimizer.engine.finish.draft import DraftPlan
from optimizer.engine.finish.opening import so_far
from optimizer.rules.content import grade_barred, provider_barred
from optimizer.rules.wishes import may_be_moved


def allowed(school: School, student: str, course_id: str) -> bool:
    """Tell whether grade, policy and locks leave the course open to the student."""
    course, grade = school.course[course_id], school.grade_of[student]
    return (
        student not in school.excluded
        and grade in course.grades
        and not grade_barred(school, course, grade)
        and not provider_barred(school, course.provider)
        and not any(
            isinstance(lock, SeatLock)
            and not lock.granted
            and (lock.student, lock.course) == (student, course_id)
            for lock in school.locks
        )
    )


def could_join(draft: DraftPlan, student: str, section: str) -> bool:
    """Tell whether the student could take a free seat, everything else as it is.

    However many clubs he wanted, and whether he wished for this one or not.
    """
    course, held = draft.sections[section].course, draft.seats[student]
    return (
        course not in held
        and len(draft.members[section]) < draft.capacity(section)
        and not draft.clashes(student, section)
        and draft.offers_slots(student, section)
        and allowed(draft.school, student, course)
        and draft.admits_grade(student, section)
        and draft.within_days(student, [*held.values(), section])
        and draft.care_keeps_without(student, section)
    )


def emptiest_first(draft: DraftPlan) -> list[str]:
    """List the sections with free seats, those with the most first, then by id."""
    free = {s: draft.capacity(s) - len(draft.members[s]) for s in draft.sections}
    return sorted((s for s in free if free[s] > 0), key=lambda s: (-free[s], s))


def move_unmet(draft: DraftPlan) -> tuple[str, ...]:
    """Move whom the policy says to another activity; give the sections opened for that.

    Priority first, then in the order of their lottery numbers, each to the emptiest section that he
    can take a seat in; once more round as long as somebody was moved, for who leaves base care may
    free another to do so too. For those left over sections are opened and filled, whoever wished
    for the course first, as long as there is one that can be
    (``optimizer.checks.could_open_for_unmet``). Nothing else changes, and no rule that was kept is
    broken.
    """
    school, opened = draft.school, list[str]()
    waiting = [s.id for s in school.students if not draft.seats[s.id] and may_be_moved(school, s)]
    waiting.sort(key=lambda s: deal_order(school, s))
    while waiting:
        while _round(draft, waiting, opened):
            waiting = [s for s in waiting if not draft.seats[s]]
        _led_by_own(draft, opened)
        section = could_open_for_unmet(school, _plan(draft, opened)) if waiting else None
        if section is None:
            break
        draft.open(section)
        opened.append(section.id)
        _fill(draft, section.id, waiting)
        waiting = [s for s in waiting if not draft.seats[s]]
    _led_by_own(draft, opened)
    return tuple(opened)


def _plan(draft: DraftPlan, opened: Iterable[str]) -> Plan:
    return so_far(draft).model_copy(update={"opened_for_unmet": tuple(opened)})


def _led_by_own(draft: DraftPlan, opened: Collection[str]) -> None:
    """Let own staff lead the sections opened, where the policy has them first and they can."""
    while opened and (found := own_could_lead(draft.school, _plan(draft, opened))) is not None:
        staff = tuple(found.own if t == found.outsider else t for t in found.section.staff)
        section = draft.sections[found.section.id].model_copy(update={"staff": staff})
        draft.sections[section.id] = section


def _round(draft: DraftPlan, waiting: Iterable[str], opened: Collection[str]) -> bool:
    """Move each to a section that is open; tell whether anybody was."""
    found = False
    for student in waiting:
        others = (s for s in emptiest_first(draft) if _may_join(draft, student, s, opened))
        section = next((s for s in others if could_join(draft, student, s)), None)
        if section is not None:
            draft.join(student, section)
            found = True
    return found


def _may_join(draft: DraftPlan, student: str, section: str, opened: Collection[str]) -> bool:
    """Tell whether he did not wish for it, or it was opened for the unmet and he did."""
    held = draft.sections[section]
    wish = next((w for w in draft.school.wishes_of[student] if w.course == held.course), None)
    return wish is None or (
        section in opened and (wish.teacher is None or wish.teacher in held.staff)
    )


def _fill(draft: DraftPlan, section: str, waiting: Iterable[str]) -> None:
    """Move as many of those waiting to a section opened for them as it can take."""
    course = draft.sections[section].course
    wished = {wish.student for wish in draft.school.wishes_for[course]}
    for student in sorted(waiting, key=lambda s: s not in wished):  # else as the lottery has it
        free = not draft.seats[student] and _may_join(draft, student, section, (section,))
        if free and could_join(draft, student, section):
            draft.join(student, section)
