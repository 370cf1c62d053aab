"""The planned ledger as a whole, and its data."""

import json
from datetime import date
from fractions import Fraction
from typing import Any

from models import Cost, FeeBasis, MakeUpDay, PartPeriod, PayUnit, PlannedCost, School, StaffKind
from optimizer.ledger import (
    Entry,
    LineUnit,
    OwnSource,
    Party,
    ledger_data,
    planned_ledger,
    source_text,
)
from optimizer.ledger import plan_pay_fen as pay_of
from tests.builders import revised, tiny_plan, with_student, with_teacher
from tests.ledger.making import SCHOOL, by_weeks, charging, of, planned, relieved, total

PAY = (Entry.PAY_NORMAL, Entry.PAY_OVERTIME, Entry.PAY_EXTERNAL)


def everything() -> School:
    """Fees by the week, relief paid for, subsidy, fund, costs, staff of all kinds."""
    school = by_weeks(
        charging(
            relieved(relief_percent=50, reimbursed=True),
            fee_basis=FeeBasis.MONTH,
            fee_fen=1001,
            fee_standard="Price bureau 7",
            part_period=PartPeriod.SHARE,
            subsidy_fen_per_student=30,
            special_fund_fen=500,
        )
    )
    cost = PlannedCost(id="c1", kind=Cost.UPKEEP, amount_fen=30, day=date(2026, 3, 10))
    school = revised(school, costs=(cost,))
    school = with_teacher(school, "t3", kind=StaffKind.EXTERNAL, pay_unit=PayUnit.SESSION)
    school = with_teacher(school, "t4", kind=StaffKind.VOLUNTEER)
    return with_student(school, "s31", joins=date(2026, 3, 3))


def test_pay_is_what_the_plan_says() -> None:
    school = everything()
    assert -total(planned(school), *PAY) == pay_of(school, tiny_plan(school)) == 60_000


def test_the_order_of_lines() -> None:
    """Students, the authority, staff, costs; each in the school's order and by month."""
    school = everything()
    ledger = planned(school)
    assert [(x.who, x.month, x.entry) for x in ledger.lines if x.who in {"s31", "s33"}] == [
        ("s31", "w1", Entry.FEE),
        ("s31", "w2", Entry.FEE),
        ("s33", "w1", Entry.FEE),
        ("s33", "w1", Entry.RELIEF),
        ("s33", "w1", Entry.REIMBURSEMENT),
        ("s33", "w2", Entry.FEE),
        ("s33", "w2", Entry.RELIEF),
        ("s33", "w2", Entry.REIMBURSEMENT),
    ]
    parties = [line.party for line in ledger.lines]
    order = (Party.STUDENT, Party.AUTHORITY, Party.STAFF, Party.SCHOOL)
    assert parties == sorted(parties, key=order.index)
    staff = [(x.who, x.month, x.quantity) for x in ledger.lines if x.party is Party.STAFF]
    counts = {"t1": 1, "t3": 1, "t5": 4}
    assert staff == [(t, month, n) for t, n in counts.items() for month in ("w1", "w2")]
    assert planned(school) == ledger
    assert (ledger.school, ledger.school_digest) == ("tiny", school.digests.whole)
    assert not ledger.settled


def test_units_and_accounts_of_pay() -> None:
    ledger = planned(everything())
    (first, _) = of(ledger, "t3")
    assert (first.entry, first.unit, first.rate_fen) == (
        Entry.PAY_EXTERNAL,
        LineUnit.SESSION,
        5000,
    )
    assert (first.account, first.source) == ("service", OwnSource.PAY)
    assert of(ledger, "t4") == []


def test_only_who_is_in_a_group_takes_part() -> None:
    school = with_student(SCHOOL, "s52", stay_slots=(), club_slots=("mon2",))
    school = charging(school, fee_basis=FeeBasis.TERM, fee_fen=10, subsidy_fen_per_student=1)
    plan = tiny_plan(school)
    assert len(of(planned(school), "s52")) == 1  # The hand-made plan still has him in care.
    groups = tuple(
        revised(g, students=tuple(s for s in g.students if s != "s52")) for g in plan.care_groups
    )
    ledger = planned_ledger(school, revised(plan, care_groups=groups))
    assert of(ledger, "s52") == []
    assert total(ledger, Entry.FEE, Entry.SUBSIDY) == 11 * 11


def test_a_make_up_day_is_charged_and_paid() -> None:
    """Saturday, 7 March, follows Monday: two periods more for each, three groups' more pay."""
    term = revised(SCHOOL.term, make_up_days=(MakeUpDay(date=date(2026, 3, 7), follows=1),))
    fields: dict[str, Any] = {"fee_basis": FeeBasis.PERIOD, "fee_fen": 375}
    school = revised(charging(SCHOOL, **fields), term=term)
    (line,) = of(planned(school), "s31")
    assert line.quantity == 10
    # On Mondays choir, care at both periods, and chess.
    usual = total(planned(charging(SCHOOL, **fields)), *PAY)
    assert total(planned(school), *PAY) - usual == -4 * 5000


def test_a_term_without_service() -> None:
    """What is granted is booked all the same, in the month in which the term begins."""
    days = tuple(date(2026, 3, day) for day in range(2, 14))
    school = revised(SCHOOL, term=revised(SCHOOL.term, holidays=days))
    school = charging(school, fee_basis=FeeBasis.PERIOD, fee_fen=375)
    assert planned(school).lines == ()
    granted = charging(school, special_fund_fen=5, fee_basis=FeeBasis.MONTH, fee_fen=375)
    assert [(x.month, x.amount_fen) for x in planned(granted).lines] == [("2026-03", 5)]


def test_the_data_of_a_ledger() -> None:
    data = ledger_data(planned(everything()))
    assert json.loads(json.dumps(data)) == data
    assert data["months"] == ["w1", "w2"]
    assert data["settled"] is False
    first = data["lines"][0]
    assert first == {
        "month": "w1",
        "party": "student",
        "who": "s31",
        "entry": "fee",
        "account": "service",
        "quantity": "4/5",
        "unit": "month",
        "rate_fen": 1001,
        "rate_yuan": "10.01",
        "amount_fen": 801,
        "amount_yuan": "8.01",
        "source": {"zh": "Price bureau 7", "en": "Price bureau 7"},
    }
    assert data["lines"][1]["quantity"] == 1
    (account,) = data["accounts"]
    assert account["name"]["zh"] == "课后服务经费"
    assert account["in_fen"] - account["out_fen"] == account["balance_fen"]
    assert data["totals"]["balance_fen"] == sum(line["amount_fen"] for line in data["lines"])
    assert data["totals"]["out_yuan"] == "600.30"


def test_what_a_line_follows_from() -> None:
    """Each source in the school's own data has a name in both languages, and clauses their own."""
    for source in OwnSource:
        text = source_text(source)
        assert text.zh != text.en
        assert source != text.zh
    assert source_text("costs:c1").zh.endswith("c1")
    assert source_text("Circular 12: 3").en == "Circular 12: 3"


def test_quantities_are_exact() -> None:
    lines = of(planned(everything()), "s31", Entry.FEE)
    assert [line.quantity for line in lines] == [Fraction(4, 5), 1]
    assert [line.amount_fen for line in lines] == [801, 1001]
