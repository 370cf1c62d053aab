"""What the policy bars from the menu.

Statement. ``barred_content``: no student of a grade that the clause concerns sits in a course with
that content. ``provider_barred_content``: nor does one sit in a course with that content that a
provider gives; that nobody whom a provider employs may lead such a course is a matter of the
school's data (``models.validation``). ``content_start`` and ``content_end``: a section of a course
with that content and a student of a grade that the clause concerns in it meets at no slot that
starts before the one, or ends after the other; and where either stands for a content, for
whichever grades, no student of a grade that neither concerns sits in a course with it.
``evening_barred_content``: no section of a course with that content and a student of a grade that
the clause concerns in it meets at an evening-study slot. Base care at a slot whose care content is
homework contains written homework (``Slot.care_contains``), and whoever may not sit in a course
with it is in no base care there. ``barred_provider``: no section of a
course of such a provider, and nobody employed by such a provider leads a section or supervises.
``no_premises``: the same, for whatever it did here it would do in the school's rooms.
``vetting_required``: the same for providers that are not vetted or have a bad record.
``conduct_required``: the same for those that have one.
"""

from models import Clause, Course, PolicyItem, School, Slot, Student
from optimizer.rules.context import Model, Offer
from optimizer.rules.relaxation.relaxation import Relaxation

_KINDS = (PolicyItem.BARRED_PROVIDER, PolicyItem.NO_PREMISES)
_WINDOWS = (PolicyItem.CONTENT_START, PolicyItem.CONTENT_END)


def provider_barred(school: School, provider_id: str | None) -> bool:
    """Tell whether the policy keeps a provider out."""
    if provider_id is None:
        return False
    provider = school.provider[provider_id]
    barred = {c.subject for item in _KINDS for c in school.in_force(item)}
    vetting = bool(school.in_force(PolicyItem.VETTING_REQUIRED))
    conduct = vetting or bool(school.in_force(PolicyItem.CONDUCT_REQUIRED))
    unfit = (vetting and not provider.vetted) or (conduct and provider.bad_record)
    return provider.kind in barred or unfit


def grade_barred(school: School, course: Course, grade: int) -> bool:
    """Tell whether the policy keeps a grade out of a course for its content."""
    if course.provider is not None:
        clauses = school.clauses(PolicyItem.PROVIDER_BARRED_CONTENT, grade)
        if _about(course.content, clauses):
            return True
    return _barred(school, course.content, grade)


def time_barred(school: School, course: Course, grade: int, slot: Slot) -> bool:
    """Tell whether the policy keeps the course's content from the grade at the slot."""
    return _barred_then(school, course.content, grade, slot)


def care_barred(school: School, grade: int, slot: Slot) -> bool:
    """Tell whether the policy keeps the grade out of base care at the slot for its content."""
    contents = slot.care_contains
    return bool(contents) and (
        _barred(school, contents, grade) or _barred_then(school, contents, grade, slot)
    )


Contents = tuple[str, ...]


def _barred(school: School, contents: Contents, grade: int) -> bool:
    if _about(contents, school.clauses(PolicyItem.BARRED_CONTENT, grade)):
        return True
    somebodys = {c.subject for item in _WINDOWS for c in _about(contents, school.in_force(item))}
    own = {c.subject for item in _WINDOWS for c in _about(contents, school.clauses(item, grade))}
    return somebodys != own


def _barred_then(school: School, contents: Contents, grade: int, slot: Slot) -> bool:
    def values(item: PolicyItem) -> list[int]:
        found = _about(contents, school.clauses(item, grade))
        return [c.value for c in found if c.value is not None]

    return (
        any(slot.start_minute < start for start in values(PolicyItem.CONTENT_START))
        or any(slot.end_minute > end for end in values(PolicyItem.CONTENT_END))
        or (
            slot.evening_study
            and bool(_about(contents, school.clauses(PolicyItem.EVENING_BARRED_CONTENT, grade)))
        )
    )


def _about(contents: Contents, clauses: tuple[Clause, ...]) -> list[Clause]:
    return [c for c in clauses if c.subject in contents]


def forbids_seat(school: School, student: Student, offer: Offer) -> bool:
    """Forbid seats where content or provider is barred for the grade, or the content then."""
    course, grade = school.course[offer.course], school.grade_of[student.id]
    if provider_barred(school, course.provider):
        return True
    return bool(course.content) and (
        grade_barred(school, course, grade)
        or any(time_barred(school, course, grade, school.slot[slot]) for slot in offer.slots)
    )


def add(model: Model) -> None:
    """Add: no care with barred content; nobody of a barred provider works, none of it opens."""
    for (slot, grade, _), share in model.care_share.items():
        if care_barred(model.school, grade, model.school.slot[slot]):
            model.cp.add(share == 0)
    for offer in model.offers:
        if provider_barred(model.school, model.school.course[offer.course].provider):
            model.cp.add(model.opened[offer.index] == 0)
    barred = {t.id for t in model.school.teachers if provider_barred(model.school, t.provider)}
    for (_, teacher), var in (model.lead | model.supervise).items():
        if teacher in barred:
            model.cp.add(var == 0)


def relax(r: Relaxation) -> None:
    """Add: no care with barred content. Of barred providers the program has no columns at all."""
    for (slot, grade, _), places in r.share.items():
        if care_barred(r.school, grade, r.school.slot[slot]):
            r.lp.upper[places] = 0
