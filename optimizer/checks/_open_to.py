"""For which grades a section is, given when it meets."""

from models import PolicyItem, School, Section
from optimizer.checks import content, hours


def grades_of(school: School, section: Section) -> tuple[int, ...]:
    """Give the grades of a section's course that its slots and the policy let be in it."""
    course = school.course[section.course]
    slots = [school.slot[name] for name in section.slots]
    served = school.in_force(PolicyItem.ELIGIBLE)
    return tuple(
        grade
        for grade in course.grades
        if (not served or school.clauses(PolicyItem.ELIGIBLE, grade))
        and not content.policy_bars(school, course, grade)
        and not any(
            not slot.admits_grade(grade)
            or any(hours.seat_bans(school, slot, grade))
            or any(content.time_bans(school, course, grade, slot))
            for slot in slots
        )
    )
