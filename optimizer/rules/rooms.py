"""Rooms suit what happens in them.

Statement. A section's room is among the course's ``rooms`` (where given), has all its
``room_features``, and is available at every slot of the section. A care group's room is a
class's home room or a ``care_room``, and available. Where ``base_care.rooms`` is ``own_grade``,
a home room (that is no ``care_room``) must belong to a class of one of the grades in the group.
"""

from collections import defaultdict

from ortools.sat.python import cp_model

from models import CareRooms, Course, Room, School
from optimizer.rules.context import Band, Model, total
from optimizer.rules.relaxation.relaxation import Relaxation


def suits_course(course: Course, slots: tuple[str, ...], room: Room) -> bool:
    """Tell whether a section of the course can be in the room at these slots."""
    return (
        (not course.rooms or room.id in course.rooms)
        and set(course.room_features).issubset(room.features)
        and all(room.available(slot) for slot in slots)
    )


def suits_care(school: School, slot: str, room: Room, band: Band) -> bool:
    """Tell whether a care group of these grades can be in the room at the slot."""
    if not room.available(slot):
        return False
    if room.care_room:
        return True
    homes = school.home_room_grades.get(room.id, frozenset())
    if band and school.settings.base_care.rooms is CareRooms.OWN_GRADE:
        return not homes.isdisjoint(band)
    return bool(homes)


def add(model: Model) -> None:
    """Add: every section and every care group has a room.

    Summed over rooms r: room[p, r] = opened[p] and care_room[k, r, b] = care_groups[k, b].
    """
    rooms: dict[int, list[cp_model.IntVar]] = defaultdict(list)
    for (index, _), var in model.room.items():
        rooms[index].append(var)
    for offer in model.offers:
        model.cp.add(total(rooms[offer.index]) == model.opened[offer.index])
    care: dict[tuple[str, Band], list[cp_model.IntVar]] = defaultdict(list)
    for (slot, _, band), var in model.care_room.items():
        care[slot, band].append(var)
    for key, groups in model.care_groups.items():
        model.cp.add(total(care[key]) == groups)


def relax(r: Relaxation) -> None:
    """Add: where students are only counted, each group is in a room; none is used twice at once."""
    if r.by_number:
        _housed(r)
    if r.keeps("clash"):
        _moments(r)


def _housed(r: Relaxation) -> None:
    housed = {key: r.lp.row(0, 0) for key in r.groups}
    for key, groups in r.groups.items():
        r.lp.put(housed[key], groups, -1)
    for (slot, _, band), column in r.care_room.items():
        r.lp.put(housed[slot, band], column)


def _moments(r: Relaxation) -> None:
    """Add for each set of rooms that something needs: no more at a moment than there are."""
    school = r.school
    everything = frozenset(room.id for room in school.rooms)
    care = {
        (slot, band): frozenset(
            room.id for room in school.rooms if suits_care(school, slot, room, band)
        )
        for slot, band in r.groups
    }
    for clique in r.cliques:
        opened = [i for i in r.opened if not clique.isdisjoint(r.offers[i].slots)]
        groups = [key for key in r.groups if key[0] in clique]
        sets = {everything, *(r.suits[i] for i in opened), *(care[key] for key in groups)}
        there = frozenset(
            room.id for room in school.rooms if any(room.available(slot) for slot in clique)
        )
        by_room = _care_by_room(r, clique)
        for chosen in sorted(sets, key=sorted):
            needs = [r.opened[i] for i in opened if r.suits[i] <= chosen]
            if r.by_number:
                needs += [column for room in sorted(chosen) for column in by_room.get(room, ())]
            else:
                needs += [r.groups[key] for key in groups if care[key] <= chosen]
            row = r.at_most(len(there & chosen), needs)
            if row is not None:
                r.scarce.append(row)
                r.room_rows.append((clique, chosen, row))
        _one_by_one(r, clique, by_room)


def _care_by_room(r: Relaxation, clique: frozenset[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for (slot, room, _), column in r.care_room.items():
        if slot in clique:
            found[room].append(column)
    return found


def _one_by_one(r: Relaxation, clique: frozenset[str], uses: dict[str, list[int]]) -> None:
    """Add: of what is known to be in a kind of room, no more at a moment than there are."""
    uses = {room: list(columns) for room, columns in uses.items()}
    for (index, room), column in r.pinned_room.items():
        if not clique.isdisjoint(r.offers[index].slots):
            uses.setdefault(room, []).append(column)
    for room, columns in uses.items():
        row = r.at_most(r.alike[room], columns)
        if row is not None:
            r.room_rows.append((clique, frozenset({room}), row))
