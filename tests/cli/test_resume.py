"""A search that is killed leaves its best plan, and goes on from it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from instances import generate
from optimizer.checks import verify
from optimizer.cli.incumbent import NAME, start_from
from optimizer.errors import InputError
from optimizer.files import read_plan, read_school, write_school

ZOUBAN = (sys.executable, "-c", "from optimizer.cli import main; main()")


@pytest.fixture(scope="module")
def school_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("school") / "school.json"
    write_school(generate("mixed", 120, 12, 1).school, path)
    return path


def start(school: Path, out: Path, *options: str) -> subprocess.Popen[str]:
    command = [*ZOUBAN, "solve", str(school), "-o", str(out), "--lang", "en", *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["whole", "large"])
def test_killed_and_resumed(school_file: Path, tmp_path: Path, engine: str) -> None:
    out = tmp_path / "out"
    with start(school_file, out, "--time-limit", "60", "--engine", engine) as killed:
        deadline = time.monotonic() + 50
        while not (out / NAME).exists() and time.monotonic() < deadline:
            time.sleep(0.2)
        os.kill(killed.pid, signal.SIGKILL)
        killed.communicate()
    left = read_plan(out / NAME)
    school = read_school(school_file)
    assert verify(school, left) == ()
    with start(school_file, out, "--time-limit", "6", "--engine", engine) as refused:
        assert NAME in refused.communicate()[0]
    assert refused.returncode == 2
    with start(school_file, out, "--time-limit", "6", "--engine", engine, "--resume") as again:
        told = again.communicate()[0]
    assert again.returncode == 0, told
    assert f"{left.value} points" in told
    assert read_plan(out / "plan.json").value >= left.value
    assert not (out / NAME).exists()


def test_nothing_to_resume(school_file: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing to go on from"):
        start_from(tmp_path, read_school(school_file))


def test_a_damaged_incumbent_is_named(school_file: Path, tmp_path: Path) -> None:
    (tmp_path / NAME).write_text('{"school": ', "utf-8")
    with pytest.raises(InputError, match=NAME):
        start_from(tmp_path, read_school(school_file))
