"""Who is in which care group of a slot, and in which room.

n[c, r] = how many of class c are in room r; in[c, r] = 1 if any are; used[r] = 1 if there is a
group in room r. Every child is in one; there are no more groups than before; a group holds what
its room seats, grades near enough, and what the school's choice of care rooms allows. As few
classes as can be are torn apart, then as many children as can be sit in their own room, the others
near it, and where their class sits at other slots.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from models import CareGroup, CareRooms, Room, School
from optimizer.engine.finish.arrange.score import (
    AWAY,
    MANY_ROOMS,
    at_home,
    by_class,
    class_order,
    grades_away,
)
from optimizer.engine.finish.arrange.work import Work
from optimizer.rules.cross_grade import care_bands
from optimizer.rules.rooms import suits_care
from optimizer.rules.staffing import rota_grades, rota_people

GRADE, ELSEWHERE = 6, 1
"""What each grade that a child is away from his room costs, and a room in which his class does not
sit at another slot."""

Seats = dict[str, dict[str, list[str]]]
"""Children by room and class."""


@dataclass
class _Slot:
    """One slot's question."""

    school: School
    slot: str
    groups: list[CareGroup]
    """As they are; some of the slot's, or all."""
    free: list[Room]
    """Rooms that nothing else uses then."""
    usual: Collection[tuple[str, str]]
    """Classes with rooms in which they sit at other slots."""
    cp: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    number: dict[tuple[str, str], cp_model.IntVar] = field(default_factory=dict)
    present: dict[tuple[str, str], cp_model.IntVar] = field(default_factory=dict)
    used: dict[str, cp_model.IntVar] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.bands = care_bands(self.school)
        children = [s for group in self.groups for s in group.students]
        self.size = by_class(self.school, children)
        self.now = {
            (name, group.room): mates
            for group in self.groups
            for name, mates in by_class(self.school, group.students).items()
        }


def regroup(
    school: School,
    groups: list[CareGroup],
    free: list[Room],
    usual: Collection[tuple[str, str]],
    work: Work,
    share: float,
) -> Seats | None:
    """Group the children of some groups of a slot anew; None if nothing was found in time."""
    about = _Slot(school, groups[0].slot, groups, free, usual)
    _variables(about)
    _sizes(about)
    _grades(about)
    _weigh(about)
    run = work.run(about.cp, share)
    if run.solution is None:
        return None
    counts = {key: run.solution[var.index] for key, var in about.number.items()}
    return _deal(about, {key: count for key, count in counts.items() if count})


def _variables(about: _Slot) -> None:
    cp = about.cp
    for room in about.free:
        capacity = min(room.seats, about.school.settings.base_care.max_size)
        for name, size in about.size.items():
            key = name, room.id
            if key in about.now or _may_sit(about, name, room):
                about.number[key] = cp.new_int_var(0, min(size, capacity), f"n[{key}]")
                about.present[key] = cp.new_bool_var(f"in[{key}]")
                cp.add(about.number[key] <= min(size, capacity) * about.present[key])
                cp.add(about.number[key] >= about.present[key])
                now = about.now.get(key, 0)
                cp.add_hint(about.number[key], now)
                cp.add_hint(about.present[key], now > 0)
    for room_id in dict.fromkeys(room for _, room in about.number):
        about.used[room_id] = cp.new_bool_var(f"used[{room_id}]")
        cp.add_hint(about.used[room_id], any(g.room == room_id for g in about.groups))


def _may_sit(about: _Slot, name: str, room: Room) -> bool:
    """Tell whether a child of the class may be in a group in the room, whoever else is there."""
    school, home = about.school, about.school.home_class[name]
    bands = (band for band in about.bands if home.grade in band)
    if not any(suits_care(school, about.slot, room, band) for band in bands):
        return False
    homes = school.home_room_grades.get(room.id, frozenset())
    near = room.care_room or home.grade in homes or (name, room.id) in about.usual
    return near or len(school.rooms) <= MANY_ROOMS


def _sizes(about: _Slot) -> None:
    """Add: every child has a place, groups are not empty and hold what they may."""
    cp, most = about.cp, about.school.settings.base_care.max_size
    here: dict[str, list[str]] = defaultdict(list)
    for name, room in about.number:
        here[room].append(name)
    for name, size in about.size.items():
        rooms = [room for n, room in about.number if n == name]
        cp.add(_sum(about.number[name, room] for room in rooms) == size)
    for room, used in about.used.items():
        inside = _sum(about.number[name, room] for name in here[room])
        cp.add(inside <= min(most, about.school.room[room].seats) * used)
        cp.add(inside >= used)
        for name in here[room]:
            cp.add_implication(about.present[name, room], used)
    cp.add(_sum(about.used.values()) <= len(about.groups))
    locks = about.school.locks
    pinned = {x.teacher for x in locks if x.kind == "care_staff" and x.slot == about.slot}
    pinned &= {person for group in about.groups for person in group.staff}
    needed = about.school.settings.base_care.staff_needed
    cp.add(needed * _sum(about.used.values()) >= len(pinned))


def _grades(about: _Slot) -> None:
    """Add: grades of a group are near enough, its room suits them, the rota has people for it."""
    school, cp = about.school, about.cp
    there: dict[tuple[str, int], list[cp_model.IntVar]] = defaultdict(list)
    for (name, room), var in about.present.items():
        there[room, school.home_class[name].grade].append(var)
    grade_in = {}
    for (room, grade), classes in there.items():
        grade_in[room, grade] = cp.new_bool_var(f"grade[{room},{grade}]")
        cp.add_max_equality(grade_in[room, grade], classes)
        now = (school.home_class[n].grade for n, r in about.now if r == room)
        cp.add_hint(grade_in[room, grade], grade in now)
    for room, used in about.used.items():
        grades = [g for r, g in grade_in if r == room]
        for low in grades:
            for high in grades:
                if low < high and not _together(school, low, high):
                    cp.add_at_most_one(grade_in[room, low], grade_in[room, high])
        own = school.home_room_grades.get(room, frozenset())
        strict = school.settings.base_care.rooms is CareRooms.OWN_GRADE
        if strict and not school.room[room].care_room:
            cp.add(_sum(grade_in[room, g] for g in grades if g in own) >= used)
    for grade in rota_grades(school, {g for _, g in grade_in}):
        rooms = {room for (name, room) in about.now if school.home_class[name].grade == grade}
        cp.add(_sum(v for (_, g), v in grade_in.items() if g == grade) <= len(rooms))


def _together(school: School, low: int, high: int) -> bool:
    care = school.settings.base_care
    stages = {school.stage_of(low).id, school.stage_of(high).id}
    near = high - low < care.grade_span and (care.mix_stages or len(stages) == 1)
    people = rota_people(school, (low, high)) if near else None
    return near and (people is None or bool(people))


def _weigh(about: _Slot) -> None:
    school = about.school
    whole = 1 + sum(about.size.values()) * (AWAY + GRADE * len(school.grades))
    whole += ELSEWHERE * len(about.present)
    terms = []
    for (name, room), present in about.present.items():
        away = AWAY * (not at_home(school, name, room))
        away += GRADE * grades_away(school, name, school.room[room])
        terms.append(away * about.number[name, room])
        strange = ELSEWHERE * ((name, room) not in about.usual)
        terms.append((whole + strange) * present)
    about.cp.minimize(_sum(terms))


def _deal(about: _Slot, counts: Mapping[tuple[str, str], int]) -> Seats:
    """Name the children: whoever sits in a room now stays there if one of his class does."""
    seats: Seats = {}
    left: dict[str, list[str]] = defaultdict(list)
    sits = {s: group.room for group in about.groups for s in group.students}
    for student in sits:
        left[about.school.student[student].home_class].append(student)
    order = sorted(counts, key=lambda key: (class_order(about.school, key[0]), key[1]))
    for name, room in order:
        stay = [s for s in left[name] if sits[s] == room][: counts[name, room]]
        seats.setdefault(room, {})[name] = stay
        left[name] = [s for s in left[name] if s not in stay]
    for name, room in order:
        missing = counts[name, room] - len(seats[room][name])
        seats[room][name] += left[name][:missing]
        del left[name][:missing]
    return seats


def _sum(terms: Iterable[cp_model.LinearExprT]) -> cp_model.LinearExpr:
    return cp_model.LinearExpr.sum(list(terms))
