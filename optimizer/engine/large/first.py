"""A first plan of a large school: base care for everyone, clubs only where locks ask for them."""

from models import School
from optimizer.engine.large.seating import Seated, decide
from optimizer.engine.large.standing import Standing
from optimizer.engine.solver import Crew, Effort


def locked_courses(school: School) -> frozenset[str]:
    """Give the courses that a lock asks a section or a seat of."""
    return frozenset(
        lock.course
        for lock in school.locks
        if lock.kind in ("section", "section_count") or (lock.kind == "seat" and lock.granted)
    )


def first_plan(school: School, crew: Crew, effort: Effort) -> Seated | None:
    """Find a plan in which only the locked courses may open; None if there is none, or no time."""
    courses = locked_courses(school)
    students = {w.student for c in courses for w in school.wishes_for[c]}
    return decide(Standing(school), courses, students, crew, effort)
