"""Who is in base care, everything that counts for satisfaction as it is.

Own staff first where the policy has them so, then less pay and evener loads.
"""

from typing import TYPE_CHECKING

from optimizer.engine.large.seating import Seated
from optimizer.engine.secondary import STAFF
from optimizer.rules import build

if TYPE_CHECKING:
    from optimizer.engine.large.search import Large

SHARE = 0.5
"""Share of the time left that each aim may take."""


def tidy(large: "Large") -> None:
    """Improve the best plan's supervision, one aim after the other."""
    best, session = large.best, large.session
    if best is None:
        return
    standing = best.standing
    model = build(large.school, part=standing.part((), ()))
    for stage, make in STAFF:
        target = make(model)
        if target is None or session.crew.stopped or not large.left:
            continue
        session.stage = stage
        model.cp.minimize(target)
        standing.hint(model)
        run = session.crew.solve(model.cp, large.effort(SHARE * large.left))
        if run.solution is None or run.objective is None:
            return
        standing = standing.after(model, run.solution)
        large.best = Seated(standing, standing.found(model, run.solution), best.worth)
        if session.worth == best.worth:
            session.replace(large.best.found, best.worth)
        model.cp.add(target <= run.objective)
