"""Groups are neither too small nor too large, and not too many.

Statement. A section holds at least ``min_size`` and at most ``max_size`` students and never more
than its room has seats; a course has at most ``max_sections`` sections. A care group holds at least
one student, at most ``base_care.max_size``, and never more than its room has seats.
"""

from collections import defaultdict

from ortools.sat.python import cp_model

from optimizer.rules.context import Band, Model, total
from optimizer.rules.cross_grade import exact_care_bands


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
