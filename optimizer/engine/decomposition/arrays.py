"""A school as arrays, for loops that are compiled.

Nothing is left out of them, however many slots, leaders, groups or clubs there are: the arrays are
as wide as the school asks for.
"""

from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from models import School
from optimizer.rules import rooms
from optimizer.rules.context import Offer
from optimizer.rules.relaxation import Relaxation

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

loop = njit(nogil=True, cache=True, error_model="numpy", _nrt=False)  # type: ignore[call-overload]
"""Compiles a function that makes no arrays: none of those passed to it is counted as in use once
more, which would take most of the time."""

WORD = 62
"""Slots as bits of one signed word; more slots take more words."""
NEVER = -1e9
"""The gain of a seat that the student cannot take."""


class Arrays(NamedTuple):
    """The school's courses, ways to hold them, and wishes, by number.

    A way is an offer: slots and grades; who leads it is chosen among its leads, which are numbered
    through all ways. With C courses, W ways, L leads, J sections, N wishes, S students, T staff, K
    slots in V words, Q sets of rooms and P ways at most a course.
    """

    course_ways: Ints
    """(C + 1,): where the ways of each course begin."""
    way_mask: Ints
    """(W, V): slots as bits."""
    way_closed: Ints
    """(W, V): those slots and whatever overlaps them."""
    way_slots: Ints
    """(W, slots of a way at most): its slots, -1 for none."""
    way_overlaps: Ints
    """(W, slots closed by a way at most): those slots and whatever overlaps them, -1 for none."""
    way_local: Ints
    """(W,): the way's number within its course."""
    way_offer: Ints
    way_leads: Ints
    """(W + 1,): where the leads of each way begin: whoever may lead it."""
    lead_way: Ints
    lead_person: Ints
    needed: Ints
    """(C,): people that lead a section."""
    section_course: Ints
    """(J,): course of each section there may be."""
    course_sections: Ints
    """(C + 1,): where the sections of each course begin."""
    size: Floats
    """(C,): most students in a section."""
    least: Ints
    wish_course: Ints
    wish_student: Ints
    wish_points: Floats
    wish_first: Floats
    """(N,): points that the wish adds as a student's first club; 0 where only points count."""
    wish_teacher: Ints
    student_wishes: Ints
    """(S + 1,): where the wishes of each student begin."""
    wishes_of_course: Ints
    """(N,): students of wishes, course by course."""
    wish_at: Ints
    """(N,): numbers of those wishes."""
    course_wishes: Ints
    """(C + 1,): where the students of each course begin in it."""
    attends: NDArray[np.bool_]
    """(N, P): whether the wish can be met by the course's offer."""
    named: NDArray[np.bool_]
    """(C,): whether a wish for the course names a teacher."""
    most: Ints
    """(S,): clubs wanted."""
    first: Floats
    second: Floats
    slot_day: Ints
    teacher_week: Ints
    teacher_day: Ints
    room_sets: Ints
    """(C, Q): sets of rooms that a section of the course counts in, -1 for none."""
    room_limits: Ints
    """(Q, K): rooms of each set that are there at each slot."""
    stays: Ints
    """(S, V): slots asked to stay at, as bits."""
    grade: Ints


class State(NamedTuple):
    """A timetable that is annealed: S students of M clubs at most, J sections, T staff, K slots.

    Invariants between two moves: an open section's first ``needed`` leads are leads of its way, no
    two of them the same person, and fit (``annealing.fits``); ``busy``, ``day``, ``week`` and
    ``used`` are what all open sections have booked, and nothing else; ``chosen`` is a best set of
    each student at these ways, staff and prices, and ``worth`` is what it is worth; prices are not
    negative. A section that is ``fixed`` never changes. Within a move the section that is tried is
    not booked, and sets are those from before it.
    """

    way: Ints
    """(J,): way of each section, -1 where it does not open."""
    crew: Ints
    """(J, staff of a section at most): its leads where it opens; the first ``needed`` count."""
    fixed: NDArray[np.bool_]
    """(J,): whether it stays so."""
    price: Floats
    """(J,): of a seat."""
    gain: Floats
    """(N, P): points of each wish in each offer of its course, care saved included."""
    cost: Floats
    lead_cost: Floats
    """(W,), (L,): of ways and of their leaders; see ``Prices``."""
    worth: Floats
    """(S,): of each student's best set."""
    chosen: Ints
    """(S, M): its sections, then -1."""
    busy: Ints
    day: Ints
    week: Ints
    """(T, K), (T, 8), (T,): what people do at each slot, weekday, and in a week."""
    used: Ints
    """(Q, K): rooms used of each set."""


def make_arrays(r: Relaxation, first_weight: tuple[int, int] = (0, 0)) -> Arrays:
    """Make the arrays of a relaxation's school; ``first_weight`` is as in the relaxation."""
    school = r.school
    fields: dict[str, Any] = {}
    local = _ways(r, fields)
    _leads(r, fields)
    _sections(school, fields)
    _wishes(r, fields, local)
    times, being = first_weight
    bonus = fields["first"][fields["wish_student"]]
    fields["wish_first"] = times * (being + bonus + fields["wish_points"])
    _resources(school, fields)
    return Arrays(**fields)


def in_words(masks: list[int], slots: int) -> Ints:
    """Give masks of so many slots as words of ``WORD`` bits each, a row a mask."""
    words = max(1, -(-slots // WORD))
    rows = [[mask >> WORD * v & (1 << WORD) - 1 for v in range(words)] for mask in masks]
    return np.array(rows, np.int64).reshape(len(masks), words)


def _padded(rows: list[list[int]]) -> Ints:
    """Give rows of unlike length as an array, filled up with -1."""
    most = max([1, *map(len, rows)])
    return np.array([row + [-1] * (most - len(row)) for row in rows], np.int64).reshape(-1, most)


def _ways(r: Relaxation, fields: dict[str, Any]) -> dict[int, int]:
    """List the ways to hold each course; give each one's number within its course, by offer."""
    school, attending = r.school, r.attending
    number = {slot.id: n for n, slot in enumerate(school.slots)}
    by_course: dict[str, list[Offer]] = {c.id: [] for c in school.courses}
    for offer in r.offers:
        if offer.index in r.opened and not offer.copy:
            by_course[offer.course].append(offer)
    ways = [offer for course in school.courses for offer in by_course[course.id]]
    counts = [len(by_course[course.id]) for course in school.courses]
    masks = [attending.masks[offer.index] for offer in ways]
    closed = list(masks)
    for way, offer in enumerate(ways):
        for slot in offer.slots:
            closed[way] |= attending.overlapping[slot]
    locals_ = [n for count in counts for n in range(count)]
    slots = range(len(number))
    fields |= {
        "course_ways": np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        "way_mask": in_words(masks, len(slots)),
        "way_closed": in_words(closed, len(slots)),
        "way_slots": _padded([[number[slot] for slot in offer.slots] for offer in ways]),
        "way_overlaps": _padded([[k for k in slots if mask >> k & 1] for mask in closed]),
        "way_local": np.array(locals_, np.int64),
        "way_offer": np.array([offer.index for offer in ways], np.int64),
    }
    return {offer.index: n for offer, n in zip(ways, locals_, strict=True)}


def _leads(r: Relaxation, fields: dict[str, Any]) -> None:
    """List who may lead each way."""
    person = {t.id: n for n, t in enumerate(r.school.teachers)}
    starts, ways, people = [0], [], []
    for way, index in enumerate(fields["way_offer"].tolist()):
        leaders = r.school.course[r.offers[index].course].leaders
        able = [person[t] for t in leaders if (index, t) in r.lead]
        ways += [way] * len(able)
        people += able
        starts.append(len(ways))
    fields |= {
        "way_leads": np.array(starts, np.int64),
        "lead_way": np.array(ways, np.int64),
        "lead_person": np.array(people, np.int64),
        "needed": np.array([c.staff_needed for c in r.school.courses], np.int64),
    }


def _sections(school: School, fields: dict[str, Any]) -> None:
    counts = [c.max_sections for c in school.courses]
    biggest = [
        max((room.seats for room in school.rooms if rooms.suits_course(c, (), room)), default=0)
        for c in school.courses
    ]
    fields |= {
        "section_course": np.repeat(np.arange(len(counts)), counts),
        "course_sections": np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        "size": np.array(
            [min(c.max_size, most) for c, most in zip(school.courses, biggest, strict=True)], float
        ),
        "least": np.array([c.min_size for c in school.courses], np.int64),
    }


def _wishes(r: Relaxation, fields: dict[str, Any], local: dict[int, int]) -> None:
    school = r.school
    course = {c.id: n for n, c in enumerate(school.courses)}
    teacher = {t.id: n for n, t in enumerate(school.teachers)}
    rows, starts = [], [0]
    for number, student in enumerate(school.students):
        for wish in school.wishes_of[student.id]:
            offers = [
                local[o.index]
                for o in r.attending.offers_for(student, wish.course)
                if o.index in local
            ]
            if offers:
                named = -1 if wish.teacher is None else teacher[wish.teacher]
                points = school.wish_points(wish)
                rows.append((course[wish.course], number, points, named, offers))
        starts.append(len(rows))
    attends = np.zeros((len(rows), 1 + max(local.values(), default=0)), np.bool_)
    for number, row in enumerate(rows):
        attends[number, row[4]] = True
    of_course = np.array([row[0] for row in rows], np.int64)
    of_student = np.array([row[1] for row in rows], np.int64)
    order = np.argsort(of_course, kind="stable")
    counts = np.bincount(of_course, minlength=len(school.courses))
    fields |= {
        "wish_course": of_course,
        "wish_student": of_student,
        "wish_points": np.array([row[2] for row in rows], float),
        "wish_teacher": np.array([row[3] for row in rows], np.int64),
        "student_wishes": np.array(starts, np.int64),
        "wishes_of_course": of_student[order],
        "wish_at": order.astype(np.int64),
        "course_wishes": np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        "attends": attends,
        "named": np.isin(
            np.arange(len(school.courses)),
            of_course[np.array([row[3] for row in rows], np.int64) >= 0],
        ),
    }
    _students(r, fields)


def _students(r: Relaxation, fields: dict[str, Any]) -> None:
    school, students = r.school, r.school.students
    fields |= {
        "most": np.array([s.max_clubs for s in students], np.int64),
        "first": np.array([school.seat_bonus(s.id, 1) for s in students], float),
        "second": np.array(
            [school.seat_bonus(s.id, 2) - school.seat_bonus(s.id, 1) for s in students], float
        ),
        "stays": in_words([r.attending.mask(s.stay_slots) for s in students], len(school.slots)),
        "grade": np.array([school.grades.index(school.grade_of[s.id]) for s in students], np.int64),
    }


def _resources(school: School, fields: dict[str, Any]) -> None:
    suitable = [
        frozenset(room.id for room in school.rooms if rooms.suits_course(c, (), room))
        for c in school.courses
    ]
    sets = sorted({*suitable}, key=sorted)
    wider = [[q for q, rooms_ in enumerate(sets) if own <= rooms_] for own in suitable]
    most = max(map(len, wider), default=0)
    fields |= {
        "slot_day": np.array([slot.weekday for slot in school.slots], np.int64),
        "teacher_week": np.array([t.max_periods_week for t in school.teachers], np.int64),
        "teacher_day": np.array([t.max_periods_day for t in school.teachers], np.int64),
        "room_sets": np.array([own + [-1] * (most - len(own)) for own in wider], np.int64).reshape(
            len(suitable), most
        ),
        "room_limits": np.array(
            [
                [sum(school.room[x].available(slot.id) for x in one) for slot in school.slots]
                for one in sets
            ],
            np.int64,
        ).reshape(len(sets), len(school.slots)),
    }
