"""Dealing the students of a slot to its care groups: class mates together, near their rooms."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

from models import CareGroup, School
from optimizer.engine.finish.packing import Group, pack
from optimizer.ledger.tariffs import term_pay_fen
from optimizer.rules.context import Band
from optimizer.rules.cross_grade import exact_care_bands
from optimizer.rules.staffing import MOST_COUNTED, homeroom_teachers, rota_grades


@dataclass
class Places:
    """What was decided for base care at one slot."""

    rooms: list[tuple[Band, str]]
    """Each group's band and room."""
    shares: dict[tuple[int, Band], int]
    """How many students of a grade go to groups of a band."""
    supervisors: list[str]
    rota: list[tuple[Band, str]] = field(default_factory=list)
    """Supervisors who must be with a group of the band."""
    free_rooms: list[str] = field(default_factory=list)
    """Rooms that nothing else uses then, those above included."""


@dataclass
class _Shared(Group):
    """A group of the model's: of a band, in a given room."""

    band: Band = ()
    capacity: int = 0

    @property
    def free(self) -> int:
        return self.capacity - len(self.students)


def deal(school: School, slot: str, places: Places, students: list[str]) -> Iterator[CareGroup]:
    """Name the care groups of a slot with their students and staff.

    Whole classes where they can be packed so, else as the model shared them out. On the homeroom
    rota the model's bands say which staff suits a group, so there they are kept. Packed groups may
    be fewer than the model's; then fewer people are needed, though whoever is pinned stays.
    """
    needed = school.settings.base_care.staff_needed
    packed = None
    if not places.rota:
        packed = pack(school, slot, students, len(places.rooms), places.free_rooms)
    pinned = _pinned(school, slot)
    groups: list[Group]
    if packed is None or len(packed) * needed < len(pinned):
        shared = _as_shared(school, places, students)
        groups, staff = list(shared), _staff_by_band(school, places, shared)
    else:
        people = _fewest(school, slot, places.supervisors, pinned, len(packed) * needed)
        groups, staff = packed, [_near(school, people, group, needed) for group in packed]
    for number, (group, chosen) in enumerate(zip(groups, staff, strict=True), start=1):
        yield CareGroup(
            id=f"{slot}-care-{number}",
            slot=slot,
            room=group.room,
            staff=tuple(chosen),
            students=tuple(group.students),
        )


def _pinned(school: School, slot: str) -> set[str]:
    return {x.teacher for x in school.locks if x.kind == "care_staff" and x.slot == slot}


def _fewest(
    school: School, slot: str, people: list[str], pinned: set[str], count: int
) -> list[str]:
    """Choose so many of the people: whoever is pinned, then the least paid."""

    def order(person: str) -> tuple[bool, int]:
        return person not in pinned, term_pay_fen(school, (slot,), school.teacher[person])

    return sorted(people, key=order)[:count]


def _near(school: School, people: list[str], group: Group, needed: int) -> list[str]:
    """Take staff for a group out of the people there, its homeroom teachers first."""
    _mates_first(school, people, group)
    chosen = people[:needed]
    del people[:needed]
    return chosen


def _mates_first(school: School, people: list[str], group: Group) -> None:
    classes = {school.student[s].home_class for s in group.students}
    mates = {school.home_class[c].homeroom_teacher for c in classes}
    people.sort(key=lambda p: p not in mates)


def _as_shared(school: School, places: Places, students: list[str]) -> list[_Shared]:
    """Share the students out as the model did: so many of each grade to groups of each band."""
    most = school.settings.base_care.max_size
    groups = [
        _Shared(room=r, band=b, capacity=min(most, school.room[r].seats)) for b, r in places.rooms
    ]
    for band, members in _by_band(school, places, students).items():
        _fill(school, [g for g in groups if g.band == band], members)
    return groups


def _by_band(school: School, places: Places, students: list[str]) -> dict[Band, list[str]]:
    grades: dict[int, list[str]] = defaultdict(list)
    for student in sorted(students, key=lambda s: (school.student[s].home_class, s)):
        grades[school.grade_of[student]].append(student)
    bands: dict[Band, list[str]] = defaultdict(list)
    for (grade, band), count in sorted(places.shares.items()):
        bands[band] += grades[grade][:count]
        del grades[grade][:count]
    return bands


def _fill(school: School, groups: list[_Shared], members: list[str]) -> None:
    """Put whole classes where they fit, in their own home room if it is among the rooms."""
    _one_of_each(school, groups, members)
    classes: dict[str, list[str]] = defaultdict(list)
    for student in members:
        classes[school.student[student].home_class].append(student)
    for name, mates in sorted(classes.items(), key=lambda item: (-len(item[1]), item[0])):
        own = school.home_class[name].home_room
        while mates:
            fitting = [g for g in groups if g.free >= len(mates)]
            if fitting:
                group = min(fitting, key=lambda g: (g.room != own, g.free, g.room))
            else:
                group = max(groups, key=lambda g: (g.free, g.room))
            take = min(group.free, len(mates))
            group.students += mates[:take]
            del mates[:take]


def _one_of_each(school: School, groups: list[_Shared], members: list[str]) -> None:
    """Give every group a student first: where its grades matter, one of each grade of its band."""
    if exact_care_bands(school):
        for grade in sorted({school.grade_of[s] for s in members}):
            mates = [s for s in members if school.grade_of[s] == grade]
            _seed(school, groups, mates, members)
    for group in groups:
        if not group.students:
            group.students.append(members.pop())


def _seed(school: School, groups: list[_Shared], mates: list[str], members: list[str]) -> None:
    for group in groups:
        homes = [
            s
            for s in mates
            if school.home_class[school.student[s].home_class].home_room == group.room
        ]
        chosen = (homes or mates)[0]
        group.students.append(chosen)
        mates.remove(chosen)
        members.remove(chosen)


def _staff_by_band(school: School, places: Places, groups: list[_Shared]) -> list[list[str]]:
    """Give each group its staff: the rota's to their bands, the others anywhere else.

    On the rota each group gets one at least of each grade that it binds.
    """
    bound = defaultdict(list)
    for band, person in places.rota:
        bound[band].append(person)
    on_rota = {person for _, person in places.rota}
    others = [p for p in places.supervisors if p not in on_rota]
    needed = school.settings.base_care.staff_needed
    found = []
    left = Counter(g.band for g in groups)
    for group in groups:
        left[group.band] -= 1
        people = bound[group.band]
        chosen = _team(school, people, group, needed, left[group.band]) if people else None
        for person in chosen or ():
            people.remove(person)
        found.append(chosen or _near(school, others, group, needed))
    return found


def _team(
    school: School, people: list[str], group: _Shared, needed: int, others: int
) -> list[str] | None:
    """Choose staff on the rota for a group, so that as many other groups can have theirs too."""
    own = [homeroom_teachers(school, (g,)) for g in rota_grades(school, group.band)]
    _mates_first(school, people, group)
    for team in combinations(people, needed):
        rest = [p for p in people if p not in team]
        if all(not teachers.isdisjoint(team) for teachers in own) and _enough(
            rest, own, needed, others
        ):
            return list(team)
    return None


def _enough(people: list[str], own: list[set[str]], needed: int, groups: int) -> bool:
    """Tell whether people can be put together for so many groups, with one of each in each."""
    if not groups:
        return True
    if any(len(teachers.intersection(people)) < groups for teachers in own):
        return False
    if len(own) <= MOST_COUNTED or needed == 1:
        return True
    return any(
        all(not teachers.isdisjoint(team) for teachers in own)
        and _enough([p for p in people if p not in team], own, needed, groups - 1)
        for team in combinations(people, needed)
    )
