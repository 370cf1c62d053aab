"""Where money is short: what is spent beyond a purse has a price, and plans come within it."""

from random import Random
from typing import Any

import pytest

from models import Aim, School, Worth
from optimizer.checks import verify
from optimizer.engine import Limits, solve
from optimizer.engine.decomposition import thrift
from optimizer.engine.decomposition.counted import (
    cheapest_timetables,
    counted_timetable,
)
from optimizer.engine.decomposition.rooms import place
from optimizer.engine.decomposition.rounding import Rounding, Spare
from optimizer.engine.decomposition.search import Decomposition
from optimizer.engine.lns.purse import bring_within, purse_neighbourhoods
from optimizer.engine.lns.repair import Terms, repair
from optimizer.engine.lp.highs import WHOLE, LpProcess, LpSolution, solve_here
from optimizer.engine.objective import objective
from optimizer.engine.secondary import least_pay
from optimizer.engine.session import Session
from optimizer.engine.solution import Candidate, Solution
from optimizer.engine.solver import Crew, Effort
from optimizer.rules import build, relax
from optimizer.rules.budget import PARTS
from optimizer.rules.relaxation import Lp, Relaxation
from tests.builders import aiming, with_budget
from tests.rules.random_schools import random_school
from tests.rules.solving import run

EFFORT = Effort(20.0, seed=1, deterministic=5.0)


def everything(school: School, penalty: int | None) -> Candidate | None:
    students = [student.id for student in school.students]
    terms = Terms(penalty=penalty)
    return repair(Solution(school), school.course, students, Crew(), lambda: EFFORT, terms=terms)


def test_what_is_spent_beyond_the_purse_is_counted_and_costs_its_price() -> None:
    """Dear enough, nothing is spent beyond it that need not be; free, money is no object."""
    short = poorer = 0
    for number in range(60):
        school = aiming(random_school(Random(f"over {number}")), Aim.MOST_POINTS)
        free = with_budget(school, sum_fen=10**9)
        model = build(free)
        pay = least_pay(model)
        model.cp.minimize(pay)
        solution, least = run(model.cp)
        if solution is None or least < 2:
            continue
        model.cp.maximize(objective(model).points)
        best = run(model.cp)[1]
        for limit in (least, least - 1):
            given = with_budget(school, sum_fen=limit)
            rich, kept = everything(given, 0), everything(given, 10**6)
            within = everything(given, None)
            assert rich is not None
            assert kept is not None
            assert rich.worth.points == best
            assert (kept.overspent > 0) == (within is None) == (limit < least)
            assert (kept.overspent - 1) * max(1, limit // PARTS) <= least - limit
            if within is not None:
                assert kept.worth == within.worth
                poorer += within.worth.points < best
        short += 1
    assert short >= 8
    assert poorer >= 2


POOR = {44: (400, 560), 189: (400, 600), 299: (100, 200)}
"""Random schools in which only clubs make base care affordable: pay of the cheapest plan, and of
base care alone, in fen."""


def poor(number: int) -> School:
    school = aiming(random_school(Random(f"over {number}")), Aim.MOST_POINTS)
    return with_budget(school, sum_fen=POOR[number][0])


@pytest.mark.parametrize("number", POOR)
def test_base_care_alone_is_beyond_the_purse(number: int) -> None:
    model = build(with_budget(poor(number), sum_fen=10**9))
    pay = least_pay(model)
    model.cp.minimize(pay)
    least = run(model.cp)[1]
    for opened in model.opened:
        model.cp.add(opened == 0)
    assert (least, run(model.cp)[1]) == POOR[number]


@pytest.mark.parametrize("number", POOR)
def test_a_plan_that_spends_too_much_is_brought_within_the_purse(number: int) -> None:
    school, rounds = poor(number), []
    rich = everything(school, 0)
    assert rich is not None
    rich = repair(rich.solution, (), (), Crew(), lambda: EFFORT, terms=Terms(penalty=1))
    assert rich is not None
    assert rich.overspent
    neighbourhoods = purse_neighbourhoods(school, Crew(), Random(1))

    def effort(_: float, seed: int) -> Effort:
        rounds.append(seed)
        return Effort(20.0, seed, 2.0)

    found = bring_within(rich, neighbourhoods, effort, lambda _: len(rounds) > 60)
    assert found is not None
    assert not found.overspent
    assert found.worth.points


def test_a_plan_is_found_where_only_clubs_make_base_care_affordable() -> None:
    school = poor(299)
    plan = solve(school, Limits(seconds=8, workers=1, engine="large"))
    assert verify(school, plan) == ()
    assert plan.value


@pytest.mark.parametrize("number", POOR)
def test_a_timetable_of_whole_groups_is_seated_within_the_purse(number: int) -> None:
    """Where only clubs make base care affordable: the program with whole groups opens them."""
    school, crew = poor(number), Crew()
    with LpProcess(crew) as process:
        sections = counted_timetable(relax(school), process, EFFORT, price=1000)
        assert sections
        held = place(school, sections, {}, crew, EFFORT)
        assert held
        rounding = Rounding(school, held, process, lambda _: EFFORT, Random(1), Spare(0))
        found = rounding.seat_whole(Worth(), 20.0)
    assert found is not None
    assert not found.overspent
    assert found.worth.points > 0
    assert found.worth == found.solution.worth


@pytest.mark.parametrize("number", POOR)
def test_the_cheapest_timetables_are_seated_within_the_purse(number: int) -> None:
    """The purse is just what the cheapest plan costs: pay is made least, then points are most."""
    school, crew = poor(number), Crew()
    seated = []
    with LpProcess(crew) as process:
        for sections in cheapest_timetables(relax(school), process, lambda: EFFORT):
            held = place(school, sections, {}, crew, EFFORT)
            assert held
            rounding = Rounding(school, held, process, lambda _: EFFORT, Random(1), Spare(0))
            seated.append(rounding.seat_whole(Worth(), 20.0))
    found = [plan.worth.points for plan in seated if plan is not None and not plan.overspent]
    assert found
    assert max(found) > 0


@pytest.mark.parametrize("number", POOR)
def test_pay_is_made_least_then_points_with_the_same_groups(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Against branch and bound over all offers: with points left out, and with pay within."""
    r = relax(with_budget(poor(number), sum_fen=3 * POOR[number][1]))
    cheap = r.lp.copy()
    cheap.gain = [0] * len(cheap.gain)
    for row, column, amount in zip(cheap.rows, cheap.columns, cheap.coefficients, strict=True):
        cheap.gain[column] -= amount * (row in r.money_rows.values())
    with LpProcess(Crew()) as process:
        least = process.solve(cheap, EFFORT, WHOLE, whole_of(r))
        groups = list[dict[int, int]]()
        pays = list[float]()
        solve_with = process.solve

        def noted(lp: Lp, *rest: Any) -> LpSolution | None:
            found = solve_with(lp, *rest)
            if found is not None and len(rest) > 1:
                groups.append({c: round(float(found.values[c])) for c in r.groups.values()})
                pays.append(pay_of(r, found))
            return found

        monkeypatch.setattr(process, "solve", noted)
        made = list(cheapest_timetables(r, process, lambda: EFFORT))
    assert least is not None
    assert len(made) == len(groups)
    assert pays[0] == pytest.approx(pay_of(r, least))
    assert all(own == groups[0] for own in groups)


def whole_of(r: Relaxation) -> list[int]:
    return [*r.opened.values(), *r.lead.values(), *r.groups.values()]


def pay_of(r: Relaxation, solution: LpSolution) -> float:
    """Give what a solution spends, in fen, all purses together."""
    lp, rows = r.lp, set(r.money_rows.values())
    terms = zip(lp.rows, lp.columns, lp.coefficients, strict=True)
    return sum(amount * float(solution.values[c]) for row, c, amount in terms if row in rows)


@pytest.mark.parametrize("number", POOR)
def test_where_points_lead_nowhere_the_cheapest_timetable_is_begun_with(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thrift, "counted_timetable", lambda *_: None)
    school = poor(number)
    shared = Decomposition(Session(school, Limits(seconds=20, workers=1)))
    assert thrift.count_first(shared, Random(1))
    assert shared.best is not None
    assert not shared.best.overspent
    assert shared.best.worth.points > 0


def test_nothing_that_spends_less_is_taken_for_a_plan_of_a_purse_too_small() -> None:
    """One fen less than the cheapest plan costs: spent beyond it, or no plan, is all there is."""
    crew = Crew()
    with LpProcess(crew) as process:
        for number, (least, _) in POOR.items():
            school = with_budget(poor(number), sum_fen=least - 1)
            sections = counted_timetable(relax(school), process, EFFORT, price=1000)
            held = place(school, sections or [], {}, crew, EFFORT) or {}
            for penalty in (None, 1000):
                seating = Rounding(
                    school, held, process, lambda _: EFFORT, Random(1), Spare(0), penalty=penalty
                )
                found = seating.seat_whole(Worth(), 20.0)
                assert found is None or (penalty is not None and found.overspent)


def test_more_money_is_never_fewer_points_nor_a_lower_bound() -> None:
    """On tiny schools, where the optimum is known; and the bound is not below it."""
    poorer = infeasible = 0
    for number in (*POOR, *range(12)):
        school = aiming(random_school(Random(f"over {number}")), Aim.MOST_POINTS)
        model = build(with_budget(school, sum_fen=10**9))
        pay = least_pay(model)
        model.cp.minimize(pay)
        solution, least = run(model.cp)
        if solution is None or not least:
            continue
        before = bound_before = -1
        for limit in (least - 1, least, least + least // 4, 2 * least):
            given = with_budget(school, sum_fen=limit)
            exact = build(given)
            exact.cp.maximize(objective(exact).points)
            plan, best = run(exact.cp)
            infeasible += plan is None
            assert (plan is None) == (limit < least)
            program = relax(given).lp
            relaxed = solve_here(program, 10.0)
            if plan is None or relaxed is None:
                continue
            bound = program.bound(relaxed.duals)
            assert best >= before
            assert bound >= best
            assert bound >= bound_before - 1
            poorer += before >= 0 and best > before
            before, bound_before = best, bound
    assert infeasible >= 5
    assert poorer >= 3
