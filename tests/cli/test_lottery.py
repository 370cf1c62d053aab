"""lottery: the draw, and who is next in line for a seat."""

from pathlib import Path

import pytest

from models import School, SeatLock, UnmetReason, UnmetWish, lottery_number
from optimizer.checks import waiting
from optimizer.files import write_plan, write_school
from tests.builders import (
    restated,
    revised,
    tiny_plan,
    tiny_school,
    with_course,
    with_settings,
    with_student,
    with_wishes,
)
from tests.cli.conftest import Run


@pytest.fixture
def school() -> School:
    """Art is full, s53 and s54 wish for it first, s52 second."""
    school = with_course(tiny_school(), "art", max_size=3)
    school = with_wishes(school, "s54", "art", "chess")
    return with_wishes(school, "s52", "chess", "art")


@pytest.fixture
def files(school: School, tmp_path: Path) -> tuple[Path, Path]:
    write_school(school, tmp_path / "school.json")
    write_plan(restated(school, tiny_plan(school)), tmp_path / "plan.json")
    return tmp_path / "school.json", tmp_path / "plan.json"


def test_everybody_in_the_order_of_the_numbers(
    zouban: Run, files: tuple[Path, Path], school: School
) -> None:
    found = zouban("lottery", files[0], "--json").json
    ordered = sorted(school.student, key=lambda s: lottery_number(1, s))
    assert [row["student"] for row in found["draw"]] == ordered
    assert [row["place"] for row in found["draw"]] == list(range(1, 13))
    assert found["draw"][0]["number"] == str(lottery_number(1, ordered[0]))
    assert (found["seed"], found["waiting"]) == (1, {})


def test_priority_comes_first_where_something_is_dealt(
    zouban: Run, school: School, tmp_path: Path
) -> None:
    last = max(school.student, key=lambda s: lottery_number(1, s))
    students = (revised(s, groups=("hardship",) if s.id == last else ()) for s in school.students)
    write_school(revised(school, students=tuple(students)), tmp_path / "prior.json")
    found = zouban("lottery", tmp_path / "prior.json", "--json").json
    assert [row["student"] for row in found["draw"] if row["priority"]] == [last]
    drawn = [row["student"] for row in found["draw"]]
    assert (drawn[-1], found["first"]) == (last, [last, *drawn[:-1]])
    said = zouban("lottery", tmp_path / "prior.json", "--lang", "en").out
    assert "(priority)" in said
    assert "priority: 1," in said
    rows = [line for line in said.splitlines() if line.strip()[:1].isdigit()]
    assert last in rows[0]
    assert [row.split(".")[0].strip() for row in rows] == ["12", *map(str, range(1, 12))]


def test_who_is_next_in_line(zouban: Run, files: tuple[Path, Path]) -> None:
    """s53 and s54, who would give up chess for it, rank it first and draw; s52 ranks it second."""
    first = sorted(("s53", "s54"), key=lambda s: lottery_number(1, s))
    assert zouban("lottery", *files, "--json").json["waiting"]["art"] == [*first, "s52"]


@pytest.mark.parametrize("seed", range(1, 5))
def test_the_seat_that_he_would_give_up_does_not_count(school: School, seed: int) -> None:
    school = with_settings(school, lottery_seed=seed)
    first = sorted(("s53", "s54"), key=lambda s: lottery_number(seed, s))
    found = waiting(school, restated(school, tiny_plan(school)))
    assert found["art"] == [*first, "s52"]


def test_a_further_club_is_worth_less(school: School) -> None:
    """s54 may have both, so that he gives up nothing; the second club is worth less."""
    school = with_student(school, "s54", max_clubs=2)
    for seed in range(1, 5):
        drawn = with_settings(school, lottery_seed=seed)
        found = waiting(drawn, restated(drawn, tiny_plan(drawn)))
        assert found["art"][0] == "s53"


def test_priority_goes_before_the_draw(school: School) -> None:
    for name, other in (("s53", "s54"), ("s54", "s53")):
        left = with_student(school, name, groups=("hardship",))
        found = waiting(left, restated(left, tiny_plan(left)))
        assert found["art"] == [name, other, "s52"]


def test_whom_a_lock_bars_does_not_stand_in_line(school: School) -> None:
    lock = SeatLock(student="s53", course="art", granted=False)
    barred = revised(school, locks=(lock,))
    plan = restated(barred, tiny_plan(barred))
    assert {u.student for u in plan.unmet if u.course == "art"} >= {"s53", "s54"}
    assert waiting(barred, plan)["art"] == ["s54", "s52"]


@pytest.mark.parametrize(
    ("reason", "also", "stands"),
    [
        (UnmetReason.FULL_LOTTERY, (), True),
        (UnmetReason.FULL, (UnmetReason.CARE,), True),
        (UnmetReason.FULL, (UnmetReason.DAY_LIMIT,), False),
        (UnmetReason.NEEDED, (), True),
        (UnmetReason.CARE, (), True),
        (UnmetReason.CARE_FULL, (), True),
        (UnmetReason.NOT_ELIGIBLE, (), False),
        (UnmetReason.TIME, (), False),
        (UnmetReason.CLASH, (), False),
        (UnmetReason.TEACHER, (), False),
        (UnmetReason.WANTED, (), False),
        (UnmetReason.DAY_LIMIT, (), False),
    ],
)
def test_in_line_is_who_lacks_the_seat(
    school: School, reason: UnmetReason, also: tuple[UnmetReason, ...], stands: bool
) -> None:
    unmet = UnmetWish(student="s53", course="art", rank=1, reason=reason, also=also)
    plan = revised(tiny_plan(school), unmet=(unmet,))
    assert waiting(school, plan) == ({"art": ["s53"]} if stands else {})


@pytest.mark.parametrize(
    ("lang", "draw", "line"),
    [("en", "The draw (seed 1)", "next in line"), ("zh", "抽签次序", "候补")],
)
def test_in_both_languages(
    zouban: Run, files: tuple[Path, Path], lang: str, draw: str, line: str
) -> None:
    ran = zouban("lottery", *files, "--lang", lang)
    assert ran.code == 0
    assert draw in ran.out
    assert line in ran.out


def test_a_plan_of_other_data_is_named_as_such(
    zouban: Run, files: tuple[Path, Path], school: School
) -> None:
    said = "data that the plan rests on have changed"
    assert said not in zouban("lottery", *files, "--lang", "en").err
    write_school(with_course(school, "chess", max_size=9), files[0], force=True)
    ran = zouban("lottery", *files, "--lang", "en")
    assert (ran.code, said in ran.err) == (0, True)
    # Without the plan nothing is said of it.
    assert said not in zouban("lottery", files[0], "--lang", "en").err
