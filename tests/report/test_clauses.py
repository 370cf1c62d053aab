"""Clauses in words: what, how much, for whom."""

from typing import Any

import pytest

from models import Band, Clause, DocumentClause, Level, PolicyItem, Text, Unit
from optimizer.report import clause_text, matter_text, scope_text, value_text
from optimizer.report.clauses import amount_text


def clause(item: PolicyItem, value: int | None = None, **fields: Any) -> Clause:
    return Clause(item=item, value=value, source="", **fields)


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (1080, Unit.CLOCK, Text("18:00", "18:00")),
        (0, Unit.CLOCK, Text("00:00", "00:00")),
        (90, Unit.MINUTES, Text("90 分钟", "90 minutes")),
        (1, Unit.MINUTES, Text("1 分钟", "1 minute")),
        (1, Unit.PERIODS, Text("1 节", "1 period")),
        (3, Unit.PERIODS, Text("3 节", "3 periods")),
        (5, Unit.DAYS, Text("5 天", "5 days")),
        (1, Unit.WEEKS, Text("1 周", "1 week")),
        (7, Unit.WEEKDAY, Text("周日", "Sun")),
        (375, Unit.FEN, Text("3.75 元", "3.75 yuan")),
        (5, Unit.FEN, Text("0.05 元", "0.05 yuan")),
        (100, Unit.PERCENT, Text("100%", "100%")),
    ],
)
def test_amounts(value: int, unit: Unit, expected: Text) -> None:
    assert amount_text(value, unit) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, None),
        ({"level": Level.JUNIOR}, Text("初中", "junior")),
        ({"band": Band.UPPER}, Text("高年级", "upper grades")),
        ({"grades": (6,)}, Text("6 年级", "grade 6")),
        ({"grades": (6, 1, 2)}, Text("1-2、6 年级", "grades 1-2, 6")),
        ({"stage": "low", "grades": (1,)}, Text("学段 low、1 年级", "stage low, grade 1")),
    ],
)
def test_scopes(fields: dict[str, Any], expected: Text | None) -> None:
    assert scope_text(clause(PolicyItem.VOLUNTARY, **fields)) == expected


def test_a_whole_clause() -> None:
    full = clause(PolicyItem.CONTENT_END, 1080, subject="enrichment", grades=(1, 6))
    assert clause_text(full) == Text(
        "内容最晚结束·培优辅导：18:00（1、6 年级）",
        "content end, enrichment: 18:00 (grades 1, 6)",
    )
    assert clause_text(clause(PolicyItem.NO_FEE)) == Text("不收费", "no fee")
    assert matter_text(clause(PolicyItem.PUBLISH_EVERY, subject="month")).zh == "公示周期·每月"


def test_an_open_clause() -> None:
    left = DocumentClause(item=PolicyItem.RELIEF, subject="hardship", open=True, source="x")
    assert value_text(left) == Text("由学校确定", "for the school to give")
    assert clause_text(left).zh == "减免比例·家庭经济困难：由学校确定"
