"""Base care in the linear program: groups by slot and band, places for whoever is in no section."""

from collections import defaultdict

from models import School, Slot, SlotUse
from optimizer.rules import content, cross_grade, hours, rooms
from optimizer.rules.context import Band
from optimizer.rules.relaxation.care_whole import add_whole_groups
from optimizer.rules.relaxation.relaxation import Counts, Relaxation


def _group_size(school: School) -> int:
    return min(
        school.settings.base_care.max_size, max((room.seats for room in school.rooms), default=0)
    )


def reserve_of(school: School, share: float) -> int:
    """Give a share of a care group in places."""
    return round(share * _group_size(school))


def add_care(r: Relaxation, share: float) -> None:
    """Add groups, and a place in one for whoever is in no section.

    Where nobody of a grade could be in a section, its students wait for certain: nothing is kept
    in reserve.
    """
    busy = {(slot, g) for g, index in r.at for slot in r.offers[index].slots}
    here = _students(r)
    reserve = {key: reserve_of(r.school, share) if key in busy else 0 for key in here}
    wanted = {key: count + reserve[key] for key, count in here.items()}
    _groups(r, {key: count * r.at_once + reserve[key] for key, count in here.items()})
    if r.keeps("attendance"):
        _places(r, wanted)
        add_whole_groups(r, wanted)


def _places(r: Relaxation, wanted: Counts) -> None:
    """Add: places in groups + students in sections >= all who stay; these are at most the seats."""
    lp = r.lp
    rows = r.place_row = {key: lp.row(low=count) for key, count in wanted.items()}
    for key, count in wanted.items():
        r.inside[key] = lp.column(count)
        lp.put(rows[key], r.inside[key])
        r.care_row[key] = lp.row(low=0)
        lp.put(r.care_row[key], r.inside[key], -1)
    for (grade, index), at in r.at.items():
        for slot in r.offers[index].slots:
            if (slot, grade) in r.care_row:
                lp.put(r.care_row[slot, grade], at)
    for (slot, grade, _), places in r.share.items():
        if (slot, grade) in rows:
            lp.put(rows[slot, grade], places)


def _students(r: Relaxation) -> Counts:
    """Count who asks to stay; without attendance, who might be in care, which is everyone."""
    school, found = r.school, defaultdict[tuple[str, int], int](int)
    everywhere = [slot.id for slot in school.slots]
    for student in school.students:
        if student.id not in school.excluded:
            for slot in student.stay_slots if r.keeps("attendance") else everywhere:
                found[slot, school.grade_of[student.id]] += 1
    return dict(found)


def _groups(r: Relaxation, most: Counts) -> None:
    school = r.school
    kept = r.keeps("cross_grade")
    bands = cross_grade.care_bands(school) if kept else cross_grade.free_care_bands(school)
    exact = cross_grade.exact_care_bands(school, kept)
    if not r.keeps("group_size"):
        bands = [*bands, ()]  # Groups that nobody is in.
    for slot in school.slots:
        if slot.use is SlotUse.CLUBS_ONLY and r.keeps("attendance"):
            continue
        for band in bands:
            present = [g for g in band if (slot.id, g) in most]
            fitting = bool(present) and not (exact and len(present) < len(band))
            if band and not fitting:
                continue
            high = sum(most[slot.id, g] for g in present) if band else len(school.teachers)
            groups = r.groups[slot.id, band] = r.lp.column(high)
            for grade in present:
                places = r.lp.column(0 if _barred(r, grade, slot) else most[slot.id, grade])
                r.share[slot.id, grade, band] = places
                if exact:
                    r.within(groups, places)
                if not r.keeps("group_size"):
                    r.within(places, groups, len(school.students))
            _sizes(r, slot.id, band)


def _barred(r: Relaxation, grade: int, slot: Slot) -> bool:
    """Tell whether the policy keeps the grade out of base care at the slot."""
    return (r.keeps("hours") and hours.slot_barred(r.school, grade, slot)) or (
        r.keeps("content") and content.care_barred(r.school, grade, slot)
    )


def _sizes(r: Relaxation, slot: str, band: Band) -> None:
    """Add: places in groups of a band at a slot by their number, or by their rooms."""
    school, lp, groups = r.school, r.lp, r.groups[slot, band]
    places = [r.share[slot, g, band] for g in band if (slot, g, band) in r.share]
    most = school.settings.base_care.max_size
    seats = {
        room.id: min(most, room.seats)
        for room in school.rooms
        if r.keeps("rooms") and rooms.suits_care(school, slot, room, band)
    }
    held = None
    if r.keeps("group_size"):
        held = r.at_most(0, places)
        if r.by_number:
            there = lp.row(low=0)
            lp.put(there, groups, -1)
            for place in places:
                lp.put(there, place)
    if r.keeps("rooms") and r.by_number:
        _by_room(r, slot, band, seats, held)
    elif held is not None:
        lp.put(held, groups, -max(seats.values(), default=0) if r.keeps("rooms") else -most)


def _by_room(r: Relaxation, slot: str, band: Band, seats: dict[str, int], held: int | None) -> None:
    """Add: each group is in a room, and they hold as many as these have seats.

    Rooms that nothing tells apart are counted together.
    """
    lp = r.lp
    housed = lp.row(0, 0)
    lp.put(housed, r.groups[slot, band], -1)
    for room, count in seats.items():
        if room not in r.alike:
            continue
        high = r.alike[room] if r.keeps("clash") else len(r.school.students)
        column = r.care_room[slot, room, band] = lp.column(high)
        lp.put(housed, column)
        if held is not None:
            lp.put(held, column, -count)
