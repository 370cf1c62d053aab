"""From the cells of all sheets to a draft of the school."""

from collections.abc import Sequence
from typing import Any

from models import BillingMonth, MakeUpDay, SlotUse, Term, Text
from models.spelling import key_of, visible
from optimizer.files.cells import (
    SEPARATORS,
    Broken,
    Cell,
    Covered,
    Formatted,
    UnreadableError,
    fold,
    one_line,
    plain,
)
from optimizer.files.columns import Table
from optimizer.files.draft import DraftSchool
from optimizer.files.headers import Matched, RawTable, match_columns
from optimizer.files.moments import weekdays_in
from optimizer.files.oddities import find_oddities
from optimizer.files.othersheets import judge_sheets, missing_table, sheet_name
from optimizer.files.place import Located, Origin, SettingsOrigin
from optimizer.files.rows import read_table
from optimizer.files.scalars import Context
from optimizer.files.settingsrows import read_settings
from optimizer.files.tablerows import Rows
from optimizer.files.tables import BY_NAME, ORDER, TABLES, TermItem
from optimizer.files.tables.settings import KEY, REMARK, SETTINGS, VALUE

NOTES = Text("说明", "Notes")
"""The sheet that explains the others; it is not read."""
MISSING_TABLE = Text(
    "缺少必需的表“{zh}”（英文 {en}）；请添加，可用 zouban new 生成模板。",
    "the required table '{en}' (in Chinese {zh}) is missing: add it; 'zouban new' writes one.",
)
MAYBE_THERE = Text(
    "缺少必需的表“{zh}”（英文 {en}）；可能是“{sheets}”：请把它改名为“{zh}”。",
    "the required table '{en}' (in Chinese {zh}) is missing; it may be '{sheets}': rename it.",
)
TABLE_TWICE = Text(
    "“{second}”与“{first}”是同一个表；请合并或删去一个。",
    "'{second}' is the same table as '{first}': merge them or delete one.",
)
NO_TERM = Text(
    "缺少“学期”行：写上开始和结束日期。", "there is no 'term' row with first and last date."
)
SECOND_TERM = Text(
    "“学期”行只能有一行，而{first}已有一行；请删去一行。",
    "there can be only one 'term' row, and {first} is one already: delete one.",
)


def read_tables(file: str, raws: Sequence[RawTable]) -> DraftSchool:
    """Read the tables of a workbook or folder."""
    draft = DraftSchool(file, {})
    matched, others = _match_tables(raws, draft.found)
    context = _context(matched)
    for table in TABLES:
        if table.name in matched:
            draft.rows[table.name] = _read(matched[table.name], context, draft.found)
        else:
            origin = Origin(file, order=ORDER[table.name])
            draft.rows[table.name] = Rows(origin, lost=table.required)
            if table.required:
                draft.found.append(Located(_missing(table, others), file))
    lacking = {t.name for t in TABLES if t.required and t.name not in matched}
    draft.found += judge_sheets(file, others, matched, lacking)
    _finish(draft)
    return draft


def _missing(table: Table, others: Sequence[RawTable]) -> Text:
    sheets = missing_table(table, others)
    text = MISSING_TABLE if sheets is None else MAYBE_THERE
    return text.fill(zh=table.title.zh, en=table.title.en, sheets=sheets)


def _match_tables(
    raws: Sequence[RawTable], found: list[Located]
) -> tuple[dict[str, Matched], list[RawTable]]:
    """Match sheets to tables; those that no table is called like are given, too."""
    matched: dict[str, Matched] = {}
    others: list[RawTable] = []
    for raw in raws:
        name = fold(raw.label)
        table = next((t for t in TABLES if name in t.names), None)
        if table is None:
            if raw.rows and name not in {fold(word) for word in NOTES}:
                others.append(raw)
            continue
        kind = SettingsOrigin if table is SETTINGS else Origin
        origin = kind(raw.file, raw.sheet, ORDER[table.name])
        if table.name in matched:
            names = {"first": sheet_name(matched[table.name].raw), "second": sheet_name(raw)}
            found.append(origin.at(TABLE_TWICE.fill(**names)))
            continue
        found += (origin.at(text, row) for text, row in raw.findings)
        columns = (KEY, VALUE, REMARK) if table is SETTINGS else table.columns
        sheet = matched[table.name] = match_columns(table, raw, origin, columns, found)
        found += find_oddities(sheet)
    return matched, others


def _context(matched: dict[str, Matched]) -> Context:
    """Collect the ids of all tables, and the weekdays of the slots, ahead of reading."""
    context = Context()
    for name, sheet in matched.items():
        if sheet.table is SETTINGS or "id" not in sheet.origin.headers:
            continue
        known = context.ids.setdefault(name, {})
        for _, cells in sheet.cells():
            own = visible(one_line(plain(cells.get("id", ""))))
            if SEPARATORS.search(own):
                own = ""  # No id; reading the table itself says so.
            if own:
                known.setdefault(key_of(own), own)
                known[own] = own
                if isinstance(cells["id"], Formatted):
                    known.setdefault(plain(float(cells["id"])), own)
            if name == "slots":
                days = weekdays_in(plain(cells.get("weekday", "")))
                if own and days:
                    context.weekday_of_slot[own] = days[0]
                else:
                    context.slots_unsure = True
            _note(name, own, cells, context)
    return context


def _note(name: str, own: str, cells: dict[str, Cell], context: Context) -> None:
    """Note what a slot is for and which grade a class has, as far as they can be read."""
    for field in {"slots": ("grades", "use"), "classes": ("grade",)}.get(name, ()):
        if field not in cells or isinstance(cells[field], Broken | Covered):
            continue
        try:
            found = BY_NAME[name].column[field].kind.parse(cells[field], context)
        except UnreadableError:
            continue  # Reading the table itself says so.
        if field == "grade":
            context.grade_of_class[own] = found
        elif field == "grades" and found:
            context.grades_of_slot[own] = found
        elif found is SlotUse.CLUBS_ONLY:
            context.clubs_only.add(own)


def _read(matched: Matched, context: Context, found: list[Located]) -> Rows:
    if isinstance(matched.origin, SettingsOrigin):
        return read_settings(matched, matched.origin, context, found)
    return read_table(matched, context, found)


def _finish(draft: DraftSchool) -> None:
    """Take the settings, the policy's head and the term out of their rows."""
    rows = draft.rows["term"]
    draft.term = None if rows.lost else _term(rows, draft)
    for head in draft.rows["settings"].only_whole():
        draft.settings, draft.policy = head.settings, head.policy
        if draft.term is not None:
            draft.term = draft.term.model_copy(update={"calendar": head.term.calendar})


_PARTS = ("holidays", "make_up_days", "cancelled_days", "billing_months")


def _term(rows: Rows, draft: DraftSchool) -> Term | None:
    """Put the rows of the term together and note where each part stands."""
    terms: list[tuple[int, Term]] = []
    parts: dict[str, list[Any]] = {name: [] for name in _PARTS}
    places = draft.term_places
    for number, part, whole in zip(rows.numbers, rows.models, rows.whole, strict=True):
        if isinstance(part, Term):
            terms.append((number, part))
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
    if not terms and all(rows.whole):
        draft.found.append(rows.origin.at(NO_TERM))
    for number, _ in terms[1:]:
        first = rows.origin.name_row(terms[0][0])
        draft.found.append(rows.origin.at(SECOND_TERM.fill(first=first), number))
    if len(terms) != 1:
        # Which of several is meant is not known, so that nothing is held against one of them.
        return None
    ((_, term),) = terms
    return term.model_copy(update={name: tuple(found) for name, found in parts.items()})
