"""Reading the settings: a table of one row, written downwards."""

from models import Text
from optimizer.files.brackets import OTHER_BRACKET, basis_in, header_of, known_for, unknown_bracket
from optimizer.files.cells import Cell, shown
from optimizer.files.columns import Column
from optimizer.files.headers import Matched
from optimizer.files.oddities import find_other_bases
from optimizer.files.place import Located, SettingsOrigin
from optimizer.files.rows import read_row
from optimizer.files.scalars import Context
from optimizer.files.tablerows import Rows
from optimizer.files.tables.settings import KEY, SETTINGS, VALUE
from optimizer.files.unread import setting_meant

UNKNOWN_SETTING = Text(
    "没有这项设置，未读取；{hint}请改正，不用的请删去这一行。",
    "no such setting, not read; {hint} Correct it, or delete the row.",
)
SETTING_TWICE = Text(
    "这项设置在第 {row} 行已经有了；请删去一行。",
    "this setting stands in row {row} already: delete one.",
)


def read_settings(
    matched: Matched, origin: SettingsOrigin, context: Context, found: list[Located]
) -> Rows:
    """Read the settings; what cannot be read goes to ``found``."""
    origin.column = origin.headers.get(VALUE.field)
    origin.headers = {item.field: f"{item.header.zh} {item.header.en}" for item in SETTINGS.columns}
    rows = Rows(origin, lost=matched.lost)
    if rows.lost:
        return rows
    settings: dict[str, Cell] = {}
    for number, cells in matched.cells():
        key = shown(cells.get(KEY.field, ""))
        header = header_of(key)
        item = _item(header.whole) or _item(header.base)
        bracket = item and unknown_bracket(item, header)
        if item is None:
            hint, field = setting_meant(key, cells.get(VALUE.field), SETTINGS.columns)
            text, may_be = UNKNOWN_SETTING.fill(hint=hint), field and f"settings.{field}"
            strange = origin.at(text, number, value=key, severity="stop")
            found.append(strange._replace(may_be=may_be))
        elif bracket:
            words = {"header": item.header, "known": known_for(item)}
            text = OTHER_BRACKET.fill(bracket=bracket, **words)
            found.append(origin.at(text, number, value=key))
        elif item.field in origin.rows:
            text = SETTING_TWICE.fill(row=origin.rows[item.field])
            found.append(origin.at(text, number, value=key))
        else:
            origin.rows[item.field] = number
            origin.headers[item.field] = key
            if basis := basis_in(item, header):
                matched.bases[item.field] = basis
            if VALUE.field in cells:
                settings[item.field] = cells[VALUE.field]
    origin.cells[0] = settings
    read_row(SETTINGS, SETTINGS.columns, rows, 0, context, found)
    found += (
        origin.at(text, origin.rows[name], value=origin.headers[name])
        for name, text in find_other_bases(matched, SETTINGS, [context.row])
    )
    return rows


def _item(name: str) -> Column | None:
    exact = (item for item in SETTINGS.columns if name in item.exact)
    alias = (item for item in SETTINGS.columns if name in item.names)
    return next(exact, None) or next(alias, None)
