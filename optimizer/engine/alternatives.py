"""What else a student could join, and who is moved there where the policy asks for it."""

from collections.abc import Iterable

from models import School, SeatLock, deal_order
from optimizer.engine.draft import Draft
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


def could_join(draft: Draft, student: str, section: str) -> bool:
    """Tell whether the student could take a free seat, everything else as it is.

    However many clubs he wanted, and whether he wished for this one or not.
    """
    course, held = draft.sections[section].course, draft.seats[student]
    return (
        course not in held
        and len(draft.members[section]) < draft.capacity(section)
        and allowed(draft.school, student, course)
        and draft.offers_slots(student, section)
        and not draft.clashes(student, section)
        and draft.admits_grade(student, section)
        and draft.within_days(student, [*held.values(), section])
        and draft.care_keeps_without(student, section)
    )


def emptiest_first(draft: Draft) -> list[str]:
    """List the sections with free seats, those with the most first, then by id."""
    free = {s: draft.capacity(s) - len(draft.members[s]) for s in draft.sections}
    return sorted((s for s in free if free[s] > 0), key=lambda s: (-free[s], s))


def move_unmet(draft: Draft) -> dict[str, str]:
    """Move whom the policy says to another activity; give the section by student.

    Priority first, then in the order of their lottery numbers, each to the emptiest section that he
    can take a seat in; once more round as long as somebody was moved, for who leaves base care may
    free another to do so too. Nothing else changes, and no rule that was kept is broken.
    """
    school = draft.school
    waiting = [s.id for s in school.students if not draft.seats[s.id] and may_be_moved(school, s)]
    waiting.sort(key=lambda s: deal_order(school, s))
    moved: dict[str, str] = {}
    while found := _round(draft, waiting):
        moved |= found
        waiting = [s for s in waiting if s not in moved]
    return moved


def _round(draft: Draft, waiting: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for student in waiting:
        wished = {w.course for w in draft.school.wishes_of[student]}
        others = (s for s in emptiest_first(draft) if draft.sections[s].course not in wished)
        section = next((s for s in others if could_join(draft, student, s)), None)
        if section is not None:
            draft.join(student, section)
            found[student] = section
    return found
