"""Evening study under a regulation: for whom the document allows it, and for nobody else."""

from typing import Any

import pytest

from models import (
    Clause,
    DocumentClause,
    HomeClass,
    Level,
    Policy,
    PolicyItem,
    Problem,
    Regulation,
    School,
    Stage,
)
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


def test_middle_grades_do_not_escape_a_document_of_two_bands() -> None:
    """Under free-rota, which has lower and upper grades, a school calls grade 4 middle."""
    bare = tiny_school()
    fields = {name: getattr(bare, name) for name in School.model_fields}
    settings = bare.settings.model_copy(update={"lower_grades": (3,), "middle_grades": (4,)})
    fields |= {"settings": settings, "policy": Policy(id="free-rota")}
    school = School.model_construct(**fields)
    ends = {g: [c.value for c in school.clauses(PolicyItem.LATEST_END, g)] for g in (3, 4, 5)}
    assert ends == {3: [18 * 60], 4: [18 * 60 + 30], 5: [18 * 60 + 30]}
    assert [bool(school.clauses(PolicyItem.ROTA, g)) for g in (3, 4, 5)] == [True, False, False]
    city = School.model_construct(**fields | {"policy": Policy(id="city-menu")})
    first = [bool(city.clauses(PolicyItem.PRIORITY_GRADES, g)) for g in (3, 4, 5)]
    assert first == [True, True, False]


def test_the_length_of_a_lesson_is_asked_for_where_the_document_leaves_it_out() -> None:
    most = DocumentClause(item=PolicyItem.MAX_LEARNING_PERIODS_DAY, value=1, source="甲 二")
    regulation = Regulation(id="x", name="x", clauses=(most,))
    length = Clause(item=PolicyItem.LEARNING_PERIOD_MINUTES, value=40, source="timetable")
    some = length.model_copy(update={"grades": (3, 4)})
    for rows, asked in (((), True), ((some,), True), ((length,), False)):
        policy = Policy(id="x", regulation=regulation, clauses=rows)
        fields = {name: getattr(tiny_school(), name) for name in School.model_fields}
        problems = find_problems(School.model_construct(**fields | {"policy": policy}))
        texts = [p.text for p in problems if p.code == "policy-missing"]
        assert bool(texts) is asked
        assert all("学习类一课时分钟" in t.zh and "甲 二" in t.en for t in texts)


@pytest.mark.parametrize(
    ("level", "grades", "strange"),
    [
        (Level.JUNIOR, (3, 4, 5), "3, 4, 5"),
        (Level.JUNIOR, (5, 6, 7), "5"),
        (Level.PRIMARY, (6, 7), "7"),
        (Level.SENIOR, (9, 10), "9"),
        (Level.JUNIOR, (6, 7, 8, 9), ""),
        (Level.PRIMARY, (1, 6), ""),
        (None, (3, 9), ""),
    ],
)
def test_primary_pupils_are_not_called_junior(
    level: Level | None, grades: tuple[int, ...], strange: str
) -> None:
    """Else grade 3 would have evening study where it is for juniors."""
    stage = Stage(id="s", name="", grades=grades, level=level)
    bare = tiny_school()
    fields = {name: getattr(bare, name) for name in School.model_fields}
    fields["settings"] = bare.settings.model_copy(update={"stages": (stage,)})
    for policy, found in ((Policy(id="changzhi-2021"), bool(strange)), (Policy(), False)):
        problems = find_problems(School.model_construct(**fields | {"policy": policy}))
        texts = [p.text.en for p in problems if p.code == "stage-level"]
        assert bool(texts) is found
        assert all(f"yet has grades {strange}:" in text for text in texts)


def test_a_lesson_is_never_longer_than_an_hour() -> None:
    fields: dict[str, Any] = {"item": PolicyItem.LEARNING_PERIOD_MINUTES, "source": SOURCE}
    assert Clause(value=60, **fields).value == 60
    with pytest.raises(ValueError, match="60"):
        Clause(value=61, **fields)
