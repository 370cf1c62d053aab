"""What became of the wishes by grade and by course, in words that a parent understands."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from models import Section, Text, UnmetReason, listed
from optimizer.report.figures import moved_seats, wishing_students
from optimizer.report.ledger_words import capital
from optimizer.report.naming import Names
from optimizer.report.reason_words import reason_text

GRADE = Text("{grade} 年级", "Grade {grade}")
WHOLE_SCHOOL = Text("全校", "The whole school")
FIRST = Text("{count} 名得到第一志愿", "{count} have their first choice")
LATER = Text("{count} 名得到后面的志愿", "{count} have another of their wishes")
MOVED = Text("{count} 名调剂到其他活动", "{count} were moved to another activity")
NONE = Text("{count} 名一个社团也没有", "{count} have no club")
ALL = Text("没有人落空", "nobody is without a club")
NOBODY_ASKED = Text("没有学生填报社团", "nobody asked for a club")

PUT_FIRST = Text("{first} 名放在第一志愿", "first choice of {first}")
ASKED_FIRST = Text(
    "{first} 名放在第一志愿，其中 {got} 名录取", "first choice of {first}, of whom {got} are in"
)
ROOM_LEFT = Text(
    "{groups} 个班，{places} 个名额，录取 {taken} 名，还空 {free} 个",
    "groups: {groups}; places: {places}, taken: {taken}, still free: {free}",
)
FULL = Text("{groups} 个班，{places} 个名额，已满", "groups: {groups}; places: {places}, all taken")
WHEN = Text("时间：{times}", "when: {times}")
GROUP_WHEN = Text("{group}组 {times}", "group {group} {times}")
NOT_OPENED = Text("未开班", "not opened")
"""Reasons that say why begin with this in Chinese."""


@dataclass(frozen=True)
class Outcome:
    """What became of the students of one grade who asked for a club."""

    asked: int
    first: int
    """With their first choice."""
    later: int
    """With wishes after the first only."""
    moved: int
    """With none of their wishes, moved to another activity as the policy asks."""

    @property
    def none(self) -> int:
        """Without any club."""
        return self.asked - self.first - self.later - self.moved


@dataclass(frozen=True)
class Demand:
    """What became of a course."""

    asked: int
    """Students who listed it."""
    first: int
    """Of these, who put it first."""
    first_granted: int
    taken: int
    places: int
    sections: tuple[Section, ...]
    reasons: Counter[UnmetReason]
    """Why it was not granted, by how many it was not granted to."""


class Outcomes:
    """Works out what became of the wishes in a plan."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.school, self.plan = school, plan = names.school, names.plan
        self.wishing = wishing_students(school)
        self.moved = moved_seats(school, plan)

    @cached_property
    def _held(self) -> dict[str, set[str]]:
        """The courses that each student wished for and got."""
        found: dict[str, set[str]] = {}
        for section in self.plan.sections:
            for student in section.students:
                if (student, section.id) not in self.moved:
                    found.setdefault(student, set()).add(section.course)
        return found

    def of(self, students: Iterable[str]) -> Outcome:
        """Tell what became of some students."""
        asked = [s for s in students if s in self.wishing]
        firsts = {(w.student, w.course) for w in self.school.wishes if w.rank == 1}
        with_first = {s for s, course in firsts if course in self._held.get(s, ())}
        moved = {student for student, _ in self.moved}
        first = sum(s in with_first for s in asked)
        later = sum(s in self._held and s not in with_first for s in asked)
        return Outcome(
            asked=len(asked),
            first=first,
            later=later,
            moved=sum(s in moved and s not in self._held for s in asked),
        )

    @cached_property
    def by_grade(self) -> dict[int, Outcome]:
        """What became of each grade."""
        grades: dict[int, list[str]] = {grade: [] for grade in self.school.grades}
        for student, grade in self.school.grade_of.items():
            grades[grade].append(student)
        return {grade: self.of(students) for grade, students in grades.items()}

    def course(self, course_id: str) -> Demand:
        """Tell what became of a course."""
        course = self.school.course[course_id]
        sections = tuple(s for s in self.names.sections if s.course == course_id)
        wishes = [w for w in self.school.wishes_for[course_id] if w.student in self.wishing]
        firsts = {w.student for w in wishes if w.rank == 1}
        return Demand(
            asked=len({w.student for w in wishes}),
            first=len(firsts),
            first_granted=sum(course_id in self._held.get(student, ()) for student in firsts),
            taken=sum(len(s.students) for s in sections),
            places=sum(min(course.max_size, self.school.room[s.room].seats) for s in sections),
            sections=sections,
            reasons=Counter(u.reason for u in self.plan.unmet if u.course == course_id),
        )


def outcome_text(outcome: Outcome) -> Text:
    """Say what became of some students."""
    if not outcome.asked:
        return _sentence([NOBODY_ASKED])
    parts = [
        text.fill(count=count)
        for text, count in (
            (FIRST, outcome.first),
            (LATER, outcome.later),
            (MOVED, outcome.moved),
            (NONE, outcome.none),
        )
        if count
    ]
    return _sentence([*parts, *([] if outcome.none else [ALL])])


def demand_text(demand: Demand, names: Names) -> Text:
    """Say what became of a course: places, what is still free, and when; or why it has no group."""
    said = ASKED_FIRST if demand.sections else PUT_FIRST
    parts = [said.fill(first=demand.first, got=demand.first_granted)] if demand.first else []
    if not demand.sections:
        whys = [reason_text(reason) for reason, _ in demand.reasons.most_common()]
        parts.append(next((why for why in whys if why.zh.startswith(NOT_OPENED.zh)), NOT_OPENED))
        return _sentence(parts)
    free = demand.places - demand.taken
    facts = {"groups": len(demand.sections), "places": demand.places, "taken": demand.taken}
    parts.append((ROOM_LEFT if free > 0 else FULL).fill(**facts, free=free))
    times = [names.times(section.slots) for section in demand.sections]
    when = [Text(time, time) for time in times]
    if len(times) > 1:
        when = [GROUP_WHEN.fill(group=n, times=time) for n, time in enumerate(times, start=1)]
    parts.append(WHEN.fill(times=listed(when)))
    return _sentence(parts)


def _sentence(parts: list[Text]) -> Text:
    zh, en = "；".join(text.zh for text in parts), "; ".join(text.en for text in parts)
    return Text(f"{zh}。", f"{capital(en)}.")
