"""Who and what is free beside a plan: staff, rooms, money."""

from collections import Counter
from collections.abc import Collection, Iterable
from functools import cache

from models import CareGroup, Cost, Course, Plan, Room, School
from optimizer.checks import content
from optimizer.checks._times import Times
from optimizer.ledger import (
    COST,
    Line,
    budget_limits,
    pay_costs,
    planned_pay_lines,
    work_of,
)


class Resources:
    """What a plan leaves to open one more section with."""

    def __init__(self, school: School, plan: Plan, times: Times) -> None:
        self.school, self._times = school, times
        self._staff_at: dict[str, int] = dict.fromkeys(school.teacher, 0)
        self._room_at: dict[str, int] = dict.fromkeys(school.room, 0)
        self._week: Counter[str] = Counter()
        self._day: Counter[tuple[str, int]] = Counter()
        held = [(s.slots, s.room, s.staff) for s in plan.sections]
        held += [((g.slot,), g.room, g.staff) for g in plan.care_groups]
        for slots, room, staff in held:
            reach = times.reach(slots)
            self._room_at[room] |= reach
            for teacher in staff:
                self._staff_at[teacher] |= reach
                self._week[teacher] += len(slots)
                self._day.update((teacher, school.slot[slot].weekday) for slot in slots)
        limits = budget_limits(school)
        lines = planned_pay_lines(school, plan) if limits else ()
        self._left = [(limit.costs, limit.limit_fen + _sum(lines, limit.costs)) for limit in limits]
        self._work = work_of(plan)
        self._more = cache(self._more_of)

    def fit_staff(self, course: Course, slots: Collection[str]) -> list[str]:
        """List who may lead the course at these slots, had they nothing else to do."""
        return [t for t in dict.fromkeys(course.leaders) if self._fit(t, slots, 0)]

    def free_staff(self, course: Course, slots: Collection[str]) -> list[str]:
        """List who of those can, beside what they have to do."""
        mask = self._times.mask(slots)
        fit = self.fit_staff(course, slots)
        return [t for t in fit if not self._staff_at[t] & mask and self._fit(t, slots, 1)]

    def _fit(self, teacher: str, slots: Collection[str], beside: int) -> bool:
        """Tell whether a person could lead at these slots, beside all other duties or none."""
        school, person = self.school, self.school.teacher[teacher]
        days = Counter(school.slot[slot].weekday for slot in slots)
        return (
            person.cleared
            and not content.provider_barred(school, person.provider)
            and all(person.available(slot) for slot in slots)
            and len(slots) + beside * self._week[teacher] <= person.max_periods_week
            and all(
                count + beside * self._day[teacher, day] <= person.max_periods_day
                for day, count in days.items()
            )
        )

    def fit_rooms(self, course: Course, slots: Collection[str]) -> list[Room]:
        """List the rooms that suit the course, hold its minimum, and can be used at these slots."""
        return [
            room
            for room in self.school.rooms
            if (not course.rooms or room.id in course.rooms)
            and set(course.room_features) <= set(room.features)
            and room.seats >= course.min_size
            and all(room.available(slot) for slot in slots)
        ]

    def free_rooms(self, course: Course, slots: Collection[str]) -> list[Room]:
        """List those of these rooms in which nothing happens then."""
        mask = self._times.mask(slots)
        return [r for r in self.fit_rooms(course, slots) if not self._room_at[r.id] & mask]

    def affords(
        self,
        staff: Collection[str],
        number: int,
        slots: frozenset[str],
        ended: Iterable[CareGroup] = (),
    ) -> bool:
        """Tell whether each limit of the budget leaves enough for the cheapest of these people.

        With no more of them than ``number`` the answer is exact, else each limit may be met by
        others.

        Parameters
        ----------
        ended
            Care groups whose pay is saved.
        """
        fewer: dict[str, tuple[str, ...]] = {}
        for group in ended:
            for t in group.staff:
                fewer[t] = (*fewer.get(t, ()), group.slot)
        for kinds, left in self._left:
            saved = sum(self._more(t, (), slot, kinds) for t, slot in fewer.items())
            more = sorted(
                self._more(t, tuple(slots), fewer.get(t, ()), kinds)
                - self._more(t, (), fewer.get(t, ()), kinds)
                for t in staff
            )
            if sum(more[:number]) + saved > left:
                return False
        return True

    def _more_of(
        self, teacher: str, gained: tuple[str, ...], lost: tuple[str, ...], kinds: frozenset[Cost]
    ) -> int:
        """Give what a person costs more with some duties more and some less than he has."""
        person, before = self.school.teacher[teacher], self._work.get(teacher, [])
        after = Counter(before) + Counter(gained) - Counter(lost)
        new, old = (pay_costs(self.school, slots, person) for slots in (after.elements(), before))
        return sum(new.get(kind, 0) - old.get(kind, 0) for kind in kinds)


def _sum(lines: Iterable[Line], kinds: frozenset[Cost]) -> int:
    """Add up lines of some kinds of pay, which the ledger books with a minus."""
    return sum(line.amount_fen for line in lines if COST[line.entry] in kinds)
