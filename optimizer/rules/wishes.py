"""Seats follow wishes.

Statement. A student has a seat only in a course he wished for, at most one seat a course, and
at most ``max_clubs`` seats. Where the wish names a teacher, that teacher is among the section's
staff.

The one exception. A student for whose grade ``move_unmet`` stands, whom the policy does not
exclude, and who wished for something but has no seat in any course he wished for, may be moved: he
has at most one seat in a course he did not wish for. And he must be, if he has no seat at all while
a section of such a course has a free seat he could take, everything else as it is: the course is
open to him (grade, policy, locks), he can use its slots, its grades stay near enough, his day keeps
its limits, and base care stays in order without him.

Nor may a section be left unopened that could be opened for such students as things stand, once
nobody of them can be moved to one that is open (``optimizer.checks``: ``_opened_for`` states how).
In a section opened for them there are only students who may be moved and hold no other seat, had
they wished for the course or not; one who did is there with the teacher whom he named.

Seats that students were moved to bring no points and no bonus, and nothing may rest on them: the
plan with those seats and sections (``Plan.opened_for_unmet``) gone and base care as it was before
(``Plan.moved_from``) keeps every rule.
That plan is what the model searches, and what its bound, the reasons and the lottery speak of;
seats to move to are given out after the search, so the model has no variable for them.
"""

from collections import defaultdict

from ortools.sat.python import cp_model

from models import PolicyItem, School, Student
from optimizer.rules.context import Model
from optimizer.rules.relaxation.relaxation import Relaxation


def may_be_moved(school: School, student: Student) -> bool:
    """Tell whether the policy moves the student to another activity if no wish of his is met."""
    return (
        student.id not in school.excluded
        and bool(school.wishes_of[student.id])
        and bool(school.clauses(PolicyItem.MOVE_UNMET, school.grade_of[student.id]))
    )


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


def relax(r: Relaxation) -> None:
    """Add: no more seats than clubs wanted. A wish that names a teacher is met by his sections."""
    if r.by_number:
        _counted(r)
    mine: dict[str, list[int]] = defaultdict(list)
    for (student, _), seat in r.seat.items():
        mine[student].append(seat)
    for student, seats in mine.items():
        r.at_most(r.school.student[student].max_clubs, seats)


def _counted(r: Relaxation) -> None:
    """Add: one seat a course for each who wished for it, and no more seats than clubs wanted."""
    school = r.school
    courses: dict[tuple[int, str], list[int]] = defaultdict(list)
    grades: dict[int, list[int]] = defaultdict(list)
    for (grade, index), at in r.at.items():
        courses[grade, r.offers[index].course].append(at)
        grades[grade].append(at)
    for key, columns in courses.items():
        r.at_most(r.takers[key], columns)
    wanted: dict[int, int] = defaultdict(int)
    for student in school.students:
        wanted[school.grade_of[student.id]] += min(
            student.max_clubs, len(school.wishes_of[student.id])
        )
    for grade, columns in grades.items():
        r.at_most(wanted[grade], columns)
