"""The public notice says what the policy wants published, and nothing about any one student."""

import re
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from xlsxwriter import Workbook

from instances.regimes import workbook
from models import (
    REGIMES,
    Budget,
    Clause,
    FeeBasis,
    Force,
    Lang,
    Notice,
    PartPeriod,
    Plan,
    Policy,
    PolicyItem,
    School,
    Settings,
    Student,
    Topic,
    may_be_claimed,
)
from models.attendance import Absence, Attendance, Cancelled
from models.labels import ITEM_NAMES, TOPICS
from optimizer.files import read_school
from optimizer.ledger import INCOME, Entry, planned_ledger, service_dates, settled_ledger
from optimizer.report import ledger_sums, summary
from optimizer.report.book import Book
from optimizer.report.ledger import ledger_workbook_bytes
from optimizer.report.ledger_book import LedgerBook
from optimizer.report.ledger_figures import periods_worked
from optimizer.report.ledger_words import capital
from optimizer.report.naming import Names
from optimizer.report.notice import STATEMENTS, monthly_topics, topics
from optimizer.report.notice_parts import place
from optimizer.report.notice_sheet import add_notices
from optimizer.report.workbook import OPTIONS
from tests.report.money import FULL_MONTHS, LATE_FUND, LATEST, OWN_FEE, charged, under, waived
from tests.report.test_workbook import lines, text_of
from tests.tiny import tiny_plan, tiny_school

END_OF_WORK = Clause(item=PolicyItem.EARLIEST_END, value=18 * 60, source="当地下班时间")
ROTA = under("free-rota")
ENDS = re.compile(r"^\d+\. |（盖章）|\(seal\)")


def made(
    school: School,
    plan: Plan,
    lang: Lang = "zh",
    attendance: Attendance | None = None,
    until: date | None = None,
) -> Any:
    ledger = planned_ledger(school, plan)
    if attendance is not None:
        ledger = settled_ledger(school, plan, attendance, until)
    stream = BytesIO()
    workbook = Workbook(stream, OPTIONS)
    book = Book(workbook, school, plan, Names(school, plan, lang), summary(school, plan))
    periods = periods_worked(school, plan, attendance)
    add_notices(LedgerBook(book, ledger, ledger_sums(ledger), periods))
    workbook.close()
    return openpyxl.load_workbook(stream)


def headings(sheet: Any) -> list[str]:
    """Give the topics in order, without their numbers."""
    found = [str(row[0]) for row in lines(sheet) if row[0] and str(row[0])[:1].isdigit()]
    return [text.split(". ", 1)[1] for text in found if ". " in text]


def under_heading(sheet: Any, heading: str) -> list[tuple[Any, ...]]:
    """Give the rows of one topic, blank rows and cells left out; the clause it goes by is one."""
    rows = [tuple(c for c in row if c is not None) for row in lines(sheet)]
    rows = [row for row in rows if row]
    start = next(n for n, row in enumerate(rows) if str(row[0]).endswith(f". {heading}"))
    ends = (n for n in range(start + 1, len(rows)) if ENDS.search(str(rows[n][0])))
    return [*([rows[start][1:]] if rows[start][1:] else []), *rows[start + 1 : next(ends)]]


# Of homework nothing is known: it is published where a policy asks for it.
KNOWN = tuple(topic for topic in Topic if topic is not Topic.HOMEWORK_CHECKS)


def test_without_a_policy_every_topic_is_there() -> None:
    school, plan = charged()
    sheet = made(school, plan)["公示"]
    assert topics(school) == KNOWN
    assert headings(sheet) == [TOPICS[topic].zh for topic in KNOWN]
    said = text_of(sheet)
    assert sheet["A1"].value == "示例小学课后服务公示"
    assert "本学期参加服务的学生共 80 人。" in said
    assert "学校按自定规则开展课后服务" in said
    # Nothing can be set aside of a document that is not there.
    assert "倡导性条款" not in said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_policy_names_its_topics_and_itself(lang: Lang) -> None:
    school, plan = charged(under("banan-2020", LATEST), FULL_MONTHS)
    sheet = made(school, plan, lang)[{"zh": "公示", "en": "Public notice"}[lang]]
    wanted = [Topic.MENU, Topic.METHOD, Topic.SAFETY, Topic.FEES, Topic.ACCOUNTS]
    named = [capital(TOPICS[topic].say(lang)) for topic in wanted]
    first = {"zh": "服务原则", "en": "What the service keeps to"}[lang]
    last = {
        "zh": "学校未采用或改动的倡导性条款",
        "en": "Advisory clauses that the school has set aside",
    }[lang]
    assert headings(sheet) == [first, *named, last]
    regulation = school.policy.regulation
    assert regulation is not None
    top = str(lines(sheet)[1][0])
    assert {"zh": regulation.name, "en": regulation.name_en}[lang] in top
    assert regulation.title in top
    said = text_of(sheet)
    for clause in school.in_force(PolicyItem.PUBLISH):
        assert place(school, clause.source) in said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_said_only_is_not_printed_as_kept(lang: Lang) -> None:
    """Joining in mid-term is said of Changzhi: no data tell whether a family was let in."""
    school, plan = charged(under("changzhi-2021", END_OF_WORK), Budget())
    sheet = made(school, plan, lang)[{"zh": "公示", "en": "Public notice"}[lang]]
    first = {"zh": "服务原则", "en": "What the service keeps to"}[lang]
    *table, besides = under_heading(sheet, first)
    for item in STATEMENTS:
        if school.in_force(item):
            name = ITEM_NAMES[item].say(lang)
            shown = any(str(row[0]).startswith(capital(name)) for row in table)
            assert shown == may_be_claimed(item), item
            assert (name in str(besides[0])) != may_be_claimed(item), item
    # Each with its place; what the document adds to it is not said of what nobody has checked.
    assert {"zh": "可中途加入退出（四（1））；", "en": "joining mid-term (四（1）); "}[
        lang
    ] in besides[0]
    assert besides[0].startswith({"zh": "文件另有以下要求", "en": "Besides, the school"}[lang])


T = Topic
PUBLISHED: dict[str, tuple[Topic, ...]] = {
    "banan-2020": (T.MENU, T.METHOD, T.SAFETY, T.FEES, T.ACCOUNTS),
    "changzhi-2021": (T.SERVICE_TIME, T.MENU, T.METHOD, T.SAFETY),
    "putuo-2021": (T.METHOD,),
    # It says how often the accounts are published, and so that they are.
    "zhanggong-2021": (T.MENU, T.FEES, T.ACCOUNTS),
    # It says nothing about it.
    "one-plus-x": KNOWN,
    "hebi": (
        *(T.SERVICE_TIME, T.MENU, T.METHOD, T.STAFF, T.PLACES),
        *(T.SAFETY, T.FEES, T.ACCOUNTS),
    ),
    "free-rota": (T.MENU, T.METHOD, T.SAFETY, T.ATTENDANCE, T.HOMEWORK_CHECKS),
    "city-menu": (
        *(T.SERVICE_TIME, T.MENU, T.METHOD, T.STAFF, T.PLACES),
        *(T.SAFETY, T.FEES),
    ),
    "per-head-subsidy": (
        *(T.SERVICE_TIME, T.MENU, T.METHOD, T.SAFETY),
        *(T.FEES, T.COMPLAINTS, T.ACCOUNTS),
    ),
}


def test_every_regime_is_looked_at() -> None:
    assert PUBLISHED.keys() == set(REGIMES)


@pytest.mark.parametrize("regime", REGIMES)
def test_each_regime_has_its_notice(regime: str) -> None:
    school = read_school(workbook(regime))
    _, example = charged()
    plan = example.model_copy(update={"sections": (), "care_groups": (), "unmet": ()})
    expected = PUBLISHED[regime]
    assert topics(school) == expected
    assert monthly_topics(school) == (
        (T.ATTENDANCE, T.HOMEWORK_CHECKS) if regime == "free-rota" else ()
    )
    sheet = made(school, plan)["公示"]
    named = [TOPICS[topic].zh for topic in expected]
    assert headings(sheet) == ["服务原则", *named, "学校未采用或改动的倡导性条款"]
    said = text_of(sheet)
    regulation = school.policy.regulation
    assert regulation is not None
    assert regulation.name in said
    assert regulation.title in said
    for clause in (*school.in_force(PolicyItem.PUBLISH), *school.rules.set_aside):
        assert place(school, clause.source) in said
    english = text_of(made(school, plan, "en")["Public notice"])
    assert regulation.name_en in english


def test_a_fee_is_told_though_its_document_does_not_ask_for_it() -> None:
    fee = Budget(
        fee_basis=FeeBasis.MONTH,
        fee_fen=10_000,
        fee_standard="长发改〔2026〕12号",
        fee_from=date(2025, 11, 1),
        part_period=PartPeriod.FULL,
    )
    school, plan = charged(under("changzhi-2021", END_OF_WORK), fee)
    assert topics(school) == (*PUBLISHED["changzhi-2021"], T.FEES)
    sheet = made(school, plan)["公示"]
    assert "每生每月 100.00 元" in str(under_heading(sheet, TOPICS[T.FEES].zh))
    for said in ("长发改〔2026〕12号", "2025-11-01"):
        assert said in text_of(sheet)


def secret(school: School) -> tuple[School, list[Student]]:
    """Give every student an id and a name that can stand nowhere by chance."""
    people = [
        s.model_copy(update={"id": f"XQ{n:05d}", "name": f"隐名{n:05d}"})
        for n, s in enumerate(school.students)
    ]
    renamed = {old.id: new.id for old, new in zip(school.students, people, strict=True)}
    wishes = tuple(w.model_copy(update={"student": renamed[w.student]}) for w in school.wishes)
    return school.replaced(students=tuple(people), wishes=wishes), people


def reseated(plan: Plan, school: School) -> Plan:
    def seats(groups: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(
            g.model_copy(update={"students": tuple(f"XQ{int(s[1:]):05d}" for s in g.students)})
            for g in groups
        )

    changes = {"sections": seats(plan.sections), "care_groups": seats(plan.care_groups)}
    unmet = tuple(
        u.model_copy(update={"student": f"XQ{int(u.student[1:]):05d}"}) for u in plan.unmet
    )
    return plan.model_copy(update=changes | {"unmet": unmet, "school_digest": school.digest})


def test_no_student_is_named() -> None:
    base, plan = charged(ROTA, Budget())
    school, people = secret(base)
    plan = reseated(plan, school)
    records = Attendance(absences=(Absence(2, people[0].id, date(2025, 9, 1)),))
    content = ledger_workbook_bytes(
        school, plan, settled_ledger(school, plan, records), "zh", records
    )
    book = openpyxl.load_workbook(BytesIO(content))
    notices = [sheet for sheet in book if sheet.title.startswith("公示")]
    assert len(notices) == 1 + 4
    for sheet in notices:
        said = "\n".join(
            f"{cell.value} {cell.comment.text if cell.comment else ''}"
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        )
        assert not [p.id for p in people if p.id in said or p.name in said]
    # The search is one that finds: elsewhere in the same workbook they do stand.
    paying = school.replaced(policy=Policy(), settings=_with_fee(school))
    content = ledger_workbook_bytes(paying, plan, planned_ledger(paying, plan), "zh")
    listed = text_of(openpyxl.load_workbook(BytesIO(content))["学生分月"])
    assert all(p.id in listed and p.name in listed for p in people)


def _with_fee(school: School) -> Settings:
    return school.settings.model_copy(update={"budget": OWN_FEE})


def test_service_time_names_days_and_clocks() -> None:
    school, plan = charged()
    rows = under_heading(made(school, plan)["公示"], TOPICS[Topic.SERVICE_TIME].zh)
    count = len(service_dates(school.term))
    assert f"自 2025-09-01 起至 2025-12-31 止，共 {count} 个服务日" in rows[0][0]
    assert rows[2] == (
        "周一至周五",
        "16:10-16:50",
        "社团活动或基础托管（作业辅导）",
        "全部年级",
    )
    assert len(rows) == 6
    assert rows[4][0] == "调休补课日照常服务：2025-09-28（按周三安排）。"
    off = "2025-10-01 至 2025-10-03、2025-10-06 至 2025-10-08、2025-11-14"
    assert rows[5][0] == f"不开展服务的日期：{off}。"


def test_only_days_with_a_slot_are_days_of_service() -> None:
    """Slots are on Mondays and Tuesdays: two weeks have four days, less one called off."""
    school = tiny_school()
    school = school.replaced(settings=_with_fee(school))
    plan = tiny_plan(school)
    ledger = planned_ledger(school, plan)
    content = ledger_workbook_bytes(school, plan, ledger, "en")
    text = text_of(openpyxl.load_workbook(BytesIO(content))["Public notice"])
    assert "has 4 days of service" in text
    assert "No service on" not in text
    records = Attendance(cancelled=(Cancelled(2, date(2026, 3, 9)),))
    ledger = settled_ledger(school, plan, records, date(2026, 3, 13))
    content = ledger_workbook_bytes(school, plan, ledger, "en", records)
    text = text_of(openpyxl.load_workbook(BytesIO(content))["Public notice"])
    assert "has 3 days of service" in text
    assert "No service on 2026-03-09." in text


def test_the_menu_has_every_group_and_what_did_not_open() -> None:
    school, plan = charged()
    rows = under_heading(made(school, plan)["公示"], TOPICS[Topic.MENU].zh)
    assert rows[0] == ("课程", "年级", "时间", "教师", "教室", "名额")
    assert len(rows) == 1 + len(plan.sections) + 1
    assert rows[1] == ("篮球", "1-6", "周一 16:10-16:50", "王子涵老师", "专用室0", 22)
    assert "每周 40 组次" in rows[-1][0]
    fewer = plan.model_copy(update={"sections": plan.sections[1:]})
    rows = under_heading(made(school, fewer)["公示"], TOPICS[Topic.MENU].zh)
    assert rows[-2] == ("本学期未开班：篮球。",)


def test_the_menu_names_no_grade_that_may_not_be_there() -> None:
    early = Clause(item=PolicyItem.LATEST_END, value=16 * 60, grades=(1, 2), source="校规")
    school, plan = charged(Policy(clauses=(early,)))
    rows = under_heading(made(school, plan)["公示"], TOPICS[Topic.MENU].zh)
    assert rows[1] == ("篮球", "3-6", "周一 16:10-16:50", "王子涵老师", "专用室0", 22)


def test_what_only_the_school_can_say_is_left_to_be_written_in() -> None:
    school, plan = charged()
    sheet = made(school, plan)["公示"]
    safety = under_heading(sheet, TOPICS[Topic.SAFETY].zh)
    assert safety == [("值班教师护送至校门口。",)]
    assert under_heading(sheet, TOPICS[Topic.COMPLAINTS].zh) == [("投诉举报电话",)]
    rows = [n for n, row in enumerate(lines(sheet), 1) if row[0] == "投诉举报电话"]
    line = sheet.cell(rows[0], 9)
    assert line.border.bottom.style == "thin"
    assert line.value is None
    told = school.settings.model_copy(update={"notice": Notice(complaints="教委 023-1234")})
    sheet = made(school.replaced(settings=told), plan)["公示"]
    assert under_heading(sheet, TOPICS[Topic.COMPLAINTS].zh) == [("教委 023-1234",)]


def test_staff_are_counted_by_kind() -> None:
    school, plan = charged()
    rows = under_heading(made(school, plan)["公示"], TOPICS[Topic.STAFF].zh)
    periods = periods_worked(school, plan)
    whole = sum(worked.total() for worked in periods.values())
    outside = periods["T2"].total()
    assert rows[1][:3] == ("本校教师", 6, whole - outside)
    assert rows[1][3] == f"{100 * (whole - outside) / whole:.1f}%"
    assert rows[2][:3] == ("外聘人员", 1, outside)
    assert rows[3] == ("合计", 7, whole, "100.0%")


def test_places_are_those_in_use() -> None:
    school, plan = charged()
    rows = under_heading(made(school, plan)["公示"], TOPICS[Topic.PLACES].zh)
    half = -(-len(school.rooms) // 2)
    assert rows[1][:3] == ("专用室0", 25, 20)
    assert len(rows) == 1 + half  # two beside each other
    assert sum(len(row) for row in rows[1:]) == 3 * len(school.rooms)


def test_fees_with_basis_relief_and_source() -> None:
    school, plan = charged(under("banan-2020", LATEST), FULL_MONTHS)
    rows = under_heading(made(school, plan)["公示"], TOPICS[Topic.FEES].zh)
    source = place(school, next(iter(school.in_force(PolicyItem.FEE_MONTH))).source)
    assert rows[2] == ("1-4", "每生每月 180.00 元", "中途加入或退出的，按整期收取", source)
    relief = {row[0]: row[1:] for row in rows[4:]}
    assert relief["建档立卡"][:2] == ("100%", "减免部分由上级补给学校")
    assert relief["双职工家庭"] == ("50%", "学校规定")


def test_a_service_free_of_charge_says_so_and_why() -> None:
    school, plan = charged(ROTA, Budget())
    said = text_of(made(_with_all_topics(school), plan, "en")["Public notice"])
    assert "The service is free of charge this term." in said
    assert place(school, school.in_force(PolicyItem.NO_FEE)[0].source) in said
    assert "yuan a student" not in said


def test_a_fee_that_is_not_said_is_left_to_be_written_in() -> None:
    """A school that set a budget and said nothing of fees does not call its service free."""
    school, plan = charged(None, Budget(sum_fen=6_000_000))
    english, chinese = made(school, plan, "en")["Public notice"], made(school, plan)["公示"]
    assert "Fees and their basis\nFee\n" in text_of(english)
    assert "收费标准" in str(under_heading(chinese, TOPICS[Topic.FEES].zh))
    total = "Total (met by the school's budget: 60000.00 yuan of pay a term at most)"
    assert total in text_of(english)
    assert "合计（由学校预算支付，全学期酬劳最多 60000.00 元）" in text_of(chinese)
    for untrue in ("free of charge", "short", "不收费", "不足"):
        assert untrue not in text_of(english) + text_of(chinese)


@pytest.mark.parametrize("budget", [Budget(fee_basis=FeeBasis.NONE), Budget(fee_fen=0)])
def test_a_school_that_says_so_is_free_of_charge(budget: Budget) -> None:
    school, plan = charged(None, budget)
    assert "free of charge this term" in text_of(made(school, plan, "en")["Public notice"])


def test_a_free_service_says_so_even_where_fees_need_not_be_published() -> None:
    school, plan = charged(ROTA, Budget())
    assert Topic.FEES not in topics(school)
    assert "The service is free of charge" in text_of(made(school, plan, "en")["Public notice"])
    charging, plan = charged(under("zhanggong-2021"), Budget())
    assert "free of charge" not in text_of(made(charging, plan, "en")["Public notice"])


def _with_all_topics(school: School) -> School:
    rows = tuple(
        Clause(item=PolicyItem.PUBLISH, subject=topic.value, source="own") for topic in Topic
    )
    policy = school.policy.model_copy(update={"clauses": (*school.policy.clauses, *rows)})
    return school.replaced(policy=policy)


def test_charged_by_the_period_with_caps_and_an_approval_to_write_in() -> None:
    budget = Budget(fee_fen=230, part_period=PartPeriod.SHARE)
    school, plan = charged(under("one-plus-x"), budget)
    rows = under_heading(made(school, plan)["公示"], TOPICS[Topic.FEES].zh)
    fee = next(row for row in rows if row[0] == "1-4")
    assert fee[1] == "每生每节 2.30 元"
    assert fee[2] == "按实际参加的节数结算；每天最多收 2 节；每天最多收 4.60 元"


def test_accounts_are_those_of_the_ledger() -> None:
    school, plan = charged(under("banan-2020", LATEST), FULL_MONTHS)
    rows = under_heading(made(school, plan)["公示"], TOPICS[Topic.ACCOUNTS].zh)
    ledger = planned_ledger(school, plan)
    account = ledger.accounts[0]
    total = next(row for row in rows if str(row[0]).startswith("合计"))
    assert total[1:] == (account.in_fen / 100, account.out_fen / 100)
    left = f"{abs(account.balance_fen) / 100:.2f}"
    assert left in total[0]
    assert ("不足" in total[0]) == (account.balance_fen < 0)
    assert rows[-1] == ("不提取管理费，不作他用。",)
    assert rows[1] == ("本学期收支（预算）：",)


def test_set_aside_clauses_are_named_with_source_and_what_holds_instead() -> None:
    later = Clause(
        item=PolicyItem.LATEST_END, value=18 * 60 + 30, force=Force.ADVISORY, source="家委会决议 7"
    )
    school, plan = charged(under("zhanggong-2021", later), Budget())
    aside = school.rules.set_aside
    assert [clause.item for clause in aside] == [PolicyItem.LATEST_END]
    sheet = made(school, plan)["公示"]
    rows = under_heading(sheet, "学校未采用或改动的倡导性条款")
    assert rows[1] == (
        "最晚结束时间：18:00",
        place(school, aside[0].source),
        "最晚结束时间：18:30（家委会决议 7）",
    )
    school, plan = charged(under("zhanggong-2021", waived(PolicyItem.LATEST_END)), Budget())
    rows = under_heading(
        made(school, plan, "en")["Public notice"], "Advisory clauses that the school has set aside"
    )
    assert rows[1] == ("Latest end: 18:00", place(school, aside[0].source), "not kept (家长委员会)")


def test_nothing_set_aside_is_said_too() -> None:
    school, plan = charged(under("banan-2020", LATEST), FULL_MONTHS)
    said = text_of(made(school, plan)["公示"])
    assert "学校没有放弃或改动政策中的任何倡导性条款。" in said


def test_attendance_by_month_and_a_notice_a_month() -> None:
    school, plan = charged(ROTA, Budget())
    planned = made(school, plan)
    assert [name for name in planned.sheetnames if name.startswith("公示")] == ["公示"]
    rows = under_heading(planned["公示"], TOPICS[Topic.ATTENDANCE].zh)
    assert rows[1] == ("以下为计划课时。",)
    assert rows[2] == ("教师", "2025-09", "2025-10", "2025-11", "2025-12", "合计")
    records = Attendance(cancelled=(Cancelled(2, date(2025, 9, 3), "D3P1"),))
    settled = made(school, plan, "zh", records)
    names = [name for name in settled.sheetnames if name.startswith("公示")]
    assert names == ["公示", *(f"公示 2025-{month}" for month in ("09", "10", "11", "12"))]
    assert "经费或出勤公示：每月（" in text_of(settled["公示"])
    sheet = settled["公示 2025-09"]
    assert sheet["A1"].value == "示例小学课后服务 2025-09 月度公示"
    assert headings(sheet)[:2] == [TOPICS[T.ATTENDANCE].zh, TOPICS[T.HOMEWORK_CHECKS].zh]
    # No record tells of homework: there is room to write it down.
    assert under_heading(sheet, TOPICS[T.HOMEWORK_CHECKS].zh)[1] == ("本月作业布置与批改情况",)
    worked = periods_worked(school, plan, records)
    rows = under_heading(sheet, TOPICS[Topic.ATTENDANCE].zh)
    assert rows[1] == ("以下为实际出勤课时。",)
    assert rows[-1] == ("合计", sum(w["2025-09"] for w in worked.values()))
    before = sum(w["2025-09"] for w in periods_worked(school, plan).values())
    assert rows[-1][1] == before - 4 - 3


def test_accounts_by_the_month_go_on_from_what_was_left() -> None:
    rows = (
        Clause(item=PolicyItem.PUBLISH, subject="accounts", source="own"),
        Clause(item=PolicyItem.PUBLISH_EVERY, subject="month", source="own"),
    )
    school, plan = charged(Policy(clauses=rows))
    book = made(school, plan, "en", Attendance())
    ledger = settled_ledger(school, plan, Attendance())
    left = 0
    for month in ledger.months:
        found = under_heading(book[f"Notice {month}"], "Accounts")
        table = {row[0]: row[1:] for row in found}
        amounts = [line.amount_fen for line in ledger.lines if line.month == month]
        assert table["Balance brought forward"] == (left / 100,)
        left += sum(amounts)
        (total,) = (row for label, row in table.items() if label.startswith("Total"))
        assert round(100 * (total[0] - total[1])) == left
        assert any(f"{left / 100:.2f} yuan left" in label for label in table)
    assert left == ledger.accounts[0].balance_fen


def test_only_months_that_are_over_are_told_of() -> None:
    school, plan = charged(ROTA, Budget())
    records = Attendance(cancelled=(Cancelled(2, date(2025, 9, 3), "D3P1"),))
    book = made(school, plan, "zh", records, date(2025, 11, 12))
    names = [name for name in book.sheetnames if name.startswith("公示")]
    assert names == ["公示", "公示 2025-09", "公示 2025-10"]
    rows = under_heading(book["公示"], TOPICS[Topic.ATTENDANCE].zh)
    assert rows[1:3] == [("以下为实际出勤课时。",), ("教师", "2025-09", "2025-10", "合计")]
    assert all(row[-1] == sum(row[1:-1]) for row in rows[3:])
    # Before any month is over there is nothing but the plan.
    early = made(school, plan, "zh", Attendance(), date(2025, 9, 3))
    assert [name for name in early.sheetnames if name.startswith("公示")] == ["公示"]
    rows = under_heading(early["公示"], TOPICS[Topic.ATTENDANCE].zh)
    assert rows[1] == ("以下为计划课时。",)


def test_accounts_of_the_months_that_are_over() -> None:
    school, plan = charged(under("banan-2020", LATEST), FULL_MONTHS)
    until = date(2025, 10, 31)
    ledger = settled_ledger(school, plan, Attendance(), until)
    rows = under_heading(
        made(school, plan, "zh", Attendance(), until)["公示"], TOPICS[Topic.ACCOUNTS].zh
    )
    assert rows[1] == ("2025-09 至 2025-10 收支（决算）：",)
    total = next(row for row in rows if str(row[0]).startswith("合计"))
    done = {"2025-09", "2025-10"}
    came = sum(x.amount_fen for x in ledger.lines if x.month in done and x.entry in INCOME)
    went = sum(x.amount_fen for x in ledger.lines if x.month in done and x.entry not in INCOME)
    assert total[1:] == (came / 100, -went / 100)
    early = made(school, plan, "zh", Attendance(), date(2025, 9, 3))["公示"]
    rows = under_heading(early, TOPICS[Topic.ACCOUNTS].zh)
    assert rows[1] == ("考勤记到 2025-09-03，还没有结算完的月份；本学期收支（预算）：",)


def test_relief_is_no_negative_income() -> None:
    school, plan = charged(under("banan-2020", LATEST), FULL_MONTHS)
    rows = under_heading(made(school, plan, "en")["Public notice"], "Accounts")
    fee = next(row for row in rows if "after relief" in str(row[0]))
    sums = ledger_sums(planned_ledger(school, plan)).total.entry
    assert sums[Entry.RELIEF] < 0
    assert fee[1] == (sums[Entry.FEE] + sums[Entry.RELIEF]) / 100
    assert f"after relief of {-sums[Entry.RELIEF] / 100:.2f} yuan" in fee[0]
    assert not [cell for row in rows for cell in row if isinstance(cell, float | int) and cell < 0]


def test_own_means_are_not_short_but_bear_what_no_account_pays() -> None:
    school, plan = charged(under("putuo-2021"), LATE_FUND, staff={"overtime_pay_fen": 5_000})
    rows = under_heading(made(_with_all_topics(school), plan, "en")["Public notice"], "Accounts")
    labels = [str(row[0]) for row in rows]
    own = next(n for n, label in enumerate(labels) if label.startswith("the school's own means"))
    (total,) = (label for label in labels[own:] if label.startswith("Total"))
    assert "yuan borne by the school" in total
    assert "short" in " ".join(labels[:own])  # the fund, whose account it is


def test_long_text_goes_on_in_further_rows() -> None:
    school, plan = charged()
    long = "放学护送到门口。" * 250
    told = school.settings.model_copy(update={"notice": Notice(safety=long)})
    sheet = made(school.replaced(settings=told), plan)["公示"]
    rows = under_heading(sheet, TOPICS[Topic.SAFETY].zh)
    assert len(rows) > 1
    assert "".join(row[0] for row in rows) == long
    heights = [d.height for d in sheet.row_dimensions.values() if d.height]
    assert max(heights) <= 409


def test_a_notice_is_a_page_wide_and_wraps() -> None:
    school, plan = charged()
    sheet = made(school, plan)["公示"]
    assert sheet.page_setup.orientation == "portrait"
    assert sheet.page_setup.paperSize == 9
    # Excel keeps no page break on a sheet that it fits to the page.
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet["A1"].font.size == 20
    assert sheet["A1"].alignment.wrap_text
    assert {str(area).split(":")[0] for area in sheet.merged_cells.ranges} >= {"A1", "A2"}
