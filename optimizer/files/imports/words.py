"""Texts as families write them, reduced to what matters when comparing them."""

import re
from collections.abc import Iterable

from models import Text, listed
from models.spelling import closest, key_of

_SPACE = re.compile(r"\s+")
_NAME_MARKS = re.compile(r"[\s·•.。,，'’_-]+")
_NOTHING = frozenset(
    (
        "无",
        "没有",
        "不",
        "否",
        "空",
        "(空)",
        "跳过",
        "(跳过)",
        "不选",
        "不报",
        "不填",
        "不报名",
        "不参加",
        "不参与",
        "不需要",
        "都不参加",
        "都不选",
        "放弃",
        "暂无",
        "暂不参加",
        "无志愿",
        "none",
        "no",
        "nil",
        "n/a",
        "na",
        "nothing",
        "noclub",
        "notparticipating",
        "-",
        "--",
        "—",
        "/",
        "\\",
        "-2",
        "-3",
    )
)
_LABEL = re.compile(r"^\(?(?:[a-z]|\d{1,2}|[一二三四五六七八九十]{1,2})[.、):]\s*")
_CIRCLED = re.compile(r"^\s*[①-⑳⑴-⒛Ⓐ-ⓩ]\s*")
ZH_DIGITS = {sign: n for n, sign in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
MOST_DIGITS = 9
MOST_HINTS = 3
MOST_LOOKED_AT = 200
"""For more unknown names than this nothing near is looked for: that takes long, and the file is
probably another school's."""


def bare(text: str) -> str:
    """Reduce a text to half-width small letters without spaces."""
    return _SPACE.sub("", key_of(text)).casefold()


def bare_name(text: str) -> str:
    """Reduce a person's name: the dots and spaces in it are written in many ways."""
    return _NAME_MARKS.sub("", key_of(text)).casefold()


def without_circle(text: str) -> str:
    """Take a circled number away: in half width it is a number like any other."""
    return _CIRCLED.sub("", text)


def without_label(text: str) -> str:
    """Take the option's letter or number away: ``A.``, ``1.``, ``(B)``."""
    return _LABEL.sub("", text)


def says_nothing(text: str) -> bool:
    """Tell whether an answer says that nothing is wanted."""
    word = bare(text).rstrip("。.!")
    return not word or word in _NOTHING or without_label(word) in _NOTHING


def decimal(digits: str) -> int | None:
    """Read digits as a number; None if they are more than anything counted here has."""
    return int(digits) if len(digits) <= MOST_DIGITS else None


def zh_number(text: str) -> int | None:
    """Read a Chinese or ordinary number below a hundred; None if it is none."""
    if text.isdecimal():
        return decimal(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return ZH_DIGITS.get(text)
    high = ZH_DIGITS.get(tens) if tens else 1
    low = ZH_DIGITS.get(ones) if ones else 0
    return None if high is None or low is None else high * 10 + low


def close_to(value: str, known: Iterable[str]) -> list[str]:
    """Give the known words that are most like a value, best first."""
    return closest(value, known, MOST_HINTS)


NEAREST = Text("；相近的有：{near}", "; nearest: {near}")
NO_HINT = Text("", "")


def hint(near: Iterable[object]) -> Text:
    """Say what may be meant, to be put at the end of a sentence."""
    found = list(near)
    return NEAREST.fill(near=listed(found)) if found else NO_HINT
