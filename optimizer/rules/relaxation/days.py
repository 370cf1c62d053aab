"""What the policy allows on a day, as far as numbers of students tell."""

from collections import defaultdict

from optimizer.rules._week import week_fits
from optimizer.rules.hours import asks_too_much, learning_too_long, learns_in_care
from optimizer.rules.relaxation.parts import Relaxation


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

    A student who stays at n homework slots of a day is in sections at n - limit of them or more;
    a grade's seats there are at least the sum of these.
    """
    school, lp = r.school, r.lp
    missing: dict[tuple[int, int], int] = defaultdict(int)
    for student, weekday, over in learning_too_long(school):
        missing[school.grade_of[student.id], weekday] += over
    for (grade, weekday), seats in missing.items():
        row = lp.row(low=seats)
        for (other, index), at in r.at.items():
            meets = [school.slot[s] for s in r.offers[index].slots]
            times = sum(learns_in_care(slot) and slot.weekday == weekday for slot in meets)
            if other == grade and times:
                lp.put(row, at, times)
