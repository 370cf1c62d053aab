"""A policy in a file of its own: a whole regulation, or a school's own rules."""

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from models import Clause, Policy, PolicyItem, Text
from models.labels import ITEM_NAMES
from models.regimes import parse_regulation
from optimizer.errors import InputError
from optimizer.files.explain import refusals
from optimizer.files.jsonfile import load_json
from optimizer.files.tomlfile import load_toml

NOT_READ = Text(
    "政策文件“{name}”不是有效的 TOML：{why}",
    "the policy file '{name}' is no valid TOML: {why}",
)
WRONG = Text("政策文件“{name}”，{place}：{why}", "policy file '{name}', {place}: {why}")
WHOLE_FILE = Text("全文", "the whole file")
OF_ITEM = Text("{place}（{item}）", "{place} ({item})")
_ITEM_VALUES = {item.value: item for item in PolicyItem}


def read_policy(path: Path, own: tuple[Clause, ...] = ()) -> Policy:
    """Read a policy file.

    A file with ``documents`` is a regulation, in the form of ``models/policies``; any other is a
    policy of rows, as a school's workbook has it.

    Parameters
    ----------
    path
        TOML, or JSON where it ends so.
    own
        The school's own rows, which a regulation leaves in place.

    Raises
    ------
    InputError
        With every mistake in the file.
    """
    data = _load(path)
    try:
        if isinstance(data, dict) and "documents" in data:
            regulation = parse_regulation(data)
            return Policy(id=regulation.id, regulation=regulation, clauses=own)
        return Policy.model_validate(data)
    except ValidationError as error:
        raise InputError(
            [
                WRONG.fill(name=path, place=_place(data, refusal.loc), why=refusal.text)
                for refusal in refusals(error)
            ]
        ) from error


def _load(path: Path) -> Any:
    return load_json(path) if path.suffix.lower() == ".json" else load_toml(path, NOT_READ)


def _place(data: Any, loc: tuple[int | str, ...]) -> Text:
    """Say where in the file: the path to it, and which item it is about where one is named."""
    if not loc:
        return WHOLE_FILE
    said = ".".join(map(str, loc))
    place = Text(said, said)
    try:
        item = _ITEM_VALUES[data[loc[0]][loc[1]]["item"]]
    except (LookupError, TypeError):
        return place
    return OF_ITEM.fill(place=place, item=ITEM_NAMES[item])
