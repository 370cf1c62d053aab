"""Courses that are pinned to open and cannot both, for want of leaders or rooms of their own."""

from collections.abc import Collection, Iterator
from itertools import combinations

from models import Problem, SectionCountLock, SectionLock, Text
from optimizer.checks._pinned_people import at_row, matching, staffed
from optimizer.checks._prospects import Prospects, Way
from optimizer.checks.base import named

MOST_PAIRS = 20_000
"""Of two courses with more ways between them nothing is concluded."""

NOT_BOTH = Text(
    "课程 {first} 和 {second} 都锁定了开班，但能上课的时间总是相同，教师或教室又不够两个班用；"
    "请删去其一。",
    "courses {first} and {second} are both pinned to open, but whenever they could be held they "
    "meet at the same time and there are not leaders, or rooms, for both: delete one.",
)


def both_open(prospects: Prospects, wrong: Collection[int | None]) -> Iterator[Problem]:
    """Find two courses of which each is pinned to open, and not both can; not in wrong rows."""
    school = prospects.school
    opened: dict[str, tuple[int, list[Way]]] = {}
    for number, lock in enumerate(school.locks):
        if number in wrong or not isinstance(lock, SectionLock | SectionCountLock):
            continue
        if prospects.unknown(lock.course) or lock.course in opened:
            continue
        if isinstance(lock, SectionLock):
            ways = matching(prospects, [lock])
        elif lock.count:
            ways = staffed(prospects, lock.course, prospects.ways(lock.course))
        else:
            continue
        if ways:
            opened[lock.course] = number, ways
    for (one, (_, mine)), (two, (number, theirs)) in combinations(opened.items(), 2):
        few = len(mine) * len(theirs) <= MOST_PAIRS
        needed = school.course[one].staff_needed + school.course[two].staff_needed
        if few and not any(_both(prospects, a, b, needed) for a in mine for b in theirs):
            text = NOT_BOTH.fill(first=named(school.course[one]), second=named(school.course[two]))
            yield at_row(school, "lock-not-both", number, "course", text)


def _both(prospects: Prospects, a: Way, b: Way, needed: int) -> bool:
    """Tell whether there are people and rooms for one section of each."""
    slot = prospects.school.slot
    if not any(slot[x].overlaps(slot[y]) for x in a.slots for y in b.slots):
        return True
    staff = {*prospects.free_staff(a), *prospects.free_staff(b)}
    return len(staff) >= needed and len({*a.rooms, *b.rooms}) > 1
