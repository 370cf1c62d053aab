"""Equal claims to seats."""

from bisect import bisect
from collections import defaultdict

import numpy as np

from instances.generator.clubs import Club, Clubs, fill


def share_out(clubs: Clubs) -> None:
    """Give free seats away and let the lottery decide equal claims, until nothing changes."""
    while fill(clubs) + _draw_lots(clubs):
        pass


def _draw_lots(clubs: Clubs) -> int:
    """Hand seats on to those with equal claims and better lots; give the number of swaps."""
    demand = clubs.demand
    # The better lot is the better claim, for whoever has another factor is no equal.
    lot = demand.claim[demand.wisher].tolist()
    waiting: dict[int, list[int]] = defaultdict(list)
    for wish in sorted(np.flatnonzero(~demand.granted).tolist(), key=lot.__getitem__):
        waiting[demand.kind[wish]].append(wish)
    swaps = 0
    for club in clubs.clubs:
        for wish in sorted(club.wishes, key=lot.__getitem__, reverse=True):
            rivals = waiting.get(demand.kind[wish], [])
            better = rivals[: bisect(rivals, lot[wish], key=lot.__getitem__)]
            winner = next((w for w in better if _may_replace(clubs, w, wish, club)), None)
            if winner is not None:
                rivals[rivals.index(winner)] = wish
                rivals.sort(key=lot.__getitem__)
                clubs.unseat(club, wish)
                clubs.seat(club, winner)
                swaps += 1
    return swaps


def _may_replace(clubs: Clubs, wish: int, held: int, club: Club) -> bool:
    """Tell whether one seat more for this one makes up for one less for the other."""
    demand = clubs.demand
    student, holder = demand.wisher[wish], demand.wisher[held]
    return bool(
        demand.seats[student] == demand.seats[holder] - 1
        and demand.seats[student] < demand.wants[student]
        and demand.stays[student] & club.mask == demand.stays[holder] & club.mask
        and demand.free[student] & club.mask == club.mask
    )
