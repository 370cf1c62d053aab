"""How late the command's plan is written, and what it is worth, at short limits and long ones.

python -m benchmarks.deadline                       # every school at 5, 10, 20 and 60 s
python -m benchmarks.deadline --only mixed-2000 --limits 10 20

Each run is the command itself in a process of its own, reading, loading and checking included. Late
is what plan.json, the first file that is written, was written after the limit; the workbook and the
picture come after it and are told as ``written``. What this state of the program has a row of is
skipped.
"""

import argparse
from collections.abc import Callable, Iterator

from benchmarks import command
from benchmarks.best_known import SIZES, Which
from benchmarks.record import append, product
from benchmarks.secondary import secondary
from benchmarks.solve import done
from instances.generator.styles import AFTER_SCHOOL
from models import School

SUITE, SEED = "deadline", 1
LIMITS = (5.0, 10.0, 20.0, 60.0)


def schools() -> Iterator[tuple[str, Callable[[], School]]]:
    """Give the schools by name: S to XL in each style, and one of many wishes."""
    yield "secondary-410", secondary
    for size in ("S", "M", "L", "XL"):
        for style in AFTER_SCHOOL:
            which = Which(style, *SIZES[size], 0)
            yield which.name, which.make


def row_of(name: str, school: School, limit: float, workers: int) -> dict[str, object]:
    """Run the command once and give its row."""
    ran = command.run(school, limit, SEED, workers)
    there = ran.total if ran.seconds is None else ran.seconds
    return {
        "product": product(),
        "school": name,
        "limit": limit,
        "seed": SEED,
        "workers": workers,
        "status": ran.status,
        "seconds": round(there, 1),
        "late": round(there - limit, 1),
        "written": round(ran.total, 1),
        "value": ran.plan and ran.plan.value,
        "bound": ran.plan and ran.plan.bound,
        "note": ran.said if ran.plan is None else "",
    }


def main() -> None:
    """Run what is asked for from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--only", default="", help="schools whose name begins so")
    parser.add_argument("--limits", type=float, nargs="+", default=LIMITS)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    known = done(SUITE, product())
    for name, make in schools():
        left = [t for t in options.limits if (name, t, SEED, options.workers) not in known]
        if not name.startswith(options.only) or not left:
            continue
        school = make()
        for limit in left:
            row = row_of(name, school, limit, options.workers)
            append(SUITE, row)
            print(*(f"{key}={value}" for key, value in row.items()), flush=True)


if __name__ == "__main__":
    main()
