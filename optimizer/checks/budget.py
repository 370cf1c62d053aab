"""Pay stays within the purse."""

from collections.abc import Iterator

from models import Plan, School, Text, yuan
from optimizer.checks.base import Finding
from optimizer.ledger import budget_fen, plan_pay_fen

OVER = Text(
    "全学期报酬 {pay} 元，超出经费 {limit} 元，多 {over} 元。",
    "pay over the whole term is {pay} yuan, {over} yuan above the budget of {limit} yuan.",
)


def check(school: School, plan: Plan) -> Iterator[Finding]:
    """Find pay above the budget."""
    limit, pay = budget_fen(school), plan_pay_fen(school, plan)
    if limit is not None and pay > limit:
        facts = {"pay": yuan(pay), "limit": yuan(limit), "over": yuan(pay - limit)}
        yield Finding("budget", OVER.fill(**facts))
