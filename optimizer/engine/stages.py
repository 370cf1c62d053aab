"""The stages that every strategy has in common."""

from collections.abc import Callable

from models import Plan, School
from optimizer.engine.construct import construct, first_plan, needs_clubs
from optimizer.engine.finish.draft import DraftPlan, Found
from optimizer.engine.finish.opening import so_far
from optimizer.engine.infeasible.conflict import foreseen
from optimizer.engine.session import Session
from optimizer.engine.solution import Candidate
from optimizer.engine.solver import Effort

CARE_SECONDS, CARE_SECONDS_A_STUDENT, CARE_THREADS = 1.0, 0.0015, 4
"""What one run for base care around given sections may take, whatever the limit is."""
MOST_SECONDS = 30.0
"""What it may take where deterministic time is counted, on however slow a machine."""
BASE_TIMES = 4
"""How many times as long the least plan may take that keeps locks."""


def first_with_clubs(session: Session) -> Candidate | None:
    """Construct a plan with clubs and keep it, where it is better than what there is.

    It is made however short the limit is: a plan without clubs is no plan to use.
    """
    school = session.school
    if not school.wishes or foreseen(school) is not None:
        return None
    found: list[Candidate] = []

    def work() -> None:
        base = None
        if needs_clubs(school):
            for effort in _efforts(session, BASE_TIMES):
                base = base or first_plan(school, session.crew, effort)
            if base is None:
                return
        efforts, crew = _efforts(session), session.crew
        found.extend(
            candidate
            for candidate in (base, construct(school, crew, efforts, base, _ended(session)))
            if candidate is not None
        )

    session.tell("construct")
    with session.statistics.timed("construct"):
        session.crew.wait([work], session.tell)
    best = max(found, key=lambda candidate: candidate.worth, default=None)
    if best is not None and session.keep(best.found, best.worth):
        return best
    return None


def _efforts(session: Session, times: float = 1.0) -> list[Effort]:
    """Give ways to look for base care: a portfolio, or one thread with much relaxation and little.

    Which of these two is quick depends on the school.
    """
    seconds = times * (CARE_SECONDS + CARE_SECONDS_A_STUDENT * len(session.school.students))
    seed = session.limits.seed
    if not session.repeatable:
        return [Effort(seconds, seed, threads=CARE_THREADS, linearization=1)]
    work = session.params.work_per_second * seconds
    return [Effort(MOST_SECONDS, seed, work, linearization=level) for level in (2, 1)]


def _ended(session: Session) -> Callable[[], bool]:
    return lambda: session.crew.stopped


def plan_of(school: School, found: Found) -> Plan:
    """Give a plan of which nothing is known yet but who is where."""
    sections, groups = found
    return so_far(DraftPlan(school, {s.id: s for s in sections}, {g.id: g for g in groups}))
