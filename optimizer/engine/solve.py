"""The one way in: an engine for the school, its search, and the plan finished and checked."""

from time import monotonic

from models import Plan, PlanStatus, School, Text, plan_worth, yuan
from optimizer.checks import before_moves, still_known
from optimizer.engine.account import Account
from optimizer.engine.finish.checked import checked_plan
from optimizer.engine.infeasible.conflict import foreseen
from optimizer.engine.infeasible.least_pay import said_of_pay
from optimizer.engine.limits import Limits, OnProgress, Progress, enough_seconds
from optimizer.engine.session import OnPlan, OnPrices, Session
from optimizer.engine.solver import Crew
from optimizer.engine.stages import keeps_all_rules
from optimizer.engine.statistics import LOG
from optimizer.engine.strategy import engine_for, search
from optimizer.errors import (
    CheckError,
    InfeasibleError,
    NoClubsError,
    NoPlanError,
    ZoubanError,
    said,
)
from optimizer.ledger.tariffs import pay_limit_fen

NO_PLAN = Text(
    "{seconds:g} 秒内没有找到方案，也没有证明无解；请延长时限（--time-limit）再试，"
    "这样规模的学校约需 {enough} 秒。",
    "no plan found in {seconds:g} s, and none ruled out: try again with a longer --time-limit; "
    "about {enough} s should be enough for a school of this size.",
)
DOUBTED = Text(
    "求解器称无可行方案，但另一种证明未能在时限内确认，因此不作结论；"
    "请延长时限（--time-limit，约 {enough} 秒）再试。",
    "the solver called it infeasible, but a second, different proof did not confirm that in time, "
    "so nothing is claimed: try again with a longer --time-limit, about {enough} s.",
)
NO_CLUBS = Text(
    "没有排出任何社团：{seconds:.0f} 秒内只排好了基础托管，{students} 名报了社团的学生都没有名额。"
    "并没有证明排不出社团（上界 {bound} 分），这不是可以用的方案。请延长时限（约需 {enough} 秒）；"
    "仍然没有时，请看预算（托管课酬 {pay} 元，课酬上限 {limit}）、教师和教室是否够用。",
    "no club was found: in {seconds:.0f} s only base care was planned, and none of the {students} "
    "students who wish for a club has one. It is not proved that no club is possible (bound "
    "{bound} points): this is no plan to use. Give it more time (about {enough} s should be "
    "enough for a school of this size); if there is still none, see "
    "whether budget (base care is paid {pay} yuan, pay may cost {limit}), staff and rooms suffice.",
)
NO_LIMIT = Text("不限", "any sum")
YUAN = Text("{sum} 元", "{sum} yuan")
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
    on_prices: OnPrices | None = None,
    spent: float = 0.0,
) -> Plan:
    """Plan the term: the best plan found, checked, with a proved bound.

    Ctrl-C and the time limit end the search, not the plan. ``limits.engine`` may force an engine.

    Parameters
    ----------
    start
        A plan of this or nearly this school to start from, where it fits. One that holds as it is
        is not lost: nothing worse comes back.
    on_progress, on_plan
        Called from the calling thread whenever value, bound or stage changes, and with some better
        plans on the way, finished and checked.
    on_prices
        Called before a plan is given back, with the prices that prove a bound of it
        (``optimizer.checks.proved_bound``).
    spent
        Seconds of the limit that went before the call, e.g. for reading the school.

    Raises
    ------
    InfeasibleError
        Proved: no plan keeps all rules; names the families in conflict.
    NoPlanError, NoClubsError
        The limit came before a plan, or before any club (holds that plan), and before a proof.
    CheckError
        The check refuses whatever was found, not only the plan finished last (``set_aside``).
    """
    limits = limits or Limits()
    crew = Crew(Account(limits.params.work))
    with crew.stopping_on_interrupt():
        began = _make_ready(school, limits, on_progress, spent)
        session = Session(school, limits, on_progress, on_plan, began, crew)
        if start is not None:
            start = _taken_up(session, start)
        plan = _finished(session, _searched(session, start))
    _log(session, plan)
    if on_prices is not None:
        on_prices(session.price_list)
    if plan.status is not PlanStatus.OPTIMAL and not _has_clubs(school, plan):
        raise NoClubsError(_no_clubs(school, plan), plan)
    return plan


def _log(session: Session, plan: Plan) -> None:
    LOG.info("%s: value %d, bound %s", plan.status, plan.value, plan.bound)
    if session.repeatable and not plan.provenance.repeatable:
        LOG.warning("ended by the clock and not by counts: another run may give another plan")


def _finished(session: Session, broken: Exception | None) -> Plan:
    """Give the plan of a search that may have broken down."""
    if session.found is None and broken is None:
        _refuse_by_counts(session.school)
        no_plan = _no_plan(session.school, session.limits, session.doubted)
        why = STOPPED if session.crew.stopped else no_plan
        raise NoPlanError(why)
    try:
        return checked_plan(session, broken)
    except CheckError as refused:
        raise (broken or refused) from None


def _searched(session: Session, start: Plan | None) -> Exception | None:
    """Search; give what the search broke down with, if it did: what it has found is not lost."""
    try:
        search(session, start)
    except ZoubanError as error:
        if session.found is None or not isinstance(error, InfeasibleError):
            raise
        LOG.error("called infeasible, although a plan was found: %s", said(error))
    except Exception as fault:
        LOG.error("the search broke down: %s", said(fault))
        session.crew.cut_short()
        session.closed = True
        return fault
    return None


def _taken_up(session: Session, start: Plan) -> Plan:
    """Keep a plan to start from as the best so far, where it holds; give it as it goes on.

    It may be of the school as it was before a change: what it names and the school no longer has is
    gone. Who was moved to another activity is settled anew at the end, not by the search, and so is
    whatever else a finished plan has to have.
    """
    school = session.school
    start = before_moves(school, still_known(school, start))
    found = start.sections, start.care_groups
    if any(section.students for section in start.sections) and keeps_all_rules(school, found):
        session.keep(found, plan_worth(school, start))
    return start


def _make_ready(
    school: School, limits: Limits, on_progress: OnProgress | None, spent: float
) -> float:
    """Have an engine's loops ready; give when the search is taken to have begun.

    Loops that were compiled before are loaded in a moment, which counts; to compile them does not.
    Where counts alone show that there is no plan, nothing needs to be ready.
    """
    LOG.info("school %s, %s", school.digest, limits)
    called = monotonic()
    engine = engine_for(school, limits.engine, limits.params.strategy)
    if engine != "whole" and foreseen(school) is None:
        if on_progress is not None:
            on_progress(Progress("loops", 0.0, limits.seconds, None, None))
        _compile(engine, school)
    params = limits.params.session
    spent += min(monotonic() - called, params.loading_share * limits.seconds)
    return monotonic() - min(spent, params.spent_share * limits.seconds)


def _compile(engine: str, school: School) -> None:
    if engine == "sectioning":
        from optimizer.engine.sectioning import search as sectioning  # noqa: PLC0415

        sectioning.compile_ahead(len(school.slots))
    else:
        from optimizer.engine import decomposition  # noqa: PLC0415

        decomposition.compile_ahead()


def _refuse_by_counts(school: School) -> None:
    contradiction = foreseen(school)
    if contradiction is not None:
        raise contradiction


def _has_clubs(school: School, plan: Plan) -> bool:
    """Tell whether a plan grants any wish; one of a school without wishes need not."""
    before = before_moves(school, plan)
    return not school.wishes or any(section.students for section in before.sections)


def _no_plan(school: School, limits: Limits, doubted: bool) -> Text:
    enough = enough_seconds(school, limits.seconds)
    why = DOUBTED.fill(enough=enough)
    if not doubted:
        why = NO_PLAN.fill(seconds=limits.seconds, enough=enough)
    pay = said_of_pay(school, limits.params.infeasible.program_seconds)
    return why if pay is None else Text(why.zh + pay.zh, f"{why.en} {pay.en}")


def _no_clubs(school: School, plan: Plan) -> Text:
    limit = pay_limit_fen(school)
    return NO_CLUBS.fill(
        seconds=plan.provenance.seconds,
        students=len({wish.student for wish in school.wishes} - school.excluded),
        bound=plan.bound,
        enough=enough_seconds(school, plan.provenance.time_limit_seconds),
        pay=yuan(plan.pay_fen),
        limit=NO_LIMIT if limit is None else YUAN.fill(sum=yuan(limit)),
    )
