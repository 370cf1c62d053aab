"""Money: the calendar that turns slots into dates, tariffs, and the ledger, planned and settled."""

from optimizer.ledger.attendance import AttendanceError, AttendanceProblem, find_problems
from optimizer.ledger.auditing import audit
from optimizer.ledger.calendar import (
    billing_months,
    month_of,
    occurrences,
    school_dates,
    service_dates,
)
from optimizer.ledger.closing import own_budget_fen
from optimizer.ledger.data import ledger_data, run_of
from optimizer.ledger.lines import (
    COST,
    INCOME,
    AccountTotal,
    Entry,
    Ledger,
    Line,
    LineUnit,
    OwnSource,
    Party,
    source_text,
)
from optimizer.ledger.planned import planned_ledger, planned_pay_lines
from optimizer.ledger.settled import settled_ledger
from optimizer.ledger.tariffs import (
    FeeTerms,
    Limit,
    account_name,
    budget_limits,
    fee_terms,
    pay_costs,
    pay_limit_fen,
    plan_pay_fen,
    term_pay_fen,
    work_of,
)
from optimizer.ledger.until import last_day, wrong_until

__all__ = [
    "COST",
    "INCOME",
    "AccountTotal",
    "AttendanceError",
    "AttendanceProblem",
    "Entry",
    "FeeTerms",
    "Ledger",
    "Limit",
    "Line",
    "LineUnit",
    "OwnSource",
    "Party",
    "account_name",
    "audit",
    "billing_months",
    "budget_limits",
    "fee_terms",
    "find_problems",
    "last_day",
    "ledger_data",
    "month_of",
    "occurrences",
    "own_budget_fen",
    "pay_costs",
    "pay_limit_fen",
    "plan_pay_fen",
    "planned_ledger",
    "planned_pay_lines",
    "run_of",
    "school_dates",
    "service_dates",
    "settled_ledger",
    "source_text",
    "term_pay_fen",
    "work_of",
    "wrong_until",
]
