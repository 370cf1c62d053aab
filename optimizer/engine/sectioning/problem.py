"""A school of many courses a student as arrays: courses, their groups, ways to hold them, wishes.

Numbers instead of ids throughout. With C courses, J groups that may open, W ways, N wishes, S
students, T staff, R rooms and K slots; sets of slots are bits of as many words as K slots need, 62
in each (``BITS``). They stand in the records: a number where one word is enough, else an array.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

import numpy as np

from models import Course, Room, School, Teacher
from optimizer.engine.params import DEFAULTS, SectioningParams
from optimizer.engine.sectioning.records import (
    Ints,
    Records,
    columns,
    ints,
    mask,
    numbers,
    record,
    records,
    starts,
    with_sets,
    words,
)
from optimizer.engine.sectioning.wishes import STUDENT, WISH, make_wishes
from optimizer.rules import Offer, build_offers
from optimizer.rules.content import provider_barred
from optimizer.rules.rooms import suits_course

HOW = np.dtype(
    [
        (name, np.float64 if isinstance(value, float) else np.int64)
        for name, value in DEFAULTS.sectioning
        if not isinstance(value, tuple)
    ]
)
"""How it is searched: ``params.SectioningParams``, one row."""


COURSE = record("ways", "groups", "leaders", "rooms", "wishes", "least", "most")
"""A course: where its ways, groups, leaders, rooms and wishes (in ``wishes_by_course``) begin; they
end where the next one's begin. Students in a group."""
WAY = record("grades")
"""A way: the grades that may come, as bits. Sets: its slots ``at``, and these with whatever
overlaps them, ``closed``."""
GROUP = record("course", "room", "leader", "pinned")
"""A group: what a lock asks of it, which are its room and leader (-1: any), and whether one asks
for it at all. A set: slots that its way must have, for a lock, ``within``."""
STAFF = record("week", "day")
ROOM = record("seats")
"""A person, a room. A set: slots at which either is ``free``."""


class Problem(NamedTuple):
    """The school's arrays, which do not change; ``course`` and ``student`` have one row more."""

    course: Records
    way: Records
    group: Records
    staff: Records
    room: Records
    wish: Records
    student: Records
    leaders: Ints
    rooms: Ints
    """Who may lead each course and where it may be, one course after the other."""
    wishes_by_course: Ints
    slot_day: Ints
    slots: Ints
    slots_closed: Ints
    """The slots of each way, and these with whatever overlaps them, as numbers, in order, -1 behind
    the last: (W, most)."""
    how: Records


def no_problem(slots: int) -> Problem:
    """Give the arrays of nothing, in a week of so many slots."""
    none, no_slots = np.zeros(0, np.int64), words({str(n): n for n in range(slots)}, ())
    no_numbers = np.zeros((0, 1), np.int64)
    return Problem(
        course=np.zeros(1, COURSE),
        way=with_sets(np.zeros(0, WAY), at=no_slots, closed=no_slots),
        group=with_sets(np.zeros(0, GROUP), within=no_slots),
        staff=with_sets(np.zeros(0, STAFF), free=no_slots),
        room=with_sets(np.zeros(0, ROOM), free=no_slots),
        wish=with_sets(np.zeros(0, WISH), slots=no_slots, within=no_slots),
        student=np.zeros(1, STUDENT),
        leaders=none,
        rooms=none,
        wishes_by_course=none,
        slot_day=none,
        slots=no_numbers,
        slots_closed=no_numbers,
        how=_how(DEFAULTS.sectioning),
    )


class Sectioning(NamedTuple):
    """The arrays, and what their numbers stand for."""

    school: School
    problem: Problem
    offers: tuple[Offer, ...]
    """By way."""
    wishes: tuple[tuple[str, str], ...]
    """By wish: student and course."""


def make_problem(school: School, params: SectioningParams = DEFAULTS.sectioning) -> Sectioning:
    """Make the arrays of a school."""
    slot = {s.id: n for n, s in enumerate(school.slots)}
    wishes = make_wishes(school, slot)
    of_course = np.bincount(wishes.wish["course"], minlength=len(school.courses))
    offers = _offers(school)
    group, group_within, groups = _groups(school, slot, of_course.tolist())
    leaders, rooms = ([of(school, c) for c in school.courses] for of in (_able, _suitable))
    ways = Counter(offer.course for offer in offers)
    at, closed = [mask(slot, o.slots) for o in offers], [*_closed(school, slot, offers)]
    counts = groups, [*map(len, leaders)], [*map(len, rooms)], of_course.tolist()
    problem = Problem(
        course=records(
            COURSE,
            starts(ways[course.id] for course in school.courses),
            *map(starts, counts),
            [*(course.min_size for course in school.courses), 0],
            [*(course.max_size for course in school.courses), 0],
        ),
        way=with_sets(_ways(school, offers), at=words(slot, at), closed=words(slot, closed)),
        group=with_sets(group, within=words(slot, group_within)),
        staff=with_sets(_staff(school), free=words(slot, _free(slot, school.teachers))),
        room=with_sets(
            records(ROOM, (r.seats for r in school.rooms)),
            free=words(slot, _free(slot, school.rooms)),
        ),
        wish=with_sets(
            wishes.wish, slots=words(slot, wishes.slots), within=words(slot, wishes.within)
        ),
        student=wishes.student,
        leaders=ints(t for own in leaders for t in own),
        rooms=ints(r for own in rooms for r in own),
        wishes_by_course=np.argsort(wishes.wish["course"], kind="stable").astype(np.int64),
        slot_day=ints(s.weekday for s in school.slots),
        slots=numbers(at),
        slots_closed=numbers(closed),
        how=_how(params),
    )
    return Sectioning(school, problem, tuple(offers), _ids(school, wishes.wish))


def _ids(school: School, wish: Records) -> tuple[tuple[str, str], ...]:
    """Give student and course of each wish."""
    pairs = zip(wish["student"].tolist(), wish["course"].tolist(), strict=True)
    return tuple((school.students[s].id, school.courses[c].id) for s, c in pairs)


def _how(params: SectioningParams) -> Records:
    values = params.model_dump()
    return np.array([tuple(values[name] for name in HOW.names or ())], HOW)


def _offers(school: School) -> list[Offer]:
    """List the ways to hold each course, course after course."""
    place = {course.id: n for n, course in enumerate(school.courses)}
    found = [offer for offer in build_offers(school) if not offer.copy]
    return sorted(found, key=lambda offer: place[offer.course])


def _ways(school: School, offers: Sequence[Offer]) -> Records:
    grade = {g: n for n, g in enumerate(school.grades)}
    return records(WAY, (sum(1 << grade[g] for g in offer.grades) for offer in offers))


def _staff(school: School) -> Records:
    weeks = (t.max_periods_week for t in school.teachers)
    return records(STAFF, weeks, (t.max_periods_day for t in school.teachers))


def _closed(school: School, slot: dict[str, int], offers: Sequence[Offer]) -> Iterator[int]:
    """Give each way's slots with whatever overlaps them."""
    overlapping = [
        sum(1 << n for n, other in enumerate(school.slots) if one.overlaps(other) or other is one)
        for one in school.slots
    ]
    for offer in offers:
        yield reduce(or_, (overlapping[slot[name]] for name in offer.slots), 0)


def _free(slot: dict[str, int], things: Iterable[Room | Teacher]) -> Iterator[int]:
    """Give the slots at which each of the staff, or of the rooms, is free."""
    for thing in things:
        yield mask(slot, (name for name in slot if thing.available(name)))


def _groups(
    school: School, slot: dict[str, int], takers: Sequence[int]
) -> tuple[Records, list[int], list[int]]:
    """Make the groups that may open, with the slots that locks ask for; count each course's."""
    room = {r.id: n for n, r in enumerate(school.rooms)}
    person = {t.id: n for n, t in enumerate(school.teachers)}
    rows: list[tuple[int, ...]] = []
    within: list[int] = []
    counts = []
    for c, course in enumerate(school.courses):
        own = [x for x in school.locks if x.kind != "care_staff" and x.course == course.id]
        locks = [x for x in own if x.kind == "section"]
        exact = [x.count for x in own if x.kind == "section_count"]
        count = min(course.max_sections, takers[c] // max(1, course.min_size))
        if provider_barred(school, course.provider):
            count = 0
        count = exact[0] if exact else max(count, len(locks))
        counts.append(count)
        for x in locks[:count]:
            where = -1 if x.room is None else room[x.room]
            rows.append((c, where, person[x.staff[0]] if x.staff else -1, 1))
            within.append(mask(slot, x.slots))
        rows += [(c, -1, -1, int(bool(exact)))] * max(0, count - len(locks))
        within += [0] * (len(rows) - len(within))
    return records(GROUP, *columns(rows, GROUP)), within, counts


def _able(school: School, course: Course) -> list[int]:
    return [
        n
        for n, t in enumerate(school.teachers)
        if t.id in course.leaders and t.cleared and not provider_barred(school, t.provider)
    ]


def _suitable(school: School, course: Course) -> list[int]:
    """List the rooms for a course, the smallest first: large ones are left for who needs them."""
    rooms = sorted(range(len(school.rooms)), key=lambda r: school.rooms[r].seats)
    return [
        r
        for r in rooms
        if suits_course(course, (), school.rooms[r]) and school.rooms[r].seats >= course.min_size
    ]
