"""Short ways to ask the model side: the best plan, the conflict, whether a fixed plan fits.

``optimal`` and ``conflict`` take the whole model to the end in one run, without the engine's staged
search, so that a rule's tests say something about the rule only. Tests of the search itself are in
``tests/engine``; that it finds what ``optimal`` finds, in ``test_optimum``.
"""

from collections.abc import Iterable

from ortools.sat.python import cp_model

from models import FAMILIES, BoundProof, Family, Plan, PlanStatus, Provenance, School
from optimizer.checks import CHECKS, verify
from optimizer.engine import finish_plan
from optimizer.engine.conflict import conflicting_families
from optimizer.engine.extract import extract
from optimizer.engine.objective import value
from optimizer.engine.pin import pin
from optimizer.engine.solver import Run, Status
from optimizer.rules import Model, build

BY_HAND = Provenance(
    version="0", engine="one run", seed=1, workers=1, time_limit_seconds=0, seconds=0
)


def optimal(school: School) -> Plan:
    """Give the best plan; it is proved to be that, and the check has nothing against it."""
    model = build(school)
    objective = value(model)
    model.cp.maximize(objective)
    solution, bound = run(model.cp)
    assert solution is not None, "proved: no plan"
    sections, groups = extract(model, solution)
    plan = finish_plan(school, sections, groups, BY_HAND, bound, BoundProof.EXACT_SEARCH)
    assert plan.status is PlanStatus.OPTIMAL, (plan.value, bound)
    assert verify(school, plan) == ()
    return plan


def conflict(school: School) -> set[Family]:
    """Give the families that cannot be kept together; it is proved that they cannot."""
    assert solved(build(school)) is None, "there is a plan"
    return set(conflicting_families(school, prove))


def prove(cp: cp_model.CpModel) -> Run:
    solution, _ = run(cp)
    return Run(Status.INFEASIBLE if solution is None else Status.OPTIMAL)


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
