"""What the sections of each course take in at most."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from models import Course, Room, SectionCountLock, SectionLock
from optimizer.checks._prospects import Way
from optimizer.checks.bound.learning import Looks
from optimizer.checks.bound.trade import Kind, Trade

Counts = dict[Kind, tuple[int, int | None]]
"""Least and most sections of a kind."""


class Income(NamedTuple):
    """What all sections of a kind take in, whoever sits in them, for those who could."""

    anyone: Counter[tuple[frozenset[str], int]]
    """By slots and grade."""
    named: dict[tuple[frozenset[str], int], Counter[str]]
    """And by the teacher who has to lead it."""


def sections(trade: Trade, counts: Counts) -> int:
    """Add up what the sections of each course take in at most, less what they pay for locks."""
    total = 0
    for course in trade.school.courses:
        if not trade.facts.prospects.unknown(course.id):
            total += _course(trade, course, counts)
    return total - sum(price for own in trade.locks.values() for price in own.values())


def _course(trade: Trade, course: Course, counts: Counts) -> int:
    """Give the most that as many sections take in as there may be, or must."""
    locks = [x for x in trade.school.locks if isinstance(x, SectionCountLock)]
    exact = [lock.count for lock in locks if lock.course == course.id]
    least, most = max(exact, default=0), trade.facts.prospects.most_sections(course.id)
    income = _income(trade, course)
    profits = sorted(
        ((profit, *counts.get(kind, (0, None))) for kind, profit in _kinds(trade, course, income)),
        key=lambda row: -row[0],
    )
    total = sum(profit * low for profit, low, _ in profits)
    number = sum(low for _, low, _ in profits)
    for profit, low, high in profits:
        room = (most if high is None else high) - low
        wanted = (most if profit > 0 else least) - number
        more = max(0, min(room, wanted))
        total, number = total + profit * more, number + more
    return total


def _income(trade: Trade, course: Course) -> Income:
    """Add up what students pay for the course to be opened where they can come."""
    by_looks: Counter[Looks] = Counter()
    prices = trade.prices.openings.get(course.id, {})
    for wish in trade.school.wishes_for[course.id] if prices else ():
        own = trade.facts.looks(wish)
        if own is not None and prices.get(wish.student):
            by_looks[own] += prices[wish.student]
    found = Income(Counter(), {})
    for looks, price in by_looks.items():
        for way in trade.facts.attended(looks):
            key = way.slots, looks.grade
            if looks.teacher is None:
                found.anyone[key] += price
            else:
                found.named.setdefault(key, Counter())[looks.teacher] += price
    return found


def _kinds(trade: Trade, course: Course, income: Income) -> Iterator[tuple[Kind, int]]:
    """Give each kind of section with what one of it takes in at most."""
    for way in trade.facts.prospects.ways(course.id):
        takers = Counter(trade.school.grade_of[student] for student in way.takers)
        dealing = _Dealing(trade, course, way)
        for band in trade.facts.bands(course):
            students = sum(takers[grade] for grade in band)
            if students >= course.min_size and len(dealing.wages) >= course.staff_needed:
                kind = course.id, way.slots, band
                anyone = sum(income.anyone[way.slots, grade] for grade in band)
                named: Counter[str] = Counter()
                for grade in band:
                    named.update(income.named.get((way.slots, grade), Counter()))
                own = _own_income(trade, kind, named)
                yield kind, anyone + own + dealing.profit(kind, students, named)


def _own_income(trade: Trade, kind: Kind, named: Counter[str]) -> int:
    """Give what students pay for sections of just this kind; add it to their teacher's if named."""
    total, (course, _, grades) = 0, kind
    for student, price in trade.openings.get(kind, {}).items():
        wishers = trade.facts.wishers(course)
        if student not in wishers or trade.school.grade_of[student] not in grades:
            continue
        teacher = wishers[student]
        if teacher is None:
            total += price
        else:
            named[teacher] += price
    return total


class _Dealing:
    """What a section that meets at some slots pays for room and staff."""

    def __init__(self, trade: Trade, course: Course, way: Way) -> None:
        self.trade, self.course, self.way = trade, course, way
        self.locks = [
            (lock, price)
            for lock, price in trade.locks.get(course.id, {}).items()
            if way.slots.issuperset(lock.slots)
        ]
        self.wages = {t: trade.staff(t, way.slots) for t in trade.facts.staff(way)}
        self.rents: dict[str | None, dict[int, int]] = {None: self._rents(way.rooms)}

    def _rents(self, rooms: Sequence[str]) -> dict[int, int]:
        """Give the least rent of rooms by how many they hold of the course."""
        found: dict[int, int] = {}
        for name in rooms:
            room: Room = self.trade.school.room[name]
            holds, rent = (
                min(self.course.max_size, room.seats),
                self.trade.room(name, self.way.slots),
            )
            found[holds] = min(rent, found.get(holds, rent))
        return found

    def profit(self, kind: Kind, students: int, named: Mapping[str, int]) -> int:
        """Give the most that a section takes in: with any of its locks kept, or none."""
        price = self.trade.seat.get(kind, 0)
        wages = {t: wage - named.get(t, 0) for t, wage in self.wages.items()}
        found = [
            sum(paid for _, paid in kept) + self._with([x for x, _ in kept], price, students, wages)
            for number in range(len(self.locks) + 1)
            for kept in combinations(self.locks, number)
            if self._possible([x for x, _ in kept])
        ]
        return max(found)

    def _possible(self, locks: Sequence[SectionLock]) -> bool:
        rooms = {lock.room for lock in locks if lock.room is not None}
        staff = {t for lock in locks for t in lock.staff}
        return (
            len(rooms) <= 1
            and rooms.issubset(self.way.rooms)
            and staff <= self.wages.keys()
            and len(staff) <= self.course.staff_needed
        )

    def _with(
        self, locks: Sequence[SectionLock], price: int, students: int, wages: Mapping[str, int]
    ) -> int:
        room = next((lock.room for lock in locks if lock.room is not None), None)
        if room not in self.rents:
            self.rents[room] = self._rents([room] if room else self.way.rooms)
        must = {t for lock in locks for t in lock.staff}
        others = sorted(wage for t, wage in wages.items() if t not in must)
        staff = sum(wages[t] for t in must) + sum(others[: self.course.staff_needed - len(must)])
        least = self.course.min_size
        seats = max(
            max(price * least, price * min(holds, students)) - rent
            for holds, rent in self.rents[room].items()
        )
        return seats - staff
