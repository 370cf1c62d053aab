"""The file that a form's site exports: which sheet of it holds the answers."""

from collections.abc import Sequence
from pathlib import Path

from models import Text
from models.problems import nearest
from optimizer.errors import InputError
from optimizer.files.cells import fold
from optimizer.files.csvfolder import read_csv
from optimizer.files.guard import MISSING, refusal
from optimizer.files.headers import RawTable
from optimizer.files.workbook import read_workbook

TEXTS = (".csv", ".tsv", ".txt")
WORKBOOKS = (".xlsx", ".xlsm", ".xls")
ENCODINGS = ("utf-8-sig", "gb18030")
UNKNOWN_SUFFIX = Text(
    "不认识“{file}”的格式；问卷导出文件可用 .xlsx、.csv 或 .tsv。",
    "{file}: unknown format: a form's export comes as .xlsx, .csv or .tsv.",
)
NOT_TEXT = Text(
    "“{file}”不是 UTF-8、UTF-16 或 GBK 编码的文字；请导出为 .xlsx。",
    "{file}: text in neither UTF-8, UTF-16 nor GBK: export it as .xlsx.",
)
NO_SHEET = Text("“{file}”没有工作表“{name}”；{hint}", "{file}: there is no sheet '{name}'; {hint}")
NO_ROWS = Text("“{file}”没有内容。", "{file}: there is nothing in it.")


def read_export(path: Path, sheet: str | None) -> list[RawTable]:
    """Read the sheets that may hold the answers.

    Raises
    ------
    InputError
        If the file cannot be read, or has no such sheet or nothing in it.
    """
    if not path.exists():
        raise refusal(MISSING, path)
    suffix = path.suffix.casefold()
    if suffix in TEXTS:
        raws = [read_csv(path, _encodings(path), NOT_TEXT)]
    elif suffix in WORKBOOKS:
        raws = _chosen(path, read_workbook(path, ()), sheet)
    else:
        raise refusal(UNKNOWN_SUFFIX, path)
    filled = [raw for raw in raws if raw.rows]
    if not filled:
        raise refusal(NO_ROWS, path)
    return filled


def _encodings(path: Path) -> Sequence[str]:
    with path.open("rb") as file:
        start = file.read(2)
    return ("utf-16",) if start in {b"\xff\xfe", b"\xfe\xff"} else ENCODINGS


def _chosen(path: Path, raws: list[RawTable], sheet: str | None) -> list[RawTable]:
    if sheet is None:
        return raws
    found = [raw for raw in raws if raw.label == sheet] or [
        raw for raw in raws if fold(raw.label) == fold(sheet)
    ]
    if not found:
        hint = nearest(sheet, [raw.label for raw in raws])
        raise InputError([NO_SHEET.fill(file=path, name=sheet, hint=hint)])
    return found
