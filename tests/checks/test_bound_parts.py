"""What each one does best at prices: where only one of two things can be had, one is counted."""

from typing import Any

import pytest

from models import UNIT, CareStaffLock, PayUnit, PolicyItem, Prices, School, SectionLock
from models import LockPrice as Paid
from optimizer.checks import proved_bound
from optimizer.checks.bound.groups import Groups
from tests.builders import (
    tiny_school,
    with_budget,
    with_care,
    with_clause,
    with_locks,
    with_room,
    with_teacher,
)


@pytest.fixture(scope="module")
def school() -> School:
    return tiny_school()


@pytest.mark.parametrize("rents", [(5, 3), (3, 5)])
def test_a_room_earns_the_dearer_of_two_slots_that_overlap(rents: tuple[int, int]) -> None:
    whole = tiny_school()
    slots = tuple(
        slot.model_copy(update={"start_minute": 16 * 60 + 30}) if slot.id == "tue2" else slot
        for slot in whole.slots
    )
    students = tuple(
        s.model_copy(update={"stay_slots": (), "club_slots": ("tue1", "tue2")})
        for s in whole.students
    )
    late = whole.replaced(slots=slots, students=students)
    prices = Prices(rooms={"r3": {"tue1": rents[0] * UNIT, "tue2": rents[1] * UNIT}})
    assert proved_bound(late, prices).parts["rooms"] == 5 * UNIT


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ({"staff": ("t1",)}, {"staff": ("t2",)}, False),
        ({"room": "r3"}, {"room": "r4"}, False),
        ({"room": "r3"}, {"staff": ("t2",)}, True),
    ],
)
def test_a_section_keeps_only_locks_that_it_can_keep_at_once(
    school: School, first: dict[str, Any], second: dict[str, Any], both: bool
) -> None:
    locks = [SectionLock(course="chess", slots=("mon1",), **own) for own in (first, second)]
    prices = Prices(
        locks=tuple(Paid(lock=lock, price=9 * UNIT) for lock in locks),
        staff={t: {"mon1": 5 * UNIT} for t in ("t1", "t2")},
    )
    with_both = proved_bound(with_locks(school, *locks), prices).parts["sections"]
    # One section pays 5 for its leader and takes in 9 for each lock that it keeps.
    sections = school.course["chess"].max_sections
    assert with_both == ((18 if both else 9) - 5) * sections * UNIT - 18 * UNIT


@pytest.mark.parametrize(
    "other", [{"pay_fen": 9000}, {"pay_fen": 2000}, {"pay_unit": PayUnit.SESSION}]
)
def test_each_person_costs_his_own_pay(school: School, other: dict[str, Any]) -> None:
    alike: dict[str, Any] = {"pay_fen": 5000, "pay_unit": PayUnit.PERIOD}
    paid = with_teacher(with_budget(school, sum_fen=0), "t1", **alike)
    paid = with_teacher(paid, "t2", **(alike | other))
    # Who is pinned to a slot has all sets of his slots looked at, however he is paid.
    paid = with_locks(paid, *(CareStaffLock(teacher=t, slot="mon1") for t in ("t1", "t2")))
    wages = {"mon1": 30_000 * UNIT, "mon2": 30_000 * UNIT}
    none, one, two, both = (
        proved_bound(paid, Prices(staff=dict.fromkeys(who, wages), money={"": UNIT})).parts["staff"]
        for who in ((), ("t1",), ("t2",), ("t1", "t2"))
    )
    assert one != two
    assert both == one + two - none


def test_of_two_limits_on_learning_the_stricter_one_counts(school: School) -> None:
    def paid(*limits: int) -> int:
        limited = school
        for limit in limits:
            limited = with_clause(limited, PolicyItem.MAX_LEARNING_PERIODS_DAY, limit)
        return proved_bound(limited, prices).parts["students"]

    prices = Prices.model_validate({"learning": [{"grade": 5, "weekday": 1, "price": UNIT}]})
    assert paid(1) != paid(2)
    assert paid(1, 2) == paid(2, 1) == paid(1)


def test_a_care_group_holds_what_rooms_of_its_own_grades_do(school: School) -> None:
    own = with_care(school, rooms="own_grade", grade_span=1, max_size=20)
    groups = Groups(with_room(with_room(own, "r3", seats=2), "r5", seats=7))
    everyone = frozenset({3, 4, 5})
    for grade, most in ((3, 2), (5, 7)):
        assert groups.holds("mon1", everyone, frozenset({grade})) == most


def test_who_pays_for_an_opening_pays_it_besides_his_seat(school: School) -> None:
    free = proved_bound(school, Prices()).parts["students"]
    asked = Prices(openings={"chess": {"s31": 5 * UNIT}})
    assert proved_bound(school, asked).parts["students"] == free - 5 * UNIT
    sections = proved_bound(school, asked).parts["sections"]
    assert sections == 5 * UNIT * school.course["chess"].max_sections
