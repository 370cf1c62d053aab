"""Mutants of a ledger: one line is another than it should be, and all sums agree with it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from models import Plan, School
from optimizer.ledger import INCOME, AccountTotal, Entry, Ledger, Line, planned_ledger
from optimizer.ledger.lines import half_up

OF_EACH = 2
"""Lines of a kind that are changed."""
BY = (1, 100, 2_000)
"""Fen by which a rate is put up."""


class LedgerMutant(NamedTuple):
    """A ledger with one line that is wrong, and the line as it was; None where it is a new one."""

    name: str
    ledger: Ledger
    line: Line


def ledger_mutants(school: School, plan: Plan) -> Iterator[LedgerMutant]:
    """Change a rate or a quantity, leave a line out, have it twice, put it on another account."""
    right = planned_ledger(school, plan)
    accounts = [account.id for account in right.accounts]
    for number, line in _some(right):
        what = f"{line.entry} of {line.who or line.party} in {line.month}"
        for fen in BY:
            dearer = _priced(line, line.rate_fen + fen)
            yield LedgerMutant(f"{what}: rate + {fen}", _with(right, number, dearer), line)
        if line.rate_fen > 1:
            cheaper = _priced(line, line.rate_fen - 1)
            yield LedgerMutant(f"{what}: rate - 1", _with(right, number, cheaper), line)
        yield LedgerMutant(f"{what}: left out", _with(right, number), line)
        yield LedgerMutant(f"{what}: twice", _with(right, number, line, line), line)
        for account in accounts:
            if account != line.account:
                moved = replace(line, account=account)
                yield LedgerMutant(f"{what}: on {account}", _with(right, number, moved), line)


def _some(ledger: Ledger) -> Iterator[tuple[int, Line]]:
    """Give a few lines of each kind: the first, and others of other people."""
    seen: dict[tuple[Entry, str], int] = {}
    for number, line in enumerate(ledger.lines):
        kind = (line.entry, line.source)
        if seen.setdefault(kind, 0) < OF_EACH and line.amount_fen:
            seen[kind] += 1
            yield number, line


def _priced(line: Line, rate_fen: int) -> Line:
    """Give a line at another rate, its amount worked out by it."""
    if line.entry is Entry.RELIEF:
        left = 1 - line.quantity
        amount = -(rate_fen - half_up(rate_fen * left.numerator, left.denominator))
    else:
        amount = half_up(rate_fen * line.quantity.numerator, line.quantity.denominator)
        amount *= 1 if line.amount_fen > 0 else -1
    return replace(line, rate_fen=rate_fen, amount_fen=amount)


def _with(ledger: Ledger, number: int, *lines: Line) -> Ledger:
    """Put lines in another's place, and add all accounts up anew."""
    new = (*ledger.lines[:number], *lines, *ledger.lines[number + 1 :])
    return replace(ledger, lines=new, accounts=tuple(_total(a, new) for a in ledger.accounts))


def _total(account: AccountTotal, lines: tuple[Line, ...]) -> AccountTotal:
    own = [line for line in lines if line.account == account.id]
    came = sum(line.amount_fen for line in own if line.entry in INCOME)
    went = -sum(line.amount_fen for line in own if line.entry not in INCOME)
    return replace(account, in_fen=came, out_fen=went)
