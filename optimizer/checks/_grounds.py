"""What is short, the rules that it rests on, and the moments at which things are counted."""

from typing import NamedTuple

from models import Family, School, Text
from optimizer.checks._care_needed import CareNeeded
from optimizer.checks.base import join_texts, slot_text

MOST_SLOTS = 300


class Shortage(NamedTuple):
    """A contradiction that counts show, and the rule families that it rests on."""

    families: tuple[Family, ...]
    text: Text
    slots: tuple[str, ...] = ()
    """Where not all who stay can be looked after."""
    over: int = 0
    """At least so many of them cannot; 0 where counts do not tell."""
    grade: int | None = None
    """Only of this grade."""


def moments(school: School) -> list[list[str]]:
    """Give sets of slots that all meet at one moment: one for each start of a slot.

    Of very many slots each is looked at by itself, which says less and is as true.
    """
    if len(school.slots) > MOST_SLOTS:
        return [[slot.id] for slot in school.slots]
    starts = dict.fromkeys((slot.weekday, slot.start_minute) for slot in school.slots)
    found = (
        tuple(
            slot.id
            for slot in school.slots
            if slot.weekday == day and slot.start_minute <= start < slot.end_minute
        )
        for day, start in starts
    )
    return [list(slots) for slots in dict.fromkeys(found)]


def at_moment(school: School, slots: list[str]) -> Text:
    """Name a moment by the slots that meet then."""
    return join_texts(slot_text(school.slot[slot]) for slot in slots)


def room_families(needed: CareNeeded, slots: list[str], some: bool) -> tuple[Family, ...]:
    """Give what a shortage of rooms rests on, of some rooms or of none."""
    found: list[Family] = ["attendance", "rooms"]
    if some:
        found += ["group_size", "cross_grade", "clash"]
    if any(needed.pinned_rooms.get(slot) for slot in slots):
        found += ["locks", "clash"]
    if _clubs_count(needed, slots):
        found += CLUBS
    return tuple(dict.fromkeys(found))


CLUBS: tuple[Family, ...] = (
    "wishes",
    "group_size",
    "cross_grade",
    "pattern",
    "rooms",
    "staffing",
    "hours",
    "content",
    "locks",
)
"""What keeps children out of clubs."""


def _clubs_count(needed: CareNeeded, slots: list[str]) -> bool:
    """Tell whether it matters that not everybody can be in a club."""
    return bool(needed.school.courses) and any(needed.staying[slot] for slot in slots)


def staff_families(needed: CareNeeded, slots: list[str], several: bool) -> tuple[Family, ...]:
    """Give what a shortage of people rests on, for several groups or one."""
    found: list[Family] = ["attendance", "staffing"]
    if several:
        found += ["group_size", "cross_grade", "rooms", "clash"]
    if any(needed.prospects.unfit):
        found.append("content")
    if any(needed.pinned_staff.get(slot) for slot in slots):
        found += ["locks", "clash"]
    if _clubs_count(needed, slots):
        found += CLUBS
    return tuple(dict.fromkeys(found))
