"""Running one peer on one school: a process of its own, watched and measured.

The clock is the peer's own, started when it has what it needs (``Task.start``): building the model
and handing it over are not counted against anybody. A peer that is not done ``GRACE`` seconds
after its limit is ended, and has no plan.
"""

import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep
from typing import NamedTuple

from benchmarks.peers.answer import ANSWER, SCHOOL, STARTED, Answer
from models import School

BUILDING, GRACE = 600.0, 30.0
"""Seconds until the clock must run, and after the limit until the process is ended; the latter
covers what follows the search, such as dealing base care."""
LOOK = 0.1
"""Seconds between two looks at the process."""
GONE = 10.0
"""Seconds at most until what was ended has given its memory back."""
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
            peak, note = _watch(process, folder, limit)
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


def _watch(process: subprocess.Popen[bytes], folder: Path, limit: float) -> tuple[int, str]:
    """Wait for the process; give its peak memory in MB and why it was ended, if it was."""
    peak, note = 0, ""
    start, running_since = monotonic(), None
    try:
        while process.poll() is None and not note:
            sleep(LOOK)
            peak = max(peak, memory_mb(process.pid))
            if running_since is None and (folder / STARTED).exists():
                running_since = monotonic()
            if running_since is None and monotonic() > start + BUILDING:
                note = f"ended: not started after {BUILDING:.0f} s"
            elif running_since is not None and monotonic() > running_since + limit + GRACE:
                note = f"ended: {GRACE:.0f} s over the limit"
    finally:
        _end(process)
    return peak, note


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and whatever it started: they are one session.

    What it started is no child of ours that could be waited for, and gives its memory back a
    moment later: the next run begins when all of it is gone.
    """
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    patience = monotonic() + GONE
    while memory_mb(process.pid) and monotonic() < patience:
        sleep(0.01)


def memory_mb(session: int) -> int:
    """Give the memory that the processes of a session hold in RAM, in MB; 0 where unknown.

    What they share is counted for each.
    """
    pages = 0
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(entry.name)) == session:
                pages += int((entry / "statm").read_text().split()[1])
        except (OSError, ValueError):
            continue  # it has ended meanwhile
    return pages * os.sysconf("SC_PAGE_SIZE") // 1_000_000
