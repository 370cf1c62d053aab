"""``--log`` keeps what was done in a file, without anybody's name."""

import logging
import re
from pathlib import Path

import pytest

from models import School
from optimizer.files import write_school
from tests.builders import with_student
from tests.cli.conftest import FakeEngine, Run

LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z [A-Z]+ zouban\.[a-z.]+ .+")


def test_what_is_done_is_logged(
    zouban: Run, school_file: Path, engine: FakeEngine, school: School, tmp_path: Path
) -> None:
    log, before = tmp_path / "zouban.log", [*logging.getLogger("zouban").handlers]
    named = with_student(school, school.students[0].id, name="Zhao Xiaoming")
    write_school(named, school_file, force=True)
    assert zouban("solve", school_file, "-o", tmp_path / "out", "--log", log).code == 0
    plan = tmp_path / "out" / "plan.json"
    assert zouban("verify", school_file, plan, "--log", log).code == 0
    lines = log.read_text("utf-8").splitlines()
    assert all(LINE.fullmatch(line) for line in lines)
    assert sum(school.digest in line for line in lines) >= 2  # read twice: the second is appended
    assert any("zouban.checks checked in" in line and "0 findings" in line for line in lines)
    assert not any("Zhao" in line for line in lines)
    assert logging.getLogger("zouban").handlers == before


def test_a_fault_is_logged_by_its_place_without_its_message(
    zouban: Run, school_file: Path, engine: FakeEngine, tmp_path: Path
) -> None:
    engine.answer = KeyError("Zhang San")
    log = tmp_path / "zouban.log"
    assert zouban("solve", school_file, "-o", tmp_path / "out", "--log", log).code == 1
    last = log.read_text("utf-8").splitlines()[-1]
    assert "CRITICAL zouban.cli KeyError at" in last
    assert ".py:" in last
    assert "Zhang" not in last


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_log_that_cannot_be_written_is_refused(
    zouban: Run, school_file: Path, engine: FakeEngine, tmp_path: Path, lang: str
) -> None:
    out = tmp_path / "out"
    log = tmp_path / "nowhere" / "zouban.log"
    ran = zouban("solve", school_file, "-o", out, "--log", log, "--lang", lang)
    assert ran.code == 2
    assert str(log) in ran.err
    assert not engine.asked
    assert not out.exists()


def test_nothing_is_logged_unasked(
    zouban: Run, school_file: Path, engine: FakeEngine, tmp_path: Path
) -> None:
    ran = zouban("solve", school_file, "-o", tmp_path / "out")
    assert ran.code == 0
    assert "zouban.engine" not in ran.err
    assert {path.name for path in tmp_path.iterdir()} == {school_file.name, "out"}
