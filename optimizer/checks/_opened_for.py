"""A section that could be opened for students whom the policy moves to another activity.

Where nobody of those without a seat can be moved to a section that is open, one is opened for them
if it can be: in the trial of ``_opening``, with all of them in the place of those who wished for
the course. Whoever of them did wish for it comes first, and only with the teacher whom he named;
then the lottery decides. As many as the section needs leave base care for it; room, staff and money
are what the plan leaves, and a care group that ends saves its pay. Of the courses the one is opened
that most of them wished for, then the one that most of them could be in.

Where the school's own staff come first, nobody from outside leads such a section that one of them,
free as things stand, could lead in his place.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from models import Plan, School, Section, Text, Wish
from optimizer.checks._moved import clause, comes_first, place_for, to_be_moved
from optimizer.checks._opening import Openings, Slots
from optimizer.checks._own_first import DIRECT, OwnFirst, own_staff_first
from optimizer.checks._standing import Standing
from optimizer.checks.base import (
    Finding,
    join_ids,
    named,
    section_text,
    slots_text,
    students_text,
)
from optimizer.checks.plan_index import PlanIndex

NOT_OPENED = Text(
    "学生 {students} 的志愿全未满足，已开的社团班也都不能去，应另安排合适的活动（依据：{source}）；"
    "可以为他们加开课程 {course} 一个班（{slots}，教室 {room}，教师 {staff}），却没有开。",
    "no wish of {students} was granted and no open section can take them; they must be found "
    "another suitable activity (source: {source}), and a section of course {course} could be "
    "opened for them ({slots}, room {room}, staff {staff}), but was not.",
)


class OpeningsForUnmet(Openings):
    """Finds sections for those who have no seat and may be moved."""

    def __init__(self, standing: Standing, waiting: Sequence[str]) -> None:
        super().__init__(standing)
        self.waiting = waiting
        self._everybody = cache(self._find_everybody)
        self._usable = cache(self._find_usable)
        self._day_allows: dict[tuple[str, Slots, int, tuple[str, ...]], bool] = {}

    def wishes_for(self, course: str) -> Sequence[Wish]:
        """Take everybody who waits and may be in the course as if he wished for it."""
        return self._everybody(course)

    def _find_everybody(self, course: str) -> list[Wish]:
        school, wish = self.standing.school, self.standing.wish
        found = [
            wish.get((s, course)) or Wish(student=s, course=course, rank=1)
            for s in self.waiting
            if self.standing.eligible(s, course)
        ]
        return sorted(
            found, key=lambda w: comes_first(school, wish.get((w.student, course)), w.student)
        )

    def _find_usable(self, course: str) -> list[tuple[Wish, frozenset[str]]]:
        usable = self.standing.usable_for
        return [(wish, usable(wish.student, course)) for wish in self.wishes_for(course)]

    def _find_takers(
        self, course_id: str, slots: Slots, days: bool = True
    ) -> tuple[list[Wish], list[Wish]]:
        """List who could be there: they hold no seats, and many are alike."""
        school = self.standing.school
        free = [
            wish
            for wish, usable in self._usable(course_id)
            if slots <= usable
            and school.student[wish.student].max_clubs
            and (not days or self._allows(course_id, slots, wish.student))
        ]
        return free, []

    def _allows(self, course: str, slots: Slots, student: str) -> bool:
        school = self.standing.school
        key = course, slots, school.grade_of[student], school.student[student].stay_slots
        if key not in self._day_allows:
            section = self._section(school.course[course], slots)
            self._day_allows[key] = self.standing.day_allows(student, gains=(section,))
        return self._day_allows[key]

    def wanted(self) -> Iterable[str]:
        """Give the courses that enough of those waiting may be in, most wished for first."""
        school = self.standing.school
        wished = Counter(w.course for s in self.waiting for w in school.wishes_of[s])
        courses = [c for c in school.courses if len(self.wishes_for(c.id)) >= c.min_size]
        courses.sort(key=lambda c: (-wished[c.id], -len(self.wishes_for(c.id))))
        return (course.id for course in courses)


def could_open_for_unmet(school: School, plan: Plan) -> Section | None:
    """Give a section that could be opened for students who are to be moved, if there is one."""
    return _could_open(Standing(school, plan))


def _could_open(standing: Standing) -> Section | None:
    waiting = to_be_moved(standing)
    if not waiting:
        return None
    if any(place_for(standing, student) is not None for student in waiting):
        return None
    return OpeningsForUnmet(standing, waiting).found(set())


class OwnLeader(NamedTuple):
    """One of the school's own staff who could lead a section in the place of an outsider."""

    section: Section
    outsider: str
    own: str
    source: str


def own_could_lead(school: School, plan: Plan) -> OwnLeader | None:
    """Find a section opened for the unmet that somebody from outside leads without need."""
    if not plan.opened_for_unmet or not own_staff_first(school):
        return None
    own = OwnFirst(school, plan.sections, plan.care_groups)
    for number, outsider in own.outside():
        group, rule = own.duties.groups[number], own.clause(number)
        if isinstance(group, Section) and group.id in plan.opened_for_unmet and rule is not None:
            found = own.takeover(number, outsider, 1)
            if found is not None:
                return OwnLeader(group, outsider, found.steps[0].person, rule.source)
    return None


def check_opened_for(index: PlanIndex) -> Iterator[Finding]:
    """Find a section that should have been opened for the unmet, or led by own staff.

    It makes sense only for a plan that keeps every other rule.
    """
    school = index.school
    leader = own_could_lead(school, index.plan)
    if leader is not None:
        facts = leader._asdict() | {"group": section_text(school, leader.section)}
        yield Finding("staffing", DIRECT.fill(**facts))
    section = _could_open(index.standing)
    if section is not None:
        rules = (clause(school, school.student[s]) for s in section.students)
        text = NOT_OPENED.fill(
            students=students_text(section.students),
            course=named(school.course[section.course]),
            slots=slots_text(school, section.slots),
            room=named(school.room[section.room]),
            staff=join_ids(section.staff),
            source=join_ids(dict.fromkeys(rule.source for rule in rules if rule)),
        )
        yield Finding("wishes", text)
