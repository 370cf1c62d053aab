"""Equal claims are decided by the lottery: nobody may hold a seat that the draw gives another."""

from collections.abc import Iterator
from typing import NamedTuple

from models import School, Section, Wish, lottery_number
from optimizer.checks._standing import Standing


class Claim(NamedTuple):
    """What makes two claims to a seat in one section equal."""

    grade: int
    points: int
    factor: int
    seats_without: int
    """Seats beside this one: with equal numbers the bonus is the same whoever has it."""
    asked_to_stay: tuple[bool, ...]
    """For each slot of the section, whether the student needs base care instead."""


class Misdrawn(NamedTuple):
    """A pair that should have been swapped: the first should have the second's seat."""

    section: Section
    student: str
    number: int
    holder: str
    holder_number: int


def misdrawn(standing: Standing) -> Iterator[Misdrawn]:
    """Find seats whose holder has an equal claim and a higher lottery number than another.

    At most one pair for each section and kind of claim: the waiting student with the lowest
    number, and the seated one with the highest.
    """
    school = standing.school
    seed = school.settings.lottery_seed
    number = {student.id: lottery_number(seed, student.id) for student in school.students}
    for course, sections in standing.open.items():
        waiting = [w for w in school.wishes_for[course] if _waits(standing, w)]
        for section in sections:
            first: dict[Claim, str] = {}
            for wish in waiting:
                if _could_have(standing, wish, section):
                    claim = claim_of(school, wish, section, len(standing.seats[wish.student]))
                    best = first.setdefault(claim, wish.student)
                    if number[wish.student] < number[best]:
                        first[claim] = wish.student
            if first:
                yield from _beaten(standing, section, first, number)


def _beaten(
    standing: Standing, section: Section, first: dict[Claim, str], number: dict[str, int]
) -> Iterator[Misdrawn]:
    last: dict[Claim, str] = {}
    for student in section.students:
        wish = standing.wish[student, section.course]
        pinned = (student, section.course) in standing.seat_locks
        if pinned or not standing.day_allows(student, gives_up=(section,)):
            continue
        claim = claim_of(standing.school, wish, section, len(standing.seats[student]) - 1)
        worst = last.setdefault(claim, student)
        if number[student] > number[worst]:
            last[claim] = student
    for claim, holder in last.items():
        student = first.get(claim, holder)
        if number[student] < number[holder]:
            yield Misdrawn(section, student, number[student], holder, number[holder])


def claim_of(school: School, wish: Wish, section: Section, seats_without: int) -> Claim:
    """Give what makes a student's claim to a seat equal to another's."""
    stay = school.student[wish.student].stay_slots
    return Claim(
        school.grade_of[wish.student],
        school.wish_points(wish),
        school.factor(wish.student),
        seats_without,
        tuple(slot in stay for slot in section.slots),
    )


def _waits(standing: Standing, wish: Wish) -> bool:
    # A lock on the wish leaves nobody waiting: it is granted, or it bars him.
    held = standing.seats[wish.student]
    return (
        len(held) < standing.school.student[wish.student].max_clubs
        and all(section.course != wish.course for section in held)
        and standing.eligible(wish.student, wish.course)
    )


def _could_have(standing: Standing, wish: Wish, section: Section) -> bool:
    """Tell whether a waiting student could sit in a section in somebody's place."""
    return (
        (wish.teacher is None or wish.teacher in section.staff)
        and standing.could_be_there(wish.student, section)
        and not standing.clashes(wish.student, section)
        and standing.day_allows(wish.student, gains=(section,))
    )
