"""Solve a set of schools for points alone (``benchmarks.aims``) and record what each reached.

python -m benchmarks.solve small             # 120 students, 12 courses, three styles, seeds 0-4
python -m benchmarks.solve small --seeds 5 6 # other seeds
python -m benchmarks.solve suite --only mixed-2000  # S to XL; XL has 180 s, the others 60 s
python -m benchmarks.solve svws              # the two SVWS cohorts, 120 s each
python -m benchmarks.solve riverside         # the shipped school
"""

import argparse
import resource
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import cast

from benchmarks.aims import for_points
from benchmarks.best_known import SIZES, Which, best_known, update
from benchmarks.record import append
from instances import StyleName
from models import Plan, School
from optimizer.checks import verify
from optimizer.engine import Limits, Progress, solve
from optimizer.errors import ZoubanError
from optimizer.files import read_school

SHIPPED = Path(__file__).parent.parent / "instances"
STYLES: tuple[StyleName, ...] = ("clubhour", "mixed", "nine-year")


def small(seeds: list[int]) -> Iterator[tuple[str, School, float]]:
    """Give the schools of 120 students and 12 courses in each style, with 60 s each."""
    for style in STYLES:
        for seed in seeds:
            which = Which(style, *SIZES["tiny"], seed)
            yield which.name, which.make(), 60.0


def suite(seeds: list[int]) -> Iterator[tuple[str, School, float]]:
    """Give the generated schools of sizes S to XL in each style, seed by seed."""
    for seed in seeds:
        for size in ("S", "M", "L", "XL"):
            for style in STYLES:
                which = Which(style, *SIZES[size], seed)
                yield which.name, which.make(), 180.0 if size == "XL" else 60.0


def svws(_: list[int]) -> Iterator[tuple[str, School, float]]:
    """Give the two SVWS cohorts, with 120 s each."""
    for name in ("svws1", "svws2"):
        yield name, for_points(read_school(SHIPPED / "svws" / f"{name}.json")), 120.0


def riverside(_: list[int]) -> Iterator[tuple[str, School, float]]:
    """Give the shipped school, with the demo's limit."""
    yield "riverside", for_points(read_school(SHIPPED / "riverside.xlsx")), 60.0


_OURS, _CHILDREN = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN

SUITES = {"small": small, "suite": suite, "svws": svws, "riverside": riverside}


def run(name: str, school: School, limits: Limits) -> dict[str, object]:
    """Solve one school and give its row: what was reached, how long it took, whether it checks."""
    started = perf_counter()
    row: dict[str, object] = {"school": name, "limit": limits.seconds, "seed": limits.seed}
    row["workers"] = limits.workers
    plan: Plan | None = None
    first: list[float] = []

    def heard(progress: Progress) -> None:
        if progress.value is not None and not first:
            first.append(progress.seconds)

    try:
        plan = solve(school, limits, on_progress=heard)
        row["status"] = plan.status.value
    except ZoubanError as error:
        row["status"] = type(error).__name__
    row["seconds"] = round(perf_counter() - started, 1)
    row["value"] = plan and plan.value
    row["bound"] = plan and plan.bound
    row["gap"] = None if plan is None or plan.gap is None else round(plan.gap, 4)
    row["engine"] = plan and plan.provenance.engine
    row["wishes"] = len(school.wishes)
    row["unmet"] = plan and len(plan.unmet)
    row["findings"] = None if plan is None else len(verify(school, plan))
    row["first_plan_seconds"] = first and round(first[0], 1)
    # In kilobytes on Linux; of all schools solved so far, and of the largest child beside them.
    used = [resource.getrusage(who).ru_maxrss for who in (_OURS, _CHILDREN)]
    row["peak_mb"] = sum(used) // 1024
    return row


def remember(name: str, school: School, row: dict[str, object]) -> None:
    """Keep a checked plan's value and its bound among the best known; add the best to the row."""
    style, students, courses, seed = name.rsplit("-", 3)
    which = Which(cast("StyleName", style), int(students), int(courses), int(seed))
    if row["findings"] == 0:
        update(which, school.digest, cast("int", row["value"]), cast("int | None", row["bound"]))
    row["best_known"] = best_known(which, school.digest).value


def main() -> None:
    """Run a suite from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("suite", choices=SUITES)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2, 3, 4])
    parser.add_argument("--only", default="", help="schools whose name begins so")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--limit", type=float, help="seconds, instead of the suite's own")
    options = parser.parse_args()
    for name, school, seconds in SUITES[options.suite](options.seeds):
        if not name.startswith(options.only):
            continue
        limits = Limits(options.limit or seconds, 1, options.workers)
        row = run(name, school, limits)
        if options.suite == "suite":
            remember(name, school, row)
        else:  # whose tables have no such columns
            for column in ("engine", "first_plan_seconds", "peak_mb"):
                del row[column]
        append(options.suite, row)
        print(*(f"{key}={value}" for key, value in row.items()), flush=True)


if __name__ == "__main__":
    main()
