"""Random schools of a handful of students under each of the nine regimes, all that is open given.

They are the random schools of the rules' tests, in a longer term and with money in play. Whether
their slots are as the regime wants them does not matter here.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from models import (
    BillingMonth,
    Budget,
    Clause,
    Cost,
    FeeBasis,
    GroupKind,
    MakeUpDay,
    PartPeriod,
    PayUnit,
    PlannedCost,
    Policy,
    PolicyItem,
    Regulation,
    School,
    SchoolError,
    StaffKind,
    Student,
    StudentGroup,
    Teacher,
    Term,
    Unit,
    regime,
)
from tests.builders import revised
from tests.rules.random_schools import random_school

GROUP_KINDS = (
    GroupKind.BOARDER,
    GroupKind.HARDSHIP,
    GroupKind.MINIMUM_INCOME,
    GroupKind.DISABLED,
    GroupKind.LEFT_BEHIND,
)
FIRST, LAST = date(2026, 3, 2), date(2026, 4, 24)
BESIDE_PAY = (Cost.UTILITIES, Cost.CONSUMABLES, Cost.UPKEEP, Cost.RUNNING)


def regime_school(random: Random, regime_id: str) -> School:
    """Make a school under a regime that contradicts neither itself nor the regime."""
    for _ in range(100):
        base = random_school(random)
        try:
            return _Under(random, base, regime_id).make()
        except SchoolError:
            continue
    raise AssertionError(f"no valid school under {regime_id} in a hundred tries")


class _Under:
    def __init__(self, random: Random, base: School, regime_id: str) -> None:
        self.random, self.base, self.id = random, base, regime_id
        self.regulation: Regulation = regime(regime_id)
        self.items = {clause.item for clause in self.regulation.clauses}
        self.open = {clause.item for clause in self.regulation.clauses if clause.open}

    def sometimes(self, share: float) -> bool:
        return self.random.random() < share

    def most(self, item: PolicyItem, otherwise: int) -> int:
        values = [c.value for c in self.regulation.clauses if c.item is item and c.value]
        return min(values, default=otherwise)

    def make(self) -> School:
        settings = self.base.settings.model_copy(
            update={
                "budget": Budget(**dict(self.budget())),
                "lower_grades": (1, 2),
                "middle_grades": (3, 4),
            }
        )
        return revised(
            self.base,
            settings=settings,
            term=self.term(),
            policy=Policy(id=self.id, clauses=tuple(self.own_rows())),
            groups=tuple(self.groups()),
            teachers=tuple(self.staff(teacher) for teacher in self.base.teachers),
            students=tuple(self.student(student) for student in self.base.students),
            costs=tuple(self.costs()),
            locks=(),
        )

    def own_rows(self) -> Iterator[Clause]:
        """Give the rows that only a row can give, and some that bear on money."""
        for clause in self.regulation.clauses:
            if clause.open and clause.unit is Unit.CLOCK:
                value = 960 if clause.item is PolicyItem.EARLIEST_END else 1200
                yield Clause(item=clause.item, value=value, source="school")
        if PolicyItem.OVERTIME_FROM not in self.items and self.sometimes(0.4):
            clock = self.random.choice([0, 975, 1000, 1020, 1030, 1400])
            yield Clause(item=PolicyItem.OVERTIME_FROM, value=clock, source="school")
        for item, value, chance in (
            (PolicyItem.CHARGED_PERIODS_DAY_MAX, 1, 0.3),
            (PolicyItem.FEE_DAY_MAX, self.random.choice([1, 333, 400]), 0.7),
        ):
            if self.sometimes(chance):
                yield Clause(item=item, value=value, source="school")

    def budget(self) -> Iterator[tuple[str, Any]]:
        random = self.random
        issued = PolicyItem.NO_FEE_UNTIL_ISSUED in self.items and self.sometimes(0.5)
        if issued:
            yield "fee_standard", "Price bureau 7"
        if issued or PolicyItem.FEE_APPROVED in self.open:
            basis = (c for c in self.regulation.clauses if c.item is PolicyItem.FEE_BASIS)
            named = [c.subject for c in basis if c.subject]
            yield "fee_basis", FeeBasis(named[0]) if named else random.choice(list(FeeBasis))
            most = self.most(PolicyItem.FEE_PERIOD_MAX, 5001)
            yield "fee_fen", random.choice([0, 1, 99, most, most - 1])
        yield "part_period", random.choice(list(PartPeriod))
        if PolicyItem.SUBSIDY in self.open or self.sometimes(0.2):
            yield "subsidy_fen_per_student", random.choice([0, 25, 3333])
            yield "uplift_percent", random.choice([0, 10, 15])
        if PolicyItem.SPECIAL_FUND in self.open or self.sometimes(0.2):
            yield "special_fund_fen", random.choice([0, 100, 100_000])
        for kind in ("yearly_budget_fen", "donation_fen", "collection_fen"):
            if self.sometimes(0.2):
                yield kind, random.choice([0, 100, 100_000])
        yield "from_income", self.sometimes(0.3)

    def term(self) -> Term:
        random = self.random
        last = FIRST + timedelta(days=random.randint(13, (LAST - FIRST).days))
        days = [FIRST + timedelta(days=n) for n in range((last - FIRST).days + 1)]
        weekdays = self.base.term.service_weekdays
        service = [day for day in days if day.isoweekday() in weekdays]
        other = [day for day in days if day.isoweekday() not in weekdays]
        off = random.sample(service, 5)
        make_up = [
            *random.sample(other, min(len(other), random.randint(0, 2))),
            *off[4 : random.randint(4, 5)],
        ]
        months: list[BillingMonth] = []
        if self.sometimes(0.4):
            cuts = sorted(random.sample(days[1:], random.randint(1, 3)))
            for number, (start, end) in enumerate(
                zip([FIRST, *cuts], [*cuts, last + timedelta(days=1)], strict=True), 1
            ):
                month = BillingMonth(
                    id=f"m{number}", first_date=start, last_date=end - timedelta(days=1)
                )
                months.append(month)
        return Term(
            first_date=FIRST,
            last_date=last,
            service_weekdays=weekdays,
            holidays=tuple(off[:2]),
            make_up_days=tuple(
                MakeUpDay(date=day, follows=random.choice(weekdays)) for day in make_up
            ),
            cancelled_days=tuple(off[2 : random.randint(2, 4)]),
            billing_months=tuple(months),
        )

    def groups(self) -> Iterator[StudentGroup]:
        fixed = [c for c in self.regulation.clauses if c.item is PolicyItem.RELIEF and not c.open]
        granted = [c for c in self.regulation.clauses if c.item is PolicyItem.RELIEF and c.open]
        for kind in GROUP_KINDS:
            group = StudentGroup(
                id=kind.value,
                name="",
                kind=kind,
                relief_percent=self.random.choice([0, 33, 50, 99, 100]),
                reimbursed=self.sometimes(0.4),
            )
            if any(group.goes_by(c.subject) for c in granted):
                group = revised(group, relief_percent=self.random.choice([1, 33, 50, 99, 100]))
            if any(group.goes_by(clause.subject) for clause in fixed):
                group = revised(group, relief_percent=None)
            yield group

    def student(self, student: Student) -> Student:
        random = self.random
        kinds = [kind.value for kind in GROUP_KINDS if self.sometimes(0.25)]
        days = sorted(FIRST + timedelta(days=random.randint(0, 13)) for _ in range(2))
        return revised(
            student,
            groups=tuple(kinds),
            joins=days[0] if self.sometimes(0.3) else None,
            leaves=days[1] if self.sometimes(0.3) else None,
        )

    def staff(self, teacher: Teacher) -> Teacher:
        random = self.random
        kind = random.choice([StaffKind.OWN] * 5 + list(StaffKind))
        most = self.most(PolicyItem.PAY_MAX, 9999)
        rates = [0, 1, 333, most // 2, most]
        asked = {StaffKind.OWN: PolicyItem.PAY_OWN}.get(kind, PolicyItem.PAY_EXTERNAL) in self.open
        pay = random.choice(rates) if asked or self.sometimes(0.8) else None
        over_asked = PolicyItem.PAY_OVERTIME in self.open
        return revised(
            teacher,
            kind=kind,
            provider={StaffKind.PROVIDER: "hall", StaffKind.OWN: None}.get(kind, teacher.provider),
            pay_fen=pay,
            pay_unit=random.choice(list(PayUnit)),
            overtime_pay_fen=random.choice(rates) if over_asked or self.sometimes(0.5) else None,
        )

    def costs(self) -> Iterator[PlannedCost]:
        uses = {use for account in self.regulation.accounts for use in account.uses}
        kinds = [kind for kind in BESIDE_PAY if not uses or kind in uses]
        for number in range(self.random.randint(0, 2) if kinds else 0):
            kind, fen = self.random.choice(kinds), self.random.choice([0, 1, 777])
            yield PlannedCost(id=f"c{number}", kind=kind, amount_fen=fen, day=FIRST)
