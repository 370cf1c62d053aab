"""The plan that goes out: finished, and passed by the check; never nothing after a search.

Where the check refuses the finished plan, or a step of finishing breaks down, that is a fault of
the program, but not one to lose a search for. Then go out, the first of these that the check
passes: the plan with its rooms and care groups as the search left them; what the search found
without one of the steps of finishing, or without any; the last plan that passed on the way, or
what the search had found before, whichever is worth more; base care, planned
anew. What was refused is logged and told.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from models import Plan, Text, listed
from optimizer.checks import verify
from optimizer.engine.construct import first_plan
from optimizer.engine.finish.finish import Step
from optimizer.engine.session import Session
from optimizer.engine.solver import Crew, Effort
from optimizer.engine.statistics import LOG
from optimizer.errors import CheckError, NoPlanError, ZoubanError, fault, said

MOST_TOLD = 3

NOTHING = Text("没有基础托管方案", "no plan of base care was found either")

SET_ASIDE = Text(
    "程序有错误，请报告：最终方案未通过独立检查，已弃用。"
    "写出的是另一个通过检查的方案（{value} 分）。问题：{faults}",
    "a fault of the program, please report it: the finished plan did not pass the independent "
    "check and was set aside. The plan written is another one that passed ({value} points). What "
    "was wrong: {faults}",
)
BROKE_DOWN = Text("{error}（程序异常）", "{error} (the program broke down)")
MORE = Text("等共 {count} 项", "{count} in all")


class _Trial(NamedTuple):
    """A way to a plan that may pass, and what it is called in the log."""

    name: str
    make: Callable[[], Plan]


def checked_plan(session: Session, broken: Exception | None = None) -> Plan:
    """Finish the best plan of a search; give it, or the next best that the check passes.

    Parameters
    ----------
    broken
        What the search itself broke down with, if it did.

    Raises
    ------
    CheckError
        The check refuses everything that there is.
    """
    faults = [] if broken is None else [_broke_down(broken)]
    for trial in _trials(session):
        found = _passed(session, trial)
        if isinstance(found, Plan):
            return _told(found, faults) if faults else found
        faults += found
    raise CheckError(faults)


def _passed(session: Session, trial: _Trial) -> Plan | list[Text]:
    """Give a trial's plan if the check passes it, else what is wrong with it."""
    try:
        plan = trial.make()
        findings = verify(session.school, plan)
    except ZoubanError as error:
        return [error.text]
    except Exception as error:
        LOG.error("%s broke down: %s", trial.name, said(error))
        return [_broke_down(error)]
    if not findings:
        return plan
    for finding in findings:
        LOG.error("%s is refused by the check: %s: %s", trial.name, finding.family, finding.text.en)
    return [finding.text for finding in findings]


def _trials(session: Session) -> Iterator[_Trial]:
    """Give ways to a plan, the best first."""
    best, passed = session.found, session.passed
    if best is not None:
        yield _Trial("the finished plan", lambda: session.plan(best, last=True))
        LOG.warning("the finished plan is set aside")
        worth_it = passed is None or session.value is None or passed.value < session.value
        if worth_it and not _late(session):
            yield _Trial("the plan unarranged", lambda: session.plan(best))
            for step in Step:
                if not _late(session):
                    yield _Trial(f"the plan without {step}", _without(session, step))
            if not _late(session):
                yield _Trial("the plan as it was found", _without(session, *Step))
    for found, worth in reversed(session.earlier):
        if passed is not None and (passed.value >= worth.points or _late(session)):
            break
        yield _Trial(f"an earlier plan of {worth.points} points", partial(session.plan, found))
    if passed is not None:
        yield _Trial("the last plan that passed", lambda: passed)
    else:
        for without in (frozenset[Step](), frozenset(Step)):
            yield _Trial("base care, planned anew", partial(_base_care, session, without))


def _base_care(session: Session, without: frozenset[Step]) -> Plan:
    """Plan base care, and the clubs that there have to be, whatever was found before."""
    school = session.school
    params = session.limits.params.finish
    seconds = params.base_care_seconds + params.base_care_seconds_a_student * len(school.students)
    found = first_plan(school, Crew(), Effort(seconds, 1))
    if found is None:
        raise NoPlanError(NOTHING)
    return session.plan(found.found, without=without)


def _without(session: Session, *steps: Step) -> Callable[[], Plan]:
    def make() -> Plan:
        assert session.found is not None
        return session.plan(session.found, without=frozenset(steps))

    return make


def _late(session: Session) -> bool:
    """Tell whether no more is to be tried, as there is a plan that passed."""
    late = session.clock.elapsed - session.limits.seconds
    return session.passed is not None and late > session.limits.params.finish.late_seconds


def _broke_down(error: Exception) -> Text:
    return BROKE_DOWN.fill(error=" ".join(fault(error)))


def _told(plan: Plan, faults: list[Text]) -> Plan:
    """Enter in a plan what was set aside for it."""
    some: list[Text] = faults[:MOST_TOLD]
    if len(faults) > MOST_TOLD:
        some.append(MORE.fill(count=len(faults)))
    text = SET_ASIDE.fill(value=plan.value, faults=listed(some))
    provenance = plan.provenance.model_copy(update={"set_aside": text})
    return plan.model_copy(update={"provenance": provenance})
