"""The witness: a plan that keeps every rule, and the purse that fits around it."""

from typing import NamedTuple

import numpy as np

from instances.generator.clubs import Club, Clubs, fill
from instances.generator.demand import Demand
from instances.generator.draft import TERM, DraftSchool
from instances.generator.fairness import share_out
from instances.generator.names import CLASSROOM
from instances.generator.staff import OWN_PAY_FEN
from instances.generator.supply import Supply
from models import CareGroup, PayUnit, School, Section, Weights
from optimizer.ledger import occurrences, term_pay_fen

BUDGET_SHARE = 0.97
"""Budget over what the plan without one pays."""
ROUND_FEN = 10_000
OPEN_SHARE = 0.75
"""Share of the clubs that must stay open: the witness is to be a plan worth the name."""
ROUNDS = 50
"""Clubs are closed in about so many rounds; large schools close several at a time."""


class Duty(NamedTuple):
    """One care group: slot, room, supervisor and students."""

    slot: int
    room: int
    supervisor: int
    students: list[int]


class Raw(NamedTuple):
    """What a plan is made of, and the budget that fits it."""

    sections: tuple[Section, ...]
    care_groups: tuple[CareGroup, ...]
    budget_fen: int


class Witness:
    """Plans clubs and care, then closes clubs until the budget is kept."""

    def __init__(self, draft: DraftSchool) -> None:
        self.draft = draft
        self.demand = Demand(draft)
        self.supply = Supply(draft)
        self.clubs = Clubs(draft, self.demand, self.supply)
        # The tariffs need to know when a slot falls, nothing else of the school.
        self._calendar = School.model_construct(
            settings=draft.settings(None),
            term=TERM,
            slots=draft.slots,
            rooms=(),
            classes=(),
            teachers=(),
        )
        self._dates = occurrences(TERM)
        self._pay: dict[tuple[int, PayUnit, tuple[int, ...]], int] = {}

    def make(self) -> Raw:
        """Make the plan and name the budget."""
        self.clubs.open_all()
        duties = self._care()
        pay = self._pay_fen(duties)
        budget = int(pay * BUDGET_SHARE) // ROUND_FEN * ROUND_FEN
        fewest = len(self.clubs.clubs) * OPEN_SHARE
        saved = True
        while saved and pay > budget and len(self.clubs.clubs) > fewest:
            self._give_back(duties)
            saved = self._save(pay - budget)
            fill(self.clubs)
            duties = self._care()
            pay = self._pay_fen(duties)
        self._give_back(duties)
        share_out(self.clubs)
        duties = self._care()
        pay = self._pay_fen(duties)
        # Where care eats up what closing clubs saves, the purse has to be the larger one.
        budget = max(budget, -(-pay // ROUND_FEN) * ROUND_FEN)
        return Raw(self._sections(), self._care_groups(duties), budget)

    def _care(self) -> list[Duty]:
        """Look after everybody who stays and is in no club, slot by slot, the scarcest first."""
        demand, supply = self.demand, self.supply
        busy = np.zeros(len(demand.stays), np.int64)
        for club in self.clubs.clubs:
            busy[demand.wisher[club.wishes]] |= sum(1 << s for s in club.slots)
        spare = [len(supply.supervisors(s)) - int(need) for s, need in enumerate(demand.need)]
        duties: list[Duty] = []
        for s in sorted(range(len(spare)), key=spare.__getitem__):
            groups = demand.care_members(s, (busy >> s) & 1 == 1)
            people = supply.supervisors(s)
            order = np.argsort(-supply.week_left[people], kind="stable")
            chosen = people[order][: len(groups)].tolist()
            chosen += [supply.hire() for _ in range(len(groups) - len(chosen))]
            rooms = self._care_rooms(s, groups)
            for room, person, students in zip(rooms, chosen, groups, strict=True):
                supply.take(person, (s,))
                supply.book(room, (s,))
                duties.append(Duty(s, room, person, students))
        return duties

    def _care_rooms(self, slot: int, groups: list[list[int]]) -> list[int]:
        """Give each group a home room, that of its first student's class where it is free."""
        homes = {home.id: i for i, home in enumerate(self.draft.classes)}
        free = dict.fromkeys(self.supply.free_home_rooms(slot).tolist())
        rooms: list[int | None] = []
        for students in groups:
            home = homes[self.draft.students[students[0]].home_class]
            rooms.append(home if home in free else None)
            free.pop(home, None)
        rest = iter(free)
        return [next(rest) if room is None else room for room in rooms]

    def _give_back(self, duties: list[Duty]) -> None:
        for duty in duties:
            self.supply.take(duty.supervisor, (duty.slot,), back=True)
            self.supply.book(duty.room, (duty.slot,))

    def _fen(self, person: int, slots: tuple[int, ...]) -> int:
        """Pay of a person for leading or supervising at some slots all term."""
        teacher = self.draft.teachers[person]
        key = teacher.pay_fen or 0, teacher.pay_unit, slots
        if key not in self._pay:
            names = tuple(self.draft.slots[s].id for s in slots)
            self._pay[key] = term_pay_fen(self._calendar, names, teacher)
        return self._pay[key]

    def _pay_fen(self, duties: list[Duty]) -> int:
        led = sum(self._fen(club.leader, club.slots) for club in self.clubs.clubs)
        return led + sum(self._fen(duty.supervisor, (duty.slot,)) for duty in duties)

    def _save(self, wanted: int) -> bool:
        """Close some of the clubs whose points cost most, until about so much is saved."""
        costs = [(self._saving(club), club) for club in self.clubs.clubs]
        dear = [
            (self._points(club) / saving, i) for i, (saving, club) in enumerate(costs) if saving > 0
        ]
        batch = 1 + len(costs) // ROUNDS
        saved = 0
        for _, i in sorted(dear)[:batch]:
            # What the closings before left of the saving; the first keeps all of it.
            saving = self._saving(costs[i][1])
            if saved < wanted and saving > 0:
                self.clubs.close(costs[i][1])
                saved += saving
        return saved > 0

    def _points(self, club: Club) -> int:
        points = Weights().rank_points
        return sum(points[rank - 1] for rank in self.demand.rank[club.wishes].tolist())

    def _saving(self, club: Club) -> int:
        """Tell what closing a club saves; 0 if its students could not be looked after."""
        demand, draft = self.demand, self.draft
        saving = self._fen(club.leader, club.slots)
        own_room = draft.courses[club.course].room_features == (CLASSROOM,)
        after = demand.need_without(club.wishes, club.slots)
        for s, groups in zip(club.slots, after, strict=True):
            if groups > len(self.supply.free_home_rooms(s)) + own_room:
                return 0
            more = groups - int(demand.need[s])
            saving -= more * OWN_PAY_FEN * self._dates[draft.slots[s].weekday]
        return saving

    def _sections(self) -> tuple[Section, ...]:
        draft, demand = self.draft, self.demand
        numbers: dict[int, int] = {}
        made = []
        for club in sorted(self.clubs.clubs, key=lambda club: (club.course, club.slots)):
            numbers[club.course] = numbers.get(club.course, 0) + 1
            course = draft.courses[club.course]
            made.append(
                Section(
                    id=f"{course.id}-{numbers[club.course]}",
                    course=course.id,
                    slots=tuple(draft.slots[s].id for s in club.slots),
                    room=draft.rooms[club.room].id,
                    staff=(draft.teachers[club.leader].id,),
                    students=tuple(
                        draft.students[i].id for i in sorted(demand.wisher[club.wishes].tolist())
                    ),
                )
            )
        return tuple(made)

    def _care_groups(self, duties: list[Duty]) -> tuple[CareGroup, ...]:
        draft = self.draft
        ordered = sorted(duties, key=lambda duty: (duty.slot, duty.students))
        return tuple(
            CareGroup(
                id=f"G{number:04d}",
                slot=draft.slots[duty.slot].id,
                room=draft.rooms[duty.room].id,
                staff=(draft.teachers[duty.supervisor].id,),
                students=tuple(draft.students[i].id for i in sorted(duty.students)),
            )
            for number, duty in enumerate(ordered, 1)
        )
