"""The stages that every strategy has in common."""

from collections.abc import Callable

from models import Plan, School
from optimizer.checks import CHECKS
from optimizer.engine.construct import construct, first_plan, needs_clubs
from optimizer.engine.finish.draft import DraftPlan, Found
from optimizer.engine.finish.opening import so_far
from optimizer.engine.infeasible.conflict import foreseen
from optimizer.engine.session import Session
from optimizer.engine.solution import Candidate
from optimizer.engine.solver import Effort


def first_with_clubs(session: Session) -> Candidate | None:
    """Construct a plan with clubs and keep it, where it is better than what there is.

    It is made however short the limit is: a plan without clubs is no plan to use.
    """
    school, params = session.school, session.limits.params.construction
    if not school.wishes or foreseen(school) is not None:
        return None
    found: list[Candidate] = []

    def work() -> None:
        base = None
        if needs_clubs(school):
            for effort in _efforts(session, params.base_times):
                base = base or first_plan(school, session.crew, effort)
            if base is None:
                return
        efforts, crew = _efforts(session), session.crew
        made = construct(school, crew, efforts, base, _ended(session), params)
        found.extend(candidate for candidate in (base, made) if candidate is not None)

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
    params, students = session.limits.params.construction, len(session.school.students)
    seconds = times * (params.care_seconds + params.care_seconds_a_student * students)
    seed = session.limits.seed
    if not session.repeatable:
        return [Effort(seconds, seed, threads=params.care_threads, linearization=1)]
    work = session.params.work_per_second * seconds
    return [Effort(params.care_most_seconds, seed, work, linearization=level) for level in (2, 1)]


def _ended(session: Session) -> Callable[[], bool]:
    return lambda: session.crew.stopped


def plan_of(school: School, found: Found) -> Plan:
    """Give a plan of which nothing is known yet but who is where."""
    return so_far(DraftPlan.of(school, found))


def keeps_all_rules(school: School, found: Found) -> bool:
    """Tell whether the independent checks accept sections and care groups as they are."""
    plan = plan_of(school, found)
    return not any(finding for check in CHECKS.values() for finding in check(school, plan))
