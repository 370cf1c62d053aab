"""Students moved to another activity are shown as that, wherever they are shown."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest

from models import Lang
from optimizer.report import plan_rows, summary
from optimizer.report.workbook import workbook_bytes
from tests.builders import restated
from tests.checks.test_moved import MOVED, PLAN, SCHOOL


def rows(sheet: str, lang: Lang) -> dict[str, tuple[Any, ...]]:
    """Give a sheet's rows by their first cell."""
    book = openpyxl.load_workbook(BytesIO(workbook_bytes(SCHOOL, MOVED, lang)))
    return {str(row[0]): row for row in book[sheet].iter_rows(values_only=True) if row[0]}


def test_who_was_moved_has_no_club_of_his_wishes_but_is_not_without() -> None:
    # Eleven wish and eight have a seat; of s34, s43 and s53 the last was moved.
    before, after = summary(SCHOOL, restated(SCHOOL, PLAN)), summary(SCHOOL, MOVED)
    assert (before.wishing, before.with_club, before.moved, before.with_nothing) == (11, 8, 0, 3)
    assert (after.wishing, after.with_club, after.moved, after.with_nothing) == (11, 8, 1, 2)
    assert after.seats == before.seats + 1


@pytest.mark.parametrize(
    ("lang", "label"), [("zh", "  调剂到其他活动"), ("en", "  moved to another activity")]
)
def test_the_summary_says_how_many_where_anyone_was(lang: Lang, label: str) -> None:
    shown = dict(plan_rows(summary(SCHOOL, MOVED), lang))
    assert shown[label].startswith("1 ")
    assert label not in dict(plan_rows(summary(SCHOOL, restated(SCHOOL, PLAN)), lang))


def test_the_list_of_unmet_wishes_says_where_to() -> None:
    assert rows("未满足志愿", "zh")["s53"][-1].startswith("已调剂到 国际象棋")
    assert rows("Wishes not granted", "en")["s53"][-1].startswith("moved to 国际象棋")


@pytest.mark.parametrize("sheet", ["学生去向", "5(1)"])
def test_his_own_line_and_his_class_have_a_mark(sheet: str) -> None:
    lines = rows(sheet, "zh")
    assert any(cell and "国际象棋（调剂）" in str(cell) for cell in lines["s53"])
    assert not any("调剂" in str(cell) for cell in lines["s54"])


def test_the_mark_in_english() -> None:
    assert any("国际象棋 (moved here)" in str(cell) for cell in rows("Students", "en")["s53"])
