"""People and rooms that are pinned to more than there can be, each where it stands."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from models import CareStaffLock, Problem, School, SectionLock, SlotUse, Text, weekday_text
from optimizer.checks._prospects import Prospects, Way
from optimizer.checks._unfit import why_unfit
from optimizer.checks.base import join_ids, named, slot_text

UNFIT = Text(
    "教师 {staff} 不能安排：{why}；请更正其一。", "{staff} cannot work here: {why}; correct either."
)
TWO_AT_ONCE = Text(
    "教师 {staff} 在 {slot} 被锁定做两件事；请删去其一。",
    "{staff} is pinned to two things at {slot}: delete one.",
)
ROOM_AT_ONCE = Text(
    "教室 {room} 在 {slot} 被锁定给两个班；请删去其一。",
    "room {room} is pinned for two sections at {slot}: delete one.",
)
OVER_WEEK = Text(
    "教师 {staff} 锁定了每周 {count} 节，最多 {limit} 节；请删去几行。",
    "{staff} has {count} periods a week pinned, at most {limit}: delete some.",
)
OVER_DAY = Text(
    "教师 {staff} {day}锁定了 {count} 节，每天最多 {limit} 节；请删去几行。",
    "{staff} has {count} periods pinned on {day}, at most {limit} a day: delete some.",
)
MAY_NOT_SUPERVISE = Text(
    "教师 {staff} 不承担托管；请更正其一。", "{staff} may not supervise base care: correct either."
)
NOT_THERE = Text(
    "教师 {staff} 在 {slot} 不能来；请更正其一。",
    "{staff} is not available on {slot}: correct either.",
)
NOBODY_STAYS = Text(
    "{slot}没有人要托管，不会有托管组；请删去这一行。",
    "nobody asked to stay on {slot}, so that there is no care group: delete this row.",
)

IN_CARE = Text(
    "能带课程 {course} 的教师（{staff}）在它能上课的时间都锁定在托管；请删去其中一行。",
    "those who could lead course {course} ({staff}) are pinned to base care whenever it could be "
    "held: delete one of those rows.",
)

Found = tuple[str, str, Text] | None
"""A code, the column to blame and the message."""


def at_row(school: School, code: str, number: int, field: str, text: Text) -> Problem:
    value = getattr(school.locks[number], field, "")
    shown = " ".join(value) if isinstance(value, tuple) else str(value)
    return Problem(code, "locks", number, field, shown, text)


def busy_with_care(prospects: Prospects, staff: Iterable[str]) -> list[str]:
    """Give the slots at which people are pinned to base care."""
    people = {*staff}
    locks = prospects.school.locks
    return [x.slot for x in locks if isinstance(x, CareStaffLock) and x.teacher in people]


def overlap(school: School, first: Iterable[str], second: Iterable[str]) -> str | None:
    """Give a slot of the second at the time of one of the first, if there is any."""
    mine = [school.slot[s] for s in first]
    return next((s for s in second if any(school.slot[s].overlaps(slot) for slot in mine)), None)


def staffed(prospects: Prospects, course: str, ways: Iterable[Way]) -> list[Way]:
    """Give the ways for which enough leaders are left who are not pinned to base care then."""
    needed = prospects.school.course[course].staff_needed
    return [way for way in ways if len(prospects.free_staff(way)) >= needed]


def in_care(prospects: Prospects, course: str, ways: Iterable[Way]) -> Text:
    """Say that whoever could lead a course in some ways is pinned to base care."""
    staff = dict.fromkeys(name for way in ways for name in way.staff)
    return IN_CARE.fill(course=named(prospects.school.course[course]), staff=join_ids(staff))


def matching(prospects: Prospects, locks: list[SectionLock]) -> list[Way]:
    """Give the ways in which one section can meet all these locks of one course."""
    return staffed(prospects, locks[0].course, suiting(prospects, locks))


def suiting(prospects: Prospects, locks: list[SectionLock]) -> list[Way]:
    """Give the same without asking who of the others is pinned to base care."""
    course = prospects.school.course[locks[0].course]
    slots = {slot for lock in locks for slot in lock.slots}
    staff = {person for lock in locks for person in lock.staff}
    rooms = {lock.room for lock in locks if lock.room is not None}
    if len(rooms) > 1 or len(staff) > course.staff_needed:
        return []
    busy = busy_with_care(prospects, staff)
    return [
        way
        for way in prospects.ways(course.id)
        if slots <= way.slots
        and rooms <= {*way.rooms}
        and staff <= {*way.staff}
        and not overlap(prospects.school, way.slots, busy)
    ]


def care_staff(prospects: Prospects, lock: CareStaffLock) -> Found:
    school, slot = prospects.school, prospects.school.slot[lock.slot]
    person = school.teacher[lock.teacher]
    facts = {"staff": lock.teacher, "slot": slot_text(slot)}
    if not person.may_supervise:
        return "lock-no-supervisor", "teacher", MAY_NOT_SUPERVISE.fill(**facts)
    if lock.teacher in prospects.unfit:
        why = why_unfit(school, lock.teacher)
        return "lock-unfit", "teacher", UNFIT.fill(staff=lock.teacher, why=why)
    if not person.available(lock.slot) or not min(person.max_periods_day, person.max_periods_week):
        return "lock-staff-not-then", "slot", NOT_THERE.fill(**facts)
    stays = any(
        lock.slot in student.stay_slots and student.id not in school.excluded
        for student in school.students
    )
    if not stays or slot.use is SlotUse.CLUBS_ONLY:
        return "lock-nobody-stays", "slot", NOBODY_STAYS.fill(**facts)
    return None


def at_once(prospects: Prospects, wrong: set[int]) -> Iterator[Problem]:
    """Find people and rooms that are pinned to two things at once; not in rows that are wrong."""
    yield from _people(prospects, wrong)
    yield from _rooms(prospects, wrong)


def _people(prospects: Prospects, wrong: set[int]) -> Iterator[Problem]:
    """Find people who are pinned to two things at once, or to too many."""
    school = prospects.school
    duties: dict[str, list[tuple[int, str, tuple[str, ...]]]] = defaultdict(list)
    for number, lock in enumerate(school.locks):
        if number in wrong:
            continue
        if isinstance(lock, CareStaffLock):
            duties[lock.teacher].append((number, "teacher", (lock.slot,)))
        elif isinstance(lock, SectionLock):
            for person in lock.staff:
                duties[person].append((number, "staff", lock.slots))
    for person, own in duties.items():
        found = False
        for (first, _, mine), (second, field, theirs) in combinations(own, 2):
            at = overlap(school, mine, theirs)
            if at is not None and not _may_be_one(prospects, first, second):
                text = TWO_AT_ONCE.fill(staff=person, slot=slot_text(school.slot[at]))
                yield at_row(school, "lock-two-at-once", second, field, text)
                found = True
        if not found and own:
            yield from _load(school, person, own)


def _may_be_one(prospects: Prospects, first: int, second: int) -> bool:
    """Tell whether one group can be what two rows pin."""
    one, two = prospects.school.locks[first], prospects.school.locks[second]
    if isinstance(one, CareStaffLock) and isinstance(two, CareStaffLock):
        return one.slot == two.slot
    if isinstance(one, SectionLock) and isinstance(two, SectionLock):
        if one.course != two.course:
            return False
        # Without any way to hold it, that is what is wrong, and said.
        unclear = prospects.unknown(one.course) or not prospects.ways(one.course)
        return unclear or bool(matching(prospects, [one, two]))
    return False


def _load(
    school: School, person: str, own: list[tuple[int, str, tuple[str, ...]]]
) -> Iterator[Problem]:
    slots = {slot for _, _, some in own for slot in some}
    number, field, _ = max(own)
    about = school.teacher[person]
    if len(slots) > about.max_periods_week:
        text = OVER_WEEK.fill(staff=person, count=len(slots), limit=about.max_periods_week)
        yield at_row(school, "lock-over-week", number, field, text)
        return
    for day in range(1, 8):
        count = sum(school.slot[slot].weekday == day for slot in slots)
        if count > about.max_periods_day:
            facts = {"count": count, "limit": about.max_periods_day, "day": weekday_text(day)}
            yield at_row(
                school, "lock-over-day", number, field, OVER_DAY.fill(staff=person, **facts)
            )


def _rooms(prospects: Prospects, wrong: set[int]) -> Iterator[Problem]:
    """Find rooms that are pinned for two sections at once."""
    school = prospects.school
    pinned = [
        (number, lock)
        for number, lock in enumerate(school.locks)
        if isinstance(lock, SectionLock) and lock.room is not None and number not in wrong
    ]
    for (first, one), (second, two) in combinations(pinned, 2):
        if one.room != two.room:
            continue
        at = overlap(school, one.slots, two.slots)
        if at is not None and two.room and not _may_be_one(prospects, first, second):
            facts = {"room": named(school.room[two.room]), "slot": slot_text(school.slot[at])}
            yield at_row(school, "lock-room-at-once", second, "room", ROOM_AT_ONCE.fill(**facts))
