"""Every way to hold a course in the week, so that "no way fits" can be confirmed."""

from collections.abc import Iterator
from itertools import combinations, product

from models import Course, School, Slot, SlotUse


def weekly_patterns(school: School, course: Course) -> frozenset[frozenset[str]]:
    """Give every set of slots that keeps the course's weekly pattern (rule ``pattern``)."""
    sessions: dict[int, list[tuple[Slot, ...]]] = {}
    for session in _sessions(school, course):
        sessions.setdefault(session[0].weekday, []).append(session)
    wanted, gap = course.sessions_per_week, course.min_gap_days
    found: Iterator[tuple[tuple[Slot, ...], ...]]
    if gap:
        weeks = combinations(sorted(sessions), wanted)
        apart = (w for w in weeks if all(b - a >= gap for a, b in combinations(w, 2)))
        found = (chosen for week in apart for chosen in product(*(sessions[d] for d in week)))
    else:
        found = combinations([s for own in sessions.values() for s in own], wanted)
    return frozenset(
        frozenset(slot.id for slot in slots)
        for slots in (tuple(slot for session in chosen for slot in session) for chosen in found)
        if not any(a.overlaps(b) for a, b in combinations(slots, 2))
    )


def _sessions(school: School, course: Course) -> Iterator[tuple[Slot, ...]]:
    """Chain periods that follow each other closely enough to make one session."""
    slots = [
        slot
        for slot in school.slots
        if slot.use is not SlotUse.CARE_ONLY and (course.slots is None or slot.id in course.slots)
    ]
    longest = school.settings.session_break_minutes
    chains: list[tuple[Slot, ...]] = [(slot,) for slot in slots]
    for _ in range(course.periods_per_session - 1):
        chains = [
            (*chain, slot)
            for chain in chains
            for slot in slots
            if slot.weekday == chain[-1].weekday
            and 0 <= slot.start_minute - chain[-1].end_minute <= longest
        ]
    yield from chains
