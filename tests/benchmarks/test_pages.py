"""Tables are written into the page from the rows of one state of the program."""

import csv
from pathlib import Path

import pytest

from benchmarks import deadline, first_plan, pages, record, solve
from benchmarks.peers import table as peers


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for module in (record, solve):
        monkeypatch.setattr(module, "RESULTS", tmp_path)
    return tmp_path


def row(school: str, gap: float, **more: object) -> dict[str, object]:
    return {"product": "now", "school": school, "gap": gap, "wishes": 200, "unmet": 5, **more}


def test_medians_stand_beside_what_is_aimed_at(results: Path) -> None:
    assert results.exists()
    for seed, gap in enumerate((0.03, 0.01, 0.02)):
        record.append("suite", row(f"mixed-300-24-{seed}", gap))
    record.append("suite", row("all-day-150-30-0", 0.3))
    record.append("suite", row("clubhour-333-24-0", 0.25))
    record.append("suite", row("mixed-300-24-0", 0.5, product="before"))
    assert solve.table("now").splitlines()[2:] == [
        "| clubhour | 333 | 1 | 25.00 % | 25.00 % |  |",
        "| mixed | 300 | 3 | 2.00 % | 3.00 % | 2.50 % |",
        "| all-day | 150 | 1 | 2.50 % | 2.50 % | 1.00 % |",
    ]


def test_how_late_a_plan_is(results: Path) -> None:
    assert results.exists()
    for limit, late in ((5.0, 1.26), (20.0, -3.0)):
        facts = {"limit": limit, "late": late, "value": 90, "bound": 120}
        record.append("deadline", row("mixed-300-24-0", 0.1, **facts))
    assert deadline.table("now").splitlines()[2:] == [
        "| mixed-300-24-0 | +1.3 s, 75.0 % |  | -3.0 s, 75.0 % |  |"
    ]


def test_new_columns_are_added_to_older_rows(results: Path) -> None:
    record.append("some", {"a": 1})
    record.append("some", {"b": 2, "a": 3})
    with (results / "some.csv").open(newline="", encoding="utf-8") as file:
        assert [(r["a"], r["b"]) for r in csv.DictReader(file)] == [("1", ""), ("3", "2")]


def test_what_a_peer_has_done_in_this_state_is_known(results: Path) -> None:
    facts = {"peer": "fcfs", "school": "mixed-300-24-0", "digest": "d", "limit": 60.0, "seed": 1}
    record.append("peers", {"product": "now", "status": "FEASIBLE", **facts})
    rows = results / "peers.csv"
    assert peers.have("now", "fcfs", "mixed-300-24-0", 60.0, 1, rows)
    assert not peers.have("then", "fcfs", "mixed-300-24-0", 60.0, 1, rows)
    assert not peers.have("now", "scip", "mixed-300-24-0", 60.0, 1, rows)
    assert not peers.have("now", "scip", "mixed-300-24-0", 60.0, 1, results / "none.csv")


def test_a_table_is_replaced_and_one_without_rows_stays() -> None:
    text = "a\n<!-- x -->\nold\n<!-- end x -->\nb"
    table = "| h |\n| --- |\n| 1 |"
    after = pages.entered(text, "x", table, "now")
    assert after == f"a\n<!-- x -->\n\nState `now`.\n\n{table}\n\n<!-- end x -->\nb"
    assert pages.entered(text, "x", "| h |\n| --- |", "now") == text
    with pytest.raises(ValueError, match="no place"):
        pages.entered(text, "y", table, "now")


def test_the_page_has_a_place_for_each_table() -> None:
    text, table = pages.PAGE.read_text("utf-8"), "| h |\n| --- |\n| 1 |"
    for name in pages.tables("now"):
        assert "State `now`" in pages.entered(text, name, table, "now")


def test_first_plans_stand_beside_the_rule_of_thumb(results: Path) -> None:
    assert results.exists()
    reached = {"first_clubs": 990, "value": 51, "thumb_first_clubs": 870, "thumb_value": 45}
    for aim in ("first_clubs", "most_points"):
        made = {"school": f"mixed-1000-50-0 {aim}", "size": "M", "seconds": 0.8, **reached}
        record.append("first_plan", {"product": "now", **made})
    lost = {"school": "mixed-5000-200-0 most_points", "size": "XL", "seconds": 15.1}
    record.append("first_plan", {"product": "now", **lost, "thumb_value": 45})
    assert first_plan.table("now").splitlines()[2:] == [
        "| mixed-1000-50-0 first_clubs | 0.8 | 2 | 990 | 870 |",
        "| mixed-1000-50-0 most_points | 0.8 | 2 | 51 | 45 |",
        "| mixed-5000-200-0 most_points | 15.1 | 15 | none | 45 |",
    ]
