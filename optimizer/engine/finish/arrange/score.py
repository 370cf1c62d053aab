"""How well rooms and base care are arranged, as numbers to compare: the fewer, the better."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator

from models import CareGroup, CareRooms, Room, School, Section
from optimizer.engine.finish.draft import Found
from optimizer.rules.staffing import rota_grades

EXTRA, OTHER_GRADE, UNASSIGNED = 30, 20, 40
"""What a feature that nobody asked for costs a section, a home room of another grade, and an
ordinary room that is nobody's: it may be the sports field, if nothing is said of it."""
AWAY = 100
"""What a child in care out of his room costs."""
MANY_ROOMS = 40
"""In a school with more rooms a class in care looks for another only among the nearest."""
MOST_WASTE, WASTE = 200, 10
"""Seats beyond what can be needed that count, and how many of them cost 1."""


Classes = Callable[[CareGroup], dict[str, int]]
"""Counts a group's children by class."""


def faults(school: School, found: Found, classes: Classes | None = None) -> tuple[int, ...]:
    """Count what a head would object to, in the order of weight.

    Rooms changed against the earlier plan; special rooms that nobody asked for; classes torn apart;
    children out of their own room, and how many grades away from it; turns on the homeroom rota
    that are not even; different supervisors a class, added up; children without their homeroom
    teacher; sections in rooms that suit them less.
    """
    sections, groups = found
    torn: dict[tuple[str, str], int] = defaultdict(int)
    people: dict[str, set[str]] = defaultdict(set)
    turns: Counter[str] = Counter()
    away = far = strangers = 0
    for group in groups:
        counts = by_class(school, group.students) if classes is None else classes(group)
        if rota_grades(school, {school.home_class[name].grade for name in counts}):
            turns.update(group.staff)
        for name, mates in counts.items():
            torn[name, group.slot] += 1
            people[name].update(group.staff)
            away += mates * (not at_home(school, name, group.room))
            far += mates * grades_away(school, name, school.room[group.room])
            strangers += mates * (school.home_class[name].homeroom_teacher not in group.staff)
    return (
        sum(moved(school, section) for section in sections),
        sum(school.is_out_of_place(section) for section in sections),
        sum(torn.values()) - len(torn),
        away,
        far,
        sum(count**2 for count in turns.values()),
        sum(len(staff) for staff in people.values()),
        strangers,
        sum(misfit(school, section) for section in sections),
    )


def by_class(school: School, students: Iterable[str]) -> dict[str, int]:
    """Count students by class, in the order of the classes' grades and ids."""
    counts: dict[str, int] = defaultdict(int)
    for student in students:
        counts[school.student[student].home_class] += 1
    return {name: counts[name] for name in sorted(counts, key=lambda c: class_order(school, c))}


def class_order(school: School, name: str) -> tuple[int, str]:
    """Give what classes are sorted by."""
    return school.home_class[name].grade, name


def at_home(school: School, name: str, room: str) -> bool:
    """Tell whether the room is the class's own."""
    return school.home_class[name].home_room == room


def grades_away(school: School, name: str, room: Room) -> int:
    """Count how many grades a room is from the class's; 0 where the school does not mind.

    A room set aside for care that is nobody's own is as near as the next grade's.
    """
    if school.settings.base_care.rooms is CareRooms.ANY_HOME:
        return 0
    grade, homes = school.home_class[name].grade, school.home_room_grades.get(room.id)
    return 1 if homes is None else min(abs(grade - home) for home in homes)


def rooms_before(school: School, section: Section) -> set[str]:
    """Give the rooms in which the earlier plan held the course at these slots, if it did."""
    return {
        p.room
        for p in school.previous
        if p.course == section.course and {*p.slots} == {*section.slots}
    }


def moved(school: School, section: Section) -> bool:
    """Tell whether a section is not in the room that the earlier plan had it in."""
    before = rooms_before(school, section)
    return bool(before) and section.room not in before


def misfit(school: School, section: Section) -> int:
    """Give what a room costs a section by its kind and size alone."""
    course, room = school.course[section.course], school.room[section.room]
    waste = min(MOST_WASTE, max(0, room.seats - course.max_size)) // WASTE
    if room.id not in school.ordinary_rooms:
        return waste + EXTRA * len({*room.features} - {*course.room_features})
    homes = school.home_room_grades.get(room.id)
    if homes is None:
        return waste + UNASSIGNED
    grades = Counter(school.grade_of[s] for s in section.students)
    grade = max(grades, key=lambda g: (grades[g], -g))
    away = min(abs(grade - home) for home in homes)
    return waste + (OTHER_GRADE + away if away else 0)


def waiting(school: School, groups: Iterable[CareGroup]) -> dict[tuple[str, str], int]:
    """Count the children in base care by slot and class."""
    found: dict[tuple[str, str], int] = defaultdict(int)
    for group in groups:
        for name, mates in by_class(school, group.students).items():
            found[group.slot, name] += mates
    return found


def classes_at_home(school: School) -> Iterator[tuple[str, str]]:
    """Give each class that has a room of its own, with the room."""
    for home in school.classes:
        if home.home_room is not None:
            yield home.id, home.home_room
