"""The ledger's own check says nothing against a right ledger, and finds what was changed in one."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from models import FeeBasis, PartPeriod, PolicyItem
from optimizer.ledger import Entry, Ledger, Line, Party, audit
from tests.builders import with_clause
from tests.ledger.making import by_weeks, charging, planned, relieved

SCHOOL = with_clause(
    charging(
        relieved(relief_percent=50, reimbursed=True),
        fee_basis=FeeBasis.PERIOD,
        fee_fen=375,
        subsidy_fen_per_student=30,
        special_fund_fen=500,
    ),
    PolicyItem.FEE_DAY_MAX,
    601,
)
LEDGER = planned(by_weeks(SCHOOL))


def changed(entry: Entry, **fields: Any) -> Ledger:
    """Change the first line of a kind."""
    number = next(n for n, line in enumerate(LEDGER.lines) if line.entry is entry)
    line = replace(LEDGER.lines[number], **fields)
    return replace(LEDGER, lines=(*LEDGER.lines[:number], line, *LEDGER.lines[number + 1 :]))


def only(ledger: Ledger, *words: str) -> None:
    """Demand that these words are said, each in a message of its own kind."""
    found = audit(ledger)
    for word in words:
        assert any(word in text.en for text in found), found
    assert all("{" not in text.zh + text.en for text in found)


def test_nothing_against_a_right_ledger() -> None:
    assert {line.entry for line in LEDGER.lines} == {
        Entry.FEE,
        Entry.DAY_CAP,
        Entry.RELIEF,
        Entry.REIMBURSEMENT,
        Entry.SUBSIDY,
        Entry.SPECIAL,
        Entry.PAY_NORMAL,
    }
    assert audit(LEDGER) == ()
    assert audit(replace(LEDGER, lines=(), accounts=())) == ()


@pytest.mark.parametrize("entry", sorted({line.entry for line in LEDGER.lines}))
@pytest.mark.parametrize("by", [1, -1])
def test_an_amount_a_fen_off(entry: Entry, by: int) -> None:
    """It is not what quantity and rate come to, nor what the account says."""
    line = next(line for line in LEDGER.lines if line.entry is entry)
    wrong = changed(entry, amount_fen=line.amount_fen + by)
    only(wrong, "by quantity and rate", "account 'service' says", "the totals are")


@pytest.mark.parametrize(
    ("entry", "fields", "said"),
    [
        (Entry.FEE, {"month": "w9"}, "no billing month w9"),
        (Entry.FEE, {"account": "other"}, "no account other"),
        (Entry.FEE, {"who": ""}, "does not say whose"),
        (Entry.PAY_NORMAL, {"who": ""}, "does not say whose"),
        (Entry.SUBSIDY, {"who": "s31"}, "name no person"),
        (Entry.FEE, {"quantity": 1}, "by quantity and rate"),
        (Entry.RELIEF, {"quantity": Fraction(1, 3)}, "by quantity and rate"),
        (Entry.PAY_NORMAL, {"rate_fen": 1}, "by quantity and rate"),
    ],
)
def test_a_line_that_is_wrong(entry: Entry, fields: dict[str, Any], said: str) -> None:
    only(changed(entry, **fields), said)


def test_an_amount_on_the_wrong_side() -> None:
    for entry in (Entry.FEE, Entry.RELIEF, Entry.PAY_NORMAL):
        line = next(line for line in LEDGER.lines if line.entry is entry)
        only(changed(entry, amount_fen=-line.amount_fen), "wrong side")


def test_lines_of_unknown_months_and_accounts_are_in_no_total() -> None:
    only(changed(Entry.FEE, month="w9"), "the totals are")
    only(changed(Entry.FEE, account="other"), "the totals are", "account 'service' says")


CHANGES: list[Callable[[Ledger], Ledger]] = [
    lambda ledger: replace(ledger, lines=ledger.lines[1:]),
    lambda ledger: replace(ledger, lines=(*ledger.lines, ledger.lines[0])),
    lambda ledger: replace(ledger, accounts=()),
    lambda ledger: replace(ledger, months=ledger.months[:1]),
    lambda ledger: replace(
        ledger, accounts=(replace(ledger.accounts[0], out_fen=ledger.accounts[0].out_fen + 1),)
    ),
]


@pytest.mark.parametrize("change", CHANGES)
def test_totals_that_do_not_agree(change: Callable[[Ledger], Ledger]) -> None:
    only(change(LEDGER), "the totals are")


def test_sides_that_cancel_out() -> None:
    """An account that says a fen more came in and went out has the right balance all the same."""
    (account,) = LEDGER.accounts
    both = replace(account, in_fen=account.in_fen + 1, out_fen=account.out_fen + 1)
    (text,) = audit(replace(LEDGER, accounts=(both,)))
    assert "account 'service' says" in text.en
    assert "支出" in text.zh


def test_shares_are_rounded_as_they_should_be() -> None:
    """Three fifths of 1,001 fen are 600.6, so 601; 600 is found out."""
    line = Line(
        month="w1",
        party=Party.STUDENT,
        who="s31",
        entry=Entry.FEE,
        account="service",
        quantity=Fraction(3, 5),
        unit=LEDGER.lines[0].unit,
        rate_fen=1001,
        amount_fen=601,
        source="",
    )
    school = charging(fee_basis=FeeBasis.MONTH, fee_fen=1001, part_period=PartPeriod.SHARE)
    ledger = planned(by_weeks(school))
    for fen, faults in ((601, 2), (600, 3), (602, 3)):
        wrong = replace(ledger, lines=(*ledger.lines, replace(line, amount_fen=fen)))
        assert len(audit(wrong)) == faults
