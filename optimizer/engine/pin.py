"""Tying a model to a given plan."""

from ortools.sat.python import cp_model

from models import Plan, Section
from optimizer.rules import Model, Offer, total


def pin(model: Model, plan: Plan) -> bool:
    """Fix sections, seats, rooms and staff of the model to a plan's.

    Base care is fixed in its rooms and supervisors; who is in which group stays free, as the model
    knows only how many of each grade are.

    Returns
    -------
    bool
        False if the plan holds something that the model has no variable for, because a rule it was
        built with forbids it outright.
    """
    fixed: dict[int, int] = {}

    def count(var: cp_model.IntVar | None) -> bool:
        if var is not None:
            fixed[var.index] = fixed.get(var.index, 0) + 1
        return var is not None

    taken: set[int] = set()
    known = True
    for section in plan.sections:
        offer = _offer(model, section, taken)
        if offer is None:
            return False
        taken.add(offer.index)
        parts: list[cp_model.IntVar | None] = [model.opened[offer.index]]
        parts += [model.seat.get((s, offer.index)) for s in section.students]
        if model.keeps("rooms"):
            parts.append(model.room.get((offer.index, section.room)))
        if model.keeps("staffing"):
            parts += [model.lead.get((offer.index, t)) for t in section.staff]
        known &= sum(count(part) for part in parts) == len(parts)
    if model.keeps("staffing"):
        for group in plan.care_groups:
            duties = [model.supervise.get((group.slot, t)) for t in group.staff]
            known &= sum(count(duty) for duty in duties) == len(duties)
    _fix(model, fixed)
    return known and _pin_care_rooms(model, plan)


def _offer(model: Model, section: Section, taken: set[int]) -> Offer | None:
    """Find the offer a section is of: its slots, its students' grades, an unused copy."""
    grade_of = model.school.grade_of
    grades = {grade_of[s] for s in section.students if s in grade_of}
    fitting = [
        o
        for o in model.offers
        if o.course == section.course
        and set(o.slots) == set(section.slots)
        and len(o.slots) == len(section.slots)
        and o.grades.issuperset(grades.intersection(model.school.course[o.course].grades))
    ]
    fresh = [o for o in fitting if o.limit > 1 or o.index not in taken]
    return next(iter(fresh or fitting), None)


def _fix(model: Model, fixed: dict[int, int]) -> None:
    groups = (model.opened, model.seat.values(), model.room.values(), model.lead.values())
    for group in (*groups, model.supervise.values()):
        for var in group:
            model.cp.add(var == fixed.get(var.index, 0))


def _pin_care_rooms(model: Model, plan: Plan) -> bool:
    if not model.keeps("rooms"):
        return True
    used: dict[tuple[str, str], int] = {}
    for group in plan.care_groups:
        used[group.slot, group.room] = used.get((group.slot, group.room), 0) + 1
    bands: dict[tuple[str, str], list[cp_model.IntVar]] = {}
    for (slot, room, _), var in model.care_room.items():
        bands.setdefault((slot, room), []).append(var)
    for key, variables in bands.items():
        model.cp.add(total(variables) == used.get(key, 0))
    return used.keys() <= bands.keys()
