"""What else the unmet could join: free places, each offered to one student only.

Offers go to those who hold fewer clubs than they wanted: who holds fewest first, then
who has priority, then by the draw.
Each gets the best fit that is left: the course of a refused wish (led by another teacher than he
named), else a course of the same content as one of these, else any; of these the one with most
places left, then the first in the plan. He could join it with all else as it stands, and all who
are offered something can accept: there are places for all, and their grades may be in one section.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from models import School, Section, Text, UnmetWish, deal_order
from optimizer.checks import cross_grade
from optimizer.checks._standing import Standing
from optimizer.checks.base import join_ids, section_text

CANNOT = Text(
    "方案建议学生 {student} 改选{section}，但他不能加入（无空位、时间或年级不合，或社团数已够）。",
    "the plan offers student {student} {section} instead, but he cannot join it (no free seat, "
    "not at his times, not for his grade, or he has as many clubs as he wanted).",
)
TOO_OFTEN = Text(
    "方案建议学生 {students} 改选{section}，但只有 {count} 个空位；每个空位只能给一人。",
    "the plan offers {section} to students {students}, but only {count} seats are free: each goes "
    "to one of them.",
)
NOT_TOGETHER = Text(
    "方案建议学生 {students} 改选{section}，但他们的年级不能同班。",
    "the plan offers {section} to students {students}, but their grades may not share it.",
)
TWO = Text(
    "方案建议学生 {student} 改选不同的社团班（{sections}）；每人只建议一个。",
    "the plan offers student {student} several sections ({sections}): one each.",
)


def places(school: School, section: Section) -> int:
    """Count the free places of a section."""
    seats = min(school.course[section.course].max_size, school.room[section.room].seats)
    return seats - len(section.students)


class Offers:
    """Free places of one plan, while they are offered."""

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        school = standing.school
        self.free = {s.id: places(school, s) for s in standing.plan.sections}
        self.grades: dict[str, list[int]] = {s.id: [] for s in standing.plan.sections}
        self._open = [s for s in standing.plan.sections if self.free[s.id] > 0]
        self._attended = cache(self._could_attend)

    def make(self, unmet: Iterable[UnmetWish]) -> dict[str, str]:
        """Give a section to offer, by student; who can be offered none has no entry."""
        standing, school = self.standing, self.standing.school
        refused: dict[str, list[str]] = {}
        for wish in unmet:
            refused.setdefault(wish.student, []).append(wish.course)
        order = sorted(refused, key=lambda s: (len(standing.seats[s]), deal_order(school, s)))
        found = {}
        for student in order:
            section = next(self._fitting(student, refused[student]), None)
            if section is not None:
                self.free[section.id] -= 1
                self.grades[section.id].append(school.grade_of[student])
                found[student] = section.id
        return found

    def _fitting(self, student: str, refused: Iterable[str]) -> Iterator[Section]:
        """Give what a student could be offered, best first."""
        standing, school = self.standing, self.standing.school
        person, grade = school.student[student], school.grade_of[student]
        if len(standing.seats[student]) >= person.max_clubs:
            return
        contents = {content for course in refused for content in school.course[course].content}

        def fit(section: Section) -> tuple[int, int]:
            if section.course in refused:
                return 0, -self.free[section.id]
            like = contents.isdisjoint(school.course[section.course].content)
            return 1 + like, -self.free[section.id]

        near = self._attended(grade, standing.usable(student))
        there = (s for s in near if self.free[s.id] > 0 and not standing.clashes(student, s))
        for section in sorted(there, key=fit):
            if self._mixes(section, grade) and standing.could_join(student, section):
                yield section

    def _could_attend(self, grade: int, usable: frozenset[str]) -> list[Section]:
        """List what has free places and could be attended by students of a grade at some slots."""
        standing = self.standing
        return [
            s
            for s in self._open
            if standing.admits(s.course, grade)
            and standing.usable_at(s.course, grade, usable).issuperset(s.slots)
        ]

    def _mixes(self, section: Section, grade: int) -> bool:
        """Tell whether a grade may be beside those that were offered the section already."""
        school = self.standing.school
        grades = [*self.grades[section.id], grade, *self.standing.grades[section.id]]
        return cross_grade.may_mix(school, school.course[section.course], grades)


def wrong_offers(standing: Standing, offers: Iterable[tuple[str, str]]) -> Iterator[Text]:
    """Find offers that cannot be accepted, each by itself or all together.

    Parameters
    ----------
    offers
        Student and section.
    """
    school = standing.school
    sections = {section.id: section for section in standing.plan.sections}
    by_section: dict[str, list[str]] = {}
    by_student: dict[str, list[str]] = {}
    for student, name in dict.fromkeys(offers):
        by_section.setdefault(name, []).append(student)
        by_student.setdefault(student, []).append(name)
        wants = school.student[student].max_clubs > len(standing.seats[student])
        if not wants or not standing.could_join(student, sections[name]):
            yield CANNOT.fill(student=student, section=section_text(school, sections[name]))
    for student, names in by_student.items():
        if len(names) > 1:
            yield TWO.fill(student=student, sections=join_ids(names))
    for name, students in by_section.items():
        section = sections[name]
        facts = {"students": join_ids(students), "section": section_text(school, section)}
        count = places(school, section)
        if 0 < count < len(students):
            yield TOO_OFTEN.fill(count=count, **facts)
        grades = [school.grade_of[s] for s in (*section.students, *students)]
        mix = cross_grade.may_mix(school, school.course[section.course], grades)
        if not mix and len(students) > 1:
            yield NOT_TOGETHER.fill(**facts)
