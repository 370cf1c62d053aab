"""Solving linear programs in floating point, in a process of their own.

The solver cannot be interrupted, and a deadline or Ctrl-C must not wait for it: so it runs in a
child process that is killed then. A child takes a second or two to start, so it can be kept for
many programs.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Collection
from datetime import timedelta
from math import inf
from struct import Struct
from time import monotonic
from typing import IO, NamedTuple

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

from optimizer.engine.account import MOST_STEPS
from optimizer.engine.solver import Crew, Effort
from optimizer.rules.relaxation import Lp

Floats = NDArray[np.float64]

BARRIER, SIMPLEX, INTEGER, WHOLE = "barrier", "simplex", "integer", "whole"
_METHODS = {
    BARRIER: mathopt.LPAlgorithm.BARRIER,
    SIMPLEX: mathopt.LPAlgorithm.DUAL_SIMPLEX,
    INTEGER: None,
    WHOLE: None,
}


class LpSolution(NamedTuple):
    """Values by column, dual values by row (0 for whole columns), the objective as solved."""

    values: Floats
    duals: Floats
    objective: float


class _Answer(NamedTuple):
    """What a child has to say of a program: nothing of values where there is no solution."""

    counts: tuple[int, int, int]
    """Iterations of the simplex method, of the interior-point method, and branches for wholes."""
    numbers: Floats
    """The objective, values by column, dual values by row; empty without a solution."""


class LpProcess:
    """A child process that solves programs, one after the other, started when it is first needed.

    Close it, or use it as a context: an idle child waits for more.
    """

    def __init__(self, crew: Crew) -> None:
        self.crew = crew
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "LpProcess":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the child."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.communicate()

    def solve(
        self, lp: Lp, effort: Effort, method: str = BARRIER, whole: Collection[int] = ()
    ) -> LpSolution | None:
        """Solve a program; None if time or work run out, the crew is stopped, or it has none.

        The interior-point method is quicker on the relaxation of a whole school, the dual simplex
        method on seats with a given timetable. With ``INTEGER`` the columns ``whole`` take whole
        numbers, and the best solution found in time is good enough; with ``WHOLE`` it is to be
        nearly the best.
        """
        account, seconds = self.crew.account, effort.seconds
        steps = account.steps(effort.deterministic, len(lp.rows), method == BARRIER)
        if method not in NEAR_ENOUGH and steps < FEWEST_STEPS:
            return None
        scale = _row_scale(lp)
        model = _proto(lp, scale, frozenset(whole)).SerializeToString()
        if self._child is None:
            account.pay(account.rates.process)
            # Not by -m: the package has the module already, and Python warns of that.
            command = [sys.executable, "-c", "from optimizer.engine.lp.highs import serve; serve()"]
            self._child = subprocess.Popen(  # noqa: S603 -- our own interpreter and module
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
            )
        late = threading.Timer(seconds + GRACE_SECONDS, self._child.kill)
        late.daemon = True
        late.start()
        began = monotonic()
        try:
            with self.crew.stopping(self._child.kill):
                answer = _ask(self._child, method, steps, seconds, model)
        finally:
            late.cancel()
        account.cut |= monotonic() - began >= seconds
        if answer is None:
            self.close()
            return None
        found = _answered(answer)
        account.pay_program(len(lp.rows), *found.counts)
        return _read(lp, scale, found.numbers) if len(found.numbers) else None


def solve_here(lp: Lp, seconds: float, method: str = BARRIER) -> LpSolution | None:
    """Solve a program in this process, for as long as it takes to notice the time limit."""
    scale = _row_scale(lp)
    numbers = _solve(_proto(lp, scale), method, MOST_STEPS, seconds).numbers
    return _read(lp, scale, numbers) if len(numbers) else None


def _answered(answer: bytes) -> _Answer:
    steps, barrier, nodes = _COUNTS.unpack_from(answer)
    numbers = np.frombuffer(answer, np.float64, offset=_COUNTS.size)
    return _Answer((steps, barrier, nodes), numbers)


def _read(lp: Lp, scale: Floats, numbers: Floats) -> LpSolution:
    columns = len(lp.gain)
    return LpSolution(numbers[1 : columns + 1], numbers[columns + 1 :] * scale, float(numbers[0]))


def _row_scale(lp: Lp) -> Floats:
    """Give powers of two that bring the largest coefficient of each row near to one.

    Money counts in fen, everything else in ones; left so, the interior-point method takes a quarter
    more iterations.
    """
    largest = np.ones(len(lp.low))
    np.maximum.at(largest, np.array(lp.rows, np.int64), np.abs(np.array(lp.coefficients, float)))
    scale: Floats = np.exp2(-np.round(np.log2(largest)))
    return scale


MOST_NODES = 200
"""Branches of a search for whole numbers, so that it ends alike wherever it runs."""
NEAR_ENOUGH = {INTEGER: 0.5, WHOLE: 0.003}
"""How far from the best, as a share, whole numbers may be. Half where what falls short is sought
anew."""
FEWEST_STEPS = 10
"""With fewer no program is solved."""
GRACE_SECONDS = 1.0
"""How long after its time limit a child may go on to load, read and answer."""
_QUESTION, _LENGTH, _COUNTS = Struct("<8sQdQ"), Struct("<Q"), Struct("<QQQ")
"""What goes before a program (method, most steps, seconds, bytes of it) and before an answer (bytes
of it, then how much was done).
"""


def _proto(lp: Lp, scale: Floats, whole: Collection[int] = ()) -> model_pb2.ModelProto:
    proto = model_pb2.ModelProto()
    count = len(lp.gain)
    proto.variables.ids.extend(range(count))
    proto.variables.lower_bounds.extend(map(float, lp.lower))
    proto.variables.upper_bounds.extend(map(float, lp.upper))
    proto.variables.integers.extend(column in whole for column in range(count))
    proto.objective.maximize = True
    paid = [j for j in range(count) if lp.gain[j]]
    proto.objective.linear_coefficients.ids.extend(paid)
    proto.objective.linear_coefficients.values.extend(float(lp.gain[j]) for j in paid)
    proto.linear_constraints.ids.extend(range(len(lp.low)))
    low = np.array([-inf if low is None else low for low in lp.low], float)
    high = np.array([inf if high is None else high for high in lp.high], float)
    proto.linear_constraints.lower_bounds.extend((low * scale).tolist())
    proto.linear_constraints.upper_bounds.extend((high * scale).tolist())
    keys = np.array(lp.rows, np.int64) * count + np.array(lp.columns, np.int64)
    unique, place = np.unique(keys, return_inverse=True)
    total = np.bincount(place, np.array(lp.coefficients, float), len(unique))
    matrix = proto.linear_constraint_matrix
    matrix.row_ids.extend((unique // count).tolist())
    matrix.column_ids.extend((unique % count).tolist())
    matrix.coefficients.extend((total * scale[unique // count]).tolist())
    return proto


def _ask(
    child: subprocess.Popen[bytes], method: str, steps: int, seconds: float, model: bytes
) -> bytes | None:
    """Give the child a program and read its answer; None if it has died."""
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        child.stdin.write(_QUESTION.pack(method.encode(), steps, seconds, len(model)))
        child.stdin.write(model)
        child.stdin.flush()
    except OSError:
        return None
    return _take(child.stdout)


def _take(pipe: IO[bytes]) -> bytes | None:
    """Read a whole answer from a pipe; None if it ends before."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    answer = pipe.read(length)
    return answer if len(answer) == length else None


def serve() -> None:
    """Solve programs from the standard input until it ends; answers go to the standard output.

    The solver now and then prints there too: what it prints goes nowhere.
    """
    questions, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    while len(head := questions.read(_QUESTION.size)) == _QUESTION.size:
        method, steps, seconds, length = _QUESTION.unpack(head)
        proto = model_pb2.ModelProto.FromString(questions.read(length))
        found = _solve(proto, method.rstrip(b"\0").decode(), steps, seconds)
        answer = _COUNTS.pack(*found.counts) + found.numbers.tobytes()
        answers.write(_LENGTH.pack(len(answer)) + answer)
        answers.flush()


def _solve(proto: model_pb2.ModelProto, method: str, steps: int, seconds: float) -> _Answer:
    parameters = mathopt.SolveParameters(
        lp_algorithm=_METHODS[method],
        time_limit=timedelta(seconds=max(0.1, seconds)),
        iteration_limit=None if method in NEAR_ENOUGH else steps,
        node_limit=MOST_NODES if method in NEAR_ENOUGH else None,
        relative_gap_tolerance=NEAR_ENOUGH.get(method),
    )
    model = mathopt.Model.from_model_proto(proto)
    try:
        result = mathopt.solve(model, mathopt.SolverType.HIGHS, params=parameters)
    except Exception:  # it gives up on some programs in which nothing fits, whatever it raises
        return _Answer((0, 0, 0), np.zeros(0))
    stats = result.solve_stats
    counts = stats.simplex_iterations, stats.barrier_iterations, stats.node_count
    return _Answer(counts, _numbers(proto, method, result))


def _numbers(proto: model_pb2.ModelProto, method: str, result: mathopt.SolveResult) -> Floats:
    """Give the objective, the values and the dual values; none where there are none."""
    reasons, reason, whole = (
        mathopt.TerminationReason,
        result.termination.reason,
        method in NEAR_ENOUGH,
    )
    found = reason is reasons.OPTIMAL or (reason is reasons.FEASIBLE and whole)
    if not found or not (whole or result.has_dual_feasible_solution()):
        return np.zeros(0)  # no duals: of some programs in which there is nothing to decide
    values = np.zeros(len(proto.variables.ids))
    duals = np.zeros(len(proto.linear_constraints.ids))
    for variable, value in result.variable_values().items():
        values[variable.id] = value
    if method not in NEAR_ENOUGH:
        for row, dual in result.dual_values().items():
            duals[row.id] = dual
    return np.concatenate([[result.objective_value()], values, duals])
