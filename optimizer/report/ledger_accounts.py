"""The sheet of a ledger's accounts: what came in and went out each month, and what is left."""

from collections.abc import Sequence
from typing import Any

from models import Account, Text, listed
from models.labels import COSTS, INCOMES
from optimizer.ledger import INCOME, Entry
from optimizer.report.book import Book
from optimizer.report.columns import lines_of
from optimizer.report.ledger_book import TOTAL, YUAN_NOTE, LedgerBook, money
from optimizer.report.ledger_figures import Sums
from optimizer.report.ledger_words import ENTRIES
from optimizer.report.paper import ACROSS, LINE_POINTS, Flow, spread

ACCOUNTS = Text("账户分月", "By account")
ENTRY = Text("项目", "Entry")
IN, OUT = Text("收入合计", "Came in"), Text("支出合计", "Went out")
LEFT, CARRIED = Text("当月结余", "Left of the month"), Text("累计结余", "Left so far")
ALL_ACCOUNTS = Text("全部账户", "All accounts")
ACCOUNT_FACTS = Text(
    "来源：{income}。只能用于：{uses}。依据：{source}",
    "Income: {income}. For nothing but: {uses}. Source: {source}",
)
FIRST, MONTH = 24, 13.5
"""Widths of the columns: the entries, and a month each."""
SEVERAL = Text("{name}　{facts}", "{name}. {facts}")


def accounts(of: LedgerBook, sheet: Any) -> None:
    """Write each account's entries by month, what is left, and what it may be used for."""
    book, months = of.book, of.ledger.months
    sheet.write_string(0, 0, book.say(ACCOUNTS), book.format["title"])
    sheet.write_string(1, 0, book.say(YUAN_NOTE), book.format["note"])
    wide = spread([FIRST], [[MONTH]] * (len(months) + 1), ACROSS, stacked=True)
    flow = Flow(ACROSS, wide.scale or 100, used=2 * LINE_POINTS)
    blocks = [
        (_account_label(of, account.id), of.figures.accounts[account.id])
        for account in of.ledger.accounts
    ]
    if len(blocks) > 1:
        blocks.append((book.say(ALL_ACCOUNTS), of.figures.total))
    row = 2
    for label, sums in blocks:
        top, row = row, _account_block(of, sheet, row, label, sums)
        flow.add(top, (row - top - 1) * LINE_POINTS + _label_height(of, label))
    sheet.set_column(0, 0, FIRST)
    sheet.set_column(1, len(months) + 1, MONTH)
    sheet.freeze_panes(2, 1)
    book.print_setup(sheet, book.say(ACCOUNTS), row, len(months) + 2)
    book.print_spread(sheet, 1, wide)
    flow.lay_out(sheet)


def _account_label(of: LedgerBook, account_id: str) -> str:
    regulation = of.school.policy.regulation
    known = {a.id: a for a in regulation.accounts} if regulation else {}
    name = of.account(account_id)
    if account_id not in known:
        return name
    facts = account_facts(known[account_id])
    return of.book.say(SEVERAL.fill(name=name, facts=facts))


def account_facts(account: Account, source: str | None = None) -> Text:
    """Say where an account's money comes from, what it may be used for, and by which clause."""
    return ACCOUNT_FACTS.fill(
        income=listed(INCOMES[income] for income in account.income),
        uses=listed(COSTS[use] for use in account.uses),
        source=account.source if source is None else source,
    )


def _label_height(of: LedgerBook, label: str) -> int:
    return LINE_POINTS * lines_of(label, FIRST + MONTH * (len(of.ledger.months) + 1))


def _account_block(of: LedgerBook, sheet: Any, top: int, label: str, sums: Sums) -> int:
    """Write one account; give the row after it."""
    book, months = of.book, of.ledger.months
    width = len(months) + 2
    sheet.merge_range(top, 0, top, width - 1, label, book.format["wrapped_band"])
    sheet.set_row(top, _label_height(of, label))
    for column, head in enumerate([book.say(ENTRY), *months, book.say(TOTAL)]):
        book.write(sheet, top + 1, column, head, "head")
    row, carried = top + 2, 0
    for side, label_of in ((True, IN), (False, OUT)):
        for entry in Entry:
            if (entry in INCOME) == side and any(m[entry] for m in sums.month.values()):
                sign = 1 if side else -1
                amounts = [sign * sums.of((entry,), month) for month in (*months, None)]
                _amounts(book, sheet, row, book.say(ENTRIES[entry]), amounts)
                row += 1
        side_sum = sums.came_in if side else sums.went_out
        amounts = [side_sum(month) for month in (*months, None)]
        _amounts(book, sheet, row, book.say(label_of), amounts, total=True)
        row += 1
    lefts = [sums.balance(month) for month in months]
    so_far = [carried := carried + left for left in lefts]
    _amounts(book, sheet, row, book.say(LEFT), [*lefts, sums.balance()], total=True)
    _amounts(book, sheet, row + 1, book.say(CARRIED), [*so_far, sums.balance()], total=True)
    return row + 3


def _amounts(
    book: Book, sheet: Any, row: int, label: str, amounts: Sequence[int], total: bool = False
) -> None:
    book.write(sheet, row, 0, label, "band" if total else "label")
    for column, fen in enumerate(amounts, start=1):
        book.write(sheet, row, column, money(fen), "money_band" if total else "money")
