"""The weekly pattern of a section: how many slots, on which days, back to back."""

from collections.abc import Iterator
from itertools import combinations, pairwise

from models import Course, Plan, School, Section, Slot, SlotUse, Text, weekday_text
from optimizer.checks.base import Finding, section_text, slot_text, slots_text

NOT_ALLOWED = Text(
    "{section}用了 {slot}，课程只能用 {allowed}。",
    "{section} meets on {slot}, but its course may use only {allowed}.",
)
CARE_ONLY = Text(
    "{section}用了 {slot}，该时段只用于托管。",
    "{section} meets on {slot}, which is for base care only.",
)
WRONG_COUNT = Text(
    "{section}每周有 {count} 个时段，应为 {limit} 个（{sessions} 次，每次 {periods} 节）。",
    "{section} has {count} slots a week, not {limit} ({sessions} sessions of {periods} periods).",
)
OVERLAP = Text(
    "{section}自己的时段重叠：{first} 与 {second}。",
    "{section} has slots that overlap: {first} and {second}.",
)
DAY_COUNT = Text(
    "{section}在{day}有 {count} 节，每次应为 {periods} 节。",
    "{section} has {count} periods on {day}, but a session is {periods}.",
)
TOO_CLOSE = Text(
    "{section}在{first}和{second}活动，只隔 {count} 天，至少应隔 {limit} 天。",
    "{section} meets on {first} and {second}, {count} days apart: at least {limit}.",
)
NOT_BACK_TO_BACK = Text(
    "{section}同一次活动的 {first} 和 {second} 之间隔了 {count} 分钟，最多 {limit} 分钟。",
    "{section} has {count} minutes between {first} and {second} of one session: at most {limit}.",
)


def check(school: School, plan: Plan) -> Iterator[Finding]:
    """Find sections that do not keep their course's weekly pattern."""
    for section in plan.sections:
        course = school.course[section.course]
        for text in _section(school, section, course):
            yield Finding("pattern", text)


def _section(school: School, section: Section, course: Course) -> Iterator[Text]:
    slots = sorted(
        (school.slot[s] for s in section.slots), key=lambda s: (s.weekday, s.start_minute)
    )
    said = section_text(school, section)
    yield from _allowed(school, said, course, slots)
    if len(slots) != course.periods_per_week:
        yield WRONG_COUNT.fill(
            section=said,
            count=len(slots),
            limit=course.periods_per_week,
            sessions=course.sessions_per_week,
            periods=course.periods_per_session,
        )
        return
    overlapping = [(a, b) for a, b in combinations(slots, 2) if a.overlaps(b)]
    for first, second in overlapping:
        yield OVERLAP.fill(section=said, first=slot_text(first), second=slot_text(second))
    if not overlapping:
        yield from _days(school, said, course, slots)


def _allowed(school: School, said: Text, course: Course, slots: list[Slot]) -> Iterator[Text]:
    for slot in slots:
        if course.slots is not None and slot.id not in course.slots:
            allowed = slots_text(school, course.slots)
            yield NOT_ALLOWED.fill(section=said, slot=slot_text(slot), allowed=allowed)
        if slot.use is SlotUse.CARE_ONLY:
            yield CARE_ONLY.fill(section=said, slot=slot_text(slot))


def _days(school: School, said: Text, course: Course, slots: list[Slot]) -> Iterator[Text]:
    by_day: dict[int, list[Slot]] = {}
    for slot in slots:
        by_day.setdefault(slot.weekday, []).append(slot)
    periods, gap = course.periods_per_session, course.min_gap_days
    for day, own in by_day.items():
        # Without a gap a day may hold several sessions, but only whole ones.
        whole = len(own) == periods if gap else len(own) % periods == 0
        if not whole:
            facts = {"day": weekday_text(day), "count": len(own), "periods": periods}
            yield DAY_COUNT.fill(section=said, **facts)
            continue
        for start in range(0, len(own), periods):
            yield from _session(school, said, own[start : start + periods])
    for first, second in combinations(by_day, 2):
        if second - first < gap:
            days = {"first": weekday_text(first), "second": weekday_text(second)}
            yield TOO_CLOSE.fill(section=said, count=second - first, limit=gap, **days)


def _session(school: School, said: Text, periods: list[Slot]) -> Iterator[Text]:
    longest = school.settings.session_break_minutes
    for first, second in pairwise(periods):
        pause = second.start_minute - first.end_minute
        if pause > longest:
            slots = {"first": slot_text(first), "second": slot_text(second)}
            yield NOT_BACK_TO_BACK.fill(section=said, count=pause, limit=longest, **slots)
