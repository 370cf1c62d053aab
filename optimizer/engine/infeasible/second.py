"""A second, different proof: that there is no plan is said only where two runs agree.

That there is no better one is asked twice as well, where time is left
(``monolithic.prove_again``).

CP-SAT is known to call models infeasible that are not, mostly by faults of its presolve. So what it
calls infeasible is run again without presolve, from another seed and with another use of the linear
relaxation. If that run finds a solution, the first one was wrong, and the solution counts; if it
ends with neither, nothing is known.
"""

from dataclasses import replace

from ortools.sat.python import cp_model

from optimizer.engine.solver import Crew, Effort, Run, Status
from optimizer.engine.statistics import LOG


def confirmed(crew: Crew, cp: cp_model.CpModel, effort: Effort, first: Run) -> Run:
    """Give a run as it is, but an infeasible one only where a different run says so, too.

    Parameters
    ----------
    effort
        What the second run may cost.
    """
    if first.status is not Status.INFEASIBLE:
        return first
    second = crew.run(cp, of_another_kind(effort))
    if second.status is Status.INFEASIBLE:
        return second
    LOG.error("a proof that there is no plan was not confirmed: %s", second.status)
    if second.solution is not None:
        return second
    return Run(Status.UNKNOWN, work=second.work)


def of_another_kind(effort: Effort) -> Effort:
    """Say how to search for a second proof, as unlike the first as may be."""
    return replace(
        effort,
        seed=effort.seed // 2 + 1,
        presolve=False,
        linearization=1 if effort.linearization > 1 else 2,
    )
