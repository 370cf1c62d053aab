"""How soon a plan with clubs stands, beside the rule-of-thumb timetable of schools today.

python -m benchmarks.first_plan                          # M, L (seeds 0-2), XL (seed 0), all styles
python -m benchmarks.first_plan --sizes M --styles mixed
python -m benchmarks.first_plan table                    # the rows of this state as Markdown

Seconds are those of the engine, from its call until it has the plan, with loops compiled before.
The rule of thumb is given with whoever comes first seated first and with lots drawn rank by rank,
the better of the two. What this state of the program has a row of is skipped.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import NamedTuple

from benchmarks.aims import aiming
from benchmarks.best_known import Which, sizes_of
from benchmarks.peers.answer import Task
from benchmarks.peers.today import draw_by_rank, first_come
from benchmarks.record import append, markdown, product, tell
from benchmarks.solve import done, rows_of
from instances import STYLES
from models import Aim, School, Worth, total_worth
from optimizer.engine import Limits, decomposition
from optimizer.engine.finish.draft import DraftPlan
from optimizer.engine.session import Session
from optimizer.engine.stages import first_with_clubs

SUITE, SEED, WORKERS, LIMIT = "first_plan", 1, 2, 60.0
SEEDS = {"M": (0, 1, 2), "L": (0, 1, 2), "XL": (0,)}
MOST = {"M": 2.0, "L": 5.0, "XL": 15.0}
"""Seconds within which the first plan is to stand."""
THUMB_SECONDS = 300.0


class Asked(NamedTuple):
    """A generated school under one aim."""

    size: str
    which: Which
    aim: Aim

    @property
    def name(self) -> str:
        """The name in the table of results."""
        return f"{self.which.name} {self.aim.value}"


def all_asked() -> Iterator[Asked]:
    """Give the schools, the smallest first."""
    for size, seeds in SEEDS.items():
        for style in STYLES:
            sizes = sizes_of(style)
            for seed in seeds if size in sizes else ():
                for aim in (Aim.FIRST_CLUBS, Aim.MOST_POINTS):
                    yield Asked(size, Which(style, *sizes[size], seed), aim)


def by_thumb(school: School) -> Worth | None:
    """Give what the rule of thumb comes to, the better of two ways to fill its groups."""
    found: list[Worth] = []
    for peer in (first_come, draw_by_rank):
        with TemporaryDirectory() as folder:
            answer = peer(Task(school, THUMB_SECONDS, SEED, Path(folder)))
        if answer.sections:
            draft = DraftPlan.of(school, (answer.sections, answer.care_groups))
            found.append(total_worth(school, draft.seats))
    return max(found, default=None)


def row_of(asked: Asked) -> dict[str, object]:
    """Construct a first plan and give its row."""
    school = aiming(asked.which.make(), asked.aim)
    began = monotonic()
    first = first_with_clubs(Session(school, Limits(LIMIT, SEED, WORKERS)))
    seconds = monotonic() - began
    thumb = by_thumb(school)
    return {
        "product": product(),
        "school": asked.name,
        "limit": LIMIT,
        "seed": SEED,
        "workers": WORKERS,
        "size": asked.size,
        "seconds": round(seconds, 2),
        "first_clubs": first and first.worth.first_clubs,
        "value": first and first.worth.points,
        "thumb_first_clubs": thumb and thumb.first_clubs,
        "thumb_value": thumb and thumb.points,
    }


def table(state: str) -> str:
    """Give the rows of a state of the program: seconds, and what the plan reaches."""
    lines = [["school and aim", "s", "at most", "first plan", "rule of thumb"], ["---"] * 5]
    for row in rows_of(SUITE, state):
        what = "first_clubs" if Aim.FIRST_CLUBS in row["school"] else "value"
        most = f"{MOST[row['size']]:g}"
        reached = row[what], row[f"thumb_{what}"]
        lines.append([row["school"], row["seconds"], most, *(x or "none" for x in reached)])
    return markdown(lines)


def main() -> None:
    """Run what is asked for from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("what", nargs="?", choices=["run", "table"], default="run")
    parser.add_argument("--sizes", nargs="+", choices=[*SEEDS], default=[*SEEDS])
    parser.add_argument("--styles", nargs="+", choices=[*STYLES], default=[*STYLES])
    options = parser.parse_args()
    if options.what == "table":
        print(table(product()))
        return
    decomposition.compile_ahead()
    known = done(SUITE, product())
    for asked in all_asked():
        wanted = asked.size in options.sizes and asked.which.style in options.styles
        if wanted and (asked.name, LIMIT, SEED, WORKERS) not in known:
            row = row_of(asked)
            append(SUITE, row)
            tell(row)


if __name__ == "__main__":
    main()
