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
from optimizer.engine.lp.highs import LpSolution, solve_lp
from optimizer.engine.objective import counts_firsts, first_weight
from optimizer.engine.session import Session
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
        reserve = self.params.alone_reserve if alone else self.params.care_reserve
        self.guide = relax(self.school, reserve, first_weight=self.weight)
        self._tables: Arrays | None = None
        self._market: Market | None = None
        self._arranged, self._priced = threading.Event(), threading.Event()

    def arrange(self) -> None:
        """Make the arrays."""
        try:
            self._tables = make_arrays(self.guide, self.weight)
        finally:
            self._arranged.set()

    def price(self, seconds: float) -> None:
        """Solve the guide and, once there are arrays, read its prices."""
        try:
            guide, solution = self._solved(seconds)
            self._arranged.wait()
            if solution is not None and self._tables is not None:
                prices = read_prices(guide, self._tables, solution, self.params.thrift)
                self._market = Market(guide, self._tables, prices, solution.objective)
        finally:
            self._priced.set()

    def _solved(self, seconds: float) -> tuple[Relaxation, LpSolution | None]:
        """Solve the guide; where its places to spare are too dear for the purse, one without."""
        guide, crew = self.guide, self.session.crew
        solution = solve_lp(guide.lp, seconds, crew)
        rows = guide.money_rows.values()
        if solution is not None and not any(solution.duals[row] > 0 for row in rows):
            return guide, solution
        if crew.stopped or not rows:
            return guide, solution
        bare = relax(self.school, first_weight=self.weight)
        other = solve_lp(bare.lp, seconds, crew)
        if other is None:
            return guide, solution
        enough = (1 - self.params.reserve_costs) * other.objective
        if solution is None or solution.objective < enough:
            return bare, other
        return guide, solution

    def bound(self, seconds: float) -> None:
        """Solve the exact programs and tell the session the prices that prove their bounds."""
        params, crew = self.session.limits.params.bound, self.session.crew
        timed = params.timed_share * seconds
        for prices in linear_bounds(self.school, seconds, timed, crew, params.most_timed):
            self.session.lower_by_prices(prices)

    def skip(self) -> None:
        """Do without prices: nobody has to wait for them."""
        self._priced.set()

    def market(self) -> Market | None:
        """Wait for prices; None if there are none, in time or at all."""
        self._priced.wait()
        return self._market
