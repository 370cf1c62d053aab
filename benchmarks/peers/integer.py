"""HiGHS and SCIP on the whole integer model, in the peers' own environment."""

import json
import math
import subprocess
from pathlib import Path

from benchmarks.peers.answer import Answer, Task
from benchmarks.peers.environment import require_python
from benchmarks.peers.mps import integer_program, write_mps
from benchmarks.peers.whole import parts, whole_model

NONE = 1e15
"""A bound as large as this is none."""
SCRIPT = Path(__file__).with_name("solve_mps.py")


def highs(task: Task) -> Answer:
    """Give the whole model to HiGHS."""
    return _solve(task, "highs")


def scip(task: Task) -> Answer:
    """Give the whole model to SCIP."""
    return _solve(task, "scip")


def _solve(task: Task, solver: str) -> Answer:
    python = require_python()
    model = whole_model(task)
    mps, out = task.folder / "model.mps", task.folder / "solution.json"
    program = integer_program(model.cp)
    write_mps(program, mps)
    count = len(program.limits)
    del program  # its memory is not the solver's
    limits = [str(task.seconds), str(task.seed)]
    ended = subprocess.run([python, SCRIPT, solver, mps, out, *limits], check=False).returncode
    if ended:
        return Answer(seconds=task.seconds, note=f"{solver} ended with {ended}")
    found = json.loads(out.read_text("utf-8"))
    answer = Answer(seconds=found["seconds"], note=found["note"])
    if math.isfinite(found["least"]) and abs(found["least"]) < NONE:
        answer.bound = -found["least"]
    if found["values"] is not None:
        values = [round(found["values"][f"x{j}"]) for j in range(count)]
        answer.sections, answer.care_groups = parts(model, values)
    return answer
