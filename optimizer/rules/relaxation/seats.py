"""The seats of the linear program: each student's by course or by offer, each grade's by offer."""

from collections import defaultdict
from collections.abc import Iterable

from models import Student, Wish
from optimizer.rules.relaxation.relaxation import Pool, Relaxation


def add_seats(r: Relaxation) -> None:
    """Add seats by grade and offer; unless students are only counted, their shares of courses."""
    if r.by_number:
        _numbers(r)
    else:
        _shares(r)


def add_firsts(r: Relaxation, times: int, being: int) -> None:
    """Let the points of first clubs count besides, so many times, and points for being one.

    first[s, c] <= y[s, c], sum over c of first[s, c] <= 1; with one seat at most it is y itself.
    """
    school, lp = r.school, r.lp
    mine: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for (student, course), seat in r.seat.items():
        points = school.points_of[student, course] + school.seat_bonus(student, 1)
        gain = times * (points + being)
        mine[student].append((seat, gain))
    for student, seats in mine.items():
        alone = school.student[student].max_clubs == 1 or len(seats) == 1
        one = None if alone else lp.row(high=1)
        for seat, gain in seats:
            if one is None:
                lp.gain[seat] += gain
            else:
                first = lp.column(1, gain)
                lp.put(one, first)
                r.within(first, seat)


def _numbers(r: Relaxation) -> None:
    """Add seats by grade and offer, as many as students could take; none without a section."""
    numbers = r.attending.numbers(r.opened)
    r.takers = numbers.takers
    inside: dict[int, list[int]] = defaultdict(list)
    for (grade, index), able in sorted(numbers.able.items()):
        r.at[grade, index] = r.lp.column(able)
        inside[index].append(r.at[grade, index])
    if r.keeps("group_size"):  # says as much, and more
        return
    for index, opened in r.opened.items():
        row = r.at_most(0, inside[index])
        if row is not None:
            r.lp.put(row, opened, -len(r.school.students))


def _shares(r: Relaxation) -> None:
    """Add students' shares, what these are worth, and seats by grade and offer."""
    school, lp = r.school, r.lp
    takers: dict[tuple[str, int], list[int]] = defaultdict(list)
    able: dict[tuple[int, int], int] = defaultdict(int)
    there: dict[tuple[int, ...], int] = {}
    for student in school.students:
        mine, grade = [], school.grade_of[student.id]
        for wish in school.wishes_of[student.id]:
            offers = [
                o.index for o in r.attending.offers_for(student, wish.course) if o.index in r.opened
            ]
            if not offers:
                continue
            seat = r.seat[student.id, wish.course] = lp.column(1, school.wish_points(wish))
            mine.append(seat)
            takers[wish.course, grade].append(seat)
            for index in offers:
                able[grade, index] += 1
            sections = _meant(r, wish, offers)
            if sections not in there:
                there[sections] = _any_of(r, sections)
            row = r.within(seat, there[sections])
            r.pools[there[sections]].seats.append((student.id, wish.course, row))
        if mine:
            _bonuses(r, student.id, mine)
    _by_offer(r, takers, able)


def _meant(r: Relaxation, wish: Wish, offers: list[int]) -> tuple[int, ...]:
    """Give the columns of the sections in which a wish can be met."""
    if wish.teacher is None:
        return tuple(r.opened[index] for index in offers)
    leads = (r.lead.get((index, wish.teacher)) for index in offers)
    return tuple(column for column in leads if column is not None)


def _any_of(r: Relaxation, sections: Iterable[int]) -> int:
    """Add whether any of these sections is open; many students may look at the same ones."""
    there, row = r.lp.column(1), r.lp.row(high=0)
    r.lp.put(row, there)
    for section in sections:
        r.lp.put(row, section, -1)
    r.pools[there] = Pool(row, [])
    return there


def _bonuses(r: Relaxation, student: str, seats: list[int]) -> None:
    """Add what a student's first and second seat bring besides."""
    school, lp = r.school, r.lp
    one, two = school.seat_bonus(student, 1), school.seat_bonus(student, 2)
    if not two:
        return
    first, second = lp.column(1, one), lp.column(1, two - one)
    held = lp.row(high=0)
    for bonus in (first, second):
        lp.put(held, bonus)
    for seat in seats:
        lp.put(held, seat, -1)
    order = lp.row(high=0)
    lp.put(order, second)
    lp.put(order, first, -1)


def _by_offer(
    r: Relaxation, takers: dict[tuple[str, int], list[int]], able: dict[tuple[int, int], int]
) -> None:
    """Add: a grade's seats in a course, whenever it meets, are its students'."""
    lp = r.lp
    spread = {key: lp.row(0, 0) for key in takers}
    for key, seats in takers.items():
        for seat in seats:
            lp.put(spread[key], seat, -1)
    for offer in r.offers:
        for grade in sorted(offer.grades) if offer.index in r.opened else ():
            if able[grade, offer.index]:
                at = r.at[grade, offer.index] = lp.column(able[grade, offer.index])
                lp.put(spread[offer.course, grade], at)


def count_timed(r: Relaxation) -> int:
    """Give how many columns of single students there would be with times."""
    return sum(
        len(_offers(r, student, wish))
        for student in r.school.students
        for wish in r.school.wishes_of[student.id]
    )


def add_timed(r: Relaxation) -> None:
    """Add seats of single students by offer, to a program that has their shares.

    The program counts a grade's seats in an offer, and of a student only his share of a course:
    that is small enough for thousands. With a column x[s, p] for each student and each offer that
    he can attend it says besides: y[s, c] = sum over offers p of c of x[s, p];  x[g, p] = sum over
    s in g of x[s, p];  x[s, p] <= sections of p (with a teacher named: those that this teacher
    leads); and what the rules ``clash`` and ``attendance`` make of it.
    """
    school, lp = r.school, r.lp
    of_grade = {key: lp.row(0, 0) for key in r.at}
    for key, at in r.at.items():
        lp.put(of_grade[key], at, -1)
    for student in school.students:
        grade = school.grade_of[student.id]
        for wish in school.wishes_of[student.id]:
            for index, seat in _of_course(r, student, wish).items():
                lp.put(of_grade[grade, index], seat)
                r.timed[student.id, index] = seat


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
