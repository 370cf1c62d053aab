"""The tables of the regulations, the files and the code say the same."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from models import KEPT, REGIMES, Kept, PolicyItem, regime
from tests.models.clause_tables import (
    ACCOUNT,
    NOBODY,
    README,
    TO_WRITE,
    ItemRow,
    item_rows,
    keyed,
    regime_rows,
    rendered,
)

ROOT = README.parents[2]
TEXT = README.read_text("utf-8")
ITEM_ROWS = item_rows(TEXT)
MODULE = re.compile(r"`([a-z_]+(?:/[a-z_]+)+)`(?: \(`([A-Za-z_]+)`\))?")
PLACES: dict[Kept, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Kept.PLAN: (("rules/", "engine/"), ("checks/",)),
    Kept.ALWAYS: (("",), ("",)),
    Kept.PART: ((), ("checks/", "ledger/", "models/validation/")),
    Kept.DATA: ((), ("models/validation/",)),
    Kept.LEDGER: (("ledger/",), ()),
    Kept.NOTICE: (("report/",), ()),
}
"""Where modules are, one of which keeps an item, and where those are that check it."""


class Named(NamedTuple):
    """A module that a cell names, and the fact by which it knows of the item."""

    module: str
    fact: str

    @property
    def path(self) -> Path:
        return (
            ROOT / ("" if self.module.startswith("models/") else "optimizer") / f"{self.module}.py"
        )


def named(cell: str) -> list[Named]:
    return [Named(module, fact) for module, fact in MODULE.findall(cell)]


@cache
def words(path: Path) -> tuple[frozenset[str], frozenset[str]]:
    """Give the items that a module speaks of, and all its identifiers."""
    items, names = set(), set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute):
            names.add(node.attr)
            if isinstance(node.value, ast.Name) and node.value.id in {"PolicyItem", "_I"}:
                items.add(node.attr)
        elif isinstance(node, ast.Name):
            names.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
    return frozenset(items), frozenset(names)


def speaks_of(one: Named, item: PolicyItem) -> bool:
    return item.name in words(one.path)[0]


def test_places_forces_and_modules_are_filled_in() -> None:
    assert rendered(TEXT) == TEXT, "run python -m tests.models.clause_tables"


def test_every_item_stands_once_in_the_table_of_items() -> None:
    assert [row.item for row in ITEM_ROWS] == [*(item.value for item in PolicyItem), ACCOUNT]
    unwritten = [row.item for row in ITEM_ROWS if TO_WRITE in {row.by, row.checked}]
    assert not unwritten, "write in models/policies/README.md where these are kept and checked"


@pytest.mark.parametrize("name", REGIMES)
def test_every_clause_and_account_stands_in_just_one_row(name: str) -> None:
    rows = regime_rows(TEXT, name)
    assert Counter(key for row in rows for key in row.keys) == Counter(keyed(regime(name)).keys())
    for row in rows:
        assert row.says not in {"", TO_WRITE}, f"write what the document says: {row.keys}"
        if not row.keys:
            assert row.whose == "not the school's"
            assert row.place
            assert row.why


@pytest.mark.parametrize("row", ITEM_ROWS, ids=lambda row: row.item)
def test_modules_are_there_and_speak_of_the_item(row: ItemRow) -> None:
    for one in (*named(row.by), *named(row.checked)):
        assert one.path.exists(), one.module
        known = one.fact in words(one.path)[1] if one.fact else False
        assert known or (row.item != ACCOUNT and speaks_of(one, PolicyItem(row.item))), one


@pytest.mark.parametrize("row", ITEM_ROWS[:-1], ids=lambda row: row.item)
def test_an_item_is_kept_as_it_is_marked(row: ItemRow) -> None:
    item, by, checked = PolicyItem(row.item), named(row.by), named(row.checked)
    if KEPT[item] is Kept.SAID:
        assert row.by == NOBODY
        assert re.match(r"said only: \w", row.checked)
        assert not checked
        return
    assert ("; the rest is said only: " in row.checked) == (KEPT[item] is Kept.PART)
    for places, modules in zip(PLACES[KEPT[item]], (by, checked), strict=True):
        assert not places or any(one.module.startswith(places) for one in modules)
    if KEPT[item] is Kept.ALWAYS:
        assert all(one.fact for one in (*by, *checked)), "by which fact is it kept?"
    else:
        assert any(speaks_of(one, item) for one in (*by, *checked))
