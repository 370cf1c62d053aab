"""Students moved to another activity, where the policy asks for it.

Whoever may be moved (see ``clause``) and sits in a course that he did not wish for has been, and so
has everybody in a section that was opened for such students (``Plan.opened_for_unmet``). With those
seats and sections gone and base care as ``Plan.moved_from`` has it, the plan is what it was before.
"""

from collections.abc import Iterator
from typing import NamedTuple

from models import (
    CareGroup,
    Clause,
    Plan,
    PolicyItem,
    School,
    Section,
    Student,
    Wish,
    deal_order,
)
from optimizer.checks._standing import Standing


class Misdrawn(NamedTuple):
    """The first should have been moved to the section before the second was."""

    by_wish: bool
    """Whether he wished for the course, which was opened for such as him, and the other did not."""
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
            own = (student, section.course) in wished and section.id not in plan.opened_for_unmet
            if student in movable and not own:
                found.setdefault(student, []).append(section)
    return found


def before_moves(school: School, plan: Plan) -> Plan:
    """Give the plan as it was before anyone was moved: the same one if nobody was.

    What it says about itself stays as it is.
    """
    seats = {(who, held.id) for who, sections in moved(school, plan).items() for held in sections}
    if not seats and not plan.moved_from and not plan.opened_for_unmet:
        return plan
    sections = [
        s.model_copy(update={"students": tuple(x for x in s.students if (x, s.id) not in seats)})
        for s in plan.sections
        if s.id not in plan.opened_for_unmet
    ]
    groups = {group.id: group for group in (*plan.care_groups, *plan.moved_from)}
    care = {"care_groups": tuple(groups.values()), "moved_from": (), "opened_for_unmet": ()}
    return plan.model_copy(update={"sections": tuple(sections), **care})


def to_be_moved(standing: Standing) -> list[str]:
    """List who has no seat and may be moved: priority first, then by lottery number."""
    school = standing.school
    if not school.in_force(PolicyItem.MOVE_UNMET):
        return []
    waiting = [s.id for s in school.students if not standing.seats[s.id] and clause(school, s)]
    return sorted(waiting, key=lambda s: deal_order(school, s))


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
    """Give a section that he could be moved to."""
    sections = (s for course in standing.open.values() for s in course)
    return next((s for s in sections if _takes(standing, student, s)), None)


def _takes(standing: Standing, student: str, section: Section) -> bool:
    return may_be_moved_to(standing, student, section) and standing.could_join(student, section)


def may_be_moved_to(standing: Standing, student: str, section: Section) -> bool:
    """Tell whether he did not wish for it, or it was opened for the unmet and he did."""
    wish = standing.wish.get((student, section.course))
    return wish is None or (
        section.id in standing.plan.opened_for_unmet
        and (wish.teacher is None or wish.teacher in section.staff)
    )


def comes_first(school: School, wish: Wish | None, student: str) -> tuple[bool, bool, int]:
    """Give the order of those who are moved to one section.

    Who wished for it (it was opened for the unmet), then priority, then the draw.
    """
    return wish is None, *deal_order(school, student)


def passed_over(standing: Standing) -> Iterator[Misdrawn]:
    """Find who was moved although another came before him (``comes_first``).

    The other has no seat and could have the very same one. He is of the same grade, and in each
    care group that he would leave another of his grade remains: then nothing that happened
    meanwhile can have been in his way when it was his turn. Of a section that was opened for the
    unmet, whoever left a care group that ended may be in it out of turn, for the pay that it saved.
    At most one pair a section and grade.
    """
    school, plan = standing.school, standing.plan
    seats = moved(school, plan)
    waiting = to_be_moved(standing)
    ended = {s for g in plan.moved_from if g not in plan.care_groups for s in g.students}

    def order(student: str, section: Section) -> tuple[bool, bool, int]:
        return comes_first(school, standing.wish.get((student, section.course)), student)

    last: dict[tuple[str, int], tuple[Section, str]] = {}
    for student, sections in seats.items():
        for section in sections:
            if section.id in plan.opened_for_unmet and student in ended:
                continue
            key = section.id, school.grade_of[student]
            if key not in last or order(student, section) > order(last[key][1], section):
                last[key] = section, student
    for (_, grade), (section, holder) in last.items():
        for student in waiting:
            alike = school.grade_of[student] == grade
            mine, theirs = order(student, section), order(holder, section)
            if alike and mine < theirs and _could_be_moved(standing, student, section):
                by_wish, prior = mine[0] != theirs[0], mine[1] != theirs[1]
                yield Misdrawn(by_wish, prior, section, student, mine[2], holder, theirs[2])
                break


def _could_be_moved(standing: Standing, student: str, section: Section) -> bool:
    """Tell whether he could have the seat of another of his grade, whatever else moved."""
    grade_of = standing.school.grade_of
    left = [group for group in standing.care[student] if group.slot in section.slots]
    return (
        may_be_moved_to(standing, student, section)
        and standing.eligible(student, section.course)
        and standing.could_be_there(student, section)
        and standing.day_allows(student, gains=(section,))
        and all(
            any(grade_of[s] == grade_of[student] for s in group.students if s != student)
            for group in left
        )
    )
