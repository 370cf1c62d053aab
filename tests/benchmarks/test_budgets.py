"""The sweep over budgets says where more money came to less, and skips what it has."""

from pathlib import Path

import pytest

from benchmarks.budgets import Row, Sweep, falls
from optimizer.engine import Limits


def row(fen: int, value: int | None, bound: int | None) -> Row:
    return {"budget_fen": fen, "value": value, "bound": bound}


def test_falls_are_found_whatever_the_order_and_gaps_are_no_fall() -> None:
    rows = [row(300, 9, 20), row(100, 10, 20), row(200, None, None)]
    assert list(falls(rows)) == ["value falls from 10 to 9 at 300 fen"]
    assert list(falls([row(1, 5, 9), row(2, 5, 8)])) == ["bound falls from 9 to 8 at 2 fen"]
    assert not list(falls([row(1, 5, 9), row(2, 6, 9)]))


def test_a_sum_that_has_a_row_is_not_run_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.solve.RESULTS", tmp_path)
    monkeypatch.setattr("benchmarks.record.RESULTS", tmp_path)
    sweep = Sweep("clubhour-60-6-0", Limits(4.0, 1, 1), carry=False)
    none = sweep.row(100)
    assert none["status"] == "INFEASIBLE"
    assert "budget" in str(none["families"])
    monkeypatch.setattr(Sweep, "_run", lambda *_: pytest.fail("run again"))
    again = sweep.row(100)
    assert {name: "" if value is None else str(value) for name, value in none.items()} == again
