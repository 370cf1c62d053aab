"""``zouban verify``: the independent check of a plan."""

from pathlib import Path
from typing import Annotated

import typer

from models import Text
from optimizer.checks import verify as findings_of
from optimizer.cli.common import CHECK_FAILED, JsonOption, LangOption, SchoolArgument, session
from optimizer.cli.policy import PolicyOption, with_policy
from optimizer.files import read_plan, read_school

FINDING = Text("{family}：{text}", "{family}: {text}")
BROKEN = Text("未通过：{count} 处不符。", "refused. Findings: {count}.")
PASSED = Text(
    "通过：方案符合全部规则，分值与课酬重算一致。",
    "passed: the plan keeps every rule, and its points and pay add up.",
)


def verify(
    school: SchoolArgument,
    plan: Annotated[
        Path, typer.Argument(metavar="PLAN", help="方案文件 plan.json。 The plan: plan.json.")
    ],
    policy: PolicyOption = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """独立检查方案是否符合全部规则。 Check independently that a plan keeps every rule.

    例 Examples:

    - `zouban verify school.xlsx out/plan.json`
    - `zouban verify school.xlsx out/plan.json --json`
    """
    with session(lang, as_json) as out:
        question = with_policy(read_school(school), policy)
        answer = read_plan(plan)
        findings = findings_of(question, answer)
        for finding in findings:
            out.line(FINDING.fill(family=finding.family, text=finding.text))
        facts = {
            "value": answer.value,
            "bound": answer.bound,
            "gap": answer.gap,
            "seed": answer.provenance.seed,
            "counts": {"findings": len(findings)},
            "findings": [{"family": f.family, "text": f.text.say(out.lang)} for f in findings],
        }
        if findings:
            out.refuse("BROKEN", BROKEN.fill(count=len(findings)), CHECK_FAILED, **facts)
        out.line(PASSED)
        out.result("OK", **facts)
