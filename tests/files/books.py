"""Workbooks that people have worked on: the example, with some cells changed."""

from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from optimizer.files import inspect_school, new_workbook


@cache
def _example() -> bytes:
    """Give the example in English without what only people look at, which takes time to load."""
    with TemporaryDirectory() as folder:
        new_workbook(Path(folder) / "a.xlsx", example=True, lang="en")
        workbook = load_workbook(Path(folder) / "a.xlsx")
    del workbook["Notes"]
    for sheet in workbook.worksheets:
        sheet.data_validations.dataValidation = []
        for cell in sheet[1]:
            cell.comment = None
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


class Book:
    """A workbook on disk that can be changed cell by cell, by header."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.workbook: Workbook = load_workbook(BytesIO(_example()))

    def sheet(self, name: str) -> Worksheet:
        """Give a sheet."""
        found = self.workbook[name]
        assert isinstance(found, Worksheet)
        return found

    def column(self, sheet: str, header: str) -> int:
        """Give a column's number."""
        headers = [cell.value for cell in self.sheet(sheet)[1]]
        return headers.index(header) + 1

    def put(self, sheet: str, row: int, header: str, value: Any) -> "Book":
        """Change a cell."""
        self.sheet(sheet).cell(row, self.column(sheet, header)).value = value
        return self

    def set(self, item: str, value: Any) -> "Book":
        """Change a setting."""
        for row in self.sheet("Settings").iter_rows():
            if row[0].value == item:
                row[1].value = value
                return self
        raise KeyError(item)

    def add(self, sheet: str, **cells: Any) -> int:
        """Add a row below the last and give its number."""
        row = self.sheet(sheet).max_row + 1
        for header, value in cells.items():
            self.put(sheet, row, header.replace("_", " "), value)
        return row

    def rename(self, sheet: str, header: str, new: str) -> "Book":
        """Change a header."""
        return self.put(sheet, 1, header, new)

    def save(self) -> Path:
        """Write the changes."""
        self.workbook.save(self.path)
        return self.path

    def errors(self) -> list[str]:
        """Save, read, and give the errors in English without the file's name."""
        return [
            text.en.removeprefix(f"{self.path}, ") for text in inspect_school(self.save()).errors
        ]

    def warnings(self) -> list[str]:
        """Save, read, and give the warnings, provided that there are no errors."""
        found = inspect_school(self.save())
        assert found.errors == ()
        return [text.en.removeprefix(f"{self.path}, ") for text in found.warnings]
