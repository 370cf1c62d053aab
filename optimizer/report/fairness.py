"""Whether asking for more helps: figures that show a head whether first things come first."""

from collections import defaultdict
from typing import NamedTuple

from models import Plan, School


class Granted(NamedTuple):
    """First choices of the students who ask for so many clubs."""

    clubs: int
    """At most so many they want."""
    granted: int
    students: int


def first_choices(school: School, plan: Plan) -> tuple[Granted, ...]:
    """Count first choices granted by the number of clubs asked for, of students who take part."""
    seated = {(s, section.course) for section in plan.sections for s in section.students}
    granted: dict[int, int] = defaultdict(int)
    students: dict[int, int] = defaultdict(int)
    for wish in school.wishes:
        who = school.student[wish.student]
        comes = (who.stay_slots or who.club_slots) and who.id not in school.excluded
        if wish.rank == 1 and comes and who.max_clubs:
            students[who.max_clubs] += 1
            granted[who.max_clubs] += (who.id, wish.course) in seated
    return tuple(Granted(clubs, granted[clubs], students[clubs]) for clubs in sorted(students))


def envied(school: School, plan: Plan) -> int:
    """Count wishes refused because groups are full, where one who wants it less holds more clubs.

    In a group that meets when the student is there sits another of his grade who ranked the course
    worse than he did and has more clubs than he has.
    """
    clubs: dict[str, int] = defaultdict(int)
    groups = defaultdict(list)
    for section in plan.sections:
        groups[section.course].append(section)
        for student in section.students:
            clubs[student] += 1
    rank = {(w.student, w.course): w.rank for w in school.wishes}
    grade = school.grade_of
    found = 0
    for unmet in plan.unmet:
        if not unmet.reason.is_full:
            continue
        who = school.student[unmet.student]
        there = {*who.stay_slots, *who.club_slots}
        found += any(
            there.issuperset(section.slots)
            and any(
                grade[s] == grade[who.id]
                and rank.get((s, unmet.course), 0) > unmet.rank
                and clubs[s] > clubs[who.id]
                for s in section.students
            )
            for section in groups[unmet.course]
        )
    return found
