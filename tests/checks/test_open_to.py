"""For which grades a section is: not for those that may not be there when it meets."""

import pytest

from models import PolicyItem, School
from optimizer.checks import grades_of
from tests.builders import with_clause, with_course, with_slot
from tests.tiny import tiny_plan, tiny_school

SCHOOL = tiny_school()
CHESS = next(s for s in tiny_plan(SCHOOL).sections if s.course == "chess")
GRADES = SCHOOL.course["chess"].grades
SLOT = CHESS.slots[0]
TAGGED = with_course(SCHOOL, "chess", content=("new_lessons",))


def with_window(school: School, hour: int, grades: tuple[int, ...]) -> School:
    """End what is tagged at an hour, for some grades."""
    item = PolicyItem.CONTENT_END
    return with_clause(school, item, hour * 60, subject="new_lessons", grades=grades)


@pytest.mark.parametrize(
    "school",
    [
        with_clause(SCHOOL, PolicyItem.LATEST_END, 16 * 60, grades=(4,)),
        with_clause(SCHOOL, PolicyItem.ACTIVITIES_END, 16 * 60, grades=(4,)),
        with_clause(SCHOOL, PolicyItem.ELIGIBLE, grades=(3, 5, 6)),
        with_clause(TAGGED, PolicyItem.BARRED_CONTENT, subject="new_lessons", grades=(4,)),
        with_window(with_window(TAGGED, 16, (4,)), 20, (3, 5, 6)),
    ],
)
def test_a_grade_that_the_policy_keeps_away(school: School) -> None:
    assert grades_of(SCHOOL, CHESS) == GRADES
    assert grades_of(school, CHESS) == tuple(grade for grade in GRADES if grade != 4)


def test_a_grade_that_the_slot_is_not_for() -> None:
    rest = tuple(grade for grade in SCHOOL.grades if grade != 4)
    students = tuple(s for s in SCHOOL.students if SCHOOL.grade_of[s.id] != 4)
    wishes = tuple(w for w in SCHOOL.wishes if w.student in {s.id for s in students})
    school = with_slot(SCHOOL.replaced(students=students, wishes=wishes), SLOT, grades=rest)
    assert grades_of(school, CHESS) == tuple(grade for grade in GRADES if grade != 4)
