"""A first plan of a large school: base care for everyone, clubs only where they have to be.

They have to be where locks ask for them, and for whoever would learn for too long in base care, or
may not be in it for what it is spent on.
"""

from models import School
from optimizer.engine.lns.repair import NO_TERMS, Terms, repair
from optimizer.engine.solution import Candidate, Solution
from optimizer.engine.solver import Crew, Effort
from optimizer.rules.content import care_barred
from optimizer.rules.hours import asks_too_much, learning_too_long


def locked_courses(school: School) -> frozenset[str]:
    """Give the courses that a lock asks a section or a seat of."""
    return frozenset(
        lock.course
        for lock in school.locks
        if lock.kind in ("section", "section_count") or (lock.kind == "seat" and lock.granted)
    )


def _kept_from_care(school: School) -> frozenset[str]:
    """Give who asked to stay at a slot at which the policy keeps him out of base care."""
    barred = {
        (slot.id, grade)
        for slot in school.slots
        for grade in school.grades
        if care_barred(school, grade, slot)
    }
    return frozenset(
        student.id
        for student in school.students
        if any((slot, school.grade_of[student.id]) in barred for slot in student.stay_slots)
    )


def first_plan(
    school: School, crew: Crew, effort: Effort, terms: Terms = NO_TERMS
) -> Candidate | None:
    """Find a plan in which only such courses may open; None if there is none, or no time.

    With a penalty for what is spent beyond a purse, what comes back may spend too much.
    """
    if asks_too_much(school):
        return None
    courses, pressed = _needed(school)
    students = pressed | {w.student for c in courses for w in school.wishes_for[c]}
    return repair(Solution(school), courses, students, crew, lambda: effort, terms=terms)


def needs_clubs(school: School) -> bool:
    """Tell whether there is no plan without clubs for certain: the least one has to come first."""
    return any(_needed(school)) or any(lock.kind == "seat" for lock in school.locks)


def _needed(school: School) -> tuple[frozenset[str], frozenset[str]]:
    """Give the courses that are needed, and the students who cannot do without one."""
    pressed = _kept_from_care(school).union(s.id for s, _, _ in learning_too_long(school))
    courses = locked_courses(school).union(w.course for s in pressed for w in school.wishes_of[s])
    return courses, pressed
