"""Random records of attendance that contradict neither the plan nor each other."""

from collections.abc import Iterator
from datetime import date
from itertools import count
from random import Random

from models import CareGroup, Plan, School, Section
from models.attendance import Absence, Attendance, Cancelled, Joining, Leaving, Substitute
from models.bodies import may_work
from tests.ledger.documents import service_days, slots_of


def records(
    random: Random, school: School, plan: Plan, share: float = 0.2, absences: int = 10**9
) -> Attendance:
    """Make records: about a share of the days of each student, and of what the staff do.

    At most so many absences.
    """
    return _Records(random, school, plan, share).make(absences)


class _Records:
    def __init__(self, random: Random, school: School, plan: Plan, share: float) -> None:
        self.random, self.school, self.share = random, school, share
        self.row = count(2)
        self.groups: list[Section | CareGroup] = [*plan.sections, *plan.care_groups]
        self.group = {group.id: group for group in self.groups}
        self.weekday = {slot.id: slot.weekday for slot in school.slots}
        served = service_days(school.term)
        self.days = {day: as_on for day, as_on in served if as_on in self.weekday.values()}
        self.meets: dict[int, list[tuple[str, str]]] = {}
        self.week: dict[str, dict[int, list[tuple[str, str]]]] = {}
        for group in self.groups:
            for slot in slots_of(group):
                self.meets.setdefault(self.weekday[slot], []).append((slot, group.id))
                for student in group.students:
                    own = self.week.setdefault(student, {})
                    own.setdefault(self.weekday[slot], []).append((slot, group.id))
        self.off: set[tuple[date, str, str]] = set()
        self.span: dict[str, tuple[date, date]] = {}

    def make(self, absences: int) -> Attendance:
        cancelled = tuple(self.cancelled())
        joinings, leavings = self.spans()
        return Attendance(
            absences=tuple(row for row, _ in zip(self.absences(), range(absences), strict=False)),
            joinings=joinings,
            leavings=leavings,
            substitutes=tuple(self.substitutes()),
            cancelled=cancelled,
        )

    def sometimes(self, share: float) -> bool:
        return self.random.random() < share

    def cancelled(self) -> Iterator[Cancelled]:
        """Call off a whole day, a slot, a group, or a group at a slot; one of these a day."""
        for day, weekday in self.days.items():
            meeting = self.meets.get(weekday, [])
            if not meeting or not self.sometimes(self.share / 2):
                continue
            slot, group = self.random.choice(meeting)
            shape = self.random.randrange(4)
            only_slot = slot if shape in {0, 1} else None
            only_group = group if shape in {0, 2} else None
            yield Cancelled(next(self.row), day, only_slot, only_group)
            self.off |= {
                (day, s, g)
                for s, g in meeting
                if only_slot in {None, s} and only_group in {None, g}
            }

    def spans(self) -> tuple[tuple[Joining, ...], tuple[Leaving, ...]]:
        """Let some join or leave on other days than planned."""
        joinings, leavings = [], []
        for name in self.week:
            student = self.school.student[name]
            first = student.joins or self.school.term.first_date
            last = student.leaves or self.school.term.last_date
            if self.sometimes(self.share):
                served = [day for day in self.days if day <= last]
                first = self.random.choice(served)
                joinings.append(Joining(next(self.row), name, first))
            if self.sometimes(self.share):
                last = self.random.choice([day for day in self.days if day >= first])
                leavings.append(Leaving(next(self.row), name, last))
            self.span[name] = (first, last)
        return tuple(joinings), tuple(leavings)

    def absences(self) -> Iterator[Absence]:
        """Let some be away for good, others now and then, all day or at some slots."""
        for name, week in self.week.items():
            first, last = self.span[name]
            share = 1.0 if self.sometimes(self.share / 2) else self.share
            for day, weekday in self.days.items():
                held = [s for s, g in week.get(weekday, []) if (day, s, g) not in self.off]
                if not held or not first <= day <= last or not self.sometimes(share):
                    continue
                note = self.sometimes(0.5)
                if share == 1 or self.sometimes(0.5):
                    yield Absence(next(self.row), name, day, None, note)
                else:
                    for slot in self.random.sample(held, self.random.randint(1, len(held))):
                        yield Absence(next(self.row), name, day, slot, note)

    def substitutes(self) -> Iterator[Substitute]:
        everyone = [t.id for t in self.school.teachers if may_work(self.school, t)]
        for day, weekday in self.days.items():
            meeting = self.meets.get(weekday, [])
            at_work = {(s, t) for s, g in meeting for t in self.group[g].staff}
            for slot, group in meeting:
                for teacher in self.group[group].staff:
                    free = [t for t in everyone if (slot, t) not in at_work]
                    if free and (day, slot, group) not in self.off and self.sometimes(self.share):
                        stand_in = self.random.choice(free)
                        at_work.add((slot, stand_in))
                        yield Substitute(next(self.row), day, slot, teacher, stand_in)
