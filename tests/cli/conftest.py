"""The command run in this process, with a stand-in for the engine."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from models import Plan, School
from optimizer.cli import app
from optimizer.engine import Limits, Progress
from optimizer.files import write_school
from tests.builders import revised, tiny_plan, tiny_school


@dataclass
class Ran:
    """How a run of the command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one JSON object on stdout."""
        found: dict[str, Any] = json.loads(self.out)
        return found


Run = Callable[..., Ran]


@pytest.fixture
def zouban() -> Run:
    """Run the command and catch nothing: whatever escapes it fails the test."""

    def run(*arguments: object, **env: str | None) -> Ran:
        ran = CliRunner().invoke(app, [str(a) for a in arguments], env=env or {"LANG": "zh_CN"})
        if ran.exception is not None and not isinstance(ran.exception, SystemExit):
            raise ran.exception
        return Ran(ran.exit_code, ran.stdout, ran.stderr)

    return run


@pytest.fixture(scope="session")
def school() -> School:
    """The tiny school with service only on days that have slots: nothing to warn of."""
    school = tiny_school()
    return revised(school, term=revised(school.term, service_weekdays=(1, 2)))


@pytest.fixture(scope="session")
def plan(school: School) -> Plan:
    return tiny_plan(school)


@pytest.fixture
def school_file(school: School, tmp_path: Path) -> Path:
    path = tmp_path / "school.json"
    write_school(school, path)
    return path


@dataclass
class FakeEngine:
    """Answers as it is told to, and remembers what it was asked."""

    answer: Plan | BaseException
    reports: list[Progress] = field(default_factory=list)
    asked: list[tuple[School, Limits]] = field(default_factory=list)

    def __call__(self, school: School, limits: Limits, on_progress: Any = None, **_: Any) -> Plan:
        self.asked.append((school, limits))
        for report in self.reports:
            on_progress(report)
        if isinstance(self.answer, BaseException):
            raise self.answer
        return self.answer


@pytest.fixture
def engine(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    fake = FakeEngine(plan)
    monkeypatch.setattr("optimizer.engine.solve", fake)
    return fake


def unnamed(plan: Plan) -> Plan:
    """Give a plan as the engine found it, before the command named its run."""
    return plan.model_copy(update={"provenance": plan.provenance.model_copy(update={"run": ""})})
