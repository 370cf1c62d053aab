"""Results by version: one CSV a suite, one row a run, appended and never rewritten."""

import csv
import os
import platform
import subprocess
from pathlib import Path

from optimizer import __version__

RESULTS = Path(__file__).parent / "results"


def commit() -> str:
    """Give the short hash of the checkout, marked where it has uncommitted changes."""
    command = ["git", "describe", "--always", "--dirty"]
    done = subprocess.run(command, cwd=RESULTS.parent, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


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
    new = not path.exists()
    with path.open("a", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(full), lineterminator="\n")
        if new:
            writer.writeheader()
        writer.writerow(full)
