"""new, check, verify and generate: what they say, write and return."""

import json
from pathlib import Path
from typing import Any

import pytest

from models import Plan, PolicyItem, School
from optimizer.cli.common import default_lang
from optimizer.files import read_school, write_plan, write_school
from tests.builders import (
    edit_section,
    tiny_plan,
    with_clause,
    with_room,
    with_settings,
    with_wishes,
)
from tests.cli.conftest import Run

JSON_KEYS = {"status", "value", "bound", "gap", "seconds", "seed", "counts", "paths"}


@pytest.mark.parametrize(
    "arguments",
    [("fly",), ("check",), ("check", "x.json", "--lang", "fr"), ("solve", "x.json"), ("generate",)],
)
def test_wrong_usage_is_bad_input(zouban: Run, arguments: tuple[str, ...]) -> None:
    ran = zouban(*arguments)
    assert ran.code == 2
    assert ran.out == ""


@pytest.mark.parametrize(
    ("env", "lang"),
    [
        ({}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": ""}, "en"),
    ],
)
def test_language_follows_a_plainly_english_locale_only(
    env: dict[str, str], lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert default_lang() == lang


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_new_writes_a_workbook_and_keeps_an_old_one(zouban: Run, tmp_path: Path, lang: str) -> None:
    path = tmp_path / "school.xlsx"
    ran = zouban("new", path, "--lang", lang)
    assert (ran.code, ran.err) == (0, "")
    assert ("已写入" in ran.out) == (lang == "zh")
    before = path.read_bytes()
    again = zouban("new", path, "--lang", lang)
    assert again.code == 2
    assert str(path) in again.err
    assert path.read_bytes() == before
    assert zouban("new", path, "--lang", lang, "--example", "--force").code == 0
    assert path.read_bytes() != before


@pytest.mark.parametrize("verb", [("new",), ("generate", "--students", 30, "--courses", 3, "-o")])
def test_the_folder_is_made(zouban: Run, tmp_path: Path, verb: tuple[object, ...]) -> None:
    path = tmp_path / "deep" / "folder" / "school.xlsx"
    assert zouban(*verb, path).code == 0
    assert path.is_file()
    ran = zouban(*verb, path / "school.xlsx")
    assert ran.code == 2
    assert str(path) in ran.err


def test_new_says_what_to_run_next(zouban: Run, tmp_path: Path) -> None:
    path = tmp_path / "school.xlsx"
    assert f"Fill it in, then run: zouban check {path}" in zouban("new", path, "--lang", "en").out
    for lang in ("zh", "en"):
        ran = zouban("new", path, "--example", "--force", "--lang", lang)
        assert f"zouban solve {path}" in ran.out
        assert "check" not in ran.out


def test_the_example_passes_the_check(zouban: Run, tmp_path: Path) -> None:
    path = tmp_path / "example.xlsx"
    made = zouban("new", path, "--example", "--json")
    assert made.json["paths"] == [str(path)]
    ran = zouban("check", path)
    assert ran.code == 0, ran.out
    assert "学校概况" in ran.out
    assert "数据可用" in ran.out or "提醒" in ran.out


def test_check_says_how_large_the_school_is(zouban: Run, school_file: Path, school: School) -> None:
    ran = zouban("check", school_file, "--lang", "en")
    assert ran.code == 0
    assert "no mistakes" in ran.out
    rows = dict(line.strip().split("  ", 1) for line in ran.out.splitlines() if line[:2] == "  ")
    assert rows["Students"].strip() == str(len(school.students))
    found = zouban("check", school_file, "--json").json
    assert found.keys() >= JSON_KEYS
    assert found["status"] == "OK"
    assert found["counts"]["wishes"] == len(school.wishes)
    assert found["counts"]["errors"] == 0


def broken(school_file: Path) -> Path:
    data: dict[str, Any] = json.loads(school_file.read_text("utf-8"))
    data["wishes"][0]["course"] = "ches"
    data["rooms"][0]["seats"] = -5
    school_file.write_text(json.dumps(data), "utf-8")
    return school_file


def test_check_lists_every_mistake(zouban: Run, school_file: Path) -> None:
    ran = zouban("check", broken(school_file), "--lang", "en")
    assert ran.code == 2
    mistakes = [line for line in ran.out.splitlines() if line.startswith("error:")]
    assert len(mistakes) >= 2
    assert any("did you mean 'chess'" in line for line in mistakes)
    assert ran.out.splitlines()[-1] == f"mistakes: {len(mistakes)}, warnings: 0."
    assert ran.err == ""
    silent = zouban("check", school_file, "--json", "--lang", "en")
    assert "mistakes: " in silent.err
    found = silent.json
    assert found["status"] == "INVALID"
    assert found["counts"]["errors"] == len(mistakes)
    assert len(found["messages"]) >= len(mistakes)


def test_check_lists_warnings_of_a_school_that_can_be_used(
    zouban: Run, school: School, tmp_path: Path
) -> None:
    path = tmp_path / "odd.json"
    # Art is for grades 4 and 5.
    write_school(with_wishes(school, "s31", "chess", "choir", "art"), path)
    ran = zouban("check", path, "--lang", "en")
    assert ran.code == 0
    assert [line.startswith("warning:") for line in ran.out.splitlines()].count(True) == 1
    assert "mistakes: 0, warnings: 1." in ran.out
    assert zouban("check", path, "--json").json["counts"]["warnings"] == 1


def test_slots_that_the_policy_does_not_want_are_named(
    zouban: Run, school: School, tmp_path: Path
) -> None:
    """Four days of two periods, where the policy wants three a day."""
    path = tmp_path / "short.json"
    write_school(with_clause(school, PolicyItem.PERIODS_DAY, 3), path)
    ran = zouban("check", path, "--lang", "en")
    assert ran.code == 3
    assert "there can be no plan" in ran.out
    assert "2 periods, just 3 expected" in ran.out
    found = zouban("solve", path, "-o", tmp_path / "out", "--time-limit", 5, "--lang", "en")
    assert found.code == 3
    assert "hours" in found.err
    assert "2 periods, just 3 expected" in found.err


def test_a_school_that_cannot_be_read_is_bad_input(
    zouban: Run, school_file: Path, tmp_path: Path
) -> None:
    for verb in (("check",), ("solve", "-o", tmp_path / "out"), ("verify", tmp_path / "p.json")):
        ran = zouban(verb[0], tmp_path / "missing.xlsx", *verb[1:])
        assert ran.code == 2, verb
        assert "missing.xlsx" in ran.out + ran.err
    ran = zouban("verify", broken(school_file), tmp_path / "p.json", "--json", "--lang", "en")
    assert ran.json["status"] == "INVALID"
    assert len(ran.json["messages"]) >= 2


@pytest.fixture
def plan_file(plan: Plan, tmp_path: Path) -> Path:
    path = tmp_path / "plan.json"
    write_plan(plan, path)
    return path


def test_verify_passes_a_plan_that_holds(
    zouban: Run, school_file: Path, plan_file: Path, plan: Plan
) -> None:
    ran = zouban("verify", school_file, plan_file)
    assert (ran.code, ran.err) == (0, "")
    assert "通过" in ran.out
    found = zouban("verify", school_file, plan_file, "--json").json
    assert found.keys() >= JSON_KEYS
    assert (found["status"], found["value"], found["findings"]) == ("OK", plan.value, [])
    assert (found["aim"], found["first_clubs"]) == ("most_points", plan.first_clubs)


def test_a_plan_stands_after_an_edit_that_only_books_and_prints_see(
    zouban: Run, school: School, plan_file: Path, plan: Plan, tmp_path: Path
) -> None:
    digests = school.digests
    named = plan.model_copy(update={"books_digest": digests.books, "whole_digest": digests.whole})
    write_plan(named, plan_file, force=True)
    renamed = tmp_path / "renamed.json"
    write_school(with_settings(school, name="New name"), renamed)
    ran = zouban("verify", renamed, plan_file, "--lang", "en")
    assert ran.code == 0
    assert "still stands" in ran.err
    assert zouban("verify", renamed, plan_file, "--json").json["books_changed"]
    ran = zouban("ledger", renamed, plan_file, "-o", tmp_path / "books", "--lang", "en")
    assert ran.code == 0
    assert "still stands" in ran.err


@pytest.mark.parametrize(
    ("lang", "hit", "safe"), [("zh", "改动影响", "没有影响"), ("en", "hits", "does not hit")]
)
def test_what_a_change_hits_is_listed_when_asked_for(
    zouban: Run, school: School, plan_file: Path, tmp_path: Path, lang: str, hit: str, safe: str
) -> None:
    smaller, drawn = tmp_path / "smaller.json", tmp_path / "drawn.json"
    write_school(with_room(school, "studio", seats=2), smaller)
    write_school(with_settings(school, lottery_seed=99), drawn)
    ran = zouban("verify", smaller, plan_file, "--changed", "--lang", lang)
    assert ran.code == 5
    assert len(ran.out.splitlines()) == 2
    assert ran.out.startswith("group_size")
    assert hit in ran.out
    refused = zouban("verify", drawn, plan_file, "--lang", lang)
    assert refused.code == 5
    assert "--changed" in refused.out
    ran = zouban("verify", drawn, plan_file, "--changed", "--lang", lang)
    assert ran.code == 0
    assert safe in ran.out


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_verify_prints_each_finding(
    zouban: Run, school_file: Path, school: School, tmp_path: Path, lang: str
) -> None:
    plan = tiny_plan(school)
    path = tmp_path / "broken.json"
    write_plan(edit_section(plan, plan.sections[0].id, staff=("t5",)), path)
    ran = zouban("verify", school_file, path, "--lang", lang)
    assert ran.code == 5
    said = ran.out.splitlines()
    assert any(line.startswith("staffing") for line in said)
    count = len(said) - 1
    assert (
        said[-1] == f"未通过：{count} 处不符。" if lang == "zh" else f"refused. Findings: {count}."
    )
    assert ran.err == ""
    found = zouban("verify", school_file, path, "--json", "--lang", lang).json
    assert found["status"] == "BROKEN"
    assert found["counts"]["findings"] == len(found["findings"]) == count >= 1
    assert "Pupil" not in ran.out + ran.err + json.dumps(found)


def test_a_plan_that_cannot_be_read_is_bad_input(
    zouban: Run, school_file: Path, tmp_path: Path
) -> None:
    path = tmp_path / "plan.json"
    path.write_text("{", "utf-8")
    assert zouban("verify", school_file, path).code == 2
    assert zouban("verify", school_file, tmp_path / "none.json").code == 2


@pytest.mark.parametrize("style", ["clubhour", "mixed", "nine-year", "all-day"])
def test_generate_writes_a_school(zouban: Run, tmp_path: Path, style: str) -> None:
    path = tmp_path / "school.json"
    size = ("--style", style, "--students", 120, "--courses", 12, "--seed", 3)
    ran = zouban("generate", *size, "-o", path, "--json")
    assert ran.code == 0
    assert ran.json["counts"]["students"] == 120
    assert ran.json["seed"] == 3
    assert len(read_school(path).courses) == 12
    kept = zouban("generate", *size, "-o", path)
    assert kept.code == 2
    assert zouban("generate", *size, "-o", path, "--force").code == 0


def test_generate_refuses_what_is_too_small(zouban: Run, tmp_path: Path) -> None:
    path = tmp_path / "school.json"
    assert zouban("generate", "--students", 30, "--courses", 3, "-o", path).code == 0
    for size in (("--students", 29), ("--courses", 2), ("--style", "huge"), ("--seed", -1)):
        assert zouban("generate", *size, "-o", path, "--force").code == 2
