"""docs/engine.md names files that are there, and each part of the engine that there is."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "engine.md").read_text("utf-8")
PLACEHOLDERS = {"optimizer/rules/FAMILY.py"}


def test_the_files_that_it_names_are_there() -> None:
    files = [str(path.relative_to(ROOT)) for path in ROOT.rglob("*.py") if ".venv" not in str(path)]
    named = set(re.findall(r"`([\w/]+\.py)`", PAGE)) - PLACEHOLDERS
    assert len(named) > 30
    gone = [name for name in named if not any(f"/{f}".endswith(f"/{name}") for f in files)]
    assert not gone


def test_every_part_of_the_engine_is_on_it() -> None:
    parts = {path.parent.name for path in (ROOT / "optimizer" / "engine").glob("*/__init__.py")}
    assert not {part for part in parts if f"{part}/" not in PAGE}


def test_its_own_links_lead_somewhere() -> None:
    headings = re.findall(r"^## (.+)$", PAGE, re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}
    links = set(re.findall(r"\]\(#([\w-]+)\)", PAGE))
    assert links == anchors
