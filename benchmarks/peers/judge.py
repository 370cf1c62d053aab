"""From a peer's answer to a verdict: the plan is finished as ours are, and checked."""

from typing import NamedTuple

from benchmarks.peers.answer import Answer
from models import Plan, PlanStatus, Provenance, School
from optimizer import __version__
from optimizer.checks import verify
from optimizer.engine import finish_plan


class Verdict(NamedTuple):
    """What an answer is worth. An answer that fails the check has no value."""

    status: str
    """``PLAN``, ``INVALID`` (it fails the check), ``NONE``, or ``FAULT`` (not the peer's)."""
    value: int | None = None
    findings: int | None = None
    first: str = ""
    """The first finding, for people to read."""


def judge(school: School, answer: Answer, peer: str) -> Verdict:
    """Check an answer as it is, then as a whole plan.

    Finishing a plan (free seats, the lottery, reasons) takes for granted that it keeps the rules:
    so these are checked first.
    """
    if answer.sections is None:
        return Verdict("FAULT" if answer.fault else "NONE")
    raw = _raw(school, answer, peer)
    found = [finding for finding in verify(school, raw) if finding.family != "claims"]
    if not found:
        plan = finish_plan(school, raw.sections, raw.care_groups, raw.provenance, improving=False)
        found = list(verify(school, plan))
        if not found:
            return Verdict("PLAN", plan.value, 0)
    return Verdict("INVALID", None, len(found), found[0].text.en)


def _raw(school: School, answer: Answer, peer: str) -> Plan:
    """Put an answer into the form of a plan, with its figures and reasons left open."""
    return Plan(
        school=school.settings.id,
        school_digest=school.digest,
        status=PlanStatus.FEASIBLE,
        sections=answer.sections or (),
        care_groups=answer.care_groups,
        value=0,
        pay_fen=0,
        lottery_seed=school.settings.lottery_seed,
        provenance=Provenance(
            version=__version__,
            engine=peer,
            seed=0,
            workers=1,
            time_limit_seconds=0,
            seconds=answer.seconds,
        ),
    )
