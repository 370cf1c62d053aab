"""Who is in base care, everything that counts for satisfaction as it is.

Own staff first where the policy has them so, then less pay and evener loads.
"""

from optimizer.engine.decomposition.shared import Shared
from optimizer.engine.secondary import STAFF
from optimizer.engine.solution import Candidate
from optimizer.rules import build


def improve_supervision(shared: Shared) -> None:
    """Improve the best plan's supervision, one aim after the other."""
    best, session = shared.best, shared.session
    if best is None:
        return
    share = session.limits.params.supervision.aim_share
    solution = best.solution
    model = build(shared.school, subproblem=solution.subproblem((), ()))
    for stage, make in STAFF:
        target = make(model)
        if target is None or session.crew.stopped or not shared.left:
            continue
        session.stage = stage
        model.cp.minimize(target)
        solution.hint(model)
        run = session.crew.solve(model.cp, shared.effort(share * shared.left))
        if run.solution is None or run.objective is None:
            return
        solution = solution.after(model, run.solution)
        shared.best = Candidate(solution, solution.found(model, run.solution), best.worth)
        if session.worth == best.worth:
            session.replace(shared.best.found, best.worth)
        model.cp.add(target <= run.objective)
