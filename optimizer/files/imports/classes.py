"""Classes as families write them: 三(1)班, 3年级1班, 三年级一班, 3.1, 301, Grade 3 Class 1."""

import re
from collections.abc import Iterable
from datetime import date

from models import HomeClass
from optimizer.files.cells import Cell, halfwidth, plain
from optimizer.files.imports.words import ZH_DIGITS, bare, close_to, decimal, zh_number

ClassKey = tuple[int | None, str]
"""Grade, where it is said, and number or letter of the class."""

_OLDER = re.compile(r"(初中?|高中?)([一二三123])")
_BEFORE = {"初": 6, "高": 9}
_TOKEN = re.compile(r"\d+|[零〇一二三四五六七八九十两]+|[a-z]+")
_ALONE = re.compile(r"\(?(\d{1,2})\)?班?")
_WORDS = frozenset(("grade", "class", "year", "g", "c", "y", "form", "no", "cl", "gr"))


def grade_in(text: str) -> int | None:
    """Give the grade that a text names, such as 三年级 or Grade 3; None if it names none."""
    numbers = [token for token in _tokens(text) if token.isdecimal()]
    return decimal(numbers[0]) if len(numbers) == 1 else None


def class_key(text: str) -> ClassKey | None:
    """Read a class; None if the text is no class."""
    tokens = _tokens(text)
    if len(tokens) == 2 and tokens[0].isdecimal():
        grade = decimal(tokens[0])
        return None if grade is None else (grade, tokens[1].lstrip("0") or "0")
    if len(tokens) != 1:
        return None
    (only,) = tokens
    if not only.isdecimal():
        return (None, only) if len(only) == 1 else None
    if "年级" not in text and "班" not in text[:1] and len(only) in {3, 4}:
        # 301 is class 1 of grade 3, 1002 class 2 of grade 10.
        return int(only[:-2]), only[-2:].lstrip("0") or "0"
    if len(only) == 2 and only[0] != "0" and only != "10" and "十" not in text:
        return int(only[0]), only[1]
    return (None, only.lstrip("0") or "0") if len(only) <= 2 else None


def _tokens(text: str) -> list[str]:
    """Split a text into numbers and letters, Chinese numbers as ordinary ones."""
    text = halfwidth(text).casefold()
    text = _OLDER.sub(lambda m: f"{_BEFORE[m[1][0]] + (zh_number(m[2]) or 0)} ", text)
    found: list[str] = []
    for token in _TOKEN.findall(text):
        if token in _WORDS:
            continue
        if token.isascii():
            found.append(token)
            continue
        number = zh_number(token)
        if number is not None and not (len(token) == 3 and token[1] == "十"):
            found.append(str(number))
        else:
            # 三一 is class 1 of grade 3, 三十一 class 11.
            rest = zh_number(token[1:])
            found.append(str(ZH_DIGITS.get(token[0], token[0])))
            found.append(token[1:] if rest is None else str(rest))
    return found


class Classes:
    """The classes of a school, found by what families write."""

    def __init__(self, classes: Iterable[HomeClass]) -> None:
        self.all = {home.id: home for home in classes}
        self.by_text: dict[str, set[str]] = {}
        self.by_key: dict[ClassKey, set[str]] = {}
        for home in self.all.values():
            for text in (home.id, home.name):
                if not text:
                    continue
                self.by_text.setdefault(bare(text), set()).add(home.id)
                grade, number = class_key(text) or (None, "")
                # A key that names another grade was not meant as one.
                if number and grade in {None, home.grade}:
                    self.by_key.setdefault((home.grade, number), set()).add(home.id)

    def find(self, cell: Cell, grade: int | None = None) -> str | None:
        """Give the one class that a cell names, with the grade of another cell; else None."""
        if isinstance(cell, date):
            # Excel takes 3-1 for the first of March.
            key: ClassKey | None = (cell.month, str(cell.day))
        else:
            text = plain(cell)
            found = self.by_text.get(bare(text), set())
            if grade is not None:
                found = {c for c in found if self.all[c].grade == grade}
            if len(found) == 1:
                return next(iter(found))
            key = class_key(text)
            if grade is not None and (alone := _ALONE.fullmatch(bare(text))):
                key = (None, str(int(alone[1])))
        if key is None:
            return None
        if key[0] is None:
            key = (grade, key[1])
        matching = self.by_key.get(key, set()) if grade in {None, key[0]} else set()
        return next(iter(matching)) if len(matching) == 1 else None

    def near(self, cell: Cell) -> list[str]:
        """Give ids of classes that a cell may mean."""
        key = class_key(plain(cell))
        same_grade = [c.id for c in self.all.values() if key and c.grade == key[0]]
        return same_grade[:3] or close_to(plain(cell), self.all)
