"""Seats on a timetable by auction: each student takes his best set at the prices, and is outbid.

A section that is full costs what the lowest bid in it is. A student bids for each section of his
best set what he would lose without it, and whoever is outbid looks for his best set anew. With
sections as goods of several pieces this is the auction algorithm for assignments; sets of up to a
few clubs make it a heuristic, for which the number of bids has a limit.
"""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import accumulate, chain, islice
from typing import NamedTuple

from optimizer.engine.params import DEFAULTS, ConstructParams

AT_ONCE = 64
"""Bids between two looks at the time."""


class Option(NamedTuple):
    """A seat that somebody may have."""

    section: int
    points: int
    slots: int
    """A mask of the slots at which it keeps him."""


class Priced(NamedTuple):
    """An option at its price."""

    net: int
    """Points less the price."""
    first: int
    """What it brings once more as the best of its set."""
    slots: int
    section: int


@dataclass
class Bidder:
    """A student: what he may have."""

    name: str
    most: int
    """Clubs that he may still take."""
    bonus: Sequence[int]
    """What his next seats bring beside their points; the last goes on for all further ones."""
    options: list[list[Option]]
    """For each course he waits for: its sections."""
    taken: int = 0
    """Slots at which he cannot be, as a mask."""
    first: int = 0
    """How often the points of the best seat of a set count once more."""


@dataclass
class Auction:
    """Seats by section number; ``allows`` tells whether a student's day can have a set."""

    places: list[int]
    bidders: list[Bidder]
    allows: Callable[[str, Collection[int]], bool] = lambda _name, _set: True
    params: ConstructParams = DEFAULTS.construction
    inside: list[dict[int, int]] = field(init=False)
    """By section: bids by number of the bidder."""
    closed: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.inside = [{} for _ in self.places]
        self._bids: list[list[tuple[int, int]]] = [[] for _ in self.places]
        options = (x for who in self.bidders for own in who.options for x in own)
        most = max((option.points for option in options), default=0)
        self.step = max(1, round(self.params.bid_share * most))
        """Least that a bid is raised by, in points: with less, students outbid each other so often
        that the auction is called off before everybody has bid for what he can have."""

    def price(self, section: int) -> int | None:
        """Give what a seat costs; None where there is none to be had."""
        if section in self.closed or not self.places[section]:
            return None
        inside = self.inside[section]
        if len(inside) < self.places[section]:
            return 0
        heap = self._bids[section]
        while inside.get(heap[0][1]) != heap[0][0]:  # raised or withdrawn since
            heappop(heap)
        return heap[0][0] + self.step

    def run(self, waiting: Iterable[int], ended: Callable[[], bool]) -> None:
        """Let bidders bid until nobody is outbid any more, or there were too many bids."""
        queue = deque(waiting)
        left = self.params.bids_a_student * len(self.bidders)
        while queue and left and (left % AT_ONCE or not ended()):
            left -= 1
            queue.extend(self._bid(queue.popleft()))

    def close(self, section: int) -> list[int]:
        """Close a section; give who was in it, who then holds nothing there."""
        self.closed.add(section)
        losers = list(self.inside[section])
        self.inside[section].clear()
        return losers

    def _bid(self, number: int) -> list[int]:
        """Let a bidder take his best set, in place of what he has; give whom he outbids."""
        who = self.bidders[number]
        for option in chain.from_iterable(who.options):
            self.inside[option.section].pop(number, None)
        priced = self._priced(who)
        best, chosen = self._best(who, priced)
        held = {x.section: (x, own) for own in priced for x in own if x.section in chosen}
        losers = []
        for section in chosen:
            less = self._without(who, priced, held, section)
            price = self.price(section) or 0
            if price:
                _, loser = heappop(self._bids[section])
                del self.inside[section][loser]
                losers.append(loser)
            bid = price + best - less
            self.inside[section][number] = bid
            heappush(self._bids[section], (bid, number))
        return losers

    def _without(
        self,
        who: Bidder,
        priced: list[list[Priced]],
        held: dict[int, tuple[Priced, list[Priced]]],
        section: int,
    ) -> int:
        """Give what a bidder's best set without a section of his best one is worth, or nearly.

        Parameters
        ----------
        held
            His best set, by section, each with all options of its course.
        """
        option, course = held[section]
        rest = [x for x, _ in held.values() if x is not option]
        if who.most <= self.params.few_clubs:
            others = [x for x in course if x is not option]
            others_of = [others if own is course else own for own in priced]
            return self._best(who, others_of, _together(who, rest))[0]
        taken = who.taken | sum(x.slots for x in rest)
        spare = (x for x in course if x is not option and not x.slots & taken)
        return max(_together(who, rest), _together(who, [*rest, *islice(spare, 1)]))

    def _priced(self, who: Bidder) -> list[list[Priced]]:
        """Give his options at their prices, the best of each course first; none without a seat."""
        found, times = [], who.first
        for own in who.options:
            priced = []
            for section, points, slots in own:
                price = self.price(section)
                if price is not None:
                    priced.append(Priced(points - price, times * points, slots, section))
            if priced:
                priced.sort(key=_net)
                found.append(priced)
        return found

    def _best(
        self, who: Bidder, options: list[list[Priced]], least: int = 0
    ) -> tuple[int, tuple[int, ...]]:
        """Find the best set of sections that do not meet at one time; best options come first.

        Only one that is worth more than the least is looked for.
        """
        order = sorted((own for own in options if own), key=lambda own: -own[0].net)
        tops = [own[0].net for own in order]
        bonus = [who.bonus[min(n, len(who.bonus) - 1)] for n in range(who.most + 1)]
        leading = _from_here([max(x.net + x.first for x in own) for own in order])
        best: tuple[int, tuple[int, ...]] = (least, ())
        few = who.most <= self.params.few_clubs
        nodes = self.params.sets if few else self.params.many_sets * who.most

        def hopeless(at: int, worth: int, first: int, held: int) -> bool:
            """Tell whether no more can come of it: the best one so far stays so, or another is."""
            others = others_led = 0
            for n, top in enumerate(tops[at : at + who.most - held]):
                others += max(0, top + bonus[held + n])
                others_led += max(0, top + bonus[held + n + 1]) if n < who.most - held - 1 else 0
            led = leading[at] + bonus[held] + others_led
            return worth + max(first + others if held else 0, led) <= best[0]

        def search(start: int, taken: int, worth: int, first: int, chosen: tuple[int, ...]) -> None:
            nonlocal best, nodes
            nodes -= 1
            held = len(chosen)
            for at in range(start, len(order)):
                if nodes <= 0 or hopeless(at, worth, first, held):
                    return
                for net, leads, slots, section in order[at]:
                    if taken & slots:
                        continue
                    more, led = worth + net + bonus[held], max(first, leads)
                    own = (*chosen, section)
                    if more + led > best[0] and self.allows(who.name, own):
                        best = more + led, own
                    if held + 1 < who.most:
                        search(at + 1, taken | slots, more, led, own)

        if who.most > 0:
            search(0, who.taken, 0, 0, ())
        return best


def _together(who: Bidder, options: Sequence[Priced]) -> int:
    """Give what seats are worth together."""
    bonus = sum(who.bonus[min(n, len(who.bonus) - 1)] for n in range(len(options)))
    return sum(x.net for x in options) + max((x.first for x in options), default=0) + bonus


def _net(option: Priced) -> int:
    return -option.net


def _from_here(values: Sequence[int]) -> list[int]:
    """Give the largest of each value and those after it."""
    return list(accumulate(reversed(values), max))[::-1]
