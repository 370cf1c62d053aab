"""Rooms of sections and of care groups, everything else as it is.

in[i, r] = 1 if item i, a section or a care group, is in room r; each item is in one; of the items
that meet at one moment at most one is in a room. A section keeps the room of the earlier plan
where it can; it takes no special room that its course does not ask for while an ordinary one will
do; a care group is in the room of most of its children. Among equals a section is in a home room of
its own grade that no class needs then, and in none much larger than it needs.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ortools.sat.python import cp_model

from models import CareGroup, PolicyItem, Room, School, Section, SectionLock
from optimizer.engine.finish.arrange.score import (
    AWAY,
    MANY_ROOMS,
    at_home,
    by_class,
    classes_at_home,
    grades_away,
    misfit,
    moved,
    rooms_before,
    waiting,
)
from optimizer.engine.finish.arrange.work import Work
from optimizer.engine.finish.draft import Found
from optimizer.rules.context import slot_cliques
from optimizer.rules.rooms import suits_care, suits_course

NEEDED = 10
"""What a child costs whose room a section takes."""
LOST = 50
"""What a free seat that is lost costs."""

Item = Section | CareGroup


@dataclass(frozen=True)
class _Choice:
    """A room that an item may be in: what that costs, and whether it is out of order."""

    cost: int
    changed: bool = False
    special: bool = False


def assign_rooms(school: School, found: Found, work: Work, share: float) -> Found | None:
    """Assign all rooms anew; None if nothing was found in time."""
    sections, groups = found
    items: list[Item] = [*sections, *groups]
    needed = waiting(school, groups)
    choices = [
        _of_section(school, item, needed) if isinstance(item, Section) else _of_group(school, item)
        for item in items
    ]
    cp = cp_model.CpModel()
    chosen = {
        (number, room): cp.new_bool_var(f"in[{items[number].id},{room}]")
        for number, rooms in enumerate(choices)
        for room in rooms
    }
    for number, rooms in enumerate(choices):
        cp.add_exactly_one(chosen[number, room] for room in rooms)
        for room in rooms:
            cp.add_hint(chosen[number, room], room == items[number].room)
    _one_at_a_time(school, items, cp, chosen)
    _locks(school, sections, cp, chosen)
    costs = _weights(choices)
    cp.minimize(cp_model.LinearExpr.weighted_sum(list(chosen.values()), [costs[k] for k in chosen]))
    run = work.run(cp, share)
    if run.solution is None:
        return None
    room_of = {number: room for (number, room), v in chosen.items() if run.solution[v.index]}
    placed = [item.model_copy(update={"room": room_of[n]}) for n, item in enumerate(items)]
    return (
        tuple(item for item in placed if isinstance(item, Section)),
        tuple(item for item in placed if isinstance(item, CareGroup)),
    )


def _weights(choices: list[dict[str, _Choice]]) -> dict[tuple[int, str], int]:
    """Give each choice's weight: first changes, then special rooms, then what is left."""
    most = sum(max((c.cost for c in rooms.values()), default=0) for rooms in choices)
    special = most + 1
    changed = special * (1 + len(choices))
    return {
        (number, room): c.cost + special * c.special + changed * c.changed
        for number, rooms in enumerate(choices)
        for room, c in rooms.items()
    }


def _of_section(
    school: School, section: Section, needed: dict[tuple[str, str], int]
) -> dict[str, _Choice]:
    """Give the rooms that a section may be in; never one with too few seats for who is in it."""
    course, before = school.course[section.course], rooms_before(school, section)
    seats = min(course.max_size, school.room[section.room].seats)
    # Whoever is to be moved to a free seat needs it.
    least = seats if school.in_force(PolicyItem.MOVE_UNMET) else len(section.students)
    found = {}
    for room in school.rooms:
        fits = room.seats >= least and suits_course(course, section.slots, room)
        if not fits and room.id != section.room:
            continue
        placed = section.model_copy(update={"room": room.id})
        cost = LOST * max(0, seats - room.seats) + misfit(school, placed)
        cost += NEEDED * sum(
            needed.get((slot, name), 0)
            for name, home in classes_at_home(school)
            if home == room.id
            for slot in section.slots
        )
        found[room.id] = _Choice(
            cost + (room.id != section.room),
            bool(before) and moved(school, placed),
            school.is_out_of_place(placed),
        )
    return found


def _of_group(school: School, group: CareGroup) -> dict[str, _Choice]:
    classes = by_class(school, group.students)
    band = tuple(sorted({school.home_class[name].grade for name in classes}))
    rooms: Iterable[Room] = school.rooms
    if len(school.rooms) > MANY_ROOMS:
        rooms = (r for r in school.rooms if r.care_room or _near(school, r, band))
    found = {}
    for room in (*rooms, school.room[group.room]):
        if room.seats >= len(group.students) and suits_care(school, group.slot, room, band):
            found[room.id] = _Choice(
                sum(
                    mates
                    * (
                        AWAY * (not at_home(school, name, room.id))
                        + grades_away(school, name, room)
                    )
                    for name, mates in classes.items()
                )
                + (room.id != group.room)
            )
    return found


def _near(school: School, room: Room, band: tuple[int, ...]) -> bool:
    return not school.home_room_grades.get(room.id, frozenset()).isdisjoint(band)


def _one_at_a_time(
    school: School,
    items: list[Item],
    cp: cp_model.CpModel,
    chosen: dict[tuple[int, str], cp_model.IntVar],
) -> None:
    meets = [{*i.slots} if isinstance(i, Section) else {i.slot} for i in items]
    for clique in slot_cliques(school):
        here: dict[str, list[cp_model.IntVar]] = defaultdict(list)
        for (number, room), var in chosen.items():
            if not clique.isdisjoint(meets[number]):
                here[room].append(var)
        for alternatives in here.values():
            cp.add_at_most_one(alternatives)


def _locks(
    school: School,
    sections: tuple[Section, ...],
    cp: cp_model.CpModel,
    chosen: dict[tuple[int, str], cp_model.IntVar],
) -> None:
    """Keep locks of rooms: some section with the lock's slots and staff is in its room."""
    for lock in school.locks:
        if isinstance(lock, SectionLock) and lock.room is not None:
            cp.add_bool_or(
                chosen[number, lock.room]
                for number, s in enumerate(sections)
                if s.course == lock.course
                and {*lock.slots} <= {*s.slots}
                and {*lock.staff} <= {*s.staff}
                and (number, lock.room) in chosen
            )
