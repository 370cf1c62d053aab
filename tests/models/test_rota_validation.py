"""Grades whose base care is under homeroom teachers have some."""

import pytest

from models import HomeClass, PolicyItem, SchoolError
from tests.builders import SOURCE, revised, with_care, with_class, with_clause, with_new
from tests.checks.saying import names
from tests.tiny import tiny_school


def test_a_grade_on_the_rota_has_a_homeroom_teacher() -> None:
    """Grade 3 is on the rota by clause; nobody of it may stay, or a class has a teacher."""
    school = with_class(tiny_school(), "c3", homeroom_teacher=None)
    with pytest.raises(SchoolError) as refused:
        with_clause(school, PolicyItem.ROTA, grades=(3, 4))
    (problem,) = refused.value.problems
    assert (problem.table, problem.row, problem.field) == ("classes", 0, "homeroom_teacher")
    names(problem.text, SOURCE, "c3", zh="3 年级的托管", en="4 children asked to stay")
    with pytest.raises(SchoolError, match="own homeroom rota"):
        with_care(school, rota_grades=(3,))
    second = HomeClass(id="d3", name="", grade=3, homeroom_teacher="t4")
    with_clause(with_new(school, "classes", second), PolicyItem.ROTA, grades=(3,))
    away = tuple(
        revised(s, stay_slots=(), club_slots=s.stay_slots) if s.home_class == "c3" else s
        for s in school.students
    )
    with_clause(revised(school, students=away), PolicyItem.ROTA, grades=(3,))
