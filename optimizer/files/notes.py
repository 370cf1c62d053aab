"""The sheet that explains the others."""

from collections.abc import Sequence
from typing import Any

from models import Lang, Text
from optimizer.files.reading import NOTES
from optimizer.files.sheets import Sheet
from optimizer.files.tables.settings import SETTINGS

HEADERS = (
    Text("工作表", "Sheet"),
    Text("列", "Column"),
    Text("必填", "Required"),
    Text("填什么", "What to write"),
    Text("说明", "Note"),
    Text("例", "Example"),
)
INTRODUCTION = (
    Text(
        "每个工作表的第一行是表头，从第二行起每行一条；列的顺序不限，不用的表和选填的列可以删去。",
        "The first row of a sheet names its columns; every row below is one entry. Columns may "
        "stand in any order; sheets and optional columns that are not needed may be deleted.",
    ),
    Text(
        "各表用编号互相引用；编号自定（可用汉字），不含空格、逗号、顿号、分号。",
        "Sheets refer to each other by ids of your own choice, without spaces, commas or "
        "semicolons.",
    ),
    Text(
        "一格填多项时用顿号、逗号、分号或空格分隔。不要合并单元格。",
        "Several values in one cell are separated by commas, semicolons or spaces. Merge no cells.",
    ),
    Text(
        "填好后运行 zouban check 检查；它一次列出全部错误及其位置。",
        "Then run 'zouban check': it lists every mistake with its place in one go.",
    ),
)
YES = Text("是", "yes")
WIDTHS = (12, 22, 8, 44, 60, 24)


def write_notes(workbook: Any, tables: Sequence[Sheet], lang: Lang) -> None:  # noqa: ANN401, RUF100
    """Write the notes into a sheet of their own."""
    target = workbook.add_worksheet(NOTES.say(lang))
    wrap = workbook.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    bold = workbook.add_format({"bold": True, "bottom": 1})
    for index, width in enumerate(WIDTHS):
        target.set_column(index, index, width, wrap)
    for row, text in enumerate(INTRODUCTION):
        target.write_string(row, 0, text.say(lang))
    row = len(INTRODUCTION) + 1
    for index, header in enumerate(HEADERS):
        target.write_string(row, index, header.say(lang), bold)
    for cells in _lines(tables, lang):
        row += 1
        for index, cell in enumerate(cells):
            target.write_string(row, index, cell, wrap)


def _lines(tables: Sequence[Sheet], lang: Lang) -> list[tuple[str, ...]]:
    lines: list[tuple[str, ...]] = []
    for sheet in tables:
        need = YES.say(lang) if sheet.table.required else ""
        lines.append((sheet.title, "", need, "", sheet.table.note.say(lang), ""))
        columns = sheet.table.columns if sheet.table is SETTINGS else sheet.columns
        lines += [
            (
                sheet.title,
                column.header.say(lang),
                YES.say(lang) if column.required else "",
                column.kind.expected.say(lang),
                column.note.say(lang),
                column.example.say(lang),
            )
            for column in columns
        ]
    return lines
