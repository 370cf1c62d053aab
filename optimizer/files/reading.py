"""From the cells of all sheets to a draft of the school."""

from collections.abc import Sequence
from typing import Any

from models import BillingMonth, MakeUpDay, Term, Text
from models.problems import nearest
from optimizer.files.cells import (
    Broken,
    Cell,
    UnreadableError,
    fold,
    halfwidth,
    one_line,
    plain,
    shown,
)
from optimizer.files.draft import Draft, Rows
from optimizer.files.headers import Matched, RawTable, match_columns
from optimizer.files.moments import weekdays_in
from optimizer.files.place import Located, Origin, SettingsOrigin
from optimizer.files.rows import read_row, read_table
from optimizer.files.scalars import Context
from optimizer.files.tables import BY_NAME, ORDER, TABLES, TermItem
from optimizer.files.tables.settings import KEY, REMARK, SETTINGS, VALUE

NOTES = Text("说明", "Notes")
"""The sheet that explains the others; it is not read."""
MISSING_TABLE = Text(
    "缺少必需的表“{zh}”（英文 {en}）；请添加，可用 zouban new 生成模板。",
    "the required table '{en}' (in Chinese {zh}) is missing: add it; 'zouban new' writes one.",
)
UNKNOWN_TABLE = Text(
    "不认识表“{label}”，未读取；{hint}", "unknown table '{label}', not read; {hint}"
)
TABLE_TWICE = Text(
    "与“{first}”是同一个表；请合并或删去一个。",
    "this is the same table as '{first}': merge them or delete one.",
)
UNKNOWN_SETTING = Text("没有这项设置，未读取；{hint}", "no such setting, not read; {hint}")
SETTING_TWICE = Text(
    "这项设置在第 {row} 行已经有了；请删去一行。",
    "this setting stands in row {row} already: delete one.",
)
NO_TERM = Text(
    "缺少“学期”行：写上开始和结束日期。", "there is no 'term' row with first and last date."
)
SECOND_TERM = Text(
    "“学期”行只能有一行；请删去一行。", "there can be only one 'term' row: delete one."
)


def read_tables(file: str, raws: Sequence[RawTable]) -> Draft:
    """Read the tables of a workbook or folder."""
    draft = Draft(file, {})
    matched = _match_tables(file, raws, draft.found)
    context = _context(matched)
    for table in TABLES:
        if table.name in matched:
            draft.rows[table.name] = _read(matched[table.name], context, draft.found)
        else:
            origin = Origin(file, order=ORDER[table.name])
            draft.rows[table.name] = Rows(origin, lost=table.required)
            if table.required:
                text = MISSING_TABLE.fill(zh=table.title.zh, en=table.title.en)
                draft.found.append(Located(text, file))
    _finish(draft)
    return draft


def _match_tables(file: str, raws: Sequence[RawTable], found: list[Located]) -> dict[str, Matched]:
    matched: dict[str, Matched] = {}
    for raw in raws:
        name = fold(raw.label)
        table = next((t for t in TABLES if name in t.names), None)
        if table is None:
            if raw.rows and name not in {fold(word) for word in NOTES}:
                known = [word for t in TABLES for word in t.title]
                text = UNKNOWN_TABLE.fill(label=shown(raw.label), hint=nearest(raw.label, known))
                found.append(Located(text, file, severity="warning"))
            continue
        kind = SettingsOrigin if table is SETTINGS else Origin
        origin = kind(raw.file, raw.sheet, ORDER[table.name])
        if table.name in matched:
            text = TABLE_TWICE.fill(first=matched[table.name].raw.label)
            found.append(origin.at(text))
            continue
        found += (origin.at(text, row) for text, row in raw.findings)
        columns = (KEY, VALUE, REMARK) if table is SETTINGS else table.columns
        matched[table.name] = match_columns(table, raw, origin, columns, found)
    return matched


def _context(matched: dict[str, Matched]) -> Context:
    """Collect the ids of all tables, and the weekdays of the slots, ahead of reading."""
    context = Context()
    for name, sheet in matched.items():
        if sheet.table is SETTINGS or "id" not in sheet.origin.headers:
            continue
        known = context.ids.setdefault(name, {})
        for _, cells in sheet.cells():
            own = one_line(plain(cells.get("id", "")))
            if own:
                known.setdefault(halfwidth(own), own)
                known[own] = own
            if name == "slots" and "weekday" in cells:
                days = weekdays_in(plain(cells["weekday"]))
                if days:
                    context.weekday_of_slot[own] = days[0]
            _note_grades(name, own, cells, context)
    return context


def _note_grades(name: str, own: str, cells: dict[str, Cell], context: Context) -> None:
    """Note which grades a slot is for and which a class has, as far as they can be read."""
    field = {"slots": "grades", "classes": "grade"}.get(name)
    if field is None or field not in cells or isinstance(cells[field], Broken):
        return
    try:
        found = BY_NAME[name].column[field].kind.parse(cells[field], context)
    except UnreadableError:
        return  # Reading the table itself says so.
    if name == "classes":
        context.grade_of_class[own] = found
    elif found:
        context.grades_of_slot[own] = found


def _read(matched: Matched, context: Context, found: list[Located]) -> Rows:
    if isinstance(matched.origin, SettingsOrigin):
        return _read_settings(matched, matched.origin, context, found)
    return read_table(matched, context, found)


def _read_settings(
    matched: Matched, origin: SettingsOrigin, context: Context, found: list[Located]
) -> Rows:
    """Read the settings: a table of one row, written downwards."""
    origin.column = origin.headers.get(VALUE.field)
    origin.headers = {item.field: f"{item.header.zh} {item.header.en}" for item in SETTINGS.columns}
    rows = Rows(origin, lost=matched.lost)
    settings: dict[str, Cell] = {}
    for number, cells in matched.cells():
        key = shown(cells.get(KEY.field, ""))
        item = next((i for i in SETTINGS.columns if fold(key) in i.names), None)
        if item is None:
            known = [word for i in SETTINGS.columns for word in i.header]
            text = UNKNOWN_SETTING.fill(hint=nearest(key, known))
            found.append(origin.at(text, number, value=key, severity="stop"))
        elif item.field in origin.rows:
            text = SETTING_TWICE.fill(row=origin.rows[item.field])
            found.append(origin.at(text, number, value=key))
        else:
            origin.rows[item.field] = number
            origin.headers[item.field] = key
            if VALUE.field in cells:
                settings[item.field] = cells[VALUE.field]
    origin.cells[0] = settings
    if not rows.lost:
        read_row(SETTINGS, SETTINGS.columns, rows, 0, context, found)
    return rows


def _finish(draft: Draft) -> None:
    """Take the settings, the policy's head and the term out of their rows."""
    rows = draft.rows["term"]
    draft.term = None if rows.lost else _term(rows, draft)
    for head in draft.rows["settings"].only_whole():
        draft.settings, draft.policy = head.settings, head.policy
        if draft.term is not None:
            draft.term = draft.term.model_copy(update={"calendar": head.term.calendar})


_PARTS = ("holidays", "make_up_days", "cancelled_days", "billing_months")


def _term(rows: Rows, draft: Draft) -> Term | None:
    """Put the rows of the term together and note where each part stands."""
    term: Term | None = None
    parts: dict[str, list[Any]] = {name: [] for name in _PARTS}
    places = draft.term_places
    for number, part, whole in zip(rows.numbers, rows.models, rows.whole, strict=True):
        if isinstance(part, Term):
            if term is not None:
                draft.found.append(rows.origin.at(SECOND_TERM, number))
            term = part
            places["weekdays", ""] = number, "weekdays"
            for end in ("first_date", "last_date"):
                places[end, str(getattr(part, end))] = number, end
        elif isinstance(part, MakeUpDay):
            parts["make_up_days"].append(part)
            places["make_up_days", str(part.date)] = number, "first_date"
        elif isinstance(part, BillingMonth):
            parts["billing_months"].append(part)
            places["billing_months", part.id] = number, "last_date"
        elif whole:
            field = "holidays" if part.item is TermItem.HOLIDAY else "cancelled_days"
            parts[field] += part.days
            places |= {(field, str(day)): (number, "first_date") for day in part.days}
    if term is None:
        if all(rows.whole):
            draft.found.append(rows.origin.at(NO_TERM))
        return None
    return term.model_copy(update={name: tuple(found) for name, found in parts.items()})
