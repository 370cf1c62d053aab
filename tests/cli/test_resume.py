"""A search that is killed or stopped leaves its best plan, and goes on from it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from instances import generate
from models import Plan, School, Text, plan_worth
from optimizer.checks import verify
from optimizer.cli.incumbent import NAME
from optimizer.engine import Limits
from optimizer.errors import InputError, NoClubsError, NoPlanError
from optimizer.files import read_plan, read_school, write_plan, write_school
from tests.builders import with_settings
from tests.cli.conftest import Run, unnamed

ZOUBAN = (sys.executable, "-c", "from optimizer.cli import main; main()")
FILES = {"plan.json", "plan.xlsx", "prices.json", "timetable.png"}
ENGINES = pytest.mark.parametrize("engine", ["whole", "large"])


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@dataclass
class FoundOnTheWay:
    """Stands in for the engine: gives out a plan, looks at the disk, and ends as it is told to."""

    out: Path
    plan: Plan
    end: BaseException | None = None
    starts: list[Plan | None] = field(default_factory=list)
    engines: list[str | None] = field(default_factory=list)
    seen: list[Plan] = field(default_factory=list)
    """What could be read from the disk right after a plan was given out."""

    def __call__(
        self, _school: School, limits: Limits, *, start: Plan | None, on_plan: Any, **_: Any
    ) -> Plan:
        self.starts.append(start)
        self.engines.append(limits.engine)
        for _again in range(2):
            on_plan(self.plan)
            if (self.out / NAME).is_file():
                self.seen.append(read_plan(self.out / NAME))
        if self.end is not None:
            raise self.end
        return self.plan


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def search(out: Path, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> FoundOnTheWay:
    fake = FoundOnTheWay(out, plan)
    monkeypatch.setattr("optimizer.engine.solve", fake)
    return fake


def worse(plan: Plan) -> Plan:
    """Tell a plan from the other by its value."""
    return plan.model_copy(update={"value": plan.value - 1})


def test_the_engine_asked_for(
    zouban: Run, search: FoundOnTheWay, school_file: Path, out: Path
) -> None:
    for engine in ("auto", "whole", "large"):
        assert zouban("solve", school_file, "-o", out, "--engine", engine, "--force").code == 0
    zouban("solve", school_file, "-o", out, "--force")
    assert search.engines == [None, "whole", "large", None]
    assert zouban("solve", school_file, "-o", out, "--engine", "tiny", "--force").code == 2


def test_the_best_plan_so_far_is_on_disk_until_the_last_is(
    zouban: Run, search: FoundOnTheWay, school_file: Path, out: Path, plan: Plan
) -> None:
    assert zouban("solve", school_file, "-o", out).code == 0
    assert search.seen == [plan, plan]
    assert names(out) == FILES


def test_it_stays_where_the_search_ends_without_a_plan(
    zouban: Run, search: FoundOnTheWay, school_file: Path, out: Path, plan: Plan
) -> None:
    search.end = NoPlanError(Text("时间到", "time is up"))
    assert zouban("solve", school_file, "-o", out).code == 4
    assert names(out) == {NAME}
    refused = zouban("solve", school_file, "-o", out, "--lang", "en")
    assert (refused.code, len(search.starts)) == (2, 1)
    assert NAME in refused.err
    search.end = None
    assert zouban("solve", school_file, "-o", out, "--resume").code == 0
    assert search.starts == [None, plan]
    assert names(out) == FILES


def test_a_disk_that_refuses_does_not_end_the_search(
    zouban: Run,
    search: FoundOnTheWay,
    school_file: Path,
    out: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise InputError([Text("磁盘已满", "the disk is full")])

    monkeypatch.setattr("optimizer.cli.incumbent.write_plan", fail)
    ran = zouban("solve", school_file, "-o", out, "--lang", "en")
    assert (ran.code, search.seen) == (0, [])
    assert ran.err.count("could not be saved") == ran.err.count("the disk is full") == 1
    assert names(out) == FILES


def test_it_goes_on_from_the_incumbent_before_the_plan(
    zouban: Run, search: FoundOnTheWay, school_file: Path, out: Path, plan: Plan
) -> None:
    assert zouban("solve", school_file, "-o", out).code == 0
    ran = zouban("solve", school_file, "-o", out, "--resume", "--lang", "en")
    assert ran.code == 0, ran.err
    assert f"going on from '{out / 'plan.json'}' ({plan.value} points)" in ran.err
    write_plan(worse(plan), out / NAME)  # of the same seats
    ran = zouban("solve", school_file, "-o", out, "--resume", "--lang", "zh")
    assert f"接着“{out / NAME}”往下算（{plan.value - 1} 分）" in ran.err
    assert [start and unnamed(start) for start in search.starts] == [None, plan, worse(plan)]


def test_it_goes_on_from_the_plan_where_the_incumbent_is_worth_less(
    zouban: Run, search: FoundOnTheWay, school_file: Path, out: Path, plan: Plan
) -> None:
    out.mkdir()
    write_plan(plan.model_copy(update={"sections": (), "value": 0}), out / NAME)
    write_plan(plan, out / "plan.json")
    ran = zouban("solve", school_file, "-o", out, "--resume", "--lang", "en")
    assert f"going on from '{out / 'plan.json'}'" in ran.err
    assert search.starts == [plan]


def test_a_plan_of_another_school_is_no_start_and_stays(
    zouban: Run, search: FoundOnTheWay, school_file: Path, out: Path, plan: Plan
) -> None:
    out.mkdir()
    write_plan(plan.model_copy(update={"school": "other"}), out / NAME)
    ran = zouban("solve", school_file, "-o", out, "--resume", "--lang", "en")
    assert (ran.code, search.starts) == (2, [])
    assert "is a plan of school other, this is school tiny" in ran.err
    assert names(out) == {NAME}


def test_a_start_from_the_plan_is_not_said_to_be_in_the_incumbent(
    zouban: Run,
    search: FoundOnTheWay,
    school_file: Path,
    out: Path,
    plan: Plan,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out.mkdir()
    write_plan(plan, out / "plan.json")

    def stopped(*_: Any, **__: Any) -> Plan:
        raise KeyboardInterrupt

    monkeypatch.setattr("optimizer.engine.solve", stopped)
    ran = zouban("solve", school_file, "-o", out, "--resume", "--lang", "en")
    assert ran.code == 130
    assert NAME not in ran.err
    assert names(out) == {"plan.json"}


def test_an_incumbent_of_an_earlier_run_is_not_spoken_of(
    zouban: Run,
    search: FoundOnTheWay,
    school_file: Path,
    out: Path,
    plan: Plan,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out.mkdir()
    write_plan(plan, out / NAME)

    def stopped(*_: Any, **__: Any) -> Plan:
        raise KeyboardInterrupt

    monkeypatch.setattr("optimizer.engine.solve", stopped)
    ran = zouban("solve", school_file, "-o", out, "--force", "--lang", "en")
    assert ran.code == 130
    assert "nothing was written" in ran.err


def test_a_plan_of_a_changed_school_is_a_start(
    zouban: Run, search: FoundOnTheWay, school: School, tmp_path: Path, out: Path, plan: Plan
) -> None:
    changed = with_settings(school, name="新名", max_grade_span=5)
    path = tmp_path / "changed.json"
    write_school(changed, path)
    out.mkdir()
    write_plan(plan, out / NAME)
    search.end = NoPlanError(Text("时间到", "time is up"))
    for lang, said in (("zh", "另一份学校数据"), ("en", "made for other data")):
        ran = zouban("solve", path, "-o", out, "--resume", "--lang", lang)
        assert ran.code == 4
        assert said in ran.err
    assert search.starts[0] is not None
    assert verify(changed, search.starts[0]) == ()
    same = zouban("solve", tmp_path / "school.json", "-o", out, "--resume", "--lang", "en")
    assert "made for other data" not in same.err


@pytest.mark.parametrize(("lang", "said"), [("zh", "检查过的方案（"), ("en", "A checked plan (")])
def test_a_second_ctrl_c_says_where_the_plan_is(
    zouban: Run,
    search: FoundOnTheWay,
    school_file: Path,
    out: Path,
    plan: Plan,
    lang: str,
    said: str,
) -> None:
    search.end = KeyboardInterrupt()
    ran = zouban("solve", school_file, "-o", out, "--lang", lang)
    assert ran.code == 130
    assert said in ran.err
    assert str(plan.value) in ran.err
    assert str(out / NAME) in ran.err
    assert "--resume" in ran.err
    assert names(out) == {NAME}
    assert read_plan(out / NAME) == plan
    found = zouban("solve", school_file, "-o", out, "--force", "--json", "--lang", lang).json
    assert (found["status"], found["paths"]) == ("INTERRUPTED", [str(out / NAME)])


@pytest.mark.parametrize(
    ("lang", "first", "then"),
    [("zh", "没有社团", "没有写出方案"), ("en", "no clubs", "no plan was written")],
)
def test_base_care_alone_is_told_first_and_only_kept_to_go_on_from(  # noqa: PLR0917
    zouban: Run,
    search: FoundOnTheWay,
    school: School,
    tmp_path: Path,
    out: Path,
    plan: Plan,
    lang: str,
    first: str,
    then: str,
) -> None:
    path = tmp_path / "school.json"
    write_school(school, path, force=True)
    search.end = NoClubsError(Text("没有社团", "no clubs"), worse(plan))
    ran = zouban("solve", path, "-o", out, "--lang", lang)
    assert ran.code == 4
    said = [line for line in ran.err.splitlines() if first in line or then in line]
    assert said[0] == first
    assert NAME in said[1]
    assert "--resume" in said[1]
    assert ran.out == ""
    assert names(out) == {NAME}
    assert read_plan(out / NAME) == worse(plan)
    found = zouban("solve", path, "-o", out, "--force", "--json", "--lang", lang).json
    assert (found["status"], found["bound"]) == ("UNKNOWN", plan.bound)
    assert found["messages"][0] == first


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_to_resume(
    zouban: Run, search: FoundOnTheWay, school_file: Path, out: Path, lang: str
) -> None:
    ran = zouban("solve", school_file, "-o", out, "--resume", "--lang", lang)
    assert (ran.code, search.starts) == (2, [])
    assert NAME in ran.err
    assert "plan.json" in ran.err
    assert {"zh": "没有可以接着算的方案", "en": "nothing to go on from"}[lang] in ran.err


@pytest.mark.parametrize("content", ['{"school": ', '{"school": "s"}', "[]", ""])
def test_a_damaged_plan_is_named_and_kept(
    zouban: Run, search: FoundOnTheWay, school_file: Path, out: Path, content: str
) -> None:
    out.mkdir()
    (out / NAME).write_text(content, "utf-8")
    (out / "plan.json").write_text("precious", "utf-8")
    ran = zouban("solve", school_file, "-o", out, "--resume", "--lang", "en")
    assert (ran.code, search.starts) == (2, [])
    assert f"cannot go on from '{out / NAME}'" in ran.err
    assert (out / NAME).read_text("utf-8") == content
    assert (out / "plan.json").read_text("utf-8") == "precious"


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("school") / "school.json"
    write_school(generate("mixed", 120, 12, 1).school, path)
    return path


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [*ZOUBAN, *map(str, arguments), "--lang", "en"]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def has_clubs(path: Path) -> bool:
    return path.exists() and read_plan(path).value > 0


@contextmanager
def searching(school: Path, out: Path, engine: str) -> Iterator[subprocess.Popen[str]]:
    """Run a long search until a plan with clubs is on disk."""
    command = [*ZOUBAN, "solve", school, "-o", out, "--time-limit", "300", "--engine", engine]
    with subprocess.Popen(
        [*map(str, command), "--lang", "en"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            until = time.monotonic() + 60
            while not has_clubs(out / NAME) and process.poll() is None:
                assert time.monotonic() < until, "no plan in a minute"
                time.sleep(0.1)
            yield process
        finally:
            process.kill()


@pytest.mark.slow
@ENGINES
def test_killed_and_resumed(generated: Path, tmp_path: Path, engine: str) -> None:
    out = tmp_path / "out"
    with searching(generated, out, engine) as process:
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert not (out / "plan.json").exists()
    verified = run("verify", generated, out / NAME)
    assert verified.returncode == 0, verified.stdout
    left = read_plan(out / NAME)
    limits = ("--time-limit", 6, "--engine", engine)
    again = run("solve", generated, "-o", out, *limits, "--resume")
    assert again.returncode == 0, again.stderr
    assert f"going on from '{out / NAME}' ({left.value} points)" in again.stderr
    school = read_school(generated)
    assert plan_worth(school, read_plan(out / "plan.json")) >= plan_worth(school, left)
    assert names(out) == FILES


@pytest.mark.slow
@ENGINES
def test_ctrl_c_keeps_the_best_plan(generated: Path, tmp_path: Path, engine: str) -> None:
    out = tmp_path / "out"
    with searching(generated, out, engine) as process:
        left = read_plan(out / NAME)
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 0, said
    assert "Independent check: passed" in said
    plan = read_plan(out / "plan.json")
    school = read_school(generated)
    assert plan_worth(school, plan) >= plan_worth(school, left)
    assert verify(school, plan) == ()
    assert names(out) == FILES
