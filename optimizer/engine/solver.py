"""CP-SAT runs that can be watched and stopped at any moment."""

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
    solution: tuple[int, ...] | None = None
    """A value for each variable of the model, by its index."""
    objective: int | None = None
    bound: int | None = None
    work: float = 0.0
    """Deterministic time spent."""


@dataclass(frozen=True)
class Effort:
    """What a run may cost: seconds, seed and, for repeatable runs, deterministic time."""

    seconds: float
    seed: int
    deterministic: float | None = None


class Crew:
    """Runs solvers, in any number of threads, that stop together."""

    def __init__(self) -> None:
        self._at_work: set[cp_model.CpSolver] = set()
        self._lock = threading.Lock()
        self.stopped = False

    def stop(self) -> None:
        """Stop all that is running; what is started later ends at once."""
        with self._lock:
            self.stopped = True
            for solver in self._at_work:
                solver.stop_search()

    def solve(
        self,
        cp: cp_model.CpModel,
        effort: Effort,
        on_bound: Callable[[int], None] | None = None,
    ) -> Run:
        """Run CP-SAT in this thread.

        Raises
        ------
        RuntimeError
            If the model is not valid: a fault of ours.
        """
        solver = _solver(effort)
        if on_bound is not None:
            solver.best_bound_callback = lambda bound: on_bound(_rounded_down(bound))
        with self._lock:
            if self.stopped:
                return Run(Status.UNKNOWN)
            self._at_work.add(solver)
        try:
            solver.solve(cp)
        finally:
            with self._lock:
                self._at_work.discard(solver)
        return _result(solver, cp.has_objective())

    def wait(
        self, jobs: Sequence[Callable[[], None]], poll: Callable[[], None] | None = None
    ) -> bool:
        """Do the jobs in threads of their own; Ctrl-C stops them and keeps what they have.

        The calling thread only waits and polls, so that an interrupt reaches it at once.

        Returns
        -------
        bool
            Whether there was an interrupt.

        Raises
        ------
        BaseException
            The first that a job raised.
        """
        faults: list[BaseException] = []
        threads = [threading.Thread(target=_kept(job, faults), daemon=True) for job in jobs]
        interrupted = False
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            try:
                for thread in threads:
                    thread.join(0.1 / len(threads))
                if poll is not None:
                    poll()
            except KeyboardInterrupt:
                interrupted = True
                self.stop()
        if faults:
            raise faults[0]
        return interrupted


def _kept(job: Callable[[], None], faults: list[BaseException]) -> Callable[[], None]:
    def work() -> None:
        try:
            job()
        except BaseException as fault:  # handed to the waiting thread
            faults.append(fault)

    return work


def _solver(effort: Effort) -> cp_model.CpSolver:
    """Make a solver that leans on the linear relaxation.

    One worker with the whole relaxation present from the start proves the seating part of the
    model, nearly a linear program, in a fraction of a second; CP-SAT's portfolio of two or eight
    workers takes tens of seconds for the same (see ``benchmarks``). We use several workers by
    running several such solvers on different parts.
    """
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.num_workers = 1
    parameters.linearization_level = 2
    parameters.add_lp_constraints_lazily = False
    parameters.max_time_in_seconds = max(0.01, effort.seconds)
    parameters.random_seed = effort.seed
    parameters.catch_sigint_signal = False
    if effort.deterministic is not None:
        parameters.max_deterministic_time = effort.deterministic
    return solver


def _rounded_down(bound: float) -> int:
    """Give the integer bound: the solver's is an integer kept in a float."""
    return floor(bound + 1e-6)


def _result(solver: cp_model.CpSolver, has_objective: bool) -> Run:
    response = solver.response_proto
    name = solver.status_name(response.status)
    if name == "MODEL_INVALID":
        raise RuntimeError(f"the model is not valid: {solver.solution_info()}")
    values = tuple(response.solution)
    solution = values if name in (Status.OPTIMAL, Status.FEASIBLE) else None
    objective = round(solver.objective_value) if has_objective and solution else None
    bound = None
    if has_objective and name != Status.INFEASIBLE:
        bound = _rounded_down(solver.best_objective_bound)
    return Run(Status(name), solution, objective, bound, response.deterministic_time)


def hint(cp: cp_model.CpModel, solution: Sequence[int]) -> None:
    """Hint a value for every variable the solution knows."""
    cp.clear_hints()  # type: ignore[no-untyped-call]
    for index, value in enumerate(solution):
        cp.add_hint(cp.get_int_var_from_proto_index(index), value)
