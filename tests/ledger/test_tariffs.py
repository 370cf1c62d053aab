from datetime import date
from typing import Any

import pytest

from models import (
    BillingMonth,
    Budget,
    FeeBasis,
    MakeUpDay,
    PayUnit,
    PolicyItem,
    School,
    StudentGroup,
    Teacher,
)
from optimizer.ledger import (
    budget_fen,
    care_pay_fen,
    income_fen,
    plan_pay_fen,
    section_pay_fen,
)
from tests.builders import (
    edit_section,
    revised,
    tiny_plan,
    tiny_school,
    with_clause,
    with_settings,
    with_student,
    with_teacher,
)

SCHOOL = tiny_school()
"""Two weeks; two periods on Monday and on Tuesday; twelve students."""
STUDENTS = 12


def paid(fen: int, unit: PayUnit = PayUnit.PERIOD) -> Teacher:
    return Teacher(id="t9", name="", pay_fen=fen, pay_unit=unit)


@pytest.mark.parametrize(
    ("slots", "periods", "sessions"),
    [
        (("mon1",), 2, 2),
        (("mon1", "mon2"), 4, 2),
        (("mon1", "tue1"), 4, 4),
        (("mon1", "mon2", "tue1", "tue2"), 8, 4),
        ((), 0, 0),
    ],
)
def test_pay_for_periods_and_for_sessions(
    slots: tuple[str, ...], periods: int, sessions: int
) -> None:
    assert section_pay_fen(SCHOOL, slots, paid(7)) == 7 * periods
    assert section_pay_fen(SCHOOL, slots, paid(7, PayUnit.SESSION)) == 7 * sessions


def test_pay_follows_the_calendar() -> None:
    """One Monday is a holiday; a Saturday is worked as a Tuesday."""
    term = revised(
        SCHOOL.term,
        holidays=(date(2026, 3, 2),),
        make_up_days=(MakeUpDay(date=date(2026, 3, 7), follows=2),),
    )
    school = tiny_school(term=term)
    assert section_pay_fen(school, ("mon1", "mon2"), paid(100)) == 200
    assert section_pay_fen(school, ("tue1",), paid(100)) == 300
    assert care_pay_fen(school, "tue2", paid(100, PayUnit.SESSION)) == 300


def test_pay_of_a_whole_plan() -> None:
    """Chess 1 period a week, art 2, choir 2, care 4; two weeks at 50 yuan."""
    plan = tiny_plan(SCHOOL)
    assert plan_pay_fen(SCHOOL, plan) == 9 * 2 * 5000
    by_session = with_teacher(SCHOOL, "t3", pay_unit=PayUnit.SESSION)
    assert plan_pay_fen(by_session, plan) == 8 * 2 * 5000
    two = edit_section(plan, "chess-1", staff=("t1", "t2"))
    assert plan_pay_fen(SCHOOL, two) == 10 * 2 * 5000
    free = with_teacher(SCHOOL, "t5", pay_fen=0)
    assert plan_pay_fen(free, plan) == 5 * 2 * 5000


def charging(school: School = SCHOOL, **fields: Any) -> School:
    return with_settings(school, budget=Budget(**({"from_income": True} | fields)))


def test_a_fee_for_the_term() -> None:
    assert income_fen(charging(fee_basis=FeeBasis.TERM, fee_fen=12_345)) == STUDENTS * 12_345
    assert income_fen(charging(fee_fen=12_345)) == 0


def test_a_fee_for_each_month() -> None:
    """Months are calendar months with a date of service, unless the school bills otherwise."""
    monthly = charging(fee_basis=FeeBasis.MONTH, fee_fen=100)
    assert income_fen(monthly) == STUDENTS * 100

    def until(last: date, **fields: Any) -> School:
        return revised(monthly, term=revised(SCHOOL.term, last_date=last, **fields))

    assert income_fen(until(date(2026, 3, 31))) == STUDENTS * 100
    assert income_fen(until(date(2026, 4, 1))) == STUDENTS * 200
    assert income_fen(until(date(2026, 4, 1), holidays=(date(2026, 4, 1),))) == STUDENTS * 100
    assert income_fen(until(date(2027, 3, 31))) == STUDENTS * 1300
    billed = tuple(
        BillingMonth(id=f"m{n}", first_date=date(2026, 3, n), last_date=date(2026, 3, n + 3))
        for n in (2, 6, 10)
    )
    assert income_fen(until(date(2026, 3, 13), billing_months=billed)) == STUDENTS * 300


def test_the_subsidy() -> None:
    school = charging(fee_basis=FeeBasis.TERM, fee_fen=100, subsidy_fen_per_student=30)
    assert income_fen(school) == STUDENTS * 130


@pytest.mark.parametrize(
    ("fee", "relief", "kept"),
    [
        (100, 0, 100),
        (100, 100, 0),
        (101, 50, 51),  # 50.5
        (99, 50, 50),  # 49.5
        (10, 25, 8),  # 7.5
        (10, 75, 3),  # 2.5
        (10, 33, 7),  # 6.7
        (10, 67, 3),  # 3.3
        (1, 50, 1),
        (1, 51, 0),
    ],
)
def test_relief_is_rounded_half_up_to_the_fen(fee: int, relief: int, kept: int) -> None:
    group = StudentGroup(id="hardship", name="", relief_percent=relief)
    school = charging(tiny_school(groups=(group,)), fee_basis=FeeBasis.TERM, fee_fen=fee)
    assert income_fen(school) == (STUDENTS - 1) * fee + kept


def test_relief_is_rounded_once_a_month() -> None:
    group = StudentGroup(id="hardship", name="", relief_percent=50)
    term = revised(SCHOOL.term, last_date=date(2026, 4, 30))
    school = charging(
        tiny_school(groups=(group,), term=term), fee_basis=FeeBasis.MONTH, fee_fen=101
    )
    assert income_fen(school) == (STUDENTS - 1) * 202 + 2 * 51


def test_relief_that_somebody_reimburses() -> None:
    group = StudentGroup(id="hardship", name="", relief_percent=80, reimbursed=True)
    school = charging(tiny_school(groups=(group,)), fee_basis=FeeBasis.TERM, fee_fen=100)
    assert income_fen(school) == STUDENTS * 100


def test_the_largest_relief_of_several_groups() -> None:
    groups = (
        StudentGroup(id="hardship", name="", relief_percent=30),
        StudentGroup(id="orphan", name="", relief_percent=70),
        StudentGroup(id="boarder", name=""),
    )
    school = tiny_school(groups=groups)
    school = with_student(school, "s33", groups=("boarder", "orphan", "hardship"))
    school = charging(school, fee_basis=FeeBasis.TERM, fee_fen=100)
    assert income_fen(school) == (STUDENTS - 1) * 100 + 30


def test_only_who_takes_part_pays() -> None:
    fields = {"fee_basis": FeeBasis.TERM, "fee_fen": 100, "subsidy_fen_per_student": 5}
    absent = with_student(SCHOOL, "s52", stay_slots=(), club_slots=())
    assert income_fen(charging(absent, **fields)) == (STUDENTS - 1) * 105
    club_only = with_student(SCHOOL, "s52", stay_slots=(), club_slots=("mon2",))
    assert income_fen(charging(club_only, **fields)) == STUDENTS * 105
    excluding = with_clause(SCHOOL, PolicyItem.EXCLUDED_GROUP, subject="hardship")
    assert income_fen(charging(excluding, **fields)) == (STUDENTS - 1) * 105


def test_the_budget() -> None:
    assert budget_fen(SCHOOL) is None
    assert budget_fen(with_settings(SCHOOL, budget=Budget(sum_fen=0))) == 0
    assert budget_fen(with_settings(SCHOOL, budget=Budget(sum_fen=777))) == 777
    fees = charging(fee_basis=FeeBasis.TERM, fee_fen=100, sum_fen=777)
    assert budget_fen(fees) == STUDENTS * 100
