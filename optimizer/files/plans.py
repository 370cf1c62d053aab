"""Reading and writing plans."""

from pathlib import Path

from pydantic import ValidationError

from models import Plan
from optimizer.errors import InputError
from optimizer.files.explain import refusals
from optimizer.files.jsonfile import json_path, load_json
from optimizer.files.place import JsonOrigin
from optimizer.writing import writing


def read_plan(path: Path | str) -> Plan:
    """Read a plan from JSON.

    Raises
    ------
    InputError
        With every mistake in the file.
    """
    data = load_json(Path(path))
    try:
        return Plan.model_validate(data)
    except ValidationError as error:
        origin = JsonOrigin(str(path), "")
        found = [
            origin.at(
                one.text,
                None,
                json_path(one.loc),
                one.value if isinstance(one.value, str | int | float) else None,
            )
            for one in refusals(error)
        ]
        raise InputError([one.message() for one in found]) from None


def write_plan(plan: Plan, path: Path | str, force: bool = False) -> None:
    """Write a plan as JSON.

    Raises
    ------
    InputError
        If the path exists and ``force`` is not given, or cannot be written.
    """
    with writing(path, force) as temporary:
        temporary.write_text(plan.model_dump_json(indent=2) + "\n", "utf-8")
