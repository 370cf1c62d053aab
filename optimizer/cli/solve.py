"""``zouban solve``: plan a school and write the plan, its workbook and its picture."""

from collections.abc import Callable
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

import typer

from models import Lang, Plan, PriceList, School, Text, called
from optimizer.checks import require_valid
from optimizer.cli import folder
from optimizer.cli.common import (
    INTERRUPTED,
    MOST_SEED,
    AcceptOption,
    ForceOption,
    JsonOption,
    LangOption,
    LogOption,
    Output,
    SchoolArgument,
    aimed_at,
    session,
)
from optimizer.cli.confirm import PRICES
from optimizer.cli.incumbent import KEPT, NAME, PLAN, STAYS, Incumbent, start_from
from optimizer.cli.policy import PolicyOption
from optimizer.cli.progress import shown
from optimizer.cli.reading import read_to_plan
from optimizer.errors import NoClubsError
from optimizer.files import read_toml, write_plan, write_price_list
from optimizer.report import (
    FAR,
    Summary,
    is_far,
    plan_rows,
    plot_timetable,
    summary,
    write_plan_workbook,
)

if TYPE_CHECKING:
    from optimizer.engine import SearchParams

WORKBOOK, PICTURE = "plan.xlsx", "timetable.png"
FILES = (WORKBOOK, PICTURE, PLAN, PRICES)

SOLVING = Text(
    "{name}：{students} 名学生，{wishes} 条志愿，{courses} 门课；时限 {seconds:g} 秒。",
    "{name}: {students} students, {wishes} wishes, {courses} courses; time limit {seconds:g} s.",
)
TITLE = Text("方案", "The plan")
CHECKED = Text(
    "求解用时 {seconds:.1f} 秒。独立检查：通过，全部规则均符合。",
    "solved in {seconds:.1f} s. Independent check: passed, every rule is kept.",
)
WRITTEN = Text("已写入：", "wrote:")
LATE = Text(
    "时限 {limit:g} 秒对这样规模的学校太短：整理和检查方案到第 {ended:.0f} 秒才完成；"
    "请给约 {enough} 秒。",
    "the time limit of {limit:g} s is too short for a school of this size: finishing and checking "
    "the plan went on until {ended:.0f} s. Give it about {enough} s.",
)
MOST_LATE = 2.0
"""Seconds after the limit from which it is said to have been too short."""


OutputOption = Annotated[
    Path,
    typer.Option(
        "-o",
        "--output",
        metavar="DIR",
        help="输出文件夹。 Folder for plan.json, prices.json, plan.xlsx and timetable.png.",
        show_default=False,
    ),
]
MOST_SECONDS, MOST_WORKERS = 7 * 24 * 3600, 256
TimeOption = Annotated[
    float,
    typer.Option(
        min=1,
        max=MOST_SECONDS,
        help="求解时限（秒）。 Time limit in seconds.",
    ),
]
SeedOption = Annotated[int, typer.Option(min=0, max=MOST_SEED, help="随机种子。 Random seed.")]
WorkersOption = Annotated[
    int | None,
    typer.Option(
        min=1,
        max=MOST_WORKERS,
        help="并行数；1 时结果可重现。 Parallel workers; with 1 the result is repeatable.",
        show_default=False,
    ),
]
EngineOption = Annotated[
    Literal["auto", "whole", "large", "sectioning"],
    typer.Option(
        help="求解引擎：auto 按学校情况选，whole 适合小校，large 适合大校，"
        "sectioning 适合每人修多门课的学校。"
        " Engine: auto by what the school is like, whole for small ones, large for large ones,"
        " sectioning where each student takes many courses."
    ),
]
ParamsOption = Annotated[
    Path | None,
    typer.Option(
        "--params",
        metavar="FILE",
        help="搜索参数文件（TOML）；没写的项照常。"
        " Search parameters (TOML); what it does not name is as usual.",
        show_default=False,
    ),
]
ResumeOption = Annotated[
    bool,
    typer.Option(
        "--resume",
        help="接着输出文件夹中的方案往下算。 Go on from the plan in the output folder.",
        show_default=False,
    ),
]


def solve(  # noqa: PLR0913, PLR0917 -- one parameter an option
    school: SchoolArgument,
    out_dir: OutputOption,
    time_limit: TimeOption = 60.0,
    seed: SeedOption = 1,
    workers: WorkersOption = None,
    engine: EngineOption = "auto",
    params: ParamsOption = None,
    resume: ResumeOption = False,
    policy: PolicyOption = None,
    accept_warnings: AcceptOption = False,
    force: ForceOption = False,
    log: LogOption = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """求解一学期的方案并写出。 Plan the term and write the plan.

    按 Ctrl-C 可提前停止，保留目前最好的方案。 Ctrl-C stops early and keeps the best plan so far.

    例： Examples:

    - `zouban solve school.xlsx -o out`
    - `zouban solve school.xlsx -o out --time-limit 300 --seed 7 --force --lang en`
    - `zouban solve school.xlsx -o out --resume`
    """
    began = monotonic()
    with session(lang, as_json, log) as out:
        folder.refuse(out_dir, [*FILES, NAME], force or resume)
        tuning = None if params is None else _params(params)
        question = read_to_plan(out, school, accept_warnings, policy)
        # A folder that cannot be made is refused before the search, too.
        out_dir.mkdir(parents=True, exist_ok=True)
        wanted = None if engine == "auto" else engine
        limits = Chosen(began, time_limit, seed, workers, wanted, tuning)
        start = _start(out, question, out_dir) if resume else None
        incumbent = Incumbent(out_dir, out.message)
        lists = [PriceList(school=question.settings.id, school_digest=question.digest)]
        plan = _named(_search(out, question, limits, start, incumbent, lists.append))
        prices = lists[-1].model_copy(update={"run": plan.provenance.run})
        with folder.uninterrupted():
            # The engine checked it too; but whatever made the plan, nothing is written unchecked.
            require_valid(question, plan)
            late = too_short(question, limits, monotonic() - began)
            paths = _write(question, plan, prices, out_dir, out.lang)
            incumbent.drop()
        if late is not None:
            out.warn(late)
        _tell(out, question, plan, paths)


def _params(path: Path) -> "SearchParams":
    # The solver takes long to load: only who gives parameters waits for it here.
    from optimizer.engine import SearchParams  # noqa: PLC0415

    return read_toml(path, SearchParams)


class Chosen(NamedTuple):
    """What the options say of the search."""

    began: float
    """When the command was called, by the clock that only goes on."""
    seconds: float
    seed: int
    workers: int | None
    engine: str | None
    params: "SearchParams | None"


def _start(out: Output, school: School, out_dir: Path) -> Plan:
    plan, told = start_from(out_dir, school)
    for text in told:
        out.message(text)
    return plan


def _search(
    out: Output,
    school: School,
    chosen: Chosen,
    start: Plan | None,
    incumbent: Incumbent,
    on_prices: Callable[[PriceList], None],
) -> Plan:
    # The solver takes long to load: input is refused before that.
    from optimizer.engine import Limits  # noqa: PLC0415
    from optimizer.engine import solve as run  # noqa: PLC0415

    out.message(_solving(school, chosen))
    limits = Limits(chosen.seconds, chosen.seed, engine=chosen.engine)
    if chosen.workers is not None:
        limits = replace(limits, workers=chosen.workers)
    if chosen.params is not None:
        limits = replace(limits, params=chosen.params)
    try:
        with shown(out.lang) as on_progress:
            return run(
                school,
                limits,
                start=start,
                on_progress=on_progress,
                on_plan=incumbent.write,
                on_prices=on_prices,
                spent=monotonic() - chosen.began,
            )
    except KeyboardInterrupt:
        # A second Ctrl-C: the best plan that is on disk stays there.
        value = start.value if incumbent.value is None and start else incumbent.value
        if value is None or not incumbent.path.exists():
            raise
        text = STAYS.fill(path=incumbent.path, value=value)
        out.fail("INTERRUPTED", [text], INTERRUPTED, paths=[incumbent.path])
    except NoClubsError as error:
        incumbent.write(error.plan)
        texts = [error.text, KEPT.fill(path=incumbent.path)]
        out.fail("UNKNOWN", texts, error.exit_code, bound=error.plan.bound)


def too_short(school: School, chosen: Chosen, ended: float) -> Text | None:
    """Say what limit would be enough where a plan stood well after it, in seconds from the call."""
    from optimizer.engine import enough_seconds  # noqa: PLC0415

    if ended <= chosen.seconds + MOST_LATE:
        return None
    enough = max(enough_seconds(school, chosen.seconds), round(ended))
    return LATE.fill(limit=chosen.seconds, ended=ended, enough=enough)


def _solving(school: School, chosen: Chosen) -> Text:
    return SOLVING.fill(
        name=called(school.settings),
        students=len(school.students),
        wishes=len(school.wishes),
        courses=len(school.courses),
        seconds=chosen.seconds,
    )


def _named(plan: Plan) -> Plan:
    """Name the run by what it found: all its files carry the name."""
    run = sha256(plan.model_dump_json().encode()).hexdigest()[:8]
    return plan.model_copy(update={"provenance": plan.provenance.model_copy(update={"run": run})})


def _write(school: School, plan: Plan, prices: PriceList, out_dir: Path, lang: Lang) -> list[Path]:
    with folder.aside(out_dir, FILES) as aside:
        write_plan(plan, aside / PLAN)
        write_price_list(prices, aside / PRICES)
        write_plan_workbook(school, plan, aside / WORKBOOK, lang)
        plot_timetable(school, plan, aside / PICTURE, lang)
    return [out_dir / name for name in FILES]


def _tell(out: Output, school: School, plan: Plan, paths: list[Path]) -> None:
    figures = summary(school, plan)
    if plan.provenance.set_aside is not None:
        out.warn(plan.provenance.set_aside)
    if is_far(plan.value, plan.bound):
        out.warn(FAR)
    out.rows(TITLE, plan_rows(figures, out.lang))
    out.line(CHECKED.fill(seconds=plan.provenance.seconds))
    out.line(WRITTEN)
    for path in paths:
        out.line(Text(f"  {path}", f"  {path}"))
    out.result(
        plan.status.value,
        value=plan.value,
        bound=plan.bound,
        gap=plan.gap,
        **aimed_at(school, plan),
        seconds=plan.provenance.seconds,
        seed=plan.provenance.seed,
        counts=_counts(figures),
        paths=paths,
    )


def _counts(figures: Summary) -> dict[str, Any]:
    counts = asdict(figures) | {
        "with_nothing": figures.with_nothing,
        "care_supervisors_mean": figures.care_supervisors_mean,
    }
    for stated in ("status", "aim", "value", "bound", "bound_proof", "gap", "first_clubs_bound"):
        del counts[stated]
    counts["first_choices"] = [granted._asdict() for granted in figures.first_choices]
    if figures.outside is not None:
        why = {reason.value: count for reason, count in figures.outside.why}
        counts["outside"] = {"duties": figures.outside.duties, "why": why}
    counts["unmet"] = {reason.value: count for reason, count in figures.unmet}
    return counts
