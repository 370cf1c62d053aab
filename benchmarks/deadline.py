"""How late the command's plan is written, and what it is worth, at short limits and long ones.

python -m benchmarks.deadline                       # every school at 5, 10, 20 and 60 s
python -m benchmarks.deadline --only mixed-2000 --limits 10 20

Each run is the command itself in a process of its own, reading, loading and checking included. Late
is what plan.json, the first file that is written, was written after the limit; the workbook and the
picture come after it and are told as ``written``. Runs that this commit has a row of are skipped.
"""

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import time

from benchmarks.aims import for_points
from benchmarks.best_known import SIZES, Which
from benchmarks.record import RESULTS, append, commit
from benchmarks.secondary import secondary
from instances import StyleName
from models import School
from optimizer.files import write_school

STYLES: tuple[StyleName, ...] = ("clubhour", "mixed", "nine-year")
LIMITS = (5.0, 10.0, 20.0, 60.0)


def schools() -> Iterator[tuple[str, Callable[[], School]]]:
    """Give the schools by name: S to XL in each style, and one of many wishes."""
    yield "secondary-410", secondary
    for size in ("S", "M", "L", "XL"):
        for style in STYLES:
            which = Which(style, *SIZES[size], 0)
            yield which.name, partial(_made, which)


def _made(which: Which) -> School:
    return for_points(which.make())


def run(school: Path, limit: float, workers: int) -> dict[str, object]:
    """Run the command once and give its row."""
    with tempfile.TemporaryDirectory() as folder:
        options = ["--time-limit", str(limit), "--workers", str(workers), "--json"]
        zouban = Path(sys.executable).with_name("zouban")
        command = [str(zouban), "solve", str(school), "-o", folder]
        began = time()
        done = subprocess.run(
            [*command, *options, "--accept-warnings", "--force"],
            capture_output=True,
            text=True,
            check=False,
        )
        ended = time()
        found = json.loads(done.stdout) if done.stdout else {}
        plan = Path(folder, "plan.json")
        seconds = plan.stat().st_mtime - began if plan.exists() else ended - began
    return {
        "limit": limit,
        "workers": workers,
        "code": done.returncode,
        "seconds": round(seconds, 1),
        "late": round(seconds - limit, 1),
        "written": round(ended - began, 1),
        "value": found.get("value"),
        "bound": found.get("bound"),
    }


def known(version: str) -> set[tuple[str, float, int]]:
    """Give the runs that a commit has rows of."""
    path = RESULTS / "deadline.csv"
    if not path.exists():
        return set()
    with path.open(encoding="utf-8") as file:
        return {
            (row["school"], float(row["limit"]), int(row["workers"]))
            for row in csv.DictReader(file)
            if row["commit"] == version
        }


def main() -> None:
    """Run what is asked for from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--only", default="", help="schools whose name begins so")
    parser.add_argument("--limits", type=float, nargs="+", default=LIMITS)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    there = known(commit())
    for name, make in schools():
        left = [t for t in options.limits if (name, t, options.workers) not in there]
        if not name.startswith(options.only) or not left:
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "school.json")
            write_school(make(), path)
            for limit in left:
                row = run(path, limit, options.workers)
                append("deadline", {"school": name, **row})
                print(name, *(f"{key}={value}" for key, value in row.items()), flush=True)


if __name__ == "__main__":
    main()
