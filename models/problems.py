"""Mistakes in a school's data, each naming place, value, expectation and remedy."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Literal, NamedTuple

from models.text import Lang, Text, listed

MOST_LISTED = 8


class Problem(NamedTuple):
    """One mistake: where it is (table, row, field), the value found, and what to do.

    ``row`` is the 0-based place in the school's tuple of that table; a reader of files turns it
    into sheet and row as the planner sees them.
    """

    code: str
    table: str
    row: int | None
    field: str | None
    value: str
    text: Text
    severity: Literal["error", "warning"] = "error"
    earlier: int | None = None
    """The row that this one repeats, counted like ``row``."""

    def say(self, lang: Lang) -> str:
        """Give the message without its place."""
        return self.text.say(lang)


class SchoolError(Exception):
    """A school that contradicts itself. ``problems`` holds every mistake found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        lines = (f"{p.table}[{p.row}].{p.field}: {p.text.en}" for p in self.problems)
        super().__init__("\n".join(lines))


class FieldError(ValueError):
    """What a model's own validator refuses, in both languages and with the field to blame."""

    def __init__(self, field: str, text: Text) -> None:
        self.field, self.text = field, text
        super().__init__(text.en)


def nearest(value: str, known: Iterable[str]) -> Text:
    """Suggest the nearest known id, or list some, as a sentence to append to a message."""
    names = sorted(set(known))
    close = get_close_matches(value, names, n=1, cutoff=0.5)
    if close:
        return Text("是否想写“{name}”？", "did you mean '{name}'?").fill(name=close[0])
    if not names:
        return Text("此表为空。", "that table is empty.")
    some = listed(names[:MOST_LISTED])
    if len(names) > MOST_LISTED:
        some = Text(f"{some.zh}……", f"{some.en}, ...")
    return Text("可用的有：{some}。", "known: {some}.").fill(some=some)
