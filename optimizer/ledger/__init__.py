"""What things cost: the calendar that turns slots into dates, and the tariffs."""

from optimizer.ledger.calendar import occurrences, service_dates
from optimizer.ledger.tariffs import (
    budget_fen,
    care_pay_fen,
    income_fen,
    plan_pay_fen,
    section_pay_fen,
)

__all__ = [
    "budget_fen",
    "care_pay_fen",
    "income_fen",
    "occurrences",
    "plan_pay_fen",
    "section_pay_fen",
    "service_dates",
]
