"""Late care: who may be looked after for longer than the service usually lasts."""

from models.items import PolicyItem
from models.school_data import SchoolData


def only_late_care(school: SchoolData, slot_id: str, grade: int) -> bool:
    """Tell whether of a grade only such children asked to stay then as have late care granted."""
    granted = [clause.subject for clause in school.clauses(PolicyItem.LATE_CARE, grade)]
    if not granted:
        return False
    there = [
        [school.group[name] for name in student.groups]
        for student in school.students
        if slot_id in student.stay_slots
        and school.grade_of[student.id] == grade
        and student.id not in school.excluded
    ]
    return bool(there) and all(
        any(group.goes_by(subject) for group in groups for subject in granted) for groups in there
    )
