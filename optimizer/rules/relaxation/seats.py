"""The seats of the linear program, by course, and base care."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING

from models import Course, School
from optimizer.rules import cross_grade, rooms
from optimizer.rules.context import Band

if TYPE_CHECKING:
    from optimizer.rules.relaxation.program import Relaxation


def add_shares(r: "Relaxation") -> None:
    """Add students' shares, their bonuses, and seats by grade and offer."""
    school, lp = r.school, r.lp
    takers: dict[tuple[str, int], list[int]] = defaultdict(list)
    able: dict[tuple[int, int], int] = defaultdict(int)
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
            linked = lp.row(high=0)
            lp.put(linked, seat)
            for index in offers:
                able[grade, index] += 1
                if wish.teacher is None:
                    lp.put(linked, r.opened[index], -1)
                elif (index, wish.teacher) in r.lead:
                    lp.put(linked, r.lead[index, wish.teacher], -1)
        if mine:
            _student(r, student.id, mine)
    _by_offer(r, takers, able)


def _student(r: "Relaxation", student: str, seats: list[int]) -> None:
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
    r: "Relaxation", takers: dict[tuple[str, int], list[int]], able: dict[tuple[int, int], int]
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
        lp.put(low, r.opened[offer.index], -course.min_size)
        lp.put(high, r.opened[offer.index], -_size(r.school, course))
        for grade in sorted(offer.grades):
            if able[grade, offer.index]:
                at = r.at[grade, offer.index] = lp.column(able[grade, offer.index])
                lp.put(spread[offer.course, grade], at)
                lp.put(low, at)
                lp.put(high, at)


def _size(school: School, course: Course) -> int:
    seats = (r.seats for r in school.rooms if rooms.suits_course(course, (), r))
    return min(course.max_size, max(seats, default=0))


def group_cuts(
    school: School, waiting: dict[int, int], bands: Iterable[Band]
) -> list[tuple[list[Band], int]]:
    """Give, for grades next to one another, the bands with any of them and the groups they need.

    So many students of these grades wait, whatever else is decided: whole groups of the bands are
    at least as many as hold them, rounded up. (A fraction of a group would do for a relaxation.)
    """
    size, cuts = _group_size(school), []
    grades = sorted(waiting)
    for low, high in combinations_with_replacement(range(len(grades)), 2):
        chosen = set(grades[low : high + 1])
        meeting = [band for band in bands if not chosen.isdisjoint(band)]
        if size and meeting:
            cuts.append((meeting, -(-sum(waiting[g] for g in chosen) // size)))
    return cuts


def _group_size(school: School) -> int:
    return min(
        school.settings.base_care.max_size, max((room.seats for room in school.rooms), default=0)
    )


def reserve_of(school: School, share: float) -> int:
    """Give a share of a care group in places."""
    return round(share * _group_size(school))


def add_care(r: "Relaxation", share: float) -> None:
    """Add base-care groups by slot and band, with places for whoever is in no section.

    Where nobody of a grade could be in a section, its students wait for certain: nothing is kept
    in reserve, but whole groups are asked for (``group_cuts``).
    """
    school, lp = r.school, r.lp
    busy = {(slot, g) for g, index in r.at for slot in r.offers[index].slots}
    stays: dict[tuple[str, int], int] = defaultdict(int)
    for student in school.students:
        if student.id not in school.excluded:
            for slot in student.stay_slots:
                stays[slot, school.grade_of[student.id]] += 1
    reserve = {key: reserve_of(school, share) if key in busy else 0 for key in stays}
    for key, count in stays.items():
        r.care_row[key] = lp.row(low=count + reserve[key])
    for (grade, index), at in r.at.items():
        for slot in r.offers[index].slots:
            if (slot, grade) in r.care_row:
                lp.put(r.care_row[slot, grade], at)
    _groups(r, stays, reserve)
    for moment in school.slots:
        idle = {
            g: n for (slot, g), n in stays.items() if slot == moment.id and (slot, g) not in busy
        }
        bands = [band for slot, band in r.groups if slot == moment.id]
        for meeting, least in group_cuts(school, idle, bands):
            row = lp.row(low=least)
            for band in meeting:
                lp.put(row, r.groups[moment.id, band])


def _groups(
    r: "Relaxation", stays: dict[tuple[str, int], int], reserve: dict[tuple[str, int], int]
) -> None:
    school, lp, size = r.school, r.lp, _group_size(r.school)
    for moment in school.slots:
        for band in cross_grade.care_bands(school):
            present = [g for g in band if (moment.id, g) in stays]
            if not present:
                continue
            most = sum(stays[moment.id, g] + reserve[moment.id, g] for g in present)
            groups = r.groups[moment.id, band] = lp.column(most)
            places = lp.row(high=0)
            lp.put(places, groups, -size)
            for grade in present:
                share = lp.column(stays[moment.id, grade] + reserve[moment.id, grade])
                lp.put(places, share)
                lp.put(r.care_row[moment.id, grade], share)
