"""A form's export, one row a child, into the students and wishes of a school.

Columns are told apart by headers and contents, children by id or else by name and class, courses
by id or name with what a form puts around them taken away. Nothing is guessed: whatever could be
two things, or none, is a problem with its row, its value and what is near.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from models import Lang, School, Student, Text, listed
from optimizer.errors import InputError
from optimizer.files.cells import fold
from optimizer.files.draft import DraftSchool, assemble
from optimizer.files.headers import RawTable
from optimizer.files.imports.answers import Answer, Known, Reader
from optimizer.files.imports.apply import with_answers, without_answers
from optimizer.files.imports.children import Children
from optimizer.files.imports.courses import Courses
from optimizer.files.imports.export import read_export
from optimizer.files.imports.guess import Column, Guesser, columns_of, correct
from optimizer.files.imports.roles import ROLE_WORDS, Kind, Role
from optimizer.files.imports.stays import Stays
from optimizer.files.oddities import HIDDEN_ROWS, ranges
from optimizer.files.place import ALIKE, Located, Origin, messages
from optimizer.files.tables import TABLES

NO_WHO = Text(
    '“{file}”：没有找到学号或姓名的列；请用 --column 指定，如 --column "姓名=孩子的名字"。',
    "{file}: no column holds a student id or a name: say which, such as "
    '--column "name=Your child".',
)
NO_CHOICES = Text(
    '“{file}”：没有找到志愿的列；请用 --column 指定，如 --column "志愿1=最想参加的社团"。',
    '{file}: no column holds choices: say which, such as --column "choice1=Favourite club".',
)
NO_ANSWERS = Text("“{file}”：表头下面没有答卷。", "{file}: there are no answers below the header.")
ONE_A_WISH = Text(
    "“{file}”：多数学生有好几行，又没有提交时间，像是一行一个志愿，而不是一行一个学生；"
    "这样的表可直接用作“志愿”工作表（学号、课程编号、志愿序号）。",
    "{file}: most students have several rows and there is no time of submission: it looks like one "
    "row a wish, not one a student. Such a table can be the sheet 'Wishes' as it is (Student id, "
    "Course id, Rank).",
)
SAME_RANK = Text(
    "“{first}”和“{second}”两列都是第 {rank} 志愿；请用 --column 指定，"
    '不读的写 --column "不读=表头"。',
    "the columns '{first}' and '{second}' are both choice {rank}: say which is which by "
    '--column; one that is not to be read by --column "ignore=HEADER".',
)
MOST_ROWS = 20
"""Of more rows with the same problem, the rest are counted."""
WHICH_SHEET = Text(
    "“{file}”有几个工作表像是问卷：{sheets}；请用 --sheet 指定一个。",
    "{file}: several sheets look like answers: {sheets}. Choose one by --sheet.",
)


@dataclass(frozen=True)
class Wanted:
    """How an export is to be read."""

    sheet: str | None = None
    columns: tuple[str, ...] = ()
    """Corrections such as ``choice1=First club``."""
    partial: bool = False
    """Whether what could not be matched is left out."""
    add_students: bool = False
    """Whether children who are not in the school are added."""
    replace: bool = False
    """Whether children without an answer lose the wishes they have."""


@dataclass
class Imported:
    """A school with the answers in it, and everything there is to say."""

    school: School | None = None
    lang: Lang = "zh"
    """Language of the school's sheets."""
    columns: list[Column] = field(default_factory=list)
    errors: tuple[Text, ...] = ()
    problems: tuple[Located, ...] = ()
    """What could not be matched; left out if that was asked for."""
    left_out: tuple[Text, ...] = ()
    """The same in words, if it was left out."""
    warnings: tuple[Text, ...] = ()
    added: tuple[str, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    changed: tuple[Student, ...] = ()
    before: DraftSchool | None = field(default=None, repr=False)
    """The school without the answers."""
    within: bool = False
    """Whether the answers stand in the school's own workbook, in place of its wishes."""


def read_answers(draft: DraftSchool, export: Path, school_file: Path, wanted: Wanted) -> Imported:
    """Read an export into a draft of a school.

    Raises
    ------
    InputError
        With what makes export or school unreadable as a whole.
    """
    raws = read_export(export, wanted.sheet)
    own = school_file.exists() and export.samefile(school_file)
    if own and wanted.sheet is None:
        raws = [raw for raw in raws if not _is_read(raw, draft)] or raws
    base = assemble(without_answers(draft))
    if base.school is None:
        raise InputError(base.errors)
    children = Children(base.school.students, base.school.classes)
    courses = Courses(base.school.courses)
    raw, at, columns = _sheet(export, raws, Guesser(children, courses), courses, wanted)
    _demand(export, columns)
    wishing = {getattr(wish, "student", "") for wish in draft.rows["wishes"].models}
    asked = any(column.role and column.role.kind in _WHAT for column in columns)
    known = Known(children, courses, Stays(base.school.slots), frozenset(() if asked else wishing))
    reader = Reader(known, Origin(raw.file, raw.sheet), wanted.add_students)
    answers = reader.read(raw, at, columns)
    if not reader.rows:
        raise InputError([NO_ANSWERS.fill(file=export)])
    several = sum(len(rows) > 1 for rows in reader.rows_of.values())
    timed = any(column.role and column.role.kind is Kind.TIME for column in columns)
    if not timed and several > 1 and 2 * several > len(reader.rows_of):
        raise InputError([ONE_A_WISH.fill(file=export)])
    hidden = [number for number, _ in raw.rows[at + 1 :] if number in raw.hidden_rows]
    if hidden:
        text = HIDDEN_ROWS.fill(count=len(hidden), rows=ranges(hidden))
        reader.found.append(reader.origin.at(text, severity="warning"))
    within = own and raw.label.casefold() == _wishes_sheet(draft)
    how = (wanted, wanted.replace or within)
    found = _imported(draft, reader, answers, (raw, columns), how)
    found.within = within
    return found


def _is_read(raw: RawTable, draft: DraftSchool) -> bool:
    """Tell whether a sheet is one of the school's own tables, and is as such a table is."""
    table = next((t for t in TABLES if fold(raw.label) in t.names), None)
    return table is not None and not (table.name == "wishes" and draft.rows["wishes"].lost)


def _wishes_sheet(draft: DraftSchool) -> str:
    return (draft.rows["wishes"].origin.sheet or "").casefold()


def _sheet(
    export: Path, raws: Sequence[RawTable], guesser: Guesser, courses: Courses, wanted: Wanted
) -> tuple[RawTable, int, list[Column]]:
    """Choose the sheet with the answers and tell its columns apart."""
    found: list[tuple[int, RawTable, int, list[Column], list[Text]]] = []
    for raw in raws:
        at, header = guesser.header(raw)
        columns = columns_of(raw, at, header)
        wrong = correct(columns, wanted.columns, courses)
        guesser.guess(columns)
        found.append((_rating(columns) - 10 * len(wrong), raw, at, columns, wrong))
    best = max(rating for rating, *_ in found)
    chosen = [one for one in found if one[0] == best]
    if len(chosen) > 1:
        sheets = "、".join(one[1].label for one in chosen)
        raise InputError([WHICH_SHEET.fill(file=export, sheets=sheets)])
    _, raw, at, columns, wrong = chosen[0]
    if wrong:
        raise InputError(wrong)
    return raw, at, columns


_WHO = frozenset((Kind.STUDENT, Kind.NAME))
_WHAT = frozenset((Kind.CHOICE, Kind.CHOICES, Kind.RANK))
_ELSE = frozenset((Kind.STAY, Kind.DAY, Kind.CLUBS))


def _rating(columns: Sequence[Column]) -> int:
    """Tell how much a sheet is like one with answers."""
    kinds = {column.role.kind for column in columns if column.role}
    return 2 * bool(kinds & _WHO) + 3 * bool(kinds & _WHAT) + bool(Kind.TIME in kinds)


def _demand(export: Path, columns: Sequence[Column]) -> None:
    """Refuse an export without children or choices."""
    roles = [(column.role, column) for column in columns if column.role]
    kinds = {role.kind for role, _ in roles}
    wrong = []
    if not kinds & _WHO:
        wrong.append(NO_WHO.fill(file=export))
    if not kinds & (_WHAT | _ELSE):
        wrong.append(NO_CHOICES.fill(file=export))
    first: dict[Role, Column] = {}
    for role, column in roles:
        if role.kind in {Kind.CHOICE, Kind.RANK, Kind.DAY} and role in first:
            facts = {"first": first[role].header, "second": column.header, "rank": role.number}
            wrong.append(SAME_RANK.fill(**facts))
        first.setdefault(role, column)
    if wrong:
        raise InputError(wrong)


def _imported(
    draft: DraftSchool,
    reader: Reader,
    answers: list[Answer],
    sheet: tuple[RawTable, list[Column]],
    how: tuple[Wanted, bool],
) -> Imported:
    (raw, columns), (wanted, fresh) = sheet, how
    found = Imported(columns=columns, lang=_lang(draft), problems=tuple(reader.problems))
    broken = {one.row for one in reader.problems}
    # Whose choices could all not be read keeps what there was.
    answers = [a for a in answers if a.choices or a.row not in broken]
    asks_clubs = any(c.role and c.role.kind in _WHAT for c in columns)
    done, changes = with_answers(
        draft, answers, reader.added, (raw.file, raw.sheet), fresh, asks_clubs
    )
    result = assemble(done)
    said = [one for one in reader.found if one.severity == "warning"]
    found.warnings = (*messages(said, "warning"), *result.warnings)
    found.added = tuple(reader.added)
    found.changed, found.before = changes.students, draft
    found.counts = {
        "rows": reader.rows,
        "students": len(answers),
        "superseded": sum(len(rows) - 1 for rows in reader.rows_of.values()),
        "wishes": changes.wishes,
        "no_wishes": sum(1 for answer in answers if not answer.choices),
        "added": len(reader.added),
        "kept": changes.kept,
        "silent": changes.silent,
        "unmatched": len(reader.problems),
    }
    if reader.problems and not wanted.partial:
        found.errors = together(reader.problems)
    else:
        found.errors, found.school = result.errors, result.school
        found.left_out = together(reader.problems)
    return found


def together(problems: Sequence[Located]) -> tuple[Text, ...]:
    """Give the messages in the order of the rows; the same of several rows is said once."""
    rows: dict[Located, list[int]] = {}
    for one in sorted(problems, key=lambda one: one.row or 0):
        rows.setdefault(one._replace(row=None), []).append(one.row or 0)
    said = []
    for one, numbers in rows.items():
        text = one._replace(row=numbers[0]).message()
        if len(numbers) > 1:
            some: list[object] = [*numbers[1:MOST_ROWS]]
            if len(numbers) > MOST_ROWS:
                some.append(Text("……", "..."))
            text = ALIKE.fill(text=text, count=len(numbers) - 1, rows=listed(some))
        said.append(text)
    return tuple(said)


def _lang(draft: DraftSchool) -> Lang:
    """Tell the language of the school's own headers."""
    headers = {h for rows in draft.rows.values() for h in rows.origin.headers.values()}
    both = [(c.header.zh in headers) - (c.header.en in headers) for t in TABLES for c in t.columns]
    return "zh" if sum(both) >= 0 else "en"


__all__ = ["ROLE_WORDS", "Imported", "Wanted", "read_answers"]
