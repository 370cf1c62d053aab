"""The command itself on a school, as a planner calls it: what came of it, when, in what memory.

Everything counts that the command does: start of the interpreter, reading, search, finishing, check
and writing. ``plan.json`` tells when the plan was there; the workbook and the picture follow it.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.watched import watch
from models import Plan, School
from optimizer.files import read_plan, write_school

GRACE = 120.0
"""Seconds after its limit until the command is ended."""
ROOT = Path(__file__).parent.parent
MAIN = "from optimizer.cli import main; main()"


class Ran(NamedTuple):
    """How a run of the command went."""

    status: str
    """As ``--json`` says it; ``KILLED`` where it had to be ended, ``FAULT`` where it said nothing.
    """
    plan: Plan | None
    seconds: float | None
    """From the start of the process until the plan was on disk; None without a plan."""
    total: float
    """Until the end of the process."""
    peak_mb: int
    """Most memory that the process and its children held at one moment."""
    said: str
    """What it said last on standard error."""


def run(school: School, limit: float, seed: int, workers: int, *options: str) -> Ran:
    """Plan a school by ``zouban solve``."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        write_school(school, folder / "school.json")
        command = [sys.executable, "-c", MAIN, "solve", str(folder / "school.json")]
        command += ["-o", str(folder / "out"), "--time-limit", str(limit), "--seed", str(seed)]
        command += ["--workers", str(workers), "--json", "--lang", "en", *options]
        with (folder / "out.txt").open("wb") as out, (folder / "err.txt").open("wb") as err:
            began, start = time.time(), time.monotonic()
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                stdout=out,
                stderr=err,
                start_new_session=True,
                env=os.environ | {"PYTHONPATH": str(ROOT)},
            )
            peak, note = watch(process, _overdue(start + limit + GRACE))
            total = time.monotonic() - start
        path = folder / "out" / "plan.json"
        plan = read_plan(path) if path.exists() else None
        seconds = path.stat().st_mtime - began if plan else None
        lines = (folder / "err.txt").read_text("utf-8", "replace").strip().splitlines()
        said = note or (lines[-1] if lines else "")
        return Ran(_status(folder / "out.txt", note), plan, seconds, total, peak, said)


def _overdue(until: float) -> Callable[[], str]:
    return lambda: f"ended: {GRACE:.0f} s over the limit" if time.monotonic() > until else ""


def _status(out: Path, note: str) -> str:
    if note:
        return "KILLED"
    try:
        said: dict[str, Any] = json.loads(out.read_text("utf-8"))
    except ValueError:
        return "FAULT"
    return str(said.get("status", "FAULT"))
