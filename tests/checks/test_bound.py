"""The bound that prices prove, by hand on the small school, and lists that are tampered with.

A first choice has 20 points and a second one 16, a first seat 24 and a second one 8. Eleven
children wish for a club; the first choice of s33, whose points count three halves, is worth 66,
those of the others 44. The second clubs of s31 and s42 are worth 24 each; that of s41 (art, on both
periods of a day, and choir, once on each day) clashes.
"""

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from models import (
    UNIT,
    CarePrice,
    CareStaffLock,
    GroupPrice,
    LearningPrice,
    LockPrice,
    PayUnit,
    PolicyItem,
    PriceList,
    Prices,
    School,
    SeatLock,
    SeatPrice,
    SectionCountLock,
    SectionLock,
    Split,
    Wish,
)
from optimizer.checks import counted_firsts, proved_bound
from optimizer.errors import InputError
from optimizer.files import read_price_list, write_price_list
from tests.builders import (
    tiny_school,
    with_budget,
    with_care,
    with_clause,
    with_course,
    with_locks,
    with_room,
    with_teacher,
)

FREE = 10 * 44 + 66 + 2 * 24
SLOTS = ("mon1", "mon2", "tue1", "tue2")


@pytest.fixture(scope="module")
def school() -> School:
    return tiny_school()


def chess(points: int) -> Prices:
    """Ask so many points for a seat in chess, whenever it meets."""
    price = points * UNIT
    return Prices(
        seats={"chess": tuple(SeatPrice(slots=(s,), grades=(3, 4, 5), price=price) for s in SLOTS)}
    )


def test_where_all_is_free_everyone_has_his_best_clubs_that_do_not_clash(school: School) -> None:
    assert proved_bound(school, Prices()).bound == FREE
    assert counted_firsts(school) == (11, 10 * 44 + 66)


def test_six_want_five_seats(school: School) -> None:
    """At 24 points one of the six does without: the second club of s42 is worth no more."""
    assert proved_bound(school, chess(8)).bound == FREE - 6 * 8 + 5 * 8
    assert proved_bound(school, chess(24)).bound == FREE - 6 * 24 + 5 * 24
    # At 40 they all would rather have something else, or nothing: s31 and s42 go without it, the
    # others pay.
    assert proved_bound(school, chess(40)).bound == FREE - 24 - (68 - 40) - 4 * 40 + 5 * 40


def test_a_section_pays_staff_and_room(school: School) -> None:
    staff = {t: dict.fromkeys(SLOTS, 30 * UNIT) for t in ("t1", "t2")}
    rooms = {room: dict.fromkeys(SLOTS, 15 * UNIT) for room in ("r3", "r4", "r5", "studio")}
    prices = chess(24).model_copy(update={"staff": staff, "rooms": rooms})
    parts = proved_bound(school, prices).parts
    assert parts["sections"] == (5 * 24 - 30 - 15) * UNIT
    assert parts["staff"] == 2 * 4 * 30 * UNIT
    assert parts["rooms"] == 4 * 4 * 15 * UNIT


def test_care_pays_for_whom_no_section_could_have(school: School) -> None:
    """Only s52 wishes for nothing: one group for grade 5, and none is needed for grade 3."""
    for grade, needed in ((5, 1), (3, 0)):
        groups = (GroupPrice(slot="mon1", grades=(grade,), price=UNIT),)
        rooms = {room: {"mon1": UNIT} for room in ("r3", "r4", "r5")}
        prices = Prices(groups=groups, rooms=rooms)
        assert proved_bound(school, prices).parts["care"] == -needed * UNIT


def test_a_place_in_care_is_paid_by_whoever_is_in_no_section(school: School) -> None:
    """All of grade 3 could be in chess or choir then; of grade 5 s52 pays in any case."""
    for grade, staying, pay in ((3, 4, 0), (5, 4, 1)):
        prices = Prices(care=(CarePrice(slot="mon1", grade=grade, price=UNIT),))
        parts = proved_bound(school, prices).parts
        assert parts["students"] == (FREE - pay) * UNIT
        assert parts["care"] == staying * UNIT


def rents(points: int, slot: str = "mon1") -> dict[str, dict[str, int]]:
    """Ask so many points for each room in which base care may be."""
    return {room: {slot: points * UNIT} for room in ("r3", "r4", "r5")}


def test_groups_take_in_more_than_is_paid_where_nothing_keeps_them_few(school: School) -> None:
    """All twelve may share groups of nine, but there are three rooms, and none is rented."""
    groups = (GroupPrice(slot="mon1", grades=(5,), price=UNIT),)
    assert proved_bound(school, Prices(groups=groups)).parts["care"] == (3 - 1) * UNIT


def test_to_save_a_group_takes_seats_for_those_whom_it_holds(school: School) -> None:
    """Twelve stay and need two groups of nine: of these three seats save the first one.

    Eleven could be in a section on Monday then, each of these takes in the price.
    """
    savings = (GroupPrice(slot="mon1", grades=(3, 4, 5), price=UNIT),)
    parts = proved_bound(school, Prices(savings=savings, rooms=rents(3))).parts
    assert parts["care"] == -3 * 2 * UNIT
    assert parts["students"] == (FREE + 11) * UNIT


def test_groups_fill_as_many_rooms_as_pay(school: School) -> None:
    """Four of grade 3 pay 3 each for places in groups of two."""
    small = with_care(school, max_size=2, grade_span=1)
    care = (CarePrice(slot="mon1", grade=3, price=3 * UNIT),)
    for rent, taken_in in ((5, 2 * (6 - 5)), (7, 0)):
        parts = proved_bound(small, Prices(care=care, rooms=rents(rent))).parts
        assert parts["care"] == taken_in * UNIT


def test_a_group_holds_what_the_largest_room_does(school: School) -> None:
    """With places for twelve in one room, twelve seats in sections save the only group."""
    large = with_room(with_care(school, max_size=20), "r5", seats=12)
    savings = (GroupPrice(slot="mon1", grades=(3, 4, 5), price=UNIT),)
    assert proved_bound(large, Prices(savings=savings, rooms=rents(12))).parts["care"] == -12 * UNIT


def test_where_rooms_are_of_a_grade_each_set_of_grades_is_looked_at(school: School) -> None:
    """Only a group of all three grades fills the nine places that pay for a room."""
    own = with_care(school, rooms="own_grade")
    care = tuple(CarePrice(slot="mon1", grade=g, price=UNIT) for g in (3, 4, 5))
    assert proved_bound(own, Prices(care=care, rooms=rents(8))).parts["care"] == UNIT


def test_whoever_is_pinned_to_base_care_has_a_group_and_is_there(school: School) -> None:
    pinned = with_locks(school, CareStaffLock(teacher="t1", slot="mon1"))
    prices = Prices(rooms=rents(5), staff={"t1": {"mon1": 4 * UNIT}})
    free, bound = (proved_bound(one, prices).parts for one in (school, pinned))
    assert (free["care"], bound["care"]) == (0, -5 * UNIT)
    budget = with_budget(pinned, sum_fen=0)
    parts = proved_bound(budget, Prices(money={"": UNIT})).parts
    # Two Mondays at 5,000 fen, which he is paid whatever he would rather do.
    assert parts["staff"] == -2 * 5000 * UNIT


def test_whoever_is_pinned_to_base_care_leads_nothing_then(school: School) -> None:
    """Of the two who may lead chess t1 is dearer, and t2 is in base care on Monday."""
    wages = {"t1": dict.fromkeys(SLOTS, 40 * UNIT)}
    pinned = with_locks(school, CareStaffLock(teacher="t2", slot="mon1"))
    slots = with_course(pinned, "chess", slots=("mon1",))
    prices = chess(24).model_copy(update={"staff": wages})
    assert proved_bound(slots, prices).parts["sections"] == (5 * 24 - 40) * UNIT


def test_who_is_paid_by_the_session_costs_one_a_day(school: School) -> None:
    """Two Mondays at 5,000 fen: two periods at 6,000 points pay for a session, one does not."""
    wages = {"t3": {"mon1": 6000 * UNIT, "mon2": 6000 * UNIT}}
    prices = Prices(staff=wages, money={"": UNIT})
    for unit, earned in ((PayUnit.SESSION, 2 * 6000 - 2 * 5000), (PayUnit.PERIOD, 0)):
        paid = with_budget(with_teacher(school, "t3", pay_unit=unit), sum_fen=0)
        assert proved_bound(paid, prices).parts["staff"] == earned * UNIT


def test_waiting_is_paid_by_who_is_in_no_section_and_taken_in_by_each_group(school: School) -> None:
    waits = {"mon1": {"s52": 4 * UNIT, "s31": 4 * UNIT}, "mon2": {"s54": 4 * UNIT}}
    parts = proved_bound(school, Prices(waits=waits, rooms=rents(8))).parts
    # s52 wishes for nothing; s31 is in chess; s54 does not stay then.
    assert parts["students"] == (FREE - 4) * UNIT
    assert parts["care"] == 0
    assert proved_bound(school, Prices(waits=waits, rooms=rents(5))).parts["care"] == 3 * 3 * UNIT


def test_a_lock_is_paid_once_and_taken_in_by_what_keeps_it(school: School) -> None:
    lock = SectionLock(course="chess", slots=("mon1",), staff=("t2",))
    pinned, price = with_locks(school, lock), LockPrice(lock=lock, price=9 * UNIT)
    for prices, paid in (((price,), 9), ((price, price), 18)):
        parts = proved_bound(pinned, Prices(locks=prices)).parts
        assert parts["sections"] == 0, paid
    staff = {"t2": {"mon1": 9 * UNIT}}
    parts = proved_bound(pinned, Prices(locks=(price,), staff=staff)).parts
    assert parts["sections"] == -9 * UNIT
    assert proved_bound(school, Prices(locks=(price,))).bound == FREE


def test_a_section_holds_its_least_or_does_not_open(school: School) -> None:
    """At a price below zero it has no more than it must; s43 pays 50 to have it open at all."""
    openings = {"chess": {"s43": 50 * UNIT}}
    paid = chess(-8).model_copy(update={"openings": openings})
    parts = proved_bound(school, paid).parts
    assert parts["sections"] == (50 - 3 * 8) * UNIT
    assert proved_bound(school, chess(-8)).parts["sections"] == 0


def test_as_many_sections_as_are_pinned_open_at_a_loss(school: School) -> None:
    rooms = {room: dict.fromkeys(SLOTS, 5 * UNIT) for room in ("r3", "r4", "r5", "studio")}
    pinned = with_locks(school, SectionCountLock(course="chess", count=1))
    assert proved_bound(school, Prices(rooms=rooms)).parts["sections"] == 0
    assert proved_bound(pinned, Prices(rooms=rooms)).parts["sections"] == -5 * UNIT


def test_a_pinned_seat_is_had_at_any_price(school: School) -> None:
    pinned = with_locks(school, SeatLock(student="s31", course="chess"))
    assert (
        proved_bound(school, chess(60)).parts["students"] == (FREE - 28 - 24 - 3 * 44 - 60) * UNIT
    )
    assert (
        proved_bound(pinned, chess(60)).parts["students"] == (FREE - 60 - 24 - 3 * 44 - 60) * UNIT
    )


def test_clubs_that_overlap_on_the_clock_clash() -> None:
    """Two courses, at slots of the same day that are not the same."""
    late = tiny_school()
    slots = tuple(
        slot.model_copy(update={"start_minute": 16 * 60 + 30}) if slot.id == "tue2" else slot
        for slot in late.slots
    )
    students = tuple(
        s.model_copy(update={"stay_slots": (), "club_slots": ("tue1", "tue2"), "max_clubs": 2})
        for s in late.students
    )
    wishes = tuple(
        Wish(student=s.id, course=c, rank=rank)
        for s in students
        for rank, c in enumerate(("chess", "go"), 1)
    )
    chess_at, go = late.course["chess"], late.course["chess"].model_copy(update={"id": "go"})
    courses = (
        chess_at.model_copy(update={"slots": ("tue1",)}),
        go.model_copy(update={"slots": ("tue2",)}),
    )
    school = late.replaced(slots=slots, students=students, wishes=wishes, courses=courses)
    assert proved_bound(school, Prices()).bound == 11 * 44 + 66


def test_too_many_sets_to_look_at_prove_less_but_nothing_false(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    # By its name, for the package has a function that is called like it.
    module = import_module("optimizer.checks.bound.students")
    monkeypatch.setattr(module, "MOST_STEPS", 1)
    assert proved_bound(school, Prices()).bound == FREE + 16 + 8


def test_whoever_would_learn_too_long_pays_for_it(school: School) -> None:
    """Two periods of homework a day where one is allowed: a club on the day makes up for it."""
    limited = with_clause(school, PolicyItem.MAX_LEARNING_PERIODS_DAY, 1)
    days = [LearningPrice(grade=5, weekday=1, price=UNIT)]
    parts = proved_bound(limited, Prices(learning=tuple(days))).parts
    # s51 and s53 would, with art on Monday they do not; s52 wishes for nothing; s54 leaves early.
    assert parts["students"] == (FREE + 2 * (2 - 1) - 1) * UNIT


def test_of_two_kinds_of_plans_the_better_one_bounds(school: School) -> None:
    """Where chess is held on Monday at first, and where it is not."""
    here: Any = {"slots": ("mon1",), "grades": (3, 4, 5)}
    rooms = {room: {"mon1": 5 * UNIT} for room in ("r3", "r4", "r5", "studio")}
    split = Split(course="chess", most=0, **here, fewer=chess(24), more=Prices(rooms=rooms))
    none, some = proved_bound(school, chess(24)).bound, FREE - 5 + 4 * 5
    assert proved_bound(school, split).bound == max(none, some)
    paid = Prices(seats={"chess": (SeatPrice(**here, openings={"s43": 9 * UNIT}),)})
    for more, proved in ((paid, FREE + 9), (chess(24), FREE)):
        split = Split(course="chess", most=0, **here, fewer=paid, more=more)
        assert proved_bound(school, split).bound == proved


def test_names_that_the_school_does_not_have_cost_nothing(school: School) -> None:
    prices = Prices(
        seats={"go": (SeatPrice(slots=("sun9",), grades=(12,), price=-UNIT),)},
        openings={"go": {"nobody": UNIT}, "chess": {"nobody": UNIT}},
        care=(CarePrice(slot="sun9", grade=3, price=UNIT),),
        groups=(GroupPrice(slot="sun9", grades=(3,), price=UNIT),),
        savings=(GroupPrice(slot="mon1", grades=(12,), price=UNIT),),
        waits={"sun9": {"s31": UNIT}, "mon1": {"nobody": UNIT}},
        staff={"nobody": {"mon1": UNIT}},
        rooms={"nowhere": {"mon1": UNIT}},
        money={"nothing": UNIT},
    )
    assert proved_bound(school, prices).bound == FREE


@pytest.fixture
def written(school: School, tmp_path: Path) -> Path:
    path = tmp_path / "prices.json"
    prices = PriceList(school=school.settings.id, school_digest=school.digest, proof=chess(24))
    write_price_list(prices, path)
    assert read_price_list(path) == prices
    return path


@pytest.mark.parametrize(
    "tampered",
    [
        {"care": [{"slot": "mon1", "grade": 3, "price": -1}]},
        {"care": [{"slot": "mon1", "grade": 3, "price": 0.5}]},
        {"care": [{"slot": "mon1", "grade": 3, "price": True}]},
        {"care": [{"slot": "mon1", "grade": 3, "price": "7"}]},
        {"care": [{"slot": "mon1", "grade": 3, "price": float("nan")}]},
        {"care": [{"slot": "mon1", "grade": 3, "price": float("-inf")}]},
        {"care": [{"slot": "mon1", "grade": 3, "price": 10**30}]},
        {"care": [{"slot": "mon1", "grade": 3}]},
        {"rooms": {"r3": {"mon1": -5}}},
        {"staff": {"t1": {"mon1": None}}},
        {"openings": {"chess": {"s31": -1}}},
        {"seats": {"chess": [{"slots": ["mon1"], "grades": [3], "price": -(10**30)}]}},
        {"locks": [{"lock": {"kind": "seat", "student": "s31", "course": "chess"}, "price": 1}]},
        {"discount": 5},
    ],
)
def test_what_is_no_price_is_refused(written: Path, tampered: dict[str, Any]) -> None:
    data = json.loads(written.read_text("utf-8"))
    data["proof"] = tampered
    written.write_text(json.dumps(data), "utf-8")
    with pytest.raises(InputError):
        read_price_list(written)


def test_another_unit_is_refused(written: Path) -> None:
    data = json.loads(written.read_text("utf-8")) | {"unit": 1}
    written.write_text(json.dumps(data), "utf-8")
    with pytest.raises(InputError):
        read_price_list(written)


def test_what_a_list_says_it_proves_is_not_believed(written: Path, school: School) -> None:
    data = json.loads(written.read_text("utf-8")) | {"bound": 1}
    written.write_text(json.dumps(data), "utf-8")
    assert proved_bound(school, read_price_list(written)).bound == FREE - 24
