"""The sheets of a ledger that are one table each: by student, by staff, and line by line."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from models import Text, called
from optimizer.ledger import Entry, Party
from optimizer.report.columns import Cell, display_width, heads_height
from optimizer.report.ledger_book import TOTAL, YUAN_NOTE, LedgerBook, money, totalled
from optimizer.report.ledger_figures import BILL, PAY, Sums
from optimizer.report.ledger_words import ENTRIES, PARTIES, STAFF_KINDS, UNITS
from optimizer.report.sheets import HOME, ID, NAME

STUDENTS = Text("学生分月", "By student")
STAFF = Text("教师分月", "By staff")
LINES = Text("明细", "All lines")

MONTH, PARTY, ENTRY = Text("月份", "Month"), Text("对象", "Party"), Text("项目", "Entry")
QUANTITY, UNIT = Text("数量", "Quantity"), Text("单位", "Unit")
RATE, AMOUNT = Text("单价（元）", "Rate (yuan)"), Text("金额（元）", "Amount (yuan)")
ACCOUNT, SOURCE = Text("账户", "Account"), Text("依据", "Source")
KIND, PERIODS = Text("类别", "Kind"), Text("课时", "Periods")
TO_PAY = Text("应缴合计", "To pay")
PAID = Text("应发合计", "Pay")

STUDENTS_NOTE = Text(
    "各月为家庭应缴净额（应收减去减免等）。{yuan}",
    "Months: what the family pays, fees less relief. {yuan}",
)
STAFF_NOTE = Text(
    "各月为应发报酬；课时含无报酬的课时。{yuan}",
    "Months: pay due. Periods include unpaid ones. {yuan}",
)
LINES_NOTE = Text(
    "共 {count} 笔，收入 {came_in}，支出 {went_out}，结余 {left}。支出为负数。{yuan}"
    "供查阅、筛选，不随工作簿打印（如需打印，请先取消本表的打印区域）。",
    "{count} lines: {came_in} in, {went_out} out, {left} left. What goes out is negative. {yuan} "
    "For looking up, not printed with the workbook (to print it, clear the sheet's print area).",
)
NOBODY_WORKED = Text("没有教师有课时。", "Nobody on the staff has any periods.")
NOTHING_BILLED = Text("没有学生需要缴费。", "No student is billed.")
WIDTHS = (10, 9, 13, 12, 18, 9, 8, 12, 13, 18, 52)
PRINTED = 9
"""Columns that the heading takes."""


def students(of: LedgerBook, sheet: Any) -> None:
    """Write one line a student: fee, relief, what each month comes to."""
    months = of.ledger.months
    used = [entry for entry in BILL if of.figures.total.entry[entry]] or [Entry.FEE]
    extra = [Entry.REIMBURSEMENT] if of.figures.total.entry[Entry.REIMBURSEMENT] else []
    rows: list[list[Cell]] = []
    known = of.figures.students
    names = of.book.names
    for student in names.by_class(known):
        sums = known[student]
        row: list[Cell] = [student, names.student(student), names.home(student)]
        row += [money(sums.entry[entry]) for entry in used]
        row += [money(sums.of(BILL, month)) for month in months]
        row += [money(sums.of(BILL)), *(money(sums.entry[entry]) for entry in extra)]
        rows.append(row)
    heads = of.says([ID, NAME, HOME, *(ENTRIES[entry] for entry in used)])
    heads += [*months, of.book.say(TO_PAY), *of.says(ENTRIES[entry] for entry in extra)]
    note = STUDENTS_NOTE.fill(yuan=YUAN_NOTE) if rows else NOTHING_BILLED
    totalled(of, sheet, STUDENTS, heads, rows, note, names=3)


def staff(of: LedgerBook, sheet: Any) -> None:
    """Write one line a person: periods, pay by kind, what each month comes to."""
    months = of.ledger.months
    used = [entry for entry in PAY if of.figures.total.entry[entry]]
    rows: list[list[Cell]] = []
    for person in of.school.teachers:
        sums = of.figures.staff.get(person.id, Sums())
        worked = of.periods.get(person.id, Counter())
        if not sums.month and not worked:
            continue
        row: list[Cell] = [
            person.id,
            of.book.names.teacher(person.id),
            of.book.say(STAFF_KINDS[person.kind]),
        ]
        row.append(sum(worked.values()))
        row += [money(-sums.entry[entry]) for entry in used]
        row += [money(-sums.of(PAY, month)) for month in months]
        row.append(money(-sums.of(PAY)))
        rows.append(row)
    heads = of.says([ID, NAME, KIND, PERIODS, *(ENTRIES[entry] for entry in used)])
    heads += [*months, of.book.say(PAID)]
    note = STAFF_NOTE.fill(yuan=YUAN_NOTE) if rows else NOBODY_WORKED
    totalled(of, sheet, STAFF, heads, rows, note, names=3)


def lines(of: LedgerBook, sheet: Any) -> None:
    """Write every line. There may be tens of thousands: widths and formats are set by column."""
    book, total = of.book, of.figures.total
    heads = (MONTH, PARTY, ID, NAME, ENTRY, QUANTITY, UNIT, RATE, AMOUNT, ACCOUNT, SOURCE)
    sums = (total.came_in(), total.went_out(), total.balance())
    came_in, went_out, left = (f"{money(fen):,.2f}" for fen in sums)
    note = LINES_NOTE.fill(
        count=len(of.ledger.lines), came_in=came_in, went_out=went_out, left=left, yuan=YUAN_NOTE
    )
    book.heading(sheet, 0, book.say(LINES), WIDTHS[:PRINTED], "title")
    book.heading(sheet, 1, book.say(note), WIDTHS[:PRINTED])
    for column, head in enumerate(heads):
        book.write(sheet, 2, column, book.say(head), "head")
        sheet.set_column(column, column, WIDTHS[column])
    sheet.set_row(2, heads_height([book.say(head) for head in heads], WIDTHS))
    end = _write_lines(of, sheet, 3)
    sheet.merge_range(end, 0, end, 7, book.say(TOTAL), book.format["band"])
    book.write(sheet, end, 8, money(total.balance()), "money_band")
    sheet.freeze_panes(3, 4)
    if end > 3:
        sheet.autofilter(2, 0, end - 1, len(heads) - 1)
    # Tens of pages that nobody asked for: what is printed is the heading and the sums in it.
    book.print_setup(sheet, book.say(LINES), 2, PRINTED)


def _fit(sheet: Any, column: int, said: Iterable[str]) -> None:
    """Make a column as wide as its texts, within limits."""
    widest = max(map(display_width, said), default=0)
    sheet.set_column(column, column, min(max(widest + 2, 12), WIDTHS[column]))


def _write_lines(of: LedgerBook, sheet: Any, first: int) -> int:
    """Write the lines; give the row after the last."""
    book = of.book
    text, wrapped, plain, amount = (
        book.format[look] for look in ("line", "cell", "number", "money")
    )
    parties = {party: book.say(name) for party, name in PARTIES.items()}
    entries = {entry: book.say(name) for entry, name in ENTRIES.items()}
    units = {unit: book.say(name) for unit, name in UNITS.items()}
    accounts = {line.account: of.account(line.account) for line in of.ledger.lines}
    sources = {line.source: of.source(line.source) for line in of.ledger.lines}
    _fit(sheet, 9, accounts.values())
    _fit(sheet, 10, sources.values())
    names = {(Party.STUDENT, s.id): called(s) for s in of.school.students}
    names |= {(Party.STAFF, t.id): called(t) for t in of.school.teachers}
    string, number = sheet.write_string, sheet.write_number
    for row, line in enumerate(of.ledger.lines, start=first):
        string(row, 0, line.month, text)
        string(row, 1, parties[line.party], text)
        string(row, 2, line.who, text)
        string(row, 3, names.get((line.party, line.who), ""), text)
        string(row, 4, entries[line.entry], text)
        if isinstance(line.quantity, int):
            number(row, 5, line.quantity, plain)
        else:
            # A share stays the fraction that it is.
            string(row, 5, str(line.quantity), plain)
        string(row, 6, units[line.unit], text)
        number(row, 7, line.rate_fen / 100, amount)
        number(row, 8, line.amount_fen / 100, amount)
        string(row, 9, accounts[line.account], text)
        string(row, 10, sources[line.source], wrapped)
    return first + len(of.ledger.lines)
