"""What work is paid: periods and sessions, the clock from which it is overtime, who is paid."""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from models import Cost, MakeUpDay, PayUnit, PolicyItem, School, StaffKind, Teacher
from optimizer.ledger import Entry, pay_costs, plan_pay_fen, planned_pay_lines
from optimizer.ledger import term_pay_fen as term_pay
from tests.builders import (
    edit_section,
    revised,
    tiny_plan,
    tiny_school,
    with_clause,
    with_slot,
    with_teacher,
)

SCHOOL = tiny_school()
"""Two weeks; 16:00-16:40 and 16:50-17:30 on Monday and on Tuesday; twelve students."""
MONDAY = ("mon1", "mon2")


def paid(fen: int | None, unit: PayUnit = PayUnit.PERIOD, **fields: Any) -> Teacher:
    return Teacher(id="t9", name="", pay_fen=fen, pay_unit=unit, **fields)


def overtime_from(clock: int, school: School = SCHOOL, **fields: Any) -> School:
    return with_clause(school, PolicyItem.OVERTIME_FROM, clock, **fields)


@pytest.mark.parametrize(
    ("slots", "periods", "sessions"),
    [
        (("mon1",), 2, 2),
        (("mon1", "mon2"), 4, 2),
        (("mon1", "tue1"), 4, 4),
        (("mon1", "mon2", "tue1", "tue2"), 8, 4),
        (("mon1", "mon1"), 4, 2),
        ((), 0, 0),
    ],
)
def test_pay_for_periods_and_for_sessions(
    slots: tuple[str, ...], periods: int, sessions: int
) -> None:
    for kind in (StaffKind.OWN, StaffKind.EXTERNAL, StaffKind.PROVIDER):
        assert term_pay(SCHOOL, slots, paid(7, kind=kind)) == 7 * periods
        assert term_pay(SCHOOL, slots, paid(7, PayUnit.SESSION, kind=kind)) == 7 * sessions


def test_pay_follows_the_calendar() -> None:
    """One Monday is a holiday; a Saturday is worked as a Tuesday; a Tuesday is called off."""
    term = revised(
        SCHOOL.term,
        holidays=(date(2026, 3, 2),),
        make_up_days=(MakeUpDay(date=date(2026, 3, 7), follows=2),),
    )
    school = tiny_school(term=term)
    assert term_pay(school, MONDAY, paid(100)) == 200
    assert term_pay(school, ("tue1",), paid(100)) == 300
    assert term_pay(school, ("tue2",), paid(100, PayUnit.SESSION)) == 300
    school = tiny_school(term=revised(term, cancelled_days=(date(2026, 3, 10),)))
    assert term_pay(school, ("tue1",), paid(100)) == 200


@pytest.mark.parametrize("kind", list(StaffKind))
def test_what_is_paid_as_what(kind: StaffKind) -> None:
    """Only own staff have overtime; a volunteer has nothing, whatever his row says."""
    expected = {
        StaffKind.OWN: {Cost.PAY_NORMAL: 200, Cost.PAY_OVERTIME: 300},
        StaffKind.EXTERNAL: {Cost.PAY_EXTERNAL: 400},
        StaffKind.VOLUNTEER: {},
        StaffKind.PROVIDER: {Cost.PAY_EXTERNAL: 400},
        StaffKind.OTHER_SCHOOL: {Cost.PAY_EXTERNAL: 400},
    }
    teacher = paid(100, kind=kind, overtime_pay_fen=150)
    school = overtime_from(16 * 60 + 45)
    assert pay_costs(school, MONDAY, teacher) == expected[kind]
    assert term_pay(school, MONDAY, teacher) == sum(expected[kind].values())


def test_without_a_clock_there_is_no_overtime() -> None:
    teacher = paid(100, overtime_pay_fen=150)
    assert pay_costs(SCHOOL, MONDAY, teacher) == {Cost.PAY_NORMAL: 400}


@pytest.mark.parametrize(
    ("clock", "normal", "overtime"),
    [
        # The second period is 16:50-17:30; two Mondays; 100 fen, overtime 150.
        (17 * 60 + 30, 400, 0),
        (17 * 60 + 29, 2 * (100 + 98), 2 * 4),  # 39/40 of 100 is 97.5, 1/40 of 150 is 3.75
        (17 * 60 + 10, 2 * (100 + 50), 2 * 75),
        (16 * 60 + 50, 200, 300),
        (16 * 60 + 40, 200, 300),
        (16 * 60, 0, 600),
        (0, 0, 600),
    ],
)
def test_a_period_that_straddles_the_clock(clock: int, normal: int, overtime: int) -> None:
    costs = pay_costs(overtime_from(clock), MONDAY, paid(100, overtime_pay_fen=150))
    assert costs.get(Cost.PAY_NORMAL, 0) == normal
    assert costs.get(Cost.PAY_OVERTIME, 0) == overtime


def test_each_part_is_rounded_once_and_then_counted() -> None:
    """Half of 5 fen is 2.5: 3 and 3 a period, not 5 for every two."""
    costs = pay_costs(overtime_from(17 * 60 + 10), ("mon2",), paid(5))
    assert costs == {Cost.PAY_NORMAL: 6, Cost.PAY_OVERTIME: 6}


def test_a_session_that_straddles_the_clock() -> None:
    """16:00-16:40 and 16:50-17:30 are 80 minutes, of which 20 after 17:10; the break is none."""
    teacher = paid(100, PayUnit.SESSION, overtime_pay_fen=200)
    assert pay_costs(overtime_from(17 * 60 + 10), MONDAY, teacher) == {
        Cost.PAY_NORMAL: 2 * 75,
        Cost.PAY_OVERTIME: 2 * 50,
    }
    assert pay_costs(overtime_from(16 * 60 + 45), MONDAY, teacher) == {
        Cost.PAY_NORMAL: 2 * 50,
        Cost.PAY_OVERTIME: 2 * 100,
    }


def test_rates_that_were_not_said() -> None:
    """Normal work may be part of a person's duties, and overtime be paid like the rest."""
    school = overtime_from(17 * 60 + 10)
    assert pay_costs(school, ("mon2",), paid(None)) == {}
    assert pay_costs(school, ("mon2",), paid(None, kind=StaffKind.EXTERNAL)) == {}
    only_over = paid(None, overtime_pay_fen=80)
    assert pay_costs(school, ("mon2",), only_over) == {Cost.PAY_OVERTIME: 2 * 40}
    same = paid(80)
    assert pay_costs(school, ("mon2",), same) == {Cost.PAY_NORMAL: 80, Cost.PAY_OVERTIME: 80}
    assert pay_costs(school, ("mon2",), paid(0)) == {Cost.PAY_NORMAL: 0, Cost.PAY_OVERTIME: 0}


def test_the_earliest_of_several_clocks() -> None:
    school = overtime_from(17 * 60 + 10, grades=(3,))
    school = overtime_from(16 * 60 + 50, school, grades=(4, 5))
    assert pay_costs(school, ("mon2",), paid(10)) == {Cost.PAY_OVERTIME: 20}


def test_pay_of_a_whole_plan() -> None:
    """Chess 1 period a week, art 2, choir 2, care 4; two weeks at 50 yuan."""
    plan = tiny_plan(SCHOOL)
    assert plan_pay_fen(SCHOOL, plan) == 9 * 2 * 5000
    by_session = with_teacher(SCHOOL, "t3", pay_unit=PayUnit.SESSION)
    assert plan_pay_fen(by_session, plan) == 8 * 2 * 5000
    care = with_teacher(SCHOOL, "t5", pay_unit=PayUnit.SESSION)
    assert plan_pay_fen(care, plan) == 7 * 2 * 5000
    two = edit_section(plan, "chess-1", staff=("t1", "t2"))
    assert plan_pay_fen(SCHOOL, two) == 10 * 2 * 5000
    free = with_teacher(SCHOOL, "t5", pay_fen=0)
    assert plan_pay_fen(free, plan) == 5 * 2 * 5000
    volunteer = with_teacher(SCHOOL, "t5", kind=StaffKind.VOLUNTEER)
    assert plan_pay_fen(volunteer, plan) == 5 * 2 * 5000


def test_the_lines_of_pay() -> None:
    """Art meets on Tuesdays 16:00-17:30; from 17:10 it is overtime: 40 + 20 and 20 minutes."""
    school = overtime_from(17 * 60 + 10)
    school = with_teacher(school, "t3", pay_fen=4000, overtime_pay_fen=6000)
    lines = [line for line in planned_pay_lines(school, tiny_plan(school)) if line.who == "t3"]
    assert [(x.entry, x.quantity, x.rate_fen, x.amount_fen) for x in lines] == [
        (Entry.PAY_NORMAL, 2, 2000, -4000),
        (Entry.PAY_NORMAL, 2, 4000, -8000),
        (Entry.PAY_OVERTIME, 2, 3000, -6000),
    ]
    assert {line.month for line in lines} == {"2026-03"}


def test_the_lines_of_two_months() -> None:
    """From 30 March to 7 April: Mondays 30 March and 6 April, Tuesdays 31 March and 7 April."""
    term = revised(SCHOOL.term, first_date=date(2026, 3, 30), last_date=date(2026, 4, 7))
    school = tiny_school(term=term)
    found: Counter[tuple[str, str]] = Counter()
    for line in planned_pay_lines(school, tiny_plan(school)):
        assert isinstance(line.quantity, int)
        found[line.who, line.month] += line.quantity
    weekly = {"t1": 1, "t3": 2, "t4": 2, "t5": 4}
    assert found == {(t, m): n for t, n in weekly.items() for m in ("2026-03", "2026-04")}


@pytest.mark.parametrize("minutes", [1, 7, 13, 39])
def test_a_straddling_period_of_odd_length(minutes: int) -> None:
    school = with_slot(SCHOOL, "mon2", start_minute=1000, end_minute=1040)
    costs = pay_costs(overtime_from(1040 - minutes, school), ("mon2",), paid(999))
    early = int(999 * (40 - minutes) / 40 + 0.5)
    late = int(999 * minutes / 40 + 0.5)
    assert costs == {Cost.PAY_NORMAL: 2 * early, Cost.PAY_OVERTIME: 2 * late}
