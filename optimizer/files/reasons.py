"""What the system and the parsers say is wrong, in the reader's language."""

import csv
import errno
import json
import re
import tomllib
from collections.abc import Mapping

from models import Text

_SYSTEM = {
    errno.EACCES: Text("没有权限", "Permission denied"),
    errno.EPERM: Text("没有权限", "Operation not permitted"),
    errno.ENOENT: Text("没有这个文件或文件夹", "No such file or directory"),
    errno.ENOTDIR: Text("路径中有一段不是文件夹", "Not a directory"),
    errno.EISDIR: Text("这是一个文件夹", "Is a directory"),
    errno.ENAMETOOLONG: Text("名称太长", "File name too long"),
    errno.ELOOP: Text("链接绕成了圈", "Too many levels of symbolic links"),
    errno.ENOSPC: Text("磁盘已满", "No space left on device"),
    errno.EROFS: Text("磁盘是只读的", "Read-only file system"),
    errno.EIO: Text("读写出错", "Input/output error"),
    errno.ENXIO: Text("没有这个设备", "No such device or address"),
}
_OTHER_SYSTEM = Text("系统错误 {number}", "{said}")
_JSON = {
    "Expecting value": "这里缺少一个值",
    "Expecting property name": "这里应为双引号括起的键",
    "Expecting ',' delimiter": "缺少逗号",
    "Expecting ':' delimiter": "缺少冒号",
    "Extra data": "后面还有多余的内容",
    "Unterminated string": "双引号没有配对",
    "Invalid control character": "文字中有换行等控制字符",
    "Invalid \\": "反斜杠用得不对",
    "Illegal trailing comma": "末尾多了一个逗号",
    "Unexpected UTF-8 BOM": "文件开头有多余的标记",
}
_CSV = {
    "field larger": "有一格太长",
    "unexpected end of data": "双引号没有配对",
    "expected after": "双引号后面应为分隔符",
    "new-line character": "换行不对",
    "line contains NUL": "有空字符",
}
_TOML = {
    "Cannot overwrite": "同一项写了两次",
    "Cannot declare": "同一段写了两次",
    "Invalid value": "值的写法不对",
    "Unterminated string": "引号没有配对",
    "Illegal character": "有不允许的字符",
    "Expected": "写法不对，少了符号",
}
_AT = re.compile(r"line (\d+), column (\d+)")
_PLACE = Text("（第 {line} 行第 {column} 列）", "")
_NO_BOOK = Text("内容不完整，或不是它所称的格式", "{said}")
_NO_FORM = Text("写法不对", "{said}")


def why(error: BaseException) -> Text:
    """Say what an error of the system or of a parser means.

    The English is what it says itself. Where the Chinese of it is not known, it is said in general
    rather than in English.
    """
    said = str(error)
    if isinstance(error, OSError) and error.errno is not None:
        other = _OTHER_SYSTEM.fill(number=error.errno, said=error.strerror or said)
        return _SYSTEM.get(error.errno, other)
    if isinstance(error, json.JSONDecodeError):
        return _known(_JSON, error.msg, error.msg)
    if isinstance(error, csv.Error):
        return _known(_CSV, said, said)
    if isinstance(error, tomllib.TOMLDecodeError):
        place = _AT.search(said)
        known = _known(_TOML, said, said)
        where = _PLACE.fill(line=place[1], column=place[2]).zh if place else ""
        return Text(f"{known.zh}{where}", said)
    form = isinstance(error, ValueError) and not isinstance(error, UnicodeError)
    return (_NO_FORM if form else _NO_BOOK).fill(said=said)


def _known(sayings: Mapping[str, str], message: str, said: str) -> Text:
    zh = next((zh for start, zh in sayings.items() if start in message), _NO_FORM.zh)
    return Text(zh, said)
