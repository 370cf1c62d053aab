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
