"""The ledger as a workbook that a school can read, check, file and put on its notice board."""

from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook

from models import Lang, Plan, School
from models.attendance import Attendance
from optimizer.ledger import Ledger
from optimizer.report import ledger_sheets
from optimizer.report.book import Book
from optimizer.report.figures import summary
from optimizer.report.ledger_accounts import ACCOUNTS, accounts
from optimizer.report.ledger_book import LedgerBook
from optimizer.report.ledger_figures import ledger_sums, periods_worked
from optimizer.report.ledger_overview import OVERVIEW, ledger_overview
from optimizer.report.naming import Names
from optimizer.report.notice_sheet import add_notices
from optimizer.report.workbook import OPTIONS
from optimizer.writing import writing


def write_ledger_workbook(
    school: School,
    plan: Plan,
    ledger: Ledger,
    path: Path,
    lang: Lang = "zh",
    attendance: Attendance | None = None,
    force: bool = False,
) -> None:
    """Write a ledger's workbook, whole or not at all.

    Sheets: overview; the accounts by month; one line a member of staff; one line a student; the
    public notice, and one a month where the policy wants that; last, every line, of which only the
    heading is printed.

    Parameters
    ----------
    attendance
        The records that a settled ledger was made from; staff periods are counted by them.

    Raises
    ------
    InputError
        If the file exists and ``force`` is not given.
    """
    content = ledger_workbook_bytes(school, plan, ledger, lang, attendance)
    with writing(path, force) as temporary:
        temporary.write_bytes(content)


def ledger_workbook_bytes(
    school: School,
    plan: Plan,
    ledger: Ledger,
    lang: Lang,
    attendance: Attendance | None = None,
) -> bytes:
    """Give the content of a ledger's workbook."""
    stream = BytesIO()
    workbook = Workbook(stream, OPTIONS)
    book = Book(workbook, school, plan, Names(school, plan, lang), summary(school, plan))
    periods = periods_worked(school, plan, attendance)
    of = LedgerBook(book, ledger, ledger_sums(ledger), periods)
    first = book.sheet(book.say(OVERVIEW))
    for title, fill in (
        (ACCOUNTS, accounts),
        (ledger_sheets.STAFF, ledger_sheets.staff),
        (ledger_sheets.STUDENTS, ledger_sheets.students),
    ):
        fill(of, book.sheet(book.say(title)))
    add_notices(of)
    ledger_sheets.lines(of, book.sheet(book.say(ledger_sheets.LINES)))
    ledger_overview(of, first)
    workbook.close()
    return stream.getvalue()
