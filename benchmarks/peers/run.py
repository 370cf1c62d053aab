"""Running one peer on one school: a process of its own, watched and measured.

The clock is the peer's own, started when it has what it needs (``Task.start``): building the model
and handing it over are not counted against anybody. A peer that is not done ``GRACE`` seconds
after its limit is ended, and has no plan.
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from benchmarks.peers.answer import ANSWER, SCHOOL, STARTED, Answer
from benchmarks.watched import watch
from models import School

BUILDING, GRACE = 600.0, 30.0
"""Seconds until the clock must run, and after the limit until the process is ended; the latter
covers what follows the search, such as dealing base care."""
ROOT = Path(__file__).parents[2]


class Ran(NamedTuple):
    """How a run went."""

    answer: Answer
    seconds: float
    """All in all, from the start of the process to its end."""
    peak_mb: int
    """Most memory that the process and its children held at one moment."""


def run(peer: str, school: School, limit: float, seed: int) -> Ran:
    """Run a peer in a process of its own and read its answer."""
    with tempfile.TemporaryDirectory(prefix="peer-") as name:
        folder = Path(name)
        (folder / SCHOOL).write_text(school.model_dump_json(), "utf-8")
        command = [sys.executable, "-m", "benchmarks.peers.child", peer, name, str(limit)]
        start = monotonic()
        with (folder / "errors.txt").open("w+", encoding="utf-8") as errors:
            process = subprocess.Popen(
                [*command, str(seed)],
                cwd=ROOT,
                stdout=errors,
                stderr=errors,
                start_new_session=True,
            )
            peak, note = watch(process, _overdue(folder, limit))
            errors.seek(0)
            said = errors.read().strip().splitlines()
        seconds = monotonic() - start
        if (folder / ANSWER).exists():
            answer = Answer.model_validate_json((folder / ANSWER).read_bytes())
        else:
            broken = not note and process.returncode > 0
            said_last = (said or [f"ended with {process.returncode}"])[-1]
            answer = Answer(seconds=seconds, fault=broken, note=note or said_last)
    return Ran(answer, seconds, peak)


def _overdue(folder: Path, limit: float) -> Callable[[], str]:
    """Give what says why a peer is to be ended: it does not start, or does not end."""
    start, running_since = monotonic(), list[float]()

    def why_end() -> str:
        now = monotonic()
        if not running_since and (folder / STARTED).exists():
            running_since.append(now)
        if not running_since:
            return f"ended: not started after {BUILDING:.0f} s" if now > start + BUILDING else ""
        over = now > running_since[0] + limit + GRACE
        return f"ended: {GRACE:.0f} s over the limit" if over else ""

    return why_end
