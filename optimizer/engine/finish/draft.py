"""A plan being finished: who is where, kept so that one seat can change at a time."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from models import (
    CareGroup,
    Course,
    PolicyItem,
    School,
    SeatLock,
    Section,
    Slot,
)
from optimizer.rules.content import care_barred, time_barred
from optimizer.rules.hours import learning_limit, seat_barred
from optimizer.rules.rooms import suits_care
from optimizer.rules.staffing import suits_rota

Found = tuple[tuple[Section, ...], tuple[CareGroup, ...]]
"""Sections and care groups."""


_OF_A_DAY = (
    PolicyItem.MAX_PERIODS_DAY,
    PolicyItem.MAX_MINUTES_DAY,
    PolicyItem.EVENING_MAX_MINUTES,
)


class _Times(dict[tuple[str, ...], tuple[int, int]]):
    """By slots: they as bits, and the bits of all slots that overlap one of them."""

    def __init__(self, school: School) -> None:
        super().__init__()
        self._bit = {slot.id: 1 << n for n, slot in enumerate(school.slots)}
        self._near = {
            slot.id: sum(self._bit[o.id] for o in school.slots if slot.overlaps(o))
            for slot in school.slots
        }

    def __missing__(self, slots: tuple[str, ...]) -> tuple[int, int]:
        there = near = 0
        for slot in slots:
            there |= self._bit[slot]
            near |= self._near[slot]
        self[slots] = there, near
        return there, near


@dataclass
class DraftPlan:
    """Sections and care groups with mutable lists of students.

    Raises
    ------
    KeyError
        If a section or group names something the school does not have.
    """

    school: School
    sections: dict[str, Section]
    groups: dict[str, CareGroup]
    members: dict[str, set[str]] = field(init=False)
    """Students by section."""
    seats: dict[str, dict[str, str]] = field(init=False)
    """By student: course to section."""
    in_care: dict[str, set[str]] = field(init=False)
    """Students by care group."""
    care_at: dict[tuple[str, str], str] = field(init=False)
    """By (student, slot): care group."""

    _usable: dict[tuple[tuple[str, ...], tuple[str, ...], int], frozenset[str]] = field(
        default_factory=dict
    )
    _barred: dict[tuple[int, str], bool] = field(default_factory=dict)
    """By grade and slot: whether the policy keeps them from sections then."""
    _limited: dict[int, bool] = field(default_factory=dict)
    _times: "_Times" = field(init=False)

    @classmethod
    def of(cls, school: School, found: Found) -> "DraftPlan":
        """Draft a plan of sections and care groups that were found."""
        sections, groups = found
        return cls(school, {s.id: s for s in sections}, {g.id: g for g in groups})

    def anew(self, sections: Iterable[Section]) -> "DraftPlan":
        """Draft other sections of the same school: what was looked up of it once is known."""
        return DraftPlan(
            self.school,
            {s.id: s for s in sections},
            {},
            _usable=self._usable,
            _barred=self._barred,
            _limited=self._limited,
        )

    def __post_init__(self) -> None:
        self._times = _Times(self.school)
        self.members = {s.id: set(s.students) for s in self.sections.values()}
        self.in_care = {g.id: set(g.students) for g in self.groups.values()}
        self.seats = {s.id: {} for s in self.school.students}
        self.care_at = {}
        for section in self.sections.values():
            for student in section.students:
                self.seats[student][section.course] = section.id
        for group in self.groups.values():
            for student in group.students:
                self.care_at[student, group.slot] = group.id

    def course(self, section: str) -> Course:
        """Give a section's course."""
        return self.school.course[self.sections[section].course]

    def capacity(self, section: str) -> int:
        """Give the most students a section may hold in its room."""
        room = self.school.room[self.sections[section].room]
        return min(self.course(section).max_size, room.seats)

    def meets(self, section: str) -> list[Slot]:
        """Give a section's slots."""
        return [self.school.slot[s] for s in self.sections[section].slots]

    def offers_slots(self, student: str, section: str) -> bool:
        """Tell whether the section meets only at slots that the student can use."""
        held = self.sections[section]
        return self.can_use(student, held.course, held.slots)

    def can_use(self, student: str, course: str, slots: Collection[str]) -> bool:
        """Tell whether the student can be in a course at these slots."""
        if not self.usable(student).issuperset(slots):
            return False
        school, grade = self.school, self.school.grade_of[student]
        about = school.course[course]
        return not about.content or not any(
            time_barred(school, about, grade, school.slot[s]) for s in slots
        )

    def usable(self, student: str) -> frozenset[str]:
        """Give the slots he offers, may be at, and is not tied elsewhere at."""
        who, grade = self.school.student[student], self.school.grade_of[student]
        key = (who.stay_slots, who.club_slots, grade)
        if key not in self._usable:  # many students offer the same slots
            stays, _ = self._times[who.stay_slots]
            self._usable[key] = frozenset(
                s
                for s in (*who.stay_slots, *who.club_slots)
                if not self._seat_barred(grade, s)
                and not self._times[s,][1] & stays & ~self._times[s,][0]
            )
        return self._usable[key]

    def _seat_barred(self, grade: int, slot: str) -> bool:
        if (grade, slot) not in self._barred:
            barred = seat_barred(self.school, grade, self.school.slot[slot])
            self._barred[grade, slot] = barred
        return self._barred[grade, slot]

    def clashes(self, student: str, section: str, without: str | None = None) -> bool:
        """Tell whether the section meets at the time of a seat he holds (one may be left out)."""
        _, near = self._times[self.sections[section].slots]
        return any(
            self._times[self.sections[held].slots][0] & near
            for held in self.seats[student].values()
            if held not in (without, section)
        )

    def admits_grade(self, student: str, section: str) -> bool:
        """Tell whether the section's grades stay near enough if the student joins."""
        course = self.course(section)
        grade_of = self.school.grade_of
        grades = {grade_of[s] for s in self.members[section]} | {grade_of[student]}
        span = course.max_grade_span or self.school.settings.max_grade_span
        if max(grades) - min(grades) + 1 > span:
            return False
        return course.mix_stages or len({self.school.stage_of(g).id for g in grades}) == 1

    def within_days(self, student: str, seats: Iterable[str]) -> bool:
        """Tell whether the policy's limits of a day are kept if he holds just these seats."""
        school, who = self.school, self.school.student[student]
        if not self._day_is_limited(school.grade_of[student]):
            return True
        held = [(self.course(s), slot) for s in seats for slot in self.meets(s)]
        busy = {slot.id for _, slot in held}
        care = [school.slot[s] for s in who.stay_slots if s not in busy]
        if any(care_barred(school, school.grade_of[student], slot) for slot in care):
            return False
        present = [slot for _, slot in held] + care
        by_day = [s for s in present if not s.evening_study]
        evening = [s for s in present if s.evening_study]
        return (
            self._day_limit(student, PolicyItem.MAX_PERIODS_DAY, [(s, 1) for s in by_day])
            and self._day_limit(student, PolicyItem.MAX_MINUTES_DAY, _minutes(by_day))
            and self._day_limit(student, PolicyItem.EVENING_MAX_MINUTES, _minutes(evening))
            and self._learns_within(student, held, care)
        )

    def _day_is_limited(self, grade: int) -> bool:
        """Tell whether the policy limits a day of the grade at all."""
        if grade not in self._limited:
            school = self.school
            self._limited[grade] = (
                any(school.clauses(item, grade) for item in _OF_A_DAY)
                or learning_limit(school, grade) is not None
                or any(care_barred(school, grade, slot) for slot in school.slots)
            )
        return self._limited[grade]

    def _learns_within(
        self, student: str, held: list[tuple[Course, Slot]], care: list[Slot]
    ) -> bool:
        limit = learning_limit(self.school, self.school.grade_of[student])
        if limit is None:
            return True
        days: Counter[int] = Counter()
        for course, slot in held:
            days[slot.weekday] += limit.of(slot) if course.is_learning else 0
        for slot in care:
            days[slot.weekday] += limit.in_care(slot)
        return all(day <= limit.most for day in days.values())

    def _day_limit(self, student: str, item: PolicyItem, counts: list[tuple[Slot, int]]) -> bool:
        clauses = self.school.clauses(item, self.school.grade_of[student])
        limit = min((c.value for c in clauses if c.value is not None), default=None)
        if limit is None:
            return True
        days: dict[int, int] = {}
        for slot, count in counts:
            days[slot.weekday] = days.get(slot.weekday, 0) + count
        return all(day <= limit for day in days.values())

    def locked(self, student: str, course: str) -> bool:
        """Tell whether the planner pinned the student's seat in the course, either way."""
        return any(
            isinstance(lock, SeatLock) and (lock.student, lock.course) == (student, course)
            for lock in self.school.locks
        )

    def care_keeps_without(self, student: str, section: str) -> bool:
        """Tell whether the care groups he leaves for the section stay in order without him.

        A group that he was alone in is dropped, unless somebody is pinned to it. The others must
        still be in a home room that suits their grades and, on the rota, with their teachers.
        """
        left = [self.care_at.get((student, s)) for s in self.sections[section].slots]
        return all(group is None or self._keeps_without(student, group) for group in left)

    def _keeps_without(self, student: str, group: str) -> bool:
        others = self.in_care[group] - {student}
        if not others:
            return not self._care_locked(group)
        held = self.groups[group]
        band = tuple(sorted({self.school.grade_of[s] for s in others}))
        return suits_rota(self.school, band, held.staff) and suits_care(
            self.school, held.slot, self.school.room[held.room], band
        )

    def join(self, student: str, section: str) -> None:
        """Seat the student; he leaves the care groups then, and an empty one is dropped."""
        self.members[section].add(student)
        self.seats[student][self.sections[section].course] = section
        for slot in self.sections[section].slots:
            group = self.care_at.pop((student, slot), None)
            if group is not None:
                self.in_care[group].discard(student)
                if not self.in_care[group]:
                    del self.in_care[group], self.groups[group]

    def open(self, section: Section) -> None:
        """Add a section, and seat its students in it."""
        self.sections[section.id] = section
        self.members[section.id] = set()
        for student in section.students:
            self.join(student, section.id)

    def _care_locked(self, group: str) -> bool:
        slot, staff = self.groups[group].slot, self.groups[group].staff
        return any(
            lock.kind == "care_staff" and lock.slot == slot and lock.teacher in staff
            for lock in self.school.locks
        )

    def result(self) -> tuple[tuple[Section, ...], tuple[CareGroup, ...]]:
        """Give sections and groups as they now are."""
        order = {s.id: n for n, s in enumerate(self.school.students)}
        sections = tuple(
            s.model_copy(
                update={"students": tuple(sorted(self.members[s.id], key=order.__getitem__))}
            )
            for s in self.sections.values()
        )
        groups = tuple(
            g.model_copy(
                update={"students": tuple(sorted(self.in_care[g.id], key=order.__getitem__))}
            )
            for g in self.groups.values()
        )
        return sections, groups


def _minutes(slots: list[Slot]) -> list[tuple[Slot, int]]:
    return [(slot, slot.minutes) for slot in slots]
