"""Bids in the auction of seats, against every set there is."""

from itertools import combinations, product
from random import Random

from optimizer.engine.construct.auction import Auction, Bidder, Option
from optimizer.engine.params import DEFAULTS


def drawn(random: Random, clubs: int = 3) -> tuple[Auction, Bidder]:
    """Give a student with a few courses, and sections of which some are full and cost something."""
    courses = [random.randint(1, 3) for _ in range(random.randint(1, 5))]
    sections = iter(range(sum(courses)))
    who = Bidder(
        "he",
        most=random.randint(1, clubs),
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


def test_of_many_clubs_a_bid_is_what_he_would_lose_if_another_section_took_its_place() -> None:
    """No less than with all sets looked at, often just that; never more than the seat brings."""
    random, exact, swapped = Random(17), 0, 0
    params = DEFAULTS.construction.model_copy(update={"many_sets": 100})
    for _ in range(400):
        auction, who = drawn(random, 6)
        auction.params = params
        if who.most <= params.few_clubs:
            continue
        prices = [auction.price(n) for n in range(len(auction.places))]
        most = best(auction, who)
        less = {n: best(auction, who, n) for n in range(len(auction.places))}
        auction._bid(0)
        taken = {n: inside[0] for n, inside in enumerate(auction.inside) if 0 in inside}
        for section, bid in taken.items():
            least = (prices[section] or 0) + most - less[section]
            rest = [x for own in who.options for x in own if x.section in taken.keys() - {section}]
            assert (
                least <= bid <= (prices[section] or 0) + most - (worth_at(who, rest, prices) or 0)
            )
            exact += bid == least
            swapped += bid < (prices[section] or 0) + most - (worth_at(who, rest, prices) or 0)
    assert exact > 100
    assert swapped > 20


def worth_at(who: Bidder, chosen: list[Option], prices: list[int | None]) -> int:
    """Give what a set brings beyond these prices."""
    bonus = sum(who.bonus[min(n, len(who.bonus) - 1)] for n in range(len(chosen)))
    nets = sum(x.points - (prices[x.section] or 0) for x in chosen)
    return nets + who.first * max((x.points for x in chosen), default=0) + bonus


def test_bids_rise_in_steps_that_follow_the_points() -> None:
    """With twice the points each step is twice as long, so that the auction takes as many bids."""
    bids = []
    for times in (10, 1000):
        options = [[Option(0, 30 * times, 1)], [Option(1, 29 * times, 2)]]
        bidders = [Bidder(str(n), 1, (0,), options) for n in range(3)]
        auction = Auction([1, 1], bidders)
        counted: list[int] = []
        bid = auction._bid
        auction._bid = lambda number, own=counted, to=bid: (own.append(number), to(number))[1]  # type: ignore[method-assign,misc]
        auction.run(range(3), lambda: False)
        bids.append(len(counted))
    assert bids[0] == bids[1] < 20
