"""Ids: none twice, and every one that is referred to exists."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from models.problems import Problem, nearest
from models.school_data import SchoolData
from models.spelling import key_of
from models.text import Text

TABLES_WITH_IDS = (
    "slots",
    "rooms",
    "classes",
    "groups",
    "providers",
    "teachers",
    "courses",
    "students",
)
# (table, field, table referred to); a field may hold one id, a tuple of ids, or None.
REFERENCES = (
    ("rooms", "available_slots", "slots"),
    ("classes", "home_room", "rooms"),
    ("classes", "homeroom_teacher", "teachers"),
    ("teachers", "available_slots", "slots"),
    ("teachers", "provider", "providers"),
    ("courses", "slots", "slots"),
    ("courses", "leaders", "teachers"),
    ("courses", "rooms", "rooms"),
    ("courses", "provider", "providers"),
    ("students", "home_class", "classes"),
    ("students", "groups", "groups"),
    ("students", "stay_slots", "slots"),
    ("students", "club_slots", "slots"),
    ("wishes", "student", "students"),
    ("wishes", "course", "courses"),
    ("wishes", "teacher", "teachers"),
    ("locks", "course", "courses"),
    ("locks", "student", "students"),
    ("locks", "teacher", "teachers"),
    ("locks", "slot", "slots"),
    ("locks", "slots", "slots"),
    ("locks", "room", "rooms"),
    ("locks", "staff", "teachers"),
    ("previous", "course", "courses"),
    ("previous", "slots", "slots"),
    ("previous", "room", "rooms"),
    ("previous", "staff", "teachers"),
    ("previous", "students", "students"),
)
TABLE_NAMES = {
    "slots": Text("时段", "slot"),
    "rooms": Text("教室", "room"),
    "classes": Text("班级", "class"),
    "groups": Text("学生群体", "student group"),
    "providers": Text("机构", "provider"),
    "teachers": Text("教师", "teacher"),
    "courses": Text("课程", "course"),
    "students": Text("学生", "student"),
}
DUPLICATE = Text(
    "编号“{value}”重复；每个编号只能出现一次，请改名或删去一行。",
    "id '{value}' is used twice; ids must be unique: rename or delete one.",
)
TWIN = Text(
    "编号“{value}”与“{earlier}”只差在全角半角或短横，是同一个编号；请改名或删去一行。",
    "id '{value}' is the same as '{earlier}' but for full-width letters or dashes: rename or "
    "delete one.",
)
UNKNOWN = Text(
    "没有编号为“{value}”的{table}；{hint}", "there is no {table} with id '{value}'; {hint}"
)
MOST_HINTS = 200
MOST_COMPARED = 200_000
"""Ids looked at for all hints together: some seconds, even if nobody's id is known."""
NO_HINT = Text("请核对编号。", "check the id.")
REPEATED = Text("列表中“{value}”重复，请删去一个。", "'{value}' is listed twice: delete one.")


def find(school: SchoolData, also_known: dict[str, frozenset[str]]) -> Iterator[Problem]:
    """Find duplicate ids and references to nothing.

    Rows may lack fields (``model_construct``): what is not there is not looked at.
    """
    known: dict[str, set[str]] = {}
    hints = Hints(known, {table: _named(getattr(school, table)) for table in _CALLED_BY_NAME})
    for table in TABLES_WITH_IDS:
        rows = getattr(school, table)
        yield from _duplicates(table, [getattr(row, "id", "") for row in rows])
        known[table] = {row.id for row in rows if hasattr(row, "id")}
        known[table] |= also_known.get(table, frozenset())
    yield from _duplicates("previous", [getattr(row, "id", "") for row in school.previous])
    for table, field, target in REFERENCES:
        for number, row in enumerate(getattr(school, table)):
            yield from _unknown((table, number, field), _ids(row, field), target, hints)


# Students are named by their ids only.
_CALLED_BY_NAME = ("rooms", "classes", "groups", "providers", "teachers", "courses")


def _named(rows: Iterable[Any]) -> dict[str, str]:
    """Give the ids of rows by their names, as far as these are told apart by them."""
    named: dict[str, list[str]] = {}
    for row in rows:
        if getattr(row, "name", "") and hasattr(row, "id"):
            named.setdefault(row.name, []).append(row.id)
    return {name: ids[0] for name, ids in named.items() if len(ids) == 1}


def _duplicates(table: str, ids: list[str]) -> Iterator[Problem]:
    """Find ids that are there already, be it in other letters: 三（1）班 and 三(1)班 are one."""
    first: dict[str, int] = {}
    for number, name in enumerate(ids):
        key = key_of(name)
        if key in first:
            earlier = ids[first[key]]
            text = (DUPLICATE if name == earlier else TWIN).fill(value=name, earlier=earlier)
            yield Problem("duplicate-id", table, number, "id", name, text, earlier=first[key])
        elif name:
            first[key] = number


def _ids(row: BaseModel, field: str) -> tuple[str, ...]:
    value: Any = getattr(row, field, None)
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


class Hints:
    """Nearest ids, each looked for once; only so many, for each takes a walk through the table."""

    def __init__(
        self,
        known: Mapping[str, Collection[str]],
        named: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
    ) -> None:
        self.known = known
        self.named = named
        """By table: ids by names."""
        self.given: dict[tuple[str, str], Text] = {}
        self.compared = 0

    def get(self, target: str, name: str) -> Text:
        """Suggest the nearest id of a table."""
        if (target, name) not in self.given:
            if len(self.given) >= MOST_HINTS or self.compared >= MOST_COMPARED:
                return NO_HINT
            self.compared += len(self.known[target])
            self.given[target, name] = nearest(name, self.known[target], self.named.get(target, {}))
        return self.given[target, name]


def _unknown(
    place: tuple[str, int, str], ids: tuple[str, ...], target: str, hints: Hints
) -> Iterator[Problem]:
    seen: set[str] = set()
    for name in ids:
        if name not in hints.known[target]:
            hint = hints.get(target, name)
            text = UNKNOWN.fill(value=name, table=TABLE_NAMES[target], hint=hint)
            yield Problem("unknown-reference", *place, name, text)
        elif name in seen:
            yield Problem("listed-twice", *place, name, REPEATED.fill(value=name))
        seen.add(name)
