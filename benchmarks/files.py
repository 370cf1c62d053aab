"""Read, validate and write at the size of 5,000 students; record the seconds.

python -m benchmarks.files                  # 5,000 students, 200 courses
python -m benchmarks.files --students 20000 --courses 800
"""

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from benchmarks.record import append, tell
from instances import Generated, StyleName, generate
from optimizer.checks import verify
from optimizer.files import read_school, write_school
from optimizer.report import write_plan_workbook


def timed(step: Callable[[], object]) -> float:
    """Give the seconds a step takes."""
    start = perf_counter()
    step()
    return round(perf_counter() - start, 2)


def measure(made: Generated, folder: Path) -> dict[str, object]:
    """Time writing and reading the school, checking its witness and writing that as a workbook."""
    school, plan = folder / "school.xlsx", folder / "plan.xlsx"
    return {
        "write_school_s": timed(lambda: write_school(made.school, school)),
        "read_school_s": timed(lambda: read_school(school)),
        "verify_s": timed(lambda: verify(made.school, made.witness)),
        "write_plan_s": timed(lambda: write_plan_workbook(made.school, made.witness, plan)),
    }


def main() -> None:
    """Time each step once and record a row a style."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--students", type=int, default=5000)
    parser.add_argument("--courses", type=int, default=200)
    options = parser.parse_args()
    styles: tuple[StyleName, ...] = ("clubhour", "mixed", "nine-year")
    for style in styles:
        start = perf_counter()
        made = generate(style, options.students, options.courses, 0)
        row: dict[str, object] = {
            "style": style,
            "students": options.students,
            "wishes": len(made.school.wishes),
            "generate_s": round(perf_counter() - start, 2),
        }
        with tempfile.TemporaryDirectory() as folder:
            row |= measure(made, Path(folder))
        append("files", row)
        tell(row)


if __name__ == "__main__":
    main()
