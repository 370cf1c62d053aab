"""``zouban keep``: a plan's groups and seats into the sheets Previous and Locks of its school."""

from pathlib import Path
from typing import Annotated

import typer

from models import Plan, School, Text
from optimizer.checks import still_known, unknown_ids
from optimizer.cli.common import (
    PLAN_CHANGED,
    AcceptOption,
    ForceOption,
    JsonOption,
    LangOption,
    PlanArgument,
    SchoolArgument,
    make_folder_of,
    session,
)
from optimizer.cli.reading import read_question
from optimizer.files import Pin, kept_school, read_plan, write_kept

WRITTEN = Text(
    "已写入 {path}：原方案 {previous} 个班；锁定增加 {locks} 行（原有 {before} 行）。",
    "wrote {path}: {previous} groups as the earlier plan; {locks} locks added to {before}.",
)
HOW = Text(
    "要变动的，删去锁定表中相应的行，再求解。",
    "Delete the rows of Locks that may change, then plan again.",
)
GONE = Text("略去：{text}", "left out: {text}")
NOT_WISHED = Text(
    "有 {count} 个名额是调剂的，不能锁定。",
    "{count} seats are of students who were moved there: they cannot be pinned.",
)

OutputOption = Annotated[
    Path,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help="要写的学校数据。 The school to write.",
        show_default=False,
    ),
]
PinOption = Annotated[
    list[Pin] | None,
    typer.Option(
        "--lock",
        help="只锁定这些，可多次给出：开班、座位、托管教师；缺省全部。"
        " Pin these only; may be given several times; all of them otherwise.",
        show_default=False,
    ),
]
NoLocksOption = Annotated[
    bool,
    typer.Option(
        "--no-locks",
        help="不加锁定，只写原方案。 Add no locks, write Previous only.",
        show_default=False,
    ),
]
NoPreviousOption = Annotated[
    bool,
    typer.Option(
        "--no-previous",
        help="不改原方案表，只加锁定。 Leave Previous as it is, add locks only.",
        show_default=False,
    ),
]


def keep(  # noqa: PLR0913, PLR0917 -- one parameter an option
    school: SchoolArgument,
    plan: PlanArgument,
    output: OutputOption,
    lock: PinOption = None,
    no_locks: NoLocksOption = False,
    no_previous: NoPreviousOption = False,
    accept_warnings: AcceptOption = False,
    force: ForceOption = False,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """把方案写进学校数据的“原方案”和“锁定”表。 Write a plan into the sheets Previous and Locks.

    学校数据的其他内容不变，已有的锁定保留。 Nothing else changes; locks that are there stay.

    例： Examples:

    - `zouban keep school.xlsx out/plan.json -o school2.xlsx`
    - `zouban keep school.xlsx out/plan.json -o school2.xlsx --lock sections --lang en`
    - `zouban keep school.xlsx out/plan.json -o school2.xlsx --no-locks`
    """
    with session(lang, as_json) as out:
        question = read_question(out, school, accept_warnings)
        answer = read_plan(plan)
        if answer.school_digest != question.digest:
            out.warn(PLAN_CHANGED)
        for finding in unknown_ids(question, answer):
            out.warn(GONE.fill(text=finding.text))
        known = still_known(question, answer)
        pins = () if no_locks else tuple(lock or Pin)
        kept = kept_school(question, known, not no_previous, pins)
        if Pin.SEATS in pins and (moved := _moved(question, known)):
            out.warn(NOT_WISHED.fill(count=moved))
        make_folder_of(output)
        for text in write_kept(kept, school, output, out.lang, force):
            out.warn(text)
        counts = {
            "previous": len(kept.previous),
            "locks": len(kept.locks) - len(question.locks),
            "before": len(question.locks),
        }
        out.line(WRITTEN.fill(path=output, **counts))
        if pins:
            out.line(HOW)
        out.result("OK", counts=counts, paths=[output])


def _moved(school: School, plan: Plan) -> int:
    """Count the seats that nobody wished for, or that are there only for who was moved."""
    wished = {(wish.student, wish.course) for wish in school.wishes}
    return sum(
        (student, section.course) not in wished or section.id in plan.opened_for_unmet
        for section in plan.sections
        for student in section.students
    )
