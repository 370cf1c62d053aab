"""A timetable for a large school: prices from the linear program, and annealing at them.

The program says what a place in base care is worth at each slot and grade, and what staff, rooms
and money cost (its dual values). At these prices a timetable is annealed (``anneal``), in rounds
that begin cooler each time.
"""

from collections.abc import Collection
from copy import copy
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.engine.decomposition.annealing import anneal, book
from optimizer.engine.decomposition.arrays import NEVER, Arrays, Floats, Ints
from optimizer.engine.decomposition.best_sets import choose
from optimizer.engine.decomposition.rooms import Placed
from optimizer.engine.lp.highs import LpSolution
from optimizer.engine.params import DEFAULTS, AnnealingParams
from optimizer.engine.solution import Solution
from optimizer.ledger.tariffs import budget_limits, pay_costs
from optimizer.rules.relaxation import Relaxation

NO_LOSS, ANY_LOSS = 1e-9, 1e300
"""Temperatures at which only improvements are kept, and at which every move is made."""


class Prices(NamedTuple):
    """What the linear program says things are worth, in points."""

    care: Floats
    """(grades, slots): what it saves to have a student out of base care."""
    cost: Floats
    """(ways,): what a way takes of staff, rooms and money."""


class Market(NamedTuple):
    """A school's program, arrays and prices: what timetables are annealed on."""

    relaxation: Relaxation
    tables: Arrays
    prices: Prices
    reached: float = 0.0
    """What the program's solution is worth."""


class State(NamedTuple):
    """A timetable that is annealed: S students, J sections, T staff, K slots."""

    way: Ints
    """(J,): way of each section, -1 where it does not open."""
    fixed: NDArray[np.bool_]
    """(J,): whether it stays so."""
    price: Floats
    """(J,): of a seat."""
    gain: Floats
    """(N, P): points of each wish in each offer of its course, care saved included."""
    cost: Floats
    worth: Floats
    """(S,): of each student's best set."""
    chosen: Ints
    """(S, 3): its sections."""
    busy: Ints
    day: Ints
    week: Ints
    """(T, K), (T, 8), (T,): what people do at each slot, weekday, and in a week."""
    used: Ints
    """(Q, K): rooms used of each set."""


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
    teacher = [t.id for t in school.teachers]
    cost = np.zeros(len(tables.way_offer))
    for way, offer in enumerate(tables.way_offer.tolist()):
        cost[way] = column[r.opened[offer]] + sum(
            column[r.lead[offer, teacher[t]]] for t in tables.way_crew[way] if t >= 0
        )
    return Prices(care, np.maximum(cost, _least_costs(r, tables, thrift * solution.objective)))


def _least_costs(r: Relaxation, tables: Arrays, purse: float) -> Floats:
    """Give what each way costs at the least price of money, so many points for a whole purse.

    The program's own price is 0 where it comes by with its purse to the last fen, by the cheapest
    staff for everything: a timetable that takes any staff does not.
    """
    school = r.school
    cost = np.zeros(len(tables.way_offer))
    for limit in budget_limits(school):
        price = purse / max(1, limit.limit_fen)
        for way, offer in enumerate(tables.way_offer.tolist()):
            slots = r.offers[offer].slots
            for person in tables.way_crew[way].tolist():
                if person >= 0:
                    pay = pay_costs(school, slots, school.teachers[person])
                    cost[way] += price * sum(pay[c] for c in pay if c in limit.costs)
    return cost


def no_prices(r: Relaxation, tables: Arrays) -> Prices:
    """Give prices of nothing."""
    shape = len(r.school.grades), len(r.school.slots)
    return Prices(np.zeros(shape), np.zeros(len(tables.way_offer)))


def _gains(t: Arrays, care: Floats) -> Floats:
    gain = np.full(t.attends.shape, NEVER)
    first_way: dict[int, int] = {}
    for way, offer in enumerate(t.way_offer.tolist()):
        first_way.setdefault(offer, way)
    for course in range(len(t.size)):
        mine = np.flatnonzero(t.wish_course == course)
        students = t.wish_student[mine]
        for way in range(t.course_ways[course], t.course_ways[course + 1]):
            if first_way[int(t.way_offer[way])] != way:
                continue
            there = t.stays[students] & t.way_mask[way]
            saved = np.zeros(len(mine))
            for k in range(len(t.slot_day)):
                saved += care[t.grade[students], k] * ((there >> k) & 1)
            local = t.way_local[way]
            gain[mine, local] = np.where(t.attends[mine, local], t.wish_points[mine] + saved, NEVER)
    return gain


def compile_loops(market: Market) -> None:
    """Compile the loops, or load what was compiled before; it takes a while the first time."""
    Annealer(market, 0).run(0, 1.0, 1.0)


class Annealer:
    """One timetable that is annealed at prices; several can run at once."""

    def __init__(self, market: Market, seed: int) -> None:
        self.market, prices = market, market.prices
        t = self.tables = market.tables
        self.seed, self.rounds = seed, 0
        self.points: float | None = None
        """What moves cost, in points, once it is known."""
        sections, students = len(t.section_course), len(t.most)
        staff, slots = len(t.teacher_week), len(t.slot_day)
        self.state = State(
            way=np.full(sections, -1, np.int64),
            fixed=np.zeros(sections, np.bool_),
            price=np.zeros(sections),
            gain=_gains(t, prices.care),
            cost=prices.cost.copy(),
            worth=np.zeros(students),
            chosen=np.full((students, 3), -1, np.int64),
            busy=np.zeros((staff, slots), np.int64),
            day=np.zeros((staff, 8), np.int64),
            week=np.zeros(staff, np.int64),
            used=np.zeros(t.room_limits.shape, np.int64),
        )

    def pin(self, solution: Solution, courses: Collection[str]) -> None:
        """Open the sections of some courses as they stand, and leave those courses alone."""
        t, x, r = self.tables, self.state, self.market.relaxation
        person = {teacher.id: n for n, teacher in enumerate(r.school.teachers)}
        place = {course.id: n for n, course in enumerate(r.school.courses)}
        for course in courses:
            c = place[course]
            free = list(range(t.course_sections[c], t.course_sections[c + 1]))
            x.fixed[free] = True
            for key, held in solution.held.items():
                ways = [
                    w
                    for w in range(t.course_ways[c], t.course_ways[c + 1])
                    if r.offers[t.way_offer[w]].key[:3] == key[:3]
                ]
                crew = {person[name] for name in held.staff}
                ways.sort(key=lambda w: -len(crew.intersection(t.way_crew[w].tolist())))
                for way in ways[: held.most] if key[0] == course else ():
                    x.way[free[0]] = way
                    book(t, x, way, c, 1)
                    del free[0]

    def cycle(self, params: AnnealingParams, number: int) -> None:
        """Anneal, at first as hot as what moves cost has it, then cooler each time."""
        sections = len(self.state.way)
        if self.points is None:
            self.run(params.settling_moves * sections, NO_LOSS, NO_LOSS)
            self.points = self.scale(params.samples, params.scale_share)
        cooler = max(params.cooler**number, params.coolest)
        moves = min(params.most_moves, params.moves_a_section * sections)
        self.run(moves, cooler * params.hot * self.points, params.cold * self.points)

    def scale(self, samples: int, share: float) -> float:
        """Give the loss that a share of moves stay below which cost anything, as things stand."""
        worth, losses = self.worth, []
        for number in range(samples):
            trial = copy(self)
            own = self.state._asdict()
            trial.state = State(**own | {k: v.copy() for k, v in own.items() if k != "gain"})
            trial.seed = self.seed + 104_729 * (1 + number)
            trial.run(1, ANY_LOSS, ANY_LOSS)
            if not np.array_equal(trial.state.way, self.state.way) and trial.worth < worth:
                losses.append(worth - trial.worth)
        return float(np.quantile(losses, share)) if losses else 1.0

    def run(self, moves: int, hot: float, cold: float) -> None:
        """Anneal for so many moves."""
        self.rounds += 1
        choose(self.tables, self.state)
        anneal(self.tables, self.state, moves, hot, cold, self.seed + 7919 * self.rounds)

    @property
    def worth(self) -> float:
        """What the timetable is worth at most, at its prices."""
        x, is_open = self.state, self.state.way >= 0
        seats = float((x.price * self.tables.size[self.tables.section_course])[is_open].sum())
        return float(x.worth.sum()) + seats - float(x.cost[x.way[is_open]].sum())

    def sections(self) -> list[Placed]:
        """Give the sections that open, with their staff."""
        t, r = self.tables, self.market.relaxation
        wanted = choose(t, self.state)
        found = []
        for j, way in enumerate(self.state.way.tolist()):
            if way < 0:
                continue
            crew = tuple(r.school.teachers[n].id for n in t.way_crew[way].tolist() if n >= 0)
            found.append(Placed(r.offers[int(t.way_offer[way])], crew, int(wanted[j])))
        return found
