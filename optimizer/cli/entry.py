"""The command and its verbs. What a verb needs is imported when it runs: starting is quick."""

import sys

import typer

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
from optimizer.cli.solve import solve
from optimizer.cli.verify import verify

app = typer.Typer(
    name="zouban",
    help="""课后服务走班编排：开哪些班、何时何地谁来带、每个学生去哪里。

    Plans a school's after-school term: which groups open, when, where, with whom, and who sits in
    them.

    退出码 Exit codes:

    - 0 完成 done
    - 2 输入有误 bad input
    - 3 无可行方案（已证明） infeasible (proved)
    - 4 时限内没有找到方案 no plan found in time
    - 5 未通过检查 a check failed
    - 130 被中断 interrupted
    - 1 程序自身的故障 a fault of the program""",
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)

for verb in (new, check, solve, verify, keep, attendance, ledger, lottery, generate, policies):
    app.command()(verb)
app.command("import")(import_)


def main() -> None:
    """Run the command; the console entry."""
    try:
        app()
    except KeyboardInterrupt:
        # Ctrl-C before a verb has begun or after it has ended.
        sys.exit(INTERRUPTED)
