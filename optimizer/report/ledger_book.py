"""What the sheets of a ledger share: the open workbook with the ledger, and tables that add up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from models import School, Text
from optimizer.ledger import Ledger, source_text
from optimizer.report.book import Book
from optimizer.report.columns import Cell, Layout
from optimizer.report.ledger_figures import LedgerFigures, Periods

TOTAL = Text("合计", "Total")
YUAN_NOTE = Text("金额单位：元。", "Amounts in yuan.")


@dataclass(frozen=True)
class LedgerBook:
    """An open workbook and the ledger that its sheets show."""

    book: Book
    ledger: Ledger
    figures: LedgerFigures
    periods: Periods

    @property
    def school(self) -> School:
        """The school whose ledger it is."""
        return self.book.school

    def says(self, texts: Iterable[Text]) -> list[str]:
        """Say several texts in the workbook's language."""
        return [self.book.say(text) for text in texts]

    def source(self, source: str) -> str:
        """Say what a line follows from."""
        return self.book.say(source_text(source))

    def account(self, account_id: str) -> str:
        """Name an account."""
        names = {account.id: account.name for account in self.ledger.accounts}
        return self.book.say(names.get(account_id, Text(account_id, account_id)))


def money(fen: int) -> Decimal:
    """Give an amount in yuan, as sheets show it."""
    return Decimal(fen) / 100


def totalled(
    of: LedgerBook,
    sheet: Any,
    title: Text,
    heads: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    note: Text,
    names: int,
) -> None:
    """Write a table whose last row adds up the columns after the names.

    The total stands apart from the filter, so that sorting leaves it where it is.
    """
    book = of.book
    sums = [_total(cells) for cells in zip(*(row[names:] for row in rows), strict=True)]
    frozen = min(names, len(heads) - 1)
    below: list[Cell] = [*[""] * names, *sums] if rows else []
    first = book.table(
        sheet, book.say(title), heads, rows, book.say(note), Layout(frozen, totals=below)
    )
    if not rows:
        return
    last = first + len(rows)
    sheet.merge_range(last, 0, last, names - 1, book.say(TOTAL), book.format["band"])
    for column, cell in enumerate(sums, start=names):
        book.write(
            sheet, last, column, cell, "number_band" if isinstance(cell, int) else "money_band"
        )
    sheet.print_area(0, 0, last, len(heads) - 1)


def _total(cells: Sequence[Cell]) -> Cell:
    """Add up the counts of a column, or else its amounts."""
    counts = [cell for cell in cells if isinstance(cell, int)]
    amounts = [cell for cell in cells if isinstance(cell, Decimal)]
    return sum(counts) if counts else sum(amounts, Decimal(0))
