"""Answers into a school: the rows of wishes and students anew, everything else as it was."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from models import Student, Text, Wish
from models.problems import Severity
from optimizer.files.cells import Cell
from optimizer.files.draft import DraftSchool
from optimizer.files.imports.answers import Answer
from optimizer.files.place import Located, Origin
from optimizer.files.tablerows import Rows
from optimizer.files.tables import ORDER


class _Place(NamedTuple):
    origin: Origin
    row: int


class JoinedOrigin(Origin):
    """Rows that come from several tables; each is numbered by its place here."""

    def __init__(self, file: str, order: int) -> None:
        super().__init__(file, order=order)
        self.places: list[_Place] = []

    def add(self, origin: Origin, row: int, cells: Mapping[str, Cell]) -> int:
        """Add a row of another table and give its number here."""
        self.places.append(_Place(origin, row))
        number = len(self.places) - 1
        self.cells[number] = dict(cells)
        return number

    def at(
        self,
        text: Text,
        row: int | None = None,
        field: str | None = None,
        value: Cell | None = None,
        severity: Severity = "error",
    ) -> Located:
        """Locate a text in the table that the row comes from."""
        if row is None:
            return super().at(text, None, field, value, severity)
        origin, real = self.places[row]
        return origin.at(text, real, field, value, severity)

    def name_row(self, row: int) -> Text:
        """Name a row in a sentence."""
        origin, real = self.places[row]
        return origin.name_row(real)


class Changes(NamedTuple):
    """What an import changes."""

    wishes: int
    """Wishes that came from the export."""
    students: tuple[Student, ...]
    """Students whose row is another than before, new ones included."""
    kept: int
    """Students who are not in the export and keep their wishes."""
    silent: int
    """Students who are not in the export and have no wishes."""


def without_answers(draft: DraftSchool) -> DraftSchool:
    """Give a draft without what depends on wishes, to see whether the rest can be used."""
    rows = dict(draft.rows)
    for name in ("wishes", "locks"):
        rows[name] = Rows(draft.rows[name].origin)
    return replace(draft, rows=rows, found=_found(draft, {ORDER["wishes"], ORDER["locks"]}))


def with_answers(
    draft: DraftSchool,
    answers: Sequence[Answer],
    added: Mapping[str, Student],
    export: tuple[str, str | None],
    fresh: bool,
    asked: bool,
) -> tuple[DraftSchool, Changes]:
    """Give a draft with the answers in it.

    Parameters
    ----------
    draft
        What was read of the school.
    answers
        The one that counts for each child.
    added
        Students who are not in the school, by id.
    export
        File and sheet that the answers come from.
    fresh
        Whether wishes of children without an answer are dropped.
    asked
        Whether the form asked for choices at all.
    """
    by_student = {answer.student: answer for answer in answers}
    students, changed = _students(draft, by_student, added, export)
    who = by_student if asked else {}
    wishes, kept = _wishes(draft, who, students, export, fresh and asked)
    heard = by_student.keys() | kept
    changes = Changes(
        wishes=sum(len(answer.choices) for answer in answers),
        students=tuple(changed),
        kept=len(kept),
        silent=sum(1 for student in students.models if student.id not in heard),
    )
    rows = draft.rows | {"students": students, "wishes": wishes}
    found = _found(draft, {ORDER["wishes"]}) if fresh else draft.found
    return replace(draft, rows=rows, found=found), changes


def _found(draft: DraftSchool, orders: Collection[int]) -> list[Located]:
    return [one for one in draft.found if one.order not in orders]


def _students(
    draft: DraftSchool,
    answers: Mapping[str, Answer],
    added: Mapping[str, Student],
    export: tuple[str, str | None],
) -> tuple[Rows, list[Student]]:
    before = draft.rows["students"]
    origin = JoinedOrigin(before.origin.file, ORDER["students"])
    rows, changed = Rows(origin), []
    for number, student in zip(before.numbers, before.models, strict=True):
        made = _changed(student, answers.get(student.id))
        cells = before.origin.cells.get(number, {})
        rows.add(origin.add(before.origin, number, cells), made, True)
        if made is not student:
            changed.append(made)
    for name, answer in answers.items():
        if name in added:
            made = _changed(added[name], answer)
            there = Origin(*export, ORDER["students"])
            rows.add(origin.add(there, answer.row, {}), made, True)
            changed.append(made)
    return rows, changed


def _changed(student: Student, answer: Answer | None) -> Student:
    """Give the student as the answer has it; the same object if nothing is new."""
    update: dict[str, Any] = {}
    if answer is not None and answer.clubs not in {None, student.max_clubs}:
        update["max_clubs"] = answer.clubs
    if answer is not None and answer.stays is not None:
        if set(answer.stays) != set(student.stay_slots):
            update["stay_slots"] = tuple(answer.stays)
        clubs = tuple(slot for slot in student.club_slots if slot not in answer.stays)
        if clubs != student.club_slots:
            update["club_slots"] = clubs
    return student.model_copy(update=update) if update else student


def _wishes(
    draft: DraftSchool,
    answers: Mapping[str, Answer],
    students: Rows,
    export: tuple[str, str | None],
    fresh: bool,
) -> tuple[Rows, set[str]]:
    """Give the rows of wishes by student, and whose wishes were kept."""
    before = draft.rows["wishes"]
    old: dict[str, list[tuple[int, Any, bool]]] = {}
    for number, wish, whole in zip(before.numbers, before.models, before.whole, strict=True):
        old.setdefault(getattr(wish, "student", ""), []).append((number, wish, whole))
    origin = JoinedOrigin(before.origin.file, ORDER["wishes"])
    rows, kept = Rows(origin, lost=before.lost and not fresh), set()
    for student in students.models:
        mine = old.pop(student.id, [])
        if student.id in answers:
            teachers = {wish.course: wish.teacher for _, wish, whole in mine if whole}
            _add(rows, origin, answers[student.id], teachers, export)
        elif not fresh and mine:
            kept.add(student.id)
            _keep(rows, origin, before, mine)
    if not fresh:
        # Of nobody in the school: that is a mistake of the old sheet, to be told.
        for mine in old.values():
            _keep(rows, origin, before, mine)
    return rows, kept


def _keep(
    rows: Rows, origin: JoinedOrigin, before: Rows, mine: Sequence[tuple[int, Any, bool]]
) -> None:
    for number, wish, whole in sorted(mine, key=lambda one: getattr(one[1], "rank", 0)):
        cells = before.origin.cells.get(number, {})
        rows.add(origin.add(before.origin, number, cells), wish, whole)


def _add(
    rows: Rows,
    origin: JoinedOrigin,
    answer: Answer,
    teachers: Mapping[str, str | None],
    export: tuple[str, str | None],
) -> None:
    for rank, choice in enumerate(answer.choices, 1):
        there = Origin(*export, ORDER["wishes"])
        there.headers["course"] = choice.header
        number = origin.add(there, answer.row, {"course": choice.value})
        teacher = teachers.get(choice.course)
        wish = Wish(student=answer.student, course=choice.course, rank=rank, teacher=teacher)
        rows.add(number, wish, True)
