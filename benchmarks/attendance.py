"""Made-up records of attendance that could be true of a plan, as many as wanted."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from random import Random
from typing import NamedTuple, TypeVar

from models import CareGroup, Plan, School, Section
from models.attendance import Absence, Attendance, Cancelled, Joining, Leaving, Substitute
from models.bodies import may_work
from optimizer.ledger import school_dates

TRIES = 20
Change = TypeVar("Change", Joining, Leaving)


class Share(NamedTuple):
    """How many of the records, out of a hundred, are of each kind; the rest are absences."""

    joinings: float = 0.2
    leavings: float = 0.2
    cancelled: float = 0.1
    substitutes: float = 0.5


def make_attendance(
    random: Random, school: School, plan: Plan, records: int, share: Share | None = None
) -> Attendance:
    """Make up at most so many records, fewer where the plan has no room for more."""
    return _Maker(random, school, plan).make(records, share or Share())


class _Maker:
    def __init__(self, random: Random, school: School, plan: Plan) -> None:
        self.random, self.school = random, school
        self.follows = school_dates(school)
        self.dates = list(self.follows)
        self.row = 1
        self.groups: list[Section | CareGroup] = [*plan.sections, *plan.care_groups]
        self.there: dict[tuple[str, int], set[str]] = defaultdict(set)
        self.duties: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for group in self.groups:
            for slot in slots_of(group):
                for student in group.students:
                    self.there[student, school.slot[slot].weekday].add(slot)
                for person in group.staff:
                    self.duties[person].append((slot, group.id))
        self.students = sorted({student for student, _ in self.there})
        self.spans: dict[str, list[date]] = {}
        self.off: set[tuple[date, str, str]] = set()

    def make(self, records: int, share: Share) -> Attendance:
        if not self.dates or not self.students:
            return Attendance()
        joinings, leavings, cancelled, substitutes = (round(records * each / 100) for each in share)
        made = Attendance(
            joinings=tuple(self.changes(joinings, Joining)),
            leavings=tuple(self.changes(leavings, Leaving)),
            cancelled=tuple(self.cancelled(cancelled)),
            substitutes=tuple(self.substitutes(substitutes)),
        )
        rest = records - sum(map(len, made))
        return made._replace(absences=tuple(self.absences(rest)))

    def next_row(self) -> int:
        self.row += 1
        return self.row

    def changes(self, count: int, kind: type[Change]) -> Iterator[Change]:
        chosen = self.random.sample(self.students, min(count, len(self.students)))
        for student in chosen:
            known = self.school.student[student]
            span = self.spans.setdefault(
                student, [known.joins or self.dates[0], known.leaves or self.dates[-1]]
            )
            days = [day for day in self.dates if span[0] <= day <= span[1]]
            if days:
                day = self.random.choice(days)
                span[int(kind is Leaving)] = day
                yield kind(self.next_row(), student, day)

    def cancelled(self, count: int) -> Iterator[Cancelled]:
        for _ in range(count if self.groups else 0):
            day, group = self.random.choice(self.dates), self.random.choice(self.groups)
            slots = self.slots_on(group, day)
            if self.random.random() < 0.5:
                slots = slots[:1]
            held = {(day, slot, group.id) for slot in slots}
            if slots and held.isdisjoint(self.off):
                self.off |= held
                whole = len(slots) == len(self.slots_on(group, day))
                yield Cancelled(self.next_row(), day, None if whole else slots[0], group.id)

    def slots_on(self, group: Section | CareGroup, day: date) -> list[str]:
        weekday = self.follows[day]
        return [s for s in slots_of(group) if self.school.slot[s].weekday == weekday]

    def substitutes(self, count: int) -> Iterator[Substitute]:
        staff = [t.id for t in self.school.teachers if may_work(self.school, t)]
        taken: dict[tuple[str, date], list[str]] = defaultdict(list)
        done: set[tuple[date, str, str]] = set()
        for _ in range(count * TRIES if self.groups else 0):
            if len(done) == count:
                return
            day, group = self.random.choice(self.dates), self.random.choice(self.groups)
            slots = self.slots_on(group, day)
            if not slots or not group.staff:
                continue
            slot, absent = self.random.choice(slots), self.random.choice(group.staff)
            who = self.random.choice(staff)
            key = (day, slot, absent)
            if key not in done and self.free(who, day, slot, group.id, taken[who, day]):
                done.add(key)
                taken[who, day].append(slot)
                yield Substitute(self.next_row(), day, slot, absent, who)

    def free(self, who: str, day: date, slot: str, group: str, taken: list[str]) -> bool:
        at = self.school.slot[slot]
        busy = [s for s, g in self.duties[who] if (day, s, g) not in self.off] + taken
        held = (day, slot, group) not in self.off
        return held and not any(self.school.slot[s].overlaps(at) for s in busy)

    def absences(self, count: int) -> Iterator[Absence]:
        away: set[tuple[str, date, str]] = set()
        found = 0
        for _ in range(count * TRIES):
            if found == count:
                return
            student, day = self.random.choice(self.students), self.random.choice(self.dates)
            first, last = self.spans.get(student) or self.planned(student)
            slots = sorted(self.there.get((student, self.follows[day]), ()))
            if not slots or not first <= day <= last:
                continue
            slot = self.random.choice([None, *slots])
            missed = {(student, day, s) for s in (slots if slot is None else [slot])}
            if missed.isdisjoint(away):
                away |= missed
                found += 1
                yield Absence(self.next_row(), student, day, slot, self.random.random() < 0.7)

    def planned(self, student: str) -> tuple[date, date]:
        known = self.school.student[student]
        return known.joins or self.dates[0], known.leaves or self.dates[-1]


def slots_of(group: Section | CareGroup) -> tuple[str, ...]:
    """Give the slots at which a section or care group meets."""
    return group.slots if isinstance(group, Section) else (group.slot,)
