"""HiGHS or SCIP on an MPS file; run by the Python of the peers' own environment.

    python solve_mps.py highs|scip MODEL.mps ANSWER.json SECONDS SEED

The clock starts when the solver has read the model; the file ``started`` beside the answer says so.
HiGHS gets two threads; SCIP's are one, as it comes from PyPI.
"""

import json
import sys
from importlib import import_module
from pathlib import Path
from time import monotonic
from typing import Any

THREADS = 2


def highs(model: Path, seconds: float, seed: int, started: Path) -> dict[str, Any]:
    """Solve with HiGHS."""
    highspy = import_module("highspy")
    solver = highspy.Highs()
    for name, value in (
        ("output_flag", False),
        ("time_limit", seconds),
        ("random_seed", seed),
        ("threads", THREADS),
        ("parallel", "on"),
    ):
        solver.setOptionValue(name, value)
    solver.readModel(str(model))
    started.touch()
    start = monotonic()
    solver.run()
    info, solution = solver.getInfo(), solver.getSolution()
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    names = solver.getLp().col_names_
    return {
        "seconds": monotonic() - start,
        "note": solver.modelStatusToString(solver.getModelStatus()),
        "least": info.mip_dual_bound,
        "values": dict(zip(names, solution.col_value, strict=True)) if found else None,
    }


def scip(model: Path, seconds: float, seed: int, started: Path) -> dict[str, Any]:
    """Solve with SCIP."""
    pyscipopt = import_module("pyscipopt")
    solver = pyscipopt.Model()
    solver.hideOutput()
    solver.readProblem(str(model))
    solver.setParam("limits/time", seconds)
    solver.setParam("randomization/randomseedshift", seed)
    started.touch()
    start = monotonic()
    solver.optimize()
    took = monotonic() - start
    values = None
    if solver.getNSols():
        best = solver.getBestSol()
        values = {v.name: solver.getSolVal(best, v) for v in solver.getVars(transformed=False)}
    return {
        "seconds": took,
        "note": solver.getStatus(),
        "least": solver.getDualbound(),
        "values": values,
    }


def main() -> None:
    """Solve what the command line names and write the answer as JSON."""
    solver, model, answer, seconds, seed = sys.argv[1:]
    solve = {"highs": highs, "scip": scip}[solver]
    out = Path(answer)
    found = solve(Path(model), float(seconds), int(seed), out.with_name("started"))
    out.write_text(json.dumps(found), "utf-8")


if __name__ == "__main__":
    main()
