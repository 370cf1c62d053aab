"""Mutants of the clauses on who leads and supervises: conduct, the rota, own staff first."""

from collections.abc import Iterator
from functools import partial

from models import Plan, PolicyItem, School, StaffKind, Teacher
from tests.builders import edit_care, with_new, with_teacher
from tests.instances.regime_plans import busy_staff
from tests.mutations.mutants import Mutant, State


def conduct(school: School, plan: Plan) -> Iterator[Mutant]:
    """Let somebody who is not cleared lead or supervise."""
    clauses = school.in_force(PolicyItem.CONDUCT_REQUIRED)
    if not clauses:
        return
    alone = {c.leaders for c in school.courses if len(c.leaders) <= c.staff_needed}
    needed = {teacher for leaders in alone for teacher in leaders}
    at_work = [s.staff[0] for s in plan.sections] + [g.staff[0] for g in plan.care_groups]
    for teacher in [t for t in dict.fromkeys(at_work) if t not in needed][:4]:
        make = partial(_uncleared, school, plan, teacher)
        yield Mutant(PolicyItem.CONDUCT_REQUIRED, f"{teacher} is not cleared", clauses, make)


def _uncleared(school: School, plan: Plan, teacher: str) -> State:
    return with_teacher(school, teacher, cleared=False), plan


def on_the_rota(school: School, plan: Plan) -> Iterator[Mutant]:
    """Hand base care of a grade that its homeroom teachers keep to somebody else."""
    clauses = school.in_force(PolicyItem.ROTA)
    bound = {grade for clause in clauses for grade in school.scope(clause)}
    for group in plan.care_groups:
        grades = {school.grade_of[s] for s in group.students}
        if not grades & bound:
            continue
        own = {c.homeroom_teacher for c in school.classes if c.grade in grades}
        for teacher in _free(school, plan, group.slot):
            if teacher not in own:
                make = partial(_supervised, school, plan, group.id, teacher)
                yield Mutant(PolicyItem.ROTA, f"{group.id} under {teacher}", clauses, make)
                break


def _supervised(school: School, plan: Plan, group: str, teacher: str) -> State:
    return school, edit_care(plan, group, staff=(teacher,))


def _free(school: School, plan: Plan, slot_id: str) -> Iterator[str]:
    """Give who may supervise at a slot and has nothing to do."""
    busy = busy_staff(school, plan, slot_id)
    for t in school.teachers:
        if t.may_supervise and t.cleared and t.available(slot_id) and t.id not in busy:
            yield t.id


def own_staff_first(school: School, plan: Plan) -> Iterator[Mutant]:
    """Let an outsider supervise where one of the school's own did and has time."""
    clauses = school.in_force(PolicyItem.OWN_STAFF_FIRST)
    for group in plan.care_groups[::3] if clauses else ():
        if all(school.teacher[t].kind is StaffKind.OWN for t in group.staff):
            make = partial(_by_an_outsider, school, plan, group.id, len(group.staff))
            name = f"{group.id} under somebody from outside"
            yield Mutant(PolicyItem.OWN_STAFF_FIRST, name, clauses, make)


def _by_an_outsider(school: School, plan: Plan, group: str, needed: int) -> State:
    ids = tuple(f"outsider-{n}" for n in range(needed))
    people = (Teacher(id=i, name=i, kind=StaffKind.VOLUNTEER, pay_fen=0) for i in ids)
    return with_new(school, "teachers", *people), edit_care(plan, group, staff=ids)


GENERATORS = (conduct, on_the_rota, own_staff_first)
