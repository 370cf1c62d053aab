"""A timetable for a large school: prices from the linear program, and annealing at them.

The program says what a place in base care is worth at each slot and grade, and what staff, rooms
and money cost (its dual values). At these prices a timetable is annealed (``anneal``), in rounds
that all begin hot: whole groups make of timetables that are worth much the same at these prices
plans that are not, so another timetable is worth more than the same one a little better.
"""

from collections.abc import Callable, Collection
from copy import copy
from typing import NamedTuple

import numpy as np

from optimizer.engine.account import Account
from optimizer.engine.decomposition.annealing import Chances, anneal, book, seed_loops
from optimizer.engine.decomposition.arrays import NEVER, WORD, Arrays, Floats, State
from optimizer.engine.decomposition.asking import choose
from optimizer.engine.decomposition.rooms import Placed
from optimizer.engine.lp.highs import LpSolution
from optimizer.engine.params import DEFAULTS, AnnealingParams
from optimizer.engine.solution import Solution
from optimizer.ledger.tariffs import budget_limits, pay_costs
from optimizer.rules.relaxation import Relaxation

NO_LOSS, ANY_LOSS = 1e-9, 1e300
"""Temperatures at which only improvements are kept, and at which every move is made."""
AT_ONCE = 2_000
"""Moves after which it is asked whether annealing is to end."""


class Prices(NamedTuple):
    """What the linear program says things are worth, in points."""

    care: Floats
    """(grades, slots): what it saves to have a student out of base care."""
    cost: Floats
    """(ways,): what a way takes of rooms, whoever leads it."""
    lead_cost: Floats
    """(leads,): what one of its leaders takes of staff and money."""


class Market(NamedTuple):
    """A school's program, arrays and prices: what timetables are annealed on."""

    relaxation: Relaxation
    tables: Arrays
    prices: Prices
    reached: float = 0.0
    """What the program's solution is worth."""


def read_prices(
    r: Relaxation, tables: Arrays, solution: LpSolution, thrift: float = DEFAULTS.duals.thrift
) -> Prices:
    """Read prices off the dual values; a whole purse is worth a share of all points at least."""
    school, lp = r.school, r.lp
    slot = {s.id: n for n, s in enumerate(school.slots)}
    grade = {g: n for n, g in enumerate(school.grades)}
    care = np.zeros((len(grade), len(slot)))
    for (name, number), row in r.care_row.items():
        care[grade[number], slot[name]] = max(0.0, -solution.duals[row])
    scarce = np.zeros(len(lp.low))
    scarce[r.scarce] = np.maximum(0.0, solution.duals[r.scarce])
    column = np.zeros(len(lp.gain))
    np.add.at(
        column,
        np.array(lp.columns),
        scarce[np.array(lp.rows)] * np.array(lp.coefficients, float),
    )
    offers = tables.way_offer.tolist()
    cost = np.array([column[r.opened[offer]] for offer in offers], float)
    leads = zip(tables.lead_way.tolist(), tables.lead_person.tolist(), strict=True)
    lead_cost = np.array(
        [column[r.lead[offers[way], school.teachers[person].id]] for way, person in leads], float
    )
    least = _least_costs(r, tables, thrift * solution.objective)
    return Prices(care, cost, np.maximum(lead_cost, least))


def _least_costs(r: Relaxation, tables: Arrays, purse: float) -> Floats:
    """Give what each leader of a way costs at the least price of money.

    A whole purse is worth so many points at least. The program's own price is 0 where it comes by
    with its purse to the last fen, by the cheapest staff for everything: a timetable that takes any
    staff does not.
    """
    school = r.school
    cost = np.zeros(len(tables.lead_way))
    for limit in budget_limits(school):
        price = purse / max(1, limit.limit_fen)
        for lead, way in enumerate(tables.lead_way.tolist()):
            slots = r.offers[int(tables.way_offer[way])].slots
            pay = pay_costs(school, slots, school.teachers[int(tables.lead_person[lead])])
            cost[lead] += price * sum(pay[c] for c in pay if c in limit.costs)
    return cost


def no_prices(r: Relaxation, tables: Arrays) -> Prices:
    """Give prices of nothing."""
    shape = len(r.school.grades), len(r.school.slots)
    return Prices(np.zeros(shape), np.zeros(len(tables.way_offer)), np.zeros(len(tables.lead_way)))


def _gains(t: Arrays, care: Floats) -> Floats:
    gain = np.full(t.attends.shape, NEVER)
    for course in range(len(t.size)):
        mine = np.flatnonzero(t.wish_course == course)
        students = t.wish_student[mine]
        for way in range(t.course_ways[course], t.course_ways[course + 1]):
            saved = np.zeros(len(mine))
            for k in t.way_slots[way][t.way_slots[way] >= 0]:
                stays = t.stays[students, k // WORD] >> k % WORD & 1
                saved += care[t.grade[students], k] * stays
            local = t.way_local[way]
            gain[mine, local] = np.where(t.attends[mine, local], t.wish_points[mine] + saved, NEVER)
    return gain


def compile_loops(market: Market) -> None:
    """Compile the loops, or load what was compiled before; it takes a while the first time."""
    Annealer(market, 0).run(0, 1.0, 1.0)


class Annealer:
    """One timetable that is annealed at prices; several can run at once."""

    def __init__(
        self,
        market: Market,
        seed: int,
        params: AnnealingParams = DEFAULTS.annealing,
        account: Account | None = None,
    ) -> None:
        self.market, prices, self.params = market, market.prices, params
        self.chances = Chances(params.closes, params.retimes, params.reprices)
        t = self.tables = market.tables
        self.account = account or Account()
        self.seed, self.rounds = seed, 0
        self.points: float | None = None
        """What moves cost, in points, once it is known."""
        sections, students = len(t.section_course), len(t.most)
        wishes = np.diff(t.course_wishes)[t.section_course]
        self._asked = float(wishes.mean()) if sections else 0.0
        """Wishes that a move asks about, on average."""
        staff, slots = len(t.teacher_week), len(t.slot_day)
        self.state = State(
            way=np.full(sections, -1, np.int64),
            crew=np.full((sections, max([1, *t.needed])), -1, np.int64),
            fixed=np.zeros(sections, np.bool_),
            price=np.zeros(sections),
            gain=_gains(t, prices.care),
            cost=prices.cost.copy(),
            lead_cost=prices.lead_cost.copy(),
            worth=np.zeros(students),
            chosen=np.full((students, self._most_clubs()), -1, np.int64),
            busy=np.zeros((staff, slots), np.int64),
            day=np.zeros((staff, 8), np.int64),
            week=np.zeros(staff, np.int64),
            used=np.zeros(t.room_limits.shape, np.int64),
        )

    def _most_clubs(self) -> int:
        """Give how many clubs anybody can have: no more than he wishes for."""
        wishes = np.diff(self.tables.student_wishes)
        most: list[int] = np.minimum(self.tables.most, wishes).tolist()
        return max(1, *most, 0)

    def pin(self, solution: Solution, courses: Collection[str]) -> None:
        """Open the sections of some courses as they stand, and leave those courses alone."""
        t, x, r = self.tables, self.state, self.market.relaxation
        way_of = {r.offers[index].key[:3]: way for way, index in enumerate(t.way_offer.tolist())}
        free: dict[str, list[int]] = {}
        for c, course in enumerate(r.school.courses):
            if course.id in courses:
                free[course.id] = list(range(t.course_sections[c], t.course_sections[c + 1]))
                x.fixed[free[course.id]] = True
        for key, held in solution.held.items():
            if key[0] not in free or key[:3] not in way_of:
                continue
            way, needed = way_of[key[:3]], r.school.course[key[0]].staff_needed
            leads = [
                lead
                for lead in range(t.way_leads[way], t.way_leads[way + 1])
                if r.school.teachers[t.lead_person[lead]].id in held.staff
            ]
            for number in range(held.most):
                j = free[key[0]].pop(0)
                x.way[j] = way
                x.crew[j, :needed] = leads[number * needed : (number + 1) * needed]
                book(t, x, j, 1)

    def cycle(self, ended: Callable[[], bool] = lambda: False) -> None:
        """Anneal from as hot as what moves cost has it: to another timetable each time."""
        params, sections = self.params, len(self.state.way)
        if self.points is None:
            self.run(params.settling_moves * sections, NO_LOSS, NO_LOSS, ended)
            self.points = self.scale(params.samples, params.scale_share)
        moves = min(params.most_moves, params.moves_a_section * sections)
        self.run(moves, params.hot * self.points, params.cold * self.points, ended)

    def scale(self, samples: int, share: float) -> float:
        """Give the loss that a share of moves stay below which cost anything, as things stand."""
        worth, losses = self.worth, []
        for number in range(samples):
            trial = copy(self)
            own = self.state._asdict()
            trial.state = State(**own | {k: v.copy() for k, v in own.items() if k != "gain"})
            trial.seed = self.seed + 104_729 * (1 + number)
            trial.run(1, ANY_LOSS, ANY_LOSS)
            moved = any(
                not np.array_equal(new, old)
                for new, old in zip(trial.state[:2], self.state[:2], strict=True)
            )
            if moved and trial.worth < worth:
                losses.append(worth - trial.worth)
        return float(np.quantile(losses, share)) if losses else 1.0

    def run(
        self, moves: int, hot: float, cold: float, ended: Callable[[], bool] = lambda: False
    ) -> None:
        """Anneal for so many moves, or until it is ended, which is asked now and then."""
        self.rounds += 1
        t, ask = self.tables, self.account.rates.ask
        self.account.pay(ask * len(t.wish_student))
        choose(t, self.state)
        seed_loops(self.seed + 7919 * self.rounds)
        for first in range(0, max(1, moves), AT_ONCE):
            last = min(first + AT_ONCE, moves)
            anneal(t, self.state, first, last, moves, hot, cold, self.chances)
            self.account.pay(ask * (last - first) * self._asked)
            if ended():
                break

    @property
    def worth(self) -> float:
        """What the timetable is worth at most, at its prices."""
        x, is_open = self.state, np.flatnonzero(self.state.way >= 0)
        t = self.tables
        seats = float((x.price * t.size[t.section_course])[is_open].sum())
        led = np.arange(x.crew.shape[1]) < t.needed[t.section_course[is_open], np.newaxis]
        staff = float(x.lead_cost[x.crew[is_open][led]].sum())
        return float(x.worth.sum()) + seats - float(x.cost[x.way[is_open]].sum()) - staff

    def sections(self) -> list[Placed]:
        """Give the sections that open, with their staff."""
        t, r = self.tables, self.market.relaxation
        wanted = choose(t, self.state)
        found = []
        for j, way in enumerate(self.state.way.tolist()):
            if way < 0:
                continue
            leads = self.state.crew[j, : t.needed[t.section_course[j]]]
            crew = tuple(r.school.teachers[n].id for n in t.lead_person[leads].tolist())
            found.append(Placed(r.offers[int(t.way_offer[way])], crew, int(wanted[j])))
        return found
