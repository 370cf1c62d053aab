"""The rows of a form's export: whose each is, which counts, and what it asks for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from models import Student, Text
from optimizer.files.cells import Cell, is_blank, plain
from optimizer.files.headers import RawTable
from optimizer.files.imports.children import Children, Found, Said
from optimizer.files.imports.courses import Courses
from optimizer.files.imports.guess import Column, rank_of
from optimizer.files.imports.moments import moments
from optimizer.files.imports.roles import Kind
from optimizer.files.imports.stays import Stays, clock_in
from optimizer.files.imports.words import bare, hint, says_nothing, zh_number
from optimizer.files.place import Located, Origin

UNKNOWN_COURSE = Text("没有这门课程{hint}。", "there is no such course{hint}.")
SEVERAL = Text("可能是几门课程中的一门{hint}。", "this may be one of several courses{hint}.")
TWICE = Text(
    "课程“{course}”在这一行选了不止一次，只算第一次。",
    "course '{course}' is chosen more than once in this row: the first counts.",
)
RANK_TWICE = Text("这一行有两门课程是第 {rank} 志愿。", "two courses of this row have rank {rank}.")
NO_RANK = Text("应为名次，如 1 或 第一志愿。", "expected a rank such as 1 or first choice.")
NO_NUMBER = Text("应为社团个数，如 2。", "expected a number of clubs such as 2.")
NO_STAY = Text(
    "应为星期或时段{hint}；略去它时，该生留校的日子都保持原样。",
    "expected weekdays or slots{hint}; if it is left out, all days of the child stay as they were.",
)
NO_LEAVE = Text("应为离校的钟点，如 17:30。", "expected a clock time such as 17:30.")
NOWHERE = Text(
    "学生 {student} 有志愿，却没有留校时段也没有仅社团时段；请在学生表中填写。",
    "student {student} wishes for clubs but stays at no slot: give slots in the table of students.",
)
WANTS_NONE = Text(
    "学生 {student} 有志愿，社团数却是 0；请更正其一。",
    "student {student} has wishes but wants 0 clubs: correct one of them.",
)
NO_TIME = Text(
    "学生 {student} 有几行，提交时间却读不出；以最后一行为准。",
    "student {student} has several rows, and when they came cannot be read: the last row counts.",
)
_LONG_AGO = datetime(1, 1, 1)
_NUMERALS = "零〇一二两三四五六七八九十"
_COUNT = re.compile(
    r"(?:\(?[a-z][.、):])?(?:最多|至多|不超过|一共|共|upto|atmost|max(?:imum)?)?(?:想?参加|想?报|想?选)?"
    rf"(\d{{1,2}}|[{_NUMERALS}]+)(?:\.0+)?"
    r"(?:个|门|项|种|节|次)?(?:社团|课程|课|clubs?|courses?)?(?:以内)?[。.!]?"
)
"""The whole answer: a number with what may stand around it, so that no part is taken for it."""
_NO_LIMIT = re.compile(
    r"(?:(?:个数|数量|社团数?)?不限(?:制|个数|数量)?"
    r"|(?:全部|都)(?:要|行|选|报|可以|参加|想参加|想选|想报|喜欢)?"
    r"|any(?:number)?|all(?:ofthem)?|(?:no|without)limit|unlimited"
    r"|asmanyaspossible)(?:clubs?|courses?)?[。.!！]*"
)
"""The whole answer, so that what denies it is not taken for it."""


@dataclass
class Choice:
    """One course that a child chose, and where it says so."""

    course: str
    header: str
    value: str


@dataclass
class Answer:
    """What counts for one child."""

    row: int
    student: str
    choices: list[Choice] = field(default_factory=list)
    clubs: int | None = None
    stays: list[str] | None = None


class Known(NamedTuple):
    """What the school has."""

    children: Children
    courses: Courses
    stays: Stays
    wishing: frozenset[str]
    """Students whose wishes the export leaves alone."""


@dataclass
class _Row:
    number: int
    cells: dict[Kind, list[tuple[Column, Cell]]]
    when: datetime | None
    student: str = ""
    remark: Found | None = None

    def first(self, kind: Kind) -> Cell:
        """Give the cell of a kind of which there is one column at most."""
        return self.cells.get(kind, [(None, "")])[0][1]


class Reader:
    """Reads answers; what cannot be matched goes to ``problems``, remarks go to ``found``."""

    def __init__(self, known: Known, origin: Origin, add: bool) -> None:
        self.children, self.courses, self.stays = known.children, known.courses, known.stays
        self.wishing = known.wishing
        self.origin, self.add = origin, add
        self.problems: list[Located] = []
        self.found: list[Located] = []
        self.added: dict[str, Student] = {}
        self.rows_of: dict[str, list[_Row]] = {}
        self.rows = 0

    def read(self, raw: RawTable, at: int, columns: Sequence[Column]) -> list[Answer]:
        """Read all rows below the header; give the answer that counts for each child."""
        for row in self._rows(raw, at, columns):
            self.rows += 1
            if self._whose(row):
                self.rows_of.setdefault(row.student, []).append(row)
        return [self._answer(self._latest(own)) for own in self.rows_of.values()]

    def _rows(self, raw: RawTable, at: int, columns: Sequence[Column]) -> list[_Row]:
        read = [column for column in columns if column.role and column.role.kind is not Kind.IGNORE]
        rows = []
        for number, cells in raw.rows[at + 1 :]:
            by_kind: dict[Kind, list[tuple[Column, Cell]]] = {}
            for column in read:
                cell = cells[column.index] if column.index < len(cells) else ""
                if column.role and not is_blank(cell):
                    by_kind.setdefault(column.role.kind, []).append((column, cell))
            if by_kind.keys() - {Kind.TIME}:
                rows.append(_Row(number, by_kind, None))
        for row, when in zip(rows, moments([row.first(Kind.TIME) for row in rows]), strict=True):
            row.when = when
        return rows

    def _say(self, text: Text, row: int, header: str | None, value: Cell | None) -> Located:
        return self.origin.at(text, row)._replace(column=header, value=value)

    def _problem(self, text: Text, row: _Row, column: Column | None, value: Cell | None) -> None:
        self.problems.append(self._say(text, row.number, column.header if column else None, value))

    def _whose(self, row: _Row) -> bool:
        said = Said(*(row.first(k) for k in (Kind.STUDENT, Kind.NAME, Kind.CLASS, Kind.GRADE)))
        found = self.children.find(said)
        if found.student is None and found.new is not None and self.add:
            found = self._added(found.new)
        kind = {"student": Kind.STUDENT, "name": Kind.NAME, "home_class": Kind.CLASS}
        column, cell = row.cells.get(kind.get(found.field, Kind.IGNORE), [(None, None)])[0]
        if found.student is None:
            self._problem(found.text or Text("", ""), row, column, cell)
            return False
        row.student = found.student
        if found.text is not None and column is not None:
            said_here = self._say(found.text, row.number, column.header, cell)
            self.found.append(said_here._replace(severity="warning"))
        return True

    def _added(self, student: Student) -> Found:
        """Add a child who is not in the school, unless it is one of the school's after all."""
        doubt = self.children.doubt(student)
        if doubt.refused:
            return Found(text=doubt.text, field="name")
        return Found(self._new(student), doubt.text, "name")

    def _new(self, student: Student) -> str:
        number = len(self.children.all) + 1
        while not student.id and f"N{number:04d}" in self.children.all:
            number += 1
        made = student.model_copy(update={"id": student.id or f"N{number:04d}"})
        self.added[made.id] = made
        self.children.add(made)
        return made.id

    def _latest(self, own: list[_Row]) -> _Row:
        if len(own) > 1 and any(row.when is None for row in own):
            text = NO_TIME.fill(student=own[0].student)
            one = self._say(text, own[-1].number, None, None)
            self.found.append(one._replace(severity="warning"))
            return own[-1]
        return max(own, key=lambda row: (row.when or _LONG_AGO, row.number))

    def _answer(self, row: _Row) -> Answer:
        answer = Answer(row.number, row.student)
        student = self.children.all[row.student]
        grade = self.children.grade(row.student)
        for column, value, text in self._choice_texts(row):
            self._choose(answer, row, (column, value, text), grade)
        for column, cell in row.cells.get(Kind.CLUBS, ()):
            answer.clubs = self._clubs(row, column, cell, len(answer.choices))
        answer.stays = self._stays(row, student, grade)
        self._possible(answer, row, student)
        return answer

    def _choice_texts(self, row: _Row) -> list[tuple[Column, Cell, str]]:
        """Give what is chosen, in the order of the ranks, with column and cell."""
        found: list[tuple[int, Column, Cell, str]] = []
        for column, cell in row.cells.get(Kind.CHOICE, ()):
            rank = column.role.number if column.role else 0
            found += [(rank, column, cell, part) for part in self.courses.split(plain(cell))]
        for column, cell in row.cells.get(Kind.CHOICES, ()):
            found += [(100, column, cell, part) for part in self.courses.split(plain(cell))]
        seen: set[int] = set()
        for column, cell in row.cells.get(Kind.RANK, ()):
            rank = rank_of(plain(cell)) or 0
            if says_nothing(plain(cell)) or not column.role:
                continue
            if not rank:
                self._problem(NO_RANK, row, column, cell)
            elif rank in seen:
                self._problem(RANK_TWICE.fill(rank=rank), row, column, cell)
            else:
                found.append((rank, column, cell, column.role.course))
            seen.add(rank)
        found.sort(key=lambda one: one[0])
        return [(column, cell, part) for _, column, cell, part in found if not says_nothing(part)]

    def _choose(
        self, answer: Answer, row: _Row, said: tuple[Column, Cell, str], grade: int | None
    ) -> None:
        column, cell, text = said
        course = self.courses.find(text, grade)
        if course is None:
            several = len(self.courses.meant(text)) > 1
            wrong = (SEVERAL if several else UNKNOWN_COURSE).fill(
                hint=hint(self.courses.near(text))
            )
            self._problem(wrong, row, column, text)
        elif any(choice.course == course for choice in answer.choices):
            one = self._say(TWICE.fill(course=course), row.number, column.header, text)
            self.found.append(one._replace(severity="warning"))
        else:
            answer.choices.append(Choice(course, column.header, plain(cell)))

    def _clubs(self, row: _Row, column: Column, cell: Cell, choices: int) -> int | None:
        text = bare(plain(cell))
        if says_nothing(text):
            return 0 if not choices else None
        match = _COUNT.fullmatch(text)
        count = zh_number(match[1]) if match else None
        if count is not None:
            return count
        if _NO_LIMIT.fullmatch(text):
            # Who chooses nothing has no number of choices to go by: what is in the table stays.
            return choices or None
        self._problem(NO_NUMBER, row, column, cell)
        return None

    def _stays(self, row: _Row, student: Student, grade: int | None) -> list[str] | None:
        """Give the slots at which the child stays; None if the row does not say."""
        asked = row.cells.get(Kind.STAY, []) + row.cells.get(Kind.DAY, [])
        found: list[str] = []
        unread = False
        for column, cell in asked:
            if column.role and column.role.kind is Kind.DAY:
                slots = self.stays.day(plain(cell), column.role.number, grade)
            else:
                slots = self.stays.read(plain(cell), grade)
            if slots is None:
                unread = True
                near = hint(self.stays.near(plain(cell)))
                self._problem(NO_STAY.fill(hint=near), row, column, cell)
            found += slots or []
        for column, cell in row.cells.get(Kind.LEAVE, ()):
            if says_nothing(plain(cell)):
                continue
            minute = clock_in(plain(cell))
            if minute is None:
                self._problem(NO_LEAVE, row, column, cell)
            else:
                return self.stays.until(found if asked else student.stay_slots, minute)
        return list(dict.fromkeys(found)) if asked and not unread else None

    def _possible(self, answer: Answer, row: _Row, student: Student) -> None:
        """See that a child with wishes stays somewhere and wants a club."""
        if not answer.choices and student.id not in self.wishing:
            return
        stays = student.stay_slots if answer.stays is None else answer.stays
        wanted = student.max_clubs if answer.clubs is None else answer.clubs
        if stays or student.club_slots:
            if wanted:
                return
            text, kinds = WANTS_NONE, [Kind.CLUBS]
        else:
            text, kinds = NOWHERE, [Kind.STAY, Kind.DAY, Kind.LEAVE]
        kinds += [Kind.CHOICE, Kind.CHOICES]
        cells = [one for kind in kinds for one in row.cells.get(kind, ())]
        column, cell = cells[0] if cells else (None, None)
        self._problem(text.fill(student=student.id), row, column, cell)
        answer.choices, answer.stays, answer.clubs = [], None, None
