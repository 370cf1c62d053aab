"""One CP-SAT run that can be watched and stopped at any moment."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import floor

from ortools.sat.python import cp_model


class Status(StrEnum):
    """How a run ended. UNKNOWN is neither INFEASIBLE nor a plan."""

    OPTIMAL = "OPTIMAL"
    FEASIBLE = "FEASIBLE"
    INFEASIBLE = "INFEASIBLE"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True)
class Run:
    """How a run ended, its best solution and its bound."""

    status: Status
    solution: tuple[int, ...] | None
    """A value for each variable of the model, by its index."""
    objective: int | None
    bound: int | None
    interrupted: bool = False


@dataclass(frozen=True)
class Effort:
    """What a run may cost: seconds, workers, seed and, for repeatable runs, deterministic time."""

    seconds: float
    workers: int
    seed: int
    deterministic: float | None = None


Watch = Callable[[int | None, int | None], None]
"""Called with the best objective and bound so far, whenever one of them changes."""


class _Watcher(cp_model.CpSolverSolutionCallback):
    """Keeps what the search threads report, for the waiting thread to pick up."""

    def __init__(self) -> None:
        super().__init__()
        self.objective: int | None = None
        self.bound: int | None = None

    def on_solution_callback(self) -> None:
        self.objective = round(self.objective_value)

    def on_bound(self, bound: float) -> None:
        self.bound = round(bound)


def run(cp: cp_model.CpModel, effort: Effort, watch: Watch | None = None) -> Run:
    """Run CP-SAT in a thread of its own; Ctrl-C stops it and keeps what it has.

    The calling thread only waits, so that an interrupt reaches it at once.

    Raises
    ------
    RuntimeError
        If the model is not valid: a fault of ours.
    """
    solver = _solver(effort)
    watcher = _Watcher()
    solver.best_bound_callback = watcher.on_bound
    thread = threading.Thread(target=solver.solve, args=(cp, watcher), daemon=True)
    interrupted = _wait(thread, solver, watcher, watch)
    return _result(solver, cp.has_objective(), interrupted)


def _solver(effort: Effort) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.max_time_in_seconds = max(0.01, effort.seconds)
    parameters.num_workers = effort.workers
    parameters.random_seed = effort.seed
    parameters.catch_sigint_signal = False
    if effort.deterministic is not None:
        parameters.max_deterministic_time = effort.deterministic
    return solver


def _wait(
    thread: threading.Thread,
    solver: cp_model.CpSolver,
    watcher: _Watcher,
    watch: Watch | None,
) -> bool:
    interrupted = False
    told: tuple[int | None, int | None] = (None, None)
    thread.start()
    while thread.is_alive():
        try:
            thread.join(0.1)
            now = (watcher.objective, watcher.bound)
            if watch is not None and now != told:
                told = now
                watch(*now)
        except KeyboardInterrupt:
            interrupted = True
            solver.stop_search()
    return interrupted


def _result(solver: cp_model.CpSolver, has_objective: bool, interrupted: bool) -> Run:
    response = solver.response_proto
    name = solver.status_name(response.status)
    if name == "MODEL_INVALID":
        raise RuntimeError(f"the model is not valid: {solver.solution_info()}")
    solution: Sequence[int] | None = list(response.solution) or None
    objective = bound = None
    if has_objective:
        bound = None if name == "INFEASIBLE" else floor(solver.best_objective_bound + 1e-6)
        if solution is not None:
            objective = round(solver.objective_value)
    return Run(
        Status(name),
        None if solution is None else tuple(solution),
        objective,
        bound,
        interrupted,
    )


def hint(cp: cp_model.CpModel, solution: Sequence[int]) -> None:
    """Hint a value for every variable the solution knows."""
    cp.clear_hints()  # type: ignore[no-untyped-call]
    for index, value in enumerate(solution):
        cp.add_hint(cp.get_int_var_from_proto_index(index), value)
