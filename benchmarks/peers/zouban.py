"""Our own engine, as anybody calls it."""

from time import monotonic

from benchmarks.peers.answer import Answer, Task
from optimizer.checks import before_moves
from optimizer.engine import Limits, solve

WORKERS = 2


def plan(task: Task) -> Answer:
    """Give the engine the time; its plan is taken apart to be judged like the others."""
    start = task.start()
    try:
        found = solve(task.school, Limits(task.seconds, task.seed, WORKERS))
    except Exception as error:  # whatever it is, there is no plan, and the fault is ours
        return Answer(seconds=monotonic() - start, note=type(error).__name__)
    seconds = monotonic() - start
    before = before_moves(task.school, found)
    return Answer(
        sections=before.sections,
        care_groups=before.care_groups,
        bound=found.bound,
        seconds=seconds,
        note=found.status.value,
    )
