"""The one way in: an engine for the school, its search, and the plan finished and checked."""

from models import Plan, School, Text, plan_worth
from optimizer.checks import before_moves, require_valid, verify
from optimizer.engine import whole
from optimizer.engine.limits import Limits, OnProgress
from optimizer.engine.session import OnPlan, Session
from optimizer.errors import NoPlanError

SMALL_STUDENTS = 250
"""Up to so many students the model of the whole school finds better plans."""

NO_PLAN = Text(
    "{seconds:.0f} 秒内没有找到方案，也没有证明无解；请延长时间（--time-limit）再试。",
    "no plan found in {seconds:.0f} s, and none ruled out: try again with a longer --time-limit.",
)
STOPPED = Text(
    "在找到第一个方案之前已按要求停止；没有写出任何方案。",
    "stopped as asked, before a first plan was found: there is none to write.",
)


def solve(
    school: School,
    limits: Limits | None = None,
    start: Plan | None = None,
    on_progress: OnProgress | None = None,
    on_plan: OnPlan | None = None,
) -> Plan:
    """Plan the term: the best plan found, checked, with a proved bound.

    Small schools are searched in one model of the whole school, large ones by prices, an annealed
    timetable and seating; ``limits.engine`` may force one. Ctrl-C and the time limit end the
    search, not the plan.

    Parameters
    ----------
    start
        A plan of this or nearly this school to start from, where it fits. One that holds as it is
        is not lost: nothing worse comes back.
    on_progress
        Called from the calling thread whenever value, bound or stage changes.
    on_plan
        Called from the calling thread with better plans on the way, each finished and checked; not
        with each of them.

    Raises
    ------
    InfeasibleError
        Proved: no plan keeps all rules; names the families in conflict.
    NoPlanError
        The limit came before a plan and before a proof.
    CheckError
        The independent check refuses the plan: a fault of ours, and no plan is given out.
    """
    limits = limits or Limits()
    session = Session(school, limits, on_progress, on_plan)
    with session.crew.stopping_on_interrupt():
        if start is not None:
            # Who was moved to another activity is settled anew at the end, not by the search.
            holds, start = not verify(school, start), before_moves(school, start)
            if holds:
                session.keep((start.sections, start.care_groups), plan_worth(school, start))
        _engine(session, start)
        if session.found is None:
            why = STOPPED if session.crew.stopped else NO_PLAN.fill(seconds=limits.seconds)
            raise NoPlanError(why)
        plan = session.plan(session.found)
        require_valid(school, plan)
    return plan


def _engine(session: Session, start: Plan | None) -> None:
    if engine_for(session.school, session.limits.engine) == "whole":
        session.engine = whole.NAME
        whole.search(session, start)
        return
    # Compiled loops take long to load: only those who need them do.
    from optimizer.engine import large  # noqa: PLC0415

    session.engine = large.NAME
    large.search(session, start)
    if session.found is None and not session.crew.stopped and session.clock.left:
        session.closed = False
        session.engine = whole.NAME
        whole.search(session, start)  # which can also prove that there is no plan


def engine_for(school: School, wanted: str | None = None) -> str:
    """Name the engine for a school: the one wanted, or else by its size."""
    if wanted is not None:
        return wanted
    return "large" if len(school.students) > SMALL_STUDENTS else "whole"
