"""The ledger's check: every line is what it says and what is due, and all sums are the same."""

from collections import Counter
from collections.abc import Iterable, Iterator

from models import Plan, School, Text, yuan
from models.attendance import Attendance
from optimizer.ledger.lines import INCOME, Entry, Ledger, Line, LineUnit, Party, half_up
from optimizer.ledger.planned import planned_ledger
from optimizer.ledger.settled import settled_ledger
from optimizer.ledger.tariff_audit import retraced, tariff_faults

LINE = Text(
    "第 {number} 行（{month} {who} {entry}）：{fault}。",
    "line {number} ({month} {who} {entry}): {fault}.",
)
MONTH = Text("账本没有收费月 {month}", "the ledger has no billing month {month}")
ACCOUNT = Text("账本没有账户 {account}", "the ledger has no account {account}")
SIGN = Text("金额 {amount} 元的正负不对", "an amount of {amount} yuan is on the wrong side")
NOBODY = Text("没有写明是谁", "it does not say whose it is")
SOMEBODY = Text("不应写明个人", "it should name no person")
AMOUNT = Text(
    "金额 {amount} 元，按数量与单价应为 {expected} 元",
    "the amount is {amount} yuan, by quantity and rate it is {expected}",
)
TOTALS = Text(
    "按人合计 {person} 元，按月合计 {month} 元，按账户合计 {account} 元，各账户结余合计 "
    "{balance} 元；四者应相等。",
    "the totals are {person} yuan by person, {month} by month, {account} by account, and "
    "{balance} over the balances of the accounts: all four must be the same.",
)
SIDE = Text(
    "账户“{account}”写明收入 {came} 元、支出 {went} 元，按明细应为 {lines_in} 元、{lines_out} 元。",
    "account '{account}' says {came} yuan came in and {went} went out, by its lines it is "
    "{lines_in} and {lines_out}.",
)
_TAKEN_OFF = frozenset({Entry.DAY_CAP, Entry.RELIEF})
"""Entries on the side of what comes in that lessen it."""


def audit(
    ledger: Ledger,
    school: School | None = None,
    plan: Plan | None = None,
    attendance: Attendance | None = None,
) -> tuple[Text, ...]:
    """Find what is wrong with a ledger; an empty answer means that nothing is.

    By itself a ledger can only be held against its own sums. With the school each line is held
    against its tariff, by the clauses in force, and with the plan (and the records that it was
    settled by) against what is due.

    Raises
    ------
    AttendanceError
        If the records are wrong.
    """
    faults: list[Text] = []
    told: set[int] = set()
    months = frozenset(ledger.months)
    known = frozenset(account.id for account in ledger.accounts)
    for number, line in enumerate(ledger.lines, start=1):
        found = [*_faults(line, months, known)]
        found += tariff_faults(school, line) if school is not None else ()
        told |= {number} if found else set()
        faults += [_at(number, line, fault) for fault in found]
    if school is not None and plan is not None:
        due = planned_ledger(school, plan)
        if ledger.settled:
            records = attendance or Attendance()
            due = settled_ledger(school, plan, records, ledger.until)
        for place, fault in retraced(school, ledger, due, told):
            faults.append(fault if place is None else _at(place, ledger.lines[place - 1], fault))
    return (*faults, *_sides(ledger), *_totals(ledger))


def _at(number: int, line: Line, fault: Text) -> Text:
    facts = {"month": line.month, "who": line.who or line.party.value}
    return LINE.fill(number=number, entry=line.entry, fault=fault, **facts)


def _faults(line: Line, months: frozenset[str], accounts: frozenset[str]) -> Iterator[Text]:
    """Find what is wrong with a single line."""
    if line.month not in months:
        yield MONTH.fill(month=line.month)
    if line.account not in accounts:
        yield ACCOUNT.fill(account=line.account)
    personal = line.party in {Party.STUDENT, Party.STAFF}
    if personal and not line.who:
        yield NOBODY
    if line.who and not personal:
        yield SOMEBODY
    comes_in = line.entry in INCOME and line.entry not in _TAKEN_OFF
    if line.entry is Entry.MADE_UP:
        comes_in = line.amount_fen > 0
    elif line.amount_fen and (line.amount_fen > 0) != comes_in:
        yield SIGN.fill(amount=yuan(line.amount_fen))
    expected = _expected(line) if comes_in else -_expected(line)
    if line.amount_fen != expected:
        yield AMOUNT.fill(amount=yuan(line.amount_fen), expected=yuan(expected))


def _expected(line: Line) -> int:
    """Work out a line's amount, without its sign, from quantity and rate."""
    if line.entry is Entry.RELIEF and line.unit is LineUnit.SUM:
        # What is left to pay is rounded, not what is waived.
        left = 1 - line.quantity
        return line.rate_fen - half_up(line.rate_fen * left.numerator, left.denominator)
    return half_up(line.rate_fen * line.quantity.numerator, line.quantity.denominator)


def _sides(ledger: Ledger) -> Iterator[Text]:
    """Find accounts whose totals are not those of their lines."""
    came = _by((line.account, line.amount_fen) for line in ledger.lines if line.entry in INCOME)
    went = _by(
        (line.account, -line.amount_fen) for line in ledger.lines if line.entry not in INCOME
    )
    for account in ledger.accounts:
        if (account.in_fen, account.out_fen) != (came[account.id], went[account.id]):
            yield SIDE.fill(
                account=account.id,
                came=yuan(account.in_fen),
                went=yuan(account.out_fen),
                lines_in=yuan(came[account.id]),
                lines_out=yuan(went[account.id]),
            )


def _totals(ledger: Ledger) -> Iterator[Text]:
    """Add up by person, by month, by account, and over the accounts' own totals."""
    people = _by(((line.party, line.who), line.amount_fen) for line in ledger.lines)
    months = _by((line.month, line.amount_fen) for line in ledger.lines)
    accounts = _by((line.account, line.amount_fen) for line in ledger.lines)
    sums = {
        "person": sum(people.values()),
        "month": sum(months[month] for month in ledger.months),
        "account": sum(accounts[account.id] for account in ledger.accounts),
        "balance": sum(account.balance_fen for account in ledger.accounts),
    }
    if len(set(sums.values())) > 1:
        yield TOTALS.fill(**{way: yuan(fen) for way, fen in sums.items()})


def _by(amounts: Iterable[tuple[object, int]]) -> Counter[object]:
    found: Counter[object] = Counter()
    for key, fen in amounts:
        found[key] += fen
    return found
