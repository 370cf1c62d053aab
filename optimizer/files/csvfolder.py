"""Reading a folder of CSV files, one a table."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from models import Text
from optimizer.errors import InputError
from optimizer.files.cells import Cell, fold, is_blank
from optimizer.files.columns import Table
from optimizer.files.guard import NOT_READABLE, look_at, refusal
from optimizer.files.headers import RawTable
from optimizer.files.reasons import why
from optimizer.files.tables import TABLES

NO_TABLES = Text(
    "文件夹“{file}”里没有认识的表（如 学生.csv、students.csv）。",
    "{file}: the folder holds no known table (such as students.csv).",
)
NOT_TEXT = Text(
    "“{file}”不是 UTF-8 或 GB18030 编码的文字；请在 Excel 中另存为“CSV UTF-8”。",
    "{file}: text in neither UTF-8 nor GB18030: save it in Excel as 'CSV UTF-8'.",
)
NUL = Text(
    "“{file}”第 {line} 行有空字符（NUL），不是文字；请重新导出，或删去它。",
    "{file}, line {line}: a NUL character, which is no text: export it anew or delete it.",
)
NOT_CSV = Text(
    "“{file}”第 {line} 行不是正确的 CSV：{reason}。", "{file}, line {line}: not CSV: {reason}."
)

OTHER_FORMAT = Text(
    "“{file}”不是 CSV 文件，却在 CSV 文件夹里，叫着“{zh}”表的名字；请另存为 CSV，不用的请移走。",
    "{file}: no CSV file, though it stands among them under the name of the table '{en}': save it "
    "as CSV, or move it away.",
)

ENCODINGS: Final = ("utf-8-sig", "gb18030")
TEXTS: Final = frozenset((".csv", ".tsv"))
_OTHERS: Final = frozenset((".xlsx", ".xls", ".xlsm", ".ods", ".et", ".numbers"))
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS: Final = ",;\t"
_LINES_LOOKED_AT: Final = 20
# A spreadsheet takes a text that begins like this for a formula. Such texts are written with an
# apostrophe in front, as are those that begin with apostrophes and then like this; reading takes
# one apostrophe away from exactly these, so that every text comes back as it was.
_FORMULA_START: Final = "=+\\-@\t\r\n＝＋－＠"
_DANGEROUS = re.compile(f"'*[{_FORMULA_START}]")
_DISARMED = re.compile(f"'+[{_FORMULA_START}]")
_LONGEST_CELL: Final = 10_000_000


def disarm(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def rearm(text: str) -> str:
    """Take away the apostrophe that ``disarm`` put there."""
    return text[1:] if _DISARMED.match(text) else text


def _table_of(path: Path) -> Table | None:
    name = fold(path.stem)
    return next((table for table in TABLES if name in table.names), None)


def is_table(path: Path) -> bool:
    """Tell whether a file carries a table's name."""
    return path.suffix.casefold() in TEXTS and _table_of(path) is not None


def csv_files(folder: Path) -> list[Path]:
    """Give the CSV files of a folder, but not those that programs leave while a file is open."""
    return [path for path in _own_files(folder) if path.suffix.casefold() in TEXTS]


def _own_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if not path.name.startswith((".", "~")))


def _refuse_others(folder: Path) -> Iterator[Text]:
    """Refuse tables in other formats, which would be passed over in silence."""
    for path in _own_files(folder):
        table = _table_of(path)
        if path.suffix.casefold() in _OTHERS and table is not None:
            yield OTHER_FORMAT.fill(file=path, zh=table.title.zh, en=table.title.en)


def read_folder(folder: Path) -> list[RawTable]:
    """Read the cells of every CSV file.

    Raises
    ------
    InputError
        If the folder cannot be read or holds no table; else with every file that cannot be read.
    """
    try:
        paths = csv_files(folder)
        if not any(map(is_table, paths)):
            raise refusal(NO_TABLES, folder)
        errors = list(_refuse_others(folder))
    except OSError as error:
        raise refusal(NOT_READABLE, folder, reason=why(error)) from None
    raws: list[RawTable] = []
    for path in paths:
        try:
            raws.append(read_csv(path))
        except InputError as error:
            errors += error.messages
    if errors:
        raise InputError(errors)
    return raws


def read_csv(
    path: Path, encodings: Iterable[str] = ENCODINGS, refused: Text = NOT_TEXT
) -> RawTable:
    """Read the cells of one CSV file.

    Parameters
    ----------
    path
        The file.
    encodings
        Those to try, in this order.
    refused
        What to say of a file that is in none of them.

    Raises
    ------
    InputError
        If the file cannot be read.
    """
    look_at(path)
    text = _decode(path, encodings, refused)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise refusal(NUL, path, line=line)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[tuple[int, list[Cell]]] = []
    try:
        for number, cells in enumerate(reader, 1):
            if not all(map(is_blank, cells)):
                rows.append((number, [rearm(cell) for cell in cells]))
    except csv.Error as error:
        raise refusal(NOT_CSV, path, line=reader.line_num, reason=why(error)) from None
    return RawTable(str(path), None, path.stem, rows)


def _decode(path: Path, encodings: Iterable[str], refused: Text) -> str:
    content = path.read_bytes()
    # Excel's "Unicode text"; it always begins like this.
    tried = ("utf-16",) if content.startswith(_UTF16) else encodings
    for encoding in tried:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refusal(refused, path)


def _delimiter(text: str) -> str:
    """Find the delimiter, since some Excels write semicolons or tabs.

    The commonest of the first line that holds one: a title may stand above the header, and lists
    in cells may hold others.
    """
    for line in text.splitlines()[:_LINES_LOOKED_AT]:
        if any(mark in line for mark in _DELIMITERS):
            return max(_DELIMITERS, key=line.count)
    return ","
