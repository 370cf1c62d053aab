"""A first plan of a large school: base care for everyone, clubs only where they have to be.

They have to be where locks ask for them, and for whoever would learn for too long in base care, or
may not be in it for what it is spent on.
"""

from models import School
from optimizer.engine.lns.repair import repair
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


def first_plan(school: School, crew: Crew, effort: Effort) -> Candidate | None:
    """Find a plan in which only such courses may open; None if there is none, or no time."""
    if asks_too_much(school):
        return None
    pressed = {student.id for student, _, _ in learning_too_long(school)} | _kept_from_care(school)
    courses = locked_courses(school) | {w.course for s in pressed for w in school.wishes_of[s]}
    students = pressed | {w.student for c in courses for w in school.wishes_for[c]}
    return repair(Solution(school), courses, students, crew, lambda: effort)
