"""Courses that can never open as the data stand, each with the cause."""

from collections.abc import Iterable, Iterator

from models import Course, Problem, School, Slot, SlotUse, Text
from optimizer.checks import content
from optimizer.checks._prospects import Prospects, Slots
from optimizer.checks._unfit import why_unfit
from optimizer.checks.base import join_ids, join_texts, slots_text

MOST_TIMES = 6

NEVER = Text("按现在的数据，这门课不可能开班：{why}", "as the data stand it can never open: {why}")
PROVIDER = Text(
    "政策不允许机构“{provider}”：{why}；请换机构或删去这门课。",
    "the policy bars provider '{provider}': {why}; change the provider or delete the course.",
)
CONTENT = Text(
    "政策不允许其内容：{bans}；请更正内容标签，或删去这门课。",
    "the policy bars what it contains: {bans}. Correct the content or delete the course.",
)
NO_SESSION = Text(
    "每次 {periods} 节须连上（间隔不超过 {pause} 分钟），但可用时段中没有一天有这样的 {periods} 节"
    "（可用：{slots}）；请改每次节数或增加时段。",
    "a session takes {periods} periods back to back (at most {pause} minutes apart), and on no day "
    "are there so many that it may use ({slots}): change the periods a session or add slots.",
)
NO_WEEK = Text(
    "每周 {sessions} 次、至少相隔 {gap} 天，但可用时段（{slots}）排不出来；请改次数、间隔或时段。",
    "it takes {sessions} sessions a week at least {gap} days apart, which its slots ({slots}) do "
    "not allow: change the sessions, the gap or the slots.",
)
NO_STAFF = Text(
    "每班要 {needed} 位教师全程在场，但它能用的时间（{times}）里凑不齐；能带的教师及其可来的时间："
    "{staff}；请改教师、教师的可用时段或课程的时段。",
    "a section takes {needed} staff who are there at all its times, and at none of the times that "
    "it may use ({times}) are they; those who can lead it and when: {staff}. Change the leaders, "
    "when they are available, or the course's slots.",
)
NO_ROOM = Text(
    "合适的教室（{rooms}）在它能用的时间（{times}）里都不可用；请改教室的可用时段或课程的时段。",
    "the rooms that fit it ({rooms}) are available at none of the times that it may use ({times}): "
    "change when they are available, or the course's slots.",
)
NEVER_BOTH = Text(
    "教师与教室的时间凑不到一起：教师可在 {staff}，教室可用于 {rooms}；请改其一。",
    "leaders and rooms are never free together: leaders at {staff}, rooms at {rooms}. Change "
    "either.",
)
FEW_WISHES = Text(
    "至少要 {least} 人，能来的志愿只有 {count} 条；请减少最少人数，或与别的课合并。",
    "it takes {least} children, and only {count} children who could come wish for it: lower the "
    "minimum "
    "size, or merge it with another course.",
)
FEW_AT_ONCE = Text(
    "至少要 {least} 人，志愿有 {wishes} 条，但任何一个可行的时间最多只有 {count} 人能一起来（"
    "{times}）；"
    "请减少最少人数，或改时段、跨年级数。",
    "it takes {least} children and {wishes} wish for it, but at no time at which it could be held "
    "({times}) can more than {count} come together: lower the minimum size, or change slots or the "
    "grade span.",
)
PERSON = Text("{id}：{slots}", "{id}: {slots}")
PERSON_AT_MOST = Text(
    "{id}：{slots}，每天最多 {day} 节、每周最多 {week} 节",
    "{id}: {slots}, at most {day} periods a day and {week} a week",
)
ANY_TIME = Text("任何时间", "any time")
NOBODY = Text("无", "nobody")
NOT_FIT = Text("{id}：{why}", "{id}: {why}")
AND_MORE = Text("{some}等", "{some}, ...")


def closed_courses(prospects: Prospects) -> Iterator[Problem]:
    """Find courses that no plan can open although the school means to."""
    school = prospects.school
    for number, course in enumerate(school.courses):
        if not prospects.most_sections(course.id) or prospects.unknown(course.id):
            continue
        if not prospects.ways(course.id):
            why = cause(prospects, course)
            if why is not None:
                field, text = why
                text = NEVER.fill(why=text)
                yield Problem("never-opens", "courses", number, field, course.id, text, "warning")


def cause(prospects: Prospects, course: Course) -> tuple[str, Text] | None:
    """Give the column to blame and why a course can never open.

    None while no wishes have been gathered, and they are all that is missing.
    """
    school = prospects.school
    bans = content.provider_bans(school, course.provider)
    if bans:
        return "provider", PROVIDER.fill(provider=course.provider, why=join_texts(bans))
    barred = _barred(prospects, course)
    if barred is not None:
        return "content", barred
    patterns = prospects.patterns(course.id) or frozenset()
    if not patterns:
        return _no_pattern(school, course)
    staffed = [p for p in patterns if len(prospects.staff(course.id, p)) >= course.staff_needed]
    housed = [p for p in patterns if prospects.rooms(course.id, p)]
    if not staffed:
        facts = {"needed": course.staff_needed, "times": times_text(school, patterns)}
        people = join_texts(_when(prospects, name) for name in course.leaders)
        return "leaders", NO_STAFF.fill(staff=people, **facts)
    if not housed:
        rooms = join_ids(prospects.fitting_rooms(course.id))
        return "rooms", NO_ROOM.fill(rooms=rooms, times=times_text(school, patterns))
    both = [p for p in staffed if p in housed]
    if not both:
        facts = {"staff": times_text(school, staffed), "rooms": times_text(school, housed)}
        return "slots", NEVER_BOTH.fill(**facts)
    return _few(prospects, course, both) if school.wishes else None


def _barred(prospects: Prospects, course: Course) -> Text | None:
    """Say which content the policy bars, where too few are left of those who could come else."""
    school = prospects.school
    here = [grade for grade in school.grades if grade in course.grades]
    barred = [grade for grade in here if content.content_bans(school, course, (grade,))]
    if not barred:
        return None
    kept_out = sum(school.grade_of[w.student] in barred for w in school.wishes_for[course.id])
    left = len(prospects.wishers(course.id))
    if barred != here and not left < course.min_size <= left + kept_out:
        return None
    return CONTENT.fill(bans=join_texts(content.content_bans(school, course, barred)))


def _few(prospects: Prospects, course: Course, times: list[Slots]) -> tuple[str, Text]:
    wishing = prospects.wishers(course.id)
    facts = {"least": course.min_size, "wishes": len(wishing)}
    if len(wishing) < course.min_size:
        return "min_size", FEW_WISHES.fill(count=len(wishing), **facts)
    most = 0
    for slots in times:
        staff = prospects.staff(course.id, slots)
        takers = [
            student
            for student, teacher in wishing.items()
            if slots <= prospects.usable(student, course.id) and teacher in {None, *staff}
        ]
        most = max(most, prospects.most_together(course.id, takers))
    text = FEW_AT_ONCE.fill(count=most, times=times_text(prospects.school, times), **facts)
    return "min_size", text


def _no_pattern(school: School, course: Course) -> tuple[str, Text]:
    allowed = [
        slot
        for slot in school.slots
        if slot.use is not SlotUse.CARE_ONLY and (course.slots is None or slot.id in course.slots)
    ]
    slots = slots_text(school, [slot.id for slot in allowed[:MOST_TIMES]])
    if len(allowed) > MOST_TIMES:
        slots = AND_MORE.fill(some=slots)
    if not _has_session(school, course, allowed):
        facts = {"periods": course.periods_per_session, "slots": slots}
        pause = school.settings.session_break_minutes
        return "periods_per_session", NO_SESSION.fill(pause=pause, **facts)
    facts = {"sessions": course.sessions_per_week, "slots": slots}
    return "sessions_per_week", NO_WEEK.fill(gap=course.min_gap_days, **facts)


def _has_session(school: School, course: Course, allowed: list[Slot]) -> bool:
    """Tell whether on some day so many of the slots follow each other closely enough."""
    longest: dict[str, int] = {}
    pause = school.settings.session_break_minutes
    for slot in sorted(allowed, key=lambda s: s.start_minute):
        before = [
            longest[other.id]
            for other in allowed
            if other.id in longest
            and other.weekday == slot.weekday
            and 0 <= slot.start_minute - other.end_minute <= pause
        ]
        longest[slot.id] = 1 + max(before, default=0)
    return max(longest.values(), default=0) >= course.periods_per_session


def _when(prospects: Prospects, name: str) -> Text:
    """Say when a leader can come."""
    school, person = prospects.school, prospects.school.teacher[name]
    if why := why_unfit(school, name):
        return NOT_FIT.fill(id=name, why=why)
    slots = ANY_TIME
    if person.available_slots is not None:
        slots = slots_text(school, person.available_slots[:MOST_TIMES])
        if not person.available_slots:
            slots = NEVER_THERE
        elif len(person.available_slots) > MOST_TIMES:
            slots = AND_MORE.fill(some=slots)
    limits = {"day": person.max_periods_day, "week": person.max_periods_week}
    tight = min(limits.values()) < FEW_PERIODS
    return (PERSON_AT_MOST if tight else PERSON).fill(id=name, slots=slots, **limits)


NEVER_THERE = Text("从不", "never")
FEW_PERIODS = 4


def times_text(school: School, patterns: Iterable[Slots]) -> Text:
    """List some times at which a course may meet, in the order of the week."""

    def when(slots: Slots) -> list[tuple[int, int, str]]:
        return sorted((school.slot[s].weekday, school.slot[s].start_minute, s) for s in slots)

    ordered = sorted(patterns, key=when)
    some = Text("；", "; ")
    texts = [slots_text(school, slots) for slots in ordered[:MOST_TIMES]]
    joined = Text(some.zh.join(t.zh for t in texts), some.en.join(t.en for t in texts))
    return AND_MORE.fill(some=joined) if len(ordered) > MOST_TIMES else joined
