"""zouban solve: what it writes, says and returns, whatever the engine answers."""

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from models import Asked, Plan, School, Text
from optimizer.engine import Limits, Progress
from optimizer.errors import InfeasibleError, NoPlanError
from optimizer.files import read_plan, write_plan, write_school
from tests.builders import edit_section, revised
from tests.cli.conftest import FakeEngine, Run, unnamed

FILES = {"plan.json", "plan.xlsx", "prices.json", "timetable.png"}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "out"


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_plan_is_written_and_summed_up(
    zouban: Run, engine: FakeEngine, school_file: Path, out: Path, plan: Plan, lang: str
) -> None:
    ran = zouban("solve", school_file, "-o", out, "--lang", lang)
    assert ran.code == 0, ran.err
    assert names(out) == FILES
    assert unnamed(read_plan(out / "plan.json")) == plan
    assert str(plan.value) in ran.out
    assert ("独立检查：通过" in ran.out) == (lang == "zh")
    assert ("Independent check: passed" in ran.out) == (lang == "en")
    assert all(str(out / name) in ran.out for name in FILES)
    assert "Pupil" not in ran.out + ran.err


def test_one_json_object_and_nothing_else_on_stdout(
    zouban: Run, engine: FakeEngine, school_file: Path, out: Path, plan: Plan
) -> None:
    ran = zouban("solve", school_file, "-o", out, "--json", "--seed", 9)
    found = ran.json
    assert (found["status"], found["value"]) == (plan.status.value, plan.value)
    assert (found["bound"], found["gap"]) == (plan.bound, plan.gap)
    assert (found["aim"], found["bound_proof"]) == ("most_points", plan.bound_proof)
    firsts = found["first_clubs"], found["first_clubs_bound"]
    assert firsts == (plan.first_clubs, plan.first_clubs_bound)
    assert found["seconds"] == plan.provenance.seconds
    assert found["counts"]["sections"] == len(plan.sections)
    assert sum(found["counts"]["unmet"].values()) == len(plan.unmet)
    kept = {"care_own_room", "care_supervisors_mean", "care_supervisors_most"}
    assert {*kept, "sections_out_of_place"} <= found["counts"].keys()
    assert {Path(path).name for path in found["paths"]} == FILES
    assert "Pupil" not in ran.out + ran.err


def test_that_another_plan_was_set_aside_is_said(
    zouban: Run, engine: FakeEngine, school_file: Path, out: Path, plan: Plan
) -> None:
    fault = Text("请报告：弃用", "please report it: set aside")
    provenance = plan.provenance.model_copy(update={"set_aside": fault})
    engine.answer = plan.model_copy(update={"provenance": provenance})
    ran = zouban("solve", school_file, "-o", out, "--json", "--lang", "en")
    assert ran.code == 0
    assert fault.en in ran.err
    assert fault.en in ran.json["warnings"]


def test_limits_reach_the_engine(
    zouban: Run, engine: FakeEngine, school_file: Path, out: Path, school: School
) -> None:
    zouban("solve", school_file, "-o", out)
    options = ("--time-limit", 7.5, "--seed", 4, "--workers", 3, "--force")
    zouban("solve", school_file, "-o", out, *options)
    assert [limits for _, limits in engine.asked] == [
        Limits(seconds=60, seed=1),
        Limits(seconds=7.5, seed=4, workers=3),
    ]
    assert engine.asked[0][0].digest == school.digest


def test_existing_files_are_refused_before_the_search(
    zouban: Run, engine: FakeEngine, school_file: Path, out: Path
) -> None:
    out.mkdir(parents=True)
    (out / "plan.xlsx").write_bytes(b"precious")
    ran = zouban("solve", school_file, "-o", out)
    assert ran.code == 2
    assert "--force" in ran.err
    assert engine.asked == []
    assert names(out) == {"plan.xlsx"}
    assert zouban("solve", school_file, "-o", out, "--force").code == 0
    assert names(out) == FILES
    ran = zouban("solve", school_file, "-o", out / "plan.json", "--force")
    assert (ran.code, len(engine.asked)) == (2, 1)


def test_who_comes_first_where_care_does_not_suffice_is_told(
    zouban: Run, engine: FakeEngine, school_file: Path, out: Path
) -> None:
    one = Asked(("mon1",), ("s2", "s1"), 1, 1, Text("先后次序", "who comes first"))
    engine.answer = InfeasibleError(["attendance", "staffing"], (), [one])
    ran = zouban("solve", school_file, "-o", out, "--lang", "en")
    assert (ran.code, "who comes first" in ran.err) == (3, True)
    found = zouban("solve", school_file, "-o", out, "--json", "--force").json
    assert found["asked"] == [{"slots": ["mon1"], "order": ["s2", "s1"], "first": 1, "over": 1}]


@pytest.mark.parametrize(
    ("answer", "code", "status"),
    [
        (InfeasibleError(["attendance", "budget"]), 3, "INFEASIBLE"),
        (NoPlanError(Text("时间到", "time is up")), 4, "UNKNOWN"),
        (KeyboardInterrupt(), 130, "INTERRUPTED"),
        (RuntimeError("Pupil 31 did it"), 1, "FAULT"),
        (OSError("no file"), 1, "FAULT"),
        (PermissionError(13, "Permission denied", "plan.xlsx"), 2, "INVALID"),
    ],
)
def test_without_a_plan_nothing_is_written(
    zouban: Run,
    engine: FakeEngine,
    school_file: Path,
    out: Path,
    answer: BaseException,
    code: int,
    status: str,
) -> None:
    engine.answer = answer
    ran = zouban("solve", school_file, "-o", out, "--lang", "en")
    assert ran.code == code
    assert ran.err.splitlines()[-1]
    assert "Traceback" not in ran.err
    assert "Pupil" not in ran.err
    assert names(out) == set()
    found = zouban("solve", school_file, "-o", out, "--json").json
    assert found["status"] == status
    assert found["messages"]
    assert found.get("families") == (["attendance", "budget"] if code == 3 else None)


def test_a_fault_can_be_looked_into(
    zouban: Run, engine: FakeEngine, school_file: Path, out: Path
) -> None:
    engine.answer = RuntimeError("wheel came off")
    ran = zouban("solve", school_file, "-o", out, ZOUBAN_DEBUG="1", LANG="en_US.UTF-8")
    assert ran.code == 1
    assert "Traceback" in ran.err
    assert "wheel came off" in ran.err
    assert "RuntimeError (cli/conftest.py:" in ran.err


def test_a_plan_that_the_check_refuses_is_not_written(
    zouban: Run, engine: FakeEngine, school_file: Path, out: Path, plan: Plan
) -> None:
    engine.answer = edit_section(plan, plan.sections[0].id, staff=("t5",))
    ran = zouban("solve", school_file, "-o", out)
    assert ran.code == 5
    assert names(out) == set()


@pytest.mark.parametrize("writer", ["write_plan", "write_plan_workbook", "plot_timetable"])
def test_a_failure_while_writing_leaves_everything_as_it_was(
    zouban: Run,
    engine: FakeEngine,
    school_file: Path,
    out: Path,
    writer: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    zouban("solve", school_file, "-o", out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}

    def fail(*arguments: Any) -> None:
        raise OSError(28, "No space left on device", "plan")

    monkeypatch.setattr(f"optimizer.cli.solve.{writer}", fail)
    ran = zouban("solve", school_file, "-o", out, "--force", "--lang", "en")
    assert ran.code == 2
    assert "No space left" in ran.err
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_ctrl_c_while_writing_does_not_lose_the_plan(
    zouban: Run, engine: FakeEngine, school_file: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def impatient(plan: Plan, path: Path) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        write_plan(plan, path)

    monkeypatch.setattr("optimizer.cli.solve.write_plan", impatient)
    assert zouban("solve", school_file, "-o", out).code == 0
    assert names(out) == FILES
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def report(seconds: float, stage: str, value: int | None, bound: int | None) -> Progress:
    return Progress(stage, seconds, 60 - seconds, value, bound)


def test_piped_progress_is_plain_lines(
    zouban: Run, engine: FakeEngine, school_file: Path, out: Path
) -> None:
    engine.reports = [
        report(0.2, "care", None, 500),
        report(1, "clubs", 0, 500),
        report(2, "clubs", 300, 500),
        report(3, "clubs", 400, 480),
        report(3, "clubs", 400, 480),
        report(4, "polish", 400, 480),
    ]
    ran = zouban("solve", school_file, "-o", out, "--lang", "en")
    lines = ran.err.splitlines()
    assert "4 slots" not in lines[0]
    assert "time limit 60 s" in lines[0]
    # The reports come at once: of one stage only the first is shown, and the last of all.
    assert lines[1:] == [
        "0 s  base care  bound 500  60 s left",
        "1 s  clubs  best 0  bound 500  59 s left",
        "4 s  polish  best 400  bound 480  gap 20.00 %  56 s left",
    ]


@pytest.mark.parametrize(
    ("value", "lang", "gap"),
    [
        (249, "zh", "差距 > 100%"),
        (249, "en", "gap > 100 %"),
        (250, "zh", "差距 100.00%"),
        (250, "en", "gap 100.00 %"),
    ],
)
def test_a_gap_above_the_value_itself_is_no_figure(
    zouban: Run,
    engine: FakeEngine,
    school_file: Path,
    out: Path,
    value: int,
    lang: str,
    gap: str,
) -> None:
    engine.reports = [report(1, "clubs", value, 500)]
    assert f"  {gap}  " in zouban("solve", school_file, "-o", out, "--lang", lang).err


def test_the_last_report_is_never_lost(
    zouban: Run, engine: FakeEngine, school_file: Path, out: Path
) -> None:
    engine.reports = [report(n, "clubs", 100 + n, 480) for n in range(5)]
    lines = zouban("solve", school_file, "-o", out).err.splitlines()
    assert [line.split()[3:5] for line in lines[1:]] == [["最好", "100"], ["最好", "104"]]


POLICY = """
id = "stricter"
name = "更严"
[[clauses]]
item = "latest_end"
value = 1080
source = "rule 1"
"""


def test_another_policy_from_a_file(
    zouban: Run, engine: FakeEngine, school_file: Path, out: Path, tmp_path: Path
) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(POLICY, "utf-8")
    engine.answer = NoPlanError(Text("时间到", "time is up"))
    assert zouban("solve", school_file, "-o", out, "--policy", path).code == 4
    school = engine.asked[0][0]
    assert school.policy.id == "stricter"
    assert [clause.value for clause in school.policy.clauses] == [1080]
    as_json = tmp_path / "policy.json"
    as_json.write_text(school.policy.model_dump_json(), "utf-8")
    zouban("solve", school_file, "-o", out, "--policy", as_json)
    assert engine.asked[1][0] == school
    zouban("solve", school_file, "-o", out, "--policy", "own")
    assert engine.asked[2][0].policy.id == "own"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (None, "there is no policy"),
        ("id = ", "no valid TOML"),
        ("colour = 3", "colour"),
        (POLICY.replace("1080", '"late"'), "clauses.0.value"),
        (POLICY.replace("value = 1080", ""), "needs a value"),
        (POLICY + 'stage = "nowhere"\n', "does not fit the school"),
    ],
)
def test_a_policy_that_is_none(
    zouban: Run,
    engine: FakeEngine,
    school_file: Path,
    out: Path,
    tmp_path: Path,
    content: str | None,
    expected: str,
) -> None:
    path = tmp_path / "policy.toml"
    if content is not None:
        path.write_text(content, "utf-8")
    ran = zouban("solve", school_file, "-o", out, "--policy", path, "--lang", "en")
    assert ran.code == 2
    assert expected in ran.err
    assert engine.asked == []


def test_verify_takes_the_same_policy(
    zouban: Run, engine: FakeEngine, school_file: Path, out: Path, tmp_path: Path
) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(POLICY, "utf-8")
    assert zouban("solve", school_file, "-o", out).code == 0
    assert zouban("verify", school_file, out / "plan.json").code == 0
    other = zouban("verify", school_file, out / "plan.json", "--policy", path, "--lang", "en")
    assert other.code == 5
    assert "digest" in other.out
    assert "--policy" in other.out


def test_a_school_in_a_workbook_is_solved_like_any(
    zouban: Run, engine: FakeEngine, school: School, tmp_path: Path, out: Path
) -> None:
    path = tmp_path / "school.xlsx"
    write_school(school, path)
    assert zouban("solve", path, "-o", out).code == 0
    assert json.loads((out / "plan.json").read_text("utf-8"))["school"] == school.settings.id


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "离可能达到的还很远"), ("en", "far from what may be possible")]
)
def test_a_plan_that_lacks_most_of_what_may_be_possible_is_not_praised(
    zouban: Run,
    engine: FakeEngine,
    school_file: Path,
    plan: Plan,
    tmp_path: Path,
    lang: str,
    said: str,
) -> None:
    engine.answer = revised(plan, bound=plan.value * 3 // 2 + 1)
    ran = zouban("solve", school_file, "-o", tmp_path / "out", "--lang", lang)
    assert ran.code == 0
    assert said in ran.err
    assert said in ran.out.splitlines()[1]
    engine.answer = revised(plan, bound=plan.value * 3 // 2)
    ran = zouban("solve", school_file, "-o", tmp_path / "out", "--force", "--lang", lang)
    assert said not in ran.out + ran.err


def test_a_school_that_cannot_be_read_leaves_no_folder(
    zouban: Run, engine: FakeEngine, tmp_path: Path, out: Path
) -> None:
    broken = tmp_path / "school.json"
    broken.write_text("{}", "utf-8")
    assert zouban("solve", broken, "-o", out).code == 2
    assert engine.asked == []
    assert not out.parent.exists()
