"""The ledger's workbook adds up to the ledger, in both languages and as plain text."""

import zipfile
from collections import Counter
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from time import monotonic
from typing import Any

import openpyxl
import pytest

from models import Budget, Lang, PayUnit, Plan, School, StaffKind
from models.attendance import Absence, Attendance, Cancelled, Substitute
from optimizer.errors import InputError
from optimizer.ledger import INCOME, Entry, Ledger, Party, planned_ledger, settled_ledger
from optimizer.report import ledger_rows, ledger_sums, write_ledger_workbook
from optimizer.report.ledger import ledger_workbook_bytes
from optimizer.report.ledger_figures import periods_worked
from optimizer.report.ledger_words import ENTRIES, PARTIES, STAFF_KINDS, UNITS
from tests.report.example import Shape, make_plan, make_school
from tests.report.money import FULL_MONTHS, LATE_FUND, LATEST, charged, under
from tests.report.test_workbook import NASTY, lines, text_of

SHEETS = {
    "zh": ["总览", "账户分月", "教师分月", "学生分月", "公示", "明细"],
    "en": ["Overview", "By account", "By staff", "By student", "Public notice", "All lines"],
}
ABSENT = Attendance(
    absences=(Absence(2, "S0001", date(2025, 9, 1)), Absence(3, "S0002", date(2025, 9, 2))),
    substitutes=(Substitute(4, date(2025, 9, 1), "D1P0", "T0", "B3"),),
    cancelled=(
        Cancelled(5, date(2025, 9, 1), "D1P0", "care-D1P0-3"),
        Cancelled(6, date(2025, 9, 3), "D3P1"),
    ),
)


def opened(
    school: School,
    plan: Plan,
    ledger: Ledger,
    lang: Lang = "zh",
    attendance: Attendance | None = None,
) -> Any:
    content = ledger_workbook_bytes(school, plan, ledger, lang, attendance)
    return openpyxl.load_workbook(BytesIO(content))


@pytest.fixture(scope="module")
def case() -> tuple[School, Plan, Ledger]:
    school, plan = charged()
    return school, plan, planned_ledger(school, plan)


@pytest.fixture(scope="module")
def book(case: tuple[School, Plan, Ledger]) -> Any:
    return opened(*case)


def fen(cell: Any) -> int:
    """Give an amount as fen; a cell that is no number fails."""
    assert isinstance(cell, int | float)
    assert abs(cell * 100 - round(cell * 100)) < 1e-6
    return round(cell * 100)


def total_of(ledger: Ledger, *entries: Entry) -> int:
    return sum(line.amount_fen for line in ledger.lines if line.entry in entries)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_sheets_in_either_language(case: tuple[School, Plan, Ledger], lang: Lang) -> None:
    found = opened(*case, lang)
    assert found.sheetnames == SHEETS[lang]
    heads = [cell.value for cell in found.worksheets[3][3]]
    assert heads[0] == {"zh": "编号", "en": "Id"}[lang]
    labels = [row[0] for row in lines(found.worksheets[0])]
    assert {"zh": "减免", "en": "Relief"}[lang] in labels


def test_everything_has_a_name() -> None:
    assert ENTRIES.keys() == set(Entry)
    assert PARTIES.keys() == set(Party)
    assert len(UNITS) == 7
    assert STAFF_KINDS.keys() == set(StaffKind)


def test_the_overview_has_the_totals(book: Any, case: tuple[School, Plan, Ledger]) -> None:
    _school, plan, ledger = case
    rows = {row[0]: row[1:4] for row in lines(book["总览"]) if row[0]}
    assert rows["账本种类"][0].startswith("预算")
    assert rows["政策"][0] == "无（学校自定）"
    assert fen(rows["服务费应收"][0]) == total_of(ledger, Entry.FEE) == 80 * 4 * 18_000
    assert fen(rows["减免"][0]) == total_of(ledger, Entry.RELIEF)
    assert fen(rows["家庭应缴"][0]) == total_of(ledger, Entry.FEE, Entry.RELIEF)
    assert fen(rows["本校教师补助"][0]) == -total_of(ledger, Entry.PAY_NORMAL)
    assert fen(rows["支出合计"][0]) == plan.pay_fen + 123_456 + 7_890
    account = ledger.accounts[0]
    sides = [account.in_fen, account.out_fen, account.balance_fen]
    assert [fen(cell) for cell in rows[account.name.zh]] == sides
    assert [fen(cell) for cell in rows["合计"]] == sides
    assert ledger.school_digest in text_of(book["总览"])


def test_a_student_has_one_line_that_adds_up(book: Any, case: tuple[School, Plan, Ledger]) -> None:
    school, _, ledger = case
    rows = lines(book["学生分月"])
    heads = ("编号", "姓名", "班级", "服务费应收", "减免", *ledger.months, "应缴合计", "减免补偿")
    assert rows[2] == heads
    body, total = rows[3:-1], rows[-1]
    assert [row[0] for row in body] == [s.id for s in school.students]
    billed: Counter[tuple[str, str]] = Counter()
    for line in ledger.lines:
        if line.party is Party.STUDENT and line.entry in {Entry.FEE, Entry.RELIEF}:
            billed[line.who, line.month] += line.amount_fen
    for row in body:
        assert [fen(cell) for cell in row[5:9]] == [billed[row[0], m] for m in ledger.months]
        assert fen(row[9]) == sum(map(fen, row[5:9])) == fen(row[3]) + fen(row[4])
    # S0000 is free, S0011 pays half, S0001 all of the four months.
    assert [fen(body[n][9]) for n in (0, 11, 1)] == [0, 36_000, 72_000]
    assert fen(body[0][10]) == 72_000
    assert total[0] == "合计"
    for column in range(3, len(heads)):
        assert fen(total[column]) == sum(fen(row[column]) for row in body)
    assert fen(total[9]) == total_of(ledger, Entry.FEE, Entry.RELIEF)


def test_staff_have_their_periods_and_pay(book: Any, case: tuple[School, Plan, Ledger]) -> None:
    _school, plan, ledger = case
    rows = lines(book["教师分月"])
    assert rows[2][:6] == ("编号", "姓名", "类别", "课时", "本校教师补助", "外聘人员报酬")
    body, total = {row[0]: row for row in rows[3:-1]}, rows[-1]
    paid: Counter[str] = Counter()
    periods: Counter[str] = Counter()
    for line in ledger.lines:
        if line.party is Party.STAFF:
            paid[line.who] -= line.amount_fen
            periods[line.who] += int(line.quantity)
    assert body.keys() == paid.keys()
    for who, row in body.items():
        assert row[3] == periods[who]
        assert fen(row[-1]) == paid[who] == sum(map(fen, row[6:-1]))
    assert body["T2"][2] == "外聘人员"
    assert fen(body["T2"][5]) == paid["T2"]
    assert fen(body["T2"][4]) == 0
    assert fen(total[-1]) == plan.pay_fen == sum(paid.values())
    assert total[3] == sum(periods.values())


def test_accounts_add_up_by_month(book: Any, case: tuple[School, Plan, Ledger]) -> None:
    _, _, ledger = case
    rows = {row[0]: row[1:] for row in lines(book["账户分月"]) if row[0]}
    came = [
        sum(x.amount_fen for x in ledger.lines if x.month == m and x.entry in INCOME)
        for m in ledger.months
    ]
    went = [
        -sum(x.amount_fen for x in ledger.lines if x.month == m and x.entry not in INCOME)
        for m in ledger.months
    ]
    assert [fen(cell) for cell in rows["收入合计"]] == [*came, sum(came)]
    assert [fen(cell) for cell in rows["支出合计"]] == [*went, sum(went)]
    left = [a - b for a, b in zip(came, went, strict=True)]
    assert [fen(cell) for cell in rows["当月结余"]] == [*left, sum(left)]
    so_far = [sum(left[: n + 1]) for n in range(len(left))]
    assert [fen(cell) for cell in rows["累计结余"]] == [*so_far, sum(left)]
    assert fen(rows["水电费"][1]) == 123_456
    assert fen(rows["消耗品"][3]) == 7_890


def test_a_regulation_says_what_an_account_is_for() -> None:
    school, plan = charged(under("banan-2020", LATEST), FULL_MONTHS)
    sheet = opened(school, plan, planned_ledger(school, plan))["账户分月"]
    assert school.policy.regulation is not None
    account = school.policy.regulation.accounts[0]
    label = sheet["A3"].value
    assert account.name in label
    assert account.source in label
    assert "只能用于：本校教师补助、加班补助、外聘人员报酬、水电费" in label


def test_several_accounts_have_a_block_each_and_one_for_all() -> None:
    school, plan = charged(under("putuo-2021"), LATE_FUND, staff={"overtime_pay_fen": 5_000})
    ledger = planned_ledger(school, plan)
    assert len(ledger.accounts) == 2
    sheet = opened(school, plan, ledger, "en")["By account"]
    labels = [row[0] for row in lines(sheet) if row[0]]
    assert labels.count("Left so far") == 3
    lasts = [row[-1] for row in lines(sheet) if row[0] == "Left so far"]
    balances = [account.balance_fen for account in ledger.accounts]
    assert [fen(cell) for cell in lasts] == [*balances, sum(balances)]


def test_every_line_is_there(book: Any, case: tuple[School, Plan, Ledger]) -> None:
    school, _, ledger = case
    rows = lines(book["明细"])
    assert len(rows) == 3 + len(ledger.lines) + 1
    assert fen(rows[-1][8]) == sum(line.amount_fen for line in ledger.lines)
    for row, line in zip(rows[3:-1], ledger.lines, strict=True):
        assert row[0] == line.month
        assert (row[2] or "") == line.who
        assert row[4] == ENTRIES[line.entry].zh
        assert row[5] == (line.quantity if isinstance(line.quantity, int) else str(line.quantity))
        assert (fen(row[7]), fen(row[8])) == (line.rate_fen, line.amount_fen)
    assert rows[3][3] == school.student[ledger.lines[0].who].name
    assert f"共 {len(ledger.lines)} 笔" in rows[1][0]


def test_all_is_ready_to_print(book: Any) -> None:
    for sheet in book:
        assert sheet.page_setup.paperSize == 9, sheet.title
        assert sheet.print_area, sheet.title
    # Every line is there to be looked up; what is printed of it is the heading with the sums.
    assert book["明细"].print_area.endswith("$2")
    assert book["学生分月"].print_title_rows == "$3:$3"
    assert book["公示"].page_setup.orientation == "portrait"
    # The total is printed but stays where it is when the table is sorted.
    last = book["学生分月"].max_row
    assert book["学生分月"].print_area.endswith(f"${last}")
    assert book["学生分月"].auto_filter.ref.endswith(str(last - 1))


def test_a_settled_ledger_says_so_and_counts_what_was_worked() -> None:
    school, plan = charged()
    ledger = settled_ledger(school, plan, ABSENT)
    found = opened(school, plan, ledger, "zh", ABSENT)
    assert "结算" in found["总览"]["A1"].value
    staff = {row[0]: row for row in lines(found["教师分月"])[3:-1]}
    planned = periods_worked(school, plan)
    # T0 was stood in for once, and one of his groups did not meet. B3 stood in instead of his own
    # care group, and had none on the day called off.
    assert staff["T0"][3] == planned["T0"].total() - 2
    assert staff["B3"][3] == planned["B3"].total() - 1
    assert school.teacher["T0"].pay_unit is PayUnit.PERIOD
    paid = Counter[str]()
    for line in ledger.lines:
        if line.party is Party.STAFF:
            paid[line.who] += int(line.quantity)
    assert {who: row[3] for who, row in staff.items()} == paid


def test_what_is_to_be_looked_at_stands_on_the_overview(book: Any) -> None:
    school, plan = charged(budget=Budget())
    ledger = planned_ledger(school, plan)
    assert len(ledger.notes) == 1
    rows = [row[0] for row in lines(opened(school, plan, ledger)["总览"])]
    assert rows[rows.index("请注意") + 1] == ledger.notes[0].zh
    rows = [row[0] for row in lines(book["总览"])]
    assert rows[rows.index("请注意") + 1] == "无"


def test_no_name_becomes_a_formula_or_a_link(case: tuple[School, Plan, Ledger]) -> None:
    school, plan, _ = case

    def renamed(rows: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(
            row.model_copy(update={"name": NASTY[n % len(NASTY)]}) for n, row in enumerate(rows)
        )

    tables = ("students", "teachers", "rooms", "courses", "classes", "groups")
    changes: dict[str, Any] = {name: renamed(getattr(school, name)) for name in tables}
    notice = school.settings.notice.model_copy(
        update={"method": "=1+1", "safety": "@cmd", "complaints": "http://example.org"}
    )
    changes["settings"] = school.settings.model_copy(
        update={"name": "=cmd|' /C calc'!A0", "notice": notice}
    )
    nasty = school.replaced(**changes)
    content = ledger_workbook_bytes(nasty, plan, planned_ledger(nasty, plan), "zh")
    with zipfile.ZipFile(BytesIO(content)) as package:
        sheets = [n for n in package.namelist() if n.startswith("xl/worksheets/sheet")]
        assert sheets
        assert not any(b"<f>" in package.read(name) for name in sheets)
        related = [n for n in package.namelist() if "worksheets/_rels" in n]
        assert not any(b"example.org" in package.read(name) for name in related)
    found = openpyxl.load_workbook(BytesIO(content))
    cells = [cell for sheet in found for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert {"=1+1", "@cmd", "http://example.org"} <= {cell.value for cell in found["公示"]["A"]}


def test_nobody_charged_and_nobody_paid() -> None:
    shape = Shape(days=1, students=4)
    school = make_school(shape)
    unpaid = tuple(t.model_copy(update={"pay_fen": None}) for t in school.teachers)
    school = school.replaced(teachers=unpaid)
    plan = make_plan(school, shape)
    ledger = planned_ledger(school, plan)
    assert ledger.lines == ()
    found = opened(school, plan, ledger, "en")
    assert "No student is billed." in text_of(found["By student"])
    # Unpaid work counts too: 18 Mondays, one group each.
    assert [row[3] for row in lines(found["By staff"])[3:-1]] == [18, 18, 18, 18]
    assert "0 lines" in text_of(found["All lines"])


@pytest.mark.slow
def test_a_ledger_of_sixty_thousand_lines_is_written_soon(
    case: tuple[School, Plan, Ledger],
) -> None:
    school, plan, ledger = case
    many = (ledger.lines * (60_000 // len(ledger.lines) + 1))[:60_000]
    large = replace(ledger, lines=many)
    start = monotonic()
    content = ledger_workbook_bytes(school, plan, large, "zh")
    assert monotonic() - start < 60
    assert len(content) > 1_000_000


def test_the_rows_for_the_screen_are_the_same_sums(case: tuple[School, Plan, Ledger]) -> None:
    _, _, ledger = case
    zh, en = (dict(ledger_rows(ledger, lang)) for lang in ("zh", "en"))
    assert len(zh) == len(en)
    total = ledger_sums(ledger).total
    assert zh["收入合计"] == f"{total.came_in() / 100:.2f} 元"
    assert en["Balance"] == f"{total.balance() / 100:.2f} yuan"
    assert zh["账目笔数"] == str(len(ledger.lines))


def test_written_whole_or_not_at_all(case: tuple[School, Plan, Ledger], tmp_path: Path) -> None:
    path = tmp_path / "ledger.xlsx"
    write_ledger_workbook(*case, path)
    before = path.read_bytes()
    with pytest.raises(InputError, match="exists already"):
        write_ledger_workbook(*case, path)
    assert path.read_bytes() == before
    write_ledger_workbook(*case, path, "en", force=True)
    assert openpyxl.load_workbook(path).sheetnames == SHEETS["en"]
    assert list(tmp_path.iterdir()) == [path]
