"""``zouban lottery``: every student's place in the draw and, with a plan, who is next in line."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from models import Plan, School, Text, called, deal_order, listed
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
PRIORITY = Text("{number}（优先）", "{number} (priority)")
FIRST = Text(
    "优先 {count} 人，列在前面。照看不过来、或调剂到别的活动时按此次序：优先的在先，其次按抽签。",
    "priority: {count}, above the others. Where not all can be looked after, or somebody is moved "
    "to another activity, this order counts: priority first, then the draw.",
)
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
        _draw(out, question, drawn)
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
                {
                    "place": n,
                    "student": s,
                    "number": str(numbers[s]),
                    "priority": s in question.priority,
                }
                for n, s in enumerate(drawn, start=1)
            ],
            first=sorted(numbers, key=lambda student: deal_order(question, student)),
            waiting=queues,
        )


def _draw(out: Output, school: School, drawn: Sequence[str]) -> None:
    """Print every student's place in the draw; who has priority stands above the others."""
    place_of = {student: place for place, student in enumerate(drawn, start=1)}
    rows = []
    for student in sorted(drawn, key=lambda one: deal_order(school, one)):
        place = place_of[student]
        home = called(school.home_class[school.student[student].home_class])
        label = STUDENT.fill(place=place, home=home, student=student)
        number = str(school.lottery_numbers[student])
        said = PRIORITY.fill(number=number) if student in school.priority else Text(number, number)
        rows.append((label.say(out.lang), said.say(out.lang)))
    if rows:
        out.rows(TITLE.fill(seed=school.settings.lottery_seed), rows)
    if school.priority:
        out.line(FIRST.fill(count=len(school.priority)))


def _queues(out: Output, school: School, plan: Plan) -> dict[str, list[str]]:
    """Give who is next in line; of a plan for other data, as far as it fits."""
    if plan.school_digest != school.digest:
        out.warn(PLAN_CHANGED)
    return waiting(school, plan)
