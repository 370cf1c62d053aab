"""The tables of ``models/policies/README.md``: what people write in them, and what follows.

Written by hand are what the document says and its clauses, and of each item where it is kept and
checked. What stands in the data (place, force) or of the item is filled in; after a change
``python -m tests.models.clause_tables`` does that. It makes rows for what is new, too, with the
clause's note and question marks to be written over, and takes out what is gone.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from models import (
    KEPT,
    REGIMES,
    Account,
    DocumentClause,
    Force,
    Kept,
    PolicyItem,
    Regulation,
    Unit,
    regime,
)
from models.labels import KEPTS

README = Path(__file__).parents[2] / "models" / "policies" / "README.md"
ITEMS_HEADING = "How each item is kept"
ITEM_HEADS = "| item | kept | where it is kept | where it is checked, or why nothing can |"
HEADS = "| what the document says | place | force | clause | kept | checked, or why nothing can |"
ACCOUNT = "account"
NOBODY = "—"
TO_WRITE = "?"
SPAN = re.compile(r"`([^`]+)`")


class ItemRow(NamedTuple):
    """How an item is kept: two cells in words, with modules as ``rules/hours`` (``fact``)."""

    item: str
    by: str
    checked: str


class Row(NamedTuple):
    """A sentence and the keys of its clauses; without any, whose duty it is and the rest."""

    says: str
    keys: tuple[str, ...]
    place: str = ""
    force: str = ""
    whose: str = ""
    why: str = ""


def key(clause: DocumentClause) -> str:
    """Name a clause within its regime, as tables do."""
    scope = clause.level or clause.band or ",".join(map(str, clause.grades))
    subject = f"/{clause.subject}" if clause.subject else ""
    day = f"={clause.value}" if clause.unit is Unit.WEEKDAY else ""
    return f"{clause.item.value}{subject}{f'@{scope}' if scope else ''}{day}"


def keyed(regulation: Regulation) -> dict[str, DocumentClause | Account]:
    """Give a regime's clauses and accounts by key."""
    clauses: dict[str, DocumentClause | Account] = {key(c): c for c in regulation.clauses}
    return clauses | {f"{ACCOUNT}:{account.id}": account for account in regulation.accounts}


def item_of(name: str) -> str:
    """Give the item of a key."""
    return re.split(r"[/@=:]", name)[0]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _table(text: str, heading: str) -> list[list[str]]:
    section = re.split(r"(?m)^## ", text.partition(f"\n## {heading}\n")[2])[0]
    return [_cells(line) for line in section.splitlines() if line.startswith("|")][2:]


def item_rows(text: str) -> list[ItemRow]:
    """Read the table of items."""
    rows = _table(text, ITEMS_HEADING)
    return [ItemRow(SPAN.findall(item)[0], by, checked) for item, _, by, checked in rows]


def regime_rows(text: str, name: str) -> list[Row]:
    """Read the table of a regime."""
    found = []
    for says, place, force, clause, whose, why in _table(text, name):
        keys = tuple(SPAN.findall(clause))
        found.append(Row(says, keys) if keys else Row(says, (), place, force, whose, why))
    return found


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _head(heads: str) -> list[str]:
    return [heads, "|" + "---|" * len(_cells(heads))]


def _items(rows: Iterable[ItemRow]) -> Iterator[str]:
    yield from _head(ITEM_HEADS)
    for row in rows:
        how = Kept.LEDGER if row.item == ACCOUNT else KEPT[PolicyItem(row.item)]
        kept = KEPTS[how].en
        yield _line((f"`{row.item}`", kept, row.by, row.checked))


def _forced(one: DocumentClause | Account) -> str:
    if isinstance(one, DocumentClause) and one.open:
        return "left to the school"
    return "hard" if one.force is Force.HARD else "advisory"


def _regime(
    regulation: Regulation, rows: Iterable[Row], items: dict[str, ItemRow]
) -> Iterator[str]:
    known = keyed(regulation)
    yield from _head(HEADS)
    for row in rows:
        if not row.keys:
            yield _line((row.says, row.place, row.force, NOBODY, row.whose, row.why))
            continue
        clauses = [known[name] for name in row.keys]
        kinds = dict.fromkeys(items[item_of(name)] for name in row.keys)
        yield _line(
            (
                row.says,
                "、".join(
                    dict.fromkeys(
                        p for c in clauses for p in c.source.partition(" ")[2].split("、")
                    )
                ),
                ", ".join(dict.fromkeys(map(_forced, clauses))),
                " ".join(f"`{name}`" for name in row.keys),
                "; ".join(dict.fromkeys(kind.by for kind in kinds)),
                "; ".join(dict.fromkeys(kind.checked for kind in kinds)),
            )
        )


def _with_new_items(rows: Iterable[ItemRow]) -> list[ItemRow]:
    known = {row.item: row for row in rows}
    return [
        known.get(item.value, ItemRow(item.value, TO_WRITE, TO_WRITE)) for item in PolicyItem
    ] + [known[ACCOUNT]]


def _with_new_clauses(regulation: Regulation, rows: Iterable[Row]) -> list[Row]:
    left = keyed(regulation)
    found = []
    for row in rows:
        keys = tuple(name for name in row.keys if left.pop(name, None) is not None)
        if keys or not row.keys:
            found.append(row._replace(keys=keys))
    new = [Row(getattr(one, "note_en", "") or TO_WRITE, (name,)) for name, one in left.items()]
    duties = [row for row in found if not row.keys]
    return [row for row in found if row.keys] + new + duties


def rendered(text: str) -> str:
    """Give the page with every table as its rows, the data and the items have it."""
    items = _with_new_items(item_rows(text))
    by_item = {row.item: row for row in items}
    tables = {ITEMS_HEADING: _items(items)} | {
        name: _regime(
            regime(name), _with_new_clauses(regime(name), regime_rows(text, name)), by_item
        )
        for name in REGIMES
    }
    for heading, lines in tables.items():
        start, mark, rest = text.partition(f"\n## {heading}\n")
        before, _, after = re.split(r"(?m)((?:^\|.*\n)+)", rest, maxsplit=1)
        text = start + mark + before + "".join(f"{line}\n" for line in lines) + after
    return text


if __name__ == "__main__":
    README.write_text(rendered(README.read_text("utf-8")), "utf-8")
