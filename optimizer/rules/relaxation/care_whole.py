"""Whole groups of base care in the linear program, in which groups may be fractions.

Three kinds of rows that every plan keeps, beside places for everyone (``care``):

- rounding: a group that is saved takes as many seats in sections as it takes to save all of it, and
  who can be in no section needs whole groups (``_whole_groups`` has the rows).
- nobody left: need[k, g] = 1 if there is a group with grade g at slot k. One student of the grade
  who stays and is in no section then is enough: need[k, g] + sum of his shares of the courses that
  he could be in at k >= 1.
- a student cannot be everywhere: over the slots k at which he stays, sum of (1 - need[k, g]) <=
  sum over courses of his share * the most of these slots that one section of it takes.
"""

from collections import defaultdict

from models import Student
from optimizer.rules import rooms
from optimizer.rules._whole_groups import least_groups, rounding_cuts
from optimizer.rules.context import Band
from optimizer.rules.relaxation.relaxation import Counts, Relaxation

FEW_GROUPS = 2
"""Up to so many groups for a grade at a slot one that has none is thought of: with more, that none
is needed is so far from any plan that the program gains nothing by it."""


def add_whole_groups(r: Relaxation, wanted: Counts) -> None:
    """Add the rows, for so many places by slot and grade, a reserve included."""
    if not r.keeps("attendance", "group_size", "rooms"):
        return
    waiting = _in_no_section(r)
    sizes = {slot.id: _places(r, slot.id) for slot in r.school.slots}
    for slot in r.school.slots:
        bands = sizes[slot.id]
        _rounding(r, slot.id, bands, {g: n for (k, g), n in wanted.items() if k == slot.id})
        here = {g: n for (k, g), n in waiting.items() if k == slot.id}
        for cut in least_groups(here, bands):
            row = r.lp.row(low=cut.least)
            r.group_rows.append((slot.id, cut.grades, row))
            _count(r, row, slot.id, cut.bands)
    if not r.by_number:
        _left_alone(r, wanted, sizes)


def _in_no_section(r: Relaxation) -> Counts:
    """Count who stays at a slot and can be in no section then."""
    school, found = r.school, defaultdict[tuple[str, int], int](int)
    for student in school.students:
        if student.id not in school.excluded:
            reached = r.attending.reach(student, r.opened)
            for slot in student.stay_slots:
                if not reached & r.attending.bit[slot]:
                    found[slot, school.grade_of[student.id]] += 1
    return dict(found)


def _places(r: Relaxation, slot: str) -> dict[Band, int]:
    """Give the places of the largest group of each band at a slot."""
    most = r.school.settings.base_care.max_size
    return {
        band: max(
            (
                min(most, room.seats)
                for room in r.school.rooms
                if rooms.suits_care(r.school, slot, room, band)
            ),
            default=0,
        )
        for other, band in r.groups
        if other == slot
    }


def _rounding(r: Relaxation, slot: str, bands: dict[Band, int], staying: dict[int, int]) -> None:
    apart = all(len(band) == 1 for band in bands)
    for cut in rounding_cuts(staying, bands, apart):
        row = r.lp.row(low=cut.least)
        r.saving_rows.append((slot, cut.grades, row))
        for grade in cut.grades:
            r.lp.put(row, r.inside[slot, grade])
        _count(r, row, slot, cut.bands, cut.step)


def _count(
    r: Relaxation, row: int, slot: str, bands: tuple[Band, ...], coefficient: int = 1
) -> None:
    for band in bands:
        r.lp.put(row, r.groups[slot, band], coefficient)


def _left_alone(r: Relaxation, wanted: Counts, sizes: dict[str, dict[Band, int]]) -> None:
    """Add the rows of single students: what it takes that a grade needs no group at a slot."""
    school, lp = r.school, r.lp
    need: dict[tuple[str, int], int] = {}
    for (slot, grade), count in wanted.items():
        meeting = tuple(band for band in sizes[slot] if grade in band)
        places = max((sizes[slot][band] for band in meeting), default=0)
        if places and count <= FEW_GROUPS * places:
            need[slot, grade] = lp.column(1)
            row = r.need_rows[slot, grade] = lp.row(low=0)
            lp.put(row, need[slot, grade], -1)
            _count(r, row, slot, meeting)
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
