"""Pay stays within the purse."""

from collections.abc import Iterator

from models import Plan, School, Text, yuan
from optimizer.checks.base import Finding
from optimizer.ledger import COST, account_name, budget_limits, planned_pay_lines

OVER = Text(
    "全学期报酬 {pay} 元，超出经费 {limit} 元，多 {over} 元（{account}）。请减少课时、"
    "改用酬劳较低的人员，或增加经费。",
    "pay over the whole term is {pay} yuan, {over} yuan above the budget of {limit} yuan "
    "({account}): take fewer periods or less dear staff, or find more money.",
)


def check(school: School, plan: Plan) -> Iterator[Finding]:
    """Find pay, as the planned ledger books it, above a limit."""
    limits = budget_limits(school)
    lines = planned_pay_lines(school, plan) if limits else ()
    for limit in limits:
        pay = -sum(line.amount_fen for line in lines if COST[line.entry] in limit.costs)
        if pay > limit.limit_fen:
            facts = {"pay": yuan(pay), "limit": yuan(limit.limit_fen)}
            facts["over"] = yuan(pay - limit.limit_fen)
            account = account_name(school, limit.account)
            yield Finding("budget", OVER.fill(account=account, **facts))
