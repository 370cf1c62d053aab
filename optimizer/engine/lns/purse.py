"""Neighbourhoods where the purse is short, at a price for what is spent beyond it."""

from collections.abc import Callable
from random import Random

from models import School
from optimizer.engine.lns.neighbourhoods import Efforts, Neighbourhoods, Sizes
from optimizer.engine.lns.repair import Terms
from optimizer.engine.objective import weighed
from optimizer.engine.params import DEFAULTS, SearchParams, ThriftParams
from optimizer.engine.solution import Candidate
from optimizer.engine.solver import Crew
from optimizer.rules.budget import PARTS

KINDS = ("students", "courses", "slots")
"""What is saved is saved at a slot, by all that meets then."""


def purse_neighbourhoods(
    school: School, crew: Crew, random: Random, params: SearchParams = DEFAULTS
) -> Neighbourhoods:
    """Give neighbourhoods of few courses, and of as many students as may be."""
    thrift = params.thrift
    courses = thrift.courses_first, thrift.courses_fewest, thrift.courses_most
    students = thrift.most_seated, thrift.students_fewest, thrift.most_seated
    sizes = Sizes(students, courses, thrift.students_around)
    return Neighbourhoods(school, crew, random, params.lns, sizes, KINDS)


def penalty_for(school: School, candidate: Candidate, times: float) -> int:
    """Give points for each part of a purse spent beyond it: a whole one outweighs all points."""
    return max(1, round(times * weighed(school, candidate.worth) / PARTS))


def bring_within(
    candidate: Candidate,
    neighbourhoods: Neighbourhoods,
    effort: Efforts,
    ended: Callable[[Candidate], bool],
    dear: float | None = None,
    params: ThriftParams = DEFAULTS.thrift,
) -> Candidate | None:
    """Bring a plan that spends too much within its purse; None if time ran out before.

    At a price for what is beyond it, which rises where that does not help.

    Parameters
    ----------
    dear
        The price of a whole purse at first, as a multiple of all points; None: the usual one.
    """
    times, vain = params.dear if dear is None else dear, 0
    best = candidate

    def take(found: Candidate | None) -> bool:
        nonlocal best, vain
        less = found is not None and found.overspent < best.overspent
        best, vain = found or best, 0 if less else vain + 1
        return less

    while best.overspent and not ended(best):
        price = penalty_for(neighbourhoods.school, best, times)
        neighbourhoods.repair(best, effort, take, Terms(penalty=price))
        if vain >= params.patience:
            times, vain = times * params.dearer, 0
    return None if best.overspent else best
