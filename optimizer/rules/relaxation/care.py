"""Base care in the linear program: groups by slot and band, and students in them."""

from collections import defaultdict

from models import School, SlotUse
from optimizer.rules import cross_grade, rooms
from optimizer.rules.context import Band
from optimizer.rules.relaxation.relaxation import Counts, Relaxation


def reserve_of(school: School, share: float) -> int:
    """Give a share of a care group in places."""
    most = max((room.seats for room in school.rooms), default=0)
    return round(share * min(school.settings.base_care.max_size, most))


def largest_groups(r: Relaxation, slot: str) -> dict[Band, int]:
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


def add_groups(r: Relaxation, share: float) -> None:
    """Add groups and their students, for all who stay and a share of a group to spare.

    Where nobody of a grade could be in a section, its students wait for certain: nothing is kept
    in reserve.
    """
    busy = {(slot, g) for g, index in r.at for slot in r.offers[index].slots}
    here = _students(r)
    reserve = {key: reserve_of(r.school, share) if key in busy else 0 for key in here}
    r.wanted = {key: count + reserve[key] for key, count in here.items()}
    _groups(r, {key: count * r.at_once + reserve[key] for key, count in here.items()})
    if r.keeps("attendance"):
        r.inside = {key: r.lp.column(count) for key, count in r.wanted.items()}
    if r.by_number and r.keeps("rooms"):
        _rooms(r)


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
    """Add groups by slot and band; as in the model, one of an exact band has all its grades."""
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
                places = r.share[slot.id, grade, band] = r.lp.column(most[slot.id, grade])
                if exact:
                    r.within(groups, places)
                if not r.keeps("group_size"):
                    r.within(places, groups, len(school.students))


def _rooms(r: Relaxation) -> None:
    """Add where groups are. Rooms that nothing tells apart are counted together."""
    for slot, band in r.groups:
        for room in r.school.rooms:
            if room.id in r.alike and rooms.suits_care(r.school, slot, room, band):
                high = r.alike[room.id] if r.keeps("clash") else len(r.school.students)
                r.care_room[slot, room.id, band] = r.lp.column(high)
