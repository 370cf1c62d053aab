"""``zouban lottery``: every student's place in the draw and, with a plan, who is next in line."""

from pathlib import Path
from typing import Annotated

import typer

from models import Plan, School, Text, called, listed
from optimizer.checks import waiting
from optimizer.cli.common import (
    PLAN_CHANGED,
    AcceptOption,
    JsonOption,
    LangOption,
    Output,
    SchoolArgument,
    session,
)
from optimizer.cli.policy import PolicyOption
from optimizer.cli.reading import read_answer, read_question

TITLE = Text("抽签次序（种子 {seed}）", "The draw (seed {seed})")
STUDENT = Text("{place}. {home} {student}", "{place}. {home} {student}")
QUEUES = Text("候补次序", "Who is next in line")
NOBODY = Text("没有人候补。", "nobody is waiting.")
RULE = Text(
    "候补：只列就差名额的学生。先看名额给谁使志愿满足得更好（不计他会为此让出的名额），再看优先，"
    "再看原来是否在这门课，最后看抽签次序。",
    "In line are those who lack only the seat: first for whom it meets wishes better (without the "
    "seat he would give up for it), then priority, then who was in the course before, then the "
    "draw.",
)

OptionalPlan = Annotated[
    Path | None,
    typer.Argument(
        metavar="[PLAN]",
        help="方案文件 plan.json，列出每门课的候补次序。"
        " The plan, plan.json: lists who is next in line for each course.",
        show_default=False,
    ),
]


def lottery(
    school: SchoolArgument,
    plan: OptionalPlan = None,
    policy: PolicyOption = None,
    accept_warnings: AcceptOption = False,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """列出每名学生的抽签次序，以及各课程的候补次序。 List the draw, and who is next in line.

    例： Examples:

    - `zouban lottery school.xlsx`
    - `zouban lottery school.xlsx out/plan.json --json`
    """
    with session(lang, as_json) as out:
        question = read_question(out, school, accept_warnings, policy)
        seed, numbers = question.settings.lottery_seed, question.lottery_numbers
        drawn = sorted(numbers, key=numbers.__getitem__)
        rows = []
        for place, student in enumerate(drawn, start=1):
            home = question.home_class[question.student[student].home_class]
            label = STUDENT.fill(place=place, home=called(home), student=student)
            rows.append((label.say(out.lang), str(numbers[student])))
        if rows:
            out.rows(TITLE.fill(seed=seed), rows)
        queues = {} if plan is None else _queues(out, question, read_answer(plan))
        if plan is not None:
            lines = [
                (called(question.course[c]), listed(q).say(out.lang)) for c, q in queues.items()
            ]
            out.rows(QUEUES, lines or [("", NOBODY.say(out.lang))])
            if lines:
                out.line(RULE)
        out.result(
            "OK",
            seed=seed,
            counts={"students": len(drawn)},
            draw=[
                {"place": n, "student": s, "number": str(numbers[s])}
                for n, s in enumerate(drawn, start=1)
            ],
            waiting=queues,
        )


def _queues(out: Output, school: School, plan: Plan) -> dict[str, list[str]]:
    """Give who is next in line; of a plan for other data, as far as it fits."""
    if plan.school_digest != school.digest:
        out.warn(PLAN_CHANGED)
    return waiting(school, plan)
