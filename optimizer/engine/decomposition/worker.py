"""What one worker does: timetables, seated one after the other, then neighbourhoods."""

from collections.abc import Mapping
from random import Random

from models import Worth
from optimizer.engine.decomposition.rooms import placed
from optimizer.engine.decomposition.rounding import Spare
from optimizer.engine.decomposition.shared import Shared
from optimizer.engine.decomposition.thrift import Thrift
from optimizer.engine.decomposition.timetable import Annealer, Market
from optimizer.engine.lns.neighbourhoods import Neighbourhoods
from optimizer.engine.lp.highs import LpProcess
from optimizer.engine.solution import Candidate
from optimizer.rules import Held, Key, reserve_of


class Worker:
    """One worker: timetables and neighbourhoods, over and over.

    Where there are several prices it takes turns with them, each worker from others on; each has a
    timetable of its own.
    """

    def __init__(self, shared: Shared, markets: list[Market], number: int) -> None:
        self.shared, self.market = shared, markets[0]
        self.params = shared.session.limits.params
        seed = shared.session.limits.seed
        own, account = self.params.annealing, shared.session.account
        turn = number % len(markets)
        self.annealers = [
            Annealer(market, 1009 * seed + number, own, account)
            for market in [*markets[turn:], *markets[:turn]]
        ]
        if shared.best is not None:
            for annealer in self.annealers:
                annealer.pin(shared.best.solution, shared.pinned)
        self.random = Random(f"{seed}:{number}")
        spare = self.params.rounding
        self.share = self.most_share = spare.spare_share * (1 + number % 2 * spare.more_spare)
        self.spare: dict[tuple[str, int], int] = {}
        """Places in base care that the last timetable had to have to spare."""

    def work(self) -> None:
        """Search until the time is over."""
        with LpProcess(self.shared.session.crew) as process:
            self._search(process)

    def _search(self, process: LpProcess) -> None:
        shared = self.shared
        session, took, cycle = shared.session, 0.0, 0
        thrift = Thrift(shared, self.market, self.random)
        while not shared.done:
            if thrift.begun:
                with session.crew.timed("purse"):
                    thrift.round()
            elif shared.left > took:
                began = session.allowance.elapsed
                annealer = self.annealers[cycle % len(self.annealers)]
                with session.crew.timed("annealing"):
                    annealer.cycle(self._ended)
                held = placed(shared, annealer.sections())
                with session.crew.timed("rounding"):
                    shared.take(self._seat(held, process))
                took = session.allowance.elapsed - began
                cycle += 1
                if held is not None and thrift.needed:
                    with session.crew.timed("purse"):
                        thrift.begin(held, process)
            else:
                improve_parts(shared, self.random)
                break

    def _ended(self) -> bool:
        """Tell whether annealing is to end at once."""
        return self.shared.session.crew.stopped or not self.shared.left

    def _seat(self, held: dict[Key, Held] | None, process: LpProcess) -> Candidate | None:
        """Seat everyone on a timetable."""
        shared = self.shared
        if held is None or shared.done:
            return None
        usual = reserve_of(shared.school, self.share)
        seating = shared.rounding(held, process, self.random, Spare(usual, self.spare))
        found = seating.seat(Worth() if shared.best is None else shared.best.worth)
        self._learn(usual, seating.spared)
        self.spare = {key: places // 2 for key, places in seating.spared.items()}
        return found

    def _learn(self, usual: int, spared: Mapping[tuple[str, int], int]) -> None:
        """Keep less to spare with the next timetable where the first try of this one was enough.

        It had places for everybody, or seats so few that nothing better could come of it.
        """
        less = self.params.rounding.less_spare
        if all(places == max(usual, self.spare.get(key, 0)) for key, places in spared.items()):
            self.share *= less
        else:
            self.share = min(self.most_share, self.share / less)


def improve_parts(shared: Shared, random: Random) -> None:
    """Decide parts of the best plan anew until the time is over, or none seems to yield more."""
    session = shared.session
    hoods = Neighbourhoods(shared.school, session.crew, random, session.limits.params.lns)
    while shared.best is not None and hoods.useful and not shared.done:
        with session.crew.timed("neighbourhoods"):
            hoods.repair(shared.best, shared.effort, shared.take)
