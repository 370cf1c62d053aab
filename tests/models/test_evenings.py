"""Evening study under a regulation: for whom the document allows it, and for nobody else."""

from typing import Any

import pytest

from models import Clause, HomeClass, Policy, PolicyItem, Problem, School
from models.validation import find_problems
from tests.builders import SOURCE, tiny_school, with_clause, with_slot

CODE = "no-evening-study"
ITEM = PolicyItem.EVENING_ALLOWED
NOBODYS = ("banan-2020", "putuo-2021", "zhanggong-2021", "one-plus-x", "hebi", "free-rota")


def under(regime_id: str, *rows: Clause, evening: bool = True, **slot: Any) -> list[Problem]:
    """Give what is wrong with a school of grades 3-5, and 7, with an evening under a regime."""
    bare = tiny_school(students=(), wishes=())
    school = with_slot(bare, "tue2", evening_study=evening, **slot)
    fields = {name: getattr(school, name) for name in School.model_fields}
    classes = (*school.classes, HomeClass(id="c7", name="", grade=7)) if slot else school.classes
    fields |= {"policy": Policy(id=regime_id, clauses=rows), "classes": classes}
    return find_problems(School.model_construct(**fields))


def evenings(problems: list[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.code == CODE]


@pytest.mark.parametrize("regime_id", [*NOBODYS, "city-menu"])
def test_where_the_document_allows_none_there_is_none(regime_id: str) -> None:
    (problem,) = evenings(under(regime_id))
    assert (problem.table, problem.row, problem.field) == ("slots", 3, "evening_study")
    assert problem.severity == "error"
    assert "没有允许设晚自习" in problem.text.zh
    assert "allows no evening study" in problem.text.en
    assert not evenings(under(regime_id, evening=False))


@pytest.mark.parametrize("regime_id", [*NOBODYS, "city-menu", "changzhi-2021", "per-head-subsidy"])
def test_a_school_cannot_allow_it_itself(regime_id: str) -> None:
    problems = under(regime_id, Clause(item=ITEM, source="own scheme", grades=(3, 4, 5)))
    assert [p.row for p in problems if p.code == "hard-rule"] == [0]
    assert evenings(problems)


def test_where_it_is_for_juniors_it_is_for_nobody_else() -> None:
    (problem,) = evenings(under("changzhi-2021"))
    assert "3、4、5 年级不得设晚自习" in problem.text.zh
    assert "grades 3, 4, 5 may have no evening study" in problem.text.en
    assert "三（二）" in problem.text.en
    (problem,) = evenings(under("changzhi-2021", grades=(5, 7)))
    assert "grades 5 may" in problem.text.en
    assert not evenings(under("changzhi-2021", grades=(7,)))


def test_a_school_without_a_document_says_itself() -> None:
    school = with_slot(tiny_school(), "tue2", evening_study=True)
    assert not evenings(find_problems(school))
    assert not evenings(find_problems(with_clause(school, ITEM, grades=(3,), source=SOURCE)))


def test_a_lesson_is_never_longer_than_an_hour() -> None:
    fields: dict[str, Any] = {"item": PolicyItem.LEARNING_PERIOD_MINUTES, "source": SOURCE}
    assert Clause(value=60, **fields).value == 60
    with pytest.raises(ValueError, match="60"):
        Clause(value=61, **fields)
