"""A ledger as plain data, for JSON: amounts in fen and in yuan, everything in a fixed order."""

from fractions import Fraction
from hashlib import sha256
from typing import Any

from models import Text, yuan
from optimizer.ledger.lines import AccountTotal, Ledger, Line, source_text


def ledger_data(ledger: Ledger) -> dict[str, Any]:
    """Give a ledger as dicts, lists, strings and whole numbers.

    A quantity is a whole number, or a fraction written ``9/21``.
    """
    return {
        "school": ledger.school,
        "run": run_of(ledger),
        "school_digest": ledger.school_digest,
        "settled": ledger.settled,
        "settled_until": ledger.until and ledger.until.isoformat(),
        "settled_months": list(ledger.settled_months),
        "months": list(ledger.months),
        "service_days": len(ledger.service_days),
        "totals": _totals(ledger),
        "accounts": [_account(account) for account in ledger.accounts],
        "notes": [_text(note) for note in ledger.notes],
        "lines": [_line(line) for line in ledger.lines],
    }


def run_of(ledger: Ledger) -> str:
    """Name the run that made a ledger, by what it holds: all its files carry the name."""
    content = sha256(f"{ledger.school_digest} {ledger.settled} {ledger.until}".encode())
    for line in ledger.lines:
        content.update(f"{line.month}\n{line.who}\n{line.entry}\n{line.amount_fen}\n".encode())
    return content.hexdigest()[:8]


def _text(text: Text) -> dict[str, str]:
    return text._asdict()


def _money(name: str, fen: int) -> dict[str, int | str]:
    return {f"{name}_fen": fen, f"{name}_yuan": yuan(fen)}


def _totals(ledger: Ledger) -> dict[str, int | str]:
    came = sum(account.in_fen for account in ledger.accounts)
    went = sum(account.out_fen for account in ledger.accounts)
    return _money("in", came) | _money("out", went) | _money("balance", came - went)


def _account(account: AccountTotal) -> dict[str, Any]:
    return {
        "id": account.id,
        "name": _text(account.name),
        **_money("in", account.in_fen),
        **_money("out", account.out_fen),
        **_money("balance", account.balance_fen),
    }


def _line(line: Line) -> dict[str, Any]:
    whole = not isinstance(line.quantity, Fraction)
    return {
        "month": line.month,
        "party": line.party.value,
        "who": line.who,
        "entry": line.entry.value,
        "account": line.account,
        "quantity": line.quantity if whole else str(line.quantity),
        "unit": line.unit.value,
        **_money("rate", line.rate_fen),
        **_money("amount", line.amount_fen),
        "source": _text(source_text(line.source)),
    }
