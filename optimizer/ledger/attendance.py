"""What cannot be true in records of attendance: every mistake, named by its row.

Nothing is settled before the records are right.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from models import Plan, School, Text, listed, natural, weekday_text
from models.attendance import Absence, Attendance, Cancelled, Joining, Leaving, Substitute
from models.bodies import bans, on_person
from models.labels import BANS, PROVIDER_KINDS
from models.problems import nearest
from optimizer.errors import InputError
from optimizer.ledger import attendance_words as words
from optimizer.ledger.index import Occasion, PlanIndex, actual_spans
from optimizer.ledger.tariffs import slots_of

MOST_HINTS = 100
"""Of more unknown ids than this the nearest known one is not looked for: that takes long, and the
file is probably another school's."""


class AttendanceProblem(NamedTuple):
    """One mistake and the row it stands in."""

    row: int
    text: Text


class AttendanceError(InputError):
    """Records that cannot be true. ``problems`` holds every mistake, in the order of the rows."""

    def __init__(self, problems: Iterable[AttendanceProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__([words.AT_ROW.fill(row=p.row, text=p.text) for p in self.problems])


def row_name(row: int) -> Text:
    """Name the row of a record in a sentence."""
    return words.ROW.fill(row=row)


def find_problems(
    school: School, plan: Plan, attendance: Attendance, name: Callable[[int], Text] = row_name
) -> tuple[AttendanceProblem, ...]:
    """Find every mistake in records of attendance, in the order of their rows.

    Of each record the first thing that is wrong is said, students and staff by id. ``name`` gives
    the place of another record that it is about, such as the one that it repeats.
    """
    return mistakes(PlanIndex(school, plan), attendance, name)


def mistakes(
    index: PlanIndex, attendance: Attendance, name: Callable[[int], Text] = row_name
) -> tuple[AttendanceProblem, ...]:
    """Find the same in a plan that was looked at already."""
    return tuple(sorted(_Finder(index, attendance, name).find(), key=lambda p: p.row))


class _Finder:
    """Goes through the records; what is called off first, since others depend on it."""

    def __init__(
        self, index: PlanIndex, attendance: Attendance, name: Callable[[int], Text]
    ) -> None:
        self.name = name
        self.index, self.school, self.records = index, index.school, attendance
        known = self.school.student
        self.spans = actual_spans(
            self.school,
            attendance._replace(
                joinings=tuple(r for r in attendance.joinings if r.student in known),
                leavings=tuple(r for r in attendance.leavings if r.student in known),
            ),
        )
        self.slots_of: dict[int, set[str | None]] = {weekday: {None} for weekday in range(1, 8)}
        """Slots of each weekday, and None for all day."""
        for slot in self.school.slots:
            self.slots_of[slot.weekday].add(slot.id)
        self.off: dict[Occasion, int] = {}
        self.away: dict[tuple[str, date, str], int] = {}
        self.stood_in: dict[tuple[date, str, str], int] = {}
        self.standing_in: dict[tuple[str, date], list[Substitute]] = {}
        self.leaving = {record.student for record in attendance.leavings}
        self.hints: dict[str, Text] = {}

    def find(self) -> Iterator[AttendanceProblem]:
        for record in self.records.cancelled:
            yield from self._named(record.row, self._cancelled(record))
        for absence in self.records.absences:
            yield from self._named(absence.row, self._absence(absence))
        for changes in (self.records.joinings, self.records.leavings):
            seen: dict[str, int] = {}
            for change in changes:
                yield from self._named(change.row, self._change(change, seen))
        # Who is stood in for is free at that time, whichever row says so.
        self.replaced = {(r.day, r.slot, r.absent) for r in self.records.substitutes}
        for substitute in self.records.substitutes:
            yield from self._named(substitute.row, self._substitute(substitute))

    @staticmethod
    def _named(row: int, text: Text | None) -> Iterator[AttendanceProblem]:
        if text is not None:
            yield AttendanceProblem(row, text)

    def _unknown(self, text: Text, value: str, known: Collection[str]) -> Text | None:
        """Say that an id is unknown and which may be meant; None where it is known."""
        if value in known:
            return None
        if value not in self.hints and len(self.hints) < MOST_HINTS:
            self.hints[value] = words.HINT.fill(nearest=nearest(value, known))
        return text.fill(id=value, hint=self.hints.get(value, words.CHECK_ID))

    def _slot(self, slot: str | None) -> Text | None:
        return None if slot is None else self._unknown(words.UNKNOWN_SLOT, slot, self.school.slot)

    def _student(self, student: str) -> Text | None:
        unknown = self._unknown(words.UNKNOWN_STUDENT, student, self.school.student)
        if unknown or student in self.index.weekly:
            return unknown
        return words.TAKES_NO_PART.fill(student=student)

    def _in_term(self, day: date) -> Text | None:
        term = self.school.term
        if term.first_date <= day <= term.last_date:
            return None
        return words.OUTSIDE.fill(day=day, first=term.first_date, last=term.last_date)

    def _day(self, day: date, slot: str | None = None) -> Text | None:
        """Say that there is no service on a date, or that a slot is not one of that date."""
        follows = self.index.days.follows.get(day)
        if follows is None:
            weekday = weekday_text(day.isoweekday())
            return self._in_term(day) or words.NO_SERVICE.fill(day=day, weekday=weekday)
        if slot is None or self.school.slot[slot].weekday == follows:
            return None
        return words.OTHER_WEEKDAY.fill(
            slot=slot,
            weekday=weekday_text(self.school.slot[slot].weekday),
            day=day,
            follows=weekday_text(follows),
            slots=_ids(self.index.slots_on(day)),
        )

    def _absence(self, record: Absence) -> Text | None:
        row, student, day, slot, _ = record
        weekly, follows = self.index.weekly.get(student), self.index.days.follows.get(day)
        if weekly is None or follows is None or slot not in self.slots_of[follows]:
            return self._student(student) or self._slot(slot) or self._day(day, slot)
        if student in self.spans:
            joins, leaves = self.spans[student]
            if day < joins:
                return words.NOT_YET.fill(student=student, joins=joins, day=day)
            if day > leaves:
                return words.NO_LONGER.fill(student=student, leaves=leaves, day=day)
        expected = weekly.get(follows)
        if not expected:
            weekday = weekday_text(day.isoweekday())
            return words.NOTHING_THAT_DAY.fill(student=student, day=day, weekday=weekday)
        if slot is not None and slot not in expected:
            facts = {"student": student, "slot": slot, "day": day}
            return words.NOT_EXPECTED.fill(slots=_ids(expected), **facts)
        earlier = []
        for missed in expected if slot is None else (slot,):
            key = (student, day, missed)
            if key in self.away:
                earlier.append(self.away[key])
            else:
                self.away[key] = row
        return words.AGAIN.fill(place=self.name(min(earlier))) if earlier else None

    def _change(self, record: Joining | Leaving, seen: dict[str, int]) -> Text | None:
        student = record.student
        wrong = self._student(student) or self._in_term(record.day)
        if wrong:
            return wrong
        if student in seen:
            return words.AGAIN.fill(place=self.name(seen[student]))
        seen[student] = record.row
        if isinstance(record, Joining) and student in self.leaving:
            return None  # Whether the two agree is said once, where he leaves.
        joins, leaves = self.spans[student]
        facts = {"student": student, "joins": joins, "leaves": leaves}
        if leaves < joins:
            return words.LEAVES_FIRST.fill(**facts)
        if not any(joins <= day <= leaves for day in self.index.days.dates):
            return words.NO_DATE_BETWEEN.fill(**facts)
        return None

    def _cancelled(self, record: Cancelled) -> Text | None:
        day, slot, group = record.day, record.slot, record.group
        wrong = self._slot(slot)
        if group is not None and not wrong:
            wrong = self._unknown(words.UNKNOWN_GROUP, group, self.index.groups)
        wrong = wrong or self._day(day, slot)
        if wrong:
            return wrong
        occasions = self.index.called_off(record)
        if not occasions:
            return self._nothing_to_call_off(record)
        earlier = [self.off[o] for o in occasions if o in self.off]
        for occasion in occasions:
            self.off.setdefault(occasion, record.row)
        return words.AGAIN.fill(place=self.name(min(earlier))) if earlier else None

    def _nothing_to_call_off(self, record: Cancelled) -> Text:
        day, slot, group = record.day, record.slot, record.group
        if group is None:
            return words.NOTHING_MEETS.fill(day=day)
        facts = {"group": group, "day": day, "slots": _ids(slots_of(self.index.groups[group]))}
        if slot is not None:
            return words.NOT_MEETING.fill(slot=slot, **facts)
        return words.NOT_THAT_DAY.fill(weekday=weekday_text(day.isoweekday()), **facts)

    def _substitute(self, record: Substitute) -> Text | None:
        day, slot, absent, who = record.day, record.slot, record.absent, record.substitute
        staff = self.school.teacher
        wrong = (
            self._slot(slot)
            or self._unknown(words.UNKNOWN_TEACHER, absent, staff)
            or self._unknown(words.UNKNOWN_TEACHER, who, staff)
            or self._day(day, slot)
        )
        if wrong:
            return wrong
        key = (day, slot, absent)
        if key in self.stood_in:
            return words.AGAIN.fill(place=self.name(self.stood_in[key]))
        self.stood_in[key] = record.row
        groups = self.index.duties[absent].get(slot, [])
        if not groups:
            today = [s for s in self.index.slots_on(day) if s in self.index.duties[absent]]
            return words.NO_DUTY.fill(teacher=absent, day=day, slot=slot, slots=_ids(today))
        if all((day, slot, group) in self.off for group in groups):
            return words.NOT_HELD.fill(group=groups[0], day=day, slot=slot)
        if who == absent:
            return words.SAME_PERSON.fill(teacher=who)
        return self._unfit(who) or self._busy(record)

    def _unfit(self, who: str) -> Text | None:
        """Say why nobody may be stood in for by a person: not cleared, or of a barred body."""
        person = self.school.teacher[who]
        if not person.cleared:
            asked = listed(dict.fromkeys(c.source for c in on_person(self.school, person)))
            text = words.NOT_CLEARED_BY if asked.en else words.NOT_CLEARED
            return text.fill(teacher=who, **({"source": asked} if asked.en else {}))
        body = self.school.provider.get(person.provider or "")
        for ban, clause in bans(self.school, body) if body else ():
            kind = PROVIDER_KINDS[body.kind] if body and body.kind else ""
            why = BANS[ban].fill(kind=kind)
            facts = {"provider": person.provider, "why": why, "source": clause.source}
            return words.BARRED_BODY.fill(teacher=who, **facts)
        return None

    def _busy(self, record: Substitute) -> Text | None:
        """Say what else the substitute has at an overlapping slot of the date."""
        day, who, at = record.day, record.substitute, self.school.slot[record.slot]
        for slot, groups in self.index.duties[who].items():
            if (day, slot, who) in self.replaced or not self.school.slot[slot].overlaps(at):
                continue
            for group in groups:
                if (day, slot, group) not in self.off:
                    return words.BUSY.fill(teacher=who, day=day, slot=slot, group=group)
        others = self.standing_in.setdefault((who, day), [])
        for other in others:
            if self.school.slot[other.slot].overlaps(at):
                facts = {"teacher": who, "absent": other.absent}
                return words.STANDS_IN_TWICE.fill(place=self.name(other.row), **facts)
        others.append(record)
        return None


def _ids(slots: Collection[str]) -> Text:
    """List ids in a fixed order."""
    ordered: list[str] = sorted(slots, key=natural)
    return listed(ordered) if slots else words.NONE
