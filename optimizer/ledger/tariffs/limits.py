"""What pay may come to: a given sum, a special fund, or what an account is certain to take in.

What an account cannot pay, those that make up for it may (``Accounts.backers``).

Certain is what does not depend on the plan: the income from students who asked to stay, at the
slots at which they asked to. Who comes only for a club may come to have none.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from models import PAY, Account, Cost, Income, School
from optimizer.ledger.lines import INCOME
from optimizer.ledger.tariffs.accounts import Accounts, accounts
from optimizer.ledger.tariffs.days import term_days
from optimizer.ledger.tariffs.income import income_lines
from optimizer.ledger.tariffs.presence import Presence, planned_spans, weekly_slots


class Limit(NamedTuple):
    """The most that some kinds of pay may come to over the term."""

    account: str
    """Id of the account that pays; empty for a sum over all accounts."""
    costs: frozenset[Cost]
    limit_fen: int


def certain_income(school: School) -> dict[Income, int]:
    """Give what the term is certain to bring in, in fen by kind of income."""
    staying = weekly_slots(
        school,
        (
            (student.id, slot)
            for student in school.students
            if student.id not in school.excluded
            for slot in student.stay_slots
        ),
    )
    presence = Presence(term_days(school), staying, planned_spans(school))
    sums: Counter[Income] = Counter()
    for line in income_lines(school, presence, accounts(school).of_income):
        sums[INCOME[line.entry]] += line.amount_fen
    return dict(sums)


def budget_limits(school: School) -> tuple[Limit, ...]:
    """Give the limits on pay, none where money is no object."""
    budget = school.settings.budget
    limits = [] if budget.sum_fen is None else [Limit("", PAY, budget.sum_fen)]
    books = accounts(school)
    paying = [(account, pay) for account in books.listed if (pay := _pay_of(books, account))]
    if not budget.from_income:
        paying = [
            (account, pay)
            for account, pay in paying
            if _is_granted(school, account) and not books.backers(account)
        ]
    if paying:
        limits += _by_account(school, books, paying)
    return tuple(limits)


def _pay_of(books: Accounts, account: Account) -> frozenset[Cost]:
    """Give the kinds of pay that come out of an account whose income has a limit.

    What a school adds of its own means has none here.
    """
    if Income.SCHOOL in account.income:
        return frozenset()
    return frozenset(cost for cost in PAY if books.of_cost[cost].id == account.id)


def _is_granted(school: School, account: Account) -> bool:
    """Tell whether an account holds nothing but sums that the authority grants, and are known."""
    budget = school.settings.budget
    known = {
        Income.SPECIAL: budget.special_fund_fen,
        Income.YEARLY_BUDGET: budget.yearly_budget_fen,
    }
    return bool(account.income) and all(known.get(kind) is not None for kind in account.income)


def _by_account(
    school: School, books: Accounts, paying: Iterable[tuple[Account, frozenset[Cost]]]
) -> list[Limit]:
    income: Counter[str] = Counter()
    for kind, amount in certain_income(school).items():
        income[books.of_income[kind].id] += amount
    other: Counter[str] = Counter()
    for cost in school.costs:
        other[books.of_cost[cost.kind].id] += cost.amount_fen
    left = {a.id: max(0, income[a.id] - other[a.id]) for a in books.listed}
    limits = []
    for account, pay in paying:
        backers = [other for other in books.backers(account) if pay <= {*other.uses}]
        kinds = pay.union(*(_pay_of(books, other) for other in backers))
        fen = left[account.id] + sum(left[other.id] for other in backers)
        limits.append(Limit(account.id, kinds, fen))
    return limits


def pay_limit_fen(school: School) -> int | None:
    """Give the most that all pay together may come to; None where some of it has no limit."""
    limits = budget_limits(school)
    whole = [limit.limit_fen for limit in limits if limit.costs == PAY]
    # Those of single accounts limit different kinds of pay: together they may limit all of it.
    apart = [limit for limit in limits if limit.account]
    if frozenset().union(*(limit.costs for limit in apart)) == PAY:
        whole.append(sum(limit.limit_fen for limit in apart))
    return min(whole, default=None)
