"""Where the purse is short: plans in which whole groups of base care are saved.

Clubs save whole groups of base care, each only once enough children of a grade have a seat at one
slot. Seats relaxed and rounded under a purse that base care alone would exhaust come to nothing.
So a timetable is made of the program with whole groups (``counted``), and seated with groups in
whole numbers (``Rounding.seat_whole``), as annealed ones are. Where that spends too much, the
cheapest timetables there are get seated. Where nothing of that kind yields a plan, a
timetable is seated with money no object, and neighbourhoods of a few courses, in which what is
spent beyond the purse has a price that rises, bring the plan within it (``lns.purse``). From
there the same neighbourhoods go on within the purse.
"""

from collections.abc import Mapping
from random import Random

from models import School, Worth
from optimizer.checks import foresee
from optimizer.engine.decomposition.counted import cheapest_timetables, counted_timetable
from optimizer.engine.decomposition.rooms import placed
from optimizer.engine.decomposition.rounding import Spare
from optimizer.engine.decomposition.shared import Shared
from optimizer.engine.decomposition.timetable import Market
from optimizer.engine.lns.neighbourhoods import Neighbourhoods
from optimizer.engine.lns.purse import bring_within, purse_neighbourhoods
from optimizer.engine.lp.highs import LpProcess
from optimizer.engine.solution import Candidate
from optimizer.engine.solver import Effort
from optimizer.ledger.tariffs import budget_limits
from optimizer.rules import Held, Key, relax, reserve_of
from optimizer.rules.budget import PARTS
from optimizer.rules.relaxation import Relaxation


def care_is_dear(school: School, times: float) -> bool:
    """Tell whether base care alone, so many times, costs more than there is."""
    limits = [limit.limit_fen for limit in budget_limits(school)]
    return bool(limits) and min(limits) < times * foresee(school).care_fen


def count_first(shared: Shared, random: Random) -> bool:
    """Make a plan of a timetable in which groups are whole; tell whether one was found.

    What it spends beyond the purse once students are whole as well is saved by neighbourhoods.
    """
    params, program = shared.session.limits.params.thrift, relax(shared.school)
    if len(program.seat) > params.counted_seats:
        return False
    price = max(1, round(params.counted_price * shared.session.bound / PARTS))
    with LpProcess(shared.session.crew) as process:
        effort = shared.effort(params.counted_share * shared.left)
        with shared.session.crew.timed("whole_groups"):
            sections = counted_timetable(program, process, effort, price, params)
        held = None if sections is None else placed(shared, sections)
        if shared.done:
            return False
        found = None
        if held is not None:
            with shared.session.crew.timed("rounding"):
                dear = round(params.dearer_seats * price)
                found = seat_whole(shared, held, random, process, dear)
        if found is not None and not found.overspent:
            return shared.take(found)
        taken = _cheapest(shared, program, random, process)
    if found is None or taken:
        return taken
    neighbourhoods = _neighbourhoods(shared, random)
    found = bring_within(
        found,
        neighbourhoods,
        shared.effort,
        lambda _: shared.done,
        params.counted_price,
        params,
    )
    return shared.take(found)


def _cheapest(shared: Shared, program: Relaxation, random: Random, process: LpProcess) -> bool:
    """Seat everyone on timetables of least pay; tell whether one came of it within the purse."""
    crew, params, taken = shared.session.crew, shared.session.limits.params.thrift, False

    def effort() -> Effort:
        return shared.effort(params.counted_share * shared.left)

    timetables = cheapest_timetables(program, process, effort, params)
    while not shared.done:
        with crew.timed("whole_groups"):
            sections = next(timetables, None)
        if sections is None:
            break
        held = placed(shared, sections)
        if held is not None and not shared.done:
            with crew.timed("rounding"):
                taken |= shared.take(seat_whole(shared, held, random, process))
    return taken


def seat_whole(
    shared: Shared,
    held: Mapping[Key, Held],
    random: Random,
    process: LpProcess,
    penalty: int | None = None,
) -> Candidate | None:
    """Seat everyone on a timetable with groups in whole numbers.

    Parameters
    ----------
    penalty
        Points for each part of a purse that is spent beyond it; None: nothing may be.
    """
    rounding = shared.rounding(held, process, random, Spare(0), penalty)
    best = Worth() if shared.best is None else shared.best.worth
    share = shared.session.limits.params.thrift.seated_share
    return rounding.seat_whole(best, share * shared.left)


def improve_courses(shared: Shared, random: Random) -> None:
    """Decide a few courses of the best plan anew, over and over, within the purse."""
    neighbourhoods = _neighbourhoods(shared, random)
    while shared.best is not None and not shared.done:
        with shared.session.crew.timed("neighbourhoods"):
            neighbourhoods.repair(shared.best, shared.effort, shared.take)


def _neighbourhoods(shared: Shared, random: Random) -> Neighbourhoods:
    session = shared.session
    return purse_neighbourhoods(shared.school, session.crew, random, session.limits.params)


class Thrift:
    """One worker's plan where money is short."""

    def __init__(self, shared: Shared, market: Market, random: Random) -> None:
        self.shared, self.market, self.random = shared, market, random
        self.limited = bool(budget_limits(shared.school))
        self.params = shared.session.limits.params.thrift
        self.neighbourhoods = _neighbourhoods(shared, random)
        self.begun = False
        self._until = 0.0

    @property
    def needed(self) -> bool:
        """Whether there is a purse, and the best plan is far from what the program reaches."""
        shared = self.shared
        if not self.limited or shared.done or not self.neighbourhoods.courses:
            return False
        points = 0 if shared.best is None else shared.best.worth.points
        return points < (1 - self.params.short) * self._points_reached

    @property
    def _points_reached(self) -> float:
        """Points of the program's solution, what first clubs count besides left out."""
        return min(self.market.reached, self.shared.session.bound)

    def begin(self, held: Mapping[Key, Held], process: LpProcess) -> None:
        """Seat everyone on a timetable with money no object, and bring that within the purse."""
        shared = self.shared
        shared.take(seat_whole(shared, held, self.random, process))
        self.begun = shared.best is not None and shared.best.worth.points > 0
        if self.begun or shared.done:
            return
        spare = reserve_of(shared.school, self.params.spare_share)
        rounding = shared.rounding(held, process, self.random, Spare(spare), penalty=0)
        found = rounding.seat(Worth())
        if found is None:
            return
        self.begun = bool(found.overspent)
        self._until = (1 - self.params.bringing_share) * shared.left
        effort, params = shared.effort, self.params
        shared.take(bring_within(found, self.neighbourhoods, effort, self._ended, params=params))

    def _ended(self, candidate: Candidate) -> bool:
        """Tell whether there is no time, or a plan that is as good already."""
        shared, best = self.shared, self.shared.best
        if best is not None and best.worth.points and shared.left < self._until:
            return True
        better = best is not None and best.worth >= candidate.worth
        return shared.done or better

    def round(self) -> None:
        """Decide one neighbourhood of the best plan anew, within the purse."""
        shared = self.shared
        if shared.best is None:
            self.begun = False
            return
        self.neighbourhoods.repair(shared.best, shared.effort, shared.take)
