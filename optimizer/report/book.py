"""The workbook as all its sheets see it: formats, sheet names, tables ready to print."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from xlsxwriter import Workbook

from models import Plan, School, Text
from optimizer.report.columns import ONE_NAME, Cell, Layout, fitted, heads_height, lines, lines_of
from optimizer.report.figures import Summary
from optimizer.report.naming import Names
from optimizer.report.paper import A4, ACROSS, LINE_POINTS, MARGINS, UPRIGHT, Paper, Spread, total

NAME_LENGTH = 31
"""Excel allows no longer sheet names."""
TALLEST = 27
"""Lines that a row may hold: Excel's limit is 409 points."""
PAGE = Text("&L{school}&C{title}&R第 &P / &N 页", "&L{school}&C{title}&RPage &P of &N")

_FONT: dict[str, Any] = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "vcenter"}
_LINE = {"border": 1, "border_color": "#BFBFBF"}
_TITLE = {"bold": True, "font_size": 16, "font_color": "#1F3864"}
_HEAD = {
    "bold": True,
    "bg_color": "#1F3864",
    "font_color": "#FFFFFF",
    "text_wrap": True,
    "align": "center",
    **_LINE,
}
_FORMATS: dict[str, dict[str, Any]] = {
    "title": _TITLE,
    "note": {"font_color": "#595959", "text_wrap": False},
    "wrapped_title": {**_TITLE, "text_wrap": True},
    "wrapped_note": {"font_color": "#595959", "text_wrap": True},
    "head": _HEAD,
    "day_head": {**_HEAD, "valign": "top"},
    "cell": {"text_wrap": True, **_LINE},
    "number": {"align": "center", **_LINE},
    "money": {"num_format": "#,##0.00", **_LINE},
    "percent": {"num_format": "0.00%", **_LINE},
    "share": {"num_format": "0.0%", "align": "left", **_LINE},
    "figure": {"num_format": "#,##0", **_LINE},
    "plain": {"num_format": "0", **_LINE},
    "label": {"bg_color": "#EEF2F8", **_LINE},
    "band": {"bold": True, "bg_color": "#D9E2F3", **_LINE},
    "wrapped_band": {"bold": True, "text_wrap": True, "bg_color": "#D9E2F3", **_LINE},
    "money_band": {"bold": True, "bg_color": "#D9E2F3", "num_format": "#,##0.00", **_LINE},
    "number_band": {"bold": True, "bg_color": "#D9E2F3", "align": "center", **_LINE},
    "line": {"text_wrap": False, "indent": 1, **_LINE},
    "date": {
        "bold": True,
        "bg_color": "#D9E2F3",
        "num_format": "m/d",
        "align": "center",
        "rotation": 90,
        **_LINE,
    },
    "month": {"bold": True, "bg_color": "#EEF2F8", "align": "center", **_LINE},
    "link": {"font_color": "#1F5FBF", "underline": 1, **_LINE},
    "notice_title": {"bold": True, "font_size": 20, "align": "center", "text_wrap": True},
    "notice_heading": {"bold": True, "font_size": 13, "font_color": "#1F3864", "bottom": 2},
    "notice_text": {"text_wrap": True},
    "notice_note": {"text_wrap": True, "font_color": "#595959"},
    "notice_basis": {"font_color": "#595959", "align": "right", "valign": "bottom", "bottom": 2},
    "notice_right": {"align": "right"},
    "notice_blank": {"bottom": 1},
    "notice_total": {"bold": True, "text_wrap": True, "bg_color": "#D9E2F3", **_LINE},
}


def internal_link(sheet: str, row: int) -> str:
    """Give the link to a row of another sheet."""
    quoted = sheet.replace("'", "''")
    return f"internal:'{quoted}'!A{row + 1}"


@dataclass
class Book:
    """An open workbook, the plan it is about, and what its sheets share."""

    workbook: Workbook
    school: School
    plan: Plan
    names: Names
    figures: Summary

    def __post_init__(self) -> None:
        self.format: dict[str, Any] = {
            name: self.workbook.add_format(_FONT | look) for name, look in _FORMATS.items()
        }
        # A format set by rule may change borders, not the font.
        self.format["grid"] = self.workbook.add_format(_LINE)
        self._taken: set[str] = set()
        self.titles: list[str] = []

    def say(self, text: Text) -> str:
        """Say a text in the workbook's language."""
        return text.say(self.names.lang)

    def sheet(self, wanted: str) -> Any:
        """Add a sheet under a name that Excel allows and that no other sheet has."""
        name = self._free_name(wanted)
        self._taken.add(name.lower())
        self.titles.append(name)
        sheet = self.workbook.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_default_row(LINE_POINTS)
        # Ids made of digits are text on purpose.
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        return sheet

    def _free_name(self, wanted: str) -> str:
        # "History" is a name that Excel keeps for itself.
        clean = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", wanted).strip(" '")
        clean = clean if clean and clean.lower() != "history" else f"{clean} -".strip()
        name = clean[:NAME_LENGTH].rstrip(" '")
        number = 1
        while name.lower() in self._taken:
            number += 1
            tail = f" ({number})"
            name = clean[: NAME_LENGTH - len(tail)].rstrip(" '") + tail
        return name

    def write(self, sheet: Any, row: int, column: int, value: Cell, look: str = "") -> None:
        """Write text as text, never as a formula or a link, and numbers as numbers."""
        if isinstance(value, int):
            sheet.write_number(row, column, value, self.format[look or "number"])
        elif isinstance(value, Decimal):
            sheet.write_number(row, column, value, self.format[look or "money"])
        elif isinstance(value, Fraction):
            sheet.write_number(row, column, value, self.format[look or "percent"])
        elif value:
            sheet.write_string(row, column, value, self.format[look or "cell"])
        else:
            sheet.write_blank(row, column, None, self.format[look or "cell"])

    def heading(
        self, sheet: Any, row: int, text: str, widths: Sequence[float], look: str = "note"
    ) -> int:
        """Write a text above a table, on several lines where the table is narrower than it.

        Returns the height of the row in points.
        """
        points = _FORMATS[look].get("font_size", _FONT["font_size"])
        count = lines_of(text, total(widths) / 7 * 10 / points)
        if count > 1 and len(widths) > 1:
            sheet.merge_range(row, 0, row, len(widths) - 1, "", self.format[f"wrapped_{look}"])
            sheet.write_string(row, 0, text, self.format[f"wrapped_{look}"])
        elif text:
            sheet.write_string(row, 0, text, self.format[look])
        height = int((points + 6) * count)
        sheet.set_row(row, height)
        return height

    def print_setup(
        self, sheet: Any, title: str, rows: int, columns: int, paper: Paper = ACROSS
    ) -> None:
        """Make a sheet ready to print: A4, as wide as the paper, page numbers."""
        sheet.set_portrait() if paper is UPRIGHT else sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(**MARGINS)
        sheet.center_horizontally()
        sheet.fit_to_pages(1, 0)
        sheet.print_area(0, 0, max(rows - 1, 0), columns - 1)
        # An ampersand starts a code in a footer, and Excel takes no more than 255 characters.
        school, shown = (
            part.replace("&", "&&")[:80].rstrip("&") for part in (self.names.the_school, title)
        )
        sheet.set_footer(self.say(PAGE.fill(school=school, title=shown)))

    def print_spread(self, sheet: Any, fixed: int, found: Spread) -> None:
        """Spread a sheet that is too wide over pages side by side, its first columns repeated."""
        if found.scale is None:
            return
        sheet.set_print_scale(found.scale)
        sheet.set_v_pagebreaks(list(found.breaks))
        sheet.repeat_columns(0, fixed - 1)
        sheet.print_across()

    def table(
        self,
        sheet: Any,
        title: str,
        heads: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        note: str = "",
        layout: Layout = ONE_NAME,
    ) -> int:
        """Write a titled table with header, filter, widths and print setup.

        Returns the number of the first row of data.
        """
        first, printed = 3, len(heads) - layout.unprinted
        widths, parts, paper = fitted(heads, rows, layout)
        self.heading(sheet, 0, title, widths[:printed], "title")
        self.heading(sheet, 1, note, widths[:printed])
        if not rows:
            # A head without rows says nothing: the note does.
            self.print_setup(sheet, title, 2, printed, paper)
            return first
        for column, head in enumerate(heads):
            look = "head" if column < layout.first_day(heads) else "day_head"
            self.write(sheet, first - 1, column, head, look)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.set_row(first - 1, heads_height(heads, widths, bool(layout.days)))
        for number, row in enumerate(rows, start=first):
            for column, value in enumerate(row):
                self.write(sheet, number, column, value)
            if (tall := lines(row, widths)) > 1:
                sheet.set_row(number, min(tall, TALLEST) * LINE_POINTS)
        sheet.freeze_panes(first, layout.frozen)
        sheet.autofilter(first - 1, 0, first - 1 + len(rows), len(heads) - 1)
        sheet.repeat_rows(first - 1)
        last = 2 if layout.looked_up else first + len(rows)
        self.print_setup(sheet, title, last, printed, paper)
        self.print_spread(sheet, layout.frozen, parts)
        return first
