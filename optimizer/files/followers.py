"""One wrong cell is one message: what only follows from it is not told again at every row."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from models import Problem, Text, listed
from models.problems import MOST_LISTED
from models.spelling import key_of
from models.validation import Known
from models.validation.missing import ANSWERS
from models.validation.references import REFERENCES
from optimizer.files.cells import plain
from optimizer.files.headers import Matched
from optimizer.files.oddities import ranges
from optimizer.files.place import JsonOrigin, Located, Origin
from optimizer.files.tablerows import Rows
from optimizer.files.unread import is_for_people

TARGETS = {(table, name): target for table, name, target in REFERENCES}
ELSEWHERE = Text(
    "{text}另有 {count} 处相同：{places}。", "{text} The same stands in {count} more: {places}."
)
_ROWS = Text("“{sheet}”第 {rows} 行", 'sheet "{sheet}" rows {rows}')


def told_once(
    problems: Sequence[Problem],
    rows: Mapping[str, Rows],
    locate: Callable[[Problem], Located],
) -> Iterator[Located]:
    """Tell each wrong reference once, with all its places, and none that follows from another.

    Parameters
    ----------
    problems
        What was found, in order.
    rows
        What was read. A row without a readable id, or with another's, is somebody's whom others
        refer to: as many names that nobody has are taken for such rows', those that are used most.
    locate
        Gives a problem's place in the file.
    """
    groups: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        if problem.code == "unknown-reference":
            groups.setdefault(_key(problem), []).append(problem)
    twice = Counter(problem.table for problem in problems if problem.code == "duplicate-id")
    silent = _of_broken_rows(groups, rows, twice)
    for problem in problems:
        same = groups.get(_key(problem), []) if problem.code == "unknown-reference" else [problem]
        if _key(problem) not in silent and problem is same[0]:
            yield _with_places([locate(one) for one in same])


def without_followers_of_sheets(
    found: Sequence[Located], problems: Sequence[Problem]
) -> tuple[list[Located], list[Problem]]:
    """Make one mistake of a table under another name and the references that find nothing in it.

    What is referred to has to be there: that the sheet is not read cannot be accepted then.
    """
    sheets = {one.may_be for one in found if one.may_be}
    lost = {_key(problem)[0] for problem in problems} & sheets
    kept = [problem for problem in problems if _key(problem)[0] not in lost]
    told = [one._replace(severity="error") if one.may_be in lost else one for one in found]
    return told, kept


def once_a_column(matched: Matched, own: list[Located], found: list[Located]) -> list[Located]:
    """Say once that a column which rows need is not there, and not at each of these rows.

    Parameters
    ----------
    matched
        The sheet and its columns.
    own
        What is wrong with the cells of its rows.
    found
        What is wrong with its headers; a column that is not read and may be the one that is needed
        is made an error.

    Returns
    -------
    list[Located]
        What is left to say of the rows.
    """
    origin, table = matched.origin, matched.table
    absent = {c.header: c for c in table.columns if c.field not in origin.headers}
    rows: dict[str, list[int]] = {}
    for one in own:
        if one.column in absent and one.row is not None:
            rows.setdefault(absent[one.column].field, []).append(one.row)
    for field, numbers in rows.items():
        facts = {"header": table.column[field].header, "rows": ranges(numbers)}
        place = _likely(matched, field, found)
        if place is None:
            found.append(origin.at(NO_COLUMN.fill(**facts)))
        else:
            text = MAYBE_COLUMN.fill(**facts)
            found[place] = found[place]._replace(text=text, severity="error")
    return [one for one in own if one.column not in absent]


def _likely(matched: Matched, field: str, found: Sequence[Located]) -> int | None:
    """Find the column that is not read and may be the one that rows need."""
    origin, head = matched.origin, matched.head.row
    known = origin.headers.values()
    strange = [
        (place, one)
        for place, one in enumerate(found)
        if (one.file, one.sheet, one.row) == (origin.file, origin.sheet, head)
        and isinstance(one.column, str)
        and one.column not in known
        and one.severity != "error"
    ]
    meant = [i for i, one in strange if one.may_be == f"{matched.table.name}.{field}"]
    left = [i for i, one in strange if not one.may_be and not is_for_people(str(one.column))]
    return meant[0] if meant else left[0] if len(left) == 1 else None


NO_COLUMN = Text(
    "没有“{header}”列，而第 {rows} 行要填；请加上并填写。",
    "there is no column '{header}', and these rows need it: {rows}. Add and fill it.",
)
MAYBE_COLUMN = Text(
    "不认识这一列，而第 {rows} 行要填的“{header}”列没有；如果就是它，请这样改写表头。",
    "unknown column, while there is no column '{header}', which these rows need: {rows}. If this "
    "is it, change the header.",
)


def without_followers_of_policy(
    found: list[Located], find: Callable[[Known], list[Problem]]
) -> tuple[list[Located], list[Problem]]:
    """Say that policy, pay or relief is not read, and not also that it was left open.

    Parameters
    ----------
    found
        What was found in the file.
    find
        Finds what makes no sense in the school if some tables and columns are taken as not read.
    """
    problems = find({})
    causes = [one for one in found if one.severity == "stop" and one.may_be in {"policy", *ANSWERS}]
    if not causes:
        return found, problems
    held = find({one.may_be: frozenset() for one in causes})
    if len(held) < len(problems):
        found = [one._replace(severity="error") if one in causes else one for one in found]
    return found, held


def without_followers_of_stays(
    found: list[Located], problems: list[Problem], students: Origin
) -> tuple[list[Located], list[Problem]]:
    """Say once that a sheet of students tells nobody's slots, and not for each wish."""
    follows = [problem for problem in problems if problem.code == "stays-nowhere"]
    causes = [one for one in found if _may_be_stays(one, students)]
    missing = not isinstance(students, JsonOrigin) and not _STAYS & students.headers.keys()
    if not follows or not (causes or missing):
        return found, problems
    told = [one._replace(severity="error") if one in causes else one for one in found]
    if not causes:
        told.append(students.at(NO_STAYS.fill(count=len(follows))))
    return told, [problem for problem in problems if problem.code != "stays-nowhere"]


def _may_be_stays(one: Located, students: Origin) -> bool:
    """Tell whether a column of the students' sheet that is not read may be that of their stays."""
    if one.order != students.order or one.severity != "stop":
        return False
    unguessed = not one.may_be and "stay_slots" not in students.headers
    return unguessed or one.may_be in {f"students.{name}" for name in _STAYS}


_STAYS = frozenset(("stay_slots", "club_slots"))
NO_STAYS = Text(
    "没有“留校时段”列，也没有“仅社团时段”列，而有志愿的学生有 {count} 名：请加上并填写。",
    "there is neither a column 'Stay slots' (in Chinese 留校时段) nor 'Club-only slots' "
    "(仅社团时段), and students with wishes: {count}. Add and fill them.",
)


def _key(problem: Problem) -> tuple[str, str]:
    if problem.code != "unknown-reference":
        return "", ""
    target = TARGETS.get((problem.table, problem.field or ""), "")
    return target, problem.value


def _of_broken_rows(
    groups: Mapping[tuple[str, str], Sequence[Problem]],
    rows: Mapping[str, Rows],
    twice: Mapping[str, int],
) -> set[tuple[str, str]]:
    silent: set[tuple[str, str]] = set()
    for target in {target for target, _ in groups}:
        table = rows.get(target)
        if table is None:
            continue
        if table.lost:
            # That a whole table is lost is said once, and not at each reference to it.
            silent |= {key for key in groups if key[0] == target}
            continue
        broken = [i for i, part in enumerate(table.models) if not hasattr(part, "id")]
        named = {name for i in broken for name in _names(table, i)}
        used = sorted(
            (key for key in groups if key[0] == target),
            key=lambda key: (key_of(key[1]) not in named, -len(groups[key])),
        )
        silent |= set(used[: len(broken) + twice.get(target, 0)])
    return silent


def _names(table: Rows, place: int) -> Iterator[str]:
    """Give what a row whose id cannot be read may be called by others."""
    cells = table.origin.cells.get(table.numbers[place], {})
    for cell in (cells.get("id", ""), cells.get("name", "")):
        yield key_of(plain(cell))


def _with_places(same: Sequence[Located]) -> Located:
    first, *more = same
    if not more:
        return first
    places: list[Text] = []
    for sheet, ones in groupby(more, key=lambda one: one.sheet or Path(one.file).name):
        found = sorted({one.row for one in ones if one.row is not None})
        if found:
            places.append(_ROWS.fill(sheet=sheet, rows=ranges(found)))
    if not places:
        paths = [one.path or "" for one in more]
        places = [
            *(Text(p, p) for p in paths[:MOST_LISTED]),
            *[Text("……", "...")] * (len(paths) > MOST_LISTED),
        ]
    text = ELSEWHERE.fill(text=first.text, count=len(more), places=listed(places))
    return first._replace(text=text)
