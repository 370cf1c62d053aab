"""``zouban verify``: the independent check of a plan."""

from pathlib import Path
from typing import Annotated, Any

import typer

from models import Plan, School, Text
from optimizer.checks import books_changed, hit_by_change
from optimizer.checks import verify as findings_of
from optimizer.cli.common import (
    BOOKS_CHANGED,
    CHECK_FAILED,
    MOST_SAID,
    AcceptOption,
    JsonOption,
    LangOption,
    LogOption,
    Output,
    PlanArgument,
    SchoolArgument,
    aimed_at,
    capped,
    session,
)
from optimizer.cli.confirm import UNCONFIRMED, confirm
from optimizer.cli.policy import PolicyOption
from optimizer.cli.reading import read_answer, read_question

FINDING = Text("{family}：{text}", "{family}: {text}")
BROKEN = Text("未通过：{count} 处不符。", "refused. Findings: {count}.")
HIT = Text("改动影响方案的地方：{count} 处。", "the change hits the plan. Findings: {count}.")
NOT_HIT = Text(
    "改动没有影响到方案：用到的都还在，全部规则仍然符合。满意度、上界和原因是按原来的数据算的，需要时请重新编制。",
    "the change does not hit the plan: all it uses is still there, and every rule is still kept. "
    "Points, bound and reasons were worked out from the old data: plan again where they matter.",
)
PASSED = Text(
    "通过：方案符合全部规则，分值与课酬重算一致。",
    "passed: the plan keeps every rule, and its points and pay add up.",
)


ChangedOption = Annotated[
    bool,
    typer.Option(
        "--changed",
        help="学校数据改动之后：列出改动影响到方案的地方。"
        " After a change of the school's data: list what it hits in the plan.",
        show_default=False,
    ),
]


BoundOption = Annotated[
    bool,
    typer.Option(
        "--bound",
        help="也按方案旁边的价目 prices.json 重算上界。"
        " Add up the plan's bound anew, too, from the prices.json beside it.",
        show_default=False,
    ),
]


def verify(  # noqa: PLR0913, PLR0917 -- one parameter an option
    school: SchoolArgument,
    plan: PlanArgument,
    bound: BoundOption = False,
    changed: ChangedOption = False,
    policy: PolicyOption = None,
    accept_warnings: AcceptOption = False,
    log: LogOption = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """独立检查方案是否符合全部规则。 Check independently that a plan keeps every rule.

    例： Examples:

    - `zouban verify school.xlsx out/plan.json`
    - `zouban verify school.xlsx out/plan.json --bound`
    - `zouban verify school.xlsx out/plan.json --changed --lang en`
    - `zouban verify school.xlsx out/plan.json --json`
    """
    with session(lang, as_json, log) as out:
        question = read_question(out, school, accept_warnings, policy)
        answer = read_answer(plan)
        if books_changed(question, answer):
            out.message(BOOKS_CHANGED)
        findings = (hit_by_change if changed else findings_of)(question, answer)
        for text in capped([FINDING.fill(family=f.family, text=f.text) for f in findings]):
            out.line(text)
        facts = {
            "value": answer.value,
            "bound": answer.bound,
            "gap": answer.gap,
            **aimed_at(question, answer),
            "seed": answer.provenance.seed,
            "counts": {"findings": len(findings)},
            "books_changed": books_changed(question, answer),
            "findings": [
                {"family": f.family, "text": f.text.say(out.lang)} for f in findings[:MOST_SAID]
            ],
        }
        if findings:
            said = (HIT if changed else BROKEN).fill(count=len(findings))
            out.refuse("BROKEN", said, CHECK_FAILED, **facts)
        out.line(NOT_HIT if changed else PASSED)
        if bound:
            facts |= _confirmed(out, question, answer, plan.parent, facts)
        out.result("OK", **facts)


def _confirmed(
    out: Output, school: School, plan: Plan, folder: Path, facts: dict[str, Any]
) -> dict[str, Any]:
    """Say what the plan's bound rests on; leave where it is not proved."""
    verdict = confirm(school, plan, folder)
    more = {"bound_proved": verdict.proved, "bound_confirmed": verdict.holds}
    for text in verdict.texts:
        out.line(text)
    if not verdict.holds:
        out.refuse("BOUND", UNCONFIRMED, CHECK_FAILED, **facts, **more)
    return more
