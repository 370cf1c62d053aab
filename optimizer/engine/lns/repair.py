"""Repair: whatever a neighbourhood sets free is decided anew by CP-SAT, the rest as it stands."""

from collections.abc import Callable, Collection, Mapping

from optimizer.engine.objective import objective
from optimizer.engine.solution import Candidate, CareName, Solution, care_variables
from optimizer.engine.solver import Crew, Effort
from optimizer.rules import build


def repair(
    solution: Solution,
    courses: Collection[str],
    students: Collection[str],
    crew: Crew,
    effort: Callable[[], Effort],
    hinted: bool = False,
    fixed: Mapping[CareName, int] | None = None,
) -> Candidate | None:
    """Decide these courses' timetables and these students' seats anew, the rest as it stands.

    Parameters
    ----------
    effort
        Says what the run may cost, once the model is built.
    fixed
        Values that care variables must have; only numbers of groups are looked at.
    """
    model = build(solution.school, subproblem=solution.subproblem(courses, students))
    model.cp.maximize(objective(model).weighted)
    if hinted:
        solution.hint(model)
    for name, var in care_variables(model):
        if fixed and name[0] == "groups":
            model.cp.add(var == fixed.get(name, 0))
    run = crew.solve(model.cp, effort())
    if run.solution is None:
        return None
    after = solution.after(model, run.solution)
    return Candidate(after, solution.found(model, run.solution), after.worth)
