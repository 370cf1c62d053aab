"""The care groups of every slot, grouped anew one slot after the other."""

from collections.abc import Collection, Iterator

from models import CareGroup, School, Section
from optimizer.engine.finish.arrange.duties import Duties
from optimizer.engine.finish.arrange.groups import Seats, regroup
from optimizer.engine.finish.arrange.score import class_order, faults
from optimizer.engine.finish.arrange.work import Work


class Slots:
    """Care groups by slot; what cannot be bettered stays as it is."""

    def __init__(self, duties: Duties, work: Work) -> None:
        self.duties, self.work = duties, work
        self.params = work.params.arrange
        self.school = duties.school
        self.by_slot: dict[str, list[CareGroup]] = {}
        self._looked_at: dict[str, tuple[str, ...]] = {}

    def regroup(
        self, sections: Collection[Section], groups: Collection[CareGroup]
    ) -> tuple[CareGroup, ...]:
        """Group the children anew; a slot is not looked at again with the same rooms free."""
        self.by_slot = {slot.id: [] for slot in self.school.slots}
        for group in groups:
            self.by_slot[group.slot].append(group)
        slots = [slot for slot, here in self.by_slot.items() if here]
        for slot in slots:
            if self.work.done:
                break
            at_once = self.duties.at_once[slot]
            taken = {s.room for s in sections if not at_once.isdisjoint(s.slots)}
            taken |= {g.room for other in at_once - {slot} for g in self.by_slot[other]}
            free = tuple(room.id for room in self.school.rooms if room.id not in taken)
            if self._looked_at.get(slot) != free:
                self._looked_at[slot] = free
                self._slot(slot, free, self.params.groups_share / len(slots))
        return tuple(g for here in self.by_slot.values() for g in here)

    def _slot(self, slot: str, free: Collection[str], share: float) -> None:
        count = len(self.by_slot[slot])
        size = self.params.neighbours
        starts = (0,) if count <= size else (0, size // 2)
        pieces = max(1, len(starts) * count // size)
        for start in starts:
            for ids in _neighbours(self.duties, self.by_slot[slot], start, size):
                if not self.work.done:
                    self._piece(slot, ids, free, share / pieces)

    def _piece(self, slot: str, ids: Collection[str], free: Collection[str], share: float) -> None:
        """Decide some groups of a slot, the others as they are."""
        now = [g for g in self.by_slot[slot] if g.id in ids]
        beside = [g for g in self.by_slot[slot] if g.id not in ids]
        taken = {g.room for g in beside}
        rooms = [self.school.room[room] for room in free if room not in taken]
        elsewhere = [g for other, here in self.by_slot.items() if other != slot for g in here]
        usual = {(name, g.room) for g in elsewhere for name in self.duties.classes(g)}
        seats = regroup(self.school, now, rooms, usual, self.work, share)
        new = None if seats is None else self._with_staff(now, [*elsewhere, *beside], seats)
        if new is not None and self._faults(new) < self._faults(now):
            self.by_slot[slot] = sorted([*beside, *new], key=lambda g: _first_class(self.duties, g))

    def _faults(self, groups: Collection[CareGroup]) -> tuple[int, ...]:
        return faults(self.school, ((), tuple(groups)), self.duties.classes)

    def _with_staff(
        self, now: list[CareGroup], others: list[CareGroup], seats: Seats
    ) -> list[CareGroup] | None:
        """Make the groups with those who are there already; None if that cannot be."""
        before = [(group.slot, person) for group in now for person in group.staff]
        new = {g.id: g for g in _named(self.school, now, seats)}
        groups = {g.id: g for g in others} | new
        people = {person for _, person in before}
        decided = self.duties.decide(
            groups, new, before, people, self.work, self.params.staff_share
        )
        return None if decided is None else [decided[name] for name in new]


def _first_class(duties: Duties, group: CareGroup) -> tuple[int, str]:
    return min(class_order(duties.school, name) for name in duties.classes(group))


def _neighbours(
    duties: Duties, groups: list[CareGroup], start: int, size: int
) -> Iterator[set[str]]:
    """Cut the groups of a slot, in the order of their classes, into pieces of a size."""
    order = sorted(groups, key=lambda g: _first_class(duties, g))
    if start:
        yield {g.id for g in order[:start]}
    for first in range(start, len(order), size):
        yield {g.id for g in order[first : first + size]}


def _named(school: School, now: list[CareGroup], seats: Seats) -> list[CareGroup]:
    """Give the groups that are to be, in the order of their classes, the names of those there."""
    order = {s.id: n for n, s in enumerate(school.students)}
    rooms = sorted(seats, key=lambda r: min(class_order(school, name) for name in seats[r]))
    return [
        CareGroup(
            id=was.id,
            slot=was.slot,
            room=room,
            staff=(),
            students=tuple(
                sorted((s for mates in seats[room].values() for s in mates), key=order.__getitem__)
            ),
        )
        for was, room in zip(now, rooms, strict=False)
    ]
