"""A process of its own: started, watched, measured, and ended with whatever it started."""

import os
import signal
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

LOOK = 0.1
"""Seconds between two looks at the process."""
GONE = 10.0
"""Seconds at most until what was ended has given its memory back."""


def watch(process: subprocess.Popen[bytes], why_end: Callable[[], str]) -> tuple[int, str]:
    """Wait for a process that leads a session; give its peak memory in MB and why it was ended.

    Parameters
    ----------
    why_end
        Asked at every look; says why the process is to be ended, or nothing.
    """
    peak, note = 0, ""
    try:
        while process.poll() is None and not note:
            sleep(LOOK)
            peak = max(peak, memory_mb(process.pid))
            note = why_end()
    finally:
        end(process)
    return peak, note


def end(process: subprocess.Popen[bytes]) -> None:
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
