"""The bound of a school by the prices of its linear programs, the small one first.

With few students the second one gives each seat a time (``relaxation.seats``): it says more, and
takes some ten times as long.
"""

from collections.abc import Iterator

from models import Prices, School
from optimizer.engine.lp.highs import LpProcess
from optimizer.engine.solver import Crew, Effort
from optimizer.rules import count_timed, relax
from optimizer.rules.relaxation import price_list


def linear_bounds(
    school: School, effort: Effort, timed_effort: Effort, crew: Crew, most_timed: int
) -> Iterator[Prices]:
    """Give prices that bound the points of all plans (``optimizer.checks.proved_bound``).

    Parameters
    ----------
    effort, timed_effort
        What the first program, and the one with times, may take at most.
    most_timed
        Seats with a time that the second may have; with more there is the first only.
    """
    program = relax(school)
    timed = 0 < count_timed(program) <= most_timed
    with LpProcess(crew) as process:
        with crew.timed("bound"):
            solution = process.solve(program.lp, effort)
        if solution is None:
            return
        yield price_list(program, solution.duals)
        if timed and not crew.stopped:
            program = relax(school, timed=True)
            with crew.timed("bound"):
                solution = process.solve(program.lp, timed_effort)
            if solution is not None:
                yield price_list(program, solution.duals)
