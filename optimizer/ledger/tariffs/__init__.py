"""Tariffs: what work is paid, what the service brings in, and which account either belongs to.

The budget rule, its check and the ledger all take their amounts from here.
"""

from optimizer.ledger.tariffs.accounts import Accounts, account_name, accounts
from optimizer.ledger.tariffs.days import TermDays, term_days
from optimizer.ledger.tariffs.fees import FeeTerms, Relief, fee_terms, relief_of
from optimizer.ledger.tariffs.income import income_lines
from optimizer.ledger.tariffs.limits import Limit, budget_limits, certain_income, pay_limit_fen
from optimizer.ledger.tariffs.pay import (
    PayPart,
    least_session,
    least_share,
    pay_costs,
    pay_parts,
    plan_pay_fen,
    slots_of,
    term_pay_fen,
    work_of,
)
from optimizer.ledger.tariffs.presence import Presence, weekly_slots

__all__ = [
    "Accounts",
    "FeeTerms",
    "Limit",
    "PayPart",
    "Presence",
    "Relief",
    "TermDays",
    "account_name",
    "accounts",
    "budget_limits",
    "certain_income",
    "fee_terms",
    "income_lines",
    "least_session",
    "least_share",
    "pay_costs",
    "pay_limit_fen",
    "pay_parts",
    "plan_pay_fen",
    "relief_of",
    "slots_of",
    "term_days",
    "term_pay_fen",
    "weekly_slots",
    "work_of",
]
