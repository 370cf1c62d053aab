"""The seats of the linear program: each student's by course, each grade's by offer."""

from collections import defaultdict
from collections.abc import Iterable

from optimizer.rules.relaxation.relaxation import Pool, Relaxation


def add_shares(r: Relaxation) -> None:
    """Add students' shares, their bonuses, and seats by grade and offer."""
    school, lp = r.school, r.lp
    takers: dict[tuple[str, int], list[int]] = defaultdict(list)
    able: dict[tuple[int, int], int] = defaultdict(int)
    there: dict[tuple[int, ...], int] = {}
    for student in school.students:
        mine = []
        for wish in school.wishes_of[student.id]:
            offers = [
                o.index for o in r.attending.offers_for(student, wish.course) if o.index in r.opened
            ]
            if not offers:
                continue
            seat = r.seat[student.id, wish.course] = lp.column(1, school.wish_points(wish))
            mine.append(seat)
            grade = school.grade_of[student.id]
            takers[wish.course, grade].append(seat)
            for index in offers:
                able[grade, index] += 1
            if wish.teacher is None:
                sections = tuple(r.opened[index] for index in offers)
            else:
                leads = (r.lead.get((index, wish.teacher)) for index in offers)
                sections = tuple(column for column in leads if column is not None)
            if sections not in there:
                there[sections] = _any_of(r, sections)
            row = r.within(seat, there[sections])
            r.pools[there[sections]].seats.append((student.id, wish.course, row))
        if mine:
            _student(r, student.id, mine)
    _by_offer(r, takers, able)


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


def _any_of(r: Relaxation, sections: Iterable[int]) -> int:
    """Add whether any of these sections is open; many students may look at the same ones."""
    there, row = r.lp.column(1), r.lp.row(high=0)
    r.lp.put(row, there)
    for section in sections:
        r.lp.put(row, section, -1)
    r.pools[there] = Pool(row, [])
    return there


def _student(r: Relaxation, student: str, seats: list[int]) -> None:
    school, lp = r.school, r.lp
    most = lp.row(high=school.student[student].max_clubs)
    for seat in seats:
        lp.put(most, seat)
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
    lp = r.lp
    spread = {key: lp.row(0, 0) for key in takers}
    for key, seats in takers.items():
        for seat in seats:
            lp.put(spread[key], seat, -1)
    for offer in r.offers:
        if offer.index not in r.opened:
            continue
        course = r.school.course[offer.course]
        low, high = lp.row(low=0), lp.row(high=0)
        r.capacity_row[offer.index] = high
        r.size_rows[offer.index] = low, high
        lp.put(low, r.opened[offer.index], -course.min_size)
        places = max(r.school.room[room].seats for room in r.suits[offer.index])
        lp.put(high, r.opened[offer.index], -min(course.max_size, places))
        for grade in sorted(offer.grades):
            if able[grade, offer.index]:
                at = r.at[grade, offer.index] = lp.column(able[grade, offer.index])
                lp.put(spread[offer.course, grade], at)
                lp.put(low, at)
                lp.put(high, at)
