"""Reading and writing plans and price lists."""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from models import Plan, PriceList
from optimizer.errors import InputError
from optimizer.files.explain import refusals
from optimizer.files.jsonfile import json_path, load_json
from optimizer.files.place import JsonOrigin
from optimizer.writing import writing

_Model = TypeVar("_Model", bound=BaseModel)


def read_plan(path: Path | str) -> Plan:
    """Read a plan from JSON.

    Raises
    ------
    InputError
        With every mistake in the file.
    """
    return _read(Plan, Path(path))


def read_price_list(path: Path | str) -> PriceList:
    """Read a price list from JSON.

    Raises
    ------
    InputError
        With every mistake in the file.
    """
    return _read(PriceList, Path(path))


def _read(model: type[_Model], path: Path) -> _Model:
    data = load_json(path)
    try:
        return model.model_validate(data)
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


def write_price_list(prices: PriceList, path: Path | str, force: bool = False) -> None:
    """Write a price list as JSON.

    Raises
    ------
    InputError
        If the path exists and ``force`` is not given, or cannot be written.
    """
    with writing(path, force) as temporary:
        text = prices.model_dump_json(indent=1, exclude_defaults=True)
        temporary.write_text(text + "\n", "utf-8")
