"""Time, memory and gap against the number of students, from 300 to 10,000.

python -m benchmarks.scaling                  # style mixed, 60 s each, from 5,000 students on 180 s
python -m benchmarks.scaling --styles clubhour mixed nine-year
python -m benchmarks.scaling table            # the rows of this state as Markdown, and the figure

Each school is planned by the command in a process of its own; what this state of the program has a
row of, here or in the suite of ``benchmarks.solve``, is left out. A course to 20 students up to
1,000 of them, to 25 beyond.
"""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.best_known import Which
from benchmarks.record import append, markdown, product, tell
from benchmarks.solve import Task, done, row_of, rows_of
from instances import STYLES
from optimizer.report.png import new_figure, write_png

STUDENTS = 300, 600, 1000, 2000, 3000, 5000, 7500, 10_000
LARGE, LIMIT, LARGE_LIMIT = 5000, 60.0, 180.0
SUITE, ALSO = "scaling", "suite"
FIGURE = Path(__file__).parent / "scaling.png"
COLUMNS = (
    ("first plan with clubs, s", "first_clubs_s"),
    ("within 5 % of the bound, s", "within_5_s"),
    ("gap", "gap"),
    ("plan written, s", "seconds"),
    ("peak memory, MB", "peak_mb"),
)


def tasks(styles: Sequence[str], sizes: Sequence[int]) -> Iterator[Task]:
    """Give the schools, small ones first."""
    for students in sizes:
        courses = students // (20 if students <= 1000 else 25)
        for style in STYLES:
            if style in styles:
                which = Which(style, students, max(24, courses), 0)
                yield Task(
                    which.name, which.make, LARGE_LIMIT if students >= LARGE else LIMIT, which
                )


def rows(state: str) -> list[dict[str, str]]:
    """Give the rows of a state of the program, those of the suite for the same schools too."""
    there = {row["school"]: row for row in rows_of(SUITE, state)}
    styles = {Which.named(name).style for name in there}
    limits = {task.name: task.seconds for task in tasks([*styles], STUDENTS)}
    for row in rows_of(ALSO, state):
        if limits.get(row["school"]) == float(row["limit"]) and row["seed"] == "1":
            there.setdefault(row["school"], row)
    return sorted(there.values(), key=lambda row: _size(row["school"]))


def _size(name: str) -> tuple[int, int]:
    which = Which.named(name)
    return STYLES.index(which.style), which.students


def table(state: str) -> str:
    """Give the rows of a state of the program as Markdown."""
    lines = [["school", *(head for head, _ in COLUMNS)], ["---"] * (1 + len(COLUMNS))]
    lines += [[row["school"], *(_cell(row, name) for _, name in COLUMNS)] for row in rows(state)]
    return markdown(lines)


def _cell(row: dict[str, str], name: str) -> str:
    return f"{100 * float(row[name]):.2f} %" if name == "gap" and row[name] else row[name]


def draw(state: str, path: Path = FIGURE) -> None:
    """Draw seconds and memory against students, a line a style."""
    figure = new_figure(9.0, 3.6, 110)
    kinds = (("within_5_s", "seconds until within 5 %"), ("peak_mb", "peak memory, MB"))
    for number, (name, label) in enumerate(kinds):
        axes = figure.add_axes((0.08 + 0.5 * number, 0.16, 0.4, 0.76))
        lines: dict[str, list[tuple[int, float]]] = {}
        for row in rows(state):
            which = Which.named(row["school"])
            if row[name]:
                lines.setdefault(which.style, []).append((which.students, float(row[name])))
        for (style, points), mark in zip(lines.items(), "os^D", strict=False):
            axes.plot(*zip(*points, strict=True), marker=mark, label=style)
        axes.set_xlabel("students")
        axes.set_ylabel(label)
        axes.set_ylim(bottom=0)
        axes.grid(color="#D5DAE1", linewidth=0.6)
        if lines:
            axes.legend(frameon=False)
    write_png(figure, path, state, force=True)


def main() -> None:
    """Plan the schools, or print the table and draw the figure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", nargs="?", choices=["run", "table"], default="run")
    parser.add_argument("--styles", nargs="+", choices=STYLES, default=["mixed"])
    parser.add_argument("--students", nargs="+", type=int, default=STUDENTS)
    options = parser.parse_args()
    state = product()
    if options.what == "table":
        print(table(state))
        if rows_of(SUITE, state):
            draw(state)
        return
    known = done(SUITE, state) | done(ALSO, state)
    for task in tasks(options.styles, options.students):
        if (task.name, task.seconds, 1, 2) in known:
            print(f"{task.name}: this state has a row of it", flush=True)
            continue
        row = row_of(task, task.make(), task.seconds, 1, 2)
        append(SUITE, row)
        tell(row)


if __name__ == "__main__":
    main()
