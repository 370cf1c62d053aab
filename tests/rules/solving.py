"""Short ways to ask for the best plan, the conflict, and whether a fixed plan fits."""

from collections.abc import Iterable

import pytest
from ortools.sat.python import cp_model

from models import FAMILIES, BoundProof, Family, Plan, PlanStatus, Provenance, School
from optimizer.checks import CHECKS, verify
from optimizer.engine import Limits, finish_plan, solve
from optimizer.engine.finish.extract import extract
from optimizer.engine.objective import counts_firsts, objective
from optimizer.engine.pin import pin
from optimizer.errors import InfeasibleError
from optimizer.rules import Model, build

LIMITS = Limits(seconds=20, workers=1, seed=1)
ONE_RUN = Provenance(
    version="0", engine="one run", seed=1, workers=1, time_limit_seconds=0, seconds=0
)


def optimal(school: School) -> Plan:
    """Give the best plan; it is proved to be that, and the check has nothing against it."""
    return accepted(school, solve(school, LIMITS))


def accepted(school: School, plan: Plan) -> Plan:
    assert plan.status is PlanStatus.OPTIMAL, (plan.value, plan.bound)
    assert verify(school, plan) == ()
    return plan


def conflict(school: School) -> set[Family]:
    """Give the families that cannot be kept together; it is proved that they cannot.

    A search that ends without plan or proof raises NoPlanError, and the test fails.
    """
    with pytest.raises(InfeasibleError) as caught:
        solve(school, LIMITS)
    return set(caught.value.families)


def optimal_in_one_run(school: School) -> Plan:
    """Give the best plan by one run of the whole model, without the engine's staged search.

    Where first clubs come first, by three: first clubs, then their points, then all points.
    """
    model = build(school)
    aims, bounds = objective(model), []
    for aim in (aims.clubs, aims.first_points, aims.points)[0 if counts_firsts(school) else 2 :]:
        model.cp.maximize(aim)
        solution, bound = run(model.cp)
        assert solution is not None, "proved: no plan"
        model.cp.add(aim >= bound)
        bounds.append(bound)
    assert solution is not None
    *firsts, most = bounds
    plan = finish_plan(
        school,
        *extract(model, solution),
        ONE_RUN,
        most,
        BoundProof.EXACT_SEARCH,
        (firsts[0], firsts[1]) if firsts else None,
    )
    return accepted(school, plan)


def run(cp: cp_model.CpModel) -> tuple[tuple[int, ...] | None, int]:
    """Give a best solution and its objective; None where it is proved that there is none.

    A search that ends with neither fails the test.
    """
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = 20
    status = solver.status_name(solver.solve(cp))
    assert status in {"OPTIMAL", "INFEASIBLE"}, status
    if status == "INFEASIBLE":
        return None, 0
    return tuple(solver.response_proto.solution), round(solver.objective_value)


def without(*dropped: Family) -> list[Family]:
    return [family for family in FAMILIES if family not in dropped]


def solved(model: Model) -> tuple[int, ...] | None:
    """Give a solution of a model, or None where it is proved that there is none."""
    return run(model.cp)[0]


def fits(school: School, plan: Plan, families: Iterable[Family] = FAMILIES) -> bool:
    """Tell whether the model with these families admits the plan."""
    model = build(school, families)
    return pin(model, plan) and solved(model) is not None


def broken_families(school: School, plan: Plan) -> set[Family]:
    """Give the families that the check finds broken, whatever the plan says about itself."""
    return {family for family, check in CHECKS.items() if any(check(school, plan))}
