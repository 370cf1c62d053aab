"""Everybody who is not held fast seated anew on the sections of a draft, by auction."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping

import numpy as np

from models import School, Section, deal_order
from optimizer.engine.construct.auction import Auction, Bidder, Option
from optimizer.engine.construct.demand import Demand, Ints
from optimizer.engine.finish.draft import DraftPlan
from optimizer.engine.params import DEFAULTS, ConstructParams


def reseat(
    draft: DraftPlan,
    grades: Mapping[str, frozenset[int]],
    limits_days: bool,
    ended: Callable[[], bool],
    like: Demand,
    params: ConstructParams = DEFAULTS.construction,
) -> DraftPlan:
    """Give a draft with seats by auction in these sections, and all others as they are.

    Sections that stay too small close, the one that lacks most first, and who was in them bids on.

    Parameters
    ----------
    grades
        By section that is free: the grades that may be in it.
    limits_days
        Whether the policy has limits of a day that seats could break.
    like
        The demand of the same school, whatever its seats.
    """
    school = draft.school
    free = [section for section in draft.sections.values() if section.id in grades]
    rest = [s for s in draft.result()[0] if s.id not in grades]
    empty = [section.model_copy(update={"students": ()}) for section in free]
    now = draft.anew((*rest, *empty))
    demand = Demand(now, like)

    def allows(student: str, chosen: Collection[int]) -> bool:
        if not limits_days:
            return True
        held = [*now.seats[student].values(), *(free[j].id for j in chosen)]
        return now.within_days(student, held)

    places = [draft.capacity(section.id) for section in free]
    auction = Auction(places, _bidders(school, demand, free, grades), allows, params)
    auction.run(range(len(auction.bidders)), ended)
    while (small := _too_small(school, free, auction)) is not None:
        auction.run(auction.close(small), ended)
    for number, section in enumerate(free):
        if auction.inside[number]:
            for bidder in auction.inside[number]:
                now.join(auction.bidders[bidder].name, section.id)
        else:
            del now.sections[section.id], now.members[section.id]
    return now


def _too_small(school: School, sections: list[Section], auction: Auction) -> int | None:
    """Give the section that lacks most to its minimum; None where none lacks anything."""
    lack = {
        n: school.course[section.course].min_size - len(auction.inside[n])
        for n, section in enumerate(sections)
        if n not in auction.closed
    }
    worst = max(lack, key=lack.__getitem__, default=None)
    return worst if worst is not None and lack[worst] > 0 else None


def _bidders(
    school: School,
    demand: Demand,
    sections: list[Section],
    grades: Mapping[str, frozenset[int]],
) -> list[Bidder]:
    """Give who may have which seats, in the order of the draw."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, section in enumerate(sections):
        numbers[section.course].append(number)
    at = [demand.slots(section.slots) for section in sections]
    blocks = [_mask(np.flatnonzero(demand.reach[slots].any(axis=0))) for slots in at]
    options: dict[str, list[list[Option]]] = defaultdict(list)
    for course, wanted in demand.of.items():
        can = {n: np.all(wanted.can[:, at[n]], axis=1).tolist() for n in numbers[course]}
        for n, wish in enumerate(wanted.wishes):
            own = [
                Option(number, int(wanted.points[n]), blocks[number])
                for number in numbers[course]
                if wanted.waits[n]
                and can[number][n]
                and school.grade_of[wish.student] in grades[sections[number].id]
                and (wish.teacher is None or wish.teacher in sections[number].staff)
            ]
            if own:
                options[wish.student].append(own)
    order = sorted(options, key=lambda s: deal_order(school, s))
    return [_bidder(demand, student, options[student]) for student in order]


def _bidder(demand: Demand, student: str, options: list[list[Option]]) -> Bidder:
    n = demand.number[student]
    held = int(demand.held[n])
    bonus = demand.bonus[n].tolist()
    taken = _mask(np.flatnonzero(demand.taken[n]))
    times = 0 if held else demand.times
    most = int(demand.left[n])
    return Bidder(student, most, bonus[min(held, len(bonus) - 1) :], options, taken, times)


def _mask(slots: Ints) -> int:
    return sum(1 << k for k in slots.tolist())
