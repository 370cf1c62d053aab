"""What the policy wants of the school's slots: when a day ends, how long it is, which days.

Of slots that overlap a child can have one, and at a slot for clubs only nobody can stay who has no
club. So a day is as long as what one child can have of it, and both without such slots.
"""

from collections.abc import Callable, Iterable, Iterator

from models import CareContent, Clause, PolicyItem, School, Slot, SlotUse, Text, clock, weekday_text
from optimizer.checks._dates import check_dates
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
    "请设“仅托管”、内容为“作业”、互不重叠的时段。",
    "grades {grades} do homework on {day} {start}-{end}, but no homework slot covers {gaps} "
    "(source: {source}): make slots there for care only, with homework as care content, that do "
    "not overlap.",
)
CLUBS_ASIDE = Text(
    "（“仅社团”的时段不计：没有社团的学生不能留。）",
    " (Slots for clubs only are not counted: whoever has no club goes home.)",
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
    every = [slot for slot in school.slots if slot.admits_grade(grade)]
    slots = [slot for slot in every if not slot.evening_study]
    for clause in school.clauses(PolicyItem.PERIOD_MINUTES, grade):
        for slot in every:
            if slot.minutes != clause.value:
                facts = {"id": slot.id, "slot": slot_text(slot), "count": slot.minutes}
                yield OTHER_LENGTH, facts | _limit(clause)
    for weekday in range(1, FRIDAY + 1):
        there = [slot for slot in slots if slot.weekday == weekday]
        if there:
            yield from _of_day(school, grade, weekday, there)
    yield from _of_week(school, grade, slots)
    yield from check_dates(school, grade, slots)


def _limit(clause: Clause) -> dict[str, object]:
    return {"limit": clause.value, "source": clause.source}


def _of_day(school: School, grade: int, weekday: int, slots: list[Slot]) -> Iterator[Said]:
    day = weekday_text(weekday)
    staying = _for_all(slots)
    end = max((slot.end_minute for slot in staying), default=0)
    for clause in school.clauses(PolicyItem.EARLIEST_END, grade):
        limit = clause.value or 0
        if end < limit:
            ends = {"end": clock(end), "limit": clock(limit)}
            yield _aside(EARLY, slots, staying), {"day": day, "source": clause.source, **ends}
    for clause in school.clauses(PolicyItem.MIN_MINUTES_DAY, grade):
        minutes = _most(staying, _minutes)
        if minutes < (clause.value or 0):
            facts = {"day": day, "count": minutes} | _limit(clause)
            yield _aside(TOO_SHORT, slots, staying), facts
    for item, said, counted in (
        (PolicyItem.MINUTES_DAY, OTHER_MINUTES, _minutes),
        (PolicyItem.PERIODS_DAY, OTHER_PERIODS, lambda _: 1),
    ):
        for clause in school.clauses(item, grade):
            whole, count = _most(slots, counted), _most(staying, counted)
            if whole != clause.value:
                yield said, {"day": day, "count": whole} | _limit(clause)
            elif count != whole:
                facts = {"day": day, "count": count} | _limit(clause)
                yield _aside(said, slots, staying), facts
    yield from _homework(school, grade, day, slots)
    yield from no_time_for_homework(school, grade, day, slots)


def _for_all(slots: Iterable[Slot]) -> list[Slot]:
    """Leave out slots at which nobody stays who has no club."""
    return [slot for slot in slots if slot.use is not SlotUse.CLUBS_ONLY]


def _aside(text: Text, slots: list[Slot], staying: list[Slot]) -> Text:
    """Add that slots for clubs only were left aside, where there are any."""
    if len(slots) == len(staying):
        return text
    return Text(text.zh + CLUBS_ASIDE.zh, text.en + CLUBS_ASIDE.en)


def _minutes(slot: Slot) -> int:
    return slot.minutes


def _most(slots: Iterable[Slot], worth: Callable[[Slot], int]) -> int:
    """Give the most that one child can have of some slots of a day."""
    return sum(worth(slot) for slot in _best(slots, worth))


def _best(slots: Iterable[Slot], worth: Callable[[Slot], int]) -> tuple[Slot, ...]:
    """Give the slots, none overlapping another, that are worth most together.

    By the clock: what is best until a minute is what was best until the last, or a slot that ends
    then, after what was best until it starts.
    """
    ending: dict[int, list[Slot]] = {}
    for slot in slots:
        ending.setdefault(slot.end_minute, []).append(slot)
    best: list[tuple[int, tuple[Slot, ...]]] = [(0, ())]
    for minute in range(1, max(ending, default=0) + 1):
        now = best[-1]
        for slot in ending.get(minute, ()):
            value, before = best[slot.start_minute]
            if value + worth(slot) > now[0]:
                now = (value + worth(slot), (*before, slot))
        best.append(now)
    return best[-1][1]


def _of_week(school: School, grade: int, slots: list[Slot]) -> Iterator[Said]:
    working = sorted({s.weekday for s in _for_all(slots) if s.weekday <= FRIDAY})
    free = sorted({s.weekday for s in slots if s.weekday > FRIDAY})
    for clause in school.clauses(PolicyItem.MIN_WEEKDAYS, grade):
        if len(working) < (clause.value or 0):
            named = join_texts(weekday_text(d) for d in working)
            facts = {"count": len(working), "days": named} | _limit(clause)
            yield _aside(TOO_FEW_DAYS, slots, _for_all(slots)), facts
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
    wanted = set(range(start, end))
    missing = sorted(wanted - _covered(_best(there, lambda s: len(wanted & _covered((s,))))))
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
