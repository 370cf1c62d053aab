"""Outputs of one run stand together or not at all, whenever the run is killed."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from models import Plan, School
from optimizer.cli import folder
from optimizer.files import write_school
from optimizer.writing import own_mark
from tests.cli.conftest import FakeEngine, Run

NAMES = ("plan.xlsx", "timetable.png", "plan.json", "prices.json")
STEPS = 14
"""Changes of the disk that writing four files over four others takes, at least."""

KILLED_AT = """
import os, pathlib, shutil, sys
from optimizer.cli import folder

def counted(change):
    def step(*rest, **named):
        global left
        if left == 0:
            os._exit(9)
        left -= 1
        return change(*rest, **named)
    return step

left = int(sys.argv[2])
for owner, name in ((pathlib.Path, "replace"), (pathlib.Path, "rename"), (pathlib.Path, "mkdir"),
                    (pathlib.Path, "write_text"), (shutil, "rmtree")):
    setattr(owner, name, counted(getattr(owner, name)))
names = ("plan.xlsx", "timetable.png", "plan.json", "prices.json")
with folder.aside(pathlib.Path(sys.argv[1]), names) as aside:
    for name in ("plan.json", "plan.xlsx", "prices.json", "timetable.png"):
        (aside / name).write_text("new")
"""


def _killed(out: Path, step: int) -> bool:
    command = [sys.executable, "-c", KILLED_AT, str(out), str(step)]
    return subprocess.run(command, check=False).returncode == 9


def _standing(out: Path) -> dict[str, str]:
    return {p.name: p.read_text() for p in out.iterdir() if not p.name.startswith(".")}


@pytest.fixture(params=["old", None])
def earlier(request: pytest.FixtureRequest, tmp_path: Path) -> str | None:
    """An earlier run's files, or none."""
    content: str | None = request.param
    for name in NAMES if content else ():
        (tmp_path / name).write_text(content or "")
    return content


@pytest.mark.parametrize("step", range(STEPS + 2))
def test_killed_at_any_step(tmp_path: Path, earlier: str | None, step: int) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    killed = _killed(tmp_path, step)
    standing = _standing(tmp_path)
    assert standing.pop("mine.txt") == "mine"
    assert len({*standing.values()}) <= 1, "files of two runs stand side by side"
    folder.settle(tmp_path)
    settled = _standing(tmp_path)
    assert settled.pop("mine.txt") == "mine"
    assert settled in (
        dict.fromkeys(NAMES, "new"),
        dict.fromkeys(NAMES if earlier else (), earlier),
    )
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []
    assert killed or step >= STEPS - len(NAMES) * (earlier is None)
    if not killed:
        assert set(settled.values()) == {"new"}


def test_what_lives_is_left_alone(tmp_path: Path) -> None:
    for name in (f".zouban-{own_mark()}", f".zouban-ready-{own_mark()}"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "plan.json").write_text("on its way")
    (tmp_path / f".plan.incumbent.{own_mark()}.tmp.json").write_text("{")
    elsewhere = f".zouban-000000-{os.getpid()}-00000000"
    (tmp_path / elsewhere).mkdir()
    before = sorted(tmp_path.iterdir())
    folder.settle(tmp_path)
    assert sorted(tmp_path.iterdir()) == before


def _of_somebody_gone() -> str:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    machine, _, number = own_mark().split("-")
    return f"{machine}-{process.pid}-{number}"


def test_what_the_dead_left_is_cleared_by_the_next_run(
    zouban: Run, engine: FakeEngine, school_file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / f".zouban-{_of_somebody_gone()}").mkdir()
    (out / f".plan.incumbent.{_of_somebody_gone()}.tmp.json").write_text("{")
    (out / ".mine").write_text("mine")
    assert zouban("solve", school_file, "-o", out).code == 0
    assert {p.name for p in out.iterdir()} == {*NAMES, ".mine"}


def test_an_old_workbook_that_cannot_be_moved_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in NAMES:
        (tmp_path / name).write_text("old")
    replace = Path.replace

    def locked(self: Path, target: Path) -> Path:
        if self.name == "timetable.png" and self.parent == tmp_path:
            raise PermissionError(13, "open in another program", str(self))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", locked)

    def write() -> None:
        with folder.aside(tmp_path, NAMES) as aside:
            for name in NAMES:
                (aside / name).write_text("new")

    with pytest.raises(PermissionError):
        write()
    assert _standing(tmp_path) == dict.fromkeys(NAMES, "old")
    assert len(list(tmp_path.iterdir())) == len(NAMES)


def test_all_files_of_a_run_carry_its_name(
    zouban: Run, engine: FakeEngine, school: School, plan: Plan, tmp_path: Path
) -> None:
    path, out = tmp_path / "school.json", tmp_path / "out"
    write_school(school, path, force=True)
    assert zouban("solve", path, "-o", out, "--lang", "en").code == 0
    run = json.loads((out / "plan.json").read_text("utf-8"))["provenance"]["run"]
    assert len(run) == 8
    assert f"zouban {run}".encode() in (out / "timetable.png").read_bytes()
    from openpyxl import load_workbook  # noqa: PLC0415

    shown = [[c.value for c in row] for row in load_workbook(out / "plan.xlsx").worksheets[0]]
    assert any("Run" in row and run in row for row in shown)
    assert zouban("ledger", path, out / "plan.json", "-o", out, "--lang", "en").code == 0
    name = json.loads((out / "ledger.json").read_text("utf-8"))["run"]
    shown = [[c.value for c in row] for row in load_workbook(out / "ledger.xlsx").worksheets[0]]
    assert any("Run" in row and name in row for row in shown)


def _abandoned(out: Path, names: Sequence[str], taken: Sequence[str] = ()) -> Path:
    """Leave what a process killed on its way would."""
    ready = out / f".zouban-ready-{_of_somebody_gone()}"
    ready.mkdir(parents=True)
    for name in names:
        (ready / name).write_text("new")
    for name in taken:
        (ready / f"{name}.old").write_text("old")
    return ready


def test_what_cannot_be_settled_now_is_kept_for_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in NAMES[1:]:
        (tmp_path / name).write_text("old")
    _abandoned(tmp_path, NAMES, taken=NAMES[:1])
    replace = Path.replace

    def locked(self: Path, target: Path) -> Path:
        if self.name == "timetable.png" and self.parent == tmp_path:
            raise PermissionError(13, "open in another program", str(self))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", locked)
    folder.settle(tmp_path)
    assert _standing(tmp_path) == dict.fromkeys(NAMES, "old")
    (kept,) = tmp_path.glob(".zouban-ready-*")
    assert {p.name for p in kept.iterdir()} == {*NAMES}
    monkeypatch.undo()
    kept.rename(tmp_path / f".zouban-ready-{_of_somebody_gone()}")
    folder.settle(tmp_path)
    assert _standing(tmp_path) == dict.fromkeys(NAMES, "new")


@pytest.mark.parametrize(("age", "settled"), [(0, False), (7200, True)])
def test_another_machine_is_waited_for_an_hour(tmp_path: Path, age: int, settled: bool) -> None:
    ready = _abandoned(tmp_path, NAMES)
    elsewhere = tmp_path / ".zouban-ready-000000-1-00000000"
    ready.rename(elsewhere)
    then = time.time() - age
    os.utime(elsewhere, (then, then))
    folder.settle(tmp_path)
    assert bool(_standing(tmp_path)) == settled


def test_a_number_that_another_process_had_before(tmp_path: Path) -> None:
    machine, number, _ = own_mark().split("-")
    _abandoned(tmp_path, NAMES).rename(tmp_path / f".zouban-ready-{machine}-{number}-00000000")
    folder.settle(tmp_path)
    assert _standing(tmp_path) == dict.fromkeys(NAMES, "new")
