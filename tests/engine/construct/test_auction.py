"""Bids in the auction of seats, against every set there is."""

from itertools import combinations, product
from random import Random

from optimizer.engine.construct.auction import Auction, Bidder, Option


def drawn(random: Random) -> tuple[Auction, Bidder]:
    """Give a student with a few courses, and sections of which some are full and cost something."""
    courses = [random.randint(1, 3) for _ in range(random.randint(1, 5))]
    sections = iter(range(sum(courses)))
    who = Bidder(
        "he",
        most=random.randint(1, 4),
        bonus=random.choice([(0,), (9, 0), (60, 5, 0), (300, 9, 0)]),
        options=[
            [
                Option(next(sections), points, 1 << random.randrange(4) | 1 << random.randrange(4))
                for _ in range(count)
            ]
            for count in courses
            for points in [random.randint(1, 12)]
        ],
        taken=random.choice([0, 0, 1]),
        first=random.choice([0, 0, 1, 7]),
    )
    others = [
        Bidder("other", 1, (0,), [[Option(own.section, random.randint(1, 40), 1)]], first=0)
        for options in who.options
        for own in options
        if random.random() < 0.5
    ]
    auction = Auction([1] * sum(courses), [who, *others])
    auction.run(range(1, len(auction.bidders)), lambda: False)
    if random.random() < 0.3:
        auction.close(0)
    return auction, who


def worth(auction: Auction, who: Bidder, chosen: tuple[Option, ...]) -> int | None:
    """Give what a set brings beyond its prices; None where he cannot have it."""
    if len(chosen) > who.most:
        return None
    taken = who.taken
    total = who.first * max((x.points for x in chosen), default=0)
    for n, option in enumerate(chosen):
        price = auction.price(option.section)
        if price is None or taken & option.slots:
            return None
        taken |= option.slots
        total += option.points - price + who.bonus[min(n, len(who.bonus) - 1)]
    return total


def best(auction: Auction, who: Bidder, without: int | None = None) -> int:
    """Give the best there is, all sets looked at."""
    sets = (
        chosen
        for count in range(len(who.options) + 1)
        for courses in combinations(who.options, count)
        for chosen in product(*courses)
        if without not in {x.section for x in chosen}
    )
    return max(w for chosen in sets if (w := worth(auction, who, chosen)) is not None)


def test_a_bid_is_what_would_be_lost_without_the_section() -> None:
    """On each section of the best set: its price, and by how much the best set without is less."""
    random, several, paid = Random(13), 0, 0
    for _ in range(400):
        auction, who = drawn(random)
        prices = [auction.price(n) for n in range(len(auction.places))]
        most = best(auction, who)
        less = {n: best(auction, who, n) for n in range(len(auction.places))}
        auction._bid(0)
        taken = {n: inside[0] for n, inside in enumerate(auction.inside) if 0 in inside}
        assert bool(taken) == (most > 0)
        for section, bid in taken.items():
            assert bid == (prices[section] or 0) + most - less[section]
            paid += bool(prices[section])
        several += len(taken) > 1
    assert several > 50
    assert paid > 50
