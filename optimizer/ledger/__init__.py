"""What things cost: the calendar that turns slots into dates, and the tariffs."""

from optimizer.ledger.calendar import billing_months, month_of, occurrences, service_dates
from optimizer.ledger.tariffs import (
    budget_fen,
    care_pay_fen,
    income_fen,
    plan_pay_fen,
    section_pay_fen,
)

__all__ = [
    "billing_months",
    "budget_fen",
    "care_pay_fen",
    "income_fen",
    "month_of",
    "occurrences",
    "plan_pay_fen",
    "section_pay_fen",
    "service_dates",
]
