"""The whole model as an integer program means what CP-SAT's model means."""

from pathlib import Path
from random import Random

import pytest
from ortools.linear_solver.python import model_builder
from ortools.sat.python import cp_model

from benchmarks.peers.mps import Integer, integer_program, write_mps
from models import School, SectionLock
from optimizer.engine.objective import value
from optimizer.rules import build
from tests.builders import with_budget, with_locks
from tests.tiny import tiny_school


def whole(school: School) -> cp_model.CpModel:
    model = build(school)
    model.cp.maximize(value(model))
    return model.cp


def best(cp: cp_model.CpModel) -> int:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(cp) == cp_model.OPTIMAL
    return round(solver.objective_value)


def best_of_file(path: Path) -> float:
    """Solve an MPS file by another solver's reading of it."""
    model = model_builder.Model()  # type: ignore[no-untyped-call]
    assert model.import_from_mps_file(str(path))
    solver = model_builder.Solver("scip")
    assert solver.solve(model) == model_builder.SolveStatus.OPTIMAL
    return -solver.objective_value


def keeps(program: Integer, values: list[int]) -> bool:
    """Tell whether values keep all limits and rows."""
    if any(not low <= v <= high for v, (low, high) in zip(values, program.limits, strict=True)):
        return False
    for row in program.rows:
        number = sum(a * values[v] for v, a in row.terms.items())
        if (row.low is not None and number < row.low) or (
            row.high is not None and number > row.high
        ):
            return False
    return True


PLAIN = tiny_school()
SCHOOLS = {
    "plain": PLAIN,
    "budget": with_budget(PLAIN, sum_fen=80_000),
    "lock": with_locks(PLAIN, SectionLock(course="art", slots=("mon2",), room="studio")),
}


@pytest.mark.parametrize("school", SCHOOLS.values(), ids=SCHOOLS.keys())
def test_another_solver_finds_the_same_best_value(school: School, tmp_path: Path) -> None:
    cp = whole(school)
    path = tmp_path / "whole.mps"
    write_mps(integer_program(cp), path)
    assert best_of_file(path) == best(cp)


def random_model(random: Random) -> cp_model.CpModel:
    """Make a small model of every kind of constraint that is translated."""
    cp = cp_model.CpModel()
    flags = [cp.new_bool_var(f"b{n}") for n in range(4)]
    number = cp.new_int_var(-1, 2, "n")

    def some(count: int) -> list[cp_model.LiteralT]:
        return [random.choice((f, ~f)) for f in random.sample(flags, count)]

    low = random.randint(-2, 2)
    terms = sum(random.choice((-2, 1, 3)) * f for f in flags) + random.choice((-1, 2)) * number
    cp.add_linear_constraint(terms, low, low + random.randint(0, 4)).only_enforce_if(some(2))
    cp.add(number + flags[0] - 2 * flags[1] >= random.randint(-2, 1))
    cp.add_bool_or(some(3)).only_enforce_if(some(1))
    cp.add_at_most_one(some(2))
    if random.random() < 0.5:
        cp.add_exactly_one(some(3))
    cp.add_implication(*some(2))
    cp.add_bool_and(some(2)).only_enforce_if(some(1))
    return cp


def kept_by_cpsat(cp: cp_model.CpModel, values: list[int]) -> bool:
    pinned = cp.clone()
    for index, number in enumerate(values):
        pinned.add(pinned.get_int_var_from_proto_index(index) == number)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(pinned)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    return status == cp_model.OPTIMAL


def test_every_point_is_judged_alike() -> None:
    kept = 0
    for seed in range(4):
        cp = random_model(Random(seed))
        program = integer_program(cp)
        for point in range(64):
            values = [point >> n & 1 for n in range(4)] + [point // 16 - 1]
            said = keeps(program, values)
            assert said == kept_by_cpsat(cp, values), (seed, values)
            kept += said
    assert 10 < kept < 200


def test_what_is_not_translated_is_refused() -> None:
    cp = cp_model.CpModel()
    x, y = cp.new_int_var(0, 3, "x"), cp.new_int_var(0, 3, "y")
    cp.add(x != y)
    with pytest.raises(NotImplementedError, match="a domain with holes"):
        integer_program(cp)
    other = cp_model.CpModel()
    other.add_max_equality(other.new_int_var(0, 3, "z"), [other.new_int_var(0, 3, "w")])
    with pytest.raises(NotImplementedError):
        integer_program(other)
