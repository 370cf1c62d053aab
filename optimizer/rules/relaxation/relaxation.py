"""What the linear program is made of: which column and row is what.

It is for the families' ``relax`` what ``context.Model`` is for their ``add``.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from models import FAMILIES, Family, School, SectionLock
from optimizer.rules.context import Band, Offer, slot_cliques
from optimizer.rules.relaxation.attending import Attending, Forbids
from optimizer.rules.relaxation.linear import Lp

Counts = dict[tuple[str, int], int]
"""Students by slot and grade."""


class Pool(NamedTuple):
    """Who could have a seat in some sections of a course only if any of them is open."""

    row: int
    seats: list[tuple[str, str, int]]
    """Student, course, and the row that says it of him."""


@dataclass
class Relaxation:
    """The program, and which column and row is what."""

    school: School
    families: frozenset[Family] = frozenset(FAMILIES)
    """The rules kept."""
    by_number: bool = False
    """Whether students are only counted."""
    forbids: Mapping[Family, Forbids] = field(default_factory=dict)
    """The rules' ``forbids_seat``."""
    timed_seats: bool = False
    """Whether seats of single students have a time."""
    offers: list[Offer] = field(default_factory=list)
    lp: Lp = field(default_factory=Lp)
    opened: dict[int, int] = field(default_factory=dict)
    suits: dict[int, frozenset[str]] = field(default_factory=dict)
    """By offer: the rooms it can be in."""
    seat: dict[tuple[str, str], int] = field(default_factory=dict)
    """(student, course): his share; of nobody where students are only counted."""
    at: dict[tuple[int, int], int] = field(default_factory=dict)
    """(grade, offer): its seats there."""
    timed: dict[tuple[str, int], int] = field(default_factory=dict)
    """(student, offer): his seat there, in a program whose seats have a time."""
    takers: dict[tuple[int, str], int] = field(default_factory=dict)
    """(grade, course): students who could have a seat in it, where they are only counted."""
    wanted: Counts = field(default_factory=dict)
    """Places for whoever stays, and to spare."""
    groups: dict[tuple[str, Band], int] = field(default_factory=dict)
    share: dict[tuple[str, int, Band], int] = field(default_factory=dict)
    """(slot, grade, band): the grade's students in groups of the band."""
    care_room: dict[tuple[str, str, Band], int] = field(default_factory=dict)
    """(slot, room, band): groups of the band in rooms like this; where students are only counted.
    """
    pinned_room: dict[tuple[int, str], int] = field(default_factory=dict)
    """(offer, room): a section of the offer is in a room that a lock asks for."""
    lead: dict[tuple[int, str], int] = field(default_factory=dict)
    supervise: dict[tuple[str, str], int] = field(default_factory=dict)
    inside: dict[tuple[str, int], int] = field(default_factory=dict)
    """(slot, grade): of those who stay, at most so many are in sections."""
    care_row: dict[tuple[str, int], int] = field(default_factory=dict)
    """(slot, grade): the row that gives these seats; its price is what a seat there saves."""
    size_rows: dict[int, tuple[int, int]] = field(default_factory=dict)
    """By offer: the rows of its least and its most seats."""
    pools: dict[int, Pool] = field(default_factory=dict)
    """By the column that says whether any of some sections is open: who has to do with it."""
    place_row: dict[tuple[str, int], int] = field(default_factory=dict)
    """(slot, grade): the row of places for all who are in no section."""
    group_rows: list[tuple[str, tuple[int, ...], int]] = field(default_factory=list)
    """Slot, grades, and the row of the groups that these grades need for certain."""
    saving_rows: list[tuple[str, tuple[int, ...], int]] = field(default_factory=list)
    """Slot, grades, and the row of the seats that it takes to save a group of them."""
    seat_rows: dict[tuple[str, int], int] = field(default_factory=dict)
    """(student, offer): the row that he has no seat there without a section."""
    alone_rows: dict[tuple[str, str], int] = field(default_factory=dict)
    """(slot, student): the row that he is in a section, or a group with his grade is there."""
    need_rows: dict[tuple[str, int], int] = field(default_factory=dict)
    """(slot, grade): the row that a group with the grade is there if one is needed."""
    wait_rows: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    """(slot, student): the rows that say so of him: one is needed unless he is in a section."""
    staff_rows: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    """(teacher, slot): the rows in which a duty then counts."""
    duty_rows: dict[tuple[str, str], int] = field(default_factory=dict)
    """(teacher, slot): the row that he supervises then, where a lock says so."""
    room_rows: list[tuple[frozenset[str], frozenset[str], int]] = field(default_factory=list)
    """Slots that meet at one moment, rooms, and the row of what needs one of these then."""
    money_rows: dict[str, int] = field(default_factory=dict)
    """By account that pays."""
    lock_rows: list[tuple[SectionLock, int]] = field(default_factory=list)
    learning_rows: dict[tuple[int, int], int] = field(default_factory=dict)
    """(grade, weekday): the row of seats that free of learning."""
    scarce: list[int] = field(default_factory=list)
    """Rows of staff, rooms and money: what opening a section takes from others."""

    @cached_property
    def attending(self) -> Attending:
        """Who can attend what."""
        return Attending(self.school, self.offers, self.families, self.forbids)

    @cached_property
    def cliques(self) -> list[frozenset[str]]:
        """Largest sets of slots that all meet at one moment."""
        return slot_cliques(self.school)

    @cached_property
    def alike(self) -> dict[str, int]:
        """How many rooms there are like one of them, by the first of each kind."""
        school = self.school
        named = {room for course in school.courses for room in course.rooms}
        named |= {lock.room for lock in school.locks if lock.kind == "section" and lock.room}
        kinds: dict[object, list[str]] = {}
        for room in school.rooms:
            kind = (
                room.id if room.id in named else "",
                (room.seats, room.features, room.available_slots, room.care_room),
                school.home_room_grades.get(room.id),
            )
            kinds.setdefault(kind, []).append(room.id)
        return {rooms[0]: len(rooms) for rooms in kinds.values()}

    def keeps(self, *families: Family) -> bool:
        """Tell whether rules are all part of the program."""
        return self.families.issuperset(families)

    @property
    def at_once(self) -> int:
        """Give how many things a person may do at once (see ``Model``)."""
        return 1 if self.keeps("clash") else max(1, len(self.school.teachers))

    def at_most(self, high: int, columns: Iterable[int]) -> int | None:
        """Add: the sum of columns is at most so much; give the row, if there is one."""
        columns = list(columns)
        if not columns:
            return None
        row = self.lp.row(high=high)
        for column in columns:
            self.lp.put(row, column)
        return row

    def count_groups(
        self, row: int, slot: str, bands: Iterable[Band], coefficient: int = 1
    ) -> None:
        """Let the groups of some bands at a slot count in a row."""
        for band in bands:
            self.lp.put(row, self.groups[slot, band], coefficient)

    def never(self) -> None:
        """Add: nothing fits."""
        self.lp.row(low=1)

    def within(self, column: int, other: int, times: int = 1) -> int:
        """Add: one column is at most so many times the other; give the row."""
        row = self.lp.row(high=0)
        self.lp.put(row, column)
        self.lp.put(row, other, -times)
        return row
