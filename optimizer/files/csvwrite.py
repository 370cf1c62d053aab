"""Writing a school as a folder of CSV files, one a table."""

import csv
from pathlib import Path

from models import Lang, School
from optimizer.files.csvfolder import disarm, is_table
from optimizer.files.sheets import sheets
from optimizer.writing import writing_folder


def write_folder(school: School, folder: Path, lang: Lang, force: bool) -> None:
    """Write every table; optional ones without rows are left out."""
    with writing_folder(folder, force, replaces=is_table) as temporary:
        for sheet in sheets(school, lang):
            if not sheet.rows and not sheet.table.required:
                continue
            # The mark at the beginning makes Excel read the file as UTF-8.
            file = temporary / f"{sheet.title}.csv"
            with file.open("w", encoding="utf-8-sig", newline="") as stream:
                writer = csv.writer(stream)
                writer.writerow(sheet.headers(lang))
                writer.writerows([disarm(str(cell)) for cell in row] for row in sheet.rows)
