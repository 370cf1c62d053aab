"""Which account each income and each cost belongs to.

A regulation's accounts are ring-fenced: an income or a cost belongs to the first that lists it. A
cost that none lists is borne by the school's own means. An income that none lists is nobody's: it
stands apart and is named, and never becomes the school's own. What an account cannot bear, a later
one that lists the same use makes up for out of what it has left. An account that fees do not feed
is there only where the school says that something else does. A school that no document gives
accounts has one account for the whole service.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from models import Account, Cost, Income, PolicyItem, School, Text

SERVICE: Final = Account(
    id="service",
    name="课后服务经费",
    name_en="the service's fund",
    income=tuple(income for income in Income if income is not Income.SCHOOL),
    uses=tuple(Cost),
    source="",
)
"""The one account of a school that no document gives any."""
OWN_MEANS: Final = Account(
    id="school",
    name="学校自有经费",
    name_en="the school's own means",
    income=(Income.SCHOOL,),
    uses=(),
    source="",
)
"""What pays for whatever no account may pay for."""
UNASSIGNED: Final = Account(
    id="unassigned",
    name="没有账户列明的收入",
    name_en="income that no account takes",
    income=(),
    uses=(),
    source="",
)
"""Where income stands that no account of the document takes."""
ALL_ACCOUNTS: Final = Text("全部账户", "all accounts")


class Accounts(NamedTuple):
    """A school's accounts."""

    listed: tuple[Account, ...]
    """Without the school's own means, unless a document has an account of that name."""
    of_income: Mapping[Income, Account]
    of_cost: Mapping[Cost, Account]

    @property
    def all(self) -> tuple[Account, ...]:
        """The accounts listed, what no account takes, and the school's own means."""
        known = {account.id for account in self.listed}
        rest = (account for account in (UNASSIGNED, OWN_MEANS) if account.id not in known)
        return (*self.listed, *rest)

    def backers(self, account: Account) -> tuple[Account, ...]:
        """Give the later accounts that may bear some of an account's own uses."""
        own = {use for use in account.uses if self.of_cost[use].id == account.id}
        later = self.listed[self.listed.index(account) + 1 :]
        return tuple(other for other in later if own.intersection(other.uses))


def accounts(school: School) -> Accounts:
    """Give a school's accounts."""
    regulation = school.policy.regulation
    stated = regulation.accounts if regulation else ()
    fed = _fed(school)
    listed = tuple(a for a in stated if not fed.isdisjoint(a.income)) if stated else (SERVICE,)
    own = next((account for account in listed if account.id == OWN_MEANS.id), OWN_MEANS)

    def first(what: Income | Cost) -> Account:
        takes = (a for a in listed if what in (a.income if isinstance(what, Income) else a.uses))
        assigned = isinstance(what, Cost) or what is Income.SCHOOL
        return next(takes, own if assigned else UNASSIGNED)

    return Accounts(
        listed=listed,
        of_income={income: first(income) for income in Income},
        of_cost={cost: first(cost) for cost in Cost},
    )


def _fed(school: School) -> frozenset[Income]:
    """Give the kinds of income that there may be: fees, and what the school says comes in."""
    budget = school.settings.budget
    said = {
        Income.SUBSIDY: budget.subsidy_fen_per_student is not None,
        Income.SPECIAL: budget.special_fund_fen is not None,
        Income.YEARLY_BUDGET: budget.yearly_budget_fen is not None,
        Income.DONATION: budget.donation_fen is not None,
        Income.COLLECTION: budget.collection_fen is not None,
        Income.REIMBURSEMENT: any(group.reimbursed for group in school.groups)
        or bool(school.in_force(PolicyItem.RELIEF_REIMBURSED)),
    }
    return frozenset({Income.FEES, Income.SCHOOL, *(kind for kind in said if said[kind])})


def account_text(account: Account) -> Text:
    """Name an account."""
    return Text(account.name or account.id, account.name_en or account.name or account.id)


def account_name(school: School, account_id: str) -> Text:
    """Name an account by its id; an empty id means all accounts."""
    known = {account.id: account for account in accounts(school).all}
    if account_id in known:
        return account_text(known[account_id])
    return Text(account_id, account_id) if account_id else ALL_ACCOUNTS


def pays_over(account: Account) -> bool:
    """Tell whether an account pays over all it takes in."""
    return account.uses == (Cost.REMITTANCE,)
