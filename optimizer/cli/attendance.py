"""``zouban attendance``: a blank file in which a school notes who was there."""

from pathlib import Path
from typing import Annotated

import typer

from models import Text
from optimizer.checks import require_valid
from optimizer.cli.common import (
    AcceptOption,
    ForceOption,
    JsonOption,
    LangOption,
    PlanArgument,
    SchoolArgument,
    make_folder_of,
    session,
)
from optimizer.cli.policy import PolicyOption
from optimizer.cli.reading import read_answer, read_question
from optimizer.files import Roster, write_attendance
from optimizer.ledger import school_dates
from optimizer.report import rosters_to_fill

WRITTEN = Text(
    "已写入 {path}：{groups} 个班组，{months} 个月。填好后运行：zouban ledger {school} {plan} "
    "--attendance {path} -o DIR",
    "wrote {path}: {groups} groups, {months} months. Fill it in, then run: zouban ledger {school} "
    "{plan} --attendance {path} -o DIR",
)


def attendance(  # noqa: PLR0913, PLR0917 -- one parameter an option
    school: SchoolArgument,
    plan: PlanArgument,
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE.xlsx",
            help="要写的工作簿。 The workbook to write.",
            show_default=False,
        ),
    ],
    policy: PolicyOption = None,
    accept_warnings: AcceptOption = False,
    force: ForceOption = False,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """写一份空白考勤表，含社团和托管。 Write a blank attendance file, clubs and base care.

    例： Examples:

    - `zouban attendance school.xlsx out/plan.json -o attendance.xlsx`
    - `zouban attendance school.xlsx out/plan.json -o attendance.xlsx --lang en`
    """
    with session(lang, as_json) as out:
        question = read_question(out, school, accept_warnings, policy)
        answer = read_answer(plan)
        require_valid(question, answer)
        weekdays = school_dates(question)
        rosters = [Roster(*one) for one in rosters_to_fill(question, answer, out.lang)]
        make_folder_of(output)
        write_attendance(output, rosters, weekdays, out.lang, force)
        counts = {
            "groups": len(rosters),
            "months": len({(day.year, day.month) for day in weekdays}),
        }
        out.line(WRITTEN.fill(path=output, school=school, plan=plan, **counts))
        out.result("OK", paths=[output], counts=counts)
