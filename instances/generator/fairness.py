"""Seats that are still free, and equal claims."""

from bisect import bisect
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from instances.generator.clubs import Club, Clubs


def share_out(clubs: "Clubs") -> None:
    """Give free seats away and let the lottery decide equal claims, until nothing changes."""
    while fill(clubs) + _draw_lots(clubs):
        pass


def fill(clubs: "Clubs") -> int:
    """Seat whoever can be seated as things stand: first seats first, then by claim and rank."""
    demand = clubs.demand
    room: dict[int, list[tuple[int, Club]]] = defaultdict(list)
    for club in clubs.clubs:
        if len(club.wishes) < clubs.size[club.course]:
            room[club.course].append((club.mask, club))
    seated = 0
    for held in range(int(demand.wants.max(initial=0))):
        for student in demand.by_claim:
            if demand.seats[student] == held < demand.wants[student]:
                seated += _seat_one(clubs, student, room)
    demand.update_need(range(len(demand.need)))
    return seated


def _seat_one(clubs: "Clubs", student: int, room: dict[int, list[tuple[int, "Club"]]]) -> bool:
    demand = clubs.demand
    for wish in demand.wishes_of[student]:
        course = int(demand.wished[wish])
        if demand.granted[wish] or course not in room:
            continue
        for mask, club in room[course]:
            fits = demand.free[student] & mask == mask and club.block == demand.block[student]
            if fits and len(club.wishes) < clubs.size[course]:
                clubs.seat(club, wish)
                return True
    return False


def _draw_lots(clubs: "Clubs") -> int:
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


def _may_replace(clubs: "Clubs", wish: int, held: int, club: "Club") -> bool:
    """Tell whether one seat more for this one makes up for one less for the other."""
    demand = clubs.demand
    student, holder = demand.wisher[wish], demand.wisher[held]
    return bool(
        demand.seats[student] == demand.seats[holder] - 1
        and demand.seats[student] < demand.wants[student]
        and demand.stays[student] & club.mask == demand.stays[holder] & club.mask
        and demand.free[student] & club.mask == club.mask
    )
