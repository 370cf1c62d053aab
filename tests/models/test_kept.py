"""How items are kept is marked in one place, and the code does as the mark says."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from models import KEPT, REGIMES, Kept, PolicyItem, regime, said_only
from models.labels import KEPTS

ROOT = Path(__file__).parents[2]
KEEPING = (
    "models/school_data.py",
    "models/validation",
    "optimizer/rules",
    "optimizer/checks",
    "optimizer/engine",
    "optimizer/ledger",
)
"""What keeps or checks a clause; to print one is neither."""
MENTION = re.compile(r"\bPolicyItem\.([A-Z_]+)\b")


def modules(*places: str) -> Iterable[Path]:
    for place in places:
        path = ROOT / place
        yield from path.rglob("*.py") if path.is_dir() else [path]


def mentioned(*places: str) -> set[PolicyItem]:
    found = (MENTION.findall(path.read_text("utf-8")) for path in modules(*places))
    return {PolicyItem[name] for names in found for name in names}


def test_every_item_is_marked_and_every_mark_has_a_name() -> None:
    assert list(KEPT) == list(PolicyItem)
    assert set(KEPTS) == set(Kept)


def test_what_is_said_only_is_kept_nowhere_and_what_is_kept_is_somewhere() -> None:
    """Whoever makes the code keep an item says so in ``models/kept.py``."""
    kept, said = mentioned(*KEEPING), {item for item in PolicyItem if said_only(item)}
    assert kept & said == set()
    elsewhere = {item for item, how in KEPT.items() if how in {Kept.ALWAYS, Kept.NOTICE}}
    assert set(PolicyItem) - said - elsewhere - kept == set()


def test_the_notice_prints_what_is_marked_so() -> None:
    marked = {item for item, how in KEPT.items() if how is Kept.NOTICE}
    assert marked <= mentioned("optimizer/report/notice.py")


@pytest.mark.parametrize("name", REGIMES)
def test_each_regime_is_more_than_words(name: str) -> None:
    said = [clause for clause in regime(name).clauses if said_only(clause.item)]
    assert 0 < len(said) < len(regime(name).clauses) / 2
