"""Sheets that are no table by their name, though they may be meant as one."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from models import Text, listed
from models.problems import nearest_word
from models.spelling import key_of, likeness
from optimizer.files.brackets import header_of
from optimizer.files.cells import fold, plain, shown
from optimizer.files.columns import Table
from optimizer.files.headers import Matched, RawTable
from optimizer.files.headrow import Head, find_head
from optimizer.files.place import Located
from optimizer.files.tables import BY_NAME, TABLES

UNKNOWN_TABLE = Text(
    "不认识表“{label}”，未读取；{hint}", "unknown table '{label}', not read; {hint}"
)
MAY_BE = Text(
    "它可能是“{zh}”表，而那张表{state}：请把它改名为“{zh}”，不用的请删去。",
    "it may be the table '{en}' (in Chinese {zh}), which {state}: rename it to that, or delete it "
    "if it is of no use.",
)
MORE_OF = Text(
    "它的列与“{zh}”表相同，内容却不在那里：请并入“{zh}”表，不用的请删去。",
    "it has the columns of '{en}' (in Chinese {zh}) and rows that are not there: put them into "
    "that table, or delete it if it is of no use.",
)
SAYS_SO = Text("它的名称说它不用了。", "its name says that it is not in use.")
ABSENT = Text("没有", "is missing")
EMPTY = Text("是空的", "is empty")
_HIDDEN = Text("{label}（隐藏的工作表）", "{label} (a hidden sheet)")
# How people call the sheets beside the names that are read.
_ALSO_CALLED: dict[str, str] = {
    "wishes": r"志愿|选课|报名|选报|意向|意愿|填报|wish|choice|preference|sign.?up",
    "groups": r"群体|减免|困难|优先|资助|贫困|relief|group|priority",
    "policy": r"政策|规定|制度|规则|policy|rules?$",
    "locks": r"锁定|固定|指定|必排|lock|pin",
    "previous": r"原方案|原班次|上学期|上期|previous|last term",
    "costs": r"开支|支出|费用|成本|cost|expense",
    "providers": r"机构|第三方|provider|vendor",
    "stages": r"学段|stage",
}
_NOT_IN_USE = re.compile(
    r"作废|废弃|停用|旧|备份|副本|草稿|不用|void|old|backup|copy|draft|unused|obsolete",
    re.IGNORECASE,
)
_LIKE = 0.6


def sheet_name(raw: RawTable) -> Text:
    """Name a sheet in a sentence; one that is hidden is hard to find."""
    label = Text(shown(raw.label), shown(raw.label))
    return _HIDDEN.fill(label=label) if raw.hidden else label


def judge_sheets(
    file: str, others: Sequence[RawTable], matched: Mapping[str, Matched], lacking: Collection[str]
) -> Iterator[Located]:
    """Say of each sheet that is not read what it may be, and how bad it is.

    It stops everything if it may stand for a table that is missing or empty, by its name or its
    header; or if it goes on with one: the same columns, a similar name, other rows. What may be a
    required table that is lacking is named together with that.
    """
    others = [raw for raw in others if not any(_may_be(raw, BY_NAME[name]) for name in lacking)]
    filled = {name for name, sheet in matched.items() if any(True for _ in sheet.cells())}
    states = {
        t.name: EMPTY if t.name in matched else ABSENT for t in TABLES if t.name not in filled
    }
    waiting = [raw for raw in others if not _NOT_IN_USE.search(raw.label)] or others
    for raw in others:
        text: Text | None = None
        table = _stands_for(raw, states)
        if table is not None and raw in waiting:
            facts = {"zh": table.title.zh, "en": table.title.en, "state": states[table.name]}
            text = MAY_BE.fill(**facts)
        elif table is None:
            more = next(
                (t for t in TABLES if t.name in filled and _goes_on(raw, matched[t.name])), None
            )
            text = None if more is None else MORE_OF.fill(zh=more.title.zh, en=more.title.en)
        hint = text or nearest_word(raw.label, [t.title for t in TABLES])
        if text is None and _NOT_IN_USE.search(raw.label):
            hint = SAYS_SO
        told = UNKNOWN_TABLE.fill(label=sheet_name(raw), hint=hint)
        may_be = table.name if table is not None and text else ""
        yield Located(told, file, severity="stop" if text else "warning", may_be=may_be)


def named_like(raw: RawTable, table: Table) -> bool:
    """Tell whether a sheet's name makes one think of a table."""
    label = header_of(raw.label).base
    also = _ALSO_CALLED.get(table.name)
    return bool(also and re.search(also, raw.label, re.IGNORECASE)) or any(
        likeness(label, name) >= _LIKE for name in map(fold, table.title)
    )


def _stands_for(raw: RawTable, states: Mapping[str, Text]) -> Table | None:
    """Give the table without content that a sheet may be."""
    alike = [t for t in TABLES if t.name in states and named_like(raw, t)]
    if alike:
        return max(alike, key=lambda t: _named(raw, t))
    fitting = [(_named(raw, t), t) for t in TABLES if t.name in states and _fits(raw, t)]
    best, table = max(fitting, key=lambda one: one[0], default=(0, None))
    # A sheet about what is read already, such as a list of telephones, is no other table.
    others = max(_named(raw, t) for t in TABLES if t.name not in states) if fitting else 0
    if best >= max(2, others):
        return table
    wishes = next((t for t in TABLES if t.name == "wishes" and t.name in states), None)
    return wishes if wishes and _asks_for_clubs(raw) else None


def _asks_for_clubs(raw: RawTable) -> bool:
    """Tell whether a header speaks of wishes, as those of questionnaires do."""
    heads = [fold(plain(cell)) for _, cells in raw.rows[:3] for cell in cells if cell]
    return any(
        re.search(r"第.志愿|志愿.|choice\d|wish\d|(first|second|1st|2nd)choice", h) for h in heads
    )


def _head(raw: RawTable, table: Table) -> Head:
    return find_head(raw.rows, table.columns)


def _places(raw: RawTable, table: Table) -> dict[str, int]:
    """Give the place of each column that a sheet's header names."""
    places: dict[str, int] = {}
    for index, cell in enumerate(_head(raw, table).cells):
        header = header_of(plain(cell))
        for column in table.columns:
            if {header.base, header.whole} & column.names:
                places.setdefault(column.field, index)
    return places


def _named(raw: RawTable, table: Table) -> int:
    return len(_places(raw, table))


def _fits(raw: RawTable, table: Table) -> bool:
    places = _places(raw, table)
    return all(c.field in places for c in table.columns if c.required)


def _goes_on(raw: RawTable, matched: Matched) -> bool:
    """Tell whether a sheet has a table's columns, a name like it, and rows that it lacks."""
    table = matched.table
    if table.name == "settings" or _NOT_IN_USE.search(raw.label):
        return False
    if not named_like(raw, table) or not _fits(raw, table):
        return False
    places = _places(raw, table)
    needed = [c.field for c in table.columns if c.required]
    read = {tuple(key_of(plain(row.get(f, ""))) for f in needed) for _, row in matched.cells()}
    own = {
        tuple(key_of(plain(cells[places[f]])) if places[f] < len(cells) else "" for f in needed)
        for _, cells in _head(raw, table).below
    }
    return bool(own - read)


def _may_be(raw: RawTable, table: Table) -> bool:
    return named_like(raw, table) or _fits(raw, table)


def missing_table(table: Table, others: Sequence[RawTable]) -> Text | None:
    """Name the sheets that a required table may be, if any."""
    alike = [raw for raw in others if _may_be(raw, table)]
    return listed(sheet_name(raw) for raw in alike) if alike else None
