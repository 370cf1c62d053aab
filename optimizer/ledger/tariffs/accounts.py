"""Which account each income and each cost belongs to.

A regulation's accounts are ring-fenced: an income or a cost belongs to the first that lists it,
and what none lists to the school's own means. A school that no document gives accounts has one
account for the whole service.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from models import Account, Cost, Income, School, Text

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
ALL_ACCOUNTS: Final = Text("全部账户", "all accounts")


class Accounts(NamedTuple):
    """A school's accounts."""

    listed: tuple[Account, ...]
    """Without the school's own means, unless a document has an account of that name."""
    of_income: Mapping[Income, Account]
    of_cost: Mapping[Cost, Account]

    @property
    def all(self) -> tuple[Account, ...]:
        """The accounts listed, and the school's own means."""
        known = {account.id for account in self.listed}
        return self.listed if OWN_MEANS.id in known else (*self.listed, OWN_MEANS)


def accounts(school: School) -> Accounts:
    """Give a school's accounts."""
    regulation = school.policy.regulation
    stated = regulation.accounts if regulation else ()
    listed = stated or (SERVICE,)
    own = next((account for account in listed if account.id == OWN_MEANS.id), OWN_MEANS)

    def first(what: Income | Cost) -> Account:
        takes = (a for a in listed if what in (a.income if isinstance(what, Income) else a.uses))
        return next(takes, own)

    return Accounts(
        listed=listed,
        of_income={income: first(income) for income in Income},
        of_cost={cost: first(cost) for cost in Cost},
    )


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
