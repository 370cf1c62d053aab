"""Rooms for the sections of a timetable: a small exact model.

room[j, r] = 1 if section j is in room r; sum over r of room[j, r] <= 1; of what is in a room at one
moment, at most one. As many students as possible have a room (a section counts for those who want
it), then as few sections as possible take the home rooms that base care can use, then seats of a
room beyond what a section can fill are spared.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ortools.sat.python import cp_model

from models import School
from optimizer.engine.decomposition.shared import Shared
from optimizer.engine.solver import Crew, Effort
from optimizer.rules import Held, Key, Offer
from optimizer.rules.context import slot_cliques
from optimizer.rules.rooms import suits_course


@dataclass(frozen=True)
class Placed:
    """A section of a timetable: its offer, its staff, and how many want it."""

    offer: Offer
    staff: tuple[str, ...]
    wanted: int


def place(
    school: School,
    sections: list[Placed],
    given: Mapping[Key, Held],
    crew: Crew,
    effort: Effort,
) -> dict[Key, Held] | None:
    """Give the sections that found a room, none of which must open, besides the given ones.

    Where sections of one offer can be told apart, each is a copy of the offer by itself, with its
    own staff and room. None if time ran out.
    """
    cp = cp_model.CpModel()
    taken = {(room, slot) for key, held in given.items() for room in held.rooms for slot in key[1]}
    chosen = _variables(school, sections, taken, cp)
    _one_at_a_time(school, sections, cp, chosen)
    homes = school.home_room_grades
    terms = []
    for (number, room), var in chosen.items():
        seats = min(school.room[room].seats, school.course[sections[number].offer.course].max_size)
        terms.append((100 * min(seats, sections[number].wanted + 1) - (room in homes)) * var)
    cp.maximize(cp_model.LinearExpr.sum(terms))
    found = crew.solve(cp, effort)
    if found.solution is None:
        return None
    rooms: dict[Key, list[str]] = defaultdict(list)
    staff: dict[Key, list[str]] = defaultdict(list)
    placed = Counter[Key]()
    for (number, room), var in chosen.items():
        if found.solution[var.index]:
            offer = sections[number].offer
            course, slots, grades, copy = offer.key
            key = course, slots, grades, copy + placed[offer.key] // offer.limit
            placed[offer.key] += 1
            rooms[key].append(room)
            staff[key] += sections[number].staff
    return dict(given) | {
        key: Held(0, len(rooms[key]), frozenset(rooms[key]), frozenset(staff[key])) for key in rooms
    }


def placed(shared: Shared, timetable: list[Placed]) -> dict[Key, Held] | None:
    """Give a timetable with rooms, courses of locked sections as they are in the best plan."""
    best, pinned = shared.best, shared.pinned
    given = {}
    if best is not None:
        given = {k: h for k, h in best.solution.held.items() if k[0] in pinned}
    sections = [s for s in timetable if s.offer.course not in pinned]
    effort = shared.effort(shared.session.limits.params.rounding.rooms_seconds)
    crew = shared.session.crew
    with crew.timed("timetable_rooms"):
        return place(shared.school, sections, given, crew, effort)


def _variables(
    school: School,
    sections: list[Placed],
    taken: Collection[tuple[str, str]],
    cp: cp_model.CpModel,
) -> dict[tuple[int, str], cp_model.IntVar]:
    chosen = {}
    for number, section in enumerate(sections):
        course = school.course[section.offer.course]
        slots = [school.slot[slot] for slot in section.offer.slots]
        busy = {room for room, slot in taken if any(school.slot[slot].overlaps(s) for s in slots)}
        for room in school.rooms:
            if room.id in busy or room.seats < course.min_size:
                continue
            if suits_course(course, section.offer.slots, room):
                chosen[number, room.id] = cp.new_bool_var(f"room[{number},{room.id}]")
        cp.add_at_most_one(v for (n, _), v in chosen.items() if n == number)
    return chosen


def _one_at_a_time(
    school: School,
    sections: list[Placed],
    cp: cp_model.CpModel,
    chosen: dict[tuple[int, str], cp_model.IntVar],
) -> None:
    for clique in slot_cliques(school):
        here: dict[str, list[cp_model.IntVar]] = defaultdict(list)
        for (number, room), var in chosen.items():
            if not clique.isdisjoint(sections[number].offer.slots):
                here[room].append(var)
        for alternatives in here.values():
            cp.add_at_most_one(alternatives)
