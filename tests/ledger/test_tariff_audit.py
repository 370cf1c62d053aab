"""A ledger that adds up but is not what is due: refused, with clause and source."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

import pytest

from models import Plan, School
from models.attendance import Attendance
from optimizer.ledger import (
    INCOME,
    AccountTotal,
    Entry,
    Ledger,
    Line,
    audit,
    planned_ledger,
    settled_ledger,
)
from tests.ledger.case_files import FOLDER, read_case

Change = Callable[[Line], dict[str, Any]]


class Case(NamedTuple):
    school: School
    plan: Plan
    ledger: Ledger
    records: Attendance


@cache
def worked(name: str, settled: bool = False) -> Case:
    case = read_case(FOLDER / f"{name}.toml")
    school = case.school()
    plan, records = case.plan(school), case.records()
    ledger = settled_ledger(school, plan, records) if settled else planned_ledger(school, plan)
    return Case(school, plan, ledger, records)


def added_up(ledger: Ledger, lines: tuple[Line, ...]) -> Ledger:
    """Give the ledger other lines, and accounts that agree with them."""

    def account(one: AccountTotal) -> AccountTotal:
        mine = [line for line in lines if line.account == one.id]
        came = sum(line.amount_fen for line in mine if line.entry in INCOME)
        went = -sum(line.amount_fen for line in mine if line.entry not in INCOME)
        return replace(one, in_fen=came, out_fen=went)

    return replace(ledger, lines=lines, accounts=tuple(account(one) for one in ledger.accounts))


def changed(ledger: Ledger, entry: Entry, change: Change) -> Ledger:
    """Change the first line of a kind so that the ledger still adds up."""
    place = next(n for n, line in enumerate(ledger.lines) if line.entry is entry)
    line = ledger.lines[place]
    line = replace(line, **change(line))
    return added_up(ledger, (*ledger.lines[:place], line, *ledger.lines[place + 1 :]))


def at_rate(rate: int) -> Change:
    def change(line: Line) -> dict[str, Any]:
        fen = int(rate * line.quantity)
        return {"rate_fen": rate, "amount_fen": fen if line.amount_fen > 0 else -fen}

    return change


def times(quantity: int | Fraction) -> Change:
    def change(line: Line) -> dict[str, Any]:
        fen = int(line.rate_fen * quantity)
        return {"quantity": quantity, "amount_fen": fen if line.amount_fen > 0 else -fen}

    return change


def waiving(percent: int) -> Change:
    def change(line: Line) -> dict[str, Any]:
        left = (2 * line.rate_fen * (100 - percent) + 100) // 200
        return {"quantity": Fraction(percent, 100), "amount_fen": left - line.rate_fen}

    return change


MUTATIONS: list[tuple[str, Entry, Change, tuple[str, ...]]] = [
    ("banan-2020-ordinary-month", Entry.FEE, at_rate(20_000), ("200.00", "180.00", "四（二）")),
    ("banan-2020-ordinary-month", Entry.PAY_NORMAL, at_rate(6000), ("60.00", "50.00", "四（三）")),
    ("banan-2020-ordinary-month", Entry.PAY_NORMAL, times(1), ("四（三）",)),
    ("banan-2020-poor-pupils-free", Entry.RELIEF, waiving(50), ("50", "100", "四（二）")),
    ("zhanggong-2021-ordinary-month", Entry.FEE, at_rate(400), ("4.00", "3.75", "三（五）")),
    ("one-plus-x-two-periods", Entry.FEE, at_rate(240), ("2.40",)),
    ("one-plus-x-two-periods", Entry.FEE, times(500), ("500",)),
    ("hebi-poor-pupils-free", Entry.RELIEF, waiving(90), ("90", "100", "公益惠民")),
    ("city-menu-relief", Entry.RELIEF, waiving(50), ("50", "30")),
    ("per-head-subsidy-term-fee", Entry.SUBSIDY, at_rate(60_000), ("600.00", "（三）")),
    ("putuo-2021-two-blocks", Entry.PAY_OVERTIME, at_rate(100_000), ("1000.00",)),
    ("putuo-2021-two-blocks", Entry.SPECIAL, at_rate(100), ("1.00", "专项")),
    ("hebi-whole-month-on-leaving", Entry.FEE, times(Fraction(1, 2)), ("1/2", "保障经费")),
]


@pytest.mark.parametrize(("name", "entry", "change", "words"), MUTATIONS)
def test_what_adds_up_but_is_not_due(
    name: str, entry: Entry, change: Change, words: tuple[str, ...]
) -> None:
    case = worked(name)
    assert audit(case.ledger, case.school, case.plan) == ()
    wrong = changed(case.ledger, entry, change)
    assert audit(wrong) == (), "it adds up"
    found = audit(wrong, case.school, case.plan)
    for word in words:
        assert any(word in text.zh for text in found), found
    assert all("{" not in text.zh + text.en for text in found)


def refused(case: Case, ledger: Ledger, zh: tuple[str, ...], en: tuple[str, ...]) -> None:
    """Demand one fault, and that its sums are not what is wrong."""
    assert audit(ledger) == (), "it adds up"
    (fault,) = audit(ledger, case.school, case.plan, case.records)
    for word in zh:
        assert word in fault.zh, fault
    for word in en:
        assert word in fault.en, fault


def test_one_wrong_line_is_one_fault() -> None:
    case = worked("banan-2020-ordinary-month")
    ledger = changed(case.ledger, Entry.FEE, at_rate(20_000))
    zh = ("第 1 行", "单价 200.00 元，应为 180.00 元", "巴南教委发〔2020〕19号 四（二）")
    refused(case, ledger, zh, ("the rate is 200.00 yuan", "it is 180.00"))


def test_with_the_school_alone_the_tariff_is_seen() -> None:
    case = worked("banan-2020-ordinary-month")
    ledger = changed(case.ledger, Entry.FEE, at_rate(20_000))
    assert len(audit(ledger, case.school)) == 1


def test_a_line_too_many_and_one_too_few() -> None:
    case = worked("banan-2020-ordinary-month")
    first, *rest = case.ledger.lines
    twice = added_up(case.ledger, (first, *case.ledger.lines))
    refused(case, twice, ("没有这一行",), ("no such line",))
    less = added_up(case.ledger, tuple(rest))
    refused(case, less, ("缺一行", "180.00", "四（二）"), ("is missing", "180.00"))


def test_relief_for_whom_none_is_due() -> None:
    case = worked("banan-2020-poor-pupils-free")
    relief = next(line for line in case.ledger.lines if line.entry is Entry.RELIEF)
    poor = {line.who for line in case.ledger.lines if line.entry is Entry.RELIEF}
    owing = [line.who for line in case.ledger.lines if line.entry is Entry.FEE]
    other = next(who for who in owing if who not in poor)
    lines = (*case.ledger.lines, replace(relief, who=other))
    refused(case, added_up(case.ledger, lines), ("没有这一项",), ("nothing of the kind is due",))


def test_a_settled_ledger_is_held_against_its_records() -> None:
    case = worked("zhanggong-2021-actual-service", settled=True)
    assert audit(case.ledger, case.school, case.plan, case.records) == ()
    assert audit(case.ledger, case.school, case.plan, Attendance()) != ()
    more = changed(case.ledger, Entry.FEE, lambda x: times(x.quantity + 1)(x))
    found = audit(more, case.school, case.plan, case.records)
    assert any("数量" in text.zh and "三（五）" in text.zh for text in found), found


def test_an_amount_in_another_purse() -> None:
    case = worked("city-menu-donation")
    donation = next(x for x in case.ledger.lines if x.entry is Entry.DONATION)
    lines = tuple(
        replace(x, account="performance") if x is donation else x for x in case.ledger.lines
    )
    refused(case, added_up(case.ledger, lines), ("账户", "performance"), ("account", "service"))
