"""One LP-heavy thread against CP-SAT's portfolio, on rounds and on whole schools.

    python -m benchmarks.threads

A round (most of the timetable fixed, all seats free) is timed until it is proved, at most 10 s; the
whole school is given 15 s and says what value and bound it reached.
"""

from random import Random
from time import perf_counter

from benchmarks.record import append, tell
from instances import StyleName, generate
from models import School
from optimizer.engine.limits import Clock, Limits
from optimizer.engine.lns.improve import Improver
from optimizer.engine.lns.neighbourhoods import COURSES, Neighbourhoods
from optimizer.engine.lns.repair import Standing
from optimizer.engine.objective import objective_at, simple_bound, value
from optimizer.engine.solution import Solution
from optimizer.engine.solver import Crew, Effort, Status, hint
from optimizer.rules import Model, build

ROUNDS, ROUND_LIMIT, WHOLE_LIMIT = 6, 10.0, 15.0


def started(school: School) -> tuple[Model, Improver]:
    """Give the school's model and an improver that has worked on it for a while."""
    model = build(school)
    objective = value(model)
    crew = Crew()
    first = crew.run(model.cp, Effort(30.0, 1))
    if first.solution is None:
        raise RuntimeError("no first plan in 30 s")
    model.cp.maximize(objective)
    at = objective_at(objective, first.solution)
    limits = Limits(20.0, 1, 2)
    improver = Improver(
        model, limits, Clock(1000.0), crew, first.solution, at, simple_bound(school)
    )
    improver.improve(20.0, lambda *_: None)
    return model, improver


def rounds(model: Model, improver: Improver, threads: int) -> dict[str, object]:
    """Time the same rounds with so many threads: seconds in all, and how many were proved."""
    school, solution = model.school, improver.solution
    hoods = Neighbourhoods(school, Crew(), Random(1), kinds=COURSES)
    plan = Solution(school).after(model, solution)
    standing, proved, start = Standing(model, len(model.seat)), 0, perf_counter()
    for _ in range(ROUNDS):
        cp = standing.around(hoods.free(hoods.choice.choose(), plan), solution)
        found = Crew().solve(cp, Effort(ROUND_LIMIT, 1, threads=threads))
        proved += found.status is Status.OPTIMAL
    return {"seconds": round(perf_counter() - start, 1), "proved": f"{proved}/{ROUNDS}"}


def whole(model: Model, improver: Improver, threads: int) -> dict[str, object]:
    """Run the whole model from the plan reached."""
    cp = model.cp.clone()
    hint(cp, improver.solution)
    found = Crew().solve(cp, Effort(WHOLE_LIMIT, 1, threads=threads))
    return {"value": found.objective, "bound": found.bound}


def main() -> None:
    """Record a row for each style and number of threads."""
    styles: tuple[StyleName, ...] = ("clubhour", "mixed", "nine-year")
    for style in styles:
        model, improver = started(generate(style, 120, 12, 0).school)
        for threads in (1, 2, 8):
            row: dict[str, object] = {"style": style, "threads": threads}
            row |= rounds(model, improver, threads) | whole(model, improver, threads)
            append("threads", row)
            tell(row)


if __name__ == "__main__":
    main()
