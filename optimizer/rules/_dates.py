"""What the policy wants of the dates of the term (family ``hours``), whatever the plan.

Statement, for every grade that ``eligible`` admits; its days are the weekdays with a slot that
admits it, evening study apart. A date is *served* if it is one of service and follows one of these
days. In a week (Monday to Sunday) with any date served, one of these days is *held* if a date
served follows it, and otherwise *missed* if its own date lies within the term, is no holiday and
no weekend worked by decree, and is no make-up day. A day is *regular* unless it is missed in as
many weeks as it is held, or more. (Weeks without any service are those of a school that is shut.)
``min_weekdays``: the regular days from Monday to Friday with a slot that is not for clubs only
are at least so many. ``weekend_days``: the regular ones of Saturday and Sunday are at least so
many. ``make_up_service``: every weekend day of the term that is worked by decree is served, for
a grade that has any days. Of years
of which no decree is known, what the school lists as holidays counts as missed, and no weekend as
worked.
"""

from datetime import date, timedelta

from models import PolicyItem, School, SlotUse
from models.calendar import decreed_days, service_dates

_LAST_WORKING_DAY = 5


def dates_fit(school: School, grade: int) -> bool:
    """Tell whether the dates of the term are as the policy wants them for a grade."""
    days = {s.weekday for s in school.slots if s.admits_grade(grade) and not s.evening_study}
    least_working = _most(school, PolicyItem.MIN_WEEKDAYS, grade)
    least_free = _most(school, PolicyItem.WEEKEND_DAYS, grade)
    if least_working or least_free:
        regular = {day for day in days if _is_regular(school, days, day)}
        for_all = {
            s.weekday
            for s in school.slots
            if s.admits_grade(grade) and not s.evening_study and s.use is not SlotUse.CLUBS_ONLY
        }
        working = [d for d in regular & for_all if d <= _LAST_WORKING_DAY]
        if len(working) < least_working:
            return False
        if sum(d > _LAST_WORKING_DAY for d in regular) < least_free:
            return False
    if not days or not school.clauses(PolicyItem.MAKE_UP_SERVICE, grade):
        return True
    served = service_dates(school.term)
    return all(served.get(day) in days for day in decreed_days(school.term).make_up_days)


def _most(school: School, item: PolicyItem, grade: int) -> int:
    return max((c.value or 0 for c in school.clauses(item, grade)), default=0)


def _is_regular(school: School, days: set[int], weekday: int) -> bool:
    term = school.term
    decreed = decreed_days(term)
    excused = decreed.holidays | decreed.make_up_days | {m.date for m in term.make_up_days}
    followed: dict[date, set[int]] = {}
    for day, follows in service_dates(term).items():
        if follows in days:
            monday = day - timedelta(days=day.isoweekday() - 1)
            followed.setdefault(monday, set()).add(follows)
    held = missed = 0
    for monday, there in followed.items():
        own = monday + timedelta(days=weekday - 1)
        if weekday in there:
            held += 1
        elif term.first_date <= own <= term.last_date and own not in excused:
            missed += 1
    return missed == 0 or held > missed
