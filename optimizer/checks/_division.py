"""Rooms that hold all in base care together, and yet cannot be divided among the grades."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from models import Text, listed
from models.problems import MOST_LISTED
from optimizer.checks._care_needed import CareNeeded
from optimizer.checks._grounds import Shortage, at_moment, moments, room_families
from optimizer.checks.base import join_texts

UNDIVIDED = Text(
    "{slot}：至少 {needs}只能托管，不同年级不能同组；可用于托管的教室（{rooms}）"
    "怎样分给各年级，都有年级坐不下。请增加教室或座位，或放宽“托管跨年级数”。",
    "{slot}: in base care are at least {needs}, and grades do not share a group; however the "
    "rooms for it ({rooms}) are given to the grades, one of them lacks seats. Add rooms or seats, "
    "or raise 'Care grade span'.",
)
OF_GRADE = Text("{grade} 年级 {count} 人", "{count} of grade {grade}")
HOLDS = Text("{room} 坐 {places} 人", "{room} holds {places}")
AND_SO_ON = Text("……", "...")
MOST_ROOMS = 300
MOST_STEPS = 20_000
"""Where there are more, or it takes more to see how they can be divided, nothing is said."""


class Kind(NamedTuple):
    """Rooms that are alike: how many each holds, and for whom they may be."""

    places: int
    takers: frozenset[int]


def undivided(needed: CareNeeded) -> Iterator[Shortage]:
    """Find a moment at which no division of the rooms among the grades gives each enough seats."""
    school = needed.school
    if school.settings.base_care.grade_span > 1:
        return
    for slots in moments(school):
        sure = {
            (slot, grade): count
            for slot in slots
            for grade, count in sorted(needed.sure(slot).items())
        }
        rooms: dict[str, tuple[int, set[int]]] = {}
        for number, (slot, grade) in enumerate(sure):
            for room in needed.rooms_of(slot, (grade,)):
                rooms.setdefault(room.id, (needed.holds(room), set()))[1].add(number)
        kinds = Counter(Kind(places, frozenset(takers)) for places, takers in rooms.values())
        if _Division(kinds).can_hold(list(sure.values())):
            continue
        places = sorted(rooms.items(), key=lambda room: -room[1][0])
        names = [HOLDS.fill(room=name, places=size) for name, (size, _) in places[:MOST_LISTED]]
        names += [AND_SO_ON] * (len(places) > MOST_LISTED)
        here = list(dict.fromkeys(slot for slot, _ in sure))
        needs = listed(OF_GRADE.fill(grade=g, count=count) for (_, g), count in sure.items())
        text = UNDIVIDED.fill(slot=at_moment(school, here), needs=needs, rooms=join_texts(names))
        yield Shortage(room_families(needed, here, some=True), text, tuple(here))
        return  # The other slots may be as short: one sentence says what is to be done.


class _Division:
    """Tries to divide rooms among those who need seats, the largest rooms first."""

    def __init__(self, kinds: Counter[Kind]) -> None:
        self.rooms = [
            kind
            for kind in sorted(kinds, key=lambda k: (-k.places, sorted(k.takers)))
            for _ in range(kinds[kind])
        ]
        self.hopeless: set[tuple[int, tuple[int, ...]]] = set()
        self.steps = 0

    def can_hold(self, needs: Sequence[int]) -> bool:
        """Tell whether there may be a division; False is certain."""
        if len(self.rooms) > MOST_ROOMS:
            return True
        return self._fill(0, tuple(needs))

    def _fill(self, place: int, needs: tuple[int, ...]) -> bool:
        """Tell whether the rooms from a place on can hold what is left to be seated."""
        if not any(needs):
            return True
        self.steps += 1
        if self.steps > MOST_STEPS:
            return True
        if (place, needs) in self.hopeless or not self._enough(place, needs):
            return False
        room = self.rooms[place]
        # Whom it helps most comes first; who needs nothing more leaves it to the others.
        for taker in sorted(room.takers, key=lambda n: -min(needs[n], room.places)):
            if needs[taker]:
                left = max(0, needs[taker] - room.places)
                if self._fill(place + 1, (*needs[:taker], left, *needs[taker + 1 :])):
                    return True
        if self._fill(place + 1, needs):
            return True
        self.hopeless.add((place, needs))
        return False

    def _enough(self, place: int, needs: tuple[int, ...]) -> bool:
        """Tell whether what is left could hold each by itself, and all if seats were shared."""
        rest = self.rooms[place:]
        if sum(room.places for room in rest) < sum(needs):
            return False
        largest = rest[0].places
        if sum(-(-need // largest) for need in needs) > len(rest):
            return False
        return all(
            sum(room.places for room in rest if number in room.takers) >= need
            for number, need in enumerate(needs)
        )
