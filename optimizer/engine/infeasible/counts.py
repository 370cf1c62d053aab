"""Contradictions of a large school, proved with students who are only counted.

Without single students the school is a program hundreds of times smaller than its model (``relax``
with ``by_number``), and every plan is a solution of it: if it has none, there is no plan. What is
short is told first by the linear program: each row that asks for something may fall short of it,
which costs. If by exact arithmetic (``Lp.bound``) even the least shortfall is above nothing, that
is the proof; otherwise CP-SAT looks for a solution in whole numbers.
"""

from collections.abc import Callable, Sequence

from ortools.sat.python import cp_model

from models import FAMILIES, Family, School
from optimizer.engine.infeasible.conflict import conflicting_families
from optimizer.engine.infeasible.second import confirmed
from optimizer.engine.lp.highs import solve_here
from optimizer.engine.params import DEFAULTS, InfeasibleParams
from optimizer.engine.solver import Crew, Effort, Status
from optimizer.rules import relax
from optimizer.rules.relaxation import Lp

_FAR = 1 << 60


def contradiction(
    school: School,
    crew: Crew,
    effort: Effort,
    in_time: Callable[[], bool],
    params: InfeasibleParams = DEFAULTS.infeasible,
    relaxed_only: bool = False,
) -> tuple[Family, ...] | None:
    """Give families that no plan keeps together, as few as the proof needs; None if none is found.

    Parameters
    ----------
    effort
        What one run of CP-SAT may cost.
    in_time
        Whether there is time to look for fewer families.
    relaxed_only
        Whether the linear program alone is asked, which takes a moment.
    """

    def falls_short(families: Sequence[Family]) -> bool:
        return not crew.stopped and _falls_short(school, families, params.program_seconds)

    def does_not_add_up(families: Sequence[Family]) -> bool:
        return _does_not_add_up(school, families, crew, effort)

    for proves in (falls_short,) if relaxed_only else (falls_short, does_not_add_up):
        if proves(FAMILIES):
            return conflicting_families(proves, in_time)
    return None


def _falls_short(school: School, families: Sequence[Family], seconds: float) -> bool:
    """Tell whether the linear program proves that no plan keeps these families."""
    lp = relax(school, families=families, by_number=True).lp
    for row, low in enumerate(list(lp.low)):
        if low is not None and low > 0:
            lp.put(row, lp.column(low, gain=-1))
    solution = solve_here(lp, seconds)
    return solution is not None and lp.bound(solution.duals) < 0


def _does_not_add_up(
    school: School, families: Sequence[Family], crew: Crew, effort: Effort
) -> bool:
    """Tell whether CP-SAT proves that no plan keeps these families."""
    lp = relax(school, families=families, by_number=True).lp
    cp = _whole(lp)
    return confirmed(crew, cp, effort, crew.solve(cp, effort)).status is Status.INFEASIBLE


def _whole(lp: Lp) -> cp_model.CpModel:
    """Give a program whose columns all take whole numbers to CP-SAT."""
    cp = cp_model.CpModel()
    columns = [cp.new_int_var(low, high, "") for low, high in zip(lp.lower, lp.upper, strict=True)]
    inside: list[tuple[list[cp_model.IntVar], list[int]]] = [([], []) for _ in lp.low]
    for row, column, coefficient in zip(lp.rows, lp.columns, lp.coefficients, strict=True):
        variables, coefficients = inside[row]
        variables.append(columns[column])
        coefficients.append(coefficient)
    for (variables, coefficients), low, high in zip(inside, lp.low, lp.high, strict=True):
        total = cp_model.LinearExpr.weighted_sum(variables, coefficients)
        cp.add_linear_constraint(
            total, -_FAR if low is None else low, _FAR if high is None else high
        )
    return cp
