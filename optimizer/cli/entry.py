"""The command and its verbs. What a verb needs is imported when it runs: starting is quick."""

import gc
import os
import sys
import threading
from typing import Annotated, NoReturn

import typer

from optimizer import __version__
from optimizer.cli.attendance import attendance
from optimizer.cli.check import check
from optimizer.cli.common import INTERRUPTED
from optimizer.cli.generate import generate
from optimizer.cli.importing import import_
from optimizer.cli.keep import keep
from optimizer.cli.ledger import ledger
from optimizer.cli.lottery import lottery
from optimizer.cli.new import new
from optimizer.cli.policies import policies
from optimizer.cli.printing import print_
from optimizer.cli.solve import solve
from optimizer.cli.speech import OneLanguageCommand, OneLanguageGroup
from optimizer.cli.verify import verify


def show_version(wanted: bool) -> None:
    """Say the version and leave."""
    if wanted:
        typer.echo(f"zouban {__version__}")
        raise typer.Exit


app = typer.Typer(
    name="zouban",
    help="""课后服务走班编排：开哪些班、何时何地谁来带、每个学生去哪里。

    Plans a school's after-school term: which groups open, when, where, with whom, and who sits in
    them.

    退出码： Exit codes:

    - 0 完成。 done.
    - 2 输入有误。 bad input.
    - 3 无可行方案（已证明）。 infeasible (proved).
    - 4 时限内没有找到方案，或没有任何社团。 no plan found in time, or none with clubs.
    - 5 未通过检查。 a check failed.
    - 130 被中断。 interrupted.
    - 1 程序自身的故障。 a fault of the program.""",
    cls=OneLanguageGroup,
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)

for verb in (new, check, solve, verify, keep, attendance, ledger, lottery, generate, policies):
    app.command(cls=OneLanguageCommand)(verb)
app.command("import", cls=OneLanguageCommand)(import_)
app.command("print", cls=OneLanguageCommand)(print_)


@app.callback(invoke_without_command=False)
def options(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=show_version,
            is_eager=True,
            help="显示版本号。 Show the version.",
            show_default=False,
        ),
    ] = False,
) -> None:
    """Take the options that stand before the verb."""
    del version  # Its callback has said it.


NEW_OBJECTS = 100_000
"""New objects after which Python looks for rings of dead ones; by itself it does so after 700."""


def main() -> None:
    """Run the command; the console entry."""
    # A command is over before dead rings take much memory, and looking for them among a school's
    # many objects takes longer than the work between.
    gc.set_threshold(NEW_OBJECTS)
    try:
        app()
    except KeyboardInterrupt:
        # Ctrl-C before a verb has begun or after it has ended.
        sys.exit(INTERRUPTED)
    except SystemExit as left:
        if left.code == INTERRUPTED or threading.active_count() > 1:
            _leave_at_once(left.code)
        raise


def _leave_at_once(code: object) -> NoReturn:
    """End the process without waiting for its threads.

    A solver that was left behind, as it was late or somebody interrupted it, may still be at work
    in one, and would end the process with a crash, after everything was written.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))
