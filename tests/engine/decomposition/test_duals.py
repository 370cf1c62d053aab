"""Prices: what the program's dual values say a thing is worth, against what one more brings."""

from collections.abc import Callable
from random import Random
from typing import Any

import numpy as np
import pytest

from models import Aim, Room, School
from optimizer.engine import Limits
from optimizer.engine.decomposition import duals, timetable
from optimizer.engine.decomposition.arrays import Arrays, make_arrays
from optimizer.engine.decomposition.duals import Programs, guide_weight
from optimizer.engine.decomposition.timetable import Prices, read_prices
from optimizer.engine.lp import bounding
from optimizer.engine.lp.highs import LpSolution, solve_here
from optimizer.engine.objective import simple_bound
from optimizer.engine.session import Session
from optimizer.engine.solver import Effort
from optimizer.ledger.tariffs import budget_limits
from optimizer.rules import build, relax
from optimizer.rules.relaxation import Lp, Relaxation
from tests.builders import aiming, with_budget
from tests.rules.matrix_schools import nothing_in_the_purse
from tests.rules.random_schools import random_school
from tests.rules.small import ball, small_school, teacher
from tests.rules.solving import optimal_in_one_run, solved

NEAR = 1e-5


def priced(school: School, thrift: float = 0.0) -> tuple[Relaxation, Arrays, LpSolution, Prices]:
    r = relax(school)
    tables = make_arrays(r)
    solution = solve_here(r.lp, 20.0)
    assert solution is not None
    return r, tables, solution, read_prices(r, tables, solution, thrift)


def worth_with(r: Relaxation, change: Callable[[Lp], None]) -> float | None:
    """Give what the program is worth with other sides of its rows; None if nothing fits."""
    lp = r.lp.copy()
    change(lp)
    solution = solve_here(lp, 20.0)
    return None if solution is None else solution.objective


def test_a_place_in_base_care_is_worth_what_one_child_less_brings() -> None:
    """The program's worth is concave in what there is: no more than the price, and no less."""
    paid = 0
    for number in range(60):
        school = aiming(random_school(Random(f"bound {number}")), Aim.MOST_POINTS)
        if solve_here(relax(school).lp, 20.0) is None:
            continue
        r, _, solution, prices = priced(school)
        for (slot, grade), row in r.care_row.items():
            price = prices.care[
                school.grades.index(grade), [s.id for s in school.slots].index(slot)
            ]
            assert price >= 0
            for more in (-1, 1):

                def seats(lp: Lp, row: int = row, more: int = more) -> None:
                    lp.low[row] = -more

                changed = worth_with(r, seats)
                if changed is not None:
                    assert changed <= solution.objective + more * price + NEAR
            paid += price > NEAR
    assert paid >= 3, paid


def test_what_a_way_costs_is_what_its_rows_of_staff_rooms_and_money_are_worth() -> None:
    """Worked out by row instead of by column; nothing but what is scarce counts."""
    paid = led = 0
    for number in range(70):
        school = aiming(random_school(Random(f"bound {number}")), Aim.MOST_POINTS)
        if solve_here(relax(school).lp, 20.0) is None:
            continue
        r, tables, solution, prices = priced(school)
        scarce = set(r.scarce)
        dear: dict[int, float] = {}
        for row, column, times in zip(r.lp.rows, r.lp.columns, r.lp.coefficients, strict=True):
            if row in scarce:
                price = max(0.0, float(solution.duals[row]))
                dear[column] = dear.get(column, 0.0) + times * price
        for way, offer in enumerate(tables.way_offer.tolist()):
            assert prices.cost[way] == pytest.approx(dear.get(r.opened[offer], 0.0))
            for lead in range(tables.way_leads[way], tables.way_leads[way + 1]):
                who = school.teachers[tables.lead_person[lead]].id
                cost = dear.get(r.lead[offer, who], 0.0)
                assert prices.lead_cost[lead] == pytest.approx(max(0.0, cost))
                led += cost > NEAR
            paid += prices.cost[way] > NEAR
    assert min(paid, led) >= 3, (paid, led)


def test_a_leader_of_two_courses_costs_what_the_other_course_brings() -> None:
    """t2 can lead one of two: the program pays him up to what a section is worth."""
    chess = ball(id="chess", slots=("mon2",), rooms=("r3",))
    school = small_school(
        courses=(ball(slots=("mon2",)), chess),
        wishes=tuple(w.model_copy(update={"course": c}) for c, w in _wishes()),
    )
    _, tables, _, prices = priced(school)
    assert prices.lead_cost.tolist() == pytest.approx([88.0, 88.0])
    assert len(tables.way_offer) == 2


def _wishes() -> list[tuple[str, Any]]:
    wishes = small_school().wishes
    return list(zip(("ball", "ball", "chess", "chess"), wishes, strict=True))


@pytest.mark.parametrize("thrift", [0.0, 0.02, 0.5])
def test_a_whole_purse_is_worth_a_share_of_all_points_at_least(thrift: float) -> None:
    """A purse of 1,000 fen, of which the leader takes 100 a week: a tenth of its worth."""
    school = with_budget(nothing_in_the_purse(), sum_fen=1000)
    _, _, solution, prices = priced(school, thrift)
    assert solution.objective == pytest.approx(4 * 44)
    assert prices.lead_cost.tolist() == pytest.approx([thrift * 176 * 100 / 1000] * 3)


def test_each_limit_on_pay_has_its_price(monkeypatch: pytest.MonkeyPatch) -> None:
    school = with_budget(nothing_in_the_purse(), sum_fen=1000)
    r, tables, solution, _ = priced(school)
    once = read_prices(r, tables, solution, 0.5).lead_cost
    twice = [*budget_limits(school), *budget_limits(school)]
    monkeypatch.setattr(timetable, "budget_limits", lambda _: twice)
    assert read_prices(r, tables, solution, 0.5).lead_cost == pytest.approx(2 * once)


def test_only_who_stays_at_a_slot_saves_a_place_there() -> None:
    """Also where a section meets twice: what it saves is the sum over its slots."""
    saving = kept = 0
    for number in range(40):
        school = random_school(Random(f"gains {number}"))
        tables = make_arrays(relax(school))
        shape = len(school.grades), len(school.slots)
        care = np.arange(1.0, 1.0 + shape[0] * shape[1]).reshape(shape)
        gain = timetable._gains(tables, care)
        for i, s in enumerate(tables.wish_student.tolist()):
            c, student = tables.wish_course[i], school.students[s]
            for way in range(tables.course_ways[c], tables.course_ways[c + 1]):
                local = tables.way_local[way]
                if not tables.attends[i, local]:
                    assert gain[i, local] < 0
                    continue
                slots = tables.way_slots[way][tables.way_slots[way] >= 0].tolist()
                stays = [k for k in slots if school.slots[k].id in student.stay_slots]
                saved = care[school.grades.index(school.grade_of[student.id])][stays].sum()
                assert gain[i, local] == pytest.approx(tables.wish_points[i] + saved)
                saving += len(stays) > 1
                kept += len(stays) < len(slots)
    assert min(saving, kept) >= 5, (saving, kept)


def test_first_clubs_count_no_more_often_than_is_asked() -> None:
    school = aiming(small_school(), Aim.FIRST_CLUBS)
    times, being = guide_weight(school, 1000)
    assert times >= 1
    assert being >= 1
    assert guide_weight(school, 1) == (1, being)
    assert guide_weight(aiming(school, Aim.MOST_POINTS), 4) == (0, 0)


class Here:
    """Solves programs in this process, as ``LpProcess`` does in another."""

    def __init__(self, *_: object) -> None:
        """Keep nothing."""

    def __enter__(self) -> "Here":
        return self

    def __exit__(self, *_: object) -> None:
        """Close nothing."""

    def solve(self, lp: Lp, effort: Effort, *_: object) -> LpSolution | None:
        return solve_here(lp, effort.seconds)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duals, "LpProcess", Here)
    monkeypatch.setattr(bounding, "LpProcess", Here)


def programs_of(school: School) -> Programs:
    """Give a session's programs, solved."""
    programs = Programs(Session(school, Limits(seconds=20, workers=1)))
    programs.arrange()
    programs.bound(Effort(20.0, 1), Effort(20.0, 1))
    programs.price(Effort(20.0, 1))
    return programs


@pytest.mark.usefixtures("here")
def test_the_bound_of_the_programs_is_not_below_the_optimum_and_prices_come() -> None:
    """A guide with places to spare bounds nothing, and is worth no more than the exact program."""
    came = lowered = 0
    for number in range(40):
        school = aiming(random_school(Random(f"programs {number}")), Aim.MOST_POINTS)
        exact = solve_here(relax(school).lp, 20.0)
        if exact is None or not school.wishes or solved(build(school)) is None:
            continue
        programs = programs_of(school)
        markets, bound = programs.markets(), programs.session.bound
        assert bound >= optimal_in_one_run(school).value, number
        lowered += bound < simple_bound(school)
        came += bool(markets)
        for market in markets:
            assert market.reached <= exact.objective + NEAR
    assert min(came, lowered) >= 4, (came, lowered)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("purse", "spared"), [(None, True), (200, False), (1000, True)])
def test_where_places_to_spare_are_too_dear_the_guide_does_without(
    purse: int | None, spared: bool
) -> None:
    """A period is 100 fen, so one group and the club are 200, and a larger group is more."""
    people = tuple(teacher(t, pay_fen=100) for t in ("t1", "t2", "t3"))
    rooms = (*small_school().rooms, Room(id="r4", name="", seats=6, care_room=True))
    school = small_school(
        teachers=people, rooms=rooms, courses=(ball(slots=("mon1",), min_size=1, max_size=1),)
    )
    if purse is not None:
        school = with_budget(school, sum_fen=purse)
    programs = programs_of(school)
    market = programs.markets()[0]
    assert (market.relaxation is programs.guide) == spared


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("share", "spared"), [(0.0, False), (1.0, True)])
def test_how_dear_places_to_spare_may_be(share: float, spared: bool) -> None:
    people = tuple(teacher(t, pay_fen=100) for t in ("t1", "t2", "t3"))
    rooms = (*small_school().rooms, Room(id="r4", name="", seats=6, care_room=True))
    courses = (ball(slots=("mon1",), min_size=1, max_size=1),)
    school = small_school(teachers=people, rooms=rooms, courses=courses)
    programs = Programs(Session(with_budget(school, sum_fen=200), Limits(seconds=20, workers=1)))
    programs.params = programs.params.model_copy(update={"reserve_costs": share})
    programs.arrange()
    programs.price(Effort(20.0, 1))
    assert (programs.markets()[0].relaxation is programs.guide) == spared
