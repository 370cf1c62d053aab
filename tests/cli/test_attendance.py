"""The verb attendance, and the ledger by the file that it wrote."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from models import Plan
from optimizer.files import write_plan
from tests.cli.conftest import Ran, Run


@pytest.fixture
def plan_file(plan: Plan, tmp_path: Path) -> Path:
    path = tmp_path / "plan.json"
    write_plan(plan, path)
    return path


def test_written_filled_in_and_settled(
    zouban: Run, school_file: Path, plan_file: Path, tmp_path: Path
) -> None:
    path = tmp_path / "new" / "考勤.xlsx"
    ran = zouban("attendance", school_file, plan_file, "-o", path, "--lang", "en")
    assert ran.code == 0, ran.err
    assert f"--attendance {path}" in ran.out

    def settle(to: str, *more: str) -> Ran:
        # A file in which nobody is missing does not say how far attendance was kept.
        run = ("ledger", school_file, plan_file, "--attendance", path, "-o", tmp_path / to)
        return zouban(*run, "--until", "2026-03-13", *more)

    blank = zouban("ledger", school_file, plan_file, "--attendance", path, "-o", tmp_path / "o")
    assert (blank.code, (tmp_path / "o").exists()) == (2, False)
    assert "--until" in blank.err
    settled = settle("a", "--json")
    assert settled.json["kind"] == "settled"
    before = settled.json["totals"]["out_fen"]
    book = load_workbook(path)
    sheet = book.worksheets[0]
    rows = [row for row in sheet.iter_rows(min_row=5) if row[0].value == "chess-1"]
    # Its first row calls it off: one period of 50 yuan less.
    rows[0][6].value = "×"
    rows[1][6].value = "缺"
    book.save(path)
    settled = settle("b", "--json")
    assert settled.json["totals"]["out_fen"] == before - 5000
    rows[1][7].value = "缺"
    book.save(path)
    ran = settle("c", "--lang", "en")
    assert ran.code == 2
    assert 'sheet "2026-03", row 6, column "3/3"' in ran.err
    assert not (tmp_path / "c").exists()


def test_json_and_refusals(zouban: Run, school_file: Path, plan_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    found = zouban("attendance", school_file, plan_file, "-o", path, "--json").json
    assert (found["counts"], found["paths"]) == ({"groups": 7, "months": 1}, [str(path)])
    assert zouban("attendance", school_file, plan_file, "-o", path).code == 2
    assert zouban("attendance", school_file, plan_file, "-o", path, "--force").code == 0
    ran = zouban("attendance", school_file, plan_file, "-o", tmp_path / "a.csv", "--lang", "en")
    assert ran.code == 2
    assert ".xlsx" in ran.err
