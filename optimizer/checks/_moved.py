"""Students moved to another activity, where the policy asks for it.

Whoever may be moved (see ``clause``) and sits in a course that he did not wish for has been. With
those seats gone and base care as ``Plan.moved_from`` has it, the plan is what it was before.
"""

from collections.abc import Iterator
from typing import NamedTuple

from models import CareGroup, Clause, Plan, PolicyItem, School, Section, Student, deal_order
from optimizer.checks._standing import Standing


class Misdrawn(NamedTuple):
    """The first should have been moved to the section before the second was."""

    by_priority: bool
    """Whether for his priority, which the other has not; else by the draw."""

    section: Section
    student: str
    number: int
    holder: str
    holder_number: int


def clause(school: School, student: Student) -> Clause | None:
    """Give the clause under which a student is moved if none of his wishes can be met, if any."""
    if not school.wishes_of[student.id] or student.id in school.excluded:
        return None
    return next(iter(school.clauses(PolicyItem.MOVE_UNMET, school.grade_of[student.id])), None)


def moved(school: School, plan: Plan) -> dict[str, list[Section]]:
    """Give the sections that students were moved to, by student."""
    found: dict[str, list[Section]] = {}
    if not school.in_force(PolicyItem.MOVE_UNMET):
        return found
    movable = {s.id for s in school.students if clause(school, s) is not None}
    wished = {(w.student, w.course) for w in school.wishes}
    for section in plan.sections:
        for student in section.students:
            if student in movable and (student, section.course) not in wished:
                found.setdefault(student, []).append(section)
    return found


def before_moves(school: School, plan: Plan) -> Plan:
    """Give the plan as it was before anyone was moved: the same one if nobody was.

    What it says about itself stays as it is.
    """
    seats = {(who, held.id) for who, sections in moved(school, plan).items() for held in sections}
    if not seats and not plan.moved_from:
        return plan
    sections = [
        s.model_copy(update={"students": tuple(x for x in s.students if (x, s.id) not in seats)})
        for s in plan.sections
    ]
    groups = {group.id: group for group in (*plan.care_groups, *plan.moved_from)}
    care = {"care_groups": tuple(groups.values()), "moved_from": ()}
    return plan.model_copy(update={"sections": tuple(sections), **care})


def wrongly_left(school: School, plan: Plan) -> Iterator[CareGroup]:
    """Find groups that are not now what they were, less those who were moved then."""
    now = {group.id: group for group in plan.care_groups}
    away = {
        (student, slot)
        for student, sections in moved(school, plan).items()
        for section in sections
        for slot in section.slots
    }
    for before in plan.moved_from:
        rest = {student for student in before.students if (student, before.slot) not in away}
        group = now.get(before.id)
        ended = group is None and not rest
        same = group is not None and (
            (group.slot, group.room, group.staff, {*group.students})
            == (before.slot, before.room, before.staff, rest)
        )
        if not (ended or same) or len(rest) == len(before.students):
            yield before


def place_for(standing: Standing, student: str) -> Section | None:
    """Give a section that he did not wish for and could be moved to."""
    wished = {wish.course for wish in standing.school.wishes_of[student]}
    others = (s for course in standing.open if course not in wished for s in standing.open[course])
    return next((s for s in others if standing.could_join(student, s)), None)


def passed_over(school: School, plan: Plan) -> Iterator[Misdrawn]:
    """Find who was moved although another was there before him: by priority, then by number.

    The other has no seat and could have the very same one. He is of the same grade, and in each
    care group that he would leave another of his grade remains: then nothing that happened
    meanwhile can have been in his way when it was his turn. At most one pair a section and grade.
    """
    standing, seats = Standing(school, plan), moved(school, plan)
    order = {s.id: deal_order(school, s.id) for s in school.students}
    waiting = sorted(
        (s.id for s in school.students if not standing.seats[s.id] and clause(school, s)),
        key=order.__getitem__,
    )
    last: dict[tuple[str, int], str] = {}
    for student in sorted(seats, key=order.__getitem__):
        for section in seats[student]:
            last[section.id, school.grade_of[student]] = student
    for (name, grade), holder in last.items():
        section = next(s for s in seats[holder] if s.id == name)
        for student in waiting:
            alike = school.grade_of[student] == grade and order[student] < order[holder]
            if alike and _could_be_moved(standing, student, section):
                mine, theirs = order[student], order[holder]
                prior = mine[0] != theirs[0]
                yield Misdrawn(prior, section, student, mine[1], holder, theirs[1])
                break


def _could_be_moved(standing: Standing, student: str, section: Section) -> bool:
    """Tell whether he could have the seat of another of his grade, whatever else moved."""
    grade_of = standing.school.grade_of
    left = [group for group in standing.care[student] if group.slot in section.slots]
    return (
        (student, section.course) not in standing.wish
        and standing.eligible(student, section.course)
        and standing.could_be_there(student, section)
        and standing.day_allows(student, gains=(section,))
        and all(
            any(grade_of[s] == grade_of[student] for s in group.students if s != student)
            for group in left
        )
    )
