"""Courses as a form's options write them: ``1. 篮球(周二)``, ``A.篮球``, ``篮球（3-6年级）``."""

import re
from collections.abc import Iterable, Iterator

from models import Course, Text
from optimizer.files.imports.words import (
    MOST_HINTS,
    MOST_LOOKED_AT,
    bare,
    close_to,
    says_nothing,
    without_circle,
    without_label,
)

_BRACKETS = re.compile(
    r"\([^()]*\)|【[^【】]*】|\[[^\[\]]*\]|〔[^〔〕]*〕|〖[^〖〗]*〗|<[^<>]*>|《([^《》]*)》"
)
_TAIL = re.compile(r"(?:社团|兴趣班|俱乐部|小组|课程|club|course|课|班|社|队)$")
_AFTER = re.compile(
    r"^(.+?)[-—–~:/|,](?=.*(?:周|星期|年级|老师|教师|教室|限|人|元|\d|(?:mon|tue|wed|thu|fri)))[^-]*$"
)
_STRONG = (re.compile(r"[┋\n\r|]+"), re.compile(r"→|-->?|=>|>"), re.compile(r"[;；]"))
_WEAK = re.compile(r"([,，、])")
_NUMBERED = re.compile(r"\s+(?=\d{1,2}[.、)])")
_OPEN, _CLOSE = "([【（［〔〖<《", ")]】）］〕〗>》"


class Courses:
    """The menu, found by what an answer says."""

    def __init__(self, courses: Iterable[Course]) -> None:
        self.all = {course.id: course for course in courses}
        self.exact: dict[str, set[str]] = {}
        self.loose: dict[str, set[str]] = {}
        """By less than the whole name."""
        self.bracketed: set[str] = set()
        """Courses with brackets in their name: others in an answer may contradict them."""
        for course in self.all.values():
            for text in (course.id, course.name):
                self.exact.setdefault(bare(text), set()).add(course.id)
                if _BRACKETS.search(bare(text)):
                    self.bracketed.add(course.id)
                for form in _forms(text):
                    self.loose.setdefault(form, set()).add(course.id)
        self.exact.pop("", None)
        self._seen: dict[str, frozenset[str]] = {}
        self._near: dict[str, list[Text]] = {}

    def meant(self, text: str) -> frozenset[str]:
        """Give every course that a text may mean; the nearer to the letter, the fewer."""
        if text not in self._seen:
            self._seen[text] = self._meant(text) or self._meant(without_circle(text))
        return self._seen[text]

    def _meant(self, text: str) -> frozenset[str]:
        whole = bare(text)
        for form in (whole, without_label(whole)):
            if form in self.exact:
                return frozenset(self.exact[form])
        others = self.bracketed if _BRACKETS.search(whole) else set()
        for form in _forms(text):
            for found in (self.exact.get(form, set()), self.loose.get(form, set()) - others):
                if found:
                    return frozenset(found)
        return frozenset()

    def find(self, text: str, grade: int | None) -> str | None:
        """Give the one course that an answer means, for a student of a grade; else None."""
        found = self.meant(text)
        if len(found) > 1 and not _BRACKETS.search(bare(text)):
            # 篮球 is 篮球（低年级） for those whom only that one is for.
            found = frozenset(c for c in found if grade in self.all[c].grades)
        return next(iter(found)) if len(found) == 1 else None

    def near(self, text: str) -> list[Text]:
        """Name courses that a text may mean; of very many texts, only the first are looked at."""
        if text not in self._near and len(self._near) < MOST_LOOKED_AT:
            self._near[text] = self._close(text)
        return self._near.get(text, [])

    def _close(self, text: str) -> list[Text]:
        found = sorted(self.meant(text))
        if not found:
            known = {bare(word): c.id for c in self.all.values() for word in (c.id, c.name) if word}
            shorter = list(_forms(text))[-1:]
            close = [word for form in (bare(text), *shorter) for word in close_to(form, known)]
            found = list(dict.fromkeys(known[word] for word in close))[:MOST_HINTS]
        return [_named(self.all[course]) for course in found]

    def split(self, cell: str) -> list[str]:
        """Split a cell with several answers, in the order in which they stand."""
        if says_nothing(cell) or self.meant(cell):
            return [cell]
        for mark in _STRONG:
            parts = _split(cell, mark)
            if len(parts) > 1:
                return parts
        parts = self._joined(_weak_parts(cell))
        if len(parts) > 1:
            return parts
        for mark in (_NUMBERED, re.compile(r"\s+")):
            parts = [part for part in mark.split(cell.strip()) if part]
            if len(parts) > 1 and (mark is _NUMBERED or all(map(self.meant, parts))):
                return parts
        return [cell]

    def _joined(self, parts: list[str]) -> list[str]:
        """Put together again what was split inside a course's name."""
        found: list[str] = []
        at = 0
        while at < len(parts):
            ends = range(len(parts), at, -1)
            end = next((e for e in ends if self.meant("".join(parts[at:e]))), at + 1)
            found.append("".join(parts[at:end]))
            at = end
            if at < len(parts) and _WEAK.fullmatch(parts[at]):
                at += 1
        return [part for part in found if part.strip() and not _WEAK.fullmatch(part)]


def _named(course: Course) -> Text:
    same = course.name in {"", course.id}
    return Text("{id}", "{id}").fill(id=course.id) if same else NAMED.fill(**vars(course))


NAMED = Text("{id}（{name}）", "{id} ({name})")


def _forms(text: str) -> Iterator[str]:
    """Give a text with less and less around it."""
    form = without_label(bare(text))
    seen = set()
    for step in (
        lambda t: _BRACKETS.sub(lambda m: m[1] or "", t),
        lambda t: _AFTER.sub(r"\1", t),
        without_label,
        lambda t: _TAIL.sub("", t),
        lambda t: _BRACKETS.sub("", t),
    ):
        if form and form not in seen:
            seen.add(form)
            yield form
        form = step(form)
    if form and form not in seen:
        yield form


def _outside(text: str) -> Iterator[tuple[int, str]]:
    """Give the signs of a text that stand in no brackets."""
    depth = 0
    for place, sign in enumerate(text):
        if sign in _OPEN:
            depth += 1
        elif sign in _CLOSE and depth:
            depth -= 1
        elif not depth:
            yield place, sign


def _split(cell: str, mark: re.Pattern[str]) -> list[str]:
    return [part.strip() for part in mark.split(cell) if part.strip()]


def _weak_parts(cell: str) -> list[str]:
    """Split at commas outside brackets; the commas are parts of their own."""
    commas = [place for place, sign in _outside(cell) if _WEAK.fullmatch(sign)]
    parts, start = [], 0
    for place in commas:
        parts += [cell[start:place], cell[place]]
        start = place + 1
    return [part for part in [*parts, cell[start:]] if part]
