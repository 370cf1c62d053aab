"""Dealing the students of a slot to its care groups: class mates together, near their rooms."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from models import CareGroup, School
from optimizer.rules.context import Band
from optimizer.rules.cross_grade import exact_care_bands


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


@dataclass
class _Group:
    band: Band
    room: str
    capacity: int
    students: list[str] = field(default_factory=list)

    @property
    def free(self) -> int:
        return self.capacity - len(self.students)


def deal(school: School, slot: str, places: Places, students: list[str]) -> Iterator[CareGroup]:
    """Name the care groups of a slot with their students and staff."""
    most = school.settings.base_care.max_size
    groups = [_Group(b, r, min(most, school.room[r].seats)) for b, r in places.rooms]
    for band, members in _by_band(school, places, students).items():
        _fill(school, [g for g in groups if g.band == band], members)
    staff = _staff(school, places, groups)
    for number, (group, people) in enumerate(zip(groups, staff, strict=True), start=1):
        yield CareGroup(
            id=f"{slot}-care-{number}",
            slot=slot,
            room=group.room,
            staff=tuple(people),
            students=tuple(group.students),
        )


def _by_band(school: School, places: Places, students: list[str]) -> dict[Band, list[str]]:
    grades: dict[int, list[str]] = defaultdict(list)
    for student in sorted(students, key=lambda s: (school.student[s].home_class, s)):
        grades[school.grade_of[student]].append(student)
    bands: dict[Band, list[str]] = defaultdict(list)
    for (grade, band), count in sorted(places.shares.items()):
        bands[band] += grades[grade][:count]
        del grades[grade][:count]
    return bands


def _fill(school: School, groups: list[_Group], members: list[str]) -> None:
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


def _one_of_each(school: School, groups: list[_Group], members: list[str]) -> None:
    """Give every group a student first: where its grades matter, one of each grade of its band."""
    if exact_care_bands(school):
        for grade in sorted({school.grade_of[s] for s in members}):
            mates = [s for s in members if school.grade_of[s] == grade]
            _seed(school, groups, mates, members)
    for group in groups:
        if not group.students:
            group.students.append(members.pop())


def _seed(school: School, groups: list[_Group], mates: list[str], members: list[str]) -> None:
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


def _staff(school: School, places: Places, groups: list[_Group]) -> list[list[str]]:
    """Give each group its staff: the rota's to their bands, homeroom teachers near their class."""
    needed = school.settings.base_care.staff_needed
    bound = defaultdict(list)
    for band, person in places.rota:
        bound[band].append(person)
    on_rota = {person for _, person in places.rota}
    others = [p for p in places.supervisors if p not in on_rota]
    chosen: list[list[str]] = []
    for group in groups:
        pool = bound[group.band] if bound[group.band] else others
        mates = {
            school.home_class[school.student[s].home_class].homeroom_teacher for s in group.students
        }
        pool.sort(key=lambda p: p not in mates)
        chosen.append(pool[:needed])
        del pool[:needed]
    return chosen
