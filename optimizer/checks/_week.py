"""What the policy wants of the school's slots: when a day ends, how long it is, which days."""

from collections.abc import Iterable, Iterator

from models import CareContent, Clause, PolicyItem, School, Slot, SlotUse, Text, clock, weekday_text
from optimizer.checks._homework import no_time_for_homework
from optimizer.checks.base import join_ids, join_texts, slot_text

EARLY = Text(
    "{grades} 年级{day}的服务 {end} 结束，早于规定的 {limit}（依据：{source}）；请调整时段。",
    "the service for grades {grades} ends at {end} on {day}, earlier than {limit} "
    "(source: {source}): change the slots.",
)
TOO_SHORT = Text(
    "{grades} 年级{day}的服务共 {count} 分钟，应不少于 {limit} 分钟（依据：{source}）；"
    "请增加或加长时段。",
    "the service for grades {grades} on {day} has {count} minutes, at least {limit} expected "
    "(source: {source}): add or lengthen slots.",
)
OTHER_MINUTES = Text(
    "{grades} 年级{day}的服务共 {count} 分钟，应为 {limit} 分钟（依据：{source}）；请调整时段。",
    "the service for grades {grades} on {day} has {count} minutes, just {limit} expected "
    "(source: {source}): change the slots.",
)
OTHER_PERIODS = Text(
    "{grades} 年级{day}的服务有 {count} 节，应为 {limit} 节（依据：{source}）；请增减时段。",
    "the service for grades {grades} on {day} has {count} periods, just {limit} expected "
    "(source: {source}): add or delete slots.",
)
OTHER_LENGTH = Text(
    "时段 {id}（{slot}）长 {count} 分钟，{grades} 年级每节应为 {limit} 分钟（依据：{source}）；"
    "请更正起止时间。",
    "slot {id} ({slot}) is {count} minutes long, just {limit} expected for grades {grades} "
    "(source: {source}): correct its start or end.",
)
TOO_FEW_DAYS = Text(
    "{grades} 年级周一至周五有 {count} 天服务（{days}），应不少于 {limit} 天（依据：{source}）；"
    "请增加时段。",
    "grades {grades} have the service on {count} days from Mon to Fri ({days}), at least {limit} "
    "expected (source: {source}): add slots.",
)
OTHER_WEEKEND = Text(
    "{grades} 年级周六、周日有 {count} 天服务（{days}），应为 {limit} 天（依据：{source}）；"
    "请增减时段。",
    "grades {grades} have the service on {count} days of the weekend ({days}), just {limit} "
    "expected (source: {source}): add or delete slots.",
)
NO_HOMEWORK = Text(
    "{grades} 年级{day} {start}-{end} 应做作业，但 {gaps} 没有作业时段（依据：{source}）；"
    "请设“仅托管”、内容为“作业”的时段。",
    "grades {grades} do homework on {day} {start}-{end}, but no homework slot covers {gaps} "
    "(source: {source}): make slots there for care only, with homework as care content.",
)
_STRETCH = Text("{start}-{end}", "{start}-{end}")

FRIDAY = 5
Said = tuple[Text, dict[str, object]]
"""A message, and what fills it but for the grades that it goes for."""


def check_slots(school: School) -> Iterator[Text]:
    """Say what is wrong with the slots, once for all grades of which the same is to be said."""
    said: dict[tuple[Text, tuple[tuple[str, object], ...]], list[int]] = {}
    admitted = school.in_force(PolicyItem.ELIGIBLE)
    for grade in school.grades:
        if not admitted or school.clauses(PolicyItem.ELIGIBLE, grade):
            for text, facts in _of_grade(school, grade):
                said.setdefault((text, tuple(facts.items())), []).append(grade)
    for (text, filled), grades in said.items():
        yield text.fill(grades=join_ids(grades), **dict(filled))


def _of_grade(school: School, grade: int) -> Iterator[Said]:
    days: dict[int, list[Slot]] = {}
    for slot in school.slots:
        if slot.admits_grade(grade) and not slot.evening_study:
            days.setdefault(slot.weekday, []).append(slot)
    for weekday in sorted(days):
        if weekday <= FRIDAY:
            yield from _of_day(school, grade, weekday, days[weekday])
        for clause in school.clauses(PolicyItem.PERIOD_MINUTES, grade):
            for slot in days[weekday]:
                if slot.minutes != clause.value:
                    facts = {"id": slot.id, "slot": slot_text(slot), "count": slot.minutes}
                    yield OTHER_LENGTH, facts | _limit(clause)
    yield from _of_week(school, grade, sorted(days))


def _limit(clause: Clause) -> dict[str, object]:
    return {"limit": clause.value, "source": clause.source}


def _of_day(school: School, grade: int, weekday: int, slots: list[Slot]) -> Iterator[Said]:
    day = weekday_text(weekday)
    end = max(slot.end_minute for slot in slots)
    minutes = len(_covered(slots))
    for clause in school.clauses(PolicyItem.EARLIEST_END, grade):
        limit = clause.value or 0
        if end < limit:
            ends = {"end": clock(end), "limit": clock(limit)}
            yield EARLY, {"day": day, "source": clause.source, **ends}
    for clause in school.clauses(PolicyItem.MIN_MINUTES_DAY, grade):
        if minutes < (clause.value or 0):
            yield TOO_SHORT, {"day": day, "count": minutes} | _limit(clause)
    for clause in school.clauses(PolicyItem.MINUTES_DAY, grade):
        if minutes != clause.value:
            yield OTHER_MINUTES, {"day": day, "count": minutes} | _limit(clause)
    for clause in school.clauses(PolicyItem.PERIODS_DAY, grade):
        if len(slots) != clause.value:
            yield OTHER_PERIODS, {"day": day, "count": len(slots)} | _limit(clause)
    yield from _homework(school, grade, day, slots)
    yield from no_time_for_homework(school, grade, day, slots)


def _of_week(school: School, grade: int, days: list[int]) -> Iterator[Said]:
    working = [d for d in days if d <= FRIDAY]
    free = [d for d in days if d > FRIDAY]
    for clause in school.clauses(PolicyItem.MIN_WEEKDAYS, grade):
        if len(working) < (clause.value or 0):
            named = join_texts(weekday_text(d) for d in working)
            yield TOO_FEW_DAYS, {"count": len(working), "days": named} | _limit(clause)
    for clause in school.clauses(PolicyItem.WEEKEND_DAYS, grade):
        if len(free) != clause.value:
            named = join_texts(weekday_text(d) for d in free)
            yield OTHER_WEEKEND, {"count": len(free), "days": named} | _limit(clause)


def _homework(school: School, grade: int, day: Text, slots: list[Slot]) -> Iterator[Said]:
    first = school.clauses(PolicyItem.HOMEWORK_START, grade)
    last = school.clauses(PolicyItem.HOMEWORK_END, grade)
    if not first or not last:
        return
    start, end = min(c.value or 0 for c in first), max(c.value or 0 for c in last)
    uses = {SlotUse.CARE_ONLY}
    if any(
        school.clauses(item, grade) for item in (PolicyItem.CONTENT_START, PolicyItem.CONTENT_END)
    ):
        uses.add(SlotUse.ANY)
    there = [
        slot
        for slot in slots
        if slot.use in uses
        and (slot.use is SlotUse.ANY or slot.care_content is CareContent.HOMEWORK)
    ]
    missing = sorted(set(range(start, end)) - _covered(there))
    if missing:
        sources = join_ids(dict.fromkeys(clause.source for clause in (*first, *last)))
        when = {"start": clock(start), "end": clock(end)}
        yield NO_HOMEWORK, {"day": day, "gaps": _gaps(missing), "source": sources, **when}


def _covered(slots: Iterable[Slot]) -> set[int]:
    """Give the minutes of a day that slots cover, each by the minute at which it starts."""
    return {minute for slot in slots for minute in range(slot.start_minute, slot.end_minute)}


def _gaps(missing: list[int]) -> Text:
    """Write minutes as the stretches they make."""
    ends = {minute + 1 for minute in missing}
    starts = [minute for minute in missing if minute not in ends]
    stops = [end for end in sorted(ends) if end not in set(missing)]
    return join_texts(
        _STRETCH.fill(start=clock(start), end=clock(stop))
        for start, stop in zip(starts, stops, strict=True)
    )
