"""The setting that names the policy: a regime, or rules that stand in the sheet."""

import json
from pathlib import Path
from typing import Any

import pytest

from optimizer.files import inspect_school, read_school, write_school
from tests.files.books import Book


def said(book: Book) -> tuple[list[str], list[str]]:
    """Give what stops and what is merely warned of."""
    found = inspect_school(book.save())
    assert found.errors == ()
    stops = [text.en for text in found.stops]
    return stops, [text.en for text in found.warnings if text.en not in stops]


def without_rules(book: Book) -> Book:
    sheet = book.sheet("Policy")
    sheet.delete_rows(2, sheet.max_row)
    return book


@pytest.mark.parametrize(
    ("name", "hint"),
    [("banan2020", "did you mean 'banan-2020'?"), ("xyz", "known: banan-2020, changzhi-2021")],
)
def test_an_id_without_rules_stops(book: Book, name: str, hint: str) -> None:
    (stop,), others = said(without_rules(book).set("Policy id", name))
    assert others == []
    assert 'sheet "Settings", row ' in stop
    assert f'"Policy id", column "Value", value "{name}": there is no policy \'{name}\'' in stop
    assert hint in stop


def test_the_schools_own_rules_may_be_called_anything(book: Book) -> None:
    assert said(book.set("Policy id", "board-2026")) == ([], [])
    stops, (warning,) = said(book.set("Policy id", "banan2020"))
    assert stops == []
    assert "only the rows of the policy sheet are kept" in warning
    assert "did you mean 'banan-2020'?" in warning


def test_no_policy_at_all_is_a_policy(book: Book) -> None:
    assert said(without_rules(book).set("Policy id", "own")) == ([], [])
    assert said(book.set("Policy id", None)) == ([], [])


def as_json(book: Book, path: Path, policy: dict[str, Any], budget: dict[str, Any]) -> Path:
    """Write the school, with another policy and budget in the file."""
    write_school(read_school(book.save()), path)
    data = json.loads(path.read_text("utf-8"))
    data["policy"] = policy
    data["settings"]["budget"] |= budget
    path.write_text(json.dumps(data), "utf-8")
    return path


def test_json_files_are_told_too(book: Book, tmp_path: Path) -> None:
    path = as_json(book, tmp_path / "a.json", {"id": "banan2020"}, {})
    (stop,) = inspect_school(path).stops
    assert ', policy.id, value "banan2020": there is no policy' in stop.en
    fee = {"fee_basis": "month", "fee_fen": 99900}
    path = as_json(book, tmp_path / "b.json", {"id": "banan-2020"}, fee)
    errors = [text.en for text in inspect_school(path).errors]
    assert any("settings.budget.fee_fen" in e and "fixes the fee at" in e for e in errors), errors
