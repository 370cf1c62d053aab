"""Results by version: one CSV a suite, one row a run, appended and never rewritten."""

import csv
import os
import platform
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

from optimizer import __version__

RESULTS = Path(__file__).parent / "results"


PRODUCT = "models", "optimizer", "instances/generator", "pyproject.toml", "requirements.lock"
"""What decides what a run does; documents, tests and results do not."""
ROOT = RESULTS.parent.parent


def commit() -> str:
    """Give the short hash of the checkout, marked where it has uncommitted changes."""
    command = ["git", "describe", "--always", "--dirty"]
    done = subprocess.run(command, cwd=RESULTS.parent, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


@cache
def product() -> str:
    """Give a digest of the files that decide what a run does, as they are on disk."""
    found = sha256()
    for name in PRODUCT:
        top = ROOT / name
        files = sorted(top.rglob("*")) if top.is_dir() else [top]
        for path in files:
            if path.is_file() and "__pycache__" not in path.parts:
                found.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return found.hexdigest()[:12]


def append(suite: str, row: dict[str, object]) -> None:
    """Add a row to a suite's results, with version, commit, cores and load in front."""
    path = RESULTS / f"{suite}.csv"
    load = round(os.getloadavg()[0], 1)
    full = {
        "version": __version__,
        "commit": commit(),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load": load,
        **row,
    }
    columns = _columns(path, list(full))
    new = not path.exists()
    with path.open("a", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        if new:
            writer.writeheader()
        writer.writerow(full)


def tell(row: Mapping[str, object]) -> None:
    """Print a row as it comes, on one line."""
    print(*(f"{key}={value}" for key, value in row.items()), flush=True)


def markdown(lines: Iterable[Sequence[str]]) -> str:
    """Write rows of cells, headers and rule first, as a table of Markdown."""
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _columns(path: Path, wanted: list[str]) -> list[str]:
    """Give the columns of a suite's results, with those wanted: older rows have nothing there."""
    if not path.exists():
        return wanted
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        rows, there = list(reader), list(reader.fieldnames or ())
    if more := [name for name in wanted if name not in there]:
        there += more
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, there, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return there
