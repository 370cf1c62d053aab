"""Seats follow wishes.

Statement. A student has a seat only in a course he wished for, at most one seat a course, and
at most ``max_clubs`` seats. Where the wish names a teacher, that teacher is among the section's
staff.
"""

from collections import defaultdict

from ortools.sat.python import cp_model

from models import School, Student
from optimizer.rules.context import Model, Offer


def forbids_seat(school: School, student: Student, offer: Offer) -> bool:
    """Forbid seats in courses the student did not wish for."""
    return all(wish.course != offer.course for wish in school.wishes_of[student.id])


def add(model: Model) -> None:
    """Add: one seat a course, at most ``max_clubs`` seats, the teacher the wish names.

    A wish that names teacher t: seat[s, p] <= lead[p, t] for the course's offers p, which hold one
    section each (see ``context``).
    """
    named = {(w.student, w.course): w.teacher for w in model.school.wishes if w.teacher is not None}
    for student, seats in model.seats_by_student().items():
        by_course: dict[str, list[cp_model.IntVar]] = defaultdict(list)
        for offer, var in seats:
            by_course[offer.course].append(var)
            teacher = named.get((student, offer.course))
            if teacher is not None and model.keeps("staffing"):
                leads = model.lead.get((offer.index, teacher))
                model.cp.add(var == 0 if leads is None else var <= leads)
        for alternatives in by_course.values():
            model.cp.add_at_most_one(alternatives)
        most = model.school.student[student].max_clubs
        if len(by_course) > most:
            model.cp.add(cp_model.LinearExpr.sum([var for _, var in seats]) <= most)
