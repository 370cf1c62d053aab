"""Reading a folder of CSV files, one a table."""

import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from models import Text
from optimizer.errors import InputError
from optimizer.files.cells import Cell, fold, is_blank
from optimizer.files.guard import NOT_READABLE, look_at, refusal
from optimizer.files.headers import RawTable
from optimizer.files.tables import TABLES

NO_TABLES = Text(
    "文件夹“{file}”里没有认识的表（如 学生.csv、students.csv）。",
    "{file}: the folder holds no known table (such as students.csv).",
)
NOT_TEXT = Text(
    "“{file}”不是 UTF-8 或 GB18030 编码的文字；请在 Excel 中另存为“CSV UTF-8”。",
    "{file}: text in neither UTF-8 nor GB18030: save it in Excel as 'CSV UTF-8'.",
)
NOT_CSV = Text(
    "“{file}”第 {line} 行不是正确的 CSV：{reason}。", "{file}, line {line}: not CSV: {reason}."
)

ENCODINGS: Final = ("utf-8-sig", "gb18030")
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


def is_table(path: Path) -> bool:
    """Tell whether a file carries a table's name."""
    name = fold(path.stem)
    return path.suffix.casefold() == ".csv" and any(name in table.names for table in TABLES)


def csv_files(folder: Path) -> list[Path]:
    """Give the CSV files of a folder, but not those that programs leave while a file is open."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.casefold() == ".csv" and not path.name.startswith((".", "~"))
    )


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
    except OSError as error:
        raise refusal(NOT_READABLE, folder, reason=error.strerror) from None
    raws: list[RawTable] = []
    errors: list[Text] = []
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
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[tuple[int, list[Cell]]] = []
    try:
        for number, cells in enumerate(reader, 1):
            if not all(map(is_blank, cells)):
                rows.append((number, [rearm(cell) for cell in cells]))
    except csv.Error as error:
        raise refusal(NOT_CSV, path, line=reader.line_num, reason=error) from None
    return RawTable(str(path), None, path.stem, rows)


def _decode(path: Path, encodings: Iterable[str], refused: Text) -> str:
    content = path.read_bytes()
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refusal(refused, path)


def _delimiter(text: str) -> str:
    """Find the delimiter, since some Excels write semicolons or tabs: the header's commonest."""
    header = text.lstrip("\r\n").split("\n", 1)[0]
    return max(",;\t", key=header.count)
