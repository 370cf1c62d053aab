"""Seats where students are only counted: by grade and offer."""

from collections import defaultdict

from optimizer.rules.relaxation.relaxation import Relaxation


def add_numbers(r: Relaxation) -> None:
    """Add seats by grade and offer, as many as students could take."""
    lp = r.lp
    numbers = r.attending.numbers(r.opened)
    for (grade, index), able in sorted(numbers.able.items()):
        r.at[grade, index] = lp.column(able)
    _sizes(r)
    if r.keeps("wishes"):
        _by_course(r, numbers.takers)
    if r.keeps("clash"):
        _by_moment(r)


def _sizes(r: Relaxation) -> None:
    """Add: sections hold between their minimum and their maximum; no seats without a section."""
    lp, school = r.lp, r.school
    inside: dict[int, list[int]] = defaultdict(list)
    for (_, index), at in r.at.items():
        inside[index].append(at)
    for index, opened in r.opened.items():
        course = school.course[r.offers[index].course]
        least, most = 0, len(school.students)
        if r.keeps("group_size"):
            seats = [school.room[room].seats for room in r.suits[index]]
            least, most = course.min_size, course.max_size
            if r.keeps("rooms"):
                most = min(most, max(seats))
        low, high = lp.row(low=0), lp.row(high=0)
        lp.put(low, opened, -least)
        lp.put(high, opened, -most)
        for at in inside[index]:
            lp.put(low, at)
            lp.put(high, at)


def _by_course(r: Relaxation, takers: dict[tuple[int, str], int]) -> None:
    """Add: one seat a course for each who wished for it, and no more seats than clubs wanted."""
    school = r.school
    courses: dict[tuple[int, str], list[int]] = defaultdict(list)
    grades: dict[int, list[int]] = defaultdict(list)
    for (grade, index), at in r.at.items():
        courses[grade, r.offers[index].course].append(at)
        grades[grade].append(at)
    for key, columns in courses.items():
        r.at_most(takers[key], columns)
    wanted: dict[int, int] = defaultdict(int)
    for student in school.students:
        wanted[school.grade_of[student.id]] += min(
            student.max_clubs, len(school.wishes_of[student.id])
        )
    for grade, columns in grades.items():
        r.at_most(wanted[grade], columns)


def _by_moment(r: Relaxation) -> None:
    """Add: one seat at a moment for each who can be in a section then."""
    there: dict[tuple[int, int], int] = defaultdict(int)
    moments = {n: r.attending.mask(clique) for n, clique in enumerate(r.cliques)}
    for student in r.school.students:
        kind = r.attending.kind(student)
        for n, moment in moments.items():
            if kind is not None and kind.usable & moment:
                there[kind.grade, n] += 1
    meeting: dict[tuple[int, int], list[int]] = defaultdict(list)
    for (grade, index), at in r.at.items():
        for n, moment in moments.items():
            if r.attending.masks[index] & moment:
                meeting[grade, n].append(at)
    for key, columns in meeting.items():
        r.at_most(there[key], columns)
