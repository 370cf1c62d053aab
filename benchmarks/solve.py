"""Solve a set of schools for points alone (``benchmarks.aims``) and record what each reached.

python -m benchmarks.solve suite             # seeds 0-2 at 120 students, S, M, L; seed 0 at XL
python -m benchmarks.solve suite --styles mixed --sizes L --seeds 0 7
python -m benchmarks.solve svws              # the two SVWS cohorts, 120 s each
python -m benchmarks.solve riverside         # the shipped school
python -m benchmarks.solve table             # the suite's rows of this state, as Markdown

Each school is planned by the command itself, in a process of its own (``benchmarks.command``). What
this state of the program has a row of is left out: a run that was broken off is taken up again.
"""

import argparse
import csv
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks import command
from benchmarks.aims import for_points
from benchmarks.best_known import SIZES, Which, best_known, sizes_of, update
from benchmarks.record import RESULTS, append, markdown, product, tell
from instances import STYLES
from models import Plan, School
from optimizer.checks import verify
from optimizer.files import read_school

SHIPPED = Path(__file__).parent.parent / "instances"
LIMITS = {"XL": 180.0}
"""Seconds by size, where they are not the usual ones."""
USUAL = 60.0
SEEDS, FEW_SEEDS = (0, 1, 2), (0,)
"""Of the schools; few at XL, and in the style ``all-day``, which mostly ends before its limit."""
GOALS = {
    "clubhour": {"120": 2.0, "300": 0.8, "1000": 0.8, "2000": 0.8, "5000": 1.2},
    "mixed": {"120": 2.0, "300": 2.5, "1000": 1.5, "2000": 1.5, "5000": 1.0},
    "nine-year": {"120": 2.0, "300": 2.5, "1000": 2.5, "2000": 2.5, "5000": 2.5},
    "all-day": {"150": 1.0, "400": 1.0, "1000": 2.0, "2000": 2.0},
}
"""What is aimed at, in per cent: the gap to the bound; ``all-day``: the share of wishes unmet."""


class Task(NamedTuple):
    """A school to plan, made when its turn comes, and the seconds it is given."""

    name: str
    make: Callable[[], School]
    seconds: float
    which: Which | None = None
    """What it is generated from."""


def suite(options: argparse.Namespace) -> Iterator[Task]:
    """Give generated schools, size by size, seed by seed."""
    for size in options.sizes:
        for seed in options.seeds or SEEDS:
            for style in options.styles:
                sizes = sizes_of(style)
                few = size == "XL" or style == "all-day"
                if size in sizes and (options.seeds or not few or seed in FEW_SEEDS):
                    which = Which(style, *sizes[size], seed)
                    yield Task(which.name, which.make, LIMITS.get(size, USUAL), which)


def svws(_: argparse.Namespace) -> Iterator[Task]:
    """Give the two SVWS cohorts."""
    for name in ("svws1", "svws2"):
        yield Task(name, partial(_shipped, f"svws/{name}.json"), 120.0)


def riverside(_: argparse.Namespace) -> Iterator[Task]:
    """Give the shipped school, with the demo's limit."""
    yield Task("riverside", partial(_shipped, "riverside.xlsx"), USUAL)


def _shipped(name: str) -> School:
    return for_points(read_school(SHIPPED / name))


SUITES = {"suite": suite, "svws": svws, "riverside": riverside}


def row_of(task: Task, school: School, limit: float, seed: int, workers: int) -> dict[str, object]:
    """Plan one school and give its row: what was reached, how long it took, whether it checks."""
    ran = command.run(school, limit, seed, workers)
    plan = ran.plan
    row: dict[str, object] = {
        "product": product(),
        "school": task.name,
        "digest": school.digest,
        "limit": limit,
        "seed": seed,
        "workers": workers,
        "status": ran.status,
        "engine": plan and plan.provenance.engine,
        "value": plan and plan.value,
        "bound": plan and plan.bound,
        "gap": None if plan is None or plan.gap is None else round(plan.gap, 4),
        "wishes": len(school.wishes),
        "unmet": plan and len(plan.unmet),
        "findings": None if plan is None else len(verify(school, plan)),
        "first_clubs_s": plan and _when(plan, lambda value, _: value > 0),
        "within_5_s": plan and _when(plan, lambda value, bound: 1.05 * value >= bound),
        "seconds": None if ran.seconds is None else round(ran.seconds, 1),
        "total_s": round(ran.total, 1),
        "peak_mb": ran.peak_mb,
    }
    if task.which is not None and row["findings"] == 0 and plan is not None:
        update(task.which, school.digest, plan.value, plan.bound)
    best = best_known(task.which, school.digest) if task.which else None
    return row | {"best_known": best and best.value, "note": ran.said if plan is None else ""}


def _when(plan: Plan, reached: Callable[[int, int], bool]) -> float | None:
    """Give the seconds of search until value and final bound were so."""
    bound = plan.bound or 0
    times = (p.seconds for p in plan.provenance.trace if reached(p.value or 0, bound))
    return next(times, None)


def done(suite_name: str, state: str) -> set[tuple[str, float, int, int]]:
    """Give what this state of the program has rows of: school, limit, seed and workers."""
    return {
        (row["school"], float(row["limit"]), int(row["seed"]), int(row["workers"]))
        for row in rows_of(suite_name, state)
    }


def rows_of(suite_name: str, state: str) -> list[dict[str, str]]:
    """Give a suite's rows of a state of the program."""
    path = RESULTS / f"{suite_name}.csv"
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["product"] == state]


def table(state: str) -> str:
    """Give the suite's rows of a state of the program: a line a style and size.

    The median of the seeds, the worst of them, and what is aimed at.
    """
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    for row in rows_of("suite", state):
        which = Which.named(row["school"])
        found[which.style, str(which.students)].append(_reached(row))
    lines = [["style", "students", "schools", "median", "worst", "goal"], ["---"] * 6]
    for (style, students), shares in sorted(found.items(), key=lambda item: _place(*item[0])):
        goal = GOALS.get(style, {}).get(students)
        figures = [median(shares), max(shares), *([] if goal is None else [goal / 100])]
        cells = [f"{100 * share:.2f} %" for share in figures]
        lines.append([style, students, str(len(shares)), *cells, *[""] * (3 - len(cells))])
    return markdown(lines)


def _place(style: str, students: str) -> tuple[int, int]:
    return STYLES.index(style), int(students)


def _reached(row: dict[str, str]) -> float:
    """Give the gap, or the share of wishes that are unmet; a school without a plan has all."""
    if Which.named(row["school"]).style == "all-day":
        return int(row["unmet"] or row["wishes"]) / int(row["wishes"])
    return float(row["gap"] or "inf")


def add_choice(parser: argparse.ArgumentParser) -> None:
    """Let a parser take which of the generated schools are planned."""
    parser.add_argument("--sizes", nargs="+", choices=SIZES, default=list(SIZES))
    parser.add_argument("--styles", nargs="+", choices=STYLES, default=STYLES)
    parser.add_argument(
        "--seeds", type=int, nargs="+", help="of the schools; 0 1 2, at XL and all-day 0"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("suite", choices=[*SUITES, "table"])
    add_choice(parser)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1, help="of the search")
    parser.add_argument("--limit", type=float, help="seconds, instead of the suite's own")
    parser.add_argument("--again", action="store_true", help="also what there is a row of")
    return parser.parse_args()


def main() -> None:
    """Run a suite from the command line, or print its table."""
    options = _options()
    state = product()
    if options.suite == "table":
        print(table(state))
        return
    known = set() if options.again else done(options.suite, state)
    for task in SUITES[options.suite](options):
        limit = options.limit or task.seconds
        if (task.name, limit, options.seed, options.workers) in known:
            print(f"{task.name}: this state has a row of it", flush=True)
            continue
        row = row_of(task, task.make(), limit, options.seed, options.workers)
        append(options.suite, row)
        tell(row)


if __name__ == "__main__":
    main()
