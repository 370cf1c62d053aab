"""The seats of the linear program, by course, and base care."""

from collections import defaultdict
from typing import TYPE_CHECKING

from models import Course, School
from optimizer.rules import cross_grade, rooms

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


def add_care(r: "Relaxation", reserve: int) -> None:
    """Add base-care groups by slot and band, with places for whoever is in no section."""
    school, lp = r.school, r.lp
    stays: dict[tuple[str, int], int] = defaultdict(int)
    for student in school.students:
        if student.id not in school.excluded:
            for slot in student.stay_slots:
                stays[slot, school.grade_of[student.id]] += 1
    for key, count in stays.items():
        r.care_row[key] = lp.row(low=count + reserve)
    for (grade, index), at in r.at.items():
        for slot in r.offers[index].slots:
            if (slot, grade) in r.care_row:
                lp.put(r.care_row[slot, grade], at)
    size = min(
        school.settings.base_care.max_size,
        max((room.seats for room in school.rooms), default=0),
    )
    for moment in school.slots:
        for band in cross_grade.care_bands(school):
            present = [g for g in band if (moment.id, g) in stays]
            if not present:
                continue
            most = sum(stays[moment.id, g] for g in present) + reserve * len(present)
            groups = r.groups[moment.id, band] = lp.column(most)
            places = lp.row(high=0)
            lp.put(places, groups, -size)
            for grade in present:
                share = lp.column(stays[moment.id, grade] + reserve)
                lp.put(places, share)
                lp.put(r.care_row[moment.id, grade], share)
