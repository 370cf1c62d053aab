"""Fees by month, term and period, their caps, parts of a period, relief and reimbursement."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from models import Clause, FeeBasis, GroupKind, PartPeriod, PolicyItem, School, StudentGroup
from models.attendance import Absence, Cancelled
from optimizer.ledger import Entry, LineUnit, Party, fee_terms
from tests.builders import revised, with_clause, with_student
from tests.ledger.making import (
    CIRCULAR,
    SCHOOL,
    amounts,
    by_weeks,
    charging,
    of,
    planned,
    regulated,
    relieved,
    settled,
    total,
)

STUDENTS = 12
MONTH: dict[str, Any] = {"fee_basis": FeeBasis.MONTH, "fee_fen": 1000}
TERM: dict[str, Any] = {"fee_basis": FeeBasis.TERM, "fee_fen": 1000}
PERIOD: dict[str, Any] = {"fee_basis": FeeBasis.PERIOD, "fee_fen": 375}


def until(last: date, school: School) -> School:
    return revised(school, term=revised(school.term, last_date=last))


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"fee_basis": FeeBasis.NONE},
        {"fee_fen": 100},
        {"fee_basis": FeeBasis.MONTH},
        MONTH | {"fee_fen": 0},
    ],
)
def test_no_fee(fields: dict[str, Any]) -> None:
    ledger = planned(charging(**fields))
    assert {line.party for line in ledger.lines} == {Party.STAFF}


def test_a_fee_for_each_month() -> None:
    """Absences change nothing in a flat fee."""
    line = of(planned(charging(**MONTH)), "s31")
    assert [(x.month, x.entry, x.quantity, x.unit, x.rate_fen, x.amount_fen) for x in line] == [
        ("2026-03", Entry.FEE, 1, LineUnit.MONTH, 1000, 1000)
    ]
    away = [Absence(n, "s31", date(2026, 3, day)) for n, day in enumerate((2, 3, 9, 10))]
    assert of(settled(charging(**MONTH), absences=tuple(away)), "s31") == line


@pytest.mark.parametrize(
    ("last", "months"),
    [
        (date(2026, 3, 31), 1),
        (date(2026, 4, 1), 1),
        (date(2026, 4, 5), 1),
        (date(2026, 4, 6), 2),
        (date(2027, 3, 31), 13),
    ],
)
def test_a_calendar_month_with_a_day_that_one_comes_on_is_one(last: date, months: int) -> None:
    """All come on Mondays and Tuesdays, of which April has the first on the sixth."""
    assert total(planned(until(last, charging(**MONTH))), Entry.FEE) == STUDENTS * months * 1000


def test_billing_months_of_the_schools_own() -> None:
    ledger = planned(by_weeks(charging(**MONTH)))
    assert ledger.months == ("w1", "w2")
    assert amounts(ledger, "s31") == [("w1", Entry.FEE, 1000), ("w2", Entry.FEE, 1000)]


def test_a_fee_for_the_term_falls_into_the_first_month() -> None:
    (line,) = of(planned(by_weeks(charging(**TERM))), "s31")
    assert (line.month, line.unit, line.amount_fen) == ("w1", LineUnit.TERM, 1000)


@pytest.mark.parametrize("part", [None, PartPeriod.FULL])
def test_who_joins_late_pays_whole_months_he_is_there_for(part: PartPeriod | None) -> None:
    school = by_weeks(charging(part_period=part, **MONTH))
    late = with_student(school, "s31", joins=date(2026, 3, 9))
    assert amounts(planned(late), "s31") == [("w2", Entry.FEE, 1000)]
    later = with_student(school, "s31", joins=date(2026, 3, 10))
    assert amounts(planned(later), "s31") == [("w2", Entry.FEE, 1000)]
    too_late = with_student(school, "s31", joins=date(2026, 3, 11))
    assert amounts(planned(too_late), "s31") == [], "his days are Monday and Tuesday"
    gone = with_student(school, "s31", leaves=date(2026, 3, 8))
    assert amounts(planned(gone), "s31") == [("w1", Entry.FEE, 1000)]


def test_a_share_of_a_month() -> None:
    """A week has five dates of service; from Tuesday on there are four, to Monday one."""
    school = by_weeks(charging(part_period=PartPeriod.SHARE, **MONTH))
    part = with_student(school, "s31", joins=date(2026, 3, 3), leaves=date(2026, 3, 9))
    lines = of(planned(part), "s31")
    assert [(x.quantity, x.amount_fen) for x in lines] == [
        (Fraction(4, 5), 800),
        (Fraction(1, 5), 200),
    ]
    assert [x.quantity for x in of(planned(school), "s31")] == [1, 1]


@pytest.mark.parametrize(
    ("fee", "due"), [(1000, 300), (1001, 300), (1005, 302), (1, 0), (2, 1), (5, 2)]
)
def test_a_share_is_rounded_half_up(fee: int, due: int) -> None:
    """Three of ten dates: 301.5 of 1005 fen is 302, and 1.5 of 5 fen is 2."""
    budget = TERM | {"fee_fen": fee, "part_period": PartPeriod.SHARE}
    school = with_student(charging(**budget), "s31", leaves=date(2026, 3, 4))
    (line,) = of(planned(school), "s31")
    assert (line.quantity, line.amount_fen) == (Fraction(3, 10), due)


def test_a_term_joined_in_the_second_month() -> None:
    school = with_student(by_weeks(charging(**TERM)), "s31", joins=date(2026, 3, 9))
    assert amounts(planned(school), "s31") == [("w2", Entry.FEE, 1000)]


def test_a_fee_for_each_period() -> None:
    """Most stay four periods a week, s34 two; s54 has chess besides."""
    ledger = planned(charging(**PERIOD))
    (line,) = of(ledger, "s31")
    assert (line.quantity, line.unit, line.rate_fen) == (8, LineUnit.PERIOD, 375)
    assert line.amount_fen == 8 * 375
    assert amounts(ledger, "s34") == [("2026-03", Entry.FEE, 4 * 375)]
    assert amounts(ledger, "s54") == [("2026-03", Entry.FEE, 6 * 375)]


def test_only_periods_that_were_attended() -> None:
    """s31 misses a Monday and a period of Tuesday; on the next Monday nothing is held."""
    records = {
        "absences": (
            Absence(2, "s31", date(2026, 3, 2)),
            Absence(3, "s31", date(2026, 3, 3), "tue2"),
            Absence(4, "s31", date(2026, 3, 9), "mon1"),
        ),
        "cancelled": (Cancelled(5, date(2026, 3, 9)),),
    }
    ledger = settled(charging(**PERIOD), **records)
    assert amounts(ledger, "s31") == [("2026-03", Entry.FEE, 3 * 375)]
    assert amounts(ledger, "s32") == [("2026-03", Entry.FEE, 6 * 375)]


def test_who_was_never_there_is_not_charged_by_the_period() -> None:
    away = tuple(Absence(n, "s31", date(2026, 3, day)) for n, day in enumerate((2, 3, 9, 10)))
    assert of(settled(charging(**PERIOD), absences=away), "s31") == []


def test_no_more_periods_of_a_day_than_may_be_charged() -> None:
    """One of two periods a day counts; who misses one of them pays the same."""
    school = with_clause(charging(**PERIOD), PolicyItem.CHARGED_PERIODS_DAY_MAX, 1)
    assert amounts(planned(school), "s31") == [("2026-03", Entry.FEE, 4 * 375)]
    away = (Absence(2, "s31", date(2026, 3, 2), "mon2"), Absence(3, "s31", date(2026, 3, 9)))
    assert amounts(settled(school, absences=away), "s31") == [("2026-03", Entry.FEE, 3 * 375)]


def test_the_cap_of_a_day() -> None:
    """Two periods are 7.50 yuan, 1.50 above the cap of 6; one is below it."""
    school = with_clause(charging(**PERIOD), PolicyItem.FEE_DAY_MAX, 600)
    lines = of(planned(school), "s31")
    assert [(x.entry, x.quantity, x.unit, x.rate_fen, x.amount_fen) for x in lines] == [
        (Entry.FEE, 8, LineUnit.PERIOD, 375, 3000),
        (Entry.DAY_CAP, 4, LineUnit.DAY, 150, -600),
    ]
    away = (Absence(2, "s31", date(2026, 3, 2), "mon2"),)
    assert amounts(settled(school, absences=away), "s31") == [
        ("2026-03", Entry.FEE, 7 * 375),
        ("2026-03", Entry.DAY_CAP, -450),
    ]
    assert (
        of(
            planned(with_clause(charging(**PERIOD), PolicyItem.FEE_DAY_MAX, 750)),
            "s31",
            Entry.DAY_CAP,
        )
        == []
    )


def test_days_of_different_length_above_the_cap() -> None:
    school = with_clause(charging(**PERIOD), PolicyItem.FEE_DAY_MAX, 300)
    away = (Absence(2, "s31", date(2026, 3, 2), "mon2"),)
    lines = of(settled(school, absences=away), "s31", Entry.DAY_CAP)
    assert [(x.quantity, x.rate_fen, x.amount_fen) for x in lines] == [
        (1, 75, -75),
        (3, 450, -1350),
    ]


@pytest.mark.parametrize(
    ("fee", "relief", "kept"),
    [
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
def test_what_is_left_is_rounded_half_up(fee: int, relief: int, kept: int) -> None:
    school = charging(relieved(relief_percent=relief), **TERM | {"fee_fen": fee})
    ledger = planned(school)
    assert amounts(ledger, "s33") == [
        ("2026-03", Entry.FEE, fee),
        ("2026-03", Entry.RELIEF, kept - fee),
    ]
    (line,) = of(ledger, "s33", Entry.RELIEF)
    assert (line.quantity, line.rate_fen) == (Fraction(relief, 100), fee)
    assert total(ledger, Entry.FEE, Entry.RELIEF) == (STUDENTS - 1) * fee + kept


def test_relief_is_rounded_each_month_and_after_the_cap() -> None:
    school = by_weeks(charging(relieved(relief_percent=50), **MONTH | {"fee_fen": 101}))
    assert amounts(planned(school), "s33", Entry.RELIEF) == [
        ("w1", Entry.RELIEF, -50),
        ("w2", Entry.RELIEF, -50),
    ]
    capped = with_clause(
        charging(relieved(relief_percent=50), **PERIOD), PolicyItem.FEE_DAY_MAX, 601
    )
    assert amounts(planned(capped), "s33") == [
        ("2026-03", Entry.FEE, 3000),
        ("2026-03", Entry.DAY_CAP, -596),
        ("2026-03", Entry.RELIEF, -1202),
    ]


def test_no_relief() -> None:
    assert of(planned(charging(**TERM)), "s33", Entry.RELIEF) == []
    nothing = charging(relieved(relief_percent=0, reimbursed=True), **TERM)
    assert amounts(planned(nothing), "s33") == [("2026-03", Entry.FEE, 1000)]


def test_the_largest_relief_of_several_groups() -> None:
    groups = (
        StudentGroup(id="hardship", name="", relief_percent=30, reimbursed=True),
        StudentGroup(id="orphan", name="", relief_percent=70),
        StudentGroup(id="boarder", name=""),
    )
    school = revised(SCHOOL, groups=groups)
    school = with_student(school, "s33", groups=("boarder", "orphan", "hardship"))
    assert amounts(planned(charging(school, **TERM)), "s33") == [
        ("2026-03", Entry.FEE, 1000),
        ("2026-03", Entry.RELIEF, -700),
    ]


def test_relief_that_somebody_reimburses() -> None:
    school = charging(relieved(relief_percent=80, reimbursed=True), **TERM)
    assert amounts(planned(school), "s33") == [
        ("2026-03", Entry.FEE, 1000),
        ("2026-03", Entry.RELIEF, -800),
        ("2026-03", Entry.REIMBURSEMENT, 800),
    ]


def test_of_equal_reliefs_one_that_is_reimbursed_is_enough() -> None:
    groups = (
        StudentGroup(id="hardship", name="", relief_percent=50),
        StudentGroup(id="orphan", name="", relief_percent=50, reimbursed=True),
    )
    school = with_student(revised(SCHOOL, groups=groups), "s33", groups=("hardship", "orphan"))
    assert total(planned(charging(school, **TERM)), Entry.REIMBURSEMENT) == 500


def test_only_months_attended_are_reimbursed() -> None:
    """Planned, both weeks are; s33 then misses all of the first."""
    school = by_weeks(charging(relieved(relief_percent=100, reimbursed=True), **MONTH))
    both = [("w1", Entry.REIMBURSEMENT, 1000), ("w2", Entry.REIMBURSEMENT, 1000)]
    assert amounts(planned(school), "s33", Entry.REIMBURSEMENT) == both
    assert amounts(settled(school), "s33", Entry.REIMBURSEMENT) == both
    first = tuple(Absence(n, "s33", date(2026, 3, n)) for n in (2, 3))
    ledger = settled(school, absences=first)
    assert amounts(ledger, "s33", Entry.REIMBURSEMENT) == both[1:]
    assert len(of(ledger, "s33", Entry.RELIEF)) == 2
    once = settled(school, absences=(first[0], Absence(3, "s33", date(2026, 3, 3), "tue1")))
    assert amounts(once, "s33", Entry.REIMBURSEMENT) == both


def test_a_term_attended_once_is_reimbursed() -> None:
    school = by_weeks(charging(relieved(relief_percent=100, reimbursed=True), **TERM))
    first = tuple(Absence(n, "s33", date(2026, 3, n)) for n in (2, 3))
    assert total(settled(school, absences=first), Entry.REIMBURSEMENT) == 1000
    rest = tuple(Absence(n, "s33", date(2026, 3, n)) for n in (9, 10))
    assert total(settled(school, absences=first + rest), Entry.REIMBURSEMENT) == 0


def test_the_document_fixes_the_fee() -> None:
    school = regulated(SCHOOL, (PolicyItem.FEE_MONTH, 18_000))
    (line,) = of(planned(school), "s31")
    assert (line.unit, line.amount_fen) == (LineUnit.MONTH, 18_000)
    assert line.source == f"{CIRCULAR} fee_month"
    school = regulated(SCHOOL, (PolicyItem.FEE_PERIOD, 375))
    (line,) = of(planned(school), "s31")
    assert (line.unit, line.quantity, line.rate_fen) == (LineUnit.PERIOD, 8, 375)


def test_the_document_names_the_basis_and_the_school_the_fee() -> None:
    school = charging(
        regulated(SCHOOL, (PolicyItem.FEE_BASIS, "term")),
        fee_fen=700,
        fee_standard="Price bureau 7",
    )
    (line,) = of(planned(school), "s31")
    assert (line.unit, line.amount_fen, line.source) == (LineUnit.TERM, 700, "Price bureau 7")


def test_no_fee_may_be_charged() -> None:
    assert of(planned(regulated(SCHOOL, (PolicyItem.NO_FEE, None))), "s31") == []


def test_no_fee_before_a_standard_is_issued() -> None:
    school = regulated(SCHOOL, (PolicyItem.NO_FEE_UNTIL_ISSUED, None))
    assert of(planned(school), "s31") == []
    assert of(planned(charging(school, fee_standard="Price bureau 7")), "s31") == []
    (line,) = of(planned(charging(school, fee_standard="Price bureau 7", **TERM)), "s31")
    assert (line.amount_fen, line.source) == (1000, "Price bureau 7")


def test_a_fee_of_some_grades_only() -> None:
    school = regulated(SCHOOL)
    school = with_clause(school, PolicyItem.FEE_MONTH, 500, grades=(4, 5))
    assert fee_terms(school, 3) is None
    assert total(planned(school), Entry.FEE) == 8 * 500


def test_the_document_names_who_has_relief() -> None:
    """By the group's id or, whatever the school calls it, by its kind."""
    relief = Clause(item=PolicyItem.RELIEF, value=100, subject="hardship", source="school")
    clauses = ((PolicyItem.FEE_MONTH, 18_000), (PolicyItem.RELIEF_REIMBURSED, "hardship"))
    for group in (
        StudentGroup(id="hardship", name=""),
        StudentGroup(id="poor", name="", kind=GroupKind.HARDSHIP),
    ):
        school = revised(with_student(SCHOOL, "s33", groups=()), groups=(group,))
        school = regulated(with_student(school, "s33", groups=(group.id,)), *clauses)
        school = revised(school, policy=revised(school.policy, clauses=(relief,)))
        lines = of(planned(school), "s33")
        assert [x.amount_fen for x in lines] == [18_000, -18_000, 18_000]
        assert [x.quantity for x in lines] == [1, 1, 1]
        sources = [f"{CIRCULAR} fee_month", "school", f"{CIRCULAR} relief_reimbursed"]
        assert [x.source for x in lines] == sources
