"""What is special about each regime's money, worked out by hand from its school's workbook.

Most terms begin on 7 September 2026, without service on 25 September and from 1 to 7 October; on
Sunday 20 September it is as on a Tuesday, on Saturday 10 October as on a Wednesday.
"""

from datetime import date
from typing import Final

from models import Plan, School
from models.attendance import Absence, Attendance, Cancelled
from optimizer.ledger import (
    Entry,
    Ledger,
    Line,
    Party,
    audit,
    planned_ledger,
    service_dates,
    settled_ledger,
)
from tests.instances.regime_plans import both, section_of

SEPTEMBER: Final = {1: 4, 2: 5, 3: 4, 4: 3, 5: 2}
"""From the 7th on."""
OCTOBER: Final = {1: 3, 2: 3, 3: 4, 4: 4, 5: 4}
NOVEMBER: Final = {1: 5, 2: 4, 3: 4, 4: 4, 5: 4}
DECEMBER: Final = {1: 4, 2: 5, 3: 5, 4: 5, 5: 4}
MONTHS: Final = {"9月": SEPTEMBER, "10月": OCTOBER, "11月": NOVEMBER, "12月": DECEMBER}


def amounts(ledger: Ledger, who: str, entry: Entry) -> dict[str, int]:
    """Give one person's amounts of a kind by month."""
    lines = [line for line in ledger.lines if (line.who, line.entry) == (who, entry)]
    return {line.month: line.amount_fen for line in lines}


def total(ledger: Ledger, *entries: Entry) -> int:
    return sum(line.amount_fen for line in ledger.lines if line.entry in entries)


def of(ledger: Ledger, entry: Entry) -> list[Line]:
    return [line for line in ledger.lines if line.entry is entry]


def account(ledger: Ledger, name: str) -> tuple[int, int]:
    """Give what came into an account and went out of it."""
    return next((a.in_fen, a.out_fen) for a in ledger.accounts if a.id == name)


def one_of(school: School, group: str) -> str:
    """Name a child of a group who takes part all term."""
    return next(
        s.id
        for s in school.students
        if s.groups == (group,) and s.stay_slots and not s.joins and not s.leaves
    )


def away(school: School, student: str, first: date, last: date) -> Attendance:
    """Make records of one child's absence from all service in a stretch of days."""
    weekdays = {school.slot[slot].weekday for slot in school.student[student].stay_slots}
    days = service_dates(school.term).items()
    missed = [day for day, follows in days if first <= day <= last and follows in weekdays]
    return Attendance(absences=tuple(Absence(n, student, d) for n, d in enumerate(missed, 1)))


def test_banan_a_flat_month_and_its_share() -> None:
    school, plan = both("banan-2020")
    ledger = planned_ledger(school, plan)
    # S305 joins on 19 October: 10 of the month's 18 days of service.
    assert amounts(ledger, "S305", Entry.FEE) == {"10月": 10_000, "11月": 18_000, "12月": 18_000}
    # S510 leaves on 13 November: 10 of 21 days, 85.714... yuan.
    assert amounts(ledger, "S510", Entry.FEE) == {"9月": 18_000, "10月": 18_000, "11月": 8_571}


def test_banan_the_district_pays_for_poor_pupils_who_were_there() -> None:
    school, plan = both("banan-2020")
    months = dict.fromkeys(MONTHS, 18_000)
    ledger = planned_ledger(school, plan)
    for group in ("建档", "低保"):
        child = one_of(school, group)
        assert amounts(ledger, child, Entry.FEE) == months
        assert amounts(ledger, child, Entry.RELIEF) == dict.fromkeys(MONTHS, -18_000)
        assert amounts(ledger, child, Entry.REIMBURSEMENT) == months
        absent = away(school, child, date(2026, 11, 1), date(2026, 11, 30))
        settled = settled_ledger(school, plan, absent)
        assert audit(settled) == ()
        assert amounts(settled, child, Entry.FEE) == months
        assert amounts(settled, child, Entry.REIMBURSEMENT) == {
            month: fen for month, fen in months.items() if month != "11月"
        }


def test_banan_external_staff_by_the_session() -> None:
    school, plan = both("banan-2020")
    (slot,) = section_of(plan, "竹编").slots
    day = school.slot[slot].weekday
    pay = amounts(planned_ledger(school, plan), "W01", Entry.PAY_EXTERNAL)
    assert pay == {month: -16_000 * days[day] for month, days in MONTHS.items()}


def test_changzhi_nobody_pays() -> None:
    school, plan = both("changzhi-2021")
    ledger = planned_ledger(school, plan)
    assert not [line for line in ledger.lines if line.party is Party.STUDENT]
    # 30 yuan each time: the Saturdays are 14, from 12 September without 3 and 10 October.
    saturday = [g.staff[0] for g in plan.care_groups if g.slot == "周六上午"]
    saturday += [s.staff[0] for s in plan.sections if "周六上午" in s.slots]
    dates = [d for d, follows in service_dates(school.term).items() if follows == 6]
    assert len(dates) == 14
    without = Attendance(cancelled=tuple(Cancelled(n, d) for n, d in enumerate(dates, 1)))
    settled = settled_ledger(school, plan, without)
    saved = total(settled, Entry.PAY_NORMAL) - total(ledger, Entry.PAY_NORMAL)
    assert saved == len(saturday) * 14 * 3_000


def test_putuo_the_part_of_a_period_after_half_past_four_is_overtime() -> None:
    school, plan = both("putuo-2021")
    ledger = planned_ledger(school, plan)
    meeting = [g.slot for g in plan.care_groups] + [i for s in plan.sections for i in s.slots]
    days = {day: sum(month[day] for month in MONTHS.values()) for day in range(1, 6)}
    assert days[5] == 14
    # Fridays 16:00-17:00: half of 30 yuan for normal work and half of 60 yuan for overtime.
    times = meeting.count("周五跨段") * 14
    assert times > 0
    normal = [x for x in of(ledger, Entry.PAY_NORMAL) if x.rate_fen == 1_500]
    overtime = [x for x in of(ledger, Entry.PAY_OVERTIME) if x.rate_fen == 3_000]
    assert sum(x.quantity for x in normal) == sum(x.quantity for x in overtime) == times
    late = [days[school.slot[slot].weekday] for slot in meeting if "晚托" in slot]
    whole = [x for x in of(ledger, Entry.PAY_OVERTIME) if x.rate_fen == 6_000]
    assert sum(x.quantity for x in whole) == sum(late) > 0


def test_putuo_the_special_fund_pays_overtime_and_nothing_else() -> None:
    school, plan = both("putuo-2021")
    ledger = planned_ledger(school, plan)
    assert account(ledger, "late-care") == (4_000_000, -total(ledger, Entry.PAY_OVERTIME))
    assert account(ledger, "school") == (0, -total(ledger, Entry.PAY_NORMAL))
    assert not of(ledger, Entry.FEE)


def test_putuo_absences_without_a_note_are_listed() -> None:
    school, plan = both("putuo-2021")
    child = one_of(school, "随迁")
    absent = away(school, child, date(2026, 11, 9), date(2026, 11, 13))
    (note,) = [note.en for note in settled_ledger(school, plan, absent).notes if child in note.en]
    assert "without a note" in note


def periods(school: School, student: str, days: dict[int, int]) -> int:
    """Count a child's periods in a month, his clubs being at slots at which he stays."""
    stays = [school.slot[slot].weekday for slot in school.student[student].stay_slots]
    return sum(days[day] for day in stays)


def always_there(school: School, plan: Plan, group: str | None) -> str:
    """Name a child who is present at his stay slots and no others, all term, of a group or none."""
    return next(
        s.id
        for s in school.students
        if (s.groups == (group,) if group else not s.groups)
        and len(s.stay_slots) >= 8
        and not (s.joins or s.leaves)
        and all(
            slot in s.stay_slots for x in plan.sections if s.id in x.students for slot in x.slots
        )
    )


def test_zhanggong_every_period_make_up_days_too() -> None:
    school, plan = both("zhanggong-2021")
    child = always_there(school, plan, None)
    fees = amounts(planned_ledger(school, plan), child, Entry.FEE)
    # From 1 September; the Wednesdays of October are 14, 21, 28 and the Saturday that follows one.
    september = {1: 4, 2: 6, 3: 5, 4: 4, 5: 3}
    november = NOVEMBER | {5: 3}  # The sports day of 6 November is called off.
    assert fees == {
        "2026-09": 375 * periods(school, child, september),
        "2026-10": 375 * periods(school, child, OCTOBER),
        "2026-11": 375 * periods(school, child, november),
        "2026-12": 375 * periods(school, child, DECEMBER),
    }


def test_zhanggong_is_settled_on_what_was_given() -> None:
    school, plan = both("zhanggong-2021")
    child = always_there(school, plan, None)
    planned = amounts(planned_ledger(school, plan), child, Entry.FEE)
    # The Saturday worked, with as many periods as a Wednesday has.
    absent = away(school, child, date(2026, 10, 10), date(2026, 10, 10))
    (record,) = absent.absences
    assert record.day == date(2026, 10, 10)
    missed = sum(school.slot[s].weekday == 3 for s in school.student[child].stay_slots)
    assert missed > 0
    settled = settled_ledger(school, plan, absent)
    assert audit(settled) == ()
    fees = amounts(settled, child, Entry.FEE)
    assert fees == planned | {"2026-10": planned["2026-10"] - 375 * missed}


def test_zhanggong_half_the_fee_for_a_hardship_workers_child() -> None:
    school, plan = both("zhanggong-2021")
    child = always_there(school, plan, "特困")
    ledger = planned_ledger(school, plan)
    fees, relief = (amounts(ledger, child, entry) for entry in (Entry.FEE, Entry.RELIEF))
    for month, fee in fees.items():
        # What is left is rounded half up, so that an odd fee leaves the half fen to pay.
        assert fee + relief[month] == (fee + 1) // 2


def test_zhanggong_all_that_was_taken_is_paid_over() -> None:
    school, plan = both("zhanggong-2021")
    ledger = planned_ledger(school, plan)
    came, went = account(ledger, "treasury")
    assert came == went == total(ledger, Entry.FEE, Entry.RELIEF) > 0
    assert len(of(ledger, Entry.REMITTANCE)) == 4
    assert account(ledger, "school") == (0, plan.pay_fen)


def test_one_plus_x_charges_two_periods_a_day() -> None:
    school, plan = both("one-plus-x")
    ledger = planned_ledger(school, plan)
    # S702 has one period on Tuesdays and two on other days. He leaves on 27 November.
    # Without make-up days September has 4, 4, 4, 3, 2 days, October 3, 3, 3, 4, 4, November 4 each.
    assert amounts(ledger, "S702", Entry.FEE) == {
        "9月": 230 * (4 + 2 * (4 + 4 + 3 + 2)),
        "10月": 230 * (3 + 2 * (3 + 3 + 4 + 4)),
        "11月": 230 * (4 + 2 * (4 + 4 + 4 + 4)),
    }
    # Away from the second alone, he pays 2.30 yuan less; away all day, 4.60 yuan.
    wednesday = date(2026, 11, 4)
    for slot, less in (("周三拓展", 230), (None, 460)):
        records = Attendance(absences=(Absence(1, "S702", wednesday, slot),))
        fees = amounts(settled_ledger(school, plan, records), "S702", Entry.FEE)
        assert fees["11月"] == 8_280 - less


def test_hebi_hardship_pupils_are_free_and_nobody_pays_for_them() -> None:
    school, plan = both("hebi")
    child = one_of(school, "困难")
    ledger = planned_ledger(school, plan)
    assert amounts(ledger, child, Entry.FEE) == dict.fromkeys(MONTHS, 12_000)
    assert amounts(ledger, child, Entry.RELIEF) == dict.fromkeys(MONTHS, -12_000)
    assert not of(ledger, Entry.REIMBURSEMENT)
    # S408 joins on 16 November: 11 of 21 days, 62.857... yuan.
    assert amounts(ledger, "S408", Entry.FEE) == {"11月": 6_286, "12月": 12_000}


def test_hebi_the_account_pays_staff_and_what_the_service_uses() -> None:
    school, plan = both("hebi")
    ledger = planned_ledger(school, plan)
    assert {a.id for a in ledger.accounts} == {"service"}
    came, went = account(ledger, "service")
    assert came == total(ledger, Entry.FEE, Entry.RELIEF)
    assert went == plan.pay_fen + 64_037 + 88_512 + 45_600 + 70_000
    assert total(ledger, Entry.UTILITIES) == -(64_037 + 88_512)


def test_free_rota_nothing_comes_in() -> None:
    school, plan = both("free-rota")
    ledger = planned_ledger(school, plan)
    assert {line.party for line in ledger.lines} == {Party.STAFF}
    assert sum(line.amount_fen for line in ledger.lines) == -plan.pay_fen


def test_city_menu_two_purses() -> None:
    school, plan = both("city-menu")
    ledger = planned_ledger(school, plan)
    assert account(ledger, "performance") == (5_000_000, -total(ledger, Entry.PAY_NORMAL))
    came, went = account(ledger, "service")
    assert came == total(ledger, Entry.FEE, Entry.RELIEF)
    assert went == 98_000 - total(ledger, Entry.PAY_EXTERNAL)
    child = one_of(school, "困难")
    assert amounts(ledger, child, Entry.RELIEF) == dict.fromkeys(MONTHS, -5_000)
    for group in ("寄宿", "校车"):
        out = {s.id for s in school.students if group in s.groups}
        assert not [line for line in ledger.lines if line.who in out]


def test_per_head_the_subsidy_is_for_those_who_took_part() -> None:
    school, plan = both("per-head-subsidy")
    (line,) = of(planned_ledger(school, plan), Entry.SUBSIDY)
    there = sum(bool(s.stay_slots) for s in school.students)
    # 250 yuan a term and a fifth more, for a remote school.
    assert (line.quantity, line.rate_fen, line.amount_fen) == (there, 30_000, 30_000 * there)
    child = one_of(school, "留守")
    never = away(school, child, date(2026, 9, 1), date(2026, 12, 31))
    (line,) = of(settled_ledger(school, plan, never), Entry.SUBSIDY)
    assert line.amount_fen == 30_000 * (there - 1)


def test_per_head_a_fee_by_the_term() -> None:
    school, plan = both("per-head-subsidy")
    ledger = planned_ledger(school, plan)
    child = one_of(school, "困难")
    assert amounts(ledger, child, Entry.FEE) == {"9月": 30_000}
    assert amounts(ledger, child, Entry.RELIEF) == {"9月": -15_000}
    # S503 joins on 26 October: 5 + 21 + 23 of the term's 18 + 18 + 21 + 23 days.
    assert amounts(ledger, "S503", Entry.FEE) == {"10月": 18_375}
    # The subsidy pays staff, the fees what the service uses.
    assert account(ledger, "subsidy")[1] == plan.pay_fen
    assert account(ledger, "service")[1] == 120_000 + 156_075
