"""Texts in the two languages the program speaks."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

Lang = Literal["zh", "en"]

WEEKDAYS_ZH = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Text(NamedTuple):
    """One sentence in Chinese and in English, with the same ``{fields}`` in both."""

    zh: str
    en: str

    def fill(self, **facts: object) -> "Text":
        """Put the facts in; a fact that is itself a Text is said in each language."""
        return Text(_fill(self.zh, "zh", facts), _fill(self.en, "en", facts))

    def say(self, lang: Lang) -> str:
        """Give the sentence in one language."""
        return self.zh if lang == "zh" else self.en


def _fill(pattern: str, lang: Lang, facts: dict[str, object]) -> str:
    said = {key: v.say(lang) if isinstance(v, Text) else v for key, v in facts.items()}
    return pattern.format(**said)


def listed(parts: Iterable[object]) -> Text:
    """Join texts, ids or numbers to a list as each language writes it."""
    texts = [part if isinstance(part, Text) else Text(str(part), str(part)) for part in parts]
    return Text("、".join(text.zh for text in texts), ", ".join(text.en for text in texts))


def weekday_text(weekday: int) -> Text:
    """Name a weekday, 1 (Monday) to 7 (Sunday)."""
    return Text(WEEKDAYS_ZH[weekday - 1], WEEKDAYS_EN[weekday - 1])


def clock(minute: int) -> str:
    """Write minutes after midnight as people do, e.g. 990 as ``16:30``."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def yuan(fen: int) -> str:
    """Write an amount in fen as yuan with two places, e.g. 375 as ``3.75``."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02d}"
