"""When an answer was handed in, as the sites that make forms write it."""

import re
from collections.abc import Sequence
from datetime import datetime

from optimizer.files.cells import Cell, halfwidth, plain

_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)")
_CLOCK = re.compile(r"(\d{1,2})\s*[:时点]\s*(\d{2})(?:\s*[:分]\s*(\d{2}))?")
_LATER = re.compile(r"下午|晚上|中午|\bpm\b|p\.m\.|\d\s*pm", re.IGNORECASE)
_EARLIER = re.compile(r"上午|凌晨|早上|\bam\b|a\.m\.|\d\s*am", re.IGNORECASE)


def moments(cells: Sequence[Cell]) -> list[datetime | None]:
    """Read a column of moments; None for what is none.

    Whether day or month comes first in 3/4/2026 is seen from the whole column; if from nothing,
    the month.
    """
    texts = [halfwidth(plain(cell)) for cell in cells]
    lasts = [_YEAR_LAST.search(text) for text in texts]
    day_first = any(match and int(match[1]) > 12 for match in lasts)
    return [
        cell.replace(tzinfo=None) if isinstance(cell, datetime) else _moment(text, day_first)
        for cell, text in zip(cells, texts, strict=True)
    ]


def _moment(text: str, day_first: bool) -> datetime | None:
    date, rest = _YEAR_FIRST.search(text), text
    if date:
        year, month, day = (int(part) for part in date.groups())
    else:
        date = _YEAR_LAST.search(text)
        if not date:
            return None
        first, second, year = (int(part) for part in date.groups())
        day, month = (first, second) if day_first else (second, first)
        year += 2000 if year < 100 else 0
    rest = text[date.end() :]
    clock = _CLOCK.search(rest)
    hour, minute, second = (int(part or 0) for part in clock.groups()) if clock else (0, 0, 0)
    if _LATER.search(rest) and hour < 12:
        hour += 12
    elif _EARLIER.search(rest) and hour == 12:
        hour = 0
    try:
        return datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None
