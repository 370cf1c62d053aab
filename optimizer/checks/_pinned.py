"""Pinned groups, numbers of groups and supervisors that no plan can keep, each where it stands."""

from collections import defaultdict
from collections.abc import Iterator

from models import CareStaffLock, Problem, SectionCountLock, SectionLock, Text
from optimizer.checks._closed import cause
from optimizer.checks._pinned_pairs import both_open
from optimizer.checks._pinned_people import (
    UNFIT,
    Found,
    at_once,
    at_row,
    busy_with_care,
    care_staff,
    in_care,
    matching,
    overlap,
    staffed,
    suiting,
)
from optimizer.checks._prospects import Prospects
from optimizer.checks._unfit import why_unfit
from optimizer.checks.base import join_ids, join_texts, named, slots_text

COUNTS_DIFFER = Text(
    "课程 {course} 的班数锁定了两个不同的数：{first} 和 {second}；请删去其一。",
    "two numbers of sections are pinned for course {course}: {first} and {second}: delete one.",
)
OVER_MOST = Text(
    "课程 {course} 锁定 {count} 班，最多班数却是 {limit}；请更正其一。",
    "{count} sections of course {course} are pinned, but it may open at most {limit}: change "
    "either.",
)
NEVER_OPENS = Text("课程 {course} 不可能开班：{why}", "course {course} can never open: {why}")
TOO_FEW = Text(
    "课程 {course} 锁定 {count} 班，每班至少 {least} 人，能来的志愿只有 {wishes} 条；请减少班数。",
    "{count} sections of course {course} of at least {least} are pinned, but only {wishes} "
    "children "
    "who could come wish for it: pin fewer.",
)
NONE_OPEN = Text(
    "课程 {course} 不开班（最多 0 班），却锁定了开班；请更正其一。",
    "course {course} opens no section (at most 0), yet a section is pinned: change either.",
)
NOT_LEADER = Text(
    "教师 {staff} 不在课程 {course} 的可带教师之中（可带：{leaders}）；请更正其一。",
    "{staff} cannot lead course {course} (leaders: {leaders}): correct either.",
)
TOO_MANY_STAFF = Text(
    "课程 {course} 每班 {limit} 位教师，却锁定了 {count} 位；请更正其一。",
    "a section of course {course} has {limit} staff, but {count} are pinned: correct either.",
)
ROOM_UNFIT = Text(
    "教室 {room} 不合课程 {course} 的要求（教室、设施，或座位少于最少人数）；请更正其一。",
    "room {room} does not suit course {course} (its rooms or features, or fewer seats than the "
    "minimum size): correct either.",
)
NOT_THEN = Text(
    "课程 {course} 不能在 {slots} 上课（看课程的时段、次数和节数）；请更正其一。",
    "course {course} cannot meet on {slots} (its slots, sessions and periods): correct either.",
)
ROOM_NOT_THEN = Text(
    "教室 {room} 在课程 {course} 这样上课的时间不可用；请更正其一。",
    "room {room} is not available when course {course} would meet: correct either.",
)
STAFF_NOT_THEN = Text(
    "教师 {staff} 在课程 {course} 这样上课的时间不能来、节数已满，或锁定在别处；请更正其一。",
    "{staff} cannot come when course {course} would meet, may not work so many periods, or is "
    "pinned "
    "elsewhere: correct either.",
)
NOT_SO = Text(
    "课程 {course} 不能这样开班：没有一个时间教师、教室和足够的学生都在；请放宽这一行。",
    "course {course} cannot be held like this: at no time are leaders, a room and enough children "
    "there together; pin less.",
)
TOO_MANY_GROUPS = Text(
    "课程 {course} 锁定的开班至少需要 {count} 班，最多只有 {limit} 班；请删去几行，或改最多班数。",
    "the sections pinned for course {course} are at least {count}, but it may open at most "
    "{limit}: "
    "delete some, or change the most sections.",
)


def group_pins(prospects: Prospects) -> Iterator[Problem]:
    """Find pinned sections, numbers of sections and supervisors that cannot be kept."""
    school = prospects.school
    wrong: set[int] = set()
    for number, lock in enumerate(school.locks):
        found = None
        if isinstance(lock, SectionLock):
            found = _section(prospects, lock)
        elif isinstance(lock, CareStaffLock):
            found = care_staff(prospects, lock)
        if found is not None:
            code, field, text = found
            wrong.add(number)
            yield at_row(school, code, number, field, text)
    yield from _counts(prospects)
    yield from _too_many(prospects, wrong)
    twice = [*at_once(prospects, wrong)]
    yield from twice
    yield from both_open(prospects, wrong | {problem.row for problem in twice})


def _section(prospects: Prospects, lock: SectionLock) -> Found:
    school, course = prospects.school, prospects.school.course[lock.course]
    facts = {"course": named(course), "staff": join_ids(lock.staff)}
    strangers = [t for t in lock.staff if t not in course.leaders]
    if strangers:
        who = {"staff": join_ids(strangers), "leaders": join_ids(course.leaders)}
        return "lock-not-leader", "staff", NOT_LEADER.fill(**facts | who)
    unfit = [t for t in lock.staff if t in prospects.unfit]
    if unfit:
        why = join_texts(dict.fromkeys(why for t in unfit if (why := why_unfit(school, t))))
        return "lock-unfit", "staff", UNFIT.fill(staff=join_ids(unfit), why=why)
    if len(set(lock.staff)) > course.staff_needed:
        counts = {"count": len(set(lock.staff)), "limit": course.staff_needed}
        return "lock-staff-count", "staff", TOO_MANY_STAFF.fill(**counts, **facts)
    if lock.room is not None and lock.room not in prospects.fitting_rooms(course.id):
        text = ROOM_UNFIT.fill(room=named(school.room[lock.room]), **facts)
        return "lock-room-unfit", "room", text
    if not prospects.most_sections(course.id):
        return "lock-closed", "course", NONE_OPEN.fill(**facts)
    if prospects.unknown(course.id) or matching(prospects, [lock]):
        return None
    return _why_not(prospects, lock, facts)


def _why_not(prospects: Prospects, lock: SectionLock, facts: dict[str, Text]) -> Found:
    """Say what of a pinned section there is no way for."""
    school, course = prospects.school, lock.course
    patterns = [p for p in prospects.patterns(course) or () if p.issuperset(lock.slots)]
    if not patterns and lock.slots:
        text = NOT_THEN.fill(slots=slots_text(school, lock.slots), **facts)
        return "lock-not-then", "slots", text
    if lock.room is not None and not any(lock.room in prospects.rooms(course, p) for p in patterns):
        text = ROOM_NOT_THEN.fill(room=named(school.room[lock.room]), **facts)
        return "lock-room-not-then", "room", text
    busy = busy_with_care(prospects, lock.staff)
    if lock.staff and not any(
        {*lock.staff} <= {*prospects.staff(course, p)} and not overlap(school, p, busy)
        for p in patterns
    ):
        return "lock-staff-not-then", "staff", STAFF_NOT_THEN.fill(**facts)
    others = suiting(prospects, [lock])
    if others:
        return "lock-staff-in-care", "course", in_care(prospects, course, others)
    why = None if prospects.ways(course) else cause(prospects, school.course[course])
    if why is not None:
        return "lock-never-opens", "course", NEVER_OPENS.fill(why=why[1], **facts)
    if not school.wishes:
        return None
    return "lock-not-so", "course", NOT_SO.fill(**facts)


def _counts(prospects: Prospects) -> Iterator[Problem]:
    school = prospects.school
    seen: dict[str, int] = {}
    for number, lock in enumerate(school.locks):
        if not isinstance(lock, SectionCountLock):
            continue
        course = school.course[lock.course]
        facts = {"course": named(course), "count": lock.count}
        first = seen.setdefault(lock.course, lock.count)
        if first != lock.count:
            text = COUNTS_DIFFER.fill(first=first, second=lock.count, **facts)
            yield at_row(school, "lock-counts-differ", number, "count", text)
        elif lock.count > course.max_sections:
            text = OVER_MOST.fill(limit=course.max_sections, **facts)
            yield at_row(school, "lock-over-most", number, "count", text)
        elif lock.count and not prospects.unknown(lock.course) and school.wishes:
            ways = prospects.ways(lock.course)
            takers = {student for way in ways for student in way.takers}
            if not ways:
                why = cause(prospects, course)
                text = NEVER_OPENS.fill(why=why[1] if why else "", **facts)
                yield at_row(school, "lock-never-opens", number, "course", text)
            elif not staffed(prospects, course.id, ways):
                text = in_care(prospects, course.id, ways)
                yield at_row(school, "lock-staff-in-care", number, "course", text)
            elif len(takers) < lock.count * course.min_size:
                counts = {"least": course.min_size, "wishes": len(takers)}
                text = TOO_FEW.fill(**counts, **facts)
                yield at_row(school, "lock-too-few", number, "count", text)


def _too_many(prospects: Prospects, wrong: set[int]) -> Iterator[Problem]:
    """Find courses of which more sections are pinned than may open."""
    school = prospects.school
    own: dict[str, list[tuple[int, SectionLock]]] = defaultdict(list)
    for number, lock in enumerate(school.locks):
        if isinstance(lock, SectionLock) and number not in wrong:
            own[lock.course].append((number, lock))
    for course, locks in own.items():
        limit = prospects.most_sections(course)
        if prospects.unknown(course) or not prospects.ways(course):
            continue
        apart: list[tuple[int, SectionLock]] = []
        # Each of these needs a section that none of the others can be.
        for number, lock in locks:
            if all(not matching(prospects, [lock, other]) for _, other in apart):
                apart.append((number, lock))
        if len(apart) > limit:
            counts = {"count": len(apart), "limit": limit}
            text = TOO_MANY_GROUPS.fill(course=named(school.course[course]), **counts)
            yield at_row(school, "lock-too-many-groups", apart[-1][0], "course", text)
