"""Every mistake in records of attendance is named by its row; true records pass."""

from datetime import date
from random import Random
from time import process_time
from typing import Any

import pytest

from benchmarks.attendance import Share, make_attendance
from models import MakeUpDay, PolicyItem, Provider, ProviderKind, Slot
from models.attendance import Absence, Attendance, Cancelled, Joining, Leaving, Substitute
from optimizer.ledger import AttendanceProblem, find_problems
from tests.builders import (
    edit_section,
    revised,
    tiny_plan,
    tiny_school,
    with_clause,
    with_new,
    with_student,
    with_teacher,
)
from tests.ledger.making import SCHOOL

PLAN = tiny_plan(SCHOOL)
MON, TUE, WED, MON2, TUE2 = (date(2026, 3, day) for day in (2, 3, 4, 9, 10))
SATURDAY, APRIL = date(2026, 3, 7), date(2026, 4, 1)
AMONG = Attendance(
    absences=(Absence(100, "s34", MON), Absence(101, "s41", MON, "mon1")),
    joinings=(Joining(102, "s51", TUE),),
    leavings=(Leaving(103, "s52", MON2),),
    substitutes=(Substitute(104, MON, "mon2", "t1", "t2"),),
    cancelled=(Cancelled(105, TUE2, "tue1", "art-1"),),
)
"""Records with which nothing is wrong."""

Record = Absence | Joining | Leaving | Substitute | Cancelled
FIELDS = {
    Absence: "absences",
    Joining: "joinings",
    Leaving: "leavings",
    Substitute: "substitutes",
    Cancelled: "cancelled",
}


def problems(*records: Record) -> tuple[AttendanceProblem, ...]:
    """Give what is wrong with some records among others with which nothing is."""
    return find_problems(SCHOOL, PLAN, among(*records))


def among(*records: Record) -> Attendance:
    found = {field: list(getattr(AMONG, field)) for field in FIELDS.values()}
    for record in records:
        found[FIELDS[type(record)]].append(record)
    return Attendance(**{field: tuple(rows) for field, rows in found.items()})


def says(problem: AttendanceProblem, *facts: str, en: str, zh: str) -> None:
    for fact in facts:
        assert fact in problem.text.zh, problem.text
        assert fact in problem.text.en, problem.text
    assert en in problem.text.en, problem.text
    assert zh in problem.text.zh, problem.text
    assert "{" not in problem.text.zh + problem.text.en


def test_records_that_can_be_true() -> None:
    assert problems() == ()
    assert find_problems(SCHOOL, PLAN, Attendance()) == ()


ONE_MISTAKE: list[tuple[Record, tuple[str, ...], str, str]] = [
    (Absence(7, "s3", MON), ("s3",), "no student", "没有学号"),
    (Absence(7, "s31", APRIL), ("2026-04-01", "2026-03-13"), "outside the term", "不在学期"),
    (Absence(7, "s31", SATURDAY), ("2026-03-07",), "no service on 2026-03-07 (Sat)", "周六"),
    (Absence(7, "s31", WED), ("s31", "2026-03-04"), "not expected on", "没有安排"),
    (Absence(7, "s31", MON, "mon3"), ("mon3",), "did you mean", "是否想写"),
    (Absence(7, "s31", MON, "tue1"), ("tue1", "mon1"), "is on Tue", "周二"),
    (Absence(7, "s34", MON2, "mon2"), ("s34", "mon2", "mon1"), "not expected at", "没有安排"),
    (Absence(7, "s34", MON), ("100",), "repeats row", "重复"),
    (Absence(7, "s34", MON, "mon1"), ("100",), "repeats row", "重复"),
    (Absence(7, "s41", MON), ("101",), "repeats row", "重复"),
    (Absence(7, "s51", MON), ("s51", "2026-03-03"), "joins on", "才加入"),
    (Absence(7, "s52", TUE2), ("s52", "2026-03-09"), "leaves on", "退出"),
    (Joining(7, "x", MON), ("x",), "no student", "没有学号"),
    (Joining(7, "s31", APRIL), ("2026-04-01",), "outside the term", "不在学期"),
    (Joining(7, "s51", TUE), ("102",), "repeats row", "重复"),
    (Leaving(7, "x", MON), ("x",), "no student", "没有学号"),
    (Leaving(7, "s31", date(2026, 3, 1)), ("2026-03-01",), "outside the term", "不在学期"),
    (Leaving(7, "s52", TUE), ("103",), "repeats row", "重复"),
    (Leaving(7, "s51", MON), ("s51", "2026-03-02", "2026-03-03"), "before joining", "早于"),
    (Joining(7, "s52", TUE2), ("s52",), "before joining", "早于"),
    (Substitute(7, APRIL, "mon1", "t4", "t1"), ("2026-04-01",), "outside the term", "不在学期"),
    (Substitute(7, SATURDAY, "mon1", "t4", "t1"), ("2026-03-07",), "no service", "没有课后服务"),
    (Substitute(7, MON, "tue1", "t4", "t1"), ("tue1",), "is on Tue", "周二"),
    (Substitute(7, MON, "mon3", "t4", "t1"), ("mon3",), "no slot", "没有时段"),
    (Substitute(7, MON, "mon1", "t44", "t1"), ("t44",), "no member of staff", "没有编号"),
    (Substitute(7, MON, "mon1", "t4", "t99"), ("t99",), "no member of staff", "没有编号"),
    (Substitute(7, MON, "mon1", "t4", "t4"), ("t4",), "the same person", "自己"),
    (Substitute(7, MON, "mon1", "t3", "t1"), ("t3", "mon1"), "has no duty", "没有任务"),
    (Substitute(7, MON2, "mon2", "t4", "t1"), ("mon1",), "duties that day", "当天的时段"),
    (Substitute(7, MON, "mon1", "t4", "t5"), ("t5", "care-mon1"), "is with group", "正在班组"),
    (Substitute(7, MON, "mon2", "t1", "t3"), ("104",), "repeats row", "重复"),
    (Substitute(7, MON, "mon2", "t5", "t2"), ("t2", "104"), "stands in for t1", "同一时间"),
    (Substitute(7, TUE2, "tue1", "t3", "t1"), ("art-1", "tue1"), "called off", "已取消"),
    (Cancelled(7, APRIL), ("2026-04-01",), "outside the term", "不在学期"),
    (Cancelled(7, SATURDAY), ("2026-03-07",), "no service", "没有课后服务"),
    (Cancelled(7, MON, "mon9"), ("mon9",), "no slot", "没有时段"),
    (Cancelled(7, MON, "tue1"), ("tue1",), "is on Tue", "周二"),
    (Cancelled(7, MON, None, "chess"), ("chess-1",), "no group 'chess'", "没有班组"),
    (Cancelled(7, MON, None, "art-1"), ("art-1", "tue1"), "does not meet on", "没有活动"),
    (Cancelled(7, MON, "mon2", "choir-1"), ("choir-1", "mon1"), "does not meet at", "没有活动"),
    (Cancelled(7, WED), ("2026-03-04",), "nothing meets", "没有这样的活动"),
    (Cancelled(7, TUE2, "tue1", "art-1"), ("105",), "repeats row", "重复"),
    (Cancelled(7, TUE2, None, "art-1"), ("105",), "repeats row", "重复"),
    (Cancelled(7, TUE2), ("105",), "repeats row", "重复"),
]


@pytest.mark.parametrize(("record", "facts", "en", "zh"), ONE_MISTAKE)
def test_one_mistake_is_named_by_its_row(
    record: Record, facts: tuple[str, ...], en: str, zh: str
) -> None:
    found = problems(record)
    # A pair that does not agree is named where the student leaves, or the absence is.
    late = [p for p in found if p.row in {7, 103}]
    assert len(found) == len(late) == 1, found
    says(found[0], *facts, en=en, zh=zh)


def test_all_mistakes_at_once_in_the_order_of_rows() -> None:
    wrong = [record._replace(row=200 + n) for n, (record, *_) in enumerate(ONE_MISTAKE[:8])]
    found = problems(*wrong[::-1])
    assert [problem.row for problem in found] == list(range(200, 208))


def test_a_student_whom_the_plan_has_nowhere() -> None:
    school = with_student(tiny_school(), "s52", stay_slots=(), club_slots=("mon2",))
    groups = tuple(
        revised(g, students=tuple(s for s in g.students if s != "s52")) for g in PLAN.care_groups
    )
    plan = revised(PLAN, care_groups=groups)
    records = Attendance(absences=(Absence(2, "s52", MON),), joinings=(Joining(3, "s52", MON),))
    found = find_problems(school, plan, records)
    assert [problem.row for problem in found] == [2, 3]
    says(found[0], "s52", en="in no group", zh="没有任何班组")


@pytest.mark.parametrize(
    ("item", "fields", "en", "zh"),
    [
        (PolicyItem.BARRED_PROVIDER, {"subject": "training_firm"}, "are barred", "不允许"),
        (PolicyItem.NO_PREMISES, {"subject": "training_firm"}, "premises", "学校场地"),
        (PolicyItem.VETTING_REQUIRED, {"vetted": False}, "not vetted", "未通过遴选"),
        (PolicyItem.CONDUCT_REQUIRED, {"bad_record": True}, "bad record", "不良记录"),
    ],
)
def test_nobody_of_a_barred_body_stands_in(
    item: PolicyItem, fields: dict[str, Any], en: str, zh: str
) -> None:
    about = {"subject": fields.pop("subject", None)}
    firm = Provider(id="firm", name="", kind=ProviderKind.TRAINING_FIRM, **fields)
    school = with_teacher(with_new(SCHOOL, "providers", firm), "t2", provider="firm")
    records = Attendance(substitutes=(Substitute(7, MON, "mon2", "t1", "t2"),))
    assert find_problems(school, PLAN, records) == ()
    (found,) = find_problems(with_clause(school, item, source="rule 8", **about), PLAN, records)
    says(found, "t2", "firm", "rule 8", en=en, zh=zh)


def test_the_clause_by_which_a_substitute_is_to_be_cleared_is_named() -> None:
    school = with_teacher(SCHOOL, "t2", cleared=False)
    records = Attendance(substitutes=(Substitute(7, MON, "mon2", "t1", "t2"),))
    (found,) = find_problems(school, PLAN, records)
    says(found, "t2", en="not cleared", zh="未通过审查")
    ruled = with_clause(school, PolicyItem.CONDUCT_REQUIRED, source="rule 8")
    (found,) = find_problems(ruled, PLAN, records)
    says(found, "t2", "rule 8", en="not cleared", zh="未通过审查")


def test_a_make_up_day_has_the_slots_of_the_day_it_follows() -> None:
    term = revised(SCHOOL.term, make_up_days=(MakeUpDay(date=SATURDAY, follows=1),))
    school = tiny_school(term=term)
    right = Attendance(
        absences=(Absence(2, "s31", SATURDAY, "mon1"),),
        substitutes=(Substitute(3, SATURDAY, "mon2", "t1", "t2"),),
        cancelled=(Cancelled(4, SATURDAY, "mon1", "choir-1"),),
    )
    assert find_problems(school, PLAN, right) == ()
    (found,) = find_problems(
        school, PLAN, Attendance(absences=(Absence(2, "s31", SATURDAY, "tue1"),))
    )
    says(found, "tue1", "2026-03-07", en="follows Mon", zh="周一")


def test_a_day_called_off_is_no_date_of_service() -> None:
    school = tiny_school(term=revised(SCHOOL.term, cancelled_days=(MON,)))
    (found,) = find_problems(school, PLAN, Attendance(absences=(Absence(2, "s31", MON),)))
    says(found, "2026-03-02", en="no service", zh="没有课后服务")


def test_what_the_school_itself_says_of_joining() -> None:
    """A record of leaving must agree with the day the school's table gives, and the reverse."""
    school = with_student(SCHOOL, "s31", joins=MON2)
    (found,) = find_problems(school, PLAN, Attendance(leavings=(Leaving(2, "s31", TUE),)))
    says(found, "s31", en="before joining", zh="早于")
    school = with_student(SCHOOL, "s31", leaves=TUE)
    (found,) = find_problems(school, PLAN, Attendance(joinings=(Joining(2, "s31", MON2),)))
    says(found, "s31", en="before joining", zh="早于")
    records = Attendance(joinings=(Joining(2, "s31", MON),), absences=(Absence(3, "s31", MON),))
    assert find_problems(with_student(SCHOOL, "s31", joins=MON2), PLAN, records) == ()


def test_a_stay_between_two_dates_of_service() -> None:
    records = Attendance(
        joinings=(Joining(2, "s31", SATURDAY),), leavings=(Leaving(3, "s31", date(2026, 3, 8)),)
    )
    (found,) = find_problems(SCHOOL, PLAN, records)
    assert found.row == 3
    says(found, "s31", en="no date of service", zh="没有服务日")


def test_a_substitute_who_is_not_cleared() -> None:
    school = with_teacher(SCHOOL, "t2", cleared=False)
    records = Attendance(substitutes=(Substitute(2, MON, "mon2", "t1", "t2"),))
    (found,) = find_problems(school, PLAN, records)
    says(found, "t2", en="not cleared", zh="审查")


def test_a_substitute_who_is_busy_on_the_clock() -> None:
    """Chess now meets at mon3, 16:30-17:10, which begins before mon1 ends."""
    mon3 = Slot(id="mon3", weekday=1, start_minute=16 * 60 + 30, end_minute=17 * 60 + 10)
    school = with_new(SCHOOL, "slots", mon3)
    plan = edit_section(PLAN, "chess-1", slots=("mon3",))
    busy = Attendance(substitutes=(Substitute(2, MON, "mon1", "t4", "t1"),))
    (found,) = find_problems(school, plan, busy)
    says(found, "t1", "mon3", "chess-1", en="is with group", zh="正在班组")
    assert find_problems(school, PLAN, busy) == ()
    twice = (Substitute(2, MON, "mon1", "t4", "t3"), Substitute(3, MON, "mon3", "t1", "t3"))
    (found,) = find_problems(school, plan, Attendance(substitutes=twice))
    assert found.row == 3
    says(found, "t3", "t4", "2", en="stands in for", zh="同一时间")


def test_a_substitute_whom_another_relieves_is_free() -> None:
    """t5 is stood in for at mon1 by t1, in a later row, and takes the choir there."""
    chain = (Substitute(2, MON, "mon1", "t4", "t5"), Substitute(3, MON, "mon1", "t5", "t1"))
    assert find_problems(SCHOOL, PLAN, Attendance(substitutes=chain)) == ()
    off = Attendance(substitutes=chain[:1], cancelled=(Cancelled(9, MON, "mon1", "care-mon1"),))
    assert find_problems(SCHOOL, PLAN, off) == ()
    other_slot = Attendance(
        substitutes=chain[:1], cancelled=(Cancelled(9, MON, "mon2", "care-mon2"),)
    )
    assert [p.row for p in find_problems(SCHOOL, PLAN, other_slot)] == [2]


def test_records_made_up_to_be_true() -> None:
    """At random, each with every kind, as the benchmark has them."""
    kinds = [0] * 5
    for seed in range(30):
        share = Share(5, 5, 15, 20)
        made = make_attendance(Random(seed), SCHOOL, PLAN, 40, share)
        assert find_problems(SCHOOL, PLAN, made) == ()
        kinds = [n + len(rows) for n, rows in zip(kinds, made, strict=True)]
    assert min(kinds) > 30, kinds


def test_a_file_of_another_school() -> None:
    """A hundred thousand unknown ids are named in seconds."""
    rows = tuple(Absence(n, f"pupil-{n}", MON) for n in range(100_000))
    start = process_time()
    assert len(find_problems(SCHOOL, PLAN, Attendance(absences=rows))) == 100_000
    assert process_time() - start < 20
