"""Search parameters as TOML, and what of them a plan tells: what is not as usual, and a digest."""

from hashlib import sha256
from typing import Any

from optimizer.engine.params import DEFAULTS, SearchParams

_LENGTH = 16


def changed(params: SearchParams) -> dict[str, dict[str, Any]]:
    """Give the values that are not the defaults, by table and name."""
    found: dict[str, dict[str, Any]] = {}
    usual = DEFAULTS.model_dump()
    for table, values in params.model_dump().items():
        own = {name: value for name, value in values.items() if value != usual[table][name]}
        if own:
            found[table] = own
    return found


def to_toml(tables: dict[str, dict[str, Any]]) -> str:
    """Write tables of numbers as TOML; empty for none."""
    return "\n\n".join(
        "\n".join([f"[{table}]", *(f"{name} = {_said(value)}" for name, value in values.items())])
        for table, values in tables.items()
    )


def _said(value: Any) -> str:
    return repr([*value] if isinstance(value, tuple) else value)


def digest(params: SearchParams) -> str:
    """Give 16 hexadecimal digits that tell all values of a search, defaults included."""
    return sha256(params.model_dump_json().encode()).hexdigest()[:_LENGTH]
