"""The --policy option: another regulation than the one the school's data carry."""

from pathlib import Path
from typing import Annotated

import typer

from models import REGIMES, Policy, Problem, School, SchoolError, Text, regime
from models.problems import nearest
from optimizer.errors import InputError
from optimizer.files import read_policy

PolicyOption = Annotated[
    str | None,
    typer.Option(
        "--policy",
        metavar="ID|FILE",
        help="换用另一份政策：内置政策的编号（见 zouban policies），或 TOML、JSON 文件。"
        " Use another policy: the id of a shipped one (see zouban policies), or a TOML or JSON"
        " file.",
        show_default=False,
    ),
]
UNKNOWN = Text(
    "没有政策“{name}”：既不是文件，也不是内置政策或学校数据里的政策编号（{own}）。{hint}",
    "there is no policy '{name}': neither a file, nor the id of a shipped policy or of the "
    "school's own ({own}); {hint}",
)
MISFIT = Text(
    "政策“{name}”与学校数据不合：{place}{why}",
    "policy '{name}' does not fit the school: {place}{why}",
)
ROW = Text("{table}第 {row} 条，", "{table}, entry {row}: ")
_TABLES = {
    "policy": Text("政策表", "policy sheet"),
    "teachers": Text("教师表", "teachers"),
    "groups": Text("学生群体表", "groups"),
    "providers": Text("机构表", "providers"),
    "costs": Text("开支表", "costs"),
}


def with_policy(school: School, name: str | None) -> School:
    """Put another policy in a school's place of its own.

    A shipped policy, or a regulation in a file, takes the regulation's place; the school's own
    rows stay. A file that is no regulation takes the place of both.

    Raises
    ------
    InputError
        When the name is neither a file nor a policy that is known, or the file is no policy.
    """
    if name is None or (name == school.policy.id and not Path(name).is_file()):
        return school
    policy = _policy(school, name)
    try:
        return school.replaced(policy=policy)
    except SchoolError as error:
        raise InputError(
            [MISFIT.fill(name=name, place=_place(p), why=p.text) for p in error.problems]
        ) from error


def _place(problem: Problem) -> Text:
    """Say which row of the school's does not fit; nothing where it is no row of a table."""
    if problem.row is None or problem.table not in _TABLES:
        return Text("", "")
    return ROW.fill(table=_TABLES[problem.table], row=problem.row + 1)


def _policy(school: School, name: str) -> Policy:
    if Path(name).is_file():
        return read_policy(Path(name), school.policy.clauses)
    if name in REGIMES:
        return Policy(id=name, regulation=regime(name), clauses=school.policy.clauses)
    hint = nearest(name, {*REGIMES, school.policy.id})
    raise InputError([UNKNOWN.fill(name=name, own=school.policy.id, hint=hint)])
