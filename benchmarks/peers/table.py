"""The peers side by side: each one's share of the best bound known, median over the seeds."""

import csv
from collections import defaultdict
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.best_known import SIZES, Which, best_known
from benchmarks.best_known import TABLE as BEST
from benchmarks.peers.entries import PEERS
from benchmarks.record import RESULTS, markdown

ROWS = RESULTS / "peers.csv"


class Cell(NamedTuple):
    """What stands in one row and column of the table."""

    school: str
    """Style and size."""
    limit: str
    peer: str


def share(value: int | None, bound: int | None) -> float | None:
    """Give value over bound; 0 without a plan, None without a bound."""
    if not bound:
        return None
    return round((value or 0) / bound, 4)


def table(rows: Path = ROWS, best: Path = BEST, state: str | None = None) -> str:
    """Give a Markdown table of the rows: a line a style, size and limit, a column a peer.

    Of several rows of the same peer, school, limit and seed the last counts. Shares are taken anew,
    of the best bound known by now; ``a-b`` beside a median are the worst and the best; a run
    without a plan that passed the check counts as 0. Runs that broke off through no fault of the
    peer are left out.
    """
    found: dict[Cell, list[float]] = defaultdict(list)
    for row in _last(rows):
        if state not in {None, row.get("product")}:
            continue
        which = Which.named(row["school"])
        bound = best_known(which, row["digest"], best).bound
        part = share(int(row["value"]) if row["value"] else None, bound)
        if part is not None:
            found[Cell(_line(which), row["limit"], row["peer"])].append(part)
    lines = list(dict.fromkeys((cell.school, cell.limit) for cell in found))
    peers = [peer for peer in PEERS if any(cell.peer == peer for cell in found)]
    head = ["school", "s", "schools", *peers]
    text = [head, ["---"] * len(head)]
    for school, limit in lines:
        cells = [found.get(Cell(school, limit, peer), []) for peer in peers]
        text.append([school, limit, str(max(map(len, cells))), *map(_cell, cells)])
    return markdown(text)


def have(state: str, peer: str, school: str, limit: float, seed: int, rows: Path = ROWS) -> bool:
    """Tell whether a state of the program has a row of a peer's run on a school."""
    wanted = state, peer, school, limit, seed
    return any(
        (row.get("product"), row["peer"], row["school"], float(row["limit"]), int(row["seed"]))
        == wanted
        for row in _last(rows)
    )


def _last(rows: Path) -> list[dict[str, str]]:
    if not rows.exists():
        return []
    with rows.open(newline="", encoding="utf-8") as file:
        keyed = {
            (row["peer"], row["school"], row["digest"], row["limit"], row["seed"]): row
            for row in csv.DictReader(file)
            if row["status"] != "FAULT"
        }
    return list(keyed.values())


def _line(which: Which) -> str:
    sizes = {size: name for name, size in SIZES.items()}
    size = (which.students, which.courses)
    return f"{which.style} {sizes.get(size, f'{size[0]}/{size[1]}')}"


def _cell(shares: list[float]) -> str:
    if not shares:
        return ""
    middle = f"{100 * median(shares):.1f} %"
    if len(shares) == 1:
        return middle
    return f"{middle} ({100 * min(shares):.1f}-{100 * max(shares):.1f})"
