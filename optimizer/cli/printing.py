"""``zouban print``: the papers of a plan once more, with the names the school has now."""

from pathlib import Path
from typing import Annotated

import typer

from models import Text
from optimizer.checks import books_changed, require_valid
from optimizer.cli import folder
from optimizer.cli.common import (
    AcceptOption,
    ForceOption,
    JsonOption,
    LangOption,
    PlanArgument,
    SchoolArgument,
    session,
)
from optimizer.cli.policy import PolicyOption
from optimizer.cli.reading import read_answer, read_question
from optimizer.report import plot_timetable, write_plan_workbook

FILES = WORKBOOK, PICTURE = "plan.xlsx", "timetable.png"
CHANGED = Text(
    "方案编制之后，学校数据中只用于账目和打印的内容（名称等）有改动；方案仍然有效，打印按现在的数据。",
    "since the plan was made, data that only books and prints use (names and the like) have "
    "changed: the plan still stands, and the prints follow the data as they are now.",
)
WRITTEN = Text(
    "已写入（方案不变；公示由 zouban ledger 重写）：",
    "wrote (the plan is as it was; 'zouban ledger' writes the public notice anew):",
)


def print_(  # noqa: PLR0913, PLR0917 -- one parameter an option
    school: SchoolArgument,
    plan: PlanArgument,
    out_dir: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            metavar="DIR",
            help="输出文件夹。 Folder for plan.xlsx and timetable.png.",
            show_default=False,
        ),
    ],
    policy: PolicyOption = None,
    accept_warnings: AcceptOption = False,
    force: ForceOption = False,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """按现在的名称重写方案的打印件，不求解。 Write a plan's papers anew, with today's names.

    方案所依据的数据有改动的不写。 Refused where data that the plan rests on have changed.

    例： Examples:

    - `zouban print school.xlsx out/plan.json -o out --force`
    - `zouban print school.xlsx out/plan.json -o papers --lang en`
    """
    with session(lang, as_json) as out:
        folder.refuse(out_dir, FILES, force)
        question = read_question(out, school, accept_warnings, policy)
        answer = read_answer(plan)
        require_valid(question, answer)
        changed = books_changed(question, answer)
        if changed:
            out.message(CHANGED)
        with folder.uninterrupted(), folder.aside(out_dir, FILES) as aside:
            write_plan_workbook(question, answer, aside / WORKBOOK, out.lang)
            plot_timetable(question, answer, aside / PICTURE, out.lang)
        paths = [out_dir / name for name in FILES]
        out.line(WRITTEN)
        for path in paths:
            out.line(Text(f"  {path}", f"  {path}"))
        out.result("OK", paths=paths, books_changed=changed)
