"""CP-SAT runs that can be watched and stopped at any moment."""

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from enum import StrEnum
from math import floor
from types import FrameType

from ortools.sat.python import cp_model

from optimizer.engine.account import Account


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
    """What a run may cost, and how it is spent.

    One thread leans on the linear relaxation: with all of it present from the start CP-SAT proves
    the seating part of the model, nearly a linear program, in a fraction of a second. Several
    threads are CP-SAT's own portfolio, which is better at finding a good plan of the whole school
    from little and at bounding it; it wants about four threads a core (``benchmarks/README.md``).
    """

    seconds: float
    seed: int
    deterministic: float | None = None
    """Deterministic time, for repeatable runs."""
    threads: int = 1
    linearization: int = 2
    """How much of the linear relaxation one thread uses (CP-SAT's levels)."""
    presolve: bool = True
    """Whether the model is simplified first; without, a run is a proof of another kind."""
    for_bound: bool = False
    """One thread that is after the bound of a whole model: the relaxation grows as it is needed,
    which leaves more of the time to cuts."""

    def cut_to(self, share: float) -> "Effort":
        """Give the same with a share of the time, or of the work where that is counted."""
        if self.deterministic is not None:
            return replace(self, deterministic=share * self.deterministic)
        return replace(self, seconds=share * self.seconds)


class Crew:
    """Runs solvers, in any number of threads, that can be stopped together."""

    def __init__(self, account: Account | None = None) -> None:
        self._at_work: set[Callable[[], None]] = set()
        """How to stop what is running."""
        self._lock = threading.RLock()  # a signal handler may come while the lock is held
        self.stopped = False
        self.account = account or Account()
        """What all of them did."""
        self.timed: Callable[[str], AbstractContextManager[None]] = lambda _stage: nullcontext()
        """Counts what is done within as a call of a stage, where somebody keeps statistics."""

    def stop(self) -> None:
        """Stop all that is running, and whatever is started later."""
        self.stopped = True
        self.cut_short()

    def cut_short(self) -> None:
        """Stop what is running now."""
        with self._lock:
            for stop in self._at_work:
                stop()

    @contextmanager
    def stopping(self, stop: Callable[[], None]) -> Iterator[None]:
        """Let the crew stop something else as well while it runs."""
        with self._lock:
            self._at_work.add(stop)
            if self.stopped:
                stop()
        try:
            yield
        finally:
            with self._lock:
                self._at_work.discard(stop)

    def solve(
        self,
        cp: cp_model.CpModel,
        effort: Effort,
        on_bound: Callable[[int], None] | None = None,
        on_value: Callable[[int], None] | None = None,
    ) -> Run:
        """Run CP-SAT, this thread waiting; ``on_bound`` and ``on_value`` hear what improves.

        Raises
        ------
        RuntimeError
            If the model is not valid: a fault of ours.
        """
        solver = _solver(effort)
        bounds: list[int] = []

        def took(bound: float) -> None:
            bounds.append(_rounded_down(bound))
            if on_bound is not None:
                on_bound(bounds[-1])

        solver.best_bound_callback = took
        if self.stopped:
            return Run(Status.UNKNOWN)
        with self.stopping(solver.stop_search):
            solver.solve(cp, None if on_value is None else _Listener(on_value))
        run = _result(solver, cp.has_objective(), bounds)
        self.account.pay_run(run.work, len(cp.proto.variables))
        ended = run.status in (Status.OPTIMAL, Status.INFEASIBLE)
        self.account.cut |= not ended and solver.wall_time >= effort.seconds
        return run

    def run(self, cp: cp_model.CpModel, effort: Effort) -> Run:
        """Run CP-SAT in a thread of its own and wait, so that a signal is heard meanwhile."""
        found: list[Run] = []
        self.wait([lambda: found.append(self.solve(cp, effort))])
        return found[0]

    def wait(
        self,
        jobs: Sequence[Callable[[], None]],
        poll: Callable[[], None] | None = None,
        leave: Callable[[], bool] = lambda: False,
    ) -> None:
        """Do the jobs in threads of their own; the calling thread only waits and polls.

        Once ``leave`` says so, jobs that are still at work are left behind: not everything can be
        stopped from outside.

        Raises
        ------
        BaseException
            The first that a job raised.
        """
        faults: list[BaseException] = []
        threads = [threading.Thread(target=_kept(job, faults), daemon=True) for job in jobs]
        for thread in threads:
            thread.start()
        try:
            while any(thread.is_alive() for thread in threads) and not leave():
                for thread in threads:
                    thread.join(0.1 / len(threads))
                if self.stopped:
                    self.cut_short()  # again: a solver that was just starting has not heard it
                if poll is not None:
                    poll()
        except BaseException:
            self.stop()  # nobody waits for the threads any more
            raise
        if faults:
            raise faults[0]

    @contextmanager
    def stopping_on_interrupt(self) -> Iterator[None]:
        """Let Ctrl-C stop the crew instead of raising; a second one raises as usual.

        Outside the main thread signals do not arrive, and nothing changes.
        """
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        usual = signal.getsignal(signal.SIGINT)

        def stop(_number: int, _frame: FrameType | None) -> None:
            signal.signal(signal.SIGINT, usual)
            self.stop()

        signal.signal(signal.SIGINT, stop)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, usual)


class _Listener(cp_model.CpSolverSolutionCallback):
    """Passes on the objective of each better solution."""

    def __init__(self, on_value: Callable[[int], None]) -> None:
        super().__init__()
        self._on_value = on_value

    def on_solution_callback(self) -> None:
        self._on_value(round(self.objective_value))


def _kept(job: Callable[[], None], faults: list[BaseException]) -> Callable[[], None]:
    def work() -> None:
        try:
            job()
        except BaseException as fault:  # handed to the waiting thread
            faults.append(fault)

    return work


def _solver(effort: Effort) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.num_workers = effort.threads
    if effort.threads == 1:
        parameters.linearization_level = effort.linearization
        parameters.add_lp_constraints_lazily = effort.for_bound
        parameters.optimize_with_lb_tree_search = effort.for_bound
    parameters.max_time_in_seconds = max(0.01, effort.seconds)
    parameters.random_seed = effort.seed
    parameters.cp_model_presolve = effort.presolve
    parameters.catch_sigint_signal = False
    if effort.deterministic is not None:
        parameters.max_deterministic_time = max(0.0, effort.deterministic)
    return solver


def _rounded_down(bound: float) -> int:
    """Give the integer bound: the solver's is an integer kept in a float."""
    return floor(bound + 1e-6)


def _result(solver: cp_model.CpSolver, has_objective: bool, bounds: Sequence[int]) -> Run:
    """Read the response; without a solution only bounds that were reported count."""
    response = solver.response_proto
    name = solver.status_name(response.status)
    if name == "MODEL_INVALID":
        raise RuntimeError(f"the model is not valid: {solver.solution_info()}")
    status, work = Status(name), response.deterministic_time
    if status not in (Status.OPTIMAL, Status.FEASIBLE):
        return Run(status, bound=min(bounds, default=None), work=work)
    solution = tuple(response.solution)
    if not has_objective:
        return Run(status, solution, work=work)
    objective, bound = solver.objective_value, solver.best_objective_bound
    return Run(status, solution, round(objective), _rounded_down(bound), work)


def hint(cp: cp_model.CpModel, solution: Sequence[int]) -> None:
    """Hint a value for every variable the solution knows."""
    cp.clear_hints()  # type: ignore[no-untyped-call]
    for index, value in enumerate(solution):
        cp.add_hint(cp.get_int_var_from_proto_index(index), value)
