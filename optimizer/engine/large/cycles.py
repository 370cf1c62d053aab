"""What one worker does: timetables, seated one after the other, then neighbourhoods."""

from random import Random
from typing import TYPE_CHECKING

from models import Worth
from optimizer.engine.large.placing import place
from optimizer.engine.large.polish import Polisher
from optimizer.engine.large.seating import Seated, Seating
from optimizer.engine.large.timetable import Annealer, Market
from optimizer.engine.lp import LpProcess
from optimizer.rules.relaxation import reserve_of

if TYPE_CHECKING:
    from optimizer.engine.large.search import Large

MOVES_PER_SECTION, MOST_MOVES = 1000, 75_000
HOT, COLD, COOLER, COOLEST = 40.0, 2.0, 0.4, 0.15
"""Temperatures of the first annealing, in points, and how much cooler the next begin, at most."""
SPARE_SHARE, MORE_SPARE = 0.11, 0.6
"""Places in base care to spare at each slot and grade at first, as a share of a group: with fewer,
whole groups are rarely found at once; with more, seats are lost. Every second worker has so much
more of it: where time is short one of the two is likely to find a plan at its first try."""
ROOM_SECONDS = 5.0


class Worker:
    """One worker's cycles."""

    def __init__(self, large: "Large", market: Market, number: int) -> None:
        self.large, self.market = large, market
        seed = large.session.limits.seed
        self.annealer = Annealer(market, 1009 * seed + number)
        if large.best is not None:
            self.annealer.pin(large.best.standing, large.pinned)
        self.random = Random(f"{seed}:{number}")
        self.share = SPARE_SHARE * (1 + number % 2 * MORE_SPARE)
        self.spare: dict[tuple[str, int], int] = {}
        """Places in base care that the last timetable had to have to spare."""

    def work(self) -> None:
        """Search until the time is over."""
        with LpProcess(self.large.session.crew) as process:
            self._search(process)

    def _search(self, process: LpProcess) -> None:
        large = self.large
        clock, took, cycle = large.session.clock, 0.0, 0
        polisher = Polisher(large.school, large.session.crew, self.random)
        while not large.done:
            if large.left > took:
                began = clock.elapsed
                self._anneal(HOT * max(COOLER**cycle, COOLEST))
                large.take(self._seat(process))
                took = 0.0 if large.session.repeatable else clock.elapsed - began
                cycle += 1
            elif large.best is None or not polisher.useful:
                break
            else:
                large.take(polisher.round(large.best, large.effort))

    def _anneal(self, hot: float) -> None:
        moves = MOVES_PER_SECTION * len(self.annealer.state.way)
        self.annealer.run(min(MOST_MOVES, moves), hot, COLD)

    def _seat(self, process: LpProcess) -> Seated | None:
        """Seat everyone on the timetable as it is now."""
        large, crew = self.large, self.large.session.crew
        given = {}
        if large.best is not None:
            given = {k: h for k, h in large.best.standing.held.items() if k[0] in large.pinned}
        sections = [s for s in self.annealer.sections() if s.offer.course not in large.pinned]
        held = place(large.school, sections, given, crew, large.effort(ROOM_SECONDS))
        if held is None or large.done:
            return None
        usual = reserve_of(large.school, self.share)
        with large.building:
            seating = Seating(
                large.school, held, process, large.effort, self.random, usual, self.spare
            )
        found = seating.seat(Worth() if large.best is None else large.best.worth)
        self.spare = {key: places // 2 for key, places in seating.spared.items()}
        return found
