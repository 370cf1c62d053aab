"""Groups are neither too small nor too large, and not too many.

Statement. A section holds at least ``min_size`` and at most ``max_size`` students and never more
than its room has seats; a course has at most ``max_sections`` sections. A care group holds at least
one student, at most ``base_care.max_size``, and never more than its room has seats.
"""

from collections import defaultdict

from ortools.sat.python import cp_model

from optimizer.rules._whole_groups import least_groups, rounding_cuts
from optimizer.rules.context import Band, Model, total
from optimizer.rules.cross_grade import exact_care_bands
from optimizer.rules.relaxation.care import largest_groups
from optimizer.rules.relaxation.relaxation import Counts, Relaxation


def add(model: Model) -> None:
    """Add sizes of sections and care groups."""
    _sections(model)
    _care(model)


def _sections(model: Model) -> None:
    """Bound each offer's seats from both sides.

    min_size * opened <= sum of seats <= sum over rooms r of min(max_size, seats of r); within
    these the students can be split over the sections, as no room used has fewer seats than
    min_size.
    """
    rooms: dict[int, list[tuple[str, cp_model.IntVar]]] = defaultdict(list)
    for (index, room), var in model.room.items():
        rooms[index].append((room, var))
    seats = model.seats_by_offer()
    for offer, opened in zip(model.offers, model.opened, strict=True):
        course = model.school.course[offer.course]
        takers = total(var for _, var in seats[offer.index]) + model.seats_held(offer)
        model.cp.add(takers >= course.min_size * opened)
        model.cp.add(takers <= course.max_size * opened)
        if not model.keeps("rooms"):
            continue
        small = [
            (r, v) for r, v in rooms[offer.index] if model.school.room[r].seats < course.max_size
        ]
        for room, var in small:
            if model.school.room[room].seats < course.min_size:
                model.cp.add(var == 0)
        if small:
            missing = total(
                (course.max_size - model.school.room[room].seats) * var for room, var in small
            )
            model.cp.add(takers + missing <= course.max_size * opened)
    for course_id, offers in model.offers_of().items():
        sections = total(model.opened[o.index] for o in offers)
        model.cp.add(sections <= model.school.course[course_id].max_sections)


def _care(model: Model) -> None:
    """Bound each band's students by its groups: groups <= students <= seats of the groups.

    A group that has students of several grades for certain has a seat for each.
    """
    most = model.school.settings.base_care.max_size
    inside: dict[tuple[str, Band], list[cp_model.IntVar]] = defaultdict(list)
    for (slot, _, band), share in model.care_share.items():
        inside[slot, band].append(share)
    capacity: dict[tuple[str, Band], list[cp_model.LinearExprT]] = defaultdict(list)
    for (slot, room, band), var in model.care_room.items():
        capacity[slot, band].append(min(most, model.school.room[room].seats) * var)
    exact = exact_care_bands(model.school, model.keeps("cross_grade"))
    if model.keeps("rooms") and exact:
        for (_, room, band), var in model.care_room.items():
            if min(most, model.school.room[room].seats) < len(band):
                model.cp.add(var == 0)
    for key, groups in model.care_groups.items():
        students = total(inside[key])
        model.cp.add(students >= groups)
        if model.keeps("rooms"):
            model.cp.add(students <= total(capacity[key]))
        else:
            model.cp.add(students <= most * groups)


def relax(r: Relaxation) -> None:
    """Add sizes of sections and care groups, and what follows of care groups being whole.

    A group that is saved takes as many seats in sections as it takes to save all of it, and who can
    be in no section needs whole groups (``_whole_groups`` has the rows).
    """
    _relaxed_sections(r)
    sizes = {slot.id: largest_groups(r, slot.id) for slot in r.school.slots}
    for slot, band in r.groups:
        _relaxed_care(r, slot, band, sizes[slot][band])
    if r.keeps("attendance", "rooms"):
        _whole(r, sizes)


def _relaxed_sections(r: Relaxation) -> None:
    """Add: min * opened[p] <= sum over g of x[g, p] <= max * opened[p]; sections of a course."""
    lp, school = r.lp, r.school
    inside: dict[int, list[int]] = defaultdict(list)
    of_course: dict[str, list[int]] = defaultdict(list)
    for (_, index), at in r.at.items():
        inside[index].append(at)
    for index, opened in r.opened.items():
        course = school.course[r.offers[index].course]
        of_course[course.id].append(opened)
        most = course.max_size
        if r.keeps("rooms"):
            most = min(most, max(school.room[room].seats for room in r.suits[index]))
        low, high = r.size_rows[index] = lp.row(low=0), lp.row(high=0)
        lp.put(low, opened, -course.min_size)
        lp.put(high, opened, -most)
        for at in inside[index]:
            lp.put(low, at)
            lp.put(high, at)
    for course_id, sections in of_course.items():
        r.at_most(school.course[course_id].max_sections, sections)


def _relaxed_care(r: Relaxation, slot: str, band: Band, largest: int) -> None:
    """Add: places in groups of a band at a slot by their number, or by their rooms."""
    school, lp, groups = r.school, r.lp, r.groups[slot, band]
    places = [r.share[slot, g, band] for g in band if (slot, g, band) in r.share]
    most = school.settings.base_care.max_size
    held = r.at_most(0, places)
    assert held is not None  # without the rule alone there are groups that nobody is in
    if r.by_number:
        there = lp.row(low=0)
        lp.put(there, groups, -1)
        for place in places:
            lp.put(there, place)
    if not r.by_number or not r.keeps("rooms"):
        lp.put(held, groups, -(largest if r.keeps("rooms") else most))
        return
    for room in school.rooms:
        column = r.care_room.get((slot, room.id, band))
        if column is not None:
            lp.put(held, column, -min(most, room.seats))


def _whole(r: Relaxation, sizes: dict[str, dict[Band, int]]) -> None:
    waiting = _in_no_section(r)
    for slot in r.school.slots:
        bands = sizes[slot.id]
        _rounding(r, slot.id, bands, {g: n for (k, g), n in r.wanted.items() if k == slot.id})
        here = {g: n for (k, g), n in waiting.items() if k == slot.id}
        for cut in least_groups(here, bands):
            row = r.lp.row(low=cut.least)
            r.group_rows.append((slot.id, cut.grades, row))
            r.count_groups(row, slot.id, cut.bands)


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


def _rounding(r: Relaxation, slot: str, bands: dict[Band, int], staying: dict[int, int]) -> None:
    apart = all(len(band) == 1 for band in bands)
    for cut in rounding_cuts(staying, bands, apart):
        row = r.lp.row(low=cut.least)
        r.saving_rows.append((slot, cut.grades, row))
        for grade in cut.grades:
            r.lp.put(row, r.inside[slot, grade])
        r.count_groups(row, slot, cut.bands, cut.step)
