"""Runs of the solver that can be watched and stopped."""

import threading
from random import Random

import pytest
from ortools.sat.python import cp_model

from optimizer.engine.objective import objective_at, simple_bound, value
from optimizer.engine.solver import Crew, Effort, Status, hint
from optimizer.rules import build, total
from tests.builders import tiny_school
from tests.rules.small import SEAT, small_school, student, wish
from tests.rules.solving import optimal, solved

EFFORT = Effort(seconds=20, seed=1)


def knapsack(size: int) -> cp_model.CpModel:
    random = Random(size)
    cp = cp_model.CpModel()
    takes = [cp.new_bool_var(f"take{n}") for n in range(size)]
    for _ in range(size // 2):
        cp.add(total(random.randint(1, 99) * take for take in takes) <= 20 * size)
    cp.maximize(total(random.randint(1, 99) * take for take in takes))
    return cp


def test_a_run_to_the_end() -> None:
    bounds: list[int] = []
    values: list[int] = []
    run = Crew().solve(knapsack(8), EFFORT, bounds.append, values.append)
    assert run.status is Status.OPTIMAL
    assert run.objective == run.bound
    assert run.solution is not None
    assert max(values) == run.objective
    assert all(bound >= max(values) for bound in bounds)
    assert run.work > 0


def test_a_run_without_objective_has_no_bound() -> None:
    cp = cp_model.CpModel()
    cp.add(cp.new_int_var(0, 3, "x") >= 2)
    run = Crew().solve(cp, EFFORT)
    assert (run.status, run.objective, run.bound) == (Status.OPTIMAL, None, None)


def test_a_run_that_proves_there_is_nothing() -> None:
    cp = cp_model.CpModel()
    x = cp.new_int_var(0, 3, "x")
    cp.add(x >= 4)
    cp.maximize(x)
    run = Crew().solve(cp, EFFORT)
    assert (run.status, run.solution, run.bound) == (Status.INFEASIBLE, None, None)


def test_a_run_cut_short_knows_nothing_it_was_not_told() -> None:
    run = Crew().solve(knapsack(300), Effort(seconds=20, seed=1, deterministic=1e-9))
    if run.solution is None:
        assert run.status is Status.UNKNOWN
        assert run.objective is None
    else:
        assert run.bound is not None
        assert run.objective is not None
        assert run.objective <= run.bound


def test_an_invalid_model_is_a_fault() -> None:
    cp = cp_model.CpModel()
    cp.proto.variables.add().domain.extend([3, 2])
    with pytest.raises(RuntimeError, match="not valid"):
        Crew().solve(cp, EFFORT)


def test_a_crew_that_was_stopped_starts_nothing() -> None:
    crew = Crew()
    crew.stop()
    assert crew.solve(knapsack(4), EFFORT).status is Status.UNKNOWN


def test_stopping_ends_what_is_running() -> None:
    crew = Crew()
    threading.Timer(0.5, crew.stop).start()
    run = crew.run(knapsack(400), Effort(seconds=60, seed=1))
    assert run.status in {Status.FEASIBLE, Status.OPTIMAL, Status.UNKNOWN}
    assert crew.stopped


def test_a_fault_in_a_job_reaches_who_waits() -> None:
    def fails() -> None:
        raise ZeroDivisionError

    polled: list[bool] = []
    with pytest.raises(ZeroDivisionError):
        Crew().wait([fails, lambda: None], lambda: polled.append(True))


def test_hints_are_for_every_variable() -> None:
    model = build(tiny_school())
    solution = solved(model)
    assert solution is not None
    hint(model.cp, solution)
    hint(model.cp, solution)
    assert list(model.cp.proto.solution_hint.values) == list(solution)


def test_the_bound_of_everyones_best_wishes() -> None:
    assert simple_bound(small_school()) == 4 * SEAT
    assert simple_bound(small_school(wishes=())) == 0
    two = small_school(
        courses=tuple(
            c.model_copy(update={"id": i}) for c in small_school().courses for i in "xyz"
        ),
        students=(student("a", max_clubs=2),),
        wishes=tuple(wish("a", c, r) for r, c in enumerate("xyz", 1)),
    )
    assert simple_bound(two) == SEAT + 24


def test_the_objective_is_the_value_the_check_counts() -> None:
    school = tiny_school()
    model = build(school)
    objective = value(model)
    model.cp.maximize(objective)
    solution = solved(model)
    assert solution is not None
    assert objective_at(objective, solution) == optimal(school).value
    assert simple_bound(school) >= optimal(school).value
