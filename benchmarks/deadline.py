"""How late the command's plan is written, and what it is worth, at short limits and long ones.

python -m benchmarks.deadline                       # 5, 10 and 20 s; 60 s at L, XL 60 s alone
python -m benchmarks.deadline --only mixed-2000 --limits 10 20
python -m benchmarks.deadline table                 # the rows of this state as Markdown

Each run is the command itself in a process of its own, reading, loading and checking included. Late
is what plan.json, the first file that is written, was written after the limit; the workbook and the
picture come after it and are told as ``written``. What this state of the program has a row of is
skipped.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from benchmarks import command
from benchmarks.best_known import Which, sizes_of
from benchmarks.record import append, markdown, product, tell
from benchmarks.secondary import secondary
from benchmarks.solve import done, rows_of
from instances import STYLES
from models import School

SUITE, SEED = "deadline", 1
SHORT, LONG = (5.0, 10.0, 20.0), (60.0,)
LIMITS = {"S": SHORT, "M": SHORT, "L": SHORT + LONG, "XL": LONG}


class Late(NamedTuple):
    """A school, made when its turn comes, and the limits it is given."""

    name: str
    make: Callable[[], School]
    limits: Sequence[float]


def schools() -> Iterator[Late]:
    """Give the schools: S to XL in each style, and one of many wishes."""
    yield Late("secondary-410", secondary, SHORT + LONG)
    for size, limits in LIMITS.items():
        for style in STYLES:
            sizes = sizes_of(style)
            if size in sizes:
                which = Which(style, *sizes[size], 0)
                yield Late(which.name, which.make, limits)


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


def table(state: str) -> str:
    """Give the rows of a state of the program: by school and limit how late, and share of bound."""
    limits = [f"{limit:g}" for limit in SHORT + LONG]
    found: dict[str, dict[str, str]] = {}
    for row in rows_of(SUITE, state):
        share = int(row["value"] or 0) / int(row["bound"] or 1)
        cell = f"{float(row['late']):+.1f} s, {100 * share:.1f} %"
        found.setdefault(row["school"], {})[f"{float(row['limit']):g}"] = cell
    lines = [["school", *(f"{limit} s" for limit in limits)], ["---"] * (1 + len(limits))]
    lines += [[name, *(cells.get(t, "") for t in limits)] for name, cells in found.items()]
    return markdown(lines)


def main() -> None:
    """Run what is asked for from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("what", nargs="?", choices=["run", "table"], default="run")
    parser.add_argument("--only", default="", help="schools whose name begins so")
    parser.add_argument("--limits", type=float, nargs="+", help="instead of each school's own")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    if options.what == "table":
        print(table(product()))
        return
    known = done(SUITE, product())
    for name, make, limits in schools():
        wanted = options.limits or limits
        left = [t for t in wanted if (name, t, SEED, options.workers) not in known]
        if not name.startswith(options.only) or not left:
            continue
        school = make()
        for limit in left:
            row = row_of(name, school, limit, options.workers)
            append(SUITE, row)
            tell(row)


if __name__ == "__main__":
    main()
