"""Seats of single students by offer: what the program says when a student's seat has a time.

The program counts a grade's seats in an offer, and of a student only his share of a course: that is
small enough for thousands. With a column x[s, p] for each student and each offer that he can attend
it says besides

- y[s, c] = sum over offers p of c of x[s, p];  x[g, p] = sum over s in g of x[s, p],
- x[s, p] <= sections of p (with a teacher named: those that this teacher leads),
- clash: sum over the offers p at one moment of x[s, p] <= 1,
- attendance: who stays at slot k is in a section or needs a group with his grade to be there:
  sum over the offers p at k of x[s, p] + sum over bands b with g of groups[k, b] >= 1.

The last row holds because groups are whole: one student is enough to need one. Where a group holds
more than a few grades' classes it is far stronger than the places of a group divided among them.
"""

from collections import defaultdict

from models import Student, Wish
from optimizer.rules.relaxation.relaxation import Relaxation


def count_timed(r: Relaxation) -> int:
    """Give how many columns of single students there would be."""
    return sum(
        len(_offers(r, student, wish))
        for student in r.school.students
        for wish in r.school.wishes_of[student.id]
    )


def add_timed(r: Relaxation) -> None:
    """Add seats of single students by offer, to a program that has seats, sections and groups."""
    school, lp = r.school, r.lp
    of_grade = {key: lp.row(0, 0) for key in r.at}
    groups: dict[tuple[str, int], list[int]] = defaultdict(list)
    for slot, grade, band in r.share:
        groups[slot, grade].append(r.groups[slot, band])
    for key, at in r.at.items():
        lp.put(of_grade[key], at, -1)
    for student in school.students:
        grade, mine = school.grade_of[student.id], dict[int, int]()
        for wish in school.wishes_of[student.id]:
            seats = _of_course(r, student, wish)
            for index, seat in seats.items():
                lp.put(of_grade[grade, index], seat)
            mine |= seats
        _one_at_a_time(r, mine)
        if student.id not in school.excluded:
            _or_in_a_group(r, student, mine, groups)


def _offers(r: Relaxation, student: Student, wish: Wish) -> list[int]:
    """Give the offers in which a student can have the seat he wishes for."""
    if (student.id, wish.course) not in r.seat:
        return []
    offers = [offer.index for offer in r.attending.offers_for(student, wish.course)]
    if wish.teacher is not None:
        offers = [index for index in offers if (index, wish.teacher) in r.lead]
    return [index for index in offers if index in r.opened]


def _of_course(r: Relaxation, student: Student, wish: Wish) -> dict[int, int]:
    """Add the student's seats in the offers of one course; give their columns by offer."""
    offers = _offers(r, student, wish)
    if (student.id, wish.course) not in r.seat:
        return {}
    lp, seats = r.lp, dict[int, int]()
    share = lp.row(0, 0)
    lp.put(share, r.seat[student.id, wish.course], -1)
    for index in offers:
        seat = seats[index] = lp.column(1)
        lp.put(share, seat)
        there = r.opened[index] if wish.teacher is None else r.lead[index, wish.teacher]
        r.seat_rows[student.id, index] = r.within(seat, there)
    return seats


def _one_at_a_time(r: Relaxation, seats: dict[int, int]) -> None:
    for clique in r.cliques:
        moment = r.attending.mask(clique)
        here = [seat for index, seat in seats.items() if r.attending.masks[index] & moment]
        if len(here) > 1:
            r.at_most(1, here)


def _or_in_a_group(
    r: Relaxation, student: Student, seats: dict[int, int], groups: dict[tuple[str, int], list[int]]
) -> None:
    grade = r.school.grade_of[student.id]
    there: dict[str, list[int]] = defaultdict(list)
    for index, seat in seats.items():
        for slot in r.offers[index].slots:
            there[slot].append(seat)
    for slot in student.stay_slots:
        row = r.alone_rows[slot, student.id] = r.lp.row(low=1)
        for seat in there[slot]:
            r.lp.put(row, seat)
        for column in groups[slot, grade]:
            r.lp.put(row, column)
