"""What it costs to put first clubs before points: the same schools with either aim.

python -m benchmarks.first_clubs suite                  # generated schools, as in benchmarks.solve
python -m benchmarks.first_clubs suite --sizes S --styles mixed
python -m benchmarks.first_clubs SCHOOL.xlsx            # any school
python -m benchmarks.first_clubs suite --styles mixed --relaxed  # of their linear programs

What a search reaches in a given time depends on the machine, and the aim that is searched worse
loses by it; what the linear programs of the schools lose does not.
"""

import argparse
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.aims import aiming
from benchmarks.record import append, tell
from benchmarks.solve import SUITES, USUAL, Task, add_choice
from models import Aim, Plan, School
from optimizer.checks import verify
from optimizer.engine import Limits, solve
from optimizer.engine.lp.highs import solve_here
from optimizer.engine.objective import first_weight
from optimizer.files import read_school
from optimizer.report import envied, first_choices, summary
from optimizer.rules import relax

OFTEN, RELAXED_SECONDS = 200, 600.0
"""How often first clubs count in a linear program where they come first, and its time."""
AIMS = (Aim.MOST_POINTS, Aim.FIRST_CLUBS)


def row(name: str, school: School, plan: Plan) -> dict[str, object]:
    """Give what a plan reaches in points and in first clubs."""
    figures, made = summary(school, plan), plan.provenance
    choices = (f"{g.clubs}: {g.granted}/{g.students}" for g in first_choices(school, plan))
    return {
        "school": name,
        "limit": made.time_limit_seconds,
        "seed": made.seed,
        "workers": made.workers,
        "aim": school.settings.weights.aim.value,
        "engine": made.engine,
        "status": plan.status.value,
        "seconds": made.seconds,
        "value": plan.value,
        "bound": plan.bound,
        "wishing": figures.wishing,
        "first_clubs": plan.first_clubs,
        "first_clubs_bound": plan.first_clubs_bound,
        "first_points": plan.first_points,
        "first_points_bound": plan.first_points_bound,
        "first_choices": " ".join(choices),
        "envied": envied(school, plan),
        "findings": len(verify(school, plan)),
    }


def relaxed_points(school: School, times: int) -> float:
    """Give the points of the best solution of the school's linear program, first clubs first.

    ``times`` is how often their points count; 0: only points do.
    """
    being = first_weight(school)[1]
    program = relax(school, first_weight=(times, being))
    solution = solve_here(program.lp, RELAXED_SECONDS)
    if solution is None:
        raise SystemExit(f"{school.settings.id}: no solution in {RELAXED_SECONDS:.0f} s")
    gain = relax(school).lp.gain  # the columns of points come first, in the same order
    return sum(g * float(x) for g, x in zip(gain, solution.values, strict=False))


def relaxed(name: str, school: School) -> float:
    """Record what first clubs cost in the linear program; give the share of the points."""
    points, first = relaxed_points(school, 0), relaxed_points(school, OFTEN)
    cost = 1 - first / points
    found = {
        "school": name,
        "most_points": round(points, 1),
        "first_clubs": round(first, 1),
        "cost": round(cost, 4),
    }
    append("first_clubs_relaxed", found)
    return cost


def searched(name: str, school: School, limits: Limits) -> float:
    """Plan with either aim and record it; give the share of the points that the second costs."""
    values = []
    for aim in AIMS:
        aimed = aiming(school, aim)
        plan = solve(aimed, limits)
        found = row(name, aimed, plan)
        append("first_clubs", found)
        tell(found)
        values.append(plan.value)
    return 1 - values[1] / values[0] if values[0] else 0.0


def schools(options: argparse.Namespace) -> Iterator[Task]:
    """Give the schools of a suite, or the one in a file."""
    if options.suite in SUITES:
        yield from SUITES[options.suite](options)
    else:
        path = Path(options.suite)
        yield Task(path.stem, partial(read_school, path), USUAL)


def main() -> None:
    """Plan each school with both aims and say what the second costs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("suite", help=f"{', '.join(SUITES)} or a school's file")
    add_choice(parser)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--relaxed", action="store_true", help="linear programs only")
    parser.add_argument("--limit", type=float, help="seconds, instead of the suite's own")
    options = parser.parse_args()
    costs = []
    for task in schools(options):
        school = task.make()
        limits = Limits(options.limit or task.seconds, 1, options.workers)
        found = (
            relaxed(task.name, school) if options.relaxed else searched(task.name, school, limits)
        )
        costs.append(found)
        print(f"{task.name}: first clubs cost {found:.2%} of the points", flush=True)
    if costs:
        mean = sum(costs) / len(costs)
        print(f"{len(costs)} schools: {mean:.2%} on average, {max(costs):.2%} at most")


if __name__ == "__main__":
    main()
