"""Mistakes in a school's data, each naming place, value, expectation and remedy."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Literal, NamedTuple

from models.order import natural
from models.spelling import closest, look_of, nearness
from models.text import Lang, Text, listed

MOST_LISTED = 8


Severity = Literal["error", "stop", "warning"]
"""A stop is a warning that has to be accepted before anything is worked out from the file."""


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
    severity: Severity = "error"
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


SUGGESTION = Text("是否想写“{name}”？", "did you mean '{name}'?")
LOOKS_THE_SAME = Text(
    "它与“{name}”看起来一样，只差在全角半角、短横、看不见的字符或别国的字母；请从那里复制。",
    "it looks like '{name}' and differs only in full-width or foreign letters, dashes or invisible "
    "characters: copy it from there.",
)


NAMED_SUGGESTION = Text("是否想写“{id}”（{name}）？", "did you mean '{id}' ({name})?")


def nearest(
    value: str, known: Iterable[str], named: Mapping[str, str] = MappingProxyType({})
) -> Text:
    """Suggest the nearest known id, or list some, as a sentence to append to a message.

    Parameters
    ----------
    value
        What was written.
    known
        The ids.
    named
        Ids by what they are called: people write names, too.
    """
    ids = sorted(set(known), key=natural)
    close, called = closest(value, ids), closest(value, named)
    if called and (not close or nearness(value, called[0]) > nearness(value, close[0])):
        return NAMED_SUGGESTION.fill(id=named[called[0]], name=called[0])
    if close:
        return suggestion(value, close[0])
    if not ids:
        return Text("此表为空。", "that table is empty.")
    return some_of([Text(name, name) for name in ids])


def suggestion(value: str, name: str) -> Text:
    """Suggest one name; where it looks like the value itself, say so."""
    twins = value != name and look_of(value) == look_of(name)
    return (LOOKS_THE_SAME if twins else SUGGESTION).fill(name=name)


def nearest_word(value: str, known: Iterable[Text]) -> Text:
    """Suggest the nearest word of the program's own, in whichever language it was written.

    Where none is near, the words are listed in the reader's language only.
    """
    words = list(known)
    close = closest(value, [name for word in words for name in word])
    return SUGGESTION.fill(name=close[0]) if close else some_of(words)


def some_of(words: Sequence[Text]) -> Text:
    """List some of what is known."""
    some = listed(words[:MOST_LISTED])
    if len(words) > MOST_LISTED:
        some = Text(f"{some.zh}……", f"{some.en}, ...")
    return Text("可用的有：{some}。", "known: {some}.").fill(some=some)
