"""Short ways to the lines of a ledger, and schools that charge, for the tests of money."""

from datetime import date
from typing import Any

from models import (
    Account,
    BillingMonth,
    Budget,
    Cost,
    DocumentClause,
    Income,
    Policy,
    PolicyItem,
    Regulation,
    School,
    Slot,
    StudentGroup,
)
from models.attendance import Attendance
from optimizer.ledger import Entry, Ledger, Line, audit, planned_ledger, settled_ledger
from tests.builders import revised, tiny_plan, tiny_school, with_new, with_settings

CIRCULAR = "Circular 12"
SCHOOL = with_new(
    tiny_school(),
    "slots",
    *(
        Slot(id=name, weekday=day, start_minute=960, end_minute=1000)
        for day, name in enumerate(("wed1", "thu1", "fri1"), 3)
    ),
)
"""Two weeks in March 2026, twelve students on Monday and Tuesday; s33 is in ``hardship``.

On the other weekdays there is a slot as well, for which nobody has asked.
"""
WEEKS = (
    BillingMonth(id="w1", first_date=date(2026, 3, 2), last_date=date(2026, 3, 8)),
    BillingMonth(id="w2", first_date=date(2026, 3, 9), last_date=date(2026, 3, 13)),
)
"""Each of the two weeks billed apart."""


def charging(school: School = SCHOOL, **fields: Any) -> School:
    return with_settings(school, budget=Budget(**fields))


def by_weeks(school: School = SCHOOL) -> School:
    return revised(school, term=revised(school.term, billing_months=WEEKS))


def relieved(school: School = SCHOOL, **fields: Any) -> School:
    """Change the group hardship."""
    group = StudentGroup(**({"id": "hardship", "name": ""} | fields))
    rest = tuple(g for g in school.groups if g.id != "hardship")
    return revised(school, groups=(group, *rest))


def regulated(
    school: School = SCHOOL,
    *clauses: tuple[PolicyItem, int | str | None],
    accounts: tuple[Account, ...] = (),
) -> School:
    """Put the school under a document of these clauses, a str being a subject."""
    made = tuple(
        DocumentClause(
            item=item,
            value=None if isinstance(of, str) else of,
            subject=of if isinstance(of, str) else None,
            source=f"{CIRCULAR} {item}",
        )
        for item, of in clauses
    )
    regulation = Regulation(id="circular", name=CIRCULAR, clauses=made, accounts=accounts)
    return revised(school, policy=Policy(regulation=regulation))


def account(name: str, income: tuple[Income, ...], uses: tuple[Cost, ...]) -> Account:
    return Account(
        id=name,
        name=f"{name} zh",
        name_en=f"{name} en",
        income=income,
        uses=uses,
        source=f"{CIRCULAR} {name}",
    )


def planned(school: School) -> Ledger:
    """Give the planned ledger of the small school's plan, audited."""
    ledger = planned_ledger(school, tiny_plan(school))
    assert audit(ledger) == ()
    return ledger


def settled(school: School, **records: Any) -> Ledger:
    """Give the settled ledger of the small school's plan, audited."""
    ledger = settled_ledger(school, tiny_plan(school), Attendance(**records))
    assert audit(ledger) == ()
    return ledger


def of(ledger: Ledger, who: str, *entries: Entry) -> list[Line]:
    return [
        line for line in ledger.lines if line.who == who and (not entries or line.entry in entries)
    ]


def amounts(ledger: Ledger, who: str, *entries: Entry) -> list[tuple[str, Entry, int]]:
    """Give month, entry and amount of someone's lines."""
    return [(line.month, line.entry, line.amount_fen) for line in of(ledger, who, *entries)]


def total(ledger: Ledger, *entries: Entry) -> int:
    return sum(line.amount_fen for line in ledger.lines if line.entry in entries)
