"""What changes money, rules or whole tables stops every verb until somebody accepts it."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from models import Plan
from optimizer.cli import app
from optimizer.errors import InputError
from optimizer.files import inspect_school, read_school, write_plan
from tests.cli.conftest import FakeEngine, Run


@pytest.fixture
def odd_file(school_file: Path) -> Path:
    """A school with a table that nobody knows."""
    data: dict[str, Any] = json.loads(school_file.read_text("utf-8"))
    data["wihses"] = []
    school_file.write_text(json.dumps(data), "utf-8")
    return school_file


def _run(zouban: Run, verb: str, school: Path, tmp_path: Path, plan: Plan, *more: str) -> Any:
    if not (tmp_path / "plan.json").exists():
        write_plan(plan, tmp_path / "plan.json")
    arguments: dict[str, list[object]] = {
        "check": [],
        "solve": ["-o", tmp_path / "solved"],
        "verify": [tmp_path / "plan.json"],
        "ledger": [tmp_path / "plan.json", "-o", tmp_path / "settled"],
    }
    return zouban(verb, school, *arguments[verb], "--lang", "en", *more)


@pytest.mark.parametrize("verb", ["check", "solve", "verify", "ledger"])
def test_every_verb_stops_and_names_what_was_not_read(
    zouban: Run, engine: FakeEngine, odd_file: Path, tmp_path: Path, plan: Plan, verb: str
) -> None:
    ran = _run(zouban, verb, odd_file, tmp_path, plan)
    assert ran.code == 2
    assert "unknown key 'wihses', not read; did you mean 'wishes'?" in ran.out + ran.err
    assert "--accept-warnings" in ran.out + ran.err
    assert engine.asked == []
    assert not (tmp_path / "settled" / "ledger.json").exists()
    told = _run(zouban, verb, odd_file, tmp_path, plan, "--json").json
    assert told["status"] == "INVALID"
    assert any("wihses" in message for message in told["messages"])


@pytest.mark.parametrize("verb", ["check", "solve", "verify", "ledger"])
def test_what_is_accepted_is_said_all_the_same(
    zouban: Run, engine: FakeEngine, odd_file: Path, tmp_path: Path, plan: Plan, verb: str
) -> None:
    ran = _run(zouban, verb, odd_file, tmp_path, plan, "--accept-warnings", "--json")
    # The plan is one of the school without the key, so that it is the same school.
    assert ran.code == 0, ran.err
    assert "warning: " in ran.err
    assert any("wihses" in warning for warning in ran.json["warnings"])
    assert len(engine.asked) == (verb == "solve")


def test_python_has_to_accept_them_too(odd_file: Path) -> None:
    with pytest.raises(InputError) as raised:
        read_school(odd_file)
    assert "wihses" in raised.value.messages[0].en
    school = read_school(odd_file, accept_warnings=True)
    found = inspect_school(odd_file)
    assert found.school == school
    assert found.stops == found.warnings[:1]
    assert len(found.stops) == 1


def test_every_verb_that_works_on_a_school_takes_the_option() -> None:
    """Importing only writes a school, and what it does not know stays in the workbook."""
    verbs = {
        name: {parameter.name for parameter in command.params}
        for name, command in get_command(app).commands.items()  # type: ignore[attr-defined]
    }
    reading = {name for name, names in verbs.items() if "school" in names} - {"import"}
    assert reading >= {"check", "solve", "verify", "ledger"}
    assert {name for name in reading if "accept_warnings" not in verbs[name]} == set()
