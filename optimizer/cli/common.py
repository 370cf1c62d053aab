"""What all verbs share: options, output, and how a failure becomes a message and an exit code."""

import json
import os
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn

import typer
from rich.cells import cell_len

from models import Lang, Plan, School, Text
from optimizer.cli.logs import LOG, logging_to
from optimizer.errors import (
    CheckError,
    InfeasibleError,
    InputError,
    NoPlanError,
    ZoubanError,
    fault,
    said,
)
from optimizer.files import why

FAULT = 1
BAD_INPUT = 2
CHECK_FAILED = 5
INTERRUPTED = 130
MOST_SEED = 2**31 - 1
DEBUG = "ZOUBAN_DEBUG"

LangOption = Annotated[
    Literal["zh", "en"] | None,
    typer.Option(
        "--lang",
        help="语言；缺省中文，系统语言为英文时用英文。"
        " Language; Chinese unless the system's locale is English.",
        show_default=False,
    ),
]
JsonOption = Annotated[
    bool,
    typer.Option(
        "--json",
        help="只在标准输出打印一个 JSON 对象。 Print one JSON object on standard output.",
        show_default=False,
    ),
]
ForceOption = Annotated[
    bool,
    typer.Option("--force", help="覆盖已有文件。 Overwrite existing files.", show_default=False),
]
LogOption = Annotated[
    Path | None,
    typer.Option(
        "--log",
        metavar="FILE",
        help="把过程记入日志文件（只有编号，没有姓名）。"
        " Log to a file what is done: ids, no names.",
        show_default=False,
    ),
]
AcceptOption = Annotated[
    bool,
    typer.Option(
        "--accept-warnings",
        help="数据中有未读取的表、列或设置，会改变收费或规则时，也继续。"
        " Go on although sheets, columns or settings that change money or rules are not read.",
        show_default=False,
    ),
]
SchoolArgument = Annotated[
    Path,
    typer.Argument(
        metavar="SCHOOL",
        help="学校数据：.xlsx、CSV 文件夹或 .json。 The school: .xlsx, a folder of CSV, or .json.",
    ),
]
PlanArgument = Annotated[
    Path, typer.Argument(metavar="PLAN", help="方案文件 plan.json。 The plan: plan.json.")
]

INTERRUPT_TEXT = Text("已中断，没有写入任何文件。", "interrupted; nothing was written.")
WARNING = Text("提醒 {text}", "warning: {text}")
FAULT_TEXT = Text(
    "程序内部故障：{name}（{place}）。设置环境变量 {debug}=1 再运行可看到详细位置。",
    "a fault of the program: {name} ({place}). Set {debug}=1 and run again to see where.",
)
BOOKS_CHANGED = Text(
    "方案编制之后，学校数据中只用于账目和打印的内容（名称、公示文字、开支、收费、减免、加入或退出日期等）"
    "有改动；方案仍然有效，账目按现在的数据；已写出的 plan.xlsx 仍是原来的，"
    "可用 zouban print 重写。",
    "since the plan was made, data that only books and prints use have changed (names, texts of "
    "the notice, costs, fees, relief, first or last days): the plan still stands; the ledger "
    "follows the data as they are now; a plan.xlsx already written shows them as they were, until "
    "'zouban print' writes it anew.",
)
PLAN_CHANGED = Text(
    "学校数据在方案编制之后有改动，这份方案不再是按现在的数据编制的；"
    "改动影响到哪里，用 zouban verify --changed 查看。",
    "data that the plan rests on have changed since it was made, so that it is not of the school "
    "as it is now: 'zouban verify --changed' lists what the change hits.",
)
MOST_SAID = 200
MORE_TEXT = Text("……另有 {count} 条，未列出。", "... and {count} more, not listed.")
SYSTEM_TEXT = Text("无法读写“{path}”：{why}", "cannot read or write '{path}': {why}")
STATUS = {
    InputError: "INVALID",
    InfeasibleError: "INFEASIBLE",
    NoPlanError: "UNKNOWN",
    CheckError: "BROKEN",
}


def default_lang() -> Lang:
    """Chinese, unless the locale is plainly English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "en" if value.lower().startswith("en") else "zh"
    return "zh"


def capped(texts: Sequence[Text]) -> list[Text]:
    """Give as many messages as anybody reads, and how many more there are."""
    more = len(texts) - MOST_SAID
    return list(texts) if more <= 0 else [*texts[:MOST_SAID], MORE_TEXT.fill(count=more)]


def aimed_at(school: School, plan: Plan) -> dict[str, Any]:
    """Give for ``--json`` what was aimed at, and what is known of first clubs and the bound."""
    return {
        "aim": school.settings.weights.aim.value,
        "first_clubs": plan.first_clubs,
        "first_clubs_bound": plan.first_clubs_bound,
        "bound_proof": plan.bound_proof,
    }


def printable(text: str) -> str:
    """Give a text that every output takes: halves of characters, as in odd file names, escaped."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def make_folder_of(file: Path) -> None:
    """Make the folder that a file is to be written in."""
    file.parent.mkdir(parents=True, exist_ok=True)


@dataclass(frozen=True)
class Output:
    """Where a verb says things: results on stdout, all other messages on stderr."""

    lang: Lang
    as_json: bool
    warnings: list[Text] = field(default_factory=list)
    """What was said by ``warn`` so far; the JSON object lists it."""

    def warn(self, text: Text) -> None:
        """Say on stderr what is odd about the input."""
        self.warnings.append(text)
        self.message(WARNING.fill(text=text))

    def message(self, text: Text) -> None:
        """Say something on stderr."""
        typer.echo(printable(text.say(self.lang)), err=True)

    def line(self, text: Text) -> None:
        """Say a result on stdout, or on stderr where stdout is kept for the JSON object."""
        typer.echo(printable(text.say(self.lang)), err=self.as_json)

    def rows(self, title: Text, rows: Sequence[tuple[str, str]]) -> None:
        """Print a table of labels and values; --json has the figures in its object."""
        if self.as_json:
            return
        typer.secho(title.say(self.lang), bold=True)
        width = max(cell_len(label) for label, _ in rows)
        for label, value in rows:
            typer.echo(f"  {label}{' ' * (width - cell_len(label))}  {value}")

    def result(self, status: str, **facts: Any) -> None:
        """Print the JSON object, where it was asked for; what does not apply is null."""
        if not self.as_json:
            return
        blank = dict.fromkeys(("value", "bound", "gap", "seconds", "seed"))
        found = {"status": status, **blank, "counts": {}, "paths": [], **facts}
        found["warnings"] = [text.say(self.lang) for text in self.warnings]
        found["paths"] = [str(path) for path in found["paths"]]
        typer.echo(json.dumps(found, ensure_ascii=False))

    def refuse(self, status: str, text: Text, code: int, **facts: Any) -> NoReturn:
        """Say as a result that what was looked at does not hold, and leave."""
        self.line(text)
        self._leave(status, [text], code, facts)

    def fail(self, status: str, texts: Sequence[Text], code: int, **facts: Any) -> NoReturn:
        """Say what went wrong, once for people and once in the JSON object, and leave."""
        texts = capped(texts)
        for text in texts:
            self.message(text)
        self._leave(status, texts, code, facts)

    def _leave(
        self, status: str, texts: Sequence[Text], code: int, facts: dict[str, Any]
    ) -> NoReturn:
        messages = [text.say(self.lang) for text in texts]
        self.result(status, **({"messages": messages} | facts))
        raise typer.Exit(code)


@contextmanager
def session(lang: Lang | None, as_json: bool, log: Path | None = None) -> Iterator[Output]:
    """Give a verb its output; turn whatever it raises into messages and an exit code.

    Parameters
    ----------
    lang
        The language asked for; None means the one of the locale.
    as_json
        Whether stdout is for one JSON object only.
    log
        The file to log to.
    """
    out = Output(lang or default_lang(), as_json)
    try:
        with logging_to(log), _logging_faults():
            yield out
    except (typer.Exit, BrokenPipeError):
        raise
    except ZoubanError as error:
        _fail(out, error)
    except KeyboardInterrupt:
        out.fail("INTERRUPTED", [INTERRUPT_TEXT], INTERRUPTED)
    except OSError as error:
        if error.filename is None:
            _fault(out, error)
        text = SYSTEM_TEXT.fill(path=error.filename, why=why(error))
        out.fail("INVALID", [text], BAD_INPUT)
    except Exception as error:
        _fault(out, error)


@contextmanager
def _logging_faults() -> Iterator[None]:
    """Log what a verb ends with."""
    try:
        yield
    except typer.Exit as left:
        LOG.info("ends with exit code %d", left.exit_code)
        raise
    except (ZoubanError, OSError) as error:
        LOG.error("%s", type(error).__name__)
        raise
    except Exception as error:
        LOG.critical("%s", said(error))
        raise
    LOG.info("done")


def _fail(out: Output, error: ZoubanError) -> NoReturn:
    facts: dict[str, Any] = {}
    texts: Sequence[Text] = [error.text]
    if isinstance(error, InputError):
        texts = error.messages
    elif isinstance(error, CheckError):
        texts = error.findings
    elif isinstance(error, InfeasibleError):
        texts = [*error.because, *(one.text for one in error.asked), error.text]
        facts["families"] = list(error.families)
        facts["asked"] = [
            {"slots": one.slots, "order": one.order, "first": one.first, "over": one.over}
            for one in error.asked
        ]
    out.fail(STATUS.get(type(error), "FAULT"), texts, error.exit_code, **facts)


def _fault(out: Output, error: Exception) -> NoReturn:
    """Name the fault and its place, not its message: that could quote a student's name."""
    if os.environ.get(DEBUG):
        traceback.print_exception(error, file=sys.stderr)
    name, place = fault(error)
    text = FAULT_TEXT.fill(name=name, place=place, debug=DEBUG)
    out.fail("FAULT", [text], FAULT)
