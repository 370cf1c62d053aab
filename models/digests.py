"""Digests of a school: what a plan rests on, what only books and prints use, and the whole.

A plan names the school that it was made for by these. What it rests on is everything that decides
whether a plan keeps the rules, what it is worth, and how its draw falls; only that must agree. The
rest (names, texts of the notice, costs, fees, relief, first and last days) may change at any time:
ledger and prints are worked out from the data as they are. Where pay may only cost what comes in,
the money is what the plan rests on, too.

The order of rows is no matter to a plan, so the rows of each table are taken in a fixed order.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from models.school_data import SchoolData

_LENGTH = 16

PRINTS: dict[str, Any] = {
    "settings": {"name": True, "notice": True, "stages": {"__all__": {"name"}}},
    "policy": {
        "name": True,
        "regulation": {
            "name": True,
            "name_en": True,
            "title": True,
            "clauses": {"__all__": {"note", "note_en"}},
            "accounts": {"__all__": {"name", "name_en", "note", "note_en"}},
        },
    },
    "rooms": {"__all__": {"name"}},
    "classes": {"__all__": {"name"}},
    "groups": {"__all__": {"name"}},
    "providers": {"__all__": {"name"}},
    "teachers": {"__all__": {"name"}},
    "courses": {"__all__": {"name"}},
    "students": {"__all__": {"name"}},
}
"""Fields that only prints use: a leaf set or ``True`` leaves the field out."""

MONEY: dict[str, Any] = {
    "settings": {
        "budget": {
            "fee_basis",
            "fee_fen",
            "fee_standard",
            "fee_from",
            "part_period",
            "subsidy_fen_per_student",
            "subsidy_earlier_fen",
            "uplift_percent",
            "donation_fen",
            "collection_fen",
        }
    },
    "term": {"billing_months"},
    "groups": {"__all__": {"relief_percent", "reimbursed"}},
    "students": {"__all__": {"joins", "leaves"}},
    "costs": True,
}
"""Fields that only the ledger uses, unless what pay may cost depends on what comes in."""


_NESTED = (
    ("settings", "stages"),
    ("policy", "clauses"),
    ("term", "holidays"),
    ("term", "make_up_days"),
    ("term", "cancelled_days"),
    ("term", "billing_months"),
)
"""Tables of their own that stand inside another part."""


class Digests(NamedTuple):
    """The digests of one school, 16 hexadecimal digits each."""

    plan: str
    """Of what a plan rests on."""
    books: str
    """Of what only ledger and prints use."""
    whole: str
    """Of everything as it stands, rows in their order."""


def digests_of(school: SchoolData) -> Digests:
    """Work out a school's digests."""
    budget = school.settings.budget
    granted = (budget.special_fund_fen, budget.yearly_budget_fen)
    earned = budget.from_income or any(fen is not None for fen in granted)
    data = school.model_dump(mode="json")
    apart = PRINTS if earned else _merged(PRINTS, MONEY)
    rests_on, books = _split(data, apart)
    whole = sha256(school.model_dump_json().encode()).hexdigest()[:_LENGTH]
    return Digests(_digest(rests_on), _digest(books), whole)


def _merged(one: Any, other: Any) -> Any:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        shared = {key: _merged(one[key], other[key]) for key in one.keys() & other.keys()}
        return {**one, **other, **shared}
    return one | other


def _split(data: Any, apart: Any) -> tuple[Any, Any]:
    """Part a JSON value into what a plan rests on and what is set apart, with the rows' ids."""
    if isinstance(data, list):
        parts = [_split(row, apart["__all__"]) for row in data]
        names = [row.get("id") for row in data]
        return [kept for kept, _ in parts], [[n, b] for n, (_, b) in zip(names, parts, strict=True)]
    if data is None:
        return None, None
    fields = apart if isinstance(apart, Mapping) else dict.fromkeys(apart, True)
    kept: dict[str, Any] = {}
    gone: dict[str, Any] = {}
    for name, value in data.items():
        below = fields.get(name)
        if below is None:
            kept[name] = value
        elif below is True:
            gone[name] = value
        else:
            kept[name], gone[name] = _split(value, below)
    return kept, gone


def _digest(tables: Mapping[str, Any]) -> str:
    rows = {name: _in_order(value) for name, value in tables.items()}
    for table, nested in _NESTED:
        part = rows.get(table)
        if isinstance(part, dict) and nested in part:
            rows[table] = part | {nested: _in_order(part[nested])}
    return sha256(_canonical(rows).encode()).hexdigest()[:_LENGTH]


def _in_order(value: Any) -> Any:
    """Give the rows of a table in a fixed order, whatever the order they stand in."""
    return sorted(value, key=_canonical) if isinstance(value, list) else value


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
