"""What the policy allows on a day, as far as numbers of students tell."""

from collections import defaultdict

from optimizer.rules._week import week_fits
from optimizer.rules.hours import asks_too_much, learning_limit, learning_too_long
from optimizer.rules.relaxation.relaxation import Relaxation


def add_days(r: Relaxation) -> None:
    """Add: the slots fit the policy; nobody asked to stay for too long; learning in base care."""
    if not r.keeps("hours"):
        return
    if not week_fits(r.school) or (r.keeps("attendance") and asks_too_much(r.school)):
        r.never()
    if r.keeps("attendance"):
        _learning(r)


def _learning(r: Relaxation) -> None:
    """Add: whoever would do homework in base care for too long has seats at those slots.

    A student who would learn for so much too long on a day is in sections at homework slots of as
    much, or more; a grade's seats there are at least the sum of these.
    """
    school, lp = r.school, r.lp
    missing: dict[tuple[int, int], int] = defaultdict(int)
    for student, weekday, over in learning_too_long(school):
        missing[school.grade_of[student.id], weekday] += over
    for (grade, weekday), least in missing.items():
        limit = learning_limit(school, grade)
        assert limit is not None  # Else nobody of the grade could exceed it.
        row = r.learning_rows[grade, weekday] = lp.row(low=least)
        for (other, index), at in r.at.items():
            meets = [school.slot[s] for s in r.offers[index].slots]
            freed = sum(limit.in_care(slot) for slot in meets if slot.weekday == weekday)
            if other == grade and freed:
                lp.put(row, at, freed)
