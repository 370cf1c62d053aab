"""zouban ledger: what it writes, says and returns, and that it writes nothing that is not right."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from models import Budget, FeeBasis, Plan, School, StudentGroup, Text
from optimizer.errors import CheckError
from optimizer.files import write_plan, write_school
from optimizer.ledger import ledger_data, planned_ledger
from tests.builders import edit_section, restated, revised, tiny_plan, with_budget
from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
FILES = {"ledger.xlsx", "ledger.json"}
HEAD = "类型,日期,学号,时段,教师,代课教师,班组,请假条\n"
GOOD = f"""{HEAD}缺席,2026-03-02,s31,mon1,,,,是
缺席,2026-03-03,s33,,,,,
代课,2026-03-02,,mon2,t1,t2,,
取消,2026-03-10,,,,,choir-1,
退出,2026-03-06,s52,,,,,
"""
FIRST, END, MONTHS = "2026-03-02", "2026-03-13", ["2026-03"]
BAD = f"""{HEAD}缺席,2026-03-02,s31,mon1,,,,是
缺席,2026-03-04,s33,,,,,
缺席,2026-04-06,s33,,,,,
缺席,2026-03-02,s31,mon1,,,,
代课,2026-03-02,,mon1,t4,t5,,
缺席,2026-03-09,s31,tue1,,,,
取消,2026-03-03,,,,,rowing-1,
"""


@pytest.fixture(scope="session")
def school(school: School) -> School:
    """The small school with a fee a month: the hardship group pays half, 50 yuan a period."""
    group = StudentGroup(id="hardship", name="困难家庭", priority=True, relief_percent=50)
    budget = Budget(fee_basis=FeeBasis.MONTH, fee_fen=10_000)
    return with_budget(revised(school, groups=(group,)), **dict(budget))


@pytest.fixture(scope="session")
def plan(school: School) -> Plan:
    return restated(school, tiny_plan(school))


@pytest.fixture
def plan_file(plan: Plan, tmp_path: Path) -> Path:
    path = tmp_path / "plan.json"
    write_plan(plan, path)
    return path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "out"


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def records(folder: Path, text: str) -> Path:
    path = folder / "考勤.csv"
    path.write_text(text, "utf-8")
    return path


def without_warnings(said: str) -> list[str]:
    """Give the lines that say what is wrong with the records, not what is odd about the school."""
    return [line for line in said.splitlines() if not line.startswith(("提醒 ", "warning: "))]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_planned_ledger_is_written_and_summed_up(
    zouban: Run, school_file: Path, plan_file: Path, out: Path, lang: str
) -> None:
    ran = zouban("ledger", school_file, plan_file, "-o", out, "--lang", lang)
    assert ran.code == 0, ran.err
    assert names(out) == FILES
    # Twelve students at 100 yuan, one of them half; 18 periods at 50 yuan.
    for sum_of in ("1200.00", "-50.00", "1150.00", "900.00", "250.00"):
        assert sum_of in ran.out
    assert ("核对：通过" in ran.out) == (lang == "zh")
    assert ("Audit: passed" in ran.out) == (lang == "en")
    assert all(str(out / name) in ran.out for name in FILES)
    assert "Pupil" not in ran.out + ran.err
    book = openpyxl.load_workbook(out / "ledger.xlsx")
    assert book.sheetnames[0] == {"zh": "总览", "en": "Overview"}[lang]


def test_the_json_file_is_the_ledger(
    zouban: Run, school_file: Path, plan_file: Path, out: Path, school: School, plan: Plan
) -> None:
    assert zouban("ledger", school_file, plan_file, "-o", out).code == 0
    found = json.loads((out / "ledger.json").read_text("utf-8"))
    assert found == ledger_data(planned_ledger(school, plan))
    assert "Pupil" not in (out / "ledger.json").read_text("utf-8")


def test_one_json_object_and_nothing_else_on_stdout(
    zouban: Run, school_file: Path, plan_file: Path, out: Path
) -> None:
    found = zouban("ledger", school_file, plan_file, "-o", out, "--json").json
    assert found["status"] == "OK"
    assert found["kind"] == "planned"
    assert found["counts"]["students"] == 12
    assert found["totals"]["fee_fen"] == 120_000
    assert found["totals"]["relief_fen"] == -5_000
    assert found["totals"]["pay_normal_fen"] == -90_000
    assert found["totals"]["in_fen"] == 115_000
    assert found["totals"]["out_fen"] == 90_000
    assert found["totals"]["balance_fen"] == 25_000
    assert [a["balance_fen"] for a in found["accounts"]] == [25_000]
    assert {Path(path).name for path in found["paths"]} == FILES


def test_settled_by_records(
    zouban: Run, school_file: Path, plan_file: Path, out: Path, tmp_path: Path
) -> None:
    file = records(tmp_path, GOOD)
    command = ("ledger", school_file, plan_file, "--attendance", file, "-o", out)
    found = zouban(*command, "--json").json
    assert found["status"] == "OK", found
    assert found["kind"] == "settled"
    # The flat fee stays; of 18 periods one is called off, and t2 has one of t1's.
    assert found["totals"]["fee_fen"] == 120_000
    assert found["totals"]["pay_normal_fen"] == -85_000
    ran = zouban(*command, "--force")
    assert "结算" in ran.out
    rows = openpyxl.load_workbook(out / "ledger.xlsx")["教师分月"].iter_rows(values_only=True)
    staff = {row[0]: row for row in rows}
    assert (staff["t1"][3], staff["t2"][3], staff["t4"][3]) == (1, 1, 3)


def test_what_comes_after_the_last_record_is_as_planned(
    zouban: Run, school_file: Path, plan_file: Path, out: Path, tmp_path: Path
) -> None:
    file = records(tmp_path, GOOD)
    command = ("ledger", school_file, plan_file, "--attendance", file, "-o", out)
    found = zouban(*command, "--json").json
    # What is called off or left later may be known beforehand.
    assert (found["settled_until"], found["settled_months"]) == ("2026-03-03", [])
    whole = zouban(*command, "--json", "--force", "--until", END).json
    assert (whole["settled_until"], whole["settled_months"]) == (END, MONTHS)
    assert "其后为预算" in zouban(*command, "--force").out
    assert "其后为预算" not in zouban(*command, "--force", "--until", END).out


@pytest.mark.parametrize(
    ("text", "until", "said"),
    [
        (HEAD, None, "no record of attendance"),
        (GOOD, "2030-01-01", "not in the term"),
        (GOOD, "soon", "'soon' is no date"),
        (GOOD, FIRST, "later than the day to settle to"),
    ],
)
def test_a_day_to_settle_to_that_cannot_be(
    zouban: Run,
    school_file: Path,
    plan_file: Path,
    tmp_path: Path,
    text: str,
    until: str | None,
    said: str,
) -> None:
    file, out = records(tmp_path, text), tmp_path / "out"
    day = [] if until is None else ["--until", until]
    command = ("ledger", school_file, plan_file, "--attendance", file, "-o", out, *day)
    ran = zouban(*command, "--lang", "en")
    assert ran.code == 2
    assert said in ran.err
    assert not names(out)


def test_until_needs_records(zouban: Run, school_file: Path, plan_file: Path, out: Path) -> None:
    command = ("ledger", school_file, plan_file, "-o", out, "--until", END, "--lang", "en")
    ran = zouban(*command)
    assert ran.code == 2
    assert "--until goes with --attendance" in ran.err


def test_every_mistake_in_the_records_is_named_by_row_and_nothing_written(
    zouban: Run, school_file: Path, plan_file: Path, out: Path, tmp_path: Path
) -> None:
    file = records(tmp_path, BAD)
    command = ("ledger", school_file, plan_file, "--attendance", file, "-o", out)
    for lang in ("zh", "en"):
        ran = zouban(*command, "--lang", lang)
        assert ran.code == 2
        said = without_warnings(ran.err)
        wrong = (3, 4, 5, 6, 7, 8)
        place = {"zh": "{file}，第 {row} 行：", "en": "{file}, row {row}: "}[lang]
        assert len(said) == len(wrong) + 1
        for line, row in zip(said, wrong, strict=False):
            assert line.startswith(place.format(file=file, row=row))
        assert "6" in said[-1]
        assert not out.exists()
    found = zouban(*command, "--json").json
    assert found["status"] == "INVALID"
    assert len(found["messages"]) == 7


def test_records_that_cannot_be_read_are_named_too(
    zouban: Run, school_file: Path, plan_file: Path, out: Path, tmp_path: Path
) -> None:
    text = f"{HEAD}缺席,2026-03-32,s31,,,,,\n缺席,2026-03-02,s99,,,,,\n迟到,2026-03-02,s31,,,,,\n"
    file = records(tmp_path, text)
    ran = zouban("ledger", school_file, plan_file, "--attendance", file, "-o", out)
    assert ran.code == 2
    said = without_warnings(ran.err)
    assert len(said) == 4
    assert all(str(file.name) in line for line in said[:3])
    assert "3" in said[3]
    assert not out.exists()
    missing = tmp_path / "none.csv"
    ran = zouban("ledger", school_file, plan_file, "--attendance", missing, "-o", out)
    assert ran.code == 2
    assert not out.exists()


def test_mistakes_of_both_kinds_are_listed_at_once(
    zouban: Run, school_file: Path, plan_file: Path, out: Path, tmp_path: Path
) -> None:
    """s31 is not expected on a Wednesday; the rows around that one cannot be read."""
    text = f"{HEAD}缺席,2026-03-02,s99,,,,,\n缺席,2026-03-04,s31,,,,,\n迟到,2026-03-02,s31,,,,,\n"
    file = records(tmp_path, text)
    ran = zouban("ledger", school_file, plan_file, "--attendance", file, "-o", out, "--lang", "en")
    assert ran.code == 2
    said = without_warnings(ran.err)
    assert [f"row {row}" in line for row, line in zip((2, 3, 4), said, strict=False)] == [True] * 3
    assert len(said) == 4
    assert not out.exists()


def test_existing_files_are_refused(
    zouban: Run, school_file: Path, plan_file: Path, out: Path
) -> None:
    out.mkdir(parents=True)
    (out / "ledger.json").write_bytes(b"precious")
    ran = zouban("ledger", school_file, plan_file, "-o", out)
    assert ran.code == 2
    assert "--force" in ran.err
    assert names(out) == {"ledger.json"}
    assert (out / "ledger.json").read_bytes() == b"precious"
    assert zouban("ledger", school_file, plan_file, "-o", out, "--force").code == 0
    assert names(out) == FILES
    ran = zouban("ledger", school_file, plan_file, "-o", out / "ledger.json", "--force")
    assert ran.code == 2


def test_a_plan_that_the_check_refuses_has_no_ledger(
    zouban: Run, school_file: Path, plan: Plan, out: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.json"
    write_plan(edit_section(plan, "art-1", staff=("t5",)), broken)
    ran = zouban("ledger", school_file, broken, "-o", out, "--lang", "en")
    assert ran.code == 5
    assert "t5" in ran.err
    assert not out.exists()
    found = zouban("ledger", school_file, broken, "-o", out, "--json").json
    assert found["status"] == "BROKEN"
    assert found["messages"]


def test_a_ledger_that_does_not_add_up_is_not_written(
    zouban: Run, school_file: Path, plan_file: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = Text("差一分", "a fen short")
    monkeypatch.setattr("optimizer.cli.ledger.audit", lambda *_: (wrong,))
    ran = zouban("ledger", school_file, plan_file, "-o", out)
    assert ran.code == CheckError.exit_code == 5
    assert "差一分" in ran.err
    assert not out.exists()


def test_another_policy_makes_another_school(
    zouban: Run, school_file: Path, plan_file: Path, out: Path, tmp_path: Path
) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text(
        'id = "s"\n[[clauses]]\nitem = "latest_end"\nvalue = 1080\nsource = "x"\n', "utf-8"
    )
    command = ("ledger", school_file, plan_file, "-o", out, "--policy", policy, "--lang", "en")
    ran = zouban(*command)
    assert ran.code == 5
    assert "digest" in ran.err
    assert not out.exists()


def test_ctrl_c_before_writing_leaves_nothing(
    zouban: Run, school_file: Path, plan_file: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*arguments: Any) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr("optimizer.cli.ledger.ledger_workbook_bytes", stop)
    ran = zouban("ledger", school_file, plan_file, "-o", out, "--lang", "en")
    assert ran.code == 130
    assert "nothing was written" in ran.err
    assert not out.exists()


def test_ctrl_c_while_writing_writes_both(
    zouban: Run, school_file: Path, plan_file: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Path.write_bytes

    def impatient(path: Path, content: bytes) -> int:
        os.kill(os.getpid(), signal.SIGINT)
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", impatient)
    assert zouban("ledger", school_file, plan_file, "-o", out).code == 0
    assert names(out) == FILES
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_ctrl_c_in_a_process_of_its_own(school_file: Path, plan_file: Path, out: Path) -> None:
    script = (
        "import os, signal, sys\n"
        "import optimizer.cli.ledger as verb\n"
        "def stopped(*arguments):\n    os.kill(os.getpid(), signal.SIGINT)\n"
        "verb.planned_ledger = stopped\n"
        f"sys.argv = ['zouban', 'ledger', {str(school_file)!r}, {str(plan_file)!r}, '-o', "
        f"{str(out)!r}, '--lang', 'en']\n"
        "from optimizer.cli import main\nmain()"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert ran.returncode == 130
    assert "interrupted" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not out.exists()


def test_a_full_disk_leaves_everything_as_it_was(
    zouban: Run, school_file: Path, plan_file: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert zouban("ledger", school_file, plan_file, "-o", out).code == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}

    def full(*arguments: Any, **more: Any) -> int:
        raise OSError(28, "No space left on device", "ledger.json")

    monkeypatch.setattr(Path, "write_text", full)
    ran = zouban("ledger", school_file, plan_file, "-o", out, "--force", "--lang", "en")
    assert ran.code == 2
    assert "No space left" in ran.err
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_a_school_in_a_workbook_will_do(
    zouban: Run, school: School, plan_file: Path, out: Path, tmp_path: Path
) -> None:
    path = tmp_path / "school.xlsx"
    write_school(school, path)
    assert zouban("ledger", path, plan_file, "-o", out).code == 0
