"""Files are looked at before they are read: what is no workbook, or no sane one, is refused."""

import re
import stat
import zipfile
import zlib
from pathlib import Path
from typing import Final

from models import Text
from optimizer.errors import InputError
from optimizer.files.reasons import why

MOST_BYTES: Final = 50 * 1024 * 1024
MOST_INFLATED_BYTES: Final = 100 * 1024 * 1024
# A workbook of repetitive rows shrinks to a fiftieth; much less is no school's data.
MOST_RATIO: Final = 250
RATIO_FROM_BYTES: Final = 10 * 1024 * 1024
_CHUNK: Final = 1 << 20

MISSING = Text("找不到“{file}”。", "{file}: there is no such file or folder.")
NOT_READABLE = Text("无法读取“{file}”：{reason}。", "{file}: cannot be read: {reason}.")
NO_FILE = Text(
    "“{file}”不是普通文件（而是文件夹、管道或设备），不予读取。",
    "{file}: no ordinary file (but a folder, pipe or device), and not read.",
)
EMPTY = Text("“{file}”是空文件。", "{file}: the file is empty.")
TOO_LARGE = Text(
    "“{file}”超过 {most} MB，不予读取。", "{file}: larger than {most} MB and not read."
)
INFLATES = Text(
    "“{file}”解压后超过 {most} MB 或压缩比异常，不予读取；请检查文件来源。",
    "{file}: inflates beyond {most} MB, or absurdly, and is not read: check where it comes from.",
)
PASSWORD = Text(
    "“{file}”有密码保护，无法读取；请在 Excel 中取消密码后另存。",
    "{file}: protected by a password: open it in Excel, remove the password and save.",
)
NO_WORKBOOK = Text(
    "“{file}”不是 .xlsx 工作簿，而是{what}；{remedy}。",
    "{file}: not an .xlsx workbook but {what}: {remedy}.",
)
DAMAGED = Text(
    "“{file}”是损坏的工作簿（{reason}）；请在 Excel 中打开并另存。",
    "{file}: a damaged workbook ({reason}): open it in Excel and save it anew.",
)
SAVE_AS = Text("请在 Excel 中打开并另存为 .xlsx", "open it in Excel and save it as .xlsx")
NAME_CSV = Text(
    "请用 Excel 另存为 .xlsx，或把各表的 .csv 放在一个文件夹里",
    "save it as .xlsx, or put the tables as .csv files into a folder",
)
CHECK = Text("请检查文件", "check which file it is")
OLD_XLS = Text("旧版 .xls 工作簿", "an old .xls workbook")
OTHER_OLE = Text("其他 Office 文件", "another Office file")
HTML = Text("网页（HTML）", "a web page (HTML)")
XML = Text("XML 文件", "an XML file")
PDF = Text("PDF 文件", "a PDF file")
OTHER_ZIP = Text("其他压缩文件", "some other zip archive")
DELIMITED = Text("文本文件（如 CSV）", "a text file (such as CSV)")
UNKNOWN = Text("不明格式的文件", "a file of unknown format")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def look_at(path: Path) -> None:
    """Refuse what is missing, unreadable, empty or far too large.

    Raises
    ------
    InputError
        With the reason.
    """
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):  # Opening a pipe would wait for ever.
            raise refusal(NO_FILE, path)
        size = about.st_size
        with path.open("rb") as file:
            file.read(1)
    except FileNotFoundError:
        raise refusal(MISSING, path) from None
    except OSError as error:
        raise refusal(NOT_READABLE, path, reason=why(error)) from None
    if size == 0:
        raise refusal(EMPTY, path)
    if size > MOST_BYTES:
        raise refusal(TOO_LARGE, path, most=MOST_BYTES >> 20)


def refusal(text: Text, path: Path, **facts: object) -> InputError:
    """Make the error for a whole file."""
    return InputError([text.fill(file=path, **facts)])


def look_at_workbook(path: Path) -> None:
    """Refuse what is no workbook, is protected, damaged, or inflates too far.

    Raises
    ------
    InputError
        With the reason.
    """
    look_at(path)
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(_OLE):
        raise _refuse_ole(path)
    if not head.startswith(b"PK"):
        what, remedy = _what_it_is(head)
        raise refusal(NO_WORKBOOK, path, what=what, remedy=remedy)
    try:
        with zipfile.ZipFile(path) as archive:
            _look_into(path, archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise refusal(DAMAGED, path, reason=why(error)) from None


def _refuse_ole(path: Path) -> InputError:
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        return refusal(PASSWORD, path)
    old = any(name.encode("utf-16-le") in content for name in ("Workbook", "Book"))
    return refusal(NO_WORKBOOK, path, what=OLD_XLS if old else OTHER_OLE, remedy=SAVE_AS)


def _what_it_is(head: bytes) -> tuple[Text, Text]:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if re.match(rb"<(!doctype html|html|table|head|body|meta)", start):
        return HTML, SAVE_AS
    if start.startswith(b"<?xml"):
        return XML, SAVE_AS
    if start.startswith(b"%pdf"):
        return PDF, CHECK
    if b"\0" not in head or head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return DELIMITED, NAME_CSV
    return UNKNOWN, CHECK


def _look_into(path: Path, archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise refusal(PASSWORD, path)
    limit = min(MOST_INFLATED_BYTES, max(RATIO_FROM_BYTES, path.stat().st_size * MOST_RATIO))
    if sum(member.file_size for member in members) > limit:
        raise refusal(INFLATES, path, most=MOST_INFLATED_BYTES >> 20)
    if "xl/workbook.xml" not in archive.namelist():
        raise refusal(NO_WORKBOOK, path, what=OTHER_ZIP, remedy=SAVE_AS)
    # The sizes in the directory are claims; without them a member is read as far as it goes.
    total = 0
    for member in members:
        member.file_size = MOST_INFLATED_BYTES + 1
        with archive.open(member) as file:
            while chunk := file.read(_CHUNK):
                total += len(chunk)
                if total > limit:
                    raise refusal(INFLATES, path, most=MOST_INFLATED_BYTES >> 20)
