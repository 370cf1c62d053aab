"""Random prices for a school: of every family, many or few, small or absurd."""

from collections.abc import Callable, Iterator
from random import Random

from models import (
    UNIT,
    CarePrice,
    GroupPrice,
    LearningPrice,
    LockPrice,
    Prices,
    School,
    SeatPrice,
    SectionLock,
    Split,
)
from optimizer.ledger import budget_limits
from optimizer.rules import Offer, build_offers


def random_prices(random: Random, school: School) -> Prices:
    """Draw prices; each family is left out now and then."""
    return _Drawn(random, school).prices()


def random_proof(random: Random, school: School, depth: int = 2) -> Prices | Split:
    """Draw a tree of price lists."""
    offers = build_offers(school)
    if not depth or not offers or random.random() < 0.3:
        return random_prices(random, school)
    offer = random.choice(offers)
    return Split(
        course=offer.course,
        slots=offer.slots,
        grades=tuple(sorted(offer.grades)),
        most=random.choice((0, 0, 1, 2)),
        fewer=random_proof(random, school, depth - 1),
        more=random_proof(random, school, depth - 1),
    )


class _Drawn:
    def __init__(self, random: Random, school: School) -> None:
        self.random, self.school = random, school
        self.high = random.choice((3, 30, 30, 30, 300)) * UNIT
        self.share = random.choice((0.1, 0.4, 0.9))

    def price(self, low: int = 0) -> int:
        return self.random.randint(low, self.high)

    def some(self) -> bool:
        return self.random.random() < self.share

    def by_two(self, firsts: list[str], seconds: list[str]) -> dict[str, dict[str, int]]:
        if self.random.random() < 0.3:
            return {}
        return {a: {b: self.price() for b in seconds if self.some()} for a in firsts if self.some()}

    def groups(self) -> tuple[GroupPrice, ...]:
        if self.random.random() < 0.3:
            return ()
        return tuple(
            GroupPrice(
                slot=slot.id,
                grades=tuple(g for g in self.school.grades if self.some()),
                price=self.price(),
            )
            for slot in self.school.slots
            if self.some()
        )

    def seats(self) -> Iterator[tuple[str, SeatPrice]]:
        offers: dict[object, Offer] = {offer.key[:3]: offer for offer in build_offers(self.school)}
        students = [student.id for student in self.school.students]
        for offer in offers.values():
            if self.some():
                own = {s: self.price() for s in students if self.random.random() < 0.3}
                yield (
                    offer.course,
                    SeatPrice(
                        slots=offer.slots,
                        grades=tuple(sorted(offer.grades)),
                        price=self.price(-self.high),
                        openings=own,
                    ),
                )

    def prices(self) -> Prices:
        school = self.school
        seats: dict[str, tuple[SeatPrice, ...]] = {}
        for course, price in self.seats():
            seats[course] = (*seats.get(course, ()), price)
        slots = [slot.id for slot in school.slots]
        students = [student.id for student in school.students]
        both: Callable[[list[str], list[str]], dict[str, dict[str, int]]] = self.by_two
        locks = [lock for lock in school.locks if isinstance(lock, SectionLock)]
        return Prices(
            seats=seats,
            openings=both([course.id for course in school.courses], students),
            care=tuple(
                CarePrice(slot=slot, grade=grade, price=self.price())
                for slot in slots
                for grade in school.grades
                if self.some()
            ),
            groups=self.groups(),
            savings=self.groups(),
            waits=both(slots, students),
            learning=tuple(
                LearningPrice(grade=grade, weekday=day, price=self.price() // 40)
                for grade in school.grades
                for day in sorted(school.weekdays)
                if self.some()
            ),
            # A lock that is listed twice is paid for twice.
            locks=tuple(LockPrice(lock=lock, price=self.price()) for lock in locks * 2),
            staff=both([t.id for t in school.teachers], slots),
            rooms=both([r.id for r in school.rooms], slots),
            money={
                limit.account: self.price() // 1000
                for limit in budget_limits(school)
                if self.some()
            },
        )
