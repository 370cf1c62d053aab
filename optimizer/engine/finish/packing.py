"""Packing whole home classes into the care groups of a slot, each in its own room if it can be.

The model only says how many groups there are, where and of which grades. Which class is with
which is settled here: largest classes first, each whole into the group with most of its grade that
has room, and every group into the home room of most of its students if that is free then.
"""

from collections import Counter
from dataclasses import dataclass, field

from models import School
from optimizer.rules.rooms import suits_care


@dataclass
class Group:
    """A care group to be: its room and who is in it."""

    room: str = ""
    students: list[str] = field(default_factory=list)


def pack(
    school: School, slot: str, students: list[str], most_groups: int, free_rooms: list[str]
) -> list[Group] | None:
    """Pack whole classes into at most so many groups, each with a room of its own.

    Returns
    -------
    list of Group or None
        None where whole classes do not fit, a class is larger than a group may be, or rooms for
        the groups are not found.
    """
    classes: dict[str, list[str]] = {}
    for student in students:
        classes.setdefault(school.student[student].home_class, []).append(student)
    groups: list[Group] = []
    for mates in sorted(classes.values(), key=lambda c: (-len(c), c[0])):
        fitting = [g for g in groups if _fits(school, g, mates)]
        if fitting:
            max(
                fitting, key=lambda g: (_alike(school, g, mates), len(g.students))
            ).students += mates
        elif len(groups) < most_groups and len(mates) <= school.settings.base_care.max_size:
            groups.append(Group(students=list(mates)))
        else:
            return None
    return groups if _find_rooms(school, slot, groups, free_rooms) else None


def _fits(school: School, group: Group, mates: list[str]) -> bool:
    care = school.settings.base_care
    grades = {school.grade_of[s] for s in (*group.students, *mates)}
    one_stage = len({school.stage_of(g).id for g in grades}) == 1
    return (
        len(group.students) + len(mates) <= care.max_size
        and max(grades) - min(grades) < care.grade_span
        and (care.mix_stages or one_stage)
    )


def _alike(school: School, group: Group, mates: list[str]) -> int:
    """Count the group's students of the class's own grade."""
    grade = school.grade_of[mates[0]]
    return sum(school.grade_of[s] == grade for s in group.students)


def _find_rooms(school: School, slot: str, groups: list[Group], free: list[str]) -> bool:
    """Give every group a room, the largest first: its students' home room, or any that suits."""
    left = list(free)
    homes = [Counter(_home_room(school, s) for s in group.students) for group in groups]
    wanted = sum(homes, Counter[str | None]())  # others leave a room to those who are at home in it
    for group, home in sorted(zip(groups, homes, strict=True), key=lambda g: -len(g[0].students)):
        grades = tuple(sorted({school.grade_of[s] for s in group.students}))
        suiting = [
            r
            for r in left
            if school.room[r].seats >= len(group.students)
            and suits_care(school, slot, school.room[r], grades)
        ]
        if not suiting:
            return False
        group.room = min(suiting, key=lambda r: (-home[r], wanted[r], r))
        left.remove(group.room)
    return True


def _home_room(school: School, student: str) -> str | None:
    return school.home_class[school.student[student].home_class].home_room
