"""A bound that anyone can check: what no plan exceeds, from a school and a price list.

Statement. At any prices, the points of a plan are at most the sum of what everyone does best at
them: each student his best set of clubs less what these and his places in base care cost; each
course the sections that take in most; the care groups of each slot; each person and each room the
week that earns most; and each limit on pay at the price of its money. Whatever one pays the other
takes in, so that in the sum over all of them a plan's prices cancel and its points are left; what
could be done best is at least what the plan has them do. So a wrong price proves less, never more.

Nothing here knows how the prices came about. ``docs/engine.md`` has the proof in formulas.
"""

from typing import NamedTuple

from models import UNIT, PriceList, Prices, School, Split
from optimizer.checks.bound.care import care_groups
from optimizer.checks.bound.facts import Facts
from optimizer.checks.bound.means import money, people, rooms
from optimizer.checks.bound.sections import Counts, sections
from optimizer.checks.bound.students import students
from optimizer.checks.bound.trade import Trade


class Proof(NamedTuple):
    """What no plan exceeds, in points, and what it is made of, in units of the price list."""

    bound: int
    parts: dict[str, int]
    """Of the prices that prove least, where there are several lists."""


def proved_bound(school: School, prices: PriceList | Prices | Split) -> Proof:
    """Give the bound that prices prove."""
    root = prices.proof if isinstance(prices, PriceList) else prices
    return _of(Facts(school), root, {})


def _of(facts: Facts, node: Prices | Split, counts: Counts) -> Proof:
    """Give the bound for plans whose sections are as many as ``counts`` says."""
    if isinstance(node, Split):
        kind = node.course, frozenset(node.slots), frozenset(node.grades)
        least, most = counts.get(kind, (0, None))
        fewer = node.most if most is None else min(node.most, most)
        sides = (node.fewer, (least, fewer)), (node.more, (max(least, node.most + 1), most))
        return max(
            (_of(facts, side, counts | {kind: span}) for side, span in sides),
            key=lambda proof: proof.bound,
        )
    trade = Trade(facts, node)
    parts = {
        "students": students(trade),
        "sections": sections(trade, counts),
        "care": care_groups(trade),
        "staff": people(trade),
        "rooms": rooms(trade),
        "money": money(trade),
    }
    return Proof(sum(parts.values()) // UNIT, parts)


def counted_firsts(school: School) -> tuple[int, int]:
    """Give how many students could hold a club, and the most points of their first ones.

    As if there were room for all; where first clubs come before points (``models.worth``).
    """
    facts, best = Facts(school), dict[str, int]()
    for wish in school.wishes:
        looks = facts.looks(wish)
        if looks is not None and facts.could_attend(looks):
            points = school.wish_points(wish) + school.seat_bonus(wish.student, 1)
            best[wish.student] = max(points, best.get(wish.student, 0))
    return len(best), sum(best.values())
