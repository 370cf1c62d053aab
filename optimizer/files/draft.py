"""From rows that were read to a school, or to every mistake in it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from models import Policy, Problem, School, Settings, Term, Text
from models.validation import Known, find_blanks, find_broken_references, find_nonsense
from optimizer.files.cells import Cell, plain, split
from optimizer.files.followers import (
    told_once,
    without_followers_of_policy,
    without_followers_of_sheets,
    without_followers_of_stays,
)
from optimizer.files.place import JsonOrigin, Located, Origin, messages
from optimizer.files.tablerows import Rows
from optimizer.files.tables import BY_NAME, LISTS

FIRST_THERE = Text("{text}（首次出现在{place}）", "{text} (first in {place})")
# Where the table has a column of its own for what the school's field holds among other things.
_BETTER = {"follows-no-service-day": "weekdays"}
# Stand-ins where the real ones could not be read: nothing contradicts them.
_ANY_SETTINGS = Settings(id="-", name="")


@dataclass
class DraftSchool:
    """What was read of a school."""

    file: str
    rows: dict[str, Rows]
    settings: Settings | None = None
    """Without the stages, which have their own table."""
    policy: Policy | None = None
    """Without the clauses, which have their own table."""
    term: Term | None = None
    term_places: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    """Field and value of the term to row and column."""
    found: list[Located] = field(default_factory=list)


class Inspection(NamedTuple):
    """A school, if it could be read, and everything there is to say about the file."""

    school: School | None
    errors: tuple[Text, ...]
    warnings: tuple[Text, ...]
    """All of them."""
    stops: tuple[Text, ...] = ()
    """Those warnings that change money, rules or whole tables: nothing is worked out from such a
    file until somebody accepts them."""
    locate: Callable[[Problem], Text] = lambda problem: problem.text
    """Says where a problem of the school stands in the file it was read from."""


def assemble(draft: DraftSchool) -> Inspection:
    """Make the school and look for mistakes across its tables."""
    unread = _unread(draft)
    everything = _school(draft, {name: tuple(rows.models) for name, rows in draft.rows.items()})
    readable = everything
    if unread or not all(rows.complete for rows in draft.rows.values()):
        readable = _school(draft, {n: rows.only_whole() for n, rows in draft.rows.items()})
    numbers = {name: rows.numbers for name, rows in draft.rows.items()}
    found = list(draft.found)
    broken = find_broken_references(everything)
    found, broken = without_followers_of_sheets(found, broken)
    found += told_once(broken, draft.rows, lambda problem: _locate(draft, problem, numbers))
    for name, rows in draft.rows.items():
        numbers[name] = [n for n, whole in zip(rows.numbers, rows.whole, strict=True) if whole]
    found, nonsense = without_followers_of_policy(
        found, lambda misnamed: find_nonsense(readable, unread | misnamed)
    )
    found, nonsense = without_followers_of_stays(found, nonsense, draft.rows["students"].origin)
    nonsense = [*nonsense, *find_blanks(readable, unread)]
    found += [_locate(draft, problem, numbers) for problem in nonsense]
    errors = messages(found, "error")
    warnings = messages(found, "warning", "stop")
    school = None if errors else readable

    def locate(problem: Problem) -> Text:
        return _locate(draft, problem, numbers).message()

    return Inspection(school, errors, warnings, messages(found, "stop"), locate)


def _unread(draft: DraftSchool) -> Known:
    """Give the ids of rows that could be read only in part, for each table that has some."""
    unread: Known = {}
    for name, rows in draft.rows.items():
        if rows.complete:
            continue
        parts = [m for m, whole in zip(rows.models, rows.whole, strict=True) if not whole]
        key = "student" if name == "wishes" else "id"
        unread[name] = frozenset(getattr(part, key) for part in parts if hasattr(part, key))
        if name == "wishes" and not all(hasattr(part, key) for part in parts):
            # It could be anybody's wish.
            unread[name] = frozenset(s.id for s in draft.rows["students"].only_whole())
    # They are put together from rows, or are objects in JSON, and may be refused as a whole.
    for name in ("settings", "term"):
        if getattr(draft, name) is None:
            unread.setdefault(name, frozenset())
    return unread


def _school(draft: DraftSchool, rows: dict[str, tuple[Any, ...]]) -> School:
    settings = draft.settings or _ANY_SETTINGS
    values: dict[str, Any] = {name: rows[name] for name in LISTS}
    values["settings"] = settings.model_copy(update={"stages": rows["stages"]})
    values["policy"] = (draft.policy or Policy()).model_copy(update={"clauses": rows["policy"]})
    values["term"] = draft.term or _any_term()
    return School.model_construct(**values)


def _any_term() -> Term:
    return Term(first_date=date.min, last_date=date.max, service_weekdays=tuple(range(1, 8)))


def _locate(draft: DraftSchool, problem: Problem, numbers: dict[str, list[int]]) -> Located:
    """Turn a place in the school into one in the file."""
    origin = draft.rows[problem.table].origin
    name, value, row = problem.field, problem.value, problem.row
    if problem.table == "term":
        row, name = draft.term_places.get((name or "", value), (None, name))
    elif row is not None:
        # In JSON the settings are an object, not rows.
        row = numbers[problem.table][row] if numbers[problem.table] else None
    if isinstance(origin, JsonOrigin) and problem.table == "settings" and name == "policy.id":
        # There the policy is an object of its own, beside the settings.
        origin = JsonOrigin(origin.file, "", origin.order)
    name = _BETTER.get(problem.code, name)
    name = BY_NAME[problem.table].also.get(name or "", name)
    text = problem.text
    if problem.earlier is not None:
        earlier = origin.name_row(numbers[problem.table][problem.earlier])
        text = FIRST_THERE.fill(text=text, place=earlier)
    cell = _as_found(origin, problem.table, row, name, value)
    return origin.at(text, row, name, None if name is None else cell, problem.severity)


def _as_found(origin: Origin, table: str, row: int | None, name: str | None, value: str) -> Cell:
    """Give a value as it stands in the file; of a list, the part in question."""
    column = BY_NAME[table].column.get(name or "")
    if row is None or column is None:
        return value
    cell = origin.cells.get(row, {}).get(column.field, "")
    if isinstance(origin, JsonOrigin) or (column.kind.lists and value in split(plain(cell))):
        return value
    return cell
