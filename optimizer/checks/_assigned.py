"""Who has which duties in a plan, who of the school's own staff could take which, at what pay."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from models import (
    PAY,
    CareGroup,
    CareStaffLock,
    PayUnit,
    School,
    Section,
    SectionLock,
    StaffKind,
)
from optimizer.checks import content, staffing
from optimizer.checks._times import Times
from optimizer.checks.base import grades_in
from optimizer.ledger import budget_limits, pay_costs


class Way(NamedTuple):
    """Somebody takes a group in the place of one who leaves it, and gives one up for it, or none.

    Groups go by their number in ``Duties.groups``.
    """

    person: str
    gives: int | None


class Duties:
    """Sections and care groups with their staff, changed one duty at a time."""

    def __init__(
        self, school: School, sections: Iterable[Section], care_groups: Iterable[CareGroup]
    ) -> None:
        self.school = school
        self.groups: list[Section | CareGroup] = [*sections, *care_groups]
        self.slots = [g.slots if isinstance(g, Section) else (g.slot,) for g in self.groups]
        self.staff = [[*g.staff] for g in self.groups]
        self.grades = [grades_in(school, g) for g in self.groups]
        times = Times(school)
        self._mask = [times.mask(slots) for slots in self.slots]
        self._reach = [times.reach(slots) for slots in self.slots]
        self._days = [Counter(school.slot[s].weekday for s in slots) for slots in self.slots]
        self.of: dict[str, list[int]] = {t.id: [] for t in school.teachers}
        for number, staff in enumerate(self.staff):
            for person in staff:
                self.of[person].append(number)
        self._load = {person: self._periods(held) for person, held in self.of.items()}
        self._rota = [
            isinstance(group, CareGroup) and bool(staffing.on_rota(school, grades))
            for group, grades in zip(self.groups, self.grades, strict=True)
        ]
        self._named = [self._named_in(group) for group in self.groups]
        self._of_course: dict[str, list[int]] = {}
        for number, group in enumerate(self.groups):
            if isinstance(group, Section):
                self._of_course.setdefault(group.course, []).append(number)
        self._section_locks = [x for x in school.locks if isinstance(x, SectionLock)]
        self._care_locks = {
            (x.teacher, x.slot) for x in school.locks if isinstance(x, CareStaffLock)
        }
        self._able: dict[tuple[object, ...], tuple[str, ...]] = {}
        self._ways: dict[str, dict[int, tuple[int | None, ...]]] = {t: {} for t in self.of}
        self.pay = _Pay(self)

    def _periods(self, groups: Iterable[int]) -> Counter[int]:
        """Count periods by weekday."""
        load: Counter[int] = Counter()
        for number in groups:
            load.update(self._days[number])
        return load

    def _named_in(self, group: Section | CareGroup) -> set[str]:
        """Give whom students of a section asked for by name."""
        if isinstance(group, CareGroup):
            return set()
        members = {*group.students}
        return {
            w.teacher
            for w in self.school.wishes_for[group.course]
            if w.teacher is not None and w.student in members
        }

    def on_rota(self, number: int) -> bool:
        """Tell whether a homeroom rota says who has a care group."""
        return self._rota[number]

    def named(self, number: int, person: str) -> bool:
        """Tell whether somebody in the section asked for the person."""
        return person in self._named[number]

    def pinned(self, number: int, person: str) -> bool:
        """Tell whether a lock is kept by the person's being there, and by nothing else."""
        group = self.groups[number]
        if isinstance(group, CareGroup):
            return (person, group.slot) in self._care_locks
        return any(
            person in lock.staff and self._keepers(lock) == [number] for lock in self._section_locks
        )

    def _keepers(self, lock: SectionLock) -> list[int]:
        """Give the sections that keep a lock."""
        return [
            number
            for number in self._of_course.get(lock.course, ())
            if lock.room in {None, self.groups[number].room}
            and {*lock.slots} <= {*self.slots[number]}
            and {*lock.staff} <= {*self.staff[number]}
        ]

    def keeps_pins(self, courses: Iterable[str]) -> bool:
        """Tell whether every lock on sections of some courses is kept as duties are now."""
        about = {*courses}
        return all(self._keepers(lock) for lock in self._section_locks if lock.course in about)

    def stays(self, number: int, person: str) -> bool:
        """Tell whether a duty cannot pass from the person to any other, whoever that is."""
        return self.named(number, person) or self.pinned(number, person)

    def could(self, number: int) -> tuple[str, ...]:
        """Give who of the own staff has what a group needs, whenever he can come."""
        group = self.groups[number]
        course = group.course if isinstance(group, Section) else None
        if course is not None:
            people = [self.school.teacher[t] for t in self.school.course[course].leaders]
        else:
            people = [t for t in self.school.teachers if t.may_supervise]
        return tuple(
            t.id
            for t in people
            if t.kind is StaffKind.OWN
            and t.cleared
            and not content.provider_barred(self.school, t.provider)
        )

    def able(self, number: int) -> tuple[str, ...]:
        """Give who of the own staff may have a group, whatever else he does."""
        group = self.groups[number]
        key = (getattr(group, "course", None), *self.slots[number])
        if key not in self._able:
            person, slots = self.school.teacher, self.slots[number]
            self._able[key] = tuple(
                t for t in self.could(number) if all(person[t].available(s) for s in slots)
            )
        return () if self.on_rota(number) else self._able[key]

    def ways(self, number: int) -> list[Way]:
        """Give the ways in which own staff could take one person's place in a group."""
        there = self.staff[number]
        return [
            Way(person, given)
            for person in self.able(number)
            if person not in there
            for given in self._ways_of(person, number)
        ]

    def _ways_of(self, person: str, number: int) -> tuple[int | None, ...]:
        known = self._ways[person]
        if number not in known:
            known[number] = tuple(self._find_ways(person, number))
        return known[number]

    def _find_ways(self, person: str, number: int) -> Iterable[int | None]:
        mask = self._mask[number]
        clashing = [held for held in self.of[person] if self._reach[held] & mask]
        if len(clashing) > 1:
            return
        if not clashing and self._within(person, number, None):
            yield None
            if not self.pay.limited:
                return  # To give one up as well could only make it cheaper.
        for held in clashing or self.of[person]:
            if self._within(person, number, held) and not self.stays(held, person):
                yield held

    def _within(self, person: str, number: int, given: int | None) -> bool:
        """Tell whether he is within his days and his week with one group more, and one less."""
        limits, load = self.school.teacher[person], self._load[person]
        less = {} if given is None else self._days[given]
        week = load.total() + len(self.slots[number])
        week -= 0 if given is None else len(self.slots[given])
        return week <= limits.max_periods_week and all(
            load[day] + count - less.get(day, 0) <= limits.max_periods_day
            for day, count in self._days[number].items()
        )

    def load(self, person: str) -> int:
        """Give a person's periods a week."""
        return self._load[person].total()

    def move(self, number: int, leaves: str, takes: str) -> None:
        """Give a group to another person."""
        self.staff[number][self.staff[number].index(leaves)] = takes
        self.of[leaves].remove(number)
        self.of[takes].append(number)
        for person in (leaves, takes):
            self._load[person] = self._periods(self.of[person])
            self._ways[person].clear()
        self.pay.renew((leaves, takes))

    def result(self) -> tuple[tuple[Section, ...], tuple[CareGroup, ...]]:
        """Give sections and care groups with their staff as it is now."""
        sections, groups = [], []
        for group, staff in zip(self.groups, self.staff, strict=True):
            now = group if group.staff == tuple(staff) else _with_staff(group, staff)
            if isinstance(now, Section):
                sections.append(now)
            else:
                groups.append(now)
        return tuple(sections), tuple(groups)


def _with_staff(group: Section | CareGroup, staff: Iterable[str]) -> Section | CareGroup:
    return group.model_copy(update={"staff": tuple(staff)})


class _Pay:
    """What changes of duties cost over the term: all pay together, then what each limit is of."""

    def __init__(self, duties: Duties) -> None:
        self.duties, self.school = duties, duties.school
        limits = budget_limits(self.school)
        self.limited = bool(limits)
        self.kinds = [PAY, *(limit.costs for limit in limits)]
        self._costs: dict[tuple[object, ...], tuple[int, ...]] = {}
        self._paid = {person: self._of(person, held) for person, held in duties.of.items()}
        self._most = [limit.limit_fen for limit in limits]

    @property
    def left(self) -> tuple[int, ...]:
        """What each limit leaves, in fen."""
        spent = [sum(paid) for paid in zip(*self._paid.values(), strict=True)][1:]
        return tuple(most - sum_ for most, sum_ in zip(self._most, spent, strict=True))

    def renew(self, people: Iterable[str]) -> None:
        """Work out anew what some people are paid."""
        for person in people:
            self._paid[person] = self._of(person, self.duties.of[person])

    def change(self, person: str, takes: int | None, gives: int | None) -> tuple[int, ...]:
        """Give by how much pay rises if the person takes a group and gives one up."""
        if self.school.teacher[person].pay_unit is PayUnit.PERIOD:
            more = self._of(person, () if takes is None else (takes,))
            less = self._of(person, () if gives is None else (gives,))
        else:  # All that he does on a day is paid together.
            held = tuple(number for number in self.duties.of[person] if number != gives)
            more = self._of(person, held if takes is None else (*held, takes))
            less = self._paid[person]
        return tuple(a - b for a, b in zip(more, less, strict=True))

    def _of(self, person: str, groups: Iterable[int]) -> tuple[int, ...]:
        """Give what a person is paid if these groups are all that he has."""
        teacher, slots = self.school.teacher[person], self.duties.slots
        week = tuple(sorted(slot for number in groups for slot in slots[number]))
        rate = teacher.kind, teacher.pay_unit, teacher.pay_fen, teacher.overtime_pay_fen
        key = (week, *rate)
        if key not in self._costs:
            paid = pay_costs(self.school, week, teacher)
            self._costs[key] = tuple(
                sum(fen for cost, fen in paid.items() if cost in kinds) for kinds in self.kinds
            )
        return self._costs[key]
