"""The weekly pattern of a section.

Statement. A section's slots are among the course's ``slots`` (where given) and none is for base
care only. There are ``sessions_per_week * periods_per_session`` of them, no two overlapping.
With ``min_gap_days`` of 1 or more: each weekday used has exactly ``periods_per_session`` slots,
and any two weekdays used are at least ``min_gap_days`` apart (Monday 1 to Sunday 7, no wrap
over the week's end). With 0, sessions may share a day. The periods of a session are back to
back: sorted by time, each starts no earlier than the one before ends and at most
``session_break_minutes`` after it.
"""

from collections.abc import Iterator
from itertools import chain, combinations, pairwise

from models import Course, School, Slot, SlotUse
from optimizer.rules.context import Model


def patterns(school: School, course: Course) -> list[tuple[str, ...]]:
    """Give every set of slots at which a section of the course may meet, in time order."""
    allowed = [
        slot
        for slot in school.slots
        if slot.use is not SlotUse.CARE_ONLY and (course.slots is None or slot.id in course.slots)
    ]
    sessions = [
        session
        for weekday in sorted({slot.weekday for slot in allowed})
        for session in _sessions(school, course, [s for s in allowed if s.weekday == weekday])
    ]
    found = {
        tuple(slot.id for slot in sorted(chain.from_iterable(chosen), key=_when))
        for chosen in combinations(sessions, course.sessions_per_week)
        if _apart(course, chosen)
    }
    order = {slot.id: n for n, slot in enumerate(sorted(school.slots, key=_when))}
    return sorted(found, key=lambda slots: [order[s] for s in slots])


def others(school: School, course: Course) -> list[tuple[str, ...]]:
    """Give more ways to meet for when the rule is left out: any one slot, and pinned ones."""
    pinned = [x.slots for x in school.locks if x.kind == "section" and x.course == course.id]
    return [(slot.id,) for slot in school.slots] + [slots for slots in pinned if len(slots) > 1]


def _when(slot: Slot) -> tuple[int, int, str]:
    return slot.weekday, slot.start_minute, slot.id


def _sessions(school: School, course: Course, day: list[Slot]) -> Iterator[tuple[Slot, ...]]:
    """Give the runs of back-to-back slots on one day that make a session."""
    break_minutes = school.settings.session_break_minutes
    for run in combinations(sorted(day, key=_when), course.periods_per_session):
        gaps = [b.start_minute - a.end_minute for a, b in pairwise(run)]
        if all(0 <= gap <= break_minutes for gap in gaps):
            yield run


def _apart(course: Course, sessions: tuple[tuple[Slot, ...], ...]) -> bool:
    for first, second in combinations(sessions, 2):
        days = abs(first[0].weekday - second[0].weekday)
        if days < course.min_gap_days or any(a.overlaps(b) for a in first for b in second):
            return False
    return True


def add(model: Model) -> None:
    """Add nothing: offers have the patterns above and no others."""
