"""What the policy bars from the menu.

Statement. ``barred_content``: no student of a grade that the clause concerns sits in a course
with that content. ``barred_provider``: no section of a course of such a provider, and nobody
employed by such a provider leads a section or supervises. ``vetting_required``: the same for
providers that are not vetted or have a bad record.
"""

from models import PolicyItem, School, Student
from optimizer.rules.context import Model, Offer


def provider_barred(school: School, provider_id: str | None) -> bool:
    """Tell whether the policy keeps a provider out."""
    if provider_id is None:
        return False
    provider = school.provider[provider_id]
    barred = {c.subject for c in school.in_force(PolicyItem.BARRED_PROVIDER)}
    vetting = bool(school.in_force(PolicyItem.VETTING_REQUIRED))
    unfit = not provider.vetted or provider.bad_record
    return provider.kind in barred or (vetting and unfit)


def forbids_seat(school: School, student: Student, offer: Offer) -> bool:
    """Forbid seats where the course's content or provider is barred for the student's grade."""
    course = school.course[offer.course]
    clauses = school.clauses(PolicyItem.BARRED_CONTENT, school.grade_of[student.id])
    return any(c.subject in course.content for c in clauses) or provider_barred(
        school, course.provider
    )


def add(model: Model) -> None:
    """Add: nobody employed by a barred provider works here, no course of one opens."""
    for offer in model.offers:
        if provider_barred(model.school, model.school.course[offer.course].provider):
            model.cp.add(model.opened[offer.index] == 0)
    barred = {t.id for t in model.school.teachers if provider_barred(model.school, t.provider)}
    for (_, teacher), var in (model.lead | model.supervise).items():
        if teacher in barred:
            model.cp.add(var == 0)
