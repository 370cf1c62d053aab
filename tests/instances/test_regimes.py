"""A school for each regime: its workbook, its plan, its ledger as planned and as settled."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

import pytest

from instances.regimes import SCHOOLS, workbook
from models import PAY, REGIMES, CareGroup, Plan, School, UnmetReason
from models.attendance import Absence, Attendance, Cancelled, Joining, Leaving, Substitute
from models.validation import find_problems as find_school_problems
from optimizer.checks import verify
from optimizer.files import inspect_school, write_school
from optimizer.ledger import (
    Entry,
    Ledger,
    Line,
    Party,
    audit,
    find_problems,
    planned_ledger,
    service_dates,
    settled_ledger,
)
from tests.instances.regime_plans import free_staff, plan_of, school_of

regimes = pytest.mark.parametrize("regime_id", REGIMES)
PAY_ENTRIES = {Entry(cost.value) for cost in PAY}


def sheets(path: Path) -> dict[str, bytes]:
    """Give the parts of a workbook; how they are packed may differ between systems."""
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_regime_has_a_school() -> None:
    assert set(SCHOOLS) == set(REGIMES)


@regimes
def test_the_workbook_is_what_the_script_writes(regime_id: str, tmp_path: Path) -> None:
    again = tmp_path / "again.xlsx"
    write_school(SCHOOLS[regime_id](), again, "zh", force=False)
    assert sheets(again) == sheets(workbook(regime_id))


@regimes
def test_the_workbook_reads_without_errors_or_warnings(regime_id: str) -> None:
    read, errors, warnings, *_ = inspect_school(workbook(regime_id))
    assert (errors, warnings) == ((), ())
    assert read == SCHOOLS[regime_id]()


@regimes
def test_the_school_is_small_and_says_all_that_its_regime_leaves_open(regime_id: str) -> None:
    school = school_of(regime_id)
    assert school.policy.id == regime_id
    assert school.policy.regulation is not None
    assert 60 <= len(school.students) <= 120
    assert not find_school_problems(school)
    assert not school.rules.set_aside


@regimes
def test_the_plan_holds(regime_id: str) -> None:
    school, plan = school_of(regime_id), plan_of(regime_id)
    assert verify(school, plan) == ()
    assert len(plan.sections) >= 6
    assert len(plan.unmet) < len(school.wishes) / 2
    # Slack: hardly a course stays shut for want of staff, rooms, time or money.
    shut = {u.course for u in plan.unmet if u.reason is UnmetReason.NOT_OPENED}
    assert len(shut) <= 1


def paid(ledger: Ledger) -> int:
    return -sum(line.amount_fen for line in ledger.lines if line.entry in PAY_ENTRIES)


@regimes
def test_the_planned_ledger_adds_up_and_pays_what_the_plan_says(regime_id: str) -> None:
    school, plan = school_of(regime_id), plan_of(regime_id)
    ledger = planned_ledger(school, plan)
    assert audit(ledger) == ()
    assert paid(ledger) == plan.pay_fen > 0


class Happened(NamedTuple):
    """Records of a term, and whom they concern."""

    records: Attendance
    saved_fen: int
    """What the session that was called off would have cost."""
    touched: frozenset[str]


def happened(school: School, plan: Plan) -> Happened:
    """Make up a term: absences, a session called off, a substitute, a joining, a leaving."""
    groups = own_care(school, plan)
    off, other = next(groups), next(groups)
    days = list(service_dates(school.term))
    day, other_day = date_of(school, off), date_of(school, other, later=True)
    section = plan.sections[0]
    always = [
        s for s in section.students if not (school.student[s].joins or school.student[s].leaves)
    ]
    away, joining, leaving = always[:3]
    at_section = [d for d, w in dates(school) if w == school.slot[section.slots[0]].weekday]
    records = Attendance(
        absences=(
            Absence(1, away, at_section[3], section.slots[0]),
            Absence(2, away, at_section[5], None, note=True),
        ),
        joinings=(Joining(3, joining, days[12]),),
        leavings=(Leaving(4, leaving, days[-20]),),
        substitutes=(
            Substitute(
                5, other_day, other.slot, other.staff[0], free_staff(school, plan, other.slot)
            ),
        ),
        cancelled=(Cancelled(6, day, off.slot, off.id),),
    )
    saved = school.teacher[off.staff[0]].pay_fen or 0
    return Happened(records, saved, frozenset({away, joining, leaving, *off.students}))


def dates(school: School) -> list[tuple[date, int]]:
    return list(service_dates(school.term).items())


def own_care(school: School, plan: Plan) -> Iterator[CareGroup]:
    """Give care groups, those that meet earliest in the day first: no overtime falls in them."""
    ends = {group.id: school.slot[group.slot].end_minute for group in plan.care_groups}
    yield from sorted(plan.care_groups, key=lambda group: (ends[group.id], group.id))


def date_of(school: School, group: CareGroup, *, later: bool = False) -> date:
    """Give a date on which a group meets, early or late in the term."""
    meets = [d for d, w in dates(school) if w == school.slot[group.slot].weekday]
    return meets[-3] if later else meets[4]


def of_students(ledger: Ledger, besides: frozenset[str]) -> set[Line]:
    return {x for x in ledger.lines if x.party is Party.STUDENT and x.who not in besides}


@regimes
def test_the_settled_ledger_adds_up(regime_id: str) -> None:
    school, plan = school_of(regime_id), plan_of(regime_id)
    records, saved_fen, touched = happened(school, plan)
    assert find_problems(school, plan, records) == ()
    planned, settled = planned_ledger(school, plan), settled_ledger(school, plan, records)
    assert audit(settled) == ()
    assert settled.settled
    # The substitute is paid what the absent teacher would have been.
    assert saved_fen > 0
    assert paid(settled) == paid(planned) - saved_fen
    assert of_students(settled, touched) == of_students(planned, touched)


@regimes
def test_a_substitute_is_paid_in_the_absent_teachers_place(regime_id: str) -> None:
    school, plan = school_of(regime_id), plan_of(regime_id)
    records, _, _ = happened(school, plan)
    (record,) = records.substitutes
    only = Attendance(substitutes=(record,))
    planned, settled = planned_ledger(school, plan), settled_ledger(school, plan, only)
    rate = school.teacher[record.absent].pay_fen
    assert rate
    assert of_staff(settled, record.absent) == of_staff(planned, record.absent) - rate
    assert of_staff(settled, record.substitute) == of_staff(planned, record.substitute) + rate


def of_staff(ledger: Ledger, teacher: str) -> int:
    return -sum(x.amount_fen for x in ledger.lines if x.party is Party.STAFF and x.who == teacher)
