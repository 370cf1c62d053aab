"""The suites plan by the command itself, and go on where they were broken off."""

import argparse
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import command, record, scaling, solve
from benchmarks.best_known import SIZES, Which
from benchmarks.solve import Task
from instances import STYLES, generate
from models import TracePoint
from optimizer.checks import verify
from tests.builders import tiny_plan, tiny_school


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty folder of results, of one suite of two small schools."""

    def two(_: argparse.Namespace) -> Iterator[Task]:
        for seed in (0, 1):
            made = Which("clubhour", 60, 5, seed)
            yield Task(made.name, made.make, 1.0)

    for module in (record, solve):
        monkeypatch.setattr(module, "RESULTS", tmp_path)
    monkeypatch.setattr(solve, "SUITES", {"suite": two})
    monkeypatch.setattr("sys.argv", ["solve", "suite"])
    return tmp_path


def test_the_command_is_run_and_measured() -> None:
    school = generate("clubhour", 60, 5, 0).school
    ran = command.run(school, 1.0, 1, 1)
    assert ran.plan is not None
    assert ran.status == ran.plan.status.value
    assert verify(school, ran.plan) == ()
    assert ran.seconds is not None
    assert 0 < ran.seconds <= ran.total
    assert ran.peak_mb > 50


def test_a_school_without_a_plan_says_why() -> None:
    school = generate("clubhour", 60, 5, 0).school
    cells = tuple(room.model_copy(update={"seats": 8}) for room in school.rooms)
    ran = command.run(school.replaced(rooms=cells), 1.0, 1, 1)
    assert ran.plan is None
    assert ran.seconds is None
    assert ran.status == "INFEASIBLE"
    assert ran.said


def test_what_has_a_row_is_not_run_again(
    results: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[str] = []

    def row(task: Task, *_: object) -> dict[str, object]:
        if ran == ["clubhour-60-5-0"]:
            raise KeyboardInterrupt
        ran.append(task.name)
        state = record.product()
        return {"product": state, "school": task.name, "limit": 1.0, "seed": 1, "workers": 2}

    monkeypatch.setattr(solve, "row_of", row)
    with pytest.raises(KeyboardInterrupt):
        solve.main()
    ran.append("broken off")
    solve.main()
    assert ran == ["clubhour-60-5-0", "broken off", "clubhour-60-5-1"]
    assert "clubhour-60-5-0: this state has a row of it" in capsys.readouterr().out
    for module in (record, solve):
        monkeypatch.setattr(module, "product", lambda: "another state")
    solve.main()
    assert ran[3:] == ["clubhour-60-5-0", "clubhour-60-5-1"]
    assert len((results / "suite.csv").read_text("utf-8").splitlines()) == 5


def test_the_state_is_that_of_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "ROOT", tmp_path)
    for name in (*record.PRODUCT, "README.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("as it was", "utf-8")
    state = record.product.__wrapped__()
    (tmp_path / "README.md").write_text("reworded", "utf-8")
    assert record.product.__wrapped__() == state
    (tmp_path / "optimizer").write_text("changed", "utf-8")
    assert record.product.__wrapped__() != state


def test_the_suite_has_every_style_and_few_runs_at_xl() -> None:
    everything = argparse.Namespace(sizes=list(SIZES), styles=STYLES, seeds=None)
    tasks = list(solve.suite(everything))
    assert {t.which.style for t in tasks if t.which} == set(STYLES)
    assert {t.which.seed for t in tasks if t.which and t.which.students == 5000} == {0}
    assert {t.seconds for t in tasks if t.which and t.which.students == 5000} == {180.0}
    assert sum(t.seconds for t in tasks) < 90 * 60
    chosen = argparse.Namespace(sizes=["L"], styles=["mixed"], seeds=[7])
    assert [t.name for t in solve.suite(chosen)] == ["mixed-2000-100-7"]


def test_the_table_gives_medians(results: Path) -> None:
    rows = [("mixed-300-24-0", 0.02), ("mixed-300-24-1", 0.04), ("mixed-300-24-2", "")]
    for school, gap in rows:
        record.append("suite", {"product": "p", "school": school, "gap": gap})
    record.append("suite", {"product": "q", "school": "mixed-300-24-0", "gap": 0.5})
    assert solve.table("p").splitlines()[2:] == ["| mixed | 300 | 3 | 4.00 % | inf % | 2.50 % |"]


def test_when_a_search_reached_something() -> None:
    plan = tiny_plan(tiny_school())
    trace = [TracePoint(seconds=s, value=v, bound=300) for s, v in ((1.0, 0), (2.0, 50), (3.0, 96))]
    provenance = plan.provenance.model_copy(update={"trace": tuple(trace)})
    plan = plan.model_copy(update={"bound": 100, "provenance": provenance})
    assert solve._when(plan, lambda value, _: value > 0) == 2.0
    assert solve._when(plan, lambda value, bound: 1.05 * value >= bound) == 3.0
    assert solve._when(plan, lambda value, bound: value == bound) is None


def test_scaling_is_drawn_and_told(results: Path) -> None:
    names = ("first_clubs_s", "within_5_s", "gap", "seconds", "peak_mb")
    for students in (300, 600):
        row = {"product": "p", "school": f"mixed-{students}-24-0"}
        record.append("scaling", row | dict(zip(names, (1, 9, 0.02, 60, 700), strict=True)))
    assert scaling.table("p").splitlines()[2] == "| mixed-300-24-0 | 1 | 9 | 2.00 % | 60 | 700 |"
    scaling.draw("p", results / "scaling.png")
    assert (results / "scaling.png").read_bytes().startswith(b"\x89PNG")
    sizes = [t.which.students for t in scaling.tasks(["mixed"], scaling.STUDENTS) if t.which]
    assert sizes == list(scaling.STUDENTS)


def test_a_row_of_the_suite_stands_for_the_same_run_of_scaling(results: Path) -> None:
    assert results.exists()
    facts = {"first_clubs_s": 1, "within_5_s": 9, "gap": 0.02, "seconds": 60, "peak_mb": 700}
    own = {"product": "p", "seed": 1, **facts}
    record.append("scaling", {"school": "mixed-600-30-0", "limit": 60.0, **own})
    for name, limit in (
        ("mixed-300-24-0", 60.0),
        ("mixed-1000-50-0", 30.0),  # another limit
        ("mixed-300-24-1", 60.0),  # another seed
        ("clubhour-300-24-0", 60.0),  # a style that is not drawn
    ):
        record.append("suite", {"school": name, "limit": limit, **own})
    named = [row["school"] for row in scaling.rows("p")]
    assert named == ["mixed-300-24-0", "mixed-600-30-0"]
