"""What everybody does best at the prices: by hand where it hangs on one thing, and at random.

The random half needs no figures: whatever the prices, the best plan there is has no more points
than they prove. A best that is understated somewhere proves too little for some school.
"""

from collections.abc import Iterable
from functools import reduce
from itertools import permutations, product
from operator import or_
from random import Random
from typing import Any

import pytest

from models import (
    UNIT,
    CarePrice,
    GroupPrice,
    LearningPrice,
    LockPrice,
    PayUnit,
    Prices,
    School,
    SeatPrice,
    SectionLock,
)
from optimizer.checks import proved_bound
from optimizer.checks.bound.facts import Facts
from optimizer.checks.bound.students import Choice, Club
from optimizer.checks.bound.trade import Option, Trade
from optimizer.rules import build
from tests.builders import (
    tiny_school,
    with_budget,
    with_care,
    with_course,
    with_locks,
    with_room,
    with_teacher,
)
from tests.rules.random_schools import random_school
from tests.rules.solving import optimal_in_one_run, solved

SLOTS = ("mon1", "mon2", "tue1", "tue2")
ALL = (3, 4, 5)


@pytest.fixture(scope="module")
def school() -> School:
    return tiny_school()


def parts(school: School, **prices: Any) -> dict[str, int]:
    """Give what each kind of party does best, in points."""
    return {k: v // UNIT for k, v in proved_bound(school, Prices(**prices)).parts.items()}


def by_slot(points: int, *slots: str) -> dict[str, int]:
    return dict.fromkeys(slots, points * UNIT)


def locked_chess(
    school: School, *locks: SectionLock, **fields: Any
) -> tuple[School, dict[str, Any]]:
    """Pay 9 points for each lock that a section of chess on Monday keeps."""
    at = with_course(school, "chess", slots=("mon1",), max_sections=1, **fields)
    return with_locks(at, *locks), {
        "locks": tuple(LockPrice(lock=x, price=9 * UNIT) for x in locks)
    }


def test_who_is_pinned_to_a_section_is_paid_and_the_cheapest_of_the_others(school: School) -> None:
    """Two lead it: t1, who is pinned, and t3, who costs less than t2."""
    pin = SectionLock(course="chess", slots=("mon1",), staff=("t1",))
    fields = {"staff_needed": 2, "leaders": ("t1", "t2", "t3")}
    pinned, prices = locked_chess(school, pin, **fields)
    staff = {t: by_slot(wage, "mon1") for t, wage in (("t1", 5), ("t2", 2), ("t3", 1))}
    assert parts(pinned, **prices, staff=staff)["sections"] == 9 - 5 - 1 - 9


def test_a_section_has_no_more_seats_than_children_who_could_come(school: School) -> None:
    """Places for nine, four who wish for art on Monday: they pay, and nobody else."""
    wide = with_course(school, "art", slots=("mon1", "mon2"), max_size=9)
    wide = with_room(wide, "studio", seats=20)
    seats = {"art": (SeatPrice(slots=("mon1", "mon2"), grades=(4, 5), price=UNIT),)}
    assert parts(wide, seats=seats)["sections"] == 4


@pytest.mark.parametrize(("a_day", "a_week", "earned"), [(1, 9, 2), (2, 3, 3), (2, 9, 4)])
def test_nobody_earns_by_more_periods_than_he_may_have(
    school: School, a_day: int, a_week: int, earned: int
) -> None:
    """Four slots on two days at one point each; paid or not, by the period or the session."""
    for unit in PayUnit:
        tired = with_teacher(
            school, "t1", max_periods_day=a_day, max_periods_week=a_week, pay_unit=unit
        )
        staff = {"t1": by_slot(1, *SLOTS)}
        assert parts(tired, staff=staff)["staff"] == earned
        assert parts(with_budget(tired, sum_fen=0), staff=staff)["staff"] == earned


def test_clubs_that_must_be_had_count_in_what_may_be_hoped_for() -> None:
    """A search for the best set that left them out would give up too early."""
    clubs = [
        Club((Option(1, 1, 0, "a", frozenset(), frozenset()),), 10, pinned=False),
        Club((Option(2, 2, 0, "b", frozenset(), frozenset()),), 8, pinned=True),
        Club((Option(1, 1, 0, "c", frozenset(), frozenset()),), 9, pinned=False),
        Club((Option(4, 4, 0, "d", frozenset(), frozenset()),), 7, pinned=True),
    ]
    for first in permutations(clubs):
        assert Choice(list(first), [0, 0, 0, 0]).best() == 10 + 8 + 7
        assert Choice(list(first), [0, 0, 0]).best() == 8 + 7


def test_sets_of_clubs_against_all_there_are() -> None:
    random, pinned = Random(5), 0
    for _ in range(300):
        clubs = [
            Club(
                tuple(
                    sorted(
                        (
                            Option(mask, mask, random.randint(-6, 6), "", frozenset(), frozenset())
                            for mask in random.sample(range(1, 16), random.randint(1, 3))
                        ),
                        key=lambda o: -o.gain,
                    )
                ),
                random.randint(-5, 20),
                random.random() < 0.25,
            )
            for _ in range(random.randint(1, 5))
        ]
        most = random.randint(1, 4)
        bonus = [0, *(random.choice([0, 3, 9]) for _ in range(min(most, len(clubs))))]
        best = _best_set(clubs, bonus)
        if best is not None:
            assert Choice(clubs, bonus).best() == best
            pinned += any(club.pinned for club in clubs)
    assert pinned > 50


def _best_set(clubs: list[Club], bonus: list[int]) -> int | None:
    """Look at every set; None where what is pinned cannot be had together."""
    found = []
    for chosen in product(*([*c.options] if c.pinned else [None, *c.options] for c in clubs)):
        held = [(c, o) for c, o in zip(clubs, chosen, strict=True) if o is not None]
        apart = sum(o.mask for _, o in held) == _union(o.mask for _, o in held)
        if len(held) < len(bonus) and apart:
            found.append(sum(c.points + o.gain for c, o in held) + bonus[len(held)])
    return max(found, default=None)


def _union(masks: Iterable[int]) -> int:
    return reduce(or_, masks, 0)


def test_a_group_with_any_of_the_grades_holds_some_of_them(school: School) -> None:
    """Of grades 3 and 5, which may not share a group, the larger room of the two counts."""
    apart = with_care(school, grade_span=1, rooms="own_grade")
    small = with_room(with_room(with_room(apart, "r3", seats=2), "r4", seats=8), "r5", seats=3)
    assert Facts(small).groups.holds("mon1", frozenset(ALL), frozenset((3, 5))) == 3


def test_what_is_paid_for_savings_is_of_the_groups_that_are_needed(school: School) -> None:
    """Prices of groups with grades 3 or 5 hold where no group may have both."""
    facts = Facts(with_care(school, grade_span=1))
    savings = (GroupPrice(slot="mon1", grades=(3, 5), price=UNIT),)
    (paid,) = Trade(facts, Prices(savings=savings)).paid
    staying = sum(facts.staying_at["mon1"][g] for g in (3, 5))
    holds = facts.groups.holds("mon1", frozenset(ALL), frozenset((3, 5)))
    assert holds > 0
    groups = -(-staying // holds)
    assert paid.all == groups * (staying - holds * (groups - 1)) * UNIT


def drawn_prices(school: School, random: Random) -> Prices:
    """Draw a price for about half of all that can have one; some far too high, some nothing."""

    def price(most: int = 30) -> int:
        return random.choice([0, 1, random.randint(1, most)]) * UNIT // random.choice([1, 1, 3])

    def some(options: Any) -> list[Any]:
        return [x for x in options if random.random() < 0.5]

    slots = [slot.id for slot in school.slots]
    students = [student.id for student in school.students]
    seats = {
        course.id: tuple(
            SeatPrice(
                slots=kind[0],
                grades=kind[1],
                price=random.choice([price(), price(), -price(8)]),
                openings={s: price() for s in some(students)} if random.random() < 0.3 else {},
            )
            for kind in {
                (tuple(sorted(way.slots)), tuple(sorted(band)))
                for way in Facts(school).prospects.ways(course.id)
                for band in Facts(school).bands(course)
            }
        )
        for course in some(school.courses)
    }
    grades = [(slot, grade) for slot in slots for grade in school.grades]

    def groups() -> tuple[GroupPrice, ...]:
        return tuple(
            GroupPrice(
                slot=slot, grades=tuple(some(school.grades)) or school.grades, price=price(6)
            )
            for slot in some(slots)
        )

    return Prices(
        seats=seats,
        openings={c.id: {s: price() for s in some(students)} for c in some(school.courses)},
        care=tuple(CarePrice(slot=s, grade=g, price=price(12)) for s, g in some(grades)),
        groups=groups(),
        savings=groups(),
        waits={slot: {s: price(8) for s in some(students)} for slot in some(slots)},
        learning=tuple(
            LearningPrice(grade=g, weekday=d, price=price(9))
            for g in some(school.grades)
            for d in sorted({slot.weekday for slot in school.slots})
        ),
        locks=tuple(
            LockPrice(lock=lock, price=price(20))
            for lock in some(school.locks)
            if isinstance(lock, SectionLock)
        ),
        staff={t.id: {s: price(20) for s in some(slots)} for t in some(school.teachers)},
        rooms={r.id: {s: price(20) for s in some(slots)} for r in some(school.rooms)},
        money={a: price(2) // 1000 for a in ("", "fees", "subsidy")}
        if random.random() < 0.5
        else {},
    )


@pytest.mark.parametrize("block", range(6))
def test_no_prices_prove_less_than_the_best_plan_has(block: int) -> None:
    planned = 0
    for number in range(block, 150, 6):
        random = Random(f"prices {number}")
        school = random_school(random)
        if solved(build(school)) is None:
            continue
        best = optimal_in_one_run(school).value
        planned += 1
        for _ in range(12):
            prices = drawn_prices(school, random)
            assert proved_bound(school, prices).bound >= best, (number, prices)
    assert planned >= 4
