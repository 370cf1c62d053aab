"""The wishes of a school of many courses a student, and what each counts for."""

from typing import NamedTuple

from models import Aim, School
from optimizer.engine.finish.draft import DraftPlan
from optimizer.engine.sectioning.records import Records, columns, mask, record, records
from optimizer.rules.content import grade_barred, provider_barred, time_barred

LOCKED = 10**6
"""Weight of a seat that the planner pinned."""

WISH = record("course", "student", "weight", "grade", "teacher")
"""A wish: what meeting it is worth, a bonus for the first seats not included; teacher -1: any."""
STUDENT = record("wishes", "wanted", "first", "second")
"""A student: where his wishes begin; seats wanted; the bonus for the first two."""


class Wishes(NamedTuple):
    """Wishes, student after student, and the students."""

    wish: Records
    student: Records
    slots: list[int]
    """Slots at which each wish can be met."""
    within: list[int]
    """Slots that its section must have, for a lock."""


def make_wishes(school: School, slot: dict[str, int]) -> Wishes:
    """List the wishes that can be met at all, student after student, and the students."""
    draft = DraftPlan(school, {}, {})
    course = {c.id: n for n, c in enumerate(school.courses)}
    person = {t.id: n for n, t in enumerate(school.teachers)}
    grade = {g: n for n, g in enumerate(school.grades)}
    pins = {(x.student, x.course): x for x in school.locks if x.kind == "seat"}
    barred: dict[tuple[str, int], int | None] = {}
    rows: list[tuple[int, ...]] = []
    students: list[tuple[int, ...]] = []
    at: list[int] = []
    pinned: list[int] = []
    for number, student in enumerate(school.students):
        own, one = school.grade_of[student.id], school.seat_bonus(student.id, 1)
        two = school.seat_bonus(student.id, 2) - one
        students.append((len(rows), student.max_clubs, one, two))
        slots = mask(slot, draft.usable(student.id))
        weights = _weights(school, student.id)
        for wish in school.wishes_of[student.id] if student.id not in school.excluded else ():
            key = wish.course, own
            if key not in barred:
                barred[key] = _barred(school, slot, *key)
            shut, pin = barred[key], pins.get((student.id, wish.course))
            if shut is None or (pin is not None and not pin.granted):
                continue
            weight = weights[wish.course] + LOCKED * (pin is not None)
            at.append(slots & ~shut)
            pinned.append(0 if pin is None else mask(slot, pin.slots))
            named = -1 if wish.teacher is None else person[wish.teacher]
            place = course[wish.course]
            rows.append((place, number, weight, grade[own], named))
    students.append((len(rows), 0, 0, 0))
    return Wishes(
        records(WISH, *columns(rows, WISH)),
        records(STUDENT, *columns(students, STUDENT)),
        at,
        pinned,
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
    return mask(
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
