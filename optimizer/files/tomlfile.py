"""Files of settings in TOML: any model that holds tables of values."""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from models import Text
from models.problems import nearest
from optimizer.errors import InputError
from optimizer.files.explain import Refusal, refusals
from optimizer.files.guard import look_at
from optimizer.files.reasons import why

NOT_READ = Text("“{name}”不是有效的 TOML：{why}", "{name} is no valid TOML: {why}")
TOO_DEEP = Text("嵌套过深", "nested too deeply")
WRONG = Text("“{name}”，{place}：{why}", "{name}, {place}: {why}")
UNKNOWN = Text("没有这一项；{near}", "there is no such item; {near}")

NO_TABLE = Text("应为一段 [{name}]。", "expected a table [{name}].")

Settings = TypeVar("Settings", bound=BaseModel)


def load_toml(path: Path, not_read: Text = NOT_READ) -> Any:
    """Read a TOML file as it is.

    Raises
    ------
    InputError
        If it cannot be read.
    """
    look_at(path)
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except ValueError as error:
        raise InputError([not_read.fill(name=path, why=why(error))]) from error
    except RecursionError:
        raise InputError([not_read.fill(name=path, why=TOO_DEEP)]) from None


def read_toml(path: Path, kind: type[Settings]) -> Settings:
    """Read a file of settings; what it does not name is as usual.

    Raises
    ------
    InputError
        With every name and value that is refused.
    """
    data = load_toml(path)
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        texts = [
            WRONG.fill(name=path, place=".".join(map(str, refusal.loc)), why=_why(refusal, kind))
            for refusal in refusals(error)
        ]
        raise InputError(texts) from error


def _why(refusal: Refusal, kind: type[BaseModel]) -> Text:
    if refusal.kind == "model_type":
        return NO_TABLE.fill(name=refusal.loc[-1])
    if refusal.kind != "extra_forbidden":
        return refusal.text
    *tables, name = refusal.loc
    return UNKNOWN.fill(near=nearest(str(name), _known(kind, tables)))


def _known(kind: type[BaseModel], tables: Sequence[int | str]) -> list[str]:
    """Give the names that a table may hold."""
    for table in tables:
        inner = kind.model_fields[str(table)].annotation
        assert isinstance(inner, type)
        assert issubclass(inner, BaseModel)
        kind = inner
    return list(kind.model_fields)
