"""``zouban check``: read a school, list every mistake, and what shows before any plan."""

from dataclasses import asdict

from models import School, Text, yuan
from optimizer.checks import foresee
from optimizer.cli.common import (
    BAD_INPUT,
    WARNING,
    AcceptOption,
    JsonOption,
    LangOption,
    LogOption,
    Output,
    SchoolArgument,
    capped,
    session,
)
from optimizer.cli.reading import doubts
from optimizer.errors import InfeasibleError
from optimizer.files import inspect_school
from optimizer.report import school_figures, school_rows

COUNTS = Text(
    "共 {errors} 处错误，{warnings} 处提醒。", "mistakes: {errors}, warnings: {warnings}."
)
SOUND = Text("数据可用，没有错误。", "the data can be used: no mistakes.")
ERROR = Text("错误 {text}", "error: {text}")
STOP = Text("须改正或确认 {text}", "to be corrected or accepted: {text}")
WOULD_STOP = Text(
    "其中 {stops} 处会改变收费、规则或整张表：solve、ledger、verify 到此为止，"
    "改正后或加 --accept-warnings 才会继续。",
    "of these, {stops} change money, rules or whole tables: solve, ledger and verify stop here "
    "until they are corrected or --accept-warnings is given.",
)
IMPOSSIBLE = Text("不会有方案（已证明）：见以上各条。", "there can be no plan (proved): see above.")
NO_PLAN = Text("按此不会有方案：{text}", "as it stands there can be no plan: {text}")
TITLE = Text("学校概况", "The school")
CARE_ALONE = Text("只托管、不开社团至少要", "Base care alone, without clubs, at least")
MONEY = Text("{sum} 元", "{sum} yuan")


def check(
    school: SchoolArgument,
    accept_warnings: AcceptOption = False,
    log: LogOption = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """读入并检查学校数据，一次列出全部错误。 Read and check a school; list every mistake at once.

    例： Examples:

    - `zouban check school.xlsx`
    - `zouban check school.xlsx --lang en --json`
    """
    with session(lang, as_json, log) as out:
        found = inspect_school(school)
        errors, warnings = [*found.errors], [*found.warnings]
        foreseen = None if found.school is None else foresee(found.school)
        if foreseen is not None:
            errors += map(found.locate, foreseen.pins)
            warnings += (NO_PLAN.fill(text=text) for text in foreseen.short)
            warnings += (one.text for one in foreseen.asked)
            warnings += doubts(found.locate, foreseen)
        stops = () if accept_warnings else found.stops
        said = [(STOP if text in stops else WARNING).fill(text=text) for text in warnings]
        for text in capped([ERROR.fill(text=text) for text in errors]) + capped(said):
            out.line(text)
        out.warnings.extend(capped(warnings))
        counts = {"errors": len(errors), "warnings": len(warnings)}
        messages = [text.say(out.lang) for text in capped([*errors, *warnings])]
        if found.school is None or foreseen is None or errors:
            text = COUNTS.fill(**counts)
            out.refuse("INVALID", text, BAD_INPUT, counts=counts, messages=messages)
        figures = _figures(out, found.school, foreseen.care_fen)
        out.line(COUNTS.fill(**counts) if warnings else SOUND)
        facts = {"counts": counts | {"stops": len(stops)} | figures, "messages": messages}
        if stops:
            out.refuse("INVALID", WOULD_STOP.fill(stops=len(stops)), BAD_INPUT, **facts)
        if foreseen.short:
            out.refuse("INFEASIBLE", IMPOSSIBLE, InfeasibleError.exit_code, **facts)
        out.result("OK", **facts)


def _figures(out: Output, school: School, care_fen: int) -> dict[str, object]:
    """Print the figures of a school and give them."""
    figures = school_figures(school)
    money = MONEY.fill(sum=yuan(care_fen)).say(out.lang)
    out.rows(TITLE, [*school_rows(figures, out.lang), (CARE_ALONE.say(out.lang), money)])
    return asdict(figures) | {"care_alone_fen": care_fen}
