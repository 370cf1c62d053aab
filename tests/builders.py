"""The small school and its plan (``tests.tiny``), varied one thing at a time.

``with_...`` change the school, the others the plan; each gives a new, validated one.
``restated`` renews what an edited plan says about itself, so that only the edit is wrong.
"""

from typing import Any, TypeVar

from pydantic import BaseModel

from models import (
    Aim,
    Budget,
    CareGroup,
    Clause,
    Lock,
    Plan,
    Policy,
    PolicyItem,
    School,
    Section,
    UnmetReason,
    Wish,
)
from optimizer.checks import plan_value
from optimizer.checks._firsts import first_clubs
from optimizer.checks._moved import before_moves, moved
from optimizer.checks._reasons import Reasons, Verdict
from optimizer.checks._standing import Standing
from optimizer.ledger import plan_pay_fen
from tests.tiny import tiny_plan, tiny_school

Model = TypeVar("Model", bound=BaseModel)
SOURCE = "Circular 12, clause 3"


def revised(model: Model, **changes: Any) -> Model:
    """Copy a model with some fields changed, and validate it anew."""
    fields = {name: getattr(model, name) for name in type(model).model_fields}
    return type(model).model_validate(fields | changes)


def _with_row(school: School, table: str, row_id: str, fields: dict[str, Any]) -> School:
    rows = getattr(school, table)
    assert any(row.id == row_id for row in rows), f"no {row_id} in {table}"
    changed = tuple(revised(row, **fields) if row.id == row_id else row for row in rows)
    return revised(school, **{table: changed})


def with_course(school: School, course: str, **fields: Any) -> School:
    return _with_row(school, "courses", course, fields)


def with_student(school: School, student: str, **fields: Any) -> School:
    return _with_row(school, "students", student, fields)


def with_teacher(school: School, teacher: str, **fields: Any) -> School:
    return _with_row(school, "teachers", teacher, fields)


def with_room(school: School, room: str, **fields: Any) -> School:
    return _with_row(school, "rooms", room, fields)


def with_slot(school: School, slot: str, **fields: Any) -> School:
    return _with_row(school, "slots", slot, fields)


def with_class(school: School, home_class: str, **fields: Any) -> School:
    return _with_row(school, "classes", home_class, fields)


def with_new(school: School, table: str, *rows: BaseModel) -> School:
    """Add rows to a table, e.g. ``with_new(school, "slots", Slot(...))``."""
    return revised(school, **{table: (*getattr(school, table), *rows)})


def with_settings(school: School, **fields: Any) -> School:
    return revised(school, settings=revised(school.settings, **fields))


def aiming(school: School, aim: Aim, **weights: Any) -> School:
    """Give the school an aim, its weights as they were or with these."""
    return with_settings(school, weights=revised(school.settings.weights, aim=aim, **weights))


def with_care(school: School, **fields: Any) -> School:
    return with_settings(school, base_care=revised(school.settings.base_care, **fields))


def with_budget(school: School, **fields: Any) -> School:
    return with_settings(school, budget=Budget(**fields))


def with_clause(school: School, item: PolicyItem, value: int | None = None, **rest: Any) -> School:
    """Add a clause to the policy; its source is ``SOURCE`` unless given."""
    clause = Clause(item=item, value=value, **({"source": SOURCE} | rest))
    return revised(school, policy=Policy(clauses=(*school.policy.clauses, clause)))


def with_locks(school: School, *locks: Lock) -> School:
    return revised(school, locks=(*school.locks, *locks))


def with_wishes(school: School, student: str, *courses: str, teacher: str | None = None) -> School:
    """Replace a student's wishes by these, best first, all with the teacher if one is given."""
    others = tuple(w for w in school.wishes if w.student != student)
    own = (
        Wish(student=student, course=c, rank=rank, teacher=teacher)
        for rank, c in enumerate(courses, 1)
    )
    return revised(school, wishes=(*others, *own))


def edit_section(plan: Plan, section: str, **fields: Any) -> Plan:
    return _with_group(plan, "sections", section, fields)


def edit_care(plan: Plan, group: str, **fields: Any) -> Plan:
    return _with_group(plan, "care_groups", group, fields)


def _with_group(plan: Plan, table: str, group_id: str, fields: dict[str, Any]) -> Plan:
    rows = getattr(plan, table)
    assert any(row.id == group_id for row in rows), f"no {group_id} in {table}"
    changed = tuple(revised(row, **fields) if row.id == group_id else row for row in rows)
    return revised(plan, **{table: changed})


def add_groups(plan: Plan, *groups: Section | CareGroup) -> Plan:
    sections = [g for g in groups if isinstance(g, Section)]
    care = [g for g in groups if isinstance(g, CareGroup)]
    return revised(
        plan,
        sections=(*plan.sections, *sections),
        care_groups=(*plan.care_groups, *care),
    )


def drop_groups(plan: Plan, *ids: str) -> Plan:
    return revised(
        plan,
        sections=tuple(s for s in plan.sections if s.id not in ids),
        care_groups=tuple(g for g in plan.care_groups if g.id not in ids),
    )


def rest_in_care(school: School, plan: Plan) -> Plan:
    """Put whoever stays at a slot without a section into care there, and take all others out.

    Students keep the care group they are in; new ones join the first at the slot.
    """
    for slot in school.slots:
        busy = {
            s for section in plan.sections if slot.id in section.slots for s in section.students
        }
        rest = [
            s.id
            for s in school.students
            if slot.id in s.stay_slots and s.id not in busy and s.id not in school.excluded
        ]
        groups = [g for g in plan.care_groups if g.slot == slot.id]
        placed = {s for g in groups for s in g.students}
        for number, group in enumerate(groups):
            stay = [s for s in group.students if s in rest]
            join = [s for s in rest if s not in placed and number == 0]
            plan = edit_care(plan, group.id, students=(*stay, *join))
    return plan


def seat(school: School, plan: Plan, student: str, section: str) -> Plan:
    """Give a student a seat, and put base care in order."""
    held = next(s.students for s in plan.sections if s.id == section)
    return rest_in_care(school, edit_section(plan, section, students=(*held, student)))


def unseat(school: School, plan: Plan, student: str, section: str) -> Plan:
    """Take a seat away, and put base care in order."""
    held = next(s.students for s in plan.sections if s.id == section)
    left = tuple(s for s in held if s != student)
    return rest_in_care(school, edit_section(plan, section, students=left))


def restated(school: School, plan: Plan) -> Plan:
    """Renew what an edited plan says about itself: digest, value, pay, seed, unmet wishes."""
    now, before = Standing(school, plan), before_moves(school, plan)
    standing = Standing(school, before)
    reasons = Reasons(standing)
    held = {s: sections[0].id for s, sections in moved(school, plan).items()}
    unmet = []
    for wish in school.wishes:
        if now.unmet(wish):
            found = reasons.reason(wish)
            # A seat he could simply take is the checks' business, not this one's.
            verdict = found if isinstance(found, Verdict) else Verdict(UnmetReason.FULL)
            unmet.append(revised(verdict.of(wish), alternative=held.get(wish.student)))
    clubs, points = first_clubs(school, before)
    return revised(
        plan,
        first_clubs=clubs,
        first_points=points,
        school_digest=school.digest,
        unmet=tuple(unmet),
        value=plan_value(school, plan),
        pay_fen=plan_pay_fen(school, plan),
        lottery_seed=school.settings.lottery_seed,
        waived=tuple(sorted({clause.item.value for clause in school.rules.set_aside})),
    )


__all__ = [
    "SOURCE",
    "add_groups",
    "drop_groups",
    "edit_care",
    "edit_section",
    "rest_in_care",
    "restated",
    "revised",
    "seat",
    "tiny_plan",
    "tiny_school",
    "unseat",
    "with_budget",
    "with_care",
    "with_class",
    "with_clause",
    "with_course",
    "with_locks",
    "with_new",
    "with_room",
    "with_settings",
    "with_slot",
    "with_student",
    "with_teacher",
    "with_wishes",
]
