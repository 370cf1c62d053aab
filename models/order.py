"""How names and ids are ordered for people, and what a thing without a name is called.

Numbers in a text count as numbers, whether they are written 10, １０ or 十: 三（2）班 comes before
三（10）班, class 9 before class 10, 九 before 十 before 十一.
"""

import re
from typing import Final, Protocol
from unicodedata import normalize

_PIECES: Final = re.compile(
    r"[0-9]+|[〇零一二两三四五六七八九十百]+|[^0-9〇零一二两三四五六七八九十百]+"
)
_NUMERALS: Final = {**{c: n for n, c in enumerate("〇一二三四五六七八九")}, "零": 0, "两": 2}
_TENS: Final = {"十": 10, "百": 100}
_IN_TURN: Final = "甲乙丙丁戊己庚辛壬癸幼小初高"
"""Characters whose order people know: classes are called 甲乙丙, stages 小初高."""
_TURNS: Final = str.maketrans({c: chr(0x3400 + n) for n, c in enumerate(_IN_TURN)})

Piece = tuple[int, int, str]
"""A number: 0, how many digits, the digits. Any other text: 1, 0, the text."""


class Named(Protocol):
    """Whatever has an id and, if the school gave one, a name."""

    @property
    def id(self) -> str:
        """The id; never blank."""

    @property
    def name(self) -> str:
        """The name; blank where the school gave none."""


def called(thing: Named) -> str:
    """Give a thing's name; its id stands in where the name is blank."""
    return thing.name.strip() or thing.id


def natural(text: str) -> tuple[tuple[Piece, ...], str]:
    """Give the key that orders texts with numbers in them as people do."""
    plain = normalize("NFKC", text).casefold()
    return tuple(_piece(piece) for piece in _PIECES.findall(plain)), text


def _piece(piece: str) -> Piece:
    if piece[0] in "0123456789":
        return _number(piece)
    if piece[0] in _NUMERALS or piece[0] in _TENS:
        return _number(_digits(piece))
    return 1, 0, piece.strip().translate(_TURNS)


def _number(digits: str) -> Piece:
    # Not as an int: a name may be a number of thousands of digits.
    digits = digits.lstrip("0")
    return 0, len(digits), digits


def _digits(numeral: str) -> str:
    """Write a Chinese numeral below a thousand in digits; others, like 二〇二六, digit by digit."""
    if not _TENS.keys() & set(numeral):
        return "".join(str(_NUMERALS[c]) for c in numeral)
    total, ones = 0, None
    for c in numeral:
        if c in _TENS:
            total += (1 if ones is None else ones) * _TENS[c]
            ones = None
        else:
            ones = _NUMERALS[c]
    return str(total + (ones or 0))
