"""The best plan's value and the best proved bound that any method ever reached, by school.

Kept in ``best_known.csv``, one row a generated school. A row only ever improves: the value rises,
the bound falls. It names the digest of the school it speaks of, so that a change of the generator
does not leave figures of other data behind.
"""

import csv
import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks.aims import for_points
from instances import STYLES, StyleName, generate
from models import School
from optimizer.writing import writing

TABLE = Path(__file__).with_name("best_known.csv")
COLUMNS = ("style", "students", "courses", "seed", "digest", "value", "bound")
SIZES: dict[str, tuple[int, int]] = {
    "tiny": (120, 12),
    "S": (300, 24),
    "M": (1000, 50),
    "L": (2000, 100),
    "XL": (5000, 200),
}
"""Students and courses of the suite's sizes."""
ALL_DAY: dict[str, tuple[int, int]] = {
    "tiny": (150, 30),
    "S": (400, 40),
    "M": (1000, 60),
    "L": (2000, 80),
}
"""The same for the style ``all-day``, in which each student takes many courses."""


def sizes_of(style: StyleName) -> dict[str, tuple[int, int]]:
    """Give students and courses of the sizes that there are of a style."""
    return ALL_DAY if style == "all-day" else SIZES


class Which(NamedTuple):
    """A generated school, named by what it is made from."""

    style: StyleName
    students: int
    courses: int
    seed: int

    @property
    def name(self) -> str:
        """The name in tables of results."""
        return f"{self.style}-{self.students}-{self.courses}-{self.seed}"

    @classmethod
    def named(cls, name: str) -> "Which":
        """Give what a name in tables of results stands for.

        Raises
        ------
        ValueError
            If it is none.
        """
        style, *numbers = name.rsplit("-", 3)
        students, courses, seed = map(int, numbers)
        for known in STYLES:
            if known == style:
                return cls(known, students, courses, seed)
        raise ValueError(f"{name}: there is no style {style}")

    def make(self) -> School:
        """Generate the school, with points alone as its aim."""
        return for_points(generate(*self).school)


class Best(NamedTuple):
    """The best known of a school: value of a checked plan, and a proved bound."""

    digest: str = ""
    value: int | None = None
    bound: int | None = None


class ContradictionError(ValueError):
    """A value above a bound: one of the two is wrong."""


def best_known(which: Which, digest: str, table: Path = TABLE) -> Best:
    """Give what is known of a school; nothing if what is known is of other data."""
    found = _read(table).get(which, Best())
    return found if found.digest == digest else Best(digest)


def update(
    which: Which,
    digest: str,
    value: int | None = None,
    bound: int | None = None,
    table: Path = TABLE,
) -> Best:
    """Note a checked plan's value, a proved bound, or both; give what is known now.

    Several processes may do so at once: they take turns, and the table is replaced whole.

    Raises
    ------
    ContradictionError
        If the value is above the bound that is known now; the table stays as it was.
    """
    with _turn(table):
        rows = _read(table)
        old = rows.get(which, Best())
        if old.digest != digest:
            old = Best(digest)
        new = Best(digest, _better(max, old.value, value), _better(min, old.bound, bound))
        if new.value is not None and new.bound is not None and new.value > new.bound:
            raise ContradictionError(f"{which.name}: value {new.value} above bound {new.bound}")
        if new not in (old, Best(digest)):
            _write(table, rows | {which: new})
    return new


def _better(choose: Callable[[list[int]], int], old: int | None, new: int | None) -> int | None:
    known = [n for n in (old, new) if n is not None]
    return choose(known) if known else None


def _read(table: Path) -> dict[Which, Best]:
    if not table.exists():
        return {}
    with table.open(newline="", encoding="utf-8") as file:
        return dict(_row(row) for row in csv.DictReader(file))


def _row(row: dict[str, str]) -> tuple[Which, Best]:
    style: StyleName = row["style"]  # type: ignore[assignment]
    which = Which(style, int(row["students"]), int(row["courses"]), int(row["seed"]))
    value, bound = (int(row[key]) if row[key] else None for key in ("value", "bound"))
    return which, Best(row["digest"], value, bound)


def _write(table: Path, rows: dict[Which, Best]) -> None:
    with (
        writing(table, force=True) as temporary,
        temporary.open("w", newline="", encoding="utf-8") as file,
    ):
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((*which, *best) for which, best in sorted(rows.items()))


@contextmanager
def _turn(table: Path) -> Iterator[None]:
    """Wait until no other process is at the table's folder."""
    handle = os.open(table.parent, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
