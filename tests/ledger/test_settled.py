"""The settled ledger: absences, joinings and leavings, substitutes, what was called off."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from models import FeeBasis, PartPeriod, PayUnit, PolicyItem, School, StaffKind
from models.attendance import Absence, Attendance, Cancelled, Joining, Leaving, Substitute
from optimizer.ledger import AttendanceError, Entry, Ledger, settled_ledger
from tests.builders import revised, tiny_plan, with_clause, with_student, with_teacher
from tests.ledger.making import SCHOOL, amounts, by_weeks, charging, of, planned, settled, total

MON, TUE, MON2, TUE2 = (date(2026, 3, day) for day in (2, 3, 9, 10))
ALL_DAYS = (MON, TUE, MON2, TUE2)
MONTH: dict[str, Any] = {"fee_basis": FeeBasis.MONTH, "fee_fen": 1000}
TERM: dict[str, Any] = {"fee_basis": FeeBasis.TERM, "fee_fen": 1000}
PERIOD: dict[str, Any] = {"fee_basis": FeeBasis.PERIOD, "fee_fen": 100}


def paid(ledger: Ledger, who: str) -> list[tuple[Entry, int, int]]:
    """Give kind, number of occasions and pay of someone's lines."""
    lines = of(ledger, who)
    return [(x.entry, int(x.quantity), -x.amount_fen) for x in lines]


def away(student: str, days: Iterable[date]) -> tuple[Absence, ...]:
    return tuple(Absence(row, student, day) for row, day in enumerate(days, 2))


@pytest.mark.parametrize("fields", [{}, MONTH, PERIOD, {"subsidy_fen_per_student": 7}])
def test_without_records_all_is_as_planned(fields: dict[str, Any]) -> None:
    school = charging(SCHOOL, **fields)
    assert settled(school).lines == planned(school).lines
    assert settled(school).accounts == planned(school).accounts
    assert settled(school).settled


def test_who_joins_and_leaves() -> None:
    """From the third to the ninth of March: four of five dates, and one of five."""
    school = by_weeks(charging(SCHOOL, part_period=PartPeriod.SHARE, **MONTH))
    records = {
        "joinings": (Joining(2, "s31", TUE),),
        "leavings": (Leaving(3, "s31", MON2),),
    }
    assert amounts(settled(school, **records), "s31") == [
        ("w1", Entry.FEE, 800),
        ("w2", Entry.FEE, 200),
    ]
    period = by_weeks(charging(SCHOOL, **PERIOD))
    assert amounts(settled(period, **records), "s31") == [
        ("w1", Entry.FEE, 200),
        ("w2", Entry.FEE, 200),
    ]


def test_records_override_what_was_planned() -> None:
    school = charging(SCHOOL, **PERIOD)
    school = with_student(school, "s31", joins=MON2, leaves=MON2)
    assert amounts(planned(school), "s31") == [("2026-03", Entry.FEE, 200)]
    earlier = settled(school, joinings=(Joining(2, "s31", TUE),))
    assert amounts(earlier, "s31") == [("2026-03", Entry.FEE, 400)]
    later = settled(school, leavings=(Leaving(2, "s31", TUE2),))
    assert amounts(later, "s31") == [("2026-03", Entry.FEE, 400)]


def test_the_subsidy_is_for_who_was_there_once() -> None:
    school = charging(SCHOOL, subsidy_fen_per_student=10)
    never = away("s31", ALL_DAYS)
    assert total(settled(school, absences=never), Entry.SUBSIDY) == 110
    assert total(settled(school, absences=never[:3]), Entry.SUBSIDY) == 120
    off = tuple(Cancelled(row, day) for row, day in enumerate(ALL_DAYS, 2))
    assert total(settled(school, cancelled=off), Entry.SUBSIDY) == 0
    assert total(settled(school, cancelled=off[1:]), Entry.SUBSIDY) == 120


def test_a_substitute_with_another_rate() -> None:
    """t1 leads chess on Mondays; t2 takes one of the two for less, t4 would for nothing."""
    school = with_teacher(SCHOOL, "t2", pay_fen=3000)
    ledger = settled(school, substitutes=(Substitute(2, MON, "mon2", "t1", "t2"),))
    assert paid(ledger, "t1") == [(Entry.PAY_NORMAL, 1, 5000)]
    assert paid(ledger, "t2") == [(Entry.PAY_NORMAL, 1, 3000)]
    school = with_teacher(SCHOOL, "t4", kind=StaffKind.VOLUNTEER)
    ledger = settled(school, substitutes=(Substitute(2, MON, "mon2", "t1", "t4"),))
    assert paid(ledger, "t1") == [(Entry.PAY_NORMAL, 1, 5000)]
    assert paid(ledger, "t4") == []


def test_a_substitute_by_the_session_and_overtime() -> None:
    """Art is 16:00-17:30 on Tuesdays; from 17:10 it is overtime: 20 of 80 minutes."""
    school = with_clause(SCHOOL, PolicyItem.OVERTIME_FROM, 17 * 60 + 10)
    school = with_teacher(
        school, "t1", pay_unit=PayUnit.SESSION, pay_fen=8000, overtime_pay_fen=12_000
    )
    both = tuple(
        Substitute(row, TUE, slot, "t3", "t1") for row, slot in enumerate(("tue1", "tue2"))
    )
    ledger = settled(school, substitutes=both)
    chess = (Entry.PAY_NORMAL, 2, 2 * 4000), (Entry.PAY_OVERTIME, 2, 2 * 6000)
    art = (Entry.PAY_NORMAL, 1, 6000), (Entry.PAY_OVERTIME, 1, 3000)
    assert sorted(paid(ledger, "t1")) == sorted(chess + art)
    # t3 has the other Tuesday: a period, and one that is half overtime.
    assert paid(ledger, "t3") == [
        (Entry.PAY_NORMAL, 1, 2500),
        (Entry.PAY_NORMAL, 1, 5000),
        (Entry.PAY_OVERTIME, 1, 2500),
    ]


def test_half_a_session_is_a_session() -> None:
    """Who is stood in for at one of two periods was there for the other."""
    school = with_teacher(SCHOOL, "t3", pay_unit=PayUnit.SESSION)
    ledger = settled(school, substitutes=(Substitute(2, TUE, "tue1", "t3", "t1"),))
    assert paid(ledger, "t3") == [(Entry.PAY_NORMAL, 2, 10_000)]
    assert paid(ledger, "t1") == [(Entry.PAY_NORMAL, 3, 15_000)]
    off = settled(school, cancelled=(Cancelled(2, TUE, "tue1", "art-1"),))
    assert paid(off, "t3") == [(Entry.PAY_NORMAL, 2, 10_000)]
    none = settled(school, cancelled=(Cancelled(2, TUE, None, "art-1"),))
    assert paid(none, "t3") == [(Entry.PAY_NORMAL, 1, 5000)]


def test_what_is_called_off_is_neither_charged_nor_paid() -> None:
    """Chess on a Monday: s31, s33, s42 and s54 are charged a period less, t1 has one left."""
    school = charging(SCHOOL, **PERIOD)
    ledger = settled(school, cancelled=(Cancelled(2, MON, "mon2", "chess-1"),))
    assert total(ledger, Entry.FEE) == total(planned(school), Entry.FEE) - 400
    assert amounts(ledger, "s31") == [("2026-03", Entry.FEE, 700)]
    assert amounts(ledger, "s32") == [("2026-03", Entry.FEE, 800)]
    assert paid(ledger, "t1") == [(Entry.PAY_NORMAL, 1, 5000)]
    whole = settled(school, cancelled=(Cancelled(2, MON),))
    # Chess, choir and two care groups.
    assert total(whole, Entry.PAY_NORMAL) - total(planned(school), Entry.PAY_NORMAL) == 20_000
    slot = settled(school, cancelled=(Cancelled(2, MON, "mon1"),))
    assert amounts(slot, "s34") == [("2026-03", Entry.FEE, 300)]


def test_a_month_in_which_nothing_took_place_is_not_charged() -> None:
    """All of the first week is called off, day by day, or only what s34 has."""
    school = by_weeks(charging(SCHOOL, **MONTH))
    week = (Cancelled(2, MON), Cancelled(3, TUE))
    ledger = settled(school, cancelled=week)
    assert ledger.months == ("w1", "w2")
    assert amounts(ledger, "s31") == [("w2", Entry.FEE, 1000)]
    assert ledger.service_days == settled(school).service_days[2:]
    assert {line.month for line in ledger.lines} == {"w2"}
    # s34 is in base care on both days, in the first period.
    some = (Cancelled(2, MON, None, "care-mon1"), Cancelled(3, TUE, "tue1", "care-tue1"))
    ledger = settled(school, cancelled=some)
    assert amounts(ledger, "s34") == [("w2", Entry.FEE, 1000)]
    assert len(amounts(ledger, "s32", Entry.FEE)) == 2
    term = charging(SCHOOL, **TERM)
    never = (*week, Cancelled(4, MON2), Cancelled(5, TUE2))
    assert of(settled(term, cancelled=never), "s31") == []


def test_who_stays_away_all_month_is_charged() -> None:
    """The service was there for him; only what is called off is no service."""
    school = by_weeks(charging(SCHOOL, **MONTH))
    assert len(amounts(settled(school, absences=away("s31", ALL_DAYS)), "s31")) == 2


@pytest.mark.parametrize("recorded", [True, False])
def test_a_day_off_is_none_whether_the_term_or_the_records_say_so(recorded: bool) -> None:
    """Of ten dates s31 is there on nine; without the Tuesday he has eight of nine."""
    school = charging(SCHOOL, part_period=PartPeriod.SHARE, **TERM)
    school = with_student(school, "s31", joins=TUE)
    if recorded:
        ledger = settled(school, cancelled=(Cancelled(2, TUE2),))
    else:
        term = revised(school.term, cancelled_days=(TUE2,))
        ledger = settled(revised(school, term=term))
    (fee,) = of(ledger, "s31")
    assert (fee.quantity, fee.amount_fen) == (Fraction(8, 9), 889)
    assert len(ledger.service_days) == 9


def test_an_absence_from_what_was_called_off_counts_once() -> None:
    school = charging(SCHOOL, **PERIOD)
    records = {
        "absences": (Absence(2, "s31", MON),),
        "cancelled": (Cancelled(3, MON, "mon2", "chess-1"),),
    }
    assert amounts(settled(school, **records), "s31") == [("2026-03", Entry.FEE, 600)]


def test_who_is_off_may_stand_in() -> None:
    """t5's care group is called off; t5 takes the choir at the same time."""
    records = {
        "cancelled": (Cancelled(2, MON, "mon1", "care-mon1"),),
        "substitutes": (Substitute(3, MON, "mon1", "t4", "t5"),),
    }
    ledger = settled(SCHOOL, **records)
    assert paid(ledger, "t4") == [(Entry.PAY_NORMAL, 3, 15_000)]
    assert paid(ledger, "t5") == [(Entry.PAY_NORMAL, 8, 40_000)]


def test_two_who_change_places() -> None:
    swap = (Substitute(2, MON, "mon1", "t4", "t5"), Substitute(3, MON, "mon1", "t5", "t4"))
    school = with_teacher(SCHOOL, "t4", pay_fen=100)
    assert settled(school, substitutes=swap).lines == settled(school).lines


def test_absences_without_a_note() -> None:
    """Listed where the policy asks for notes, of the grades for which it does."""
    absences = (
        Absence(2, "s31", MON, note=True),
        Absence(3, "s31", TUE2, "tue2"),
        Absence(4, "s31", TUE),
        Absence(5, "s41", TUE),
    )
    assert settled(SCHOOL, absences=absences).notes == settled(SCHOOL).notes
    asking = with_clause(SCHOOL, PolicyItem.LEAVE_NOTE, grades=(3, 5))
    note, *rest = settled(asking, absences=absences).notes
    assert "s31" in note.en
    assert "2026-03-03, 2026-03-10 tue2" in note.en
    assert "2 次" in note.zh
    assert not any("s41" in text.en for text in rest)


def test_nothing_is_settled_before_the_records_are_right() -> None:
    records = Attendance(absences=(Absence(7, "s99", MON), Absence(3, "s31", date(2026, 3, 4))))
    with pytest.raises(AttendanceError) as caught:
        settled_ledger(SCHOOL, tiny_plan(SCHOOL), records)
    assert [problem.row for problem in caught.value.problems] == [3, 7]
    assert [text.en.split(":")[0] for text in caught.value.messages] == ["row 3", "row 7"]
    assert caught.value.exit_code == 2
    assert caught.value.messages[0].zh.startswith("第 3 行")


def test_costs_and_grants_are_the_same() -> None:
    school: School = charging(SCHOOL, special_fund_fen=70)
    assert total(settled(school, absences=away("s31", ALL_DAYS)), Entry.SPECIAL) == 70


def test_by_billing_months() -> None:
    """The substitute works in the second week."""
    school = by_weeks(revised(SCHOOL))
    ledger = settled(school, substitutes=(Substitute(2, MON2, "mon2", "t1", "t2"),))
    assert amounts(ledger, "t1") == [("w1", Entry.PAY_NORMAL, -5000)]
    assert amounts(ledger, "t2") == [("w2", Entry.PAY_NORMAL, -5000)]
