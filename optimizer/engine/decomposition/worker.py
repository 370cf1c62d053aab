"""What one worker does: timetables, seated one after the other, then neighbourhoods."""

from random import Random

from models import Worth
from optimizer.engine.decomposition.rooms import place
from optimizer.engine.decomposition.rounding import Rounding, Spare
from optimizer.engine.decomposition.shared import Shared
from optimizer.engine.decomposition.thrift import Thrift
from optimizer.engine.decomposition.timetable import Annealer, Market
from optimizer.engine.lns.parts import PartNeighbourhoods
from optimizer.engine.lp.highs import LpProcess
from optimizer.engine.solution import Candidate
from optimizer.rules import Held, Key
from optimizer.rules.relaxation import reserve_of

MOVES_PER_SECTION, MOST_MOVES = 1000, 75_000
HOT, COLD, COOLER, COOLEST = 40.0, 2.0, 0.4, 0.15
"""Temperatures of the first annealing, in points, and how much cooler the next begin, at most."""
SPARE_SHARE, MORE_SPARE = 0.11, 0.6
"""Places in base care to spare at each slot and grade at first, as a share of a group: with fewer,
whole groups are rarely found at once; with more, seats are lost. Every second worker has so much
more of it: where time is short one of the two is likely to find a plan at its first try."""
ROOM_SECONDS = 5.0


class Worker:
    """One worker: timetables and neighbourhoods, over and over."""

    def __init__(self, shared: Shared, market: Market, number: int) -> None:
        self.shared, self.market = shared, market
        seed = shared.session.limits.seed
        self.annealer = Annealer(market, 1009 * seed + number)
        if shared.best is not None:
            self.annealer.pin(shared.best.solution, shared.pinned)
        self.random = Random(f"{seed}:{number}")
        self.share = SPARE_SHARE * (1 + number % 2 * MORE_SPARE)
        self.spare: dict[tuple[str, int], int] = {}
        """Places in base care that the last timetable had to have to spare."""

    def work(self) -> None:
        """Search until the time is over."""
        with LpProcess(self.shared.session.crew) as process:
            self._search(process)

    def _search(self, process: LpProcess) -> None:
        shared = self.shared
        clock, took, cycle = shared.session.clock, 0.0, 0
        thrift = Thrift(shared, self.market, self.random)
        while not shared.done:
            if thrift.begun:
                thrift.round()
            elif shared.left > took:
                began = clock.elapsed
                self._anneal(HOT * max(COOLER**cycle, COOLEST))
                held = self._placed()
                shared.take(self._seat(held, process))
                took = 0.0 if shared.session.repeatable else clock.elapsed - began
                cycle += 1
                if held is not None and thrift.needed:
                    thrift.begin(held, process)
            else:
                improve_parts(shared, self.random)
                break

    def _anneal(self, hot: float) -> None:
        moves = MOVES_PER_SECTION * len(self.annealer.state.way)
        self.annealer.run(min(MOST_MOVES, moves), hot, COLD)

    def _placed(self) -> dict[Key, Held] | None:
        """Give the timetable as it is now, with rooms."""
        shared, crew = self.shared, self.shared.session.crew
        given = {}
        if shared.best is not None:
            given = {k: h for k, h in shared.best.solution.held.items() if k[0] in shared.pinned}
        sections = [s for s in self.annealer.sections() if s.offer.course not in shared.pinned]
        return place(shared.school, sections, given, crew, shared.effort(ROOM_SECONDS))

    def _seat(self, held: dict[Key, Held] | None, process: LpProcess) -> Candidate | None:
        """Seat everyone on a timetable."""
        shared = self.shared
        if held is None or shared.done:
            return None
        usual = reserve_of(shared.school, self.share)
        with shared.building:
            seating = Rounding(
                shared.school, held, process, shared.effort, self.random, Spare(usual, self.spare)
            )
        found = seating.seat(Worth() if shared.best is None else shared.best.worth)
        self.spare = {key: places // 2 for key, places in seating.spared.items()}
        return found


def improve_parts(shared: Shared, random: Random) -> None:
    """Decide parts of the best plan anew until the time is over, or none seems to yield more."""
    session = shared.session
    parts = PartNeighbourhoods(shared.school, session.crew, random, session.limits.params.lns)
    while shared.best is not None and parts.useful and not shared.done:
        shared.take(parts.round(shared.best, shared.effort))
