"""Which column is which: by header, by contents, and as the planner corrects it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from models import Text
from models.problems import nearest
from optimizer.files.cells import Cell, is_blank, plain
from optimizer.files.headers import RawTable, letters
from optimizer.files.imports.children import Children
from optimizer.files.imports.courses import Courses
from optimizer.files.imports.roles import (
    MANY,
    ROLE_WORDS,
    Kind,
    Role,
    by_header,
    named,
    rank_in,
)
from optimizer.files.imports.words import bare, bare_name, decimal, says_nothing

LOOKED_AT = 200
"""Rows by whose contents columns are told apart."""
HEADER_ROWS = 10
"""The header stands in one of so many rows; above it may be titles."""

NO_ROLE = Text(
    "--column“{given}”：不认识“{word}”；可用的有：{words}。",
    "--column '{given}': '{word}' is no meaning of a column; known: {words}.",
)
NO_EQUALS = Text(
    "--column“{given}”：应写成 含义=表头，如 志愿1=第一志愿。",
    "--column '{given}': write MEANING=HEADER, such as choice1=First choice.",
)
NO_HEADER = Text(
    "--column“{given}”：没有表头为“{header}”的列；{hint}",
    "--column '{given}': no column is headed '{header}'; {hint}",
)
HEADER_TWICE = Text(
    "--column“{given}”：有几列的表头都是“{header}”（{letters}）；请写列的字母。",
    "--column '{given}': several columns are headed '{header}' ({letters}): give the column's "
    "letter.",
)
GIVEN_TWICE = Text(
    "--column“{given}”：这一列或这个含义已指定过。",
    "--column '{given}': that column, or that meaning, was given already.",
)
NO_COURSE = Text(
    "--column“{given}”：没有课程“{course}”。", "--column '{given}': there is no course '{course}'."
)


@dataclass
class Column:
    """One column of the export."""

    index: int
    header: str
    values: list[str]
    """What stands below the header, without blanks."""
    role: Role | None = None
    given: bool = False
    """Whether the planner said so."""

    @property
    def letter(self) -> str:
        """The column as Excel names it."""
        return letters(self.index)


def joined(upper: Sequence[Cell], lower: Sequence[Cell]) -> list[Cell]:
    """Read two lines as one header: where both say something, the lower says it more exactly."""
    width = max(len(upper), len(lower))
    above, below = ([*line, *[""] * (width - len(line))] for line in (upper, lower))
    return [up if is_blank(low) else low for up, low in zip(above, below, strict=True)]


def columns_of(raw: RawTable, at: int, header: Sequence[Cell]) -> list[Column]:
    """Give the columns of a sheet whose header ends in the row at a place."""
    below = raw.rows[at + 1 : at + 1 + LOOKED_AT]
    width = max((len(cells) for _, cells in raw.rows), default=0)
    columns = []
    for index in range(width):
        cells = [row[index] for _, row in below if index < len(row) and not is_blank(row[index])]
        title = plain(header[index]).strip() if index < len(header) else ""
        if title or cells:
            columns.append(Column(index, title, [plain(cell) for cell in cells]))
    return columns


class Guesser:
    """Gives columns their roles in the light of the school."""

    def __init__(self, children: Children, courses: Courses) -> None:
        self.children, self.courses = children, courses
        self.tests: Mapping[Kind, Callable[[str], bool]] = {
            Kind.STUDENT: lambda text: bare(text) in children.by_id,
            Kind.NAME: lambda text: bare_name(text) in children.by_name,
            Kind.CLASS: lambda text: children.classes.find(text) is not None,
            Kind.CHOICES: lambda text: (
                says_nothing(text) or any(map(courses.meant, courses.split(text)))
            ),
        }

    def header(self, raw: RawTable) -> tuple[int, Sequence[Cell]]:
        """Give the row that is most like a header, or two that are one, and its place."""
        best, found = -1, (0, raw.rows[0][1])
        for at, (_, cells) in enumerate(raw.rows[:HEADER_ROWS]):
            both = joined(raw.rows[at - 1][1], cells) if at else cells
            for header in (cells, both):
                likeness = self._likeness(header)
                if likeness > best:
                    best, found = likeness, (at, header)
        return found

    @staticmethod
    def _likeness(cells: Sequence[Cell]) -> int:
        texts = [cell for cell in cells if isinstance(cell, str) and not is_blank(cell)]
        kinds = {role for text in texts if len(text) < 80 for role in list(by_header(text))[:1]}
        return len(kinds)

    def guess(self, columns: Sequence[Column]) -> None:
        """Give each column that has none the role it seems to have."""
        free = [column for column in columns if column.role is None]
        taken = {column.role.kind for column in columns if column.role and column.given}
        offers: dict[Kind, list[tuple[float, int, Column, Role]]] = {}
        for column in free:
            role = self._ranked_course(column) or next(
                (role for role in by_header(column.header) if self._fits(column, role)), None
            )
            if role is not None:
                entry = (-self.share(column, role.kind), column.index, column, role)
                offers.setdefault(role.kind, []).append(entry)
        for kind, entries in offers.items():
            if kind in MANY:
                chosen = entries
            else:
                chosen = sorted(entries, key=lambda e: e[:2])[:1] if kind not in taken else []
            for _, _, column, role in chosen:
                column.role = role
        self._by_contents(columns)
        self._settle_choices(columns)

    def share(self, column: Column, kind: Kind) -> float:
        """Give the share of a column's values that make sense for a role."""
        test = self.tests.get(kind)
        if test is None or not column.values:
            return 0.0
        return sum(map(test, column.values)) / len(column.values)

    def _fits(self, column: Column, role: Role) -> bool:
        """Tell whether a vague header means what it may mean, by what stands below."""
        if role.kind is Kind.CHOICES:
            return self.share(column, Kind.CHOICES) >= 0.3
        if role.kind in {Kind.STAY, Kind.DAY}:
            return self.share(column, Kind.CHOICES) < 0.5 or all(map(says_nothing, column.values))
        return True

    def _ranked_course(self, column: Column) -> Role | None:
        """See whether the header ends in a course and the values are ranks."""
        for sign in "[(（【—-:：":
            head, mark, tail = column.header.rpartition(sign)
            word = tail.strip("])）】 \t")
            meant = self.courses.meant(word) if mark and head and word else ()
            ranks = [value for value in column.values if not says_nothing(value)]
            if len(meant) == 1 and ranks and all(map(rank_of, ranks)):
                return Role(Kind.RANK, course=next(iter(meant)))
        return None

    def _by_contents(self, columns: Sequence[Column]) -> None:
        """Find by their contents who it is and what is chosen, if no header said so."""
        kinds = {column.role.kind for column in columns if column.role}
        for kind in (Kind.STUDENT, Kind.NAME, Kind.CLASS):
            free = [c for c in columns if c.role is None and self.share(c, kind) >= 0.5]
            if kind not in kinds and free and not self._counts_rows(free[0]):
                free[0].role = Role(kind)
        if not kinds & {Kind.CHOICE, Kind.CHOICES, Kind.RANK}:
            for column in columns:
                if column.role is None and self.share(column, Kind.CHOICES) >= 0.5:
                    column.role = Role(Kind.CHOICES)

    @staticmethod
    def _counts_rows(column: Column) -> bool:
        numbers = [decimal(value) or 0 for value in column.values if value.isdecimal()]
        return len(numbers) == len(column.values) and numbers == list(
            range(numbers[0], numbers[0] + len(numbers))
        )

    @staticmethod
    def _settle_choices(columns: Sequence[Column]) -> None:
        """Where choices are numbered, other columns that speak of clubs are none."""
        kinds = {column.role.kind for column in columns if column.role}
        if kinds & {Kind.CHOICE, Kind.RANK}:
            for column in columns:
                if column.role and column.role.kind is Kind.CHOICES and not column.given:
                    column.role = None


def rank_of(text: str) -> int | None:
    """Give the rank that a cell says: 1, 第一志愿, first choice; None if it says none."""
    word = bare(text)
    if word.isdecimal():
        return decimal(word) or None
    return rank_in(word)


def correct(columns: Sequence[Column], given: Sequence[str], courses: Courses) -> list[Text]:
    """Give columns the roles that the planner says; what cannot be is returned."""
    wrong: list[Text] = []
    seen: set[Role] = set()
    for one in given:
        word, equals, header = one.partition("=")
        role = named(word)
        found = _headed(columns, header.strip())
        if not equals:
            wrong.append(NO_EQUALS.fill(given=one))
        elif role is None:
            wrong.append(NO_ROLE.fill(given=one, word=word, words=ROLE_WORDS))
        elif not found:
            hint = nearest(header.strip(), [c.header for c in columns if c.header])
            wrong.append(NO_HEADER.fill(given=one, header=header.strip(), hint=hint))
        elif len(found) > 1:
            which = ", ".join(column.letter for column in found)
            wrong.append(HEADER_TWICE.fill(given=one, header=header.strip(), letters=which))
        elif found[0].given or (role in seen and role.kind not in {Kind.IGNORE, Kind.CHOICES}):
            wrong.append(GIVEN_TWICE.fill(given=one))
        elif role.kind is Kind.RANK and len(courses.meant(role.course)) != 1:
            wrong.append(NO_COURSE.fill(given=one, course=role.course))
        else:
            seen.add(role)
            if role.kind is Kind.RANK:
                role = role._replace(course=next(iter(courses.meant(role.course))))
            found[0].role, found[0].given = role, True
    return wrong


def _headed(columns: Sequence[Column], header: str) -> list[Column]:
    for same in (
        lambda column: column.header == header,
        lambda column: bare(column.header) == bare(header),
        lambda column: column.letter == header.upper(),
    ):
        found = [column for column in columns if same(column)]
        if found:
            return found
    return []
