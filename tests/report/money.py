"""The example school with fees, relief, outside staff and other costs, under a policy or none."""

from datetime import date
from typing import Any

from models import (
    Budget,
    Clause,
    Cost,
    FeeBasis,
    Force,
    GroupKind,
    MakeUpDay,
    Notice,
    PartPeriod,
    Plan,
    PlannedCost,
    Policy,
    PolicyItem,
    School,
    Settings,
    StaffKind,
    StudentGroup,
)
from tests.report.example import Shape, make_plan, make_school

SHAPE = Shape(periods=2)
OWN_FEE = Budget(fee_basis=FeeBasis.MONTH, fee_fen=18_000)
FULL_MONTHS = Budget(part_period=PartPeriod.FULL)
LATE_FUND = Budget(special_fund_fen=100_000)
LATEST = Clause(item=PolicyItem.LATEST_END, value=18 * 60 + 30, source="校务会 3 号")
GROUPS = (
    StudentGroup(
        id="poor",
        name="建档立卡",
        kind=GroupKind.REGISTERED_POOR,
        relief_percent=100,
        reimbursed=True,
    ),
    StudentGroup(id="half", name="双职工家庭", relief_percent=50),
)
COSTS = (
    PlannedCost(id="c1", kind=Cost.UTILITIES, amount_fen=123_456, day=date(2025, 10, 10)),
    PlannedCost(id="c2", kind=Cost.CONSUMABLES, amount_fen=7_890, day=date(2025, 12, 1)),
)


def charged(
    policy: Policy | None = None,
    budget: Budget = OWN_FEE,
    staff: dict[str, Any] | None = None,
    **fields: Any,
) -> tuple[School, Plan]:
    """Every ninth student is poor, every eleventh pays half; T2 comes from outside."""
    school = make_school(SHAPE)
    students = tuple(
        s.model_copy(update={"groups": ("poor",) if n % 9 == 0 else ("half",) * (n % 11 == 0)})
        for n, s in enumerate(school.students)
    )
    teachers = tuple(
        t.model_copy(
            update={
                "pay_fen": 4_550 if t.id == "T2" else 4_000,
                "kind": StaffKind.EXTERNAL if t.id == "T2" else StaffKind.OWN,
            }
            | (staff or {})
        )
        for t in school.teachers
    )
    term = school.term.model_copy(
        update={
            "holidays": tuple(date(2025, 10, day) for day in (1, 2, 3, 6, 7, 8)),
            "make_up_days": (MakeUpDay(date=date(2025, 9, 28), follows=3),),
            "cancelled_days": (date(2025, 11, 14),),
        }
    )
    settings: dict[str, Any] = {
        "budget": budget,
        "lower_grades": (1, 2),
        "middle_grades": (3,),
        "notice": Notice(safety="值班教师护送至校门口。"),
    }
    made = school.replaced(
        groups=GROUPS,
        students=students,
        teachers=teachers,
        term=term,
        costs=COSTS,
        settings=Settings(id="example", name="示例小学", **settings),
        policy=policy or Policy(),
        **fields,
    )
    return made, make_plan(made, SHAPE)


def under(regime: str, *own: Clause) -> Policy:
    """Give the policy of a school under a regime, with rows of its own."""
    return Policy(id=regime, clauses=own)


def waived(item: PolicyItem, source: str = "家长委员会") -> Clause:
    """Give a row by which the school does not keep an advisory clause."""
    return Clause(item=item, force=Force.ADVISORY, waived=True, source=source)
