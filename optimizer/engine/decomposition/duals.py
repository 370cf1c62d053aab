"""The two linear programs of a school, solved side by side.

The exact one gives the bound. The guide, with some places in base care to spare, gives prices: what
staff, rooms, money and places in base care are worth (its dual values). Meanwhile the arrays for
the annealing are made.
"""

import threading

from models import School
from optimizer.engine.decomposition.arrays import Arrays, make_arrays
from optimizer.engine.decomposition.timetable import Market, read_prices
from optimizer.engine.lp.bounding import linear_bounds
from optimizer.engine.lp.highs import LpProcess, LpSolution
from optimizer.engine.objective import counts_firsts, first_weight
from optimizer.engine.session import Session
from optimizer.engine.solver import Effort
from optimizer.rules import relax
from optimizer.rules.relaxation import Relaxation


def guide_weight(school: School, most: int) -> tuple[int, int]:
    """Give how often points of first clubs count in guide and timetable, and points for being one.

    At most so often, which is less than where seats are given: prices and temperatures are for
    points.
    """
    if not counts_firsts(school):
        return 0, 0
    times, being = first_weight(school)
    return min(times, most), being


class Programs:
    """What comes of the programs of one search; each step in a thread of its own."""

    def __init__(self, session: Session) -> None:
        self.session, self.school = session, session.school
        self.params = session.limits.params.duals
        alone = self.school.settings.base_care.grade_span == 1
        self.weight = guide_weight(self.school, self.params.first_times)
        self.reserve = self.params.alone_reserve if alone else self.params.care_reserve
        self.guide = self._relaxed(self.reserve)
        self._tables: Arrays | None = None
        self._markets: list[Market] = []
        self._arranged, self._priced = threading.Event(), threading.Event()

    def _relaxed(self, reserve: float) -> Relaxation:
        return relax(self.school, reserve, first_weight=self.weight)

    def arrange(self) -> None:
        """Make the arrays."""
        try:
            self._tables = make_arrays(self.guide, self.weight)
        finally:
            self._arranged.set()

    def price(self, effort: Effort) -> None:
        """Solve the guide and, once there are arrays, read its prices."""
        try:
            with self.session.crew.timed("prices"):
                found = self._solved(effort)
            self._arranged.wait()
            tables = self._tables
            for guide, solution in found:
                assert tables is not None
                prices = read_prices(guide, tables, solution, self.params.thrift)
                self._markets.append(Market(guide, tables, prices, solution.objective))
        finally:
            self._priced.set()

    def _solved(self, effort: Effort) -> list[tuple[Relaxation, LpSolution]]:
        """Solve the guide and, where that may be better, others with fewer places to spare.

        Where the places cost too much of the purse, the one without any comes first.
        """
        crew, params = self.session.crew, self.params
        rows = self.guide.money_rows.values()
        with LpProcess(crew) as process:

            def solved(program: Relaxation) -> list[tuple[Relaxation, LpSolution]]:
                solution = None if crew.stopped else process.solve(program.lp, effort)
                return [] if solution is None else [(program, solution)]

            found = solved(self.guide)
            full = found[0][1] if found else None
            if len(self.school.students) <= params.fewer_students:
                for share in params.fewer:
                    found += solved(self._relaxed(share * self.reserve))
            if rows and (full is None or any(full.duals[row] > 0 for row in rows)):
                for bare, other in solved(self._relaxed(0.0)):
                    enough = (1 - params.reserve_costs) * other.objective
                    if full is None or full.objective < enough:
                        found.insert(0, (bare, other))
        return found

    def bound(self, effort: Effort, timed: Effort) -> None:
        """Solve the exact programs and tell the session the prices that prove their bounds.

        The second, in which seats have times, has an effort of its own.
        """
        most, crew = self.session.limits.params.bound.most_timed, self.session.crew
        for prices in linear_bounds(self.school, effort, timed, crew, most):
            self.session.lower_by_prices(prices)

    def skip(self) -> None:
        """Do without prices: nobody has to wait for them."""
        self._priced.set()

    def markets(self) -> list[Market]:
        """Wait for prices; empty if there are none, in time or at all."""
        self._priced.wait()
        return self._markets
