"""Our own rules' whole model given to CP-SAT as it is: no stages, no hints, no start."""

from collections.abc import Sequence
from math import floor
from time import monotonic

from ortools.sat.python import cp_model

from benchmarks.peers.answer import Answer, Task
from models import CareGroup, Section
from optimizer.engine.finish.extract import extract
from optimizer.engine.objective import value
from optimizer.rules import Model, build


def two(task: Task) -> Answer:
    """Give the model to two threads, one a core."""
    return _solve(task, 2)


def eight(task: Task) -> Answer:
    """Give the model to eight threads: CP-SAT's portfolio wants more threads than cores."""
    return _solve(task, 8)


def _solve(task: Task, threads: int) -> Answer:
    model = whole_model(task)
    start = task.start()
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = threads
    solver.parameters.random_seed = task.seed
    solver.parameters.max_time_in_seconds = task.seconds
    status = solver.solve(model.cp)
    seconds = monotonic() - start
    name = solver.status_name(status)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Answer(seconds=seconds, note=name)
    sections, groups = parts(model, solver.response_proto.solution)
    bound = floor(solver.best_objective_bound + 1e-6)
    return Answer(sections=sections, care_groups=groups, bound=bound, seconds=seconds, note=name)


def whole_model(task: Task) -> Model:
    """Build the whole model of the school with satisfaction to maximise."""
    model = build(task.school)
    model.cp.maximize(value(model))
    return model


def parts(
    model: Model, solution: Sequence[int]
) -> tuple[tuple[Section, ...], tuple[CareGroup, ...]]:
    """Read sections and care groups off a solution."""
    return extract(model, tuple(solution))
