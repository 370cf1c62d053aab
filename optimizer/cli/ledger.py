"""``zouban ledger``: fees, relief, pay and accounts of a plan, and the public notice."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from models import Plan, School, Text
from models.attendance import Attendance
from optimizer.checks import books_changed, require_valid
from optimizer.cli import folder
from optimizer.cli.common import (
    BOOKS_CHANGED,
    AcceptOption,
    ForceOption,
    JsonOption,
    LangOption,
    LogOption,
    Output,
    PlanArgument,
    SchoolArgument,
    session,
)
from optimizer.cli.policy import PolicyOption
from optimizer.cli.reading import read_answer, read_question
from optimizer.errors import CheckError, InputError
from optimizer.files import RowName, read_attendance
from optimizer.ledger import (
    Ledger,
    audit,
    find_problems,
    last_day,
    ledger_data,
    planned_ledger,
    settled_ledger,
    wrong_until,
)
from optimizer.report import ledger_rows, ledger_sums, ledger_workbook_bytes

FILES = WORKBOOK, DATA = ("ledger.xlsx", "ledger.json")

REFUSED = Text(
    "考勤记录有 {count} 处错误，没有结算，也没有写入任何文件。",
    "mistakes in the attendance records: {count}. Nothing was settled and nothing written.",
)
WITHOUT_RECORDS = Text(
    "--until 要与 --attendance 一起用：没有考勤记录，账本全是预算。",
    "--until goes with --attendance: without records of attendance all of the ledger is planned.",
)
NO_DATE = Text(
    "--until 的值“{said}”不是日期；请写成 2026-10-31 这样。",
    "--until: '{said}' is no date; write it like 2026-10-31.",
)
TITLE = Text("账本", "The ledger")
CHECKED = Text(
    "核对：通过，每行合于标准，按人、按月、按账户加总一致。",
    "Audit: passed; each line is by its tariff, and the totals by person, month and account agree.",
)
NOTES = Text("请注意：", "To be looked at:")
NOTE = Text("  {note}", "  {note}")
MORE = Text(
    "  （另有 {count} 条，见 {file} 的总览）", "  ({count} more: see the overview in {file})"
)
WRITTEN = Text("已写入：", "wrote:")
SHOWN = 10
"""Notes said on the screen; the workbook has them all."""


UntilOption = Annotated[
    str | None,
    typer.Option(
        "--until",
        metavar="DATE",
        help="考勤记到哪一天（如 2026-10-31），默认为最后一条记录的日期；其后按预算。"
        " The day up to which attendance was kept, by default that of the last record;"
        " later days are as planned.",
        show_default=False,
    ),
]


OutputOption = Annotated[
    Path,
    typer.Option(
        "-o",
        "--output",
        metavar="DIR",
        help="输出文件夹。 Folder for ledger.xlsx and ledger.json.",
        show_default=False,
    ),
]


def ledger(  # noqa: PLR0913, PLR0917 -- one parameter an option
    school: SchoolArgument,
    plan: PlanArgument,
    out_dir: OutputOption,
    attendance: Annotated[
        Path | None,
        typer.Option(
            "--attendance",
            metavar="FILE",
            help="考勤记录（.csv、.xlsx、.json）；给出则按实际结算。"
            " Records of attendance (.csv, .xlsx, .json): settles the term by them.",
            show_default=False,
        ),
    ] = None,
    until: UntilOption = None,
    policy: PolicyOption = None,
    accept_warnings: AcceptOption = False,
    force: ForceOption = False,
    log: LogOption = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """核算收费、减免、补助与课酬，写出账本和公示。 Work out the money of a plan, and its notice.

    例： Examples:

    - `zouban ledger school.xlsx out/plan.json -o out`
    - `zouban ledger school.xlsx out/plan.json --attendance september.csv -o settled --lang en`
    """
    with session(lang, as_json, log) as out:
        folder.refuse(out_dir, FILES, force)
        question = read_question(out, school, accept_warnings, policy)
        answer = read_answer(plan)
        _require_valid(out, question, answer)
        records = None if attendance is None else _records(question, answer, attendance)
        day = _until(question, records, until)
        book = _ledger(question, answer, records, day)
        _write(out_dir, ledger_workbook_bytes(question, answer, book, out.lang, records), book)
        _tell(out, book, [out_dir / name for name in FILES])


def _require_valid(out: Output, school: School, plan: Plan) -> None:
    require_valid(school, plan)
    if books_changed(school, plan):
        out.message(BOOKS_CHANGED)


def _records(school: School, plan: Plan, file: Path) -> Attendance:
    """Read the records.

    Raises
    ------
    InputError
        With every mistake in them, each with the file and its row.
    """

    def against_the_plan(records: Attendance, name: RowName) -> Iterator[tuple[int, Text]]:
        return ((p.row, p.text) for p in find_problems(school, plan, records, name))

    try:
        return read_attendance(file, school, against_the_plan, plan)
    except InputError as error:
        refused = REFUSED.fill(count=len(error.messages))
        raise InputError([*error.messages, refused]) from None


def _until(school: School, records: Attendance | None, said: str | None) -> date | None:
    """Give the last day that the records tell of.

    Raises
    ------
    InputError
        If it is no date, not in the term, earlier than a record, or cannot be known.
    """
    if records is None:
        if said is not None:
            raise InputError([WITHOUT_RECORDS])
        return None
    try:
        until = None if said is None else date.fromisoformat(said)
    except ValueError:
        raise InputError([NO_DATE.fill(said=said)]) from None
    if found := wrong_until(school.term, records, until):
        raise InputError(found)
    day = until or last_day(records)
    return None if day is None else min(day, school.term.last_date)


def _ledger(school: School, plan: Plan, records: Attendance | None, until: date | None) -> Ledger:
    """Work the ledger out, planned or settled, and audit it.

    Raises
    ------
    CheckError
        If the totals do not agree.
    """
    if records is None:
        book = planned_ledger(school, plan)
    else:
        book = settled_ledger(school, plan, records, until)
    if found := audit(book, school):
        raise CheckError(found)
    return book


def _write(out_dir: Path, workbook: bytes, book: Ledger) -> None:
    """Write both files or none: everything is worked out before the first is touched."""
    data = json.dumps(ledger_data(book), ensure_ascii=False, indent=1)
    with folder.uninterrupted(), folder.aside(out_dir, FILES) as aside:
        (aside / WORKBOOK).write_bytes(workbook)
        (aside / DATA).write_text(data + "\n", "utf-8")


def _tell(out: Output, book: Ledger, paths: list[Path]) -> None:
    out.rows(TITLE, ledger_rows(book, out.lang))
    if book.notes:
        out.line(NOTES)
        for note in book.notes[:SHOWN]:
            out.line(NOTE.fill(note=note))
        if (more := len(book.notes) - SHOWN) > 0:
            out.line(MORE.fill(count=more, file=WORKBOOK))
    out.line(CHECKED)
    out.line(WRITTEN)
    for path in paths:
        out.line(Text(f"  {path}", f"  {path}"))
    out.result("OK", paths=paths, **_facts(out, book))


def _facts(out: Output, book: Ledger) -> dict[str, Any]:
    figures = ledger_sums(book)
    total = figures.total
    return {
        "kind": "settled" if book.settled else "planned",
        "settled_until": book.until and book.until.isoformat(),
        "settled_months": list(book.settled_months),
        "counts": {
            "lines": len(book.lines),
            "students": len(figures.students),
            "staff": len(figures.staff),
            "months": len(book.months),
            "notes": len(book.notes),
        },
        "totals": {
            **{f"{entry.value}_fen": fen for entry, fen in total.entry.items() if fen},
            "in_fen": total.came_in(),
            "out_fen": total.went_out(),
            "balance_fen": total.balance(),
        },
        "accounts": [
            {
                "id": account.id,
                "name": account.name.say(out.lang),
                "in_fen": account.in_fen,
                "out_fen": account.out_fen,
                "balance_fen": account.balance_fen,
            }
            for account in book.accounts
        ],
        "notes": [note.say(out.lang) for note in book.notes],
    }
