"""Everyone who asked to stay at a slot is somewhere at that slot.

Statement. For every student the policy does not exclude and every slot he asked to stay at
(``stay_slots``): exactly one of "in a section that meets at this slot" and "in a care group at
this slot" holds. Nobody has a seat at a slot that is in neither his ``stay_slots`` nor his
``club_slots``; nobody is in base care at a slot outside his ``stay_slots``. There is no care
group at a slot for clubs only.
"""

from collections import defaultdict

from ortools.sat.python import cp_model

from models import School, SlotUse, Student
from optimizer.rules.context import Model, Offer, total


def forbids_seat(_: School, student: Student, offer: Offer) -> bool:
    """Forbid seats at slots the student did not offer."""
    offered = {*student.stay_slots, *student.club_slots}
    return not offered.issuperset(offer.slots)


def add(model: Model) -> None:
    """Add: of a grade's students at a slot, whoever sits in no section is in a care group.

    For slot k and grade g, over the bands b with g:
    sum_b care_share[k, g, b] = stays[k, g] - sum of seats at k of g's students who stay at k.
    """
    occupied = model.in_clubs_at()
    here: dict[tuple[str, int], list[Student]] = defaultdict(list)
    for student, slot in model.stays():
        here[slot, model.school.grade_of[student.id]].append(student)
        seats = occupied[student.id, slot]
        if model.keeps("clash"):
            model.cp.add_at_most_one(seats)
        elif len(seats) > 1:
            busy = model.cp.new_bool_var(f"busy[{student.id},{slot}]")
            model.cp.add_max_equality(busy, seats)
            occupied[student.id, slot] = [busy]
    shares: dict[tuple[str, int], list[cp_model.IntVar]] = defaultdict(list)
    for (slot, grade, _), share in model.care_share.items():
        shares[slot, grade].append(share)
    for key in model.waiting:
        here.setdefault(key, [])
    for (slot, grade), students in here.items():
        in_clubs = [var for s in students for var in occupied[s.id, slot]]
        waiting = len(students) + _others_waiting(model, slot, grade) - total(in_clubs)
        if model.keeps("clash"):
            places = model.cp.add(total(shares[slot, grade]) == waiting)
            model.care_row[slot, grade] = places.index
        else:  # In several groups at once, it may be, but in none instead of a club.
            model.cp.add(total(shares[slot, grade]) >= waiting)
            model.cp.add(total(shares[slot, grade]) <= model.at_once * waiting)
    if model.keeps("group_size"):
        _somebody_needs_a_group(model, occupied)
    for key in shares.keys() - here.keys():
        model.cp.add(total(shares[key]) == 0)
    for (slot, _), groups in model.care_groups.items():
        if model.school.slot[slot].use is SlotUse.CLUBS_ONLY:
            model.cp.add(groups == 0)


def _others_waiting(model: Model, slot: str, grade: int) -> cp_model.LinearExpr | int:
    """Give those in base care whom the model does not decide, less any who may miss a place.

    Those of sections that may close are in base care unless these stand.
    """
    held = model.waiting.get((slot, grade), 0)
    if model.subproblem is None:
        return held
    inside = [
        there[slot, grade] * model.stands[key]
        for key, there in model.subproblem.may_close.items()
        if there.get((slot, grade))
    ]
    if inside:
        return held - total(inside)
    if not model.subproblem.may_miss:
        return held
    missing = model.cp.new_int_var(0, held, f"missing[{slot},{grade}]")
    model.missing[slot, grade] = missing
    return held - missing


def _somebody_needs_a_group(
    model: Model, occupied: dict[tuple[str, str], list[cp_model.IntVar]]
) -> None:
    """Add: whoever is in no section needs a group of a band with his grade to be there at all.

    Implied by whole numbers of groups that hold their size; the linear relaxation, in which a
    child needs a fraction of a group, is much tighter with it where groups could be saved.
    """
    groups: dict[tuple[str, int], list[cp_model.IntVar]] = defaultdict(list)
    for slot, grade, band in model.care_share:
        groups[slot, grade].append(model.care_groups[slot, band])
    for student, slot in model.stays():
        there = groups[slot, model.school.grade_of[student.id]]
        model.cp.add(total([*occupied[student.id, slot], *there]) >= 1)
