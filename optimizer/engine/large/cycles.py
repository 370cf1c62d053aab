"""What one worker does: timetables, seated one after the other, then neighbourhoods."""

from random import Random
from typing import TYPE_CHECKING

from optimizer.engine.large.placing import place
from optimizer.engine.large.polish import Polisher
from optimizer.engine.large.seating import Seated, Seating
from optimizer.engine.large.timetable import Annealer, Market

if TYPE_CHECKING:
    from optimizer.engine.large.search import Large

MOVES_PER_SECTION, MOST_MOVES = 1000, 150_000
HOT, COLD, COOLER = 40.0, 2.0, 0.4
"""Temperatures of the first annealing, in points, and how much cooler the next ones begin."""
CYCLES = 2
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
        self.spare: dict[tuple[str, int], int] = {}
        """Places in base care that the last timetable had to have to spare."""

    def work(self) -> None:
        """Search until the time is over."""
        large = self.large
        moves = min(MOST_MOVES, MOVES_PER_SECTION * len(self.annealer.state.way))
        clock, took = large.session.clock, 0.0
        for cycle in range(CYCLES):
            if large.done or large.left < took:  # no time for one more like the last
                break
            began = clock.elapsed
            self.annealer.run(moves, HOT * COOLER**cycle, COLD)
            large.take(self._seat())
            took = 0.0 if large.session.repeatable else clock.elapsed - began
        polisher = Polisher(large.school, large.session.crew, self.random)
        while not large.done and large.best is not None and polisher.useful:
            large.take(polisher.round(large.best, large.effort))

    def _seat(self) -> Seated | None:
        """Seat everyone on the timetable as it is now."""
        large, crew = self.large, self.large.session.crew
        given = {}
        if large.best is not None:
            given = {k: h for k, h in large.best.standing.held.items() if k[0] in large.pinned}
        sections = [s for s in self.annealer.sections() if s.offer.course not in large.pinned]
        held = place(large.school, sections, given, crew, large.effort(ROOM_SECONDS))
        if held is None or large.done:
            return None
        seating = Seating(large.school, held, crew, large.effort, self.random, self.spare)
        found = seating.seat()
        self.spare = {key: places // 2 for key, places in seating.spared.items()}
        return found
