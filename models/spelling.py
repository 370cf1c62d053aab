"""Spellings: which texts look the same to a reader, and how near two that differ are."""

import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

# What takes no place on the screen or on paper, beside the controls and formats of Unicode.
_INVISIBLE = frozenset(
    (
        *("\u034f", "\u115f", "\u1160", "\u17b4", "\u17b5", "\u2800", "\u3164", "\uffa0", "\ufffc"),
        *map(chr, range(0xFE00, 0xFE10)),
        *map(chr, range(0xE0100, 0xE01F0)),
    )
)
_FOLDED = frozenset(("<wide>", "<narrow>", "<noBreak>"))
# Hyphens, dashes and the minus sign are one key to whoever types an id.
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63", "-"))


class _Widths(dict[int, str | None]):
    """A table for ``str.translate``, worked out character by character as they come."""

    def __missing__(self, code: int) -> str | None:
        made = self[code] = _ordinary(chr(code))
        return made


def _ordinary(char: str) -> str | None:
    """Give the ordinary form of a character: none if it cannot be seen."""
    if char in _INVISIBLE or unicodedata.category(char) == "Cf":
        return None
    if char.isspace():
        return " " if char not in "\t\n\r\v\f" else char
    tag, _, rest = unicodedata.decomposition(char).partition(" ")
    # Wide and narrow forms, and one character for another, such as the radicals that PDFs hold.
    # A superscript or a number in a circle is no such twin.
    if tag in _FOLDED or (tag == "<compat>" and " " not in rest):
        return unicodedata.normalize("NFKC", char)
    return char


class _Seen(dict[int, int | str | None]):
    """The same, where only what cannot be seen is dropped."""

    def __missing__(self, code: int) -> int | str | None:
        char = chr(code)
        unseen = char in _INVISIBLE or unicodedata.category(char) == "Cf"
        made = self[code] = None if unseen else " " if char == "\u00a0" else code
        return made


_WIDTHS, _SEEN = _Widths(), _Seen()


def ordinary(text: str) -> str:
    """Drop what cannot be seen, turn full-width letters into ordinary ones and trim the ends."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.translate(_WIDTHS))
    return text.strip()


def visible(text: str) -> str:
    """Drop what cannot be seen and trim the ends; what can be seen stays as it is."""
    if text.isascii():
        return text.strip()
    return text.translate(_SEEN).strip()


def key_of(text: str) -> str:
    """Give what is the same for all spellings of one id: 三（1）班 and 三(1)班, A1 and Ａ１."""
    if text.isascii():
        return text.strip()
    return ordinary(text).translate(_DASHES)


# Letters of other alphabets that are drawn like Latin ones.
_TWINS = str.maketrans(
    "АВЕКМНОРСТУХЅІЈаеорсухѕіјΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "ABEKMHOPCTYXSIJaeopcyxsijABEZHIKMNOPTYXo",
)


def look_of(text: str) -> str:
    """Give what is the same for all texts that look alike, though they are not one id."""
    return key_of(text).translate(_TWINS)


def closest(value: str, known: Iterable[str], count: int = 1) -> list[str]:
    """Give those of some names that are likely meant, the likeliest first."""
    wanted = key_of(value).casefold()
    names = sorted(set(known))
    if len(names) > _MOST_WEIGHED:
        matcher = SequenceMatcher(b=wanted, autojunk=False)
        names = [name for name in names if _shares(matcher, key_of(name).casefold())]
    rated = [(nearness(value, name), name) for name in names]
    rated = [(rate, name) for rate, name in rated if rate >= LIKE_ENOUGH]
    rated.sort(key=lambda one: -one[0])
    return [name for _, name in rated[:count]]


def nearness(a: str, b: str) -> float:
    """Say how alike two texts are, whatever their case and spelling."""
    return likeness(look_of(a).casefold(), look_of(b).casefold())


LIKE_ENOUGH = 0.5
_MOST_WEIGHED = 300


def _shares(matcher: SequenceMatcher[str], name: str) -> bool:
    matcher.set_seq1(name)
    quick = matcher.real_quick_ratio() >= LIKE_ENOUGH and matcher.quick_ratio() >= LIKE_ENOUGH
    return quick and matcher.ratio() >= LIKE_ENOUGH


@lru_cache(maxsize=4096)
def likeness(a: str, b: str) -> float:
    """Say how alike two texts are: 1 the same, 0 nothing in common.

    The letters to be changed, of all letters; a Chinese character for one that sounds alike or
    looks alike counts less than any other, so that 蓝球 is nearer to 篮球 than to 足球.
    """
    if not a or not b:
        return 0.0
    longest = max(len(a), len(b))
    if longest > _LONGEST:
        return SequenceMatcher(None, a[:_LONGEST], b[:_LONGEST]).ratio()
    row = [float(n) for n in range(len(b) + 1)]
    for i, x in enumerate(a, 1):
        before, row = row, [float(i)]
        for j, y in enumerate(b, 1):
            change = before[j - 1] + (0 if x == y else _change(x, y))
            row.append(min(change, before[j] + 1, row[-1] + 1))
    # A name that holds the other whole is near it however much stands around: 志愿汇总, 志愿.
    shorter, longer = sorted((a, b), key=len)
    inside = 0.5 + 0.5 * len(shorter) / longest if len(shorter) > 1 and shorter in longer else 0.0
    return max(1 - row[-1] / longest, inside)


_LONGEST = 60
_SOUNDS_ALIKE, _LOOKS_ALIKE = 12, 3


def _change(x: str, y: str) -> float:
    """Weigh one character in the place of another, 1 for two that have nothing in common."""
    if x.isascii() or y.isascii():
        return 1.0
    sound, other = _place(x), _place(y)
    if sound is not None and other is not None and abs(sound - other) <= _SOUNDS_ALIKE:
        return 0.3 + 0.02 * abs(sound - other)
    # Unicode is ordered by radical and strokes: 未 and 末 are neighbours.
    return 0.6 if abs(ord(x) - ord(y)) <= _LOOKS_ALIKE else 1.0


def _place(char: str) -> int | None:
    """Give the place of a common character in GB 2312, whose first level is ordered by sound."""
    try:
        high, low = char.encode("gb2312")
    except (UnicodeEncodeError, ValueError):
        return None
    return (high - 0xB0) * 94 + low - 0xA1 if 0xB0 <= high <= 0xD7 else None
