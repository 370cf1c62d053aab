"""Words for what a course contains that a policy may bar, in both languages.

A school may use words of its own: they matter where a clause of the policy, or a row of the
school's own, speaks of them.
"""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final
from unicodedata import normalize

from models.spelling import closest, nearness
from models.text import Text, listed

HOMEWORK: Final = "written_homework"
"""What base care is spent on at a homework slot, and a course that is homework help contains."""
CONTENT_NAMES: Final[dict[str, Text]] = {
    HOMEWORK: Text("书面作业", "written homework"),
    "new_lessons": Text("上新课", "new lessons"),
    "group_teaching": Text("集体教学", "group teaching"),
    "group_tutoring": Text("集体补课", "group tutoring"),
    "exam_training": Text("考试训练", "exam training"),
    "contest_training": Text("竞赛培训", "contest training"),
    "subject_teaching": Text("学科教学", "subject teaching"),
    "commercial": Text("商业活动", "commercial promotion"),
    "dangerous": Text("危险性较高的活动", "dangerous activities"),
    "unhealthy": Text("影响身心健康的活动", "activities that harm health"),
    "enrichment": Text("培优辅导", "enrichment"),
}
"""By the id that clauses and courses are kept with."""


def _fold(word: str) -> str:
    return re.sub(r"[\s_\-]", "", normalize("NFKC", word)).casefold()


_KNOWN = {
    _fold(word): name for name, text in CONTENT_NAMES.items() for word in (name, text.zh, text.en)
}
_PHRASES = re.compile(
    "|".join(
        r"[\s_\-]+".join(map(re.escape, re.split(r"[\s_\-]+", word)))
        for name, text in sorted(CONTENT_NAMES.items())
        for word in (text.zh, text.en, name)
    ),
    re.IGNORECASE,
)


def content_id(word: str) -> str:
    """Give the id of a content by any of its names; a word that is not known is its own."""
    return _KNOWN.get(_fold(word), word)


def join_phrases(text: str) -> str:
    """Write names of several words as ids, so that a list can be split at spaces."""
    return _PHRASES.sub(lambda match: content_id(match[0]), text)


def known_contents() -> Text:
    """List the words that are known, each with its id."""
    return listed(
        Text("{zh}（{id}）", "{id}").fill(zh=text.zh, id=name)
        for name, text in CONTENT_NAMES.items()
    )


def nearest_content(word: str, others: Iterable[str]) -> Text | None:
    """Give the content whose name comes nearest to a word, or None."""
    known = {_fold(name): name for name in others} | _KNOWN
    close = get_close_matches(_fold(word), known, n=1, cutoff=0.5)
    if not close:
        return None
    name = known[close[0]]
    return CONTENT_NAMES.get(name, Text(name, name))


def meant_content(word: str, others: Iterable[str]) -> Text | None:
    """Give the content that a word is most likely a slip for, or part of the name of, or None.

    Words of a school's own are many: what merely has letters in common is another word.
    """
    known = {name: Text(name, name) for name in others}
    for name, text in CONTENT_NAMES.items():
        parts = [part for part in text.en.split() if len(part) >= _A_WORD]
        known |= dict.fromkeys((*parts, name, *text), text)
    close = closest(word, known)
    return known[close[0]] if close and nearness(word, close[0]) >= _A_SLIP else None


_A_WORD = 6
_A_SLIP = 0.7
