"""Whom the search of many courses a student is for."""

from models import PolicyItem, School
from optimizer.engine.params import DEFAULTS
from optimizer.ledger.tariffs import budget_limits

_DAY_LIMITS = (
    PolicyItem.MAX_PERIODS_DAY,
    PolicyItem.MAX_MINUTES_DAY,
    PolicyItem.EVENING_MAX_MINUTES,
    PolicyItem.MAX_LEARNING_PERIODS_DAY,
)


def suits(school: School, many_courses: int = DEFAULTS.strategy.many_courses) -> bool:
    """Tell whether the search knows all that matters to a school, and is meant for it.

    It is if half of the students want so many courses or more.
    It knows nothing of base care, of limits on pay or on a student's day, or of groups that more
    than one person leads.
    """
    wants = sorted(min(s.max_clubs, len(school.wishes_of[s.id])) for s in school.students)
    wants = [n for n in wants if n]
    return (
        bool(wants)
        and wants[len(wants) // 2] >= many_courses
        and not any(s.stay_slots for s in school.students if s.id not in school.excluded)
        and all(course.staff_needed == 1 for course in school.courses)
        and not any(lock.kind == "care_staff" for lock in school.locks)
        and not any(school.in_force(item) for item in _DAY_LIMITS)
        and not budget_limits(school)
    )
