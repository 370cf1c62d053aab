"""The plan as a workbook that a school can read, hand out and print."""

from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook

from models import Lang, Plan, School, called
from optimizer.ledger import planned_ledger
from optimizer.report import rosters, sheets
from optimizer.report.book import Book
from optimizer.report.figures import summary
from optimizer.report.ledger_book import LedgerBook
from optimizer.report.ledger_figures import ledger_sums, periods_worked
from optimizer.report.ledger_overview import SUMMARY, ledger_summary
from optimizer.report.lottery import LOTTERY, lottery
from optimizer.report.naming import Names
from optimizer.report.notice_sheet import add_notice
from optimizer.report.overview import OVERVIEW, overview
from optimizer.writing import writing

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    # Columns are as wide as so many digits of this font, which is found nearly everywhere.
    "default_format_properties": {
        "font_name": "Arial",
        "font_size": 10,
        "font_scheme": False,
        "theme": -1,
    },
}


def write_plan_workbook(
    school: School, plan: Plan, path: Path, lang: Lang = "zh", force: bool = False
) -> None:
    """Write a plan's workbook, whole or not at all.

    Sheets: overview; timetable by day; one line a student; staff; rooms; base care; wishes not
    granted; everyone's lottery number; summary of the planned ledger; public notice; one sheet a
    class; rosters (one sheet a section, or one a course where there are more than
    ``rosters.SHEET_EACH`` sections).

    Raises
    ------
    InputError
        If the file exists and ``force`` is not given.
    """
    content = workbook_bytes(school, plan, lang)
    with writing(path, force) as temporary:
        temporary.write_bytes(content)


def workbook_bytes(school: School, plan: Plan, lang: Lang) -> bytes:
    """Give the content of a plan's workbook."""
    stream = BytesIO()
    workbook = Workbook(stream, OPTIONS)
    book = Book(workbook, school, plan, Names(school, plan, lang), summary(school, plan))
    first = book.sheet(book.say(OVERVIEW))
    timetable = book.sheet(book.say(sheets.TIMETABLE))
    for title, fill in (
        (sheets.STUDENTS, sheets.students),
        (sheets.TEACHERS, sheets.staff),
        (sheets.ROOMS, sheets.rooms),
    ):
        fill(book, book.sheet(book.say(title)))
    care = book.sheet(book.say(sheets.CARE))
    sheets.unmet(book, book.sheet(book.say(sheets.UNMET)))
    lottery(book, book.sheet(book.say(LOTTERY)))
    _money(book)
    sheets.classes(book, {home.id: book.sheet(called(home)) for home in book.names.classes})
    places = rosters.fill_sheets(book, rosters.add_sheets(book))
    sheets.timetable(book, timetable, places)
    sheets.care(book, care, places)
    overview(book, first)
    workbook.close()
    return stream.getvalue()


def _money(book: Book) -> None:
    """Add the planned ledger's summary and the public notice; ``zouban ledger`` has every line."""
    ledger = planned_ledger(book.school, book.plan)
    of = LedgerBook(book, ledger, ledger_sums(ledger), periods_worked(book.school, book.plan))
    ledger_summary(of, book.sheet(book.say(SUMMARY)))
    add_notice(of)
