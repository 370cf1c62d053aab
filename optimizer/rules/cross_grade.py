"""Who may share a group.

Statement. Every student of a section is of a grade the course is for. Highest grade - lowest
grade + 1 in a section is at most the course's ``max_grade_span`` (the school's where the course
has none). Its students are of one stage unless the course has ``mix_stages``. In a care group
highest - lowest + 1 is at most ``base_care.grade_span``, and its students are of one stage
unless ``base_care.mix_stages``.
"""

from itertools import combinations

from models import Course, School, Student
from optimizer.rules.context import Band, Model, Offer
from optimizer.rules.staffing import rota_grades

MOST_GRADES_FREE = 6


def section_bands(school: School, course: Course) -> list[frozenset[int]]:
    """Give the largest sets of the course's grades that may share a section."""
    grades = sorted(set(course.grades).intersection(school.grades))
    span = course.max_grade_span or school.settings.max_grade_span
    windows = {
        frozenset(
            g
            for g in grades
            if low <= g < low + span and (course.mix_stages or _one_stage(school, {low, g}))
        )
        for low in grades
    }
    return sorted((w for w in windows if not any(w < other for other in windows)), key=min)


def care_bands(school: School) -> list[Band]:
    """Give the sets of grades that care groups are made for.

    Where it matters which grades are really in a group (its own home rooms, the homeroom rota),
    every set is given and a group of a set has students of all its grades; otherwise the largest
    sets do.
    """
    care = school.settings.base_care
    found: list[Band] = []
    for low in school.grades:
        near = [g for g in school.grades if low <= g < low + care.grade_span]
        near = [g for g in near if care.mix_stages or _one_stage(school, {low, g})]
        if exact_care_bands(school):
            others = near[1:]
            for size in range(len(others) + 1):
                found += [(low, *more) for more in combinations(others, size)]
        else:
            found.append(tuple(near))
    return [b for b in found if exact_care_bands(school) or not _inside_another(b, found)]


def free_care_bands(school: School) -> list[Band]:
    """Give the sets of grades that care groups are made for when the rule is left out.

    Where the grades matter every set is given, unless that would be very many.
    """
    grades = school.grades
    if not exact_care_bands(school, kept=False):
        return [grades]
    if len(grades) > MOST_GRADES_FREE:
        return list(dict.fromkeys([*care_bands(school), grades]))
    return [band for size in range(len(grades)) for band in combinations(grades, size + 1)]


def exact_care_bands(school: School, kept: bool = True) -> bool:
    """Tell whether a group's own grades matter to another rule, with this rule kept or not."""
    care = school.settings.base_care
    several = care.grade_span > 1 or not kept
    return several and (care.rooms == "own_grade" or bool(rota_grades(school, school.grades)))


def _one_stage(school: School, grades: set[int]) -> bool:
    return len({school.stage_of(g).id for g in grades}) == 1


def _inside_another(band: Band, bands: list[Band]) -> bool:
    return any(set(band) < set(other) for other in bands)


def forbids_seat(school: School, student: Student, offer: Offer) -> bool:
    """Forbid seats to grades the offer is not for."""
    return school.grade_of[student.id] not in offer.grades


def add(_: Model) -> None:
    """Add nothing: offers and care groups are for these sets of grades and no others."""
