"""The clubs of the witness plan: which sections open, when, where, with whom and for whom."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations, pairwise, product

import numpy as np

from instances.generator.demand import Bools, Demand, Ints
from instances.generator.draft import DraftSchool
from instances.generator.names import CLASSROOM
from instances.generator.supply import Supply
from models import Course, Slot

STAFF_RESERVE = 1.05
"""Own staff's periods kept back per period of care."""


@dataclass
class Club:
    """One open section; ``wishes`` are those it grants."""

    course: int
    slots: tuple[int, ...]
    room: int
    leader: int
    block: int
    wishes: list[int] = field(default_factory=list)

    @property
    def mask(self) -> int:
        """Its slots as bits."""
        return sum(1 << s for s in self.slots)


@dataclass(frozen=True)
class Ways:
    """The ways to hold a course in the week: slots, masks, and periods by weekday."""

    slots: list[tuple[int, ...]]
    masks: Ints
    days: Ints


def _ways(course: Course, slots: tuple[Slot, ...], usable: list[int], longest_break: int) -> Ways:
    sessions: dict[int, list[tuple[int, ...]]] = {}
    for s in usable:
        run = [t for t in usable if t >= s and slots[t].weekday == slots[s].weekday]
        run = run[: course.periods_per_session]
        breaks = [slots[b].start_minute - slots[a].end_minute for a, b in pairwise(run)]
        if len(run) == course.periods_per_session and max(breaks, default=0) <= longest_break:
            sessions.setdefault(slots[s].weekday, []).append(tuple(run))
    found = [
        tuple(s for session in chosen for s in session)
        for days in combinations(sessions, course.sessions_per_week)
        if all(b - a >= course.min_gap_days for a, b in pairwise(days))
        for chosen in product(*(sessions[day] for day in days))
    ]
    masks = np.array([sum(1 << s for s in way) for way in found], np.int64)
    weekdays = np.zeros((len(found), 8), np.int64)
    for i, way in enumerate(found):
        for s in way:
            weekdays[i, slots[s].weekday] += 1
    return Ways(found, masks, weekdays)


class Clubs:
    """Opens sections greedily, while care can still be given to everybody else."""

    def __init__(self, draft: DraftSchool, demand: Demand, supply: Supply) -> None:
        self.draft, self.demand, self.supply = draft, demand, supply
        self.clubs: list[Club] = []
        self._open = np.zeros(len(draft.courses), np.int64)
        self._load = np.zeros(len(draft.slots), np.int64)
        usable = draft.club_slots()
        longest_break = draft.settings(None).session_break_minutes
        shapes: dict[tuple[int, int, int], Ways] = {}
        self.ways: list[Ways] = []
        for course in draft.courses:
            shape = course.sessions_per_week, course.periods_per_session, course.min_gap_days
            if shape not in shapes:
                shapes[shape] = _ways(course, draft.slots, usable, longest_break)
            self.ways.append(shapes[shape])
        self._leaders = [
            np.array([supply.staff_place[t] for t in course.leaders], np.int64)
            for course in draft.courses
        ]
        self._rooms = [supply.rooms_with[course.room_features[0]] for course in draft.courses]
        self.size = [
            min(course.max_size, draft.rooms[int(rooms[0])].seats)
            for course, rooms in zip(draft.courses, self._rooms, strict=True)
        ]

    def open_all(self) -> None:
        """Open sections for what students hope for, then for whoever still waits."""
        self._open_rounds(self._hopes())
        fill(self)
        self._open_rounds(None)
        fill(self)

    def _hopes(self) -> list[Ints]:
        """Give each course the wishes it could grant if time, rooms and staff were no matter."""
        demand = self.demand
        left = [
            c.max_sections * size for c, size in zip(self.draft.courses, self.size, strict=True)
        ]
        taken: list[list[int]] = [[] for _ in left]
        hoped = np.zeros(len(demand.rank), np.bool_)
        for seat in range(int(demand.wants.max(initial=0))):
            for student in demand.by_claim:
                if demand.wants[student] <= seat:
                    continue
                for wish in demand.wishes_of[student]:
                    course = int(demand.wished[wish])
                    if not hoped[wish] and left[course]:
                        left[course] -= 1
                        taken[course].append(wish)
                        hoped[wish] = True
                        break
        return [np.array(wishes, np.int64) for wishes in taken]

    def _open_rounds(self, hopes: list[Ints] | None) -> None:
        """Open one section a course and round, the most wanted course first, until none opens."""
        demand = self.demand
        shut: set[int] = set()
        while True:
            asked = []
            for c, course in enumerate(self.draft.courses):
                if c in shut or self._open[c] >= course.max_sections:
                    continue
                wishes = demand.waiting(c) if hopes is None else hopes[c][~demand.granted[hopes[c]]]
                if len(wishes) >= course.min_size:
                    asked.append((-len(wishes), c, wishes))
            if not asked:
                return
            for _, c, wishes in sorted(asked, key=lambda a: a[:2]):
                holders = demand.wisher[wishes]
                wanting = wishes[demand.seats[holders] < demand.wants[holders]]
                if not self._open_one(c, wanting):
                    shut.add(c)

    def _open_one(self, c: int, wishes: Ints) -> bool:
        """Open a section of a course for some of these wishes, at the best time for them."""
        demand, ways = self.demand, self.ways[c]
        if not len(wishes) or not ways.slots:
            return False
        possible, spared = self._possible(c)
        holders = demand.wisher[wishes]
        fits = (demand.free[holders, None] & ways.masks) == ways.masks
        load = np.array([self._load[list(way)].sum() for way in ways.slots])
        best = (0, 0, 0, 0)
        for block in range(len(demand.blocks)):
            seats = np.minimum(fits[demand.block[holders] == block].sum(axis=0), self.size[c])
            seats[~possible] = 0
            way = int(np.lexsort((load, -seats))[0])
            best = max(best, (int(seats[way]), -int(load[way]), -block, -way))
        if best[0] < self.draft.courses[c].min_size:
            return False
        block, way = -best[2], -best[3]
        come = wishes[fits[:, way] & (demand.block[holders] == block)]
        come_by = demand.wisher[come]
        order = np.lexsort((demand.claim[come_by], demand.rank[come], demand.seats[come_by] > 0))
        club = self._settle(c, way, block, own_too=bool(spared[way]))
        for wish in come[order[: self.size[c]]].tolist():
            self.seat(club, wish)
        demand.update_need(club.slots)
        return True

    def _possible(self, c: int) -> tuple[Bools, Bools]:
        """Tell in which ways a course has a room and a leader, and where care can spare own staff.

        A home room or a supervisor that care needs is not given to a club.
        """
        supply, need, ways = self.supply, self.demand.need, self.ways[c]
        rooms = self._rooms[c]
        room = ((supply.room_free[rooms, None] & ways.masks) == ways.masks).any(axis=0)
        leaders = self._leaders[c]
        can = supply.leading(leaders, ways.masks, ways.days)
        own = supply.own[leaders]
        spare = np.array([len(supply.supervisors(s)) for s in range(len(need))]) > need
        reserve = supply.week_left[supply.own].sum() >= STAFF_RESERVE * need.sum() + len(
            ways.slots[0]
        )
        if self.draft.courses[c].room_features == (CLASSROOM,):
            homes = np.array([len(supply.free_home_rooms(s)) for s in range(len(need))]) > need
            room &= [bool(homes[list(way)].all()) for way in ways.slots]
        spared = np.array([bool(spare[list(way)].all()) and bool(reserve) for way in ways.slots])
        possible = room & (can[~own].any(axis=0) | (can[own].any(axis=0) & spared))
        return possible, spared

    def _settle(self, c: int, way: int, block: int, *, own_too: bool) -> Club:
        """Open the section: own staff before external, whoever has most time left."""
        supply, ways = self.supply, self.ways[c]
        slots, leaders, rooms = ways.slots[way], self._leaders[c], self._rooms[c]
        can = supply.leading(leaders, ways.masks[[way]], ways.days[[way]])[:, 0]
        able = leaders[can & (~supply.own[leaders] | own_too)]
        order = np.lexsort((able, -supply.week_left[able], ~supply.own[able]))
        leader = int(able[order[0]])
        free = (supply.room_free[rooms] & ways.masks[way]) == ways.masks[way]
        club = Club(c, slots, int(rooms[free][0]), leader, block)
        supply.book(club.room, slots)
        supply.take(leader, slots)
        self.clubs.append(club)
        self._open[c] += 1
        self._load[list(slots)] += 1
        return club

    def turnout(self, course: int) -> int:
        """Count who wished for a course and could come to it, at some time or other."""
        demand, ways = self.demand, self.ways[course]
        holders = demand.wisher[demand.wishes_for[course]]
        fits = (demand.offered[holders, None] & ways.masks) == ways.masks
        return int(fits.any(axis=1).sum())

    def seat(self, club: Club, wish: int) -> None:
        """Grant a wish; the care that is needed is not counted anew."""
        self.demand.move(wish, club.slots, seated=True)
        club.wishes.append(wish)

    def unseat(self, club: Club, wish: int) -> None:
        """Take a seat away."""
        self.demand.move(wish, club.slots, seated=False)
        club.wishes.remove(wish)

    def close(self, club: Club) -> None:
        """Close a section and send its students back."""
        for wish in list(club.wishes):
            self.unseat(club, wish)
        self.supply.book(club.room, club.slots)
        self.supply.take(club.leader, club.slots, back=True)
        self.clubs.remove(club)
        self._open[club.course] -= 1
        self._load[list(club.slots)] -= 1
        self.demand.update_need(club.slots)


def fill(clubs: Clubs) -> int:
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


def _seat_one(clubs: Clubs, student: int, room: dict[int, list[tuple[int, Club]]]) -> bool:
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
