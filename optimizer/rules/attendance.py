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
from optimizer.rules.context import Band, Model, Offer, total
from optimizer.rules.relaxation.care import largest_groups
from optimizer.rules.relaxation.relaxation import Relaxation

FEW_GROUPS = 2
"""Up to so many groups for a grade at a slot one that has none is thought of: with more, that none
is needed is so far from any plan that the program gains nothing by it."""


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


def relax(r: Relaxation) -> None:
    """Add places for all who stay, and that nobody is left alone.

    One student in no section is enough to need a whole group. Where a group holds more than a few
    grades' classes that is far stronger than the places of a group divided among them.
    """
    _places(r)
    if r.keeps("group_size", "rooms") and not r.by_number:
        _left_alone(r)
    if r.timed_seats:
        _or_in_a_group(r)


def _places(r: Relaxation) -> None:
    """Add: places in groups + students in sections >= all who stay; these are at most the seats."""
    lp = r.lp
    r.place_row = {key: lp.row(low=count) for key, count in r.wanted.items()}
    r.care_row = {key: lp.row(low=0) for key in r.wanted}
    for key, inside in r.inside.items():
        lp.put(r.place_row[key], inside)
        lp.put(r.care_row[key], inside, -1)
    for (grade, index), at in r.at.items():
        for slot in r.offers[index].slots:
            if (slot, grade) in r.care_row:
                lp.put(r.care_row[slot, grade], at)
    for (slot, grade, _), places in r.share.items():
        if (slot, grade) in r.place_row:
            lp.put(r.place_row[slot, grade], places)


def _left_alone(r: Relaxation) -> None:
    """Add the rows of single students: what it takes that a grade needs no group at a slot.

    need[k, g] = 1 if there is a group with grade g at slot k. One student of the grade who stays
    and is in no section then is enough: need[k, g] + sum of his shares of the courses that he could
    be in at k >= 1. And he cannot be everywhere: over the slots k at which he stays, sum of (1 -
    need[k, g]) <= sum over courses of his share * the most of these slots that one section of it
    takes.
    """
    school, lp = r.school, r.lp
    sizes: dict[str, dict[Band, int]] = {s.id: largest_groups(r, s.id) for s in school.slots}
    need: dict[tuple[str, int], int] = {}
    for (slot, grade), count in r.wanted.items():
        meeting = tuple(band for band in sizes[slot] if grade in band)
        places = max((sizes[slot][band] for band in meeting), default=0)
        if places and count <= FEW_GROUPS * places:
            need[slot, grade] = lp.column(1)
            row = r.need_rows[slot, grade] = lp.row(low=0)
            lp.put(row, need[slot, grade], -1)
            r.count_groups(row, slot, meeting)
    for student in school.students:
        grade = school.grade_of[student.id]
        if student.id not in school.excluded:
            slots = [slot for slot in student.stay_slots if (slot, grade) in need]
            _of_student(r, student, {slot: need[slot, grade] for slot in slots})


def _of_student(r: Relaxation, student: Student, need: dict[str, int]) -> None:
    lp, bit = r.lp, r.attending.bit
    everywhere = sum(bit[slot] for slot in need)
    there: dict[str, list[int]] = {slot: [] for slot in need}
    together = lp.row(low=len(need)) if len(need) > 1 else None
    if together is not None:
        for slot in need:
            r.wait_rows[slot, student.id].append(together)
    for wish in r.school.wishes_of[student.id]:
        seat = r.seat.get((student.id, wish.course))
        if seat is None:
            continue
        offers = r.attending.offers_for(student, wish.course)
        masks = [r.attending.masks[o.index] for o in offers if o.index in r.opened]
        for slot, seats in there.items():
            if any(mask & bit[slot] for mask in masks):
                seats.append(seat)
        if together is not None:
            lp.put(together, seat, max((mask & everywhere).bit_count() for mask in masks))
    for slot, seats in there.items():
        row = lp.row(low=1)
        r.wait_rows[slot, student.id].append(row)
        lp.put(row, need[slot])
        for seat in seats:
            lp.put(row, seat)
        if together is not None:
            lp.put(together, need[slot])


def _or_in_a_group(r: Relaxation) -> None:
    """Add: who stays at slot k is in a section, or a group with his grade is there.

    Sum over the offers p at k of x[s, p] + sum over bands b with g of groups[k, b] >= 1.
    """
    lp = r.lp
    groups: dict[tuple[str, int], list[Band]] = defaultdict(list)
    for slot, grade, band in r.share:
        groups[slot, grade].append(band)
    there: dict[tuple[str, str], list[int]] = defaultdict(list)
    for (name, index), seat in r.timed.items():
        for slot in r.offers[index].slots:
            there[slot, name].append(seat)
    for student in r.school.students:
        if student.id not in r.school.excluded:
            for slot in student.stay_slots:
                row = r.alone_rows[slot, student.id] = lp.row(low=1)
                for seat in there[slot, student.id]:
                    lp.put(row, seat)
                r.count_groups(row, slot, groups[slot, r.school.grade_of[student.id]])
