"""Short ways to ask the solver side: the best plan, the conflict, whether a fixed plan fits."""

from collections.abc import Iterable

from ortools.sat.python import cp_model

from models import FAMILIES, Family, Plan, PlanStatus, School
from optimizer.checks import CHECKS, verify
from optimizer.engine import Limits, solve
from optimizer.engine.pin import pin
from optimizer.errors import InfeasibleError
from optimizer.rules import Model, build

LIMITS = Limits(seconds=20, workers=2, seed=1)
"""Runs may differ, but what is asked of them here is proved, and the same every time."""


def optimal(school: School) -> Plan:
    """Give the best plan; it is proved to be that, and the check has nothing against it."""
    plan = solve(school, LIMITS)
    assert plan.status is PlanStatus.OPTIMAL, plan.bound
    assert verify(school, plan) == ()
    return plan


def conflict(school: School) -> set[Family]:
    """Give the families that cannot be kept together; it is proved that they cannot.

    Raises
    ------
    AssertionError
        If there is a plan. A search that ends without plan or proof raises NoPlanError.
    """
    try:
        plan = solve(school, LIMITS)
    except InfeasibleError as error:
        return set(error.families)
    raise AssertionError(plan)


def without(*dropped: Family) -> list[Family]:
    return [family for family in FAMILIES if family not in dropped]


def solved(model: Model, seed: int = 1) -> tuple[int, ...] | None:
    """Give a solution of a model, or None where it is proved that there is none."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = 20
    status = solver.status_name(solver.solve(model.cp))
    assert status in {"OPTIMAL", "FEASIBLE", "INFEASIBLE"}, status
    return None if status == "INFEASIBLE" else tuple(solver.response_proto.solution)


def fits(school: School, plan: Plan, families: Iterable[Family] = FAMILIES) -> bool:
    """Tell whether the model with these families admits the plan."""
    model = build(school, families)
    return pin(model, plan) and solved(model) is not None


def broken_families(school: School, plan: Plan) -> set[Family]:
    """Give the families that the check finds broken, whatever the plan says about itself."""
    return {family for family, check in CHECKS.items() if any(check(school, plan))}
