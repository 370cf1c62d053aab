"""A school of many courses a student as arrays: courses, their groups, ways to hold them, wishes.

Numbers instead of ids throughout. With C courses, J groups that may open, W ways, N wishes, S
students, T staff, R rooms and K slots; sets of slots are bits of one word.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from models import Aim, Course, School
from optimizer.engine.finish.draft import DraftPlan
from optimizer.engine.params import DEFAULTS, SectioningParams
from optimizer.rules import Offer, build_offers
from optimizer.rules.content import grade_barred, provider_barred, time_barred
from optimizer.rules.rooms import suits_course

Ints = NDArray[np.int64]
Records = NDArray[np.void]

LOCKED = 10**6
"""Weight of a seat that the planner pinned."""


HOW = np.dtype(
    [
        (name, np.float64 if isinstance(value, float) else np.int64)
        for name, value in DEFAULTS.sectioning
        if not isinstance(value, tuple)
    ]
)
"""How it is searched: ``params.SectioningParams``, one row."""


def _record(*names: str) -> np.dtype[np.void]:
    return np.dtype([(name, np.int64) for name in names])


COURSE = _record("ways", "groups", "leaders", "rooms", "wishes", "least", "most")
"""A course: where its ways, groups, leaders, rooms and wishes (in ``wishes_by_course``) begin; they
end where the next one's begin. Students in a group."""
WAY = _record("mask", "closed", "grades")
"""A way: its slots, these with whatever overlaps them, and the grades that may come, as bits."""
GROUP = _record("course", "within", "room", "leader", "pinned")
"""A group: what a lock asks of it, which are slots that its way must have, its room and leader (-1:
any), and whether one asks for it at all."""
STAFF = _record("free", "week", "day")
ROOM = _record("free", "seats")
WISH = _record("course", "student", "weight", "slots", "within", "grade", "teacher")
"""A wish: what meeting it is worth, a bonus for the first seats not included; slots at which it can
be met, and slots that its section must have, for a lock; teacher -1: any."""
STUDENT = _record("wishes", "wanted", "first", "second")
"""A student: where his wishes begin; seats wanted; the bonus for the first two."""


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
    how: Records


def no_problem() -> Problem:
    """Give the arrays of nothing."""
    none = np.zeros(0, np.int64)
    return Problem(
        course=np.zeros(1, COURSE),
        way=np.zeros(0, WAY),
        group=np.zeros(0, GROUP),
        staff=np.zeros(0, STAFF),
        room=np.zeros(0, ROOM),
        wish=np.zeros(0, WISH),
        student=np.zeros(1, STUDENT),
        leaders=none,
        rooms=none,
        wishes_by_course=none,
        slot_day=none,
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
    wish, student = _wishes(school, slot)
    of_course = np.bincount(wish["course"], minlength=len(school.courses))
    offers = _offers(school)
    group, groups = _groups(school, slot, of_course.tolist())
    leaders = [_able(school, course) for course in school.courses]
    rooms = [_suitable(school, course) for course in school.courses]
    ways = Counter(offer.course for offer in offers)
    course = _records(
        COURSE,
        _starts(ways[course.id] for course in school.courses),
        _starts(groups),
        _starts(map(len, leaders)),
        _starts(map(len, rooms)),
        _starts(of_course.tolist()),
        [*(course.min_size for course in school.courses), 0],
        [*(course.max_size for course in school.courses), 0],
    )
    problem = Problem(
        course=course,
        way=_ways(school, slot, offers),
        group=group,
        staff=_staff(school, slot),
        room=_rooms(school, slot),
        wish=wish,
        student=student,
        leaders=_ints(t for own in leaders for t in own),
        rooms=_ints(r for own in rooms for r in own),
        wishes_by_course=np.argsort(wish["course"], kind="stable").astype(np.int64),
        slot_day=_ints(s.weekday for s in school.slots),
        how=_how(params),
    )
    pairs = zip(wish["student"].tolist(), wish["course"].tolist(), strict=True)
    ids = tuple((school.students[s].id, school.courses[c].id) for s, c in pairs)
    return Sectioning(school, problem, tuple(offers), ids)


def _how(params: SectioningParams) -> Records:
    values = params.model_dump()
    return np.array([tuple(values[name] for name in HOW.names or ())], HOW)


def _mask(slot: dict[str, int], names: Iterable[str]) -> int:
    return sum(1 << slot[name] for name in {*names})


def _ints(values: Iterable[int]) -> Ints:
    return np.array([*values], np.int64)


def _starts(counts: Iterable[int]) -> Ints:
    return _ints(accumulate(counts, initial=0))


def _records(kind: np.dtype[np.void], *columns: Iterable[int]) -> Records:
    """Put columns together, in the order of the kind's names."""
    values = [_ints(column) for column in columns]
    made = np.zeros(len(values[0]), kind)
    for name, column in zip(kind.names or (), values, strict=True):
        made[name] = column
    return made


def _offers(school: School) -> list[Offer]:
    """List the ways to hold each course, course after course."""
    place = {course.id: n for n, course in enumerate(school.courses)}
    found = [offer for offer in build_offers(school) if not offer.copy]
    return sorted(found, key=lambda offer: place[offer.course])


def _ways(school: School, slot: dict[str, int], offers: Sequence[Offer]) -> Records:
    grade = {g: n for n, g in enumerate(school.grades)}
    overlapping = [
        sum(1 << n for n, other in enumerate(school.slots) if one.overlaps(other) or other is one)
        for one in school.slots
    ]
    closed = []
    for offer in offers:
        wide = 0
        for name in offer.slots:
            wide |= overlapping[slot[name]]
        closed.append(wide)
    return _records(
        WAY,
        (_mask(slot, offer.slots) for offer in offers),
        closed,
        (sum(1 << grade[g] for g in offer.grades) for offer in offers),
    )


def _groups(
    school: School, slot: dict[str, int], takers: Sequence[int]
) -> tuple[Records, list[int]]:
    """Make the groups that may open, and count each course's."""
    room = {r.id: n for n, r in enumerate(school.rooms)}
    person = {t.id: n for n, t in enumerate(school.teachers)}
    rows: list[tuple[int, ...]] = []
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
            rows.append((c, _mask(slot, x.slots), where, person[x.staff[0]] if x.staff else -1, 1))
        rows += [(c, 0, -1, -1, int(bool(exact)))] * max(0, count - len(locks))
    return _records(GROUP, *_columns(rows, GROUP)), counts


def _columns(rows: Sequence[tuple[int, ...]], kind: np.dtype[np.void]) -> list[list[int]]:
    """Turn rows into columns, as many as the kind has."""
    return [[row[n] for row in rows] for n in range(len(kind.names or ()))]


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


def _staff(school: School, slot: dict[str, int]) -> Records:
    return _records(
        STAFF,
        (_mask(slot, (s for s in slot if t.available(s))) for t in school.teachers),
        (t.max_periods_week for t in school.teachers),
        (t.max_periods_day for t in school.teachers),
    )


def _rooms(school: School, slot: dict[str, int]) -> Records:
    return _records(
        ROOM,
        (_mask(slot, (s for s in slot if r.available(s))) for r in school.rooms),
        (r.seats for r in school.rooms),
    )


def _wishes(school: School, slot: dict[str, int]) -> tuple[Records, Records]:
    """List the wishes that can be met at all, student after student, and the students."""
    draft = DraftPlan(school, {}, {})
    course = {c.id: n for n, c in enumerate(school.courses)}
    person = {t.id: n for n, t in enumerate(school.teachers)}
    grade = {g: n for n, g in enumerate(school.grades)}
    pins = {(x.student, x.course): x for x in school.locks if x.kind == "seat"}
    barred: dict[tuple[str, int], int | None] = {}
    rows: list[tuple[int, ...]] = []
    students: list[tuple[int, ...]] = []
    for number, student in enumerate(school.students):
        own, one = school.grade_of[student.id], school.seat_bonus(student.id, 1)
        two = school.seat_bonus(student.id, 2) - one
        students.append((len(rows), student.max_clubs, one, two))
        slots = _mask(slot, draft.usable(student.id))
        weights = _weights(school, student.id)
        for wish in school.wishes_of[student.id] if student.id not in school.excluded else ():
            key = wish.course, own
            if key not in barred:
                barred[key] = _barred(school, slot, *key)
            shut, pin = barred[key], pins.get((student.id, wish.course))
            if shut is None or (pin is not None and not pin.granted):
                continue
            weight = weights[wish.course] + LOCKED * (pin is not None)
            within = 0 if pin is None else _mask(slot, pin.slots)
            named = -1 if wish.teacher is None else person[wish.teacher]
            place = course[wish.course]
            rows.append((place, number, weight, slots & ~shut, within, grade[own], named))
    students.append((len(rows), 0, 0, 0))
    return (
        _records(WISH, *_columns(rows, WISH)),
        _records(STUDENT, *_columns(students, STUDENT)),
    )


def _barred(school: School, slot: dict[str, int], course: str, grade: int) -> int | None:
    """Give the slots at which the policy keeps a grade out of a course; None: from all of it."""
    about = school.course[course]
    if (
        provider_barred(school, about.provider)
        or grade not in about.grades
        or grade_barred(school, about, grade)
    ):
        return None
    return _mask(
        slot, (s.id for s in school.slots if about.content and time_barred(school, about, grade, s))
    )


def _weights(school: School, student: str) -> dict[str, int]:
    """Give what each of a student's wishes counts for.

    Where first clubs come before points, the best wish outweighs what others could make up for.
    """
    wishes = school.wishes_of[student]
    points = {wish.course: school.wish_points(wish) for wish in wishes}
    if school.settings.weights.aim is Aim.FIRST_CLUBS and len(points) > 1:
        best, second = sorted(points.values(), reverse=True)[:2]
        top = max(points, key=points.__getitem__)
        points[top] += 2 * (best - second)
    return points
