"""The first sheet of a ledger: what it is, its totals, its accounts, and what to look at."""

from collections.abc import Sequence
from typing import Any

from models import Lang, Text, yuan
from optimizer.ledger import INCOME, Entry, Ledger, run_of
from optimizer.report.book import internal_link
from optimizer.report.columns import lines_of
from optimizer.report.ledger_book import TOTAL, LedgerBook, money
from optimizer.report.ledger_figures import BILL, LedgerFigures, ledger_sums
from optimizer.report.ledger_words import ENTRIES
from optimizer.report.overview import TERM
from optimizer.report.paper import LINE_POINTS, UPRIGHT, Flow
from optimizer.report.words import Row

OVERVIEW = Text("总览", "Overview")
SUMMARY = Text("账本汇总", "Ledger summary")
TITLE = Text("{school} 课后服务账本（{kind}）", "{school}: ledger of the service ({kind})")
PLANNED, SETTLED = Text("预算", "planned"), Text("结算", "settled")
KIND = Text("账本种类", "Kind of ledger")
FROM_PLAN = Text("预算：按方案推算，尚无出勤记录", "planned: worked out from the plan alone")
FROM_RECORDS = Text(
    "结算：{until} 及以前按实际出勤记录", "settled: by the records of attendance up to {until}"
)
AND_PLANNED = Text("{said}；其后为预算", "{said}; planned from then on")
POLICY = Text("政策", "Policy")
NO_POLICY = Text("无（学校自定）", "none but the school's own rules")
BILLED = Text("有账目的学生", "Students with lines")
PAID = Text("有报酬的教师", "Staff with pay")
COUNT = Text("账目笔数", "Lines")
DIGEST = Text("数据摘要", "Digest of the school's data")
RUN = Text("本次运行", "Run")
ENTRY, AMOUNT = Text("项目", "Entry"), Text("金额（元）", "Amount (yuan)")
ACCOUNT = Text("账户", "Account")
IN, OUT, LEFT = Text("收入", "In"), Text("支出", "Out"), Text("结余", "Balance")
IN_ALL, OUT_ALL = Text("收入合计", "All that came in"), Text("支出合计", "All that went out")
TO_PAY = Text("家庭应缴", "Families pay")
NOTES = Text("请注意", "To be looked at")
NO_NOTES = Text("无", "none")
CONTENTS = Text("目录", "Contents")
LEFT_IN = Text("结余：{account}", "Balance: {account}")
SUM = Text("{sum} 元", "{sum} yuan")
WIDTHS = (28, 17, 17, 17, 3, 28)
CONTENTS_COLUMN = 5
NOTE_WIDTH = sum(WIDTHS[:4])


def total_lines(figures: LedgerFigures) -> list[tuple[Text, int]]:
    """Give each entry that occurs and its total, and the totals of both sides.

    What goes out is given as a positive amount.
    """
    rows: list[tuple[Text, int]] = []
    total = figures.total
    used = [entry for entry in Entry if any(month[entry] for month in total.month.values())]
    rows += [(ENTRIES[entry], total.entry[entry]) for entry in used if entry in INCOME]
    if any(entry in BILL for entry in used):
        rows.insert(sum(entry in BILL for entry in used), (TO_PAY, total.of(BILL)))
    rows.append((IN_ALL, total.came_in()))
    rows += [(ENTRIES[entry], -total.entry[entry]) for entry in used if entry not in INCOME]
    return [*rows, (OUT_ALL, total.went_out()), (LEFT, total.balance())]


def ledger_rows(ledger: Ledger, lang: Lang) -> list[Row]:
    """Give the totals of a ledger as rows of label and sentence, for the screen."""
    figures = ledger_sums(ledger)
    facts: list[tuple[Text, Text]] = [
        (KIND, kind_text(ledger)),
        *((label, _number(len(rows))) for label, rows in _counts(ledger, figures)),
        *((label, SUM.fill(sum=yuan(fen))) for label, fen in total_lines(figures)),
    ]
    if len(ledger.accounts) > 1:
        for account in ledger.accounts:
            label = LEFT_IN.fill(account=account.name)
            facts.append((label, SUM.fill(sum=yuan(account.balance_fen))))
    return [(label.say(lang), said.say(lang)) for label, said in facts]


def kind_text(ledger: Ledger) -> Text:
    """Say whether a ledger is planned, or up to which day it tells what happened."""
    if ledger.until is None:
        return FROM_PLAN
    said = FROM_RECORDS.fill(until=ledger.until)
    return said if ledger.settled_months == ledger.months else AND_PLANNED.fill(said=said)


def _counts(ledger: Ledger, figures: LedgerFigures) -> list[tuple[Text, Sequence[Any]]]:
    return [
        (BILLED, list(figures.students)),
        (PAID, list(figures.staff)),
        (COUNT, ledger.lines),
    ]


def _number(count: int) -> Text:
    return Text(str(count), str(count))


def ledger_overview(of: LedgerBook, sheet: Any) -> None:
    """Write the overview; the sheets it lists must have been added before."""
    book = of.book
    ledger_summary(of, sheet, OVERVIEW)
    sheet.write_string(2, CONTENTS_COLUMN, book.say(CONTENTS), book.format["band"])
    for number, name in enumerate(book.titles[1:], start=3):
        link = internal_link(name, 0)
        sheet.write_url(number, CONTENTS_COLUMN, link, book.format["link"], name)
    sheet.set_column(4, 4, WIDTHS[4])
    sheet.set_column(5, 5, WIDTHS[5])


def ledger_summary(of: LedgerBook, sheet: Any, footer: Text = SUMMARY) -> None:
    """Write what a ledger is and comes to."""
    book, ledger = of.book, of.ledger
    kind = SETTLED if ledger.settled else PLANNED
    title = TITLE.fill(school=of.book.names.the_school, kind=kind)
    sheet.write_string(0, 0, book.say(title), book.format["title"])
    term = of.school.term
    period = TERM.fill(first=term.first_date.isoformat(), last=term.last_date.isoformat())
    sheet.write_string(1, 0, book.say(period), book.format["note"])
    flow, row = Flow(UPRIGHT, used=2 * LINE_POINTS), 2
    for write in (_facts, _totals, _accounts):
        top, row = row + 1, write(of, sheet, row + 1)
        flow.rows(top, [LINE_POINTS] * (row - top + 1), lead=row - top)
    heights = _notes(of, sheet, row + 1)
    flow.rows(row + 1, heights)
    row += 1 + len(heights)
    for column, width in enumerate(WIDTHS[:4]):
        sheet.set_column(column, column, width)
    book.print_setup(sheet, book.say(footer), row, 4, UPRIGHT)
    flow.lay_out(sheet)


def _facts(of: LedgerBook, sheet: Any, row: int) -> int:
    book, policy = of.book, of.school.policy
    regulation = policy.regulation
    name = Text(regulation.name, regulation.name_en or regulation.name) if regulation else NO_POLICY
    facts = (
        (KIND, kind_text(of.ledger)),
        (POLICY, name),
        *((label, _number(len(rows))) for label, rows in _counts(of.ledger, of.figures)),
        (DIGEST, Text(of.ledger.school_digest, of.ledger.school_digest)),
        (RUN, Text(run_of(of.ledger), run_of(of.ledger))),
    )
    for number, (label, said) in enumerate(facts, start=row):
        book.write(sheet, number, 0, book.say(label), "label")
        sheet.merge_range(number, 1, number, 3, book.say(said), book.format["cell"])
    return row + len(facts)


def _totals(of: LedgerBook, sheet: Any, row: int) -> int:
    book = of.book
    book.write(sheet, row, 0, book.say(ENTRY), "head")
    book.write(sheet, row, 1, book.say(AMOUNT), "head")
    for label, fen in total_lines(of.figures):
        row += 1
        sums = label in {IN_ALL, OUT_ALL, LEFT, TO_PAY}
        book.write(sheet, row, 0, book.say(label), "band" if sums else "label")
        book.write(sheet, row, 1, money(fen), "money_band" if sums else "money")
    return row + 1


def _accounts(of: LedgerBook, sheet: Any, row: int) -> int:
    book = of.book
    for column, head in enumerate((ACCOUNT, IN, OUT, LEFT)):
        book.write(sheet, row, column, book.say(head), "head")
    accounts = of.ledger.accounts
    for account in accounts:
        row += 1
        book.write(sheet, row, 0, book.say(account.name), "label")
        amounts = (account.in_fen, account.out_fen, account.balance_fen)
        for column, fen in enumerate(amounts, start=1):
            book.write(sheet, row, column, money(fen))
    row += 1
    book.write(sheet, row, 0, book.say(TOTAL), "band")
    came_in, went_out = (sum(a.in_fen for a in accounts), sum(a.out_fen for a in accounts))
    for column, fen in enumerate((came_in, went_out, came_in - went_out), start=1):
        book.write(sheet, row, column, money(fen), "money_band")
    return row + 1


def _notes(of: LedgerBook, sheet: Any, row: int) -> list[int]:
    """Write what is to be looked at; give the heights of the rows."""
    book, heights = of.book, [LINE_POINTS]
    sheet.merge_range(row, 0, row, 3, book.say(NOTES), book.format["band"])
    for note in of.ledger.notes or (NO_NOTES,):
        row += 1
        text = book.say(note)
        sheet.merge_range(row, 0, row, 3, text, book.format["cell"])
        heights.append(LINE_POINTS * lines_of(text, NOTE_WIDTH))
        sheet.set_row(row, heights[-1])
    return heights
