"""Writing a workbook: a sheet for each table, with notes, drop-down lists and comments."""

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from models import Lang, School, Text
from optimizer.errors import InputError
from optimizer.files.columns import Column
from optimizer.files.notes import write_notes
from optimizer.files.scalars import Kind, Shown
from optimizer.files.sheets import Sheet, sheets
from optimizer.files.tables import BY_NAME
from optimizer.files.tables.settings import SETTINGS
from optimizer.writing import writing

# Drop-down lists reach this far, and as far again below the last row.
ROWS_AHEAD: Final = 2000
# Of every workbook, so that the same school gives the same bytes; as in the archive inside.
CREATED: Final = datetime(1980, 1, 1)
LONGEST_CELL: Final = 32767
LONGEST_LIST: Final = 255
NOT_IN_EXCEL: Final = ("\ufffe", "\uffff")

TOO_LONG = Text(
    "工作表“{sheet}”，第 {row} 行，“{column}”列：内容超出 Excel 单元格的限度；"
    "请改存为 CSV 文件夹或 JSON。",
    'sheet "{sheet}", row {row}, column "{column}": more than an Excel cell can hold: write a '
    "folder of CSV files or JSON instead.",
)
EXAMPLE = Text("{note}。例：{example}", "{note}. Example: {example}")


def write_workbook(school: School | None, path: Path, lang: Lang, force: bool) -> None:
    """Write a school, or empty sheets to fill in."""
    # In memory, so that nothing is left in a folder for temporary files either.
    content = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with Workbook(content, options) as workbook:
        title = school.settings.name if school else ""
        workbook.set_properties({"title": title, "author": "", "created": CREATED})
        writer = _Writer(workbook, lang)
        tables = list(sheets(school, lang))
        write_notes(workbook, tables, lang)
        for sheet in tables:
            writer.write(sheet)
    with writing(path, force) as temporary:
        temporary.write_bytes(content.getvalue())


class _Writer:
    """Writes sheets into one workbook; formats belong to a workbook."""

    def __init__(self, workbook: Any, lang: Lang) -> None:  # noqa: ANN401, RUF100
        self.workbook = workbook
        self.lang = lang
        bold = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"}
        self.header = workbook.add_format({**bold, "bg_color": "#DDEBF7"})
        self.required = workbook.add_format({**bold, "bg_color": "#FCE4D6"})
        self.formats: dict[str, Any] = {}

    def format(self, kind: Kind) -> Any:  # noqa: ANN401, RUF100
        """Give the number format of a kind of cell."""
        name = kind.number_format
        if name not in self.formats:
            self.formats[name] = self.workbook.add_format({"num_format": name})
        return self.formats[name]

    def write(self, sheet: Sheet) -> None:
        """Write one sheet."""
        target = self.workbook.add_worksheet(sheet.title)
        target.freeze_panes(1, 1)
        for index, column in enumerate(sheet.columns):
            header = column.header.say(self.lang)
            mark = self.required if column.required else self.header
            target.write_string(0, index, header, mark)
            target.write_comment(0, index, self.describe(column), {"x_scale": 2})
            target.set_column(index, index, _width(sheet, index, header), self.format(column.kind))
        settings = sheet.table is SETTINGS
        for number, row in enumerate(sheet.rows, 1):
            for index, value in enumerate(row):
                column = sheet.table.columns[number - 1] if settings else sheet.columns[index]
                kind = column.kind if index == 1 or not settings else sheet.columns[0].kind
                self.cell(target, sheet, (number, index), value, kind)
            if settings:
                self.validate(target, (number, number), 1, sheet.table.columns[number - 1])
        if not settings:
            last = len(sheet.rows) + ROWS_AHEAD
            for index, column in enumerate(sheet.columns):
                self.validate(target, (1, last), index, column)

    def cell(
        self,
        target: Any,
        sheet: Sheet,
        place: tuple[int, int],
        value: Shown,
        kind: Kind,  # noqa: ANN401, RUF100
    ) -> None:
        """Write one cell; text is written as text whatever it begins with."""
        style = self.format(kind)
        if not isinstance(value, str):
            target.write_number(*place, value, style)
        elif not value:
            target.write_blank(*place, None, style)
        elif len(value) > LONGEST_CELL or any(sign in value for sign in NOT_IN_EXCEL):
            row, column = place[0] + 1, sheet.headers(self.lang)[place[1]]
            raise InputError([TOO_LONG.fill(sheet=sheet.title, row=row, column=column)])
        else:
            target.write_string(*place, value, style)

    def describe(self, column: Column) -> str:
        """Explain a column."""
        example = column.example.say(self.lang)
        note = column.note.say(self.lang) or column.kind.expected.say(self.lang)
        if not example:
            return note
        return EXAMPLE.fill(note=note, example=example).say(self.lang)

    def validate(
        self,
        target: Any,
        rows: tuple[int, int],
        index: int,
        column: Column,  # noqa: ANN401, RUF100
    ) -> None:
        """Add the input message, and a drop-down list where one value of a few is meant."""
        options: dict[str, Any] = {
            "validate": "any",
            "input_title": column.header.say(self.lang)[:32],
            "input_message": self.describe(column)[:255],
            # Other spellings are read as well.
            "error_type": "information",
        }
        choices = column.kind.choices(self.lang)
        source = self.source(column.kind)
        if choices and len(",".join(choices)) <= LONGEST_LIST:
            options |= {"validate": "list", "source": list(choices)}
        elif source:
            options |= {"validate": "list", "source": source}
        target.data_validation(rows[0], index, rows[1], index, options)

    def source(self, kind: Kind) -> str | None:
        """Give the cells that hold the ids a reference may name."""
        table = BY_NAME.get(kind.refers_to or "")
        if table is None or kind.lists:
            return None
        letter = xl_col_to_name(table.columns.index(table.column["id"]))
        title = table.title.say(self.lang)
        return f"='{title}'!${letter}$2:${letter}${ROWS_AHEAD * 10}"


def _width(sheet: Sheet, index: int, header: str) -> int:
    """Give a column's width by its header and its first values; Chinese letters count twice."""
    texts = [header, *(str(row[index]) for row in sheet.rows[:200])]
    return min(40, 3 + max(sum(1 + (ord(sign) > 0x2E7F) for sign in text) for text in texts))
