"""The table of best known figures only ever improves, and holds no contradiction."""

from pathlib import Path

import pytest

from benchmarks.best_known import SIZES, Best, ContradictionError, Which, best_known, update
from models import Aim

SCHOOL = Which("nine-year", 120, 12, 3)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "best.csv"


def test_only_what_is_better_is_kept(table: Path) -> None:
    update(SCHOOL, "d1", 100, 200, table)
    update(SCHOOL, "d1", 90, 210, table)
    assert best_known(SCHOOL, "d1", table) == Best("d1", 100, 200)
    update(SCHOOL, "d1", 110, 190, table)
    assert best_known(SCHOOL, "d1", table) == Best("d1", 110, 190)


def test_value_and_bound_come_one_at_a_time(table: Path) -> None:
    assert update(SCHOOL, "d1", bound=200, table=table) == Best("d1", None, 200)
    assert update(SCHOOL, "d1", value=150, table=table) == Best("d1", 150, 200)


def test_nothing_known_writes_nothing(table: Path) -> None:
    assert update(SCHOOL, "d1", table=table) == Best("d1")
    assert not table.exists()


def test_a_value_above_the_bound_is_refused(table: Path) -> None:
    update(SCHOOL, "d1", 100, 200, table)
    with pytest.raises(ContradictionError, match=r"nine-year-120-12-3: value 201 above bound 200"):
        update(SCHOOL, "d1", value=201, table=table)
    assert best_known(SCHOOL, "d1", table) == Best("d1", 100, 200)


def test_figures_of_other_data_do_not_count(table: Path) -> None:
    update(SCHOOL, "d1", 100, 200, table)
    assert best_known(SCHOOL, "d2", table) == Best("d2")
    update(SCHOOL, "d2", 300, 400, table)
    assert best_known(SCHOOL, "d2", table) == Best("d2", 300, 400)


def test_rows_are_in_order_whoever_came_first(table: Path) -> None:
    for seed in (2, 0, 1):
        update(SCHOOL._replace(seed=seed), "d", seed, table=table)
    rows = table.read_text("utf-8").splitlines()
    assert rows[0] == "style,students,courses,seed,digest,value,bound"
    assert rows[1:] == [f"nine-year,120,12,{n},d,{n}," for n in (0, 1, 2)]


def test_a_school_is_made_from_its_name() -> None:
    school = Which("mixed", *SIZES["tiny"], 0).make()
    assert len(school.students) == 120
    assert len(school.courses) == 12
    assert school.settings.weights.aim is Aim.MOST_POINTS
