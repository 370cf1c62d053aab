"""What shows before any solver is said by ``check`` and ``solve``, in the reader's language."""

from pathlib import Path

import pytest

from models import School, SectionLock
from optimizer.files import write_school
from tests.builders import with_budget, with_course, with_locks, with_room, with_student
from tests.cli.conftest import Run
from tests.rules.small import granted, in_care_only, small_school
from tests.rules.test_locks import TWO_GROUPS

SEVEN = with_locks(
    with_course(small_school(), "ball", max_size=2, slots=("mon2",)),
    *(granted(name) for name in "abc"),
)
CROWDED = with_room(in_care_only(), "r3", seats=3)


def written(school: School, folder: Path) -> Path:
    write_school(school, folder / "school.xlsx", "en")
    return folder / "school.xlsx"


def test_check_names_the_row_of_a_lock_that_cannot_be_kept(zouban: Run, tmp_path: Path) -> None:
    path = written(SEVEN, tmp_path)
    ran = zouban("check", path, "--lang", "en")
    assert ran.code == 2
    assert 'sheet "Locks", row 4, column "Course id", value "ball"' in ran.out
    assert "3 seats pinned" in ran.out
    assert "at most 2" in ran.out
    found = zouban("check", path, "--json", "--lang", "zh").json
    assert found["status"] == "INVALID"
    assert found["counts"]["errors"] == 1
    assert "锁定了 3 个座位" in found["messages"][0]


def test_solve_stops_at_such_a_lock_before_any_solver(
    zouban: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("optimizer.engine.solve", lambda *_, **__: pytest.fail("a solver ran"))
    ran = zouban("solve", written(SEVEN, tmp_path), "-o", tmp_path / "out", "--lang", "en")
    assert ran.code == 2
    assert 'sheet "Locks", row 4' in ran.err
    assert not list((tmp_path / "out").glob("*"))


def test_check_says_why_there_can_be_no_plan(zouban: Run, tmp_path: Path) -> None:
    path = written(CROWDED, tmp_path)
    ran = zouban("check", path, "--lang", "en")
    assert ran.code == 3
    assert ran.out.splitlines()[-1] == "there can be no plan (proved): see above."
    assert zouban("check", path, "--json").json["status"] == "INFEASIBLE"
    assert "as it stands there can be no plan: Mon 16:00-16:40: 4 children stay" in ran.out
    assert "hold 3" in ran.out
    assert "按此不会有方案：周一 16:00-16:40：4 人留校" in zouban("check", path).out


@pytest.mark.parametrize("engine", ["whole", "large"])
def test_an_infeasible_school_is_told_slot_and_numbers(
    zouban: Run, tmp_path: Path, engine: str
) -> None:
    path = written(CROWDED, tmp_path)
    options = ("-o", tmp_path / "out", "--time-limit", 10, "--workers", 1, "--engine", engine)
    ran = zouban("solve", path, *options)
    assert ran.code == 3
    lines = ran.err.splitlines()
    assert "周一 16:00-16:40：4 人留校，其中至少 4 人只能托管" in lines[-2]
    assert "无可行方案（已证明）" in lines[-1]
    assert "愿留尽留" in lines[-1]
    assert "attendance" not in lines[-1]
    found = zouban("solve", path, *options, "--json", "--force", "--lang", "en").json
    assert found["status"] == "INFEASIBLE"
    assert "hold 3" in found["messages"][0]
    assert "attendance" in found["families"]


def test_courses_that_can_never_open_are_named_by_both(zouban: Run, tmp_path: Path) -> None:
    school = with_course(small_school(), "ball", min_size=5, max_size=5)
    path = written(school, tmp_path)
    ran = zouban("check", path, "--lang", "en")
    assert ran.code == 0
    row = (
        'sheet "Courses", row 2, column "Min size", value "5": as the data stand it can never open'
    )
    assert row in ran.out
    ran = zouban("solve", path, "-o", tmp_path / "out", "--time-limit", 5, "--lang", "en")
    assert ran.code == 0
    assert row in ran.err


def test_what_base_care_alone_costs_stands_among_the_figures(zouban: Run, tmp_path: Path) -> None:
    school = with_budget(in_care_only(), sum_fen=100)
    path = written(school, tmp_path)
    assert "Base care alone, without clubs, at least" in zouban("check", path, "--lang", "en").out
    assert zouban("check", path, "--json").json["counts"]["care_alone_fen"] == 0


def test_a_lock_for_a_group_at_no_time_of_the_child(zouban: Run, tmp_path: Path) -> None:
    away = with_student(TWO_GROUPS, "a", club_slots=("mon2",))
    locks = (
        granted("a").model_copy(update={"slots": ("tue1",)}),
        SectionLock(course="ball", slots=("tue1",)),
    )
    ran = zouban("check", written(with_locks(away, *locks), tmp_path), "--lang", "en")
    assert ran.code == 2
    assert 'sheet "Locks", row 2' in ran.out
    assert "suits student a" in ran.out
    assert 'sheet "Locks", row 3' not in ran.out
