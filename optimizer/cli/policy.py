"""The --policy option: another regulation than the one the school's data carry."""

import json
import tomllib
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from models import Policy, School, SchoolError, Text
from optimizer.errors import InputError

PolicyOption = Annotated[
    str | None,
    typer.Option(
        "--policy",
        metavar="ID|FILE",
        help="换用另一份政策（TOML 或 JSON 文件）。 Use another policy (a TOML or JSON file).",
        show_default=False,
    ),
]
UNKNOWN = Text(
    "没有政策“{name}”：既不是文件，也不是学校数据里的政策编号（{own}）。",
    "there is no policy '{name}': neither a file nor the id of the school's own policy ({own}).",
)
NOT_READ = Text(
    "政策文件“{name}”不是有效的 TOML 或 JSON：{why}",
    "the policy file '{name}' is no valid TOML or JSON: {why}",
)
WRONG = Text("政策文件“{name}”，{place}：{why}", "policy file '{name}', {place}: {why}")
MISFIT = Text("政策“{name}”与学校数据不合：{why}", "policy '{name}' does not fit the school: {why}")


def with_policy(school: School, name: str | None) -> School:
    """Put another policy in a school's place of its own.

    Raises
    ------
    InputError
        When the name is neither a file nor the school's own policy, or the file is no policy.
    """
    if name is None or (name == school.policy.id and not Path(name).is_file()):
        return school
    if not Path(name).is_file():
        raise InputError([UNKNOWN.fill(name=name, own=school.policy.id)])
    try:
        return school.replaced(policy=_read(Path(name)))
    except SchoolError as error:
        raise InputError([MISFIT.fill(name=name, why=p.text) for p in error.problems]) from error


def _read(path: Path) -> Policy:
    try:
        text = path.read_text("utf-8-sig")
        data: Any = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except ValueError as error:
        raise InputError([NOT_READ.fill(name=path, why=error)]) from error
    try:
        return Policy.model_validate(data)
    except ValidationError as error:
        raise InputError(
            [
                WRONG.fill(name=path, place=".".join(map(str, e["loc"])), why=e["msg"])
                for e in error.errors()
            ]
        ) from error
